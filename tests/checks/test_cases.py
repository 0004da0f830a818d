"""One folder a rule in tests/cases: what is done to the clean book, and what `check` then says."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from cleanbook import copy_book, edit
from factpress.checks import check_book
from factpress.problems import Problem
from factpress.rules import RULES
from factpress.settings import read_settings

CASES = Path(__file__).parents[1] / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir())

#: rules that other tests break: of commands, of files that no check of a book reads, of the bibliography
ELSEWHERE = {
    "not-formatted",
    "not-permitted",
    "article-changed",
    "article-format",
    "article-empty",
    "article-encoding",
    "article-unit",
    "article-rest",
    "article-short",
    "figure-overlap",
    "figure-edge",
    "link-lost",
    "quote-missing",
    "link-not-asked",
    "links-never-asked",
    "link-never-asked",
    "release-unsigned",
    "release-unsettled",
    "release-drafted",
    "sign-off-not-appended",
    "sign-off-committer",
    "sign-off-unmerged",
    "sign-off-unopened",
    "sign-off-date",
    "finding-proposer-kept",
    "seen-committer",
    "link-out-of-book",  # a case is copied, and a copy follows its symbolic links
}


def lines(problems: list[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def broken(name: str, folder: Path) -> Path:
    """Return a copy of the clean book, with study aids if the case asks for it, and the case's changes."""
    case, toml = CASES / name, CASES / name / "case.toml"
    table = tomllib.loads(toml.read_text(encoding="utf-8")) if toml.is_file() else {}
    root = copy_book(folder, study=table.get("study", False))
    if (case / "in").is_dir():
        shutil.copytree(case / "in", root, dirs_exist_ok=True)
    for change in table.get("edit", ()):
        edit(root, change["file"], change["old"], change["new"])
    for file in table.get("remove", ()):
        (root / file).unlink()
    return root


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_rule_is_reported_where_it_is_broken(name: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    problems = check_book(read_settings(broken(name, tmp_path / "book"))).problems
    assert {p.code for p in problems} == {name.partition("--")[0]}
    expected = CASES / name / "expected.txt"
    if pytestconfig.getoption("--save-expected"):
        expected.write_text(lines(problems), encoding="utf-8")
    assert lines(problems) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("study", [False, True])
def test_the_clean_book_has_no_problems(study: bool, tmp_path: Path) -> None:
    assert check_book(read_settings(copy_book(tmp_path / "book", study=study))).problems == []


def test_every_rule_of_the_book_has_a_case() -> None:
    covered = {name.partition("--")[0] for name in NAMES} | ELSEWHERE
    ours = {code for code in RULES if code.startswith(PREFIXES)}
    assert ours <= covered
    assert covered <= set(RULES)


PREFIXES = (
    *(
        "draft-",
        "not-",
        "yaml-",
        "file-",
        "record-",
        "unknown-",
        "missing-",
        "empty-",
        "typed-",
        "schema-",
        "claim",
        *("mark", "also-", "note-", "grade-", "copying-", "edition-"),
        "bad-",
        "finding-",
    ),
    *("source-", "quote-", "number-", "rests-", "person-", "sign-off-", "unit-", "disclosure-", "article-", "chapter-"),
    *("paragraph-", "cite-", "figure-", "link", "seen-"),
    *("paragraph-", "cite-", "apparatus-", "party-", "treaty-", "datum-", "range-", "event-", "timeline-", "date-"),
    *("raw-", "directive-", "role-", "address-", "path-", "attribute-", "front-", "footnote-", "markup-"),
    *("picture-", "term-", "question-", "reading-", "index-", "see-", "language-"),
)
