"""Lists are sorted as the dictionaries of their language are."""

from __future__ import annotations

import pytest

from factpress.collation import collation_key, heading_letter


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Aalto Æthel Ångström Çelik Đilas İnönü Łoś Lukas Ó·Briain Œuvre Øster Šmíd Ünal Zimmer Þór 김구 毛泽东",
        ),
        ("sv", "Aalto Đilas Šmíd Zimmer Åberg Ængström Øster"),
        ("de", "Aal Äpfel Az Straße Strasser Zug"),
        ("es", "Nube Ñame Oca"),
        ("cs", "Cyril Čapek Hus Chalupa Ivan"),
    ],
)
def test_letters_stand_where_the_language_has_them(language: str, expected: str) -> None:
    words = [word.replace("·", " ") for word in expected.split()]
    assert sorted(set(words), key=lambda word: collation_key(word, language)) == words


def test_punctuation_does_not_count_and_spaces_do() -> None:
    words = ["de la Cruz", "“De la Tour”", "Dean", "D’Hondt", "Rhee-strain", "“Rhee”straint"]
    assert sorted(set(words), key=collation_key) == words


def test_a_language_that_nobody_knows_has_the_order_of_all() -> None:
    assert collation_key("ł", "xx-nobody") == collation_key("ł", "en")


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("Łódź", "en", "L"),
        ("Æthel", "en", "A"),
        ("Østfold", "en", "O"),
        ("Østfold", "nb", "Ø"),
        ("Ångström", "sv", "Å"),
        ("“quoted”", "en", "Q"),
        ("38th parallel", "en", "0–9"),
        ("김구", "ko", "ㄱ"),
        ("김구", "en", "김"),
        ("", "en", ""),
    ],
)
def test_an_index_has_the_letters_of_its_language(text: str, language: str, letter: str) -> None:
    assert heading_letter(text, language) == letter
