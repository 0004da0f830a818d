"""The offline gate and the merge of records as a person or git meets them."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from cleanbook import copy_book, edit
from factpress.cli.main import main
from factpress.files.link_record.lock import read_lock, write_lock
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import LinkRecord, QuoteState, State

LOCK = "docs/claims/links.lock.json"
URL = "https://www.example.org/survey/arden"
OK = LinkRecord(url=URL, state=State.OK, since="2026-11-02", last_ok="2026-11-19", last_checked="2026-11-19", http=200)
GONE = replace(OK, state=State.GONE, since="2026-11-19", last_ok="2026-11-02", http=404)
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not here")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copy_book(tmp_path / "book")


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


def run(book: Path, *words: str) -> int:
    return main(["--root", str(book), "links", *words])


def codes(capsys: pytest.CaptureFixture[str]) -> list[str]:
    found = json.loads(capsys.readouterr().out)["results"]
    return sorted(one["rule"] for one in found if one["level"] != "pass")


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", "-C", str(folder), *names, *words], capture_output=True, text=True, check=False)


def test_each_link_of_a_clean_book_is_told_with_what_was_done(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "check") == 0
    assert capsys.readouterr().out == (
        "2 links: 0 asked through the network, 0 seen by a person only, 2 only seen when the book was written. "
        "2 passed.\n"
    )
    assert run(book, "check", "--format", "json") == 0
    assert [(one["rule"], one["message"]) for one in json.loads(capsys.readouterr().out)["results"]] == [
        ("never-checked", "DOI not yet looked up; the work was read in full, 20 November 2026, not by a person."),
        ("never-checked", "Read in full, 20 November 2026, not by a person."),
    ]


def test_the_gate_opens_no_socket(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket is opened")

    write_lock(book / LOCK, [GONE])
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert run(book, "check") == 0
    assert run(book, "check", "--release") == 1  # what is recorded fails, and no socket was needed to know
    assert main(["--root", str(book), "check"]) == 0


def test_the_gate_needs_no_network(book: Path) -> None:
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine makes no namespaces")
    command = [unshare, "-rn", sys.executable, "-m", "factpress", "--root", str(book), "links", "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" 2 passed.\n")


def test_rot_that_nobody_here_caused_is_a_warning_until_a_release(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lock(book / LOCK, [GONE])
    assert run(book, "check", "--format", "json") == 0
    assert codes(capsys) == ["link-rotten"]
    assert run(book, "check", "--release", "--format", "json") == 1
    assert codes(capsys) == ["link-lost", "link-never-asked"]  # the DOI was never looked up


def test_a_release_needs_a_recent_record(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "check", "--release", "--format", "json") == 0
    assert codes(capsys) == ["links-never-asked"]
    doi = "https://doi.org/10.5555/brand.1977"
    for day, said in (("2026-11-06", []), ("2026-11-05", ["link-not-asked"] * 2)):
        write_lock(book / LOCK, [replace(OK, url=url, last_checked=day, last_ok=day) for url in (URL, doi)])
        assert run(book, "check", "--release", "--format", "json") == bool(said)
        assert codes(capsys) == said


@needs_git
def test_a_link_answers_for_its_record_when_its_entry_or_evidence_is_touched(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lock(book / LOCK, [GONE])
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "begin"], ["checkout", "-qb", "work"]):
        assert git(book, *words).returncode == 0
    edit(book, "references.bib", "title = {Stone Bridges of the County}", "title = {Bridges of Stone}")
    edit(book, "references.bib", "@article{brand1977,", "\n\n@article{brand1977,")  # all lines below move
    assert run(book, "check", "--touched", "main", "--format", "json") == 0
    assert codes(capsys) == ["link-rotten"]
    edit(book, "references.bib", "date = {2001-03-14}", "date = {2001-03-15}")
    assert run(book, "check", "--touched", "main", "--format", "json") == 1
    assert codes(capsys) == ["link-lost"]
    edit(book, "references.bib", "date = {2001-03-15}", "date = {2001-03-14}")
    edit(book, "docs/claims/02-today.yaml", "given the earlier date", "given an earlier date")
    assert run(book, "check", "--touched", "main", "--format", "json") == 1
    assert codes(capsys) == ["link-lost"]
    assert run(book, "check", "--touched", "nowhere") == 2


def test_the_links_wait_for_files_that_cannot_be_read(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / LOCK).write_text("[")
    assert run(book, "check") == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{LOCK}:1: links-syntax: ")
    assert out.endswith("\nThe links wait until these files can be read.\n")


def test_a_merge_writes_ours_as_a_driver_of_git_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    other = replace(OK, url="https://example.org/b")
    write_lock(base, [OK])
    write_lock(ours, [replace(OK, last_checked="2026-11-21")])
    write_lock(theirs, [replace(OK, last_checked="2026-11-20"), other])
    before = theirs.read_bytes()
    assert main(["links", "merge", str(base), str(ours), str(theirs)]) == 0
    assert capsys.readouterr().out == f"Wrote {ours}: 2 records, 1 of them from the other side.\n"
    assert set(read_lock(ours, tmp_path)[0].values()) == {replace(OK, last_checked="2026-11-21"), other}
    assert theirs.read_bytes() == before


def test_a_merge_of_a_damaged_side_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    base.write_text("")
    write_lock(ours, [OK])
    write_lock(theirs, [OK])
    theirs.write_text(theirs.read_text().replace('"ok"', '"gone"'))
    before = ours.read_bytes()
    assert main(["links", "merge", str(base), str(ours), str(theirs)]) == 1
    assert "links-hand-edited" in capsys.readouterr().out
    assert ours.read_bytes() == before
    assert main(["links", "merge", str(base), str(ours), str(tmp_path / "none")]) == 1
    assert main(["links", "merge", str(base)]) == 2


@needs_git
def test_a_merge_that_stopped_is_joined_from_what_git_holds(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(book, "init", "-q", "-b", "main")
    days = {"main": "2026-11-20", "work": "2026-11-21"}
    git(book, "commit", "-q", "--allow-empty", "-m", "begin")
    git(book, "branch", "work")
    for branch, day in days.items():
        git(book, "checkout", "-q", branch)
        write_lock(book / LOCK, [replace(OK, last_checked=day), replace(OK, url=f"https://example.org/{branch}")])
        git(book, "add", ".")
        git(book, "commit", "-qm", branch)
    git(book, "merge", "-q", "main")
    assert run(book, "check") == 1
    assert "links-conflict: A merge left both sides" in capsys.readouterr().out
    assert run(book, "merge") == 0
    records, problems = read_lock(book / LOCK, book)
    assert (sorted(records), problems) == (
        ["https://example.org/main", "https://example.org/work", URL], [],
    )  # fmt: skip
    assert records[URL].last_checked == "2026-11-21"
    git(book, "add", LOCK)
    assert run(book, "merge") == 2


@needs_git
def test_git_joins_records_by_itself_once_it_knows_the_driver(book: Path) -> None:
    shutil.copy(Path(__file__).parents[3] / ".gitattributes", book)
    git(book, "init", "-q", "-b", "main")
    driver = f"'{sys.executable}' -m factpress links merge %O %A %B"
    git(book, "config", "merge.factpress-links.driver", driver)
    write_lock(book / LOCK, [OK])
    git(book, "add", ".")
    git(book, "commit", "-qm", "begin")
    git(book, "branch", "work")
    for branch, day in {"main": "2026-11-21", "work": "2026-11-20"}.items():
        git(book, "checkout", "-q", branch)
        write_lock(book / LOCK, [replace(OK, last_checked=day), replace(OK, url=f"https://example.org/{branch}")])
        git(book, "commit", "-qam", branch)
    done = git(book, "merge", "-q", "main")
    assert done.returncode == 0, done.stderr
    records, problems = read_lock(book / LOCK, book)
    assert (len(records), problems, records[URL].last_checked) == (3, [], "2026-11-21")


@needs_git
def test_a_quote_that_is_gone_fails_what_touches_it(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    says, quote = "says: Upper Arden is given the earlier date.\n", "the deck was renewed"
    edit(book, "docs/claims/02-today.yaml", says, f"{says}        quote: {quote}\n")
    missing = {quote_key(quote): QuoteState.MISSING}
    write_lock(book / LOCK, [replace(OK, state=State.SUSPECT, quotes=missing)])
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "begin"]):
        git(book, *words)
    assert run(book, "check", "--touched", "main", "--format", "json") == 0
    assert codes(capsys) == ["quote-rotten"]
    edit(book, "docs/claims/02-today.yaml", "quote: the deck", "quote: The deck")  # the same words to the matcher
    assert run(book, "check", "--touched", "main", "--format", "json") == 1
    assert codes(capsys) == ["quote-missing"]
