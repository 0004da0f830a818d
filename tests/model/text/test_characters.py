"""Signs that hide what a text says are found, and left alone where a script needs them."""

from __future__ import annotations

import time
import unicodedata

import pytest

from factpress.model.text.characters import character_name, forbidden_characters, hidden_characters, mixed_scripts

NEEDED = [
    "می\u200cخواهم",  # Persian parts a prefix from its word
    "क्\u200dष, क्\u200cष",  # Devanagari: the form of a conjunct
    "ශ්\u200dරී",  # Sinhala
    "שלום\u200f!",
    "He said \u2067שלום\u2069 to them",
    "\u202bשלום\u202c",
    "العربية \u200e(text)\u200e",
    "ภาษา\u200bไทย",  # Thai writes no spaces
    "👩\u200d🔬, 👩🏽\u200d🔬, ❤\ufe0f\u200d🔥, 1\ufe0f\u20e3, ☎\ufe0e",
    "葛\U000e0100",  # a variant of a Chinese character
    "Donau\u00addampf\u00adschiff",
    "ᄒ\u1160ᆨ",
    "plain text – “quoted”, Korea’s 한국 中国 Ελλάδα Россия é e\u0301 ½ € ✓◐✗≠○●",
]
HIDDEN = [
    "a\u202eb\u202c", "שלום\u202e", "a\u2066b\u2069", "\u2067שלום", "שלום\u2069", "a\u200eb", "a\u200bb", "a\u200db",
    "a\u200cb", "👩\u200d", "a\ufe0f", "a\U000e0100", "a\u00ad", "\u00ada", "\u3164", "\uffa0", "a\u2060b", "a\ufeffb",
    "a\u2028b", "a\u2029b",
    "a\u180eb", "a\u034fb", "\ufffc", "\ufffd", "\U000e0041", "\U000e0001", "\U0001d173", "a\u2062b",
    "a\u206ab", "\u1160a",
]  # fmt: skip


@pytest.mark.parametrize("text", NEEDED)
def test_what_a_script_needs_may_stand(text: str) -> None:
    assert list(hidden_characters(text)) == list(forbidden_characters(text)) == []


@pytest.mark.parametrize("text", HIDDEN, ids=ascii)
def test_what_hides_is_found(text: str) -> None:
    assert list(hidden_characters(text))


def test_another_passage_does_not_excuse_it() -> None:
    assert [at for at, _ in hidden_characters("שלום\u200f\n\na\u200fb")] == [8]


def test_every_control_character_noncharacter_and_surrogate_is_forbidden() -> None:
    found = {sign for _, sign in forbidden_characters("".join(map(chr, range(0x110000))))}
    controls = {chr(n) for n in (*range(32), *range(0x7F, 0xA0))} - set("\t\n\r")
    nonchars = {chr(n) for n in range(0xFDD0, 0xFDF0)} | {
        chr(p * 0x10000 + n) for p in range(17) for n in (0xFFFE, 0xFFFF)
    }
    assert found == controls | nonchars | {chr(n) for n in range(0xD800, 0xE000)}


def test_every_sign_of_format_is_looked_at() -> None:
    """Unicode's category Cf holds the signs without a shape; those that belong to a script's numbers have one."""
    shown = {chr(n) for n in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)}
    shown |= {chr(n) for n in range(0x13430, 0x13440)}  # join Egyptian hieroglyphs
    format_signs = {chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) == "Cf"} - shown
    assert [ascii(sign) for sign in sorted(format_signs) if not list(hidden_characters(f"a{sign} b"))] == []


def test_a_character_is_named() -> None:
    assert character_name("\u202e") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert character_name("\x1b") == "U+001B (a control character)"
    assert character_name("\ud800") == "U+D800 (a surrogate)"


@pytest.mark.parametrize(
    "host",
    ["example.org", "bücher.de", "пример.рф", "москва.ru", "東京タワー.jp", "한국abc.kr", "ελλάδα.gr",
     "xn--bcher-kva.de", "oxo.рф",
     "сао.рф", "xn--.org", "xn--\ufffd.org", "", "1.2.3.4", "a-b.c_d.org"],
)  # fmt: skip
def test_a_host_that_is_what_it_seems_passes(host: str) -> None:
    assert mixed_scripts(host) == ""


@pytest.mark.parametrize(
    "host",
    ["ex\u0430mple.org", "www.ex\u0430mple.org", "\u0430\u0440\u0440\u04cf\u0435.com",
     "xn--80ak6aa92e.com", "g\u03bf\u03bfgle.com",
     "\u03bf\u03bf.com", "раураl.com", "exampleあa\u0430.jp"],
)  # fmt: skip
def test_a_host_that_looks_like_another_is_found(host: str) -> None:
    assert mixed_scripts(host)


@pytest.mark.parametrize("sign", ["a", "\u200b", "\u202e", "\u200f", "א\u2067", "\x1b", "\ufe0f"])
def test_a_million_characters_take_no_time(sign: str) -> None:
    text = sign * (1_000_000 // len(sign))
    start = time.process_time()
    for found in (forbidden_characters(text), hidden_characters(text)):
        for _, _ in zip(found, range(20), strict=False):
            pass
    assert time.process_time() - start < 2
