"""New entries of a bibliography."""

from __future__ import annotations

import pytest

from factpress.files.bibtex.entries import add_entries, entry_text, parse_new_entry, suggested_key
from factpress.problems import FileError

BIB = "% ours\n@book{a1,\n  title = {A},\n  year = {2001},\n}\n\n@book{m1,\n  title = {M},\n  year = {2002},\n}\n"


def test_an_entry_is_written_in_the_order_of_the_fields_and_reads_back() -> None:
    text = entry_text(
        "book",
        "wells2020",
        {"year": "2020", "title": "On {B}uilding", "author": "Wells, Ada", "doi": "https://doi.org/10.1234/ABC"},
    )
    assert text.index("author") < text.index("title") < text.index("year")
    source, problems = parse_new_entry(text)
    assert source and [source.key, source.get("title"), source.year, source.get("doi")] == [
        "wells2020",
        "On Building",
        "2020",
        "10.1234/abc",
    ]
    assert not [found for found in problems if found.is_error]


@pytest.mark.parametrize("title", ["}}, evil = {x", "{{", "}", "a } b { c", "\\", "a % b", 'q"uote'])
def test_no_value_ends_early(title: str) -> None:
    source, _ = parse_new_entry(entry_text("book", "k1", {"title": f"T {title} T", "year": "2020"}))
    if source:  # else it is a problem that is shown, and nothing is added
        assert set(source.fields) == {"title", "year"} and source.get("year") == "2020"


def test_entries_go_to_their_place_and_every_other_byte_stays() -> None:
    new = entry_text("book", "b7", {"title": "B", "year": "2003"})
    written = add_entries(BIB, [new])
    assert written.replace(new.strip() + "\n\n", "") == BIB
    assert [written.index(key) for key in ("{a1", "{b7", "{m1")] == sorted(
        written.index(key) for key in ("{a1", "{b7", "{m1")
    )
    assert add_entries("", [new]).strip() == new.strip()


def test_a_key_that_is_there_and_a_broken_file_are_refused() -> None:
    new = entry_text("book", "A1", {"title": "B", "year": "2003"})
    with pytest.raises(FileError, match="already"):
        add_entries(BIB, [new])
    with pytest.raises(FileError, match="syntax error"):
        add_entries(BIB[:-3], [new])


def test_keys_are_suggested_and_free() -> None:
    assert suggested_key("Wells, Ada and Poe, E.", "2020", "The Decision", []) == "wells2020"
    assert suggested_key("Wells, Ada", "2020", "The Decision", ["wells2020"]) == "wells2020-decision"
    assert suggested_key("", "", "Über alles", []) == "uber"
    assert suggested_key("김구", "1948", "", []) == "1948"
