"""The record of links: written the same each time, read whatever it holds, merged by one rule."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpress.files.link_record.lock import links_text, merge, parse_links, read_links, write_links
from factpress.model.links.state import Archive, LinkKind, LinkRecord, QuoteState, State

FILE = "docs/claims/links.lock.json"
DAYS = st.dates().map(str)
TEXT = st.text(max_size=8)
FILLED = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
QUOTES = st.dictionaries(st.from_regex(r"[0-9a-f]{12}", fullmatch=True), st.sampled_from(QuoteState), max_size=3)
RECORDS = st.builds(
    LinkRecord,
    url=st.sampled_from([f"https://example.org/{name}" for name in "abcd"]),
    kind=st.sampled_from(LinkKind),
    state=st.sampled_from(State),
    since=DAYS,
    last_ok=st.one_of(st.just(""), DAYS),
    last_checked=st.sampled_from(["2026-11-21", "2026-11-22", "2026-11-23"]),
    strikes=st.lists(DAYS, max_size=3).map(tuple),
    http=st.one_of(st.none(), st.integers(100, 599)),
    final_url=st.one_of(st.none(), FILLED),
    etag=st.one_of(st.none(), FILLED),
    title=st.one_of(st.none(), FILLED),
    quotes=QUOTES,
    archive=st.one_of(st.none(), st.builds(Archive, FILLED, QUOTES)),
    why=st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
SIDES = st.lists(RECORDS, max_size=4).map(lambda records: {record.url: record for record in records})
FULL = LinkRecord(
    url="https://example.org/mdt", state=State.OK, since="2026-11-02", last_ok="2026-11-20", last_checked="2026-11-20",
    http=200, final_url="https://example.org/mdt/", etag='"a1"', title="Mutual Defense Treaty", text_sha256="00ff",
    quotes={"9f2c41d07ab3": QuoteState.FOUND},
    archive=Archive("https://web.archive.org/web/2026/https://example.org/mdt", {"9f2c41d07ab3": QuoteState.FOUND}),
)  # fmt: skip


def test_a_record_is_a_block_of_lines() -> None:
    assert links_text([FULL]) == (
        '[\n{"url":"https://example.org/mdt","kind":"url",\n'
        ' "state":"ok","since":"2026-11-02","last-ok":"2026-11-20","last-checked":"2026-11-20",\n'
        ' "http":200,"final-url":"https://example.org/mdt/","etag":"\\"a1\\"","title":"Mutual Defense Treaty",'
        '"text-sha256":"00ff",\n'
        ' "quotes":{"9f2c41d07ab3":"found"},\n'
        ' "archive":{"url":"https://web.archive.org/web/2026/https://example.org/mdt","quotes":{"9f2c41d07ab3":"found"}},'
        '\n "checker":"2","sum":"' + json.loads(links_text([FULL]))[0]["sum"] + '"}\n]\n'
    )


def test_no_file_and_an_empty_one_hold_no_records(tmp_path: Path) -> None:
    assert read_links(tmp_path / "links.lock.json", tmp_path) == ({}, [])
    (tmp_path / "links.lock.json").write_bytes(b"\n")
    assert read_links(tmp_path / "links.lock.json", tmp_path) == ({}, [])
    write_links(tmp_path / "links.lock.json", [])
    assert read_links(tmp_path / "links.lock.json", tmp_path) == ({}, [])


@settings(max_examples=50, deadline=None)
@given(SIDES)
def test_what_is_written_is_read(records: dict[str, LinkRecord]) -> None:
    text = links_text(records.values())
    assert parse_links(text, FILE) == (records, [])
    assert links_text(reversed(list(records.values()))) == text
    assert [record["url"] for record in json.loads(text)] == sorted(records)


def test_half_a_character_in_a_title_is_written_as_a_question(tmp_path: Path) -> None:
    write_links(tmp_path / "l.json", [replace(FULL, title="a\ud800b")])
    records, problems = read_links(tmp_path / "l.json", tmp_path)
    assert (records[FULL.url].title, problems) == ("a?b", [])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"ok"', '"gone"', "links-hand-edited"),
        ("2026-11-20", "2026-11-23", "links-hand-edited"),
        ('"title":"Mutual Defense Treaty",', "", "links-hand-edited"),
        ('"ok"', '"fine"', "links-record"),
        ('"ok"', "true", "links-record"),
        ('"state":"ok",', "", "links-record"),
        ('"state":"ok"', '"states":"ok"', "links-record"),
        ("2026-11-20", "2026-11-31", "links-record"),
        (":200", ":true", "links-record"),
        (":200", ":20", "links-record"),
        ("Mutual", "\\ud800", "links-record"),
        ('"9f2c41d07ab3":"found"', '"9f2c41d07ab3":1', "links-record"),
        (':{"9f2c41d07ab3":"found"}', ":[]", "links-record"),
        ('"archive":{"url"', '"archive":{"uri"', "links-record"),
        (":200", ":200000000000000000" + "0" * 5000, "links-syntax"),
        (":200", ":" + "[" * 100_000, "links-syntax"),
        (":200", ':200,"http":200', "links-syntax"),
        ("\n]\n", "", "links-syntax"),
        ("\n]\n", "\n]\n[]", "links-syntax"),
        ("\n]\n", ",]", "links-syntax"),
        ("[\n", "", "links-syntax"),
        ('"kind"', "kind", "links-syntax"),
    ],
)
def test_what_a_hand_did_is_seen(old: str, new: str, code: str) -> None:
    text = links_text([FULL, replace(FULL, url="https://example.org/z")])
    records, problems = parse_links(text.replace(old, new, 1), FILE)
    assert [p.code for p in problems] == [code]
    assert FULL.url not in records or code == "links-syntax"
    assert "https://example.org/z" in records or code == "links-syntax"
    assert 1 <= problems[0].where.line <= text.count("\n") + 1


def test_a_problem_stands_at_the_line_of_the_record() -> None:
    text = links_text([FULL, replace(FULL, url="https://example.org/z")])
    wrong = text.replace('"url":"https://example.org/z"', '"url":"https://example.org/\\u001bz"')
    assert [(p.code, p.where.line, p.message) for p in parse_links(wrong, FILE)[1]] == [
        ("links-hand-edited", 8, "The record of https://example.org/\ufffdz was edited by hand.")
    ]


def test_a_record_that_stands_twice_is_said() -> None:
    text = links_text([FULL, FULL])
    assert [(p.code, p.where.line) for p in parse_links(text, FILE)[1]] == [("links-twice", 8)]


def test_a_conflict_is_named_with_its_line() -> None:
    lines = links_text([FULL]).splitlines()
    lines[2:3] = ["<<<<<<< ours", lines[2], "=======", lines[2], ">>>>>>> theirs"]
    records, problems = parse_links("\n".join(lines), FILE)
    assert (records, [(p.code, p.where.line) for p in problems]) == ({}, [("links-conflict", 3)])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_bytes(data)
    records, problems = read_links(file, file.parent)
    assert problems or not records


@settings(max_examples=150, deadline=None)
@given(st.data(), SIDES)
def test_no_damage_of_a_record_passes(data: st.DataObject, records: dict[str, LinkRecord]) -> None:
    text = links_text(records.values())
    at = data.draw(st.integers(0, len(text) - 1))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.text(max_size=3))
    damaged = text[:at] + put + text[at + cut :]
    read, problems = parse_links(damaged, FILE)
    for problem in problems:
        assert problem.message
    # white space between the fields is nobody's; what is read without a problem is what was written
    assert problems or set(read.values()) <= set(records.values())


@settings(max_examples=80, deadline=None)
@given(SIDES, SIDES, SIDES)
def test_a_merge_is_the_same_from_both_sides_and_loses_nothing(
    base: dict[str, LinkRecord], ours: dict[str, LinkRecord], theirs: dict[str, LinkRecord]
) -> None:
    merged = merge(base, ours, theirs)
    assert merged == merge(base, theirs, ours)
    for url, record in merged.items():
        sides = [side[url] for side in (ours, theirs) if url in side]
        assert record in sides
        assert record.last_checked == max(one.last_checked for one in sides)
    for url in {*ours, *theirs} - merged.keys():
        # it was removed on one side, and the other side has just what both began with
        assert [side.get(url) for side in (ours, theirs)].count(base[url]) == 1
    assert all(merge(base, base, ours)[url] in (base.get(url), ours[url]) for url in ours)
    assert merge(base, merged, merged) == merged


def test_of_two_looks_on_one_day_the_new_one_stays() -> None:
    url, old = FULL.url, {FULL.url: FULL}
    for changed in (replace(FULL, why="a"), replace(FULL, strikes=("2026-11-20",))):
        assert merge(old, old, {url: changed}) == {url: changed}
        assert merge({url: changed}, {url: changed}, old) == old
