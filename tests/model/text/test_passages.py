"""Passages in another language: found by script and by words, and nothing else taken for one."""

from __future__ import annotations

import pytest

from factpress.model.source import Source
from factpress.model.text.passages import is_language_tag, language_by_words, script_passages


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A bridge, café, coup d’état, “naïve”, 1953–54, ≈ 5 µm, №\u00a03", []),
        ("the angle α and Σ over it", []),  # signs, not words
        ("in force (1953年10月1日作成) since", [("年10月1日作成", "")]),
        ("他方の国に対する武力攻撃", [("他方の国に対する武力攻撃", "ja")]),
        ("the 정전 협정, signed", [("정전 협정", "ko")]),
        ("Дружба, мир and 友好", [("Дружба, мир", ""), ("友好", "")]),
        ("“米韓”, “中央”", [("米韓", ""), ("中央", "")]),  # marks of the text around them are not theirs
        ("ამბავი or Քար", [("ამბავი", "ka"), ("Քար", "hy")]),
    ],
)
def test_a_script_is_a_passage_and_names_its_language_where_only_one_is_written_so(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(passage.text, passage.language) for passage in script_passages(text, "en")] == found
    for passage in script_passages(text, "en"):
        assert text[passage.start : passage.end] == passage.text


def test_the_script_of_the_book_itself_is_no_passage() -> None:
    assert not list(script_passages("정전 협정 (停戰協定)", "ko-KR"))
    assert [passage.language for passage in script_passages("日本国憲法 第9条 と 정전", "ja")] == ["ko"]


@pytest.mark.parametrize(
    ("text", "candidates", "least", "language"),
    [
        ("Sein nächster Ablauftermin ist der 10. September 1996", ("de",), 1, "de"),
        ("I cinesi denunciano il Trattato di amicizia con l'Urss", ("it",), 1, "it"),
        ("Different Intentions with One Voice: The Making of a Withdrawal", ("de",), 1, "en"),
        ("14. Mai 1955", ("de",), 1, ""),
        ("Los tratados que se firmaron por la paz y en contra", (), 3, "es"),
        ("Treaty of Peace with Japan", (), 3, "en"),
        ("Corps des Marines de la Paz", (), 3, ""),  # names are not a sentence
        ("Bundesamt für Brücken, opened in the spring", (), 3, ""),
    ],
)
def test_words_name_a_language_or_leave_it_open(
    text: str, candidates: tuple[str, ...], least: int, language: str
) -> None:
    assert language_by_words(text, "en", candidates, least=least) == language


@pytest.mark.parametrize(
    ("text", "is_tag"),
    [("ru", True), ("zh-Hant", True), ("pt-BR", True), ("Korean", False), ("xx", False), ("en and fr", False),
     ('ru" onclick="x', False), ("", False), ("zh-" + "x" * 10000, False)],
)  # fmt: skip
def test_only_a_code_is_a_tag(text: str, is_tag: bool) -> None:
    assert is_language_tag(text) is is_tag


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ({"title": "Der Krieg und die Folgen", "language": "german"}, "de"),
        ({"title": "The War and its Aftermath", "language": "german"}, ""),  # translated by us
        ({"title": "14. Mai 1955", "language": "german"}, None),
        ({"title": "14. Mai 1955", "language": "german", "langid": "de"}, "de"),
        ({"title": "Statistics of war losses", "language": "korean"}, ""),
        ({"title": "Résolution 83 (1950) du 27 juin 1950", "language": "french"}, "fr"),
        ({"title": "Der Krieg und das Ende der Zeit"}, None),
        ({"title": "The War"}, ""),
    ],
)
def test_a_title_is_in_the_language_that_the_entry_or_its_words_say(
    fields: dict[str, str], language: str | None
) -> None:
    assert Source("k", "book", fields).title_language("en-GB") == language
