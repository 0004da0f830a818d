"""The first chapters of a new book: nothing of an article acts as markup, and each unit has its place."""

from __future__ import annotations

import re

import pytest

from factpress.files.markdown import parse_page
from factpress.importer.chapters import draft_chapters, escape_markdown, printable_words
from factpress.importer.document import ArticleBlock, BlockKind, Document
from factpress.importer.units import Article, article_of
from factpress.model.prose import Chapter

HOSTILE = [
    "{raw}`html <b>x</b>`",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](x.png)",
    "# No heading",
    "- no item",
    "+ no item",
    "1. no item",
    "1) no item",
    "> no quotation",
    "$x$ and $$y$$",
    "{claim}`C001`",
    "::: {raw} html",
    ":::{toctree}",
    "% no comment",
    "(target)=",
    "+++",
    "---",
    "===",
    "***",
    "| a | b |",
    "`code` and ``code``",
    "*a* _b_ __c__ **d** ~~e~~",
    "[^1]: a note",
    "[a]: b",
    ": a definition",
    "{#id .class}",
    "&lt; &#60; &amp;",
    "ends with \\",
    "\\(x\\)",
    "<https://example.org> and https://example.org/a_b*c",
    "a@b",
    "    no code",
    "``` no fence",
    "~~~ no fence",
]


def article(*blocks: tuple[str, str]) -> Article:
    return article_of(Document(blocks=tuple(ArticleBlock(BlockKind(kind), text) for kind, text in blocks)), "en")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("before", ["", "- ", "> "])
def test_nothing_of_an_article_acts_as_markup(text: str, before: str) -> None:
    page, problems = parse_page(f"# Title\n\n{before}{escape_markdown(text.strip())} {{unit}}`S01.P1.1`\n", "docs/x.md")
    words = re.sub(
        r"[“”‘’]", "'", " ".join(passage.text.strip() for passage in page.passages if passage.where.line > 1)
    )
    assert words == text.strip()
    assert (problems, page.marks, page.directives, page.links, page.targets) == ([], (), (), (), ())
    assert [unit.unit for unit in page.units] == ["S01.P1.1"]


def test_a_chapter_is_a_section_of_the_highest_level_with_a_sentence_a_line() -> None:
    first, second = draft_chapters(
        article(
            ("heading", "Old Stones"),
            ("paragraph", "It is old. It is long."),
            ("item", "of stone"),
            ("item", "of clay"),
            ("quotation", "We stay. We fight."),
            ("heading", "Later"),
            ("item", "of steel"),
        ),
        words=True,
    )
    assert first.name == "01-old-stones"
    assert first.text == (
        "# Old Stones\n\nIt is old. {unit}`S01.P1.1`\nIt is long. {unit}`S01.P1.2`\n\n"
        "- of stone {unit}`S01.P2.1`\n- of clay {unit}`S01.P3.1`\n\n"
        "> We stay. {unit}`S01.P4.1`\n> We fight. {unit}`S01.P4.2`\n"
    )
    page, _ = parse_page(second.text, "docs/chapters/02-later.md")
    assert isinstance(page, Chapter) and all(paragraph.is_supported for paragraph in page.paragraphs)
    assert page.paragraphs


def test_where_the_words_are_not_ours_no_word_of_the_article_is_there() -> None:
    [chapter] = draft_chapters(article(("heading", "Old Stones"), ("paragraph", "It is old. It is long.")), words=False)
    assert chapter.text == "# Section 1\n\n{unit}`S01.P1.1`\n{unit}`S01.P1.2`\n"
    assert chapter.name == "01-section-1"


def test_units_that_have_their_account_and_sections_without_any_have_no_place() -> None:
    chapters = draft_chapters(
        article(
            ("paragraph", "An AI wrote this."), ("heading", "Empty"), ("heading", "Full"), ("paragraph", "It is old.")
        ),
        words=True,
        left_out=["S00.P1.1"],
    )
    assert [chapter.name for chapter in chapters] == ["01-full"]


def test_more_sections_than_chapters_may_be_stand_in_the_last() -> None:
    blocks = [block for n in range(120) for block in (("heading", f"Part {n}"), ("paragraph", f"It is {n}."))]
    chapters = draft_chapters(article(*blocks), words=True)
    assert len(chapters) == 99
    assert chapters[-1].text.count("\n## ") == 21
    assert sum(chapter.text.count("{unit}") for chapter in chapters) == 120


def test_pictographs_and_what_nobody_sees_are_not_printed() -> None:
    assert printable_words("📣 It is\u200b ©\ufe0f old ✨ 👩\u200d🚀.") == "It is © old ."
