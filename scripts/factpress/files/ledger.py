"""Reads the ledger and what stands beside it: claims, people, sign-offs; and the pages seen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from factpress.files.parse_cache import kept
from factpress.files.yaml.records import Record, read_list
from factpress.files.yaml.tree import read_tree
from factpress.model.book import Ledger
from factpress.model.claim import Claim
from factpress.model.signoff import PageSeen, Person, SignOff
from factpress.problems import Problem

CLAIM_FILES = "[0-9][0-9]-*.yaml"


def claim_files(folder: Path) -> list[Path]:
    """Return the ledger's files, one a chapter, in order."""
    return sorted(folder.glob(CLAIM_FILES))


def read_ledger(folder: Path, root: Path, keep: Path | None = None) -> tuple[Ledger, list[Problem]]:
    """Return the ledger in `docs/claims`, as far as it can be read, and every problem.

    With `keep`, what was read of each file stays in that folder for the next time.
    """
    problems: list[Problem] = []
    claims: tuple[Claim, ...] = ()
    for path in claim_files(folder):
        of_file, found = kept(keep, path, partial(_read_file, path, root)) if keep else _read_file(path, root)
        claims += of_file
        problems += found
    people = _read(Person, folder / "people.yaml", root, problems)
    signoffs = _read(SignOff, folder / "signoffs.yaml", root, problems)
    return Ledger(claims, people, signoffs), problems


def read_seen(folder: Path, root: Path) -> tuple[tuple[PageSeen, ...], list[Problem]]:
    """Return the pages that people have seen, in the order of the file, and every problem; without a file, none."""
    problems: list[Problem] = []
    path = folder / "seen.yaml"
    return _read(PageSeen, path, root, problems) if path.exists() else (), problems


def _read_file(path: Path, root: Path) -> tuple[tuple[Claim, ...], list[Problem]]:
    problems: list[Problem] = []
    return _read(Claim, path, root, problems), problems


def _read(record: type[Record], path: Path, root: Path, problems: list[Problem]) -> tuple[Record, ...]:
    tree, found = read_tree(path, root)
    problems += found
    return read_list(record, tree, problems)
