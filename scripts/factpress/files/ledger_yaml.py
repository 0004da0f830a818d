"""Reads the ledger and what stands beside it: claims, people, sign-offs, pages seen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from factpress.files.kept import kept
from factpress.files.records import Record, read_list
from factpress.files.yaml_tree import Listing, Mapping, Scalar, read_tree
from factpress.model.claim import Claim
from factpress.model.ledger import Ledger
from factpress.model.signoff import Person, SignOff
from factpress.problems import Problem, problem

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
    _check_seen(folder / "seen.yaml", root, problems)
    return Ledger(claims, people, signoffs), problems


def _read_file(path: Path, root: Path) -> tuple[tuple[Claim, ...], list[Problem]]:
    problems: list[Problem] = []
    return _read(Claim, path, root, problems), problems


def _read(record: type[Record], path: Path, root: Path, problems: list[Problem]) -> tuple[Record, ...]:
    tree, found = read_tree(path, root)
    problems += found
    return read_list(record, tree, problems)


def _check_seen(path: Path, root: Path, problems: list[Problem]) -> None:
    if not path.exists():
        return
    tree, found = read_tree(path, root)
    problems += found
    if tree is None or (isinstance(tree, Scalar) and tree.is_empty):
        return
    items = tree.items if isinstance(tree, Listing) else (tree,)
    problems += [
        problem("record-shape", item.where, what="a page seen", expected="fields with values", found="something else")
        for item in items
        if not isinstance(item, Mapping)
    ]
