"""A bibliography is put right without losing a field, a comment, a brace or the text between its entries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpress.files.bibtex.fix import fix_file, fixed, normal_date
from factpress.files.bibtex.scanner import scan

BOOK = Path(__file__).parents[3] / "references.bib"


def right(line: str, secure: dict[str, str] | None = None) -> str:
    """Return a field after the fix, in an entry whose other bytes are held to stay."""
    before, after = "@misc{k,\n title = {A {B}},\n", ",\n}\n"
    result = fixed(f"{before}{line}{after}", "x.bib", secure)
    assert result.text.startswith(before) and result.text.endswith(after)
    assert bool(result.changes) == (result.text != f"{before}{line}{after}")
    return result.text.removeprefix(before).removesuffix(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("doi = {https://dx.doi.org/10.1000/ABC.}", "doi = {10.1000/abc}"),
        ('DOI= "doi: 10.1007/3-319\\_16{}"', 'DOI= "10.1007/3-319_16"'),
        ("doi = {10.1002/(SICI)1<637::AID-4>3.0.CO;2-9}", "doi = {10.1002/(sici)1<637::aid-4>3.0.co;2-9}"),
        ("doi = {10/abcde}", "doi = {10/abcde}"),
        ("doi = {see the page}", "doi = {see the page}"),
        (r"url = {https://example.org/a\%20b\_c\#d}", "url = {https://example.org/a%20b_c#d}"),
        (r"url = {https://example.org/a\\_b}", r"url = {https://example.org/a\\_b}"),
        ("url = {https://example.org/?utm_source=x&id=1&fbclid=y#t}", "url = {https://example.org/?id=1#t}"),
        ("archived = {https://example.org/?utm_source=x}", "archived = {https://example.org/}"),
        ("url = { http://example.org/old }", "url = {http://example.org/old}"),
        ("url = {http://example.org/twin}", "url = {https://example.org/twin}"),
        ("date = {1 October 1953}", "date = {1953-10-01}"),
        ("year = {1953-10}", "year = {1953-10}"),
        ("year = {1950--1953}", "year = {1950/1953}"),
        ("urldate = {Nov. 23, 2026}", "urldate = {2026-11-23}"),
        ("urldate = {November 2026}", "urldate = {November 2026}"),
        ("note = {1 October 1953, https://example.org/?fbclid=y}", "note = {1 October 1953, https://example.org/?fbclid=y}"),
        ("date = 1953", "date = 1953"),
        ('date = "October " # 1953', 'date = "October " # 1953'),
    ],
)  # fmt: skip
def test_a_value_gets_its_one_form(before: str, after: str) -> None:
    assert right(before, {"http://example.org/twin": "https://example.org/twin"}) == after


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1953-7-27", "1953-07-27"),
        ("1953/7/27", "1953-07-27"),
        ("1953.10", "1953-10"),
        ("October 1953", "1953-10"),
        ("1 Oct 1953", "1953-10-01"),
        ("Oct. 1, 1953", "1953-10-01"),
        ("25 June 1950 – 27 July 1953", "1950-06-25/1953-07-27"),
        ("1950 to 1953", "1950/1953"),
        ("c. 1953", "1953~"),
        ("ca 1953", "1953~"),
        ("circa 1950 – 1953", "1950~/1953"),
        ("1950s", "195X"),
        ("44 BC", "-0043"),
        ("1 B.C.", "0000"),
        ("44 BCE – 31 BCE", "-0043/-0030"),
        ("1950~", "1950~"),
    ],
)
def test_a_date_that_can_mean_one_thing_becomes_iso(written: str, iso: str) -> None:
    assert normal_date(written) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10/1/1953",
        "1909/10",
        "about 1953",
        "c. 53",
        "1955s",
        "0 BC",
        "31 June 1950",
        "1953-13-1",
        "1953 to 1950",
        "1-2-3",
        "Mayday 1950",
    ],
)
def test_any_other_date_is_left_to_a_person(text: str) -> None:
    assert normal_date(text) == text


def test_entries_are_sorted_and_their_comments_go_with_them() -> None:
    text = "% head\n\n@misc{c, title = {C}} % of c\n\n% of a\n@misc{a, title = {A}}\n\n% alone\n\n@misc{b, title = {B}}"
    result = fixed(text, "x.bib")
    assert result.text == (
        "% head\n\n% of a\n@misc{a, title = {A}}\n\n@misc{b, title = {B}}\n\n% alone\n\n@misc{c, title = {C}} % of c\n"
    )
    assert [str(change) for change in result.changes] == [
        "x.bib:3: c moved to its place by key",
    ]


@pytest.mark.parametrize(
    ("keys", "moved"),
    [
        ("z a b c d e f g", "z"),
        ("a b g c d e f", "g"),
        ("b c d e f g a", "a"),
        ("a c b d", "b"),
        ("b a", "a"),
        ("c b a", "b a"),
        ("a b c", ""),
        ("a A b", ""),
        ("b d a c f e", "b d f"),
    ],
)
def test_only_what_was_out_of_place_is_said_to_move(keys: str, moved: str) -> None:
    result = fixed("\n\n".join(f"@misc{{{key}, title = {{T}}}}" for key in keys.split()) + "\n", "x.bib")
    found = [str(change).split()[1] for change in result.changes]
    assert len(found) == len(moved.split()), found
    assert [entry.key for entry in scan(result.text, "x.bib").entries] == sorted(keys.split(), key=str.casefold)
    if len(moved.split()) == 1 and keys != "a c b d" and keys != "b a":
        assert found == moved.split()


def test_a_string_between_entries_keeps_their_order() -> None:
    text = "@misc{b, title = {B}}\n@string{s = {S}}\n@misc{a, title = s}\n"
    assert fixed(text, "x.bib").text == text


def test_line_ends_and_the_byte_order_mark_stay(tmp_path: Path) -> None:
    file = tmp_path / "x.bib"
    file.write_bytes(
        b"\xef\xbb\xbf@misc{b,\r\n title = {x\r\ny},\r\n date = {May 1950}\r\n}\r\n@misc{a, title = {A}}\r\n"
    )
    fix_file(file, "x.bib")
    assert file.read_bytes() == (
        b"\xef\xbb\xbf@misc{a, title = {A}}\r\n@misc{b,\r\n title = {x\r\ny},\r\n date = {1950-05}\r\n}\r\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"@misc{b, title = {B}\n\n@misc{a, title = {A}, doi = {doi:10.1000/1}}",
        b"@misc{b, title = {caf\xe9}, doi = {doi:10.1000/1}}",
        b"@misc{a, doi = {doi:10.1000/1}, % why\n title = {A}}",
        b"}\n@misc{a, doi = {doi:10.1000/1}}",
    ],
)
def test_a_file_that_cannot_be_read_safely_is_left_alone(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.bib"
    file.write_bytes(data)
    result = fix_file(file, "x.bib")
    assert [p.code for p in result.problems] == ["bib-not-fixed"]
    assert (file.read_bytes(), result.changes) == (data, [])


def test_a_right_file_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "x.bib"
    file.write_bytes(BOOK.read_bytes())
    file.chmod(0o444)
    before = file.stat()
    assert fix_file(file, "x.bib").changes == []
    assert file.stat() == before


NAMES = st.sampled_from(["title", "note", "doi", "url", "date", "urldate", "year", "Archived", "odd"])
VALUES = st.one_of(
    st.text(st.sampled_from("aB1 \n-_.,/:é%\\"), max_size=12),
    st.sampled_from(
        [
            "https://doi.org/10.1000/A_b.",
            r"10.1000/a\_b",
            "http://example.org/?utm_x=1&b",
            r"https://example.org/\_\%",
            "1 May 1950",
            "1950--1953",
            "{A} {{B}}",
        ]
    ),
)
FIELDS = st.tuples(NAMES, VALUES, st.sampled_from(["{%s}", '"%s"', "{%s} # {x}", " {%s}\n"]))
ENTRIES = st.builds(
    lambda key, fields, comma: (
        f"@misc{{{key}" + "".join(f",\n  {n} = {form % value}" for n, value, form in fields) + comma + "}"
    ),
    st.text(st.sampled_from("abAB1-é"), min_size=1, max_size=4),
    st.lists(FIELDS, max_size=4),
    st.sampled_from(["", ",", ",\n"]),
)
BETWEEN = st.one_of(
    st.text(st.sampled_from("x% \n,-é"), max_size=8),
    st.sampled_from(["\n", "\n\n", "\n\n% kept\n\n", "@comment{x}", "@preamble{{x}}\n", "@string{s = {S}}\n"]),
)
FILES = st.lists(st.one_of(ENTRIES, BETWEEN), max_size=9).map(lambda parts: "\n".join(parts))

SLIPS = st.lists(st.tuples(st.integers(0, 300), st.sampled_from([*"@{}(),=#%\\ \n\rx'", "\r\n", "% c\n"])), max_size=3)


def slipped(text: str, slips: list[tuple[int, str]]) -> str:
    """Return the text with something put into it here and there."""
    for at, what in slips:
        place = at % (len(text) + 1)
        text = f"{text[:place]}{what}{text[place:]}"
    return text


def held(text: str) -> tuple[Counter[object], Counter[str], Counter[str]]:
    """Return what a file holds: entries with the names of their fields, other values, and the words between them."""
    found = scan(text, "x.bib")
    entries = Counter[object]((e.type, e.key, tuple(f.name for f in e.fields)) for e in found.entries)
    texts = Counter(f"{e.key} {f.value}" for e in found.entries for f in e.fields if f.name in ("title", "note", "odd"))
    outside = text.replace("\r\n", "\n").replace("\r", "\n")
    for entry in found.entries:
        outside = outside.replace(entry.text, "", 1)
    return entries, texts, Counter(outside.split())


@settings(max_examples=300, deadline=None)
@given(FILES, st.sampled_from(["\n", "\r\n"]), SLIPS)
def test_every_entry_field_and_comment_survives(text: str, end: str, slips: list[tuple[int, str]]) -> None:
    text = slipped(text.replace("\n", end), slips)
    once = fixed(text, "x.bib")
    if once.problems:
        assert once.text == text
        return
    assert held(once.text) == held(text)
    assert not fixed(once.text, "x.bib").problems
    assert fixed(once.text, "x.bib").text == once.text
    assert once.text == text or once.changes


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('@{}()",=#%\\ \n\r$~abck1-é/:.<>'), max_size=80))
def test_no_text_makes_the_fix_stop(text: str) -> None:
    once = fixed(text, "x.bib")
    assert fixed(once.text, "x.bib").text == once.text
