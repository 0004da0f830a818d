"""`links fix --moved` shows what it would change, and changes nothing else when it is told to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleanbook import copy_book, edit
from factpress.cli.main import main
from factpress.files.link_record.lock import read_lock, write_lock
from factpress.model.links.state import LinkRecord, QuoteState, State

OLD, NEW = "https://www.example.org/survey/arden", "https://www.example.org/surveys/2001"
MOVED = LinkRecord(
    url=OLD, state=State.MOVED, since="2026-10-01", last_ok="2026-11-19", last_checked="2026-11-19", http=200,
    final_url=NEW, moved_since="2026-10-01", quotes={"9f2c41d07ab3": QuoteState.FOUND},
)  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = copy_book(tmp_path / "book")
    write_lock(lock(root), [MOVED])
    return root


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


def lock(root: Path) -> Path:
    return root / "docs/claims/links.lock.json"


def fix(book: Path, *words: str) -> int:
    return main(["--root", str(book), "links", "fix", "--moved", *words])


def test_a_patch_is_shown_and_nothing_written(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    assert fix(book) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"-  url = {{{OLD}}}," in lines and f"+  url = {{{NEW}}}," in lines
    assert lines[-1] == "1 address moved for good. Open the pages, then add --write."
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == before


def test_written_the_gate_is_content_and_the_record_goes_along(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(book), "links", "check"]) == 1
    assert "link-moved" in capsys.readouterr().out
    assert fix(book, "--write") == 0
    assert capsys.readouterr().out == (
        f"{OLD} → {NEW}\nWrote 1 address. Open the pages; sign-offs on what cites them are stale now.\n"
    )
    assert f"url = {{{NEW}}}," in (book / "references.bib").read_text(encoding="utf-8")
    records, problems = read_lock(lock(book), book)
    assert problems == [] and list(records) == [NEW]
    assert (records[NEW].state, records[NEW].moved_since, records[NEW].quotes) == (State.OK, None, MOVED.quotes)
    assert main(["--root", str(book), "links", "check"]) == 0
    capsys.readouterr()
    assert fix(book, "--write") == 0
    assert capsys.readouterr().out == "No cited page is recorded as moved for good.\n"


def test_json_says_the_same(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fix(book, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"moved": {OLD: NEW}, "written": False, "problems": []}
    assert fix(book, "--format", "sarif") == 2


def test_a_bibliography_with_a_slip_keeps_its_old_address(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "references.bib", "year = {1977},", "year = {1977,")
    before = (book / "references.bib").read_bytes()
    assert fix(book, "--write") == 1
    assert "references.bib: bib-not-fixed: " in capsys.readouterr().out
    assert (book / "references.bib").read_bytes() == before
    assert list(read_lock(lock(book), book)[0]) == [OLD]


def test_a_record_that_was_edited_by_hand_proposes_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/claims/links.lock.json", NEW, "https://evil.example/")
    assert fix(book, "--write") == 1
    assert "links-hand-edited" in capsys.readouterr().out


def test_what_stops_a_command_is_an_annotation_too(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    edit(book, "docs/claims/links.lock.json", NEW, "https://evil.example/")
    assert fix(book) == 1
    out = capsys.readouterr().out
    assert out.startswith("::stop-commands::")
    assert "\n::error file=docs/claims/links.lock.json,line=" in out


def test_what_an_address_holds_cannot_act_on_the_terminal(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "references.bib", "Survey of Bridges", "Survey of\x1b[31m Bridges")
    fix(book)
    assert "\x1b" not in capsys.readouterr().out
