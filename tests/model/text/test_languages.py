"""A language is known by every name that bibliographies have for it."""

from __future__ import annotations

import pytest

from factpress.model.text.languages import language_name, language_tags


@pytest.mark.parametrize(
    ("values", "tag", "name"),
    [
        ("en eng en_US en\\_US en-GB english English american british USenglish UKenglish canadian", "en", "English"),
        ("de ger deu de-AT german ngerman austrian nswissgerman Deutsch", "de", "German"),
        ("ko kor ko-KR ko_KR korean 한국어", "ko", "Korean"),
        ("zh chi zho zh-Hant-TW chinese chinese-simplified 中文", "zh", "Chinese"),
        ("fr fre fra francais french acadian français", "fr", "French"),
        ("ru rus russian langrussian русский", "ru", "Russian"),
        ("ja jpn japanese 日本語", "ja", "Japanese"),
        ("pt pt-BR brazilian portuges", "pt", "Portuguese"),
        ("el ell gre greek polutonikogreek", "el", "Greek"),
        ("grc ancientgreek", "grc", "Ancient Greek"),
        ("no norsk norwegian", "no", "Norwegian"),
        ("nb bokmal", "nb", "Norwegian Bokmål"),
        ("cy wel welsh", "cy", "Welsh"),
    ],
)
def test_every_name_leads_to_the_language(values: str, tag: str, name: str) -> None:
    assert {value: language_tags(value) for value in values.split()} == dict.fromkeys(values.split(), (tag,))
    assert language_name(tag) == name


def test_several_languages_are_told_apart() -> None:
    assert language_tags("english and french") == language_tags("english, french") == ("en", "fr")
    assert language_tags("english and american") == ("en",)
    assert language_tags("Korean (North)") == ("ko",)
    assert language_tags("Ancient Greek") == ("grc",)
    assert language_tags("Norwegian Bokmål and  Swiss German") == ("nb", "gsw")


@pytest.mark.parametrize(
    "value", ["", "Klingon", "x", "english and Klingon", "the original", "12", "In Korean", "is Icelandic"]
)
def test_what_is_not_a_language_is_not_taken_for_one(value: str) -> None:
    assert language_tags(value) == ()
