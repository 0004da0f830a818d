"""Where an article is cut into sentences: traps of ours in several languages, `¦` at each right cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpress.importer.document import ArticleBlock, BlockKind, Document
from factpress.importer.sentences import sentence_spans
from factpress.importer.units import article_of
from factpress.model.outline import fingerprint

TRAPS = [
    line.split("|", 2)
    for line in (Path(__file__).parent / "sentence_traps.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
#: what `outline split` is for: no stop ends the first sentence
KNOWN_WRONG = ("en", "emoji")


@pytest.mark.parametrize(("language", "name", "marked"), TRAPS, ids=lambda value: value[:24])
def test_a_text_is_cut_where_a_person_would_cut_it(language: str, name: str, marked: str) -> None:
    text = marked.replace("¦", "")
    spans = sentence_spans(text, language)
    cut = [text[start:end] for start, end in spans]
    if (language, name) == KNOWN_WRONG:
        assert cut == [text]
    else:
        assert cut == [part.strip() for part in marked.split("¦")]


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "97 Cong. Rec. 5778 has the speech. ¦It is long."),
        ("en", "See vol. 2 of the record. ¦It is rare."),
        ("en", "It was raining. ¦(The bridge was closed.) ¦Nobody crossed."),
        ("fr", "L’art. 5 le dit. ¦M. Dupont le nie."),
        ("de", "Im 19. Jahrhundert stand sie noch. ¦Dann fiel sie."),
        ("es", "La carta es de D. Juan. ¦Dña. Ana la guardó."),
        ("ko", "정전 협정은 1953. 7. 27. 체결되었다. ¦지금도 유효하다."),
        ("ja", "「我々は戦う。」と言った。 ¦皆が黙った。"),
    ],
)
def test_each_rule_of_a_language_has_its_sentence(language: str, marked: str) -> None:
    text = marked.replace("¦", "")
    assert [text[a:b] for a, b in sentence_spans(text, language)] == [part.strip() for part in marked.split("¦")]


def test_a_quotation_of_several_sentences_is_cut_inside_and_its_marks_stay_with_the_first_and_the_last() -> None:
    text = "“We stay. We fight. We do not go.”"
    assert [text[a:b] for a, b in sentence_spans(text, "en")] == ["“We stay.", "We fight.", "We do not go.”"]


def test_units_have_ids_lengths_and_fingerprints_in_the_order_of_the_article() -> None:
    blocks = (
        ArticleBlock(BlockKind.PARAGRAPH, "It is old. It is long."),
        ArticleBlock(BlockKind.HEADING, "Later"),
        ArticleBlock(BlockKind.PARAGRAPH, "It fell."),
        ArticleBlock(BlockKind.ITEM, "- of clay"),
    )
    outline = article_of(Document(blocks=blocks, title="The Bridge"), "en").outline(headings=True)
    assert [unit.id for unit in outline.units] == ["S00.P1.1", "S00.P1.2", "S01.P1.1", "S01.P2.1"]
    assert [(section.id, section.heading) for section in outline.sections] == [("S00", "The Bridge"), ("S01", "Later")]
    assert outline.units[3].chars == "7" and outline.units[3].sha256 == fingerprint("of clay")
