"""Reads the YAML files of a book: the ledger, people, sign-offs, pages seen, the outline and the study aids."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from factpress.files.parse_cache import cached_read, cached_result
from factpress.files.yaml.long_lists import read_long_list
from factpress.files.yaml.records import Record, read_list, read_record
from factpress.files.yaml.tree import read_tree
from factpress.model.book import Ledger
from factpress.model.claim import Claim
from factpress.model.outline import DraftedUnit, Outline, Provenance
from factpress.model.record_fields import record_fields
from factpress.model.signoff import FindingChange, PageSeen, Person, SignOff
from factpress.model.study.study_aids import StudyAids
from factpress.model.subject import Subject, study_files
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
    claims: list[Claim] = []
    for path in claim_files(folder):
        of_file, file_problems = (
            cached_read(keep, path, partial(_read_file, path, root)) if keep else _read_file(path, root)
        )
        claims += of_file
        problems += file_problems
    people, found = read_people(folder, root)
    problems += found
    signoffs, found = read_long_list(SignOff, folder / "signoffs.yaml", root, keep)
    problems += found
    return Ledger(tuple(claims), people, signoffs), problems


def read_people(folder: Path, root: Path) -> tuple[tuple[Person, ...], list[Problem]]:
    """Return the people of the book in the order of the file, and every problem."""
    problems: list[Problem] = []
    return _read_list(Person, folder / "people.yaml", root, problems), problems


def read_seen(folder: Path, root: Path, keep: Path | None = None) -> tuple[tuple[PageSeen, ...], list[Problem]]:
    """Return the pages that people have seen, in the order of the file, and every problem; without a file, none."""
    path = folder / "seen.yaml"
    return read_long_list(PageSeen, path, root, keep) if path.exists() else ((), [])


def read_history(folder: Path, root: Path, keep: Path | None = None) -> tuple[tuple[FindingChange, ...], list[Problem]]:
    """Return what became of findings, in the order of the file, and every problem; without a file, nothing."""
    path = folder / "history.yaml"
    return read_long_list(FindingChange, path, root, keep) if path.exists() else ((), [])


def read_outline(folder: Path, root: Path) -> tuple[Outline, Provenance | None, list[Problem]]:
    """Return what `docs/article` holds, as far as it can be read, and every problem."""
    problems: list[Problem] = []
    outline = _read_one(Outline, folder / "outline.yaml", root, problems)
    provenance = _read_one(Provenance, folder / "provenance.yaml", root, problems)
    return outline or Outline(), provenance, problems


def read_draft(folder: Path, root: Path, keep: Path | None = None) -> tuple[tuple[DraftedUnit, ...], list[Problem]]:
    """Return what `docs/article` holds of proposals, and every problem; without a file, nothing."""
    path = folder / "draft.yaml"
    return read_long_list(DraftedUnit, path, root, keep) if path.exists() else ((), [])


def study_aid_files(docs: Path, subjects: Iterable[Subject]) -> dict[str, Path]:
    """Return the files of the study aids by name without suffix; a book need not have any of them."""
    return {key: docs / "back" / f"{key}.yaml" for key in study_files(subjects)}


def read_study_aids(
    docs: Path, root: Path, subjects: Iterable[Subject], keep: Path | None = None
) -> tuple[StudyAids, list[Problem]]:
    """Return the study aids, as far as they can be read, and every problem; a missing file is empty.

    With `keep`, what was read of each file stays in that folder for the next time.
    """
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    listed = tuple(subjects)
    fields = study_files(listed)
    for key, path in study_aid_files(docs, listed).items():
        if path.exists():
            kind = fields[key].kind
            # a subject has its own records of a file that every book has
            content = f"{path}\0{kind.__module__}.{kind.__qualname__}\0".encode() + _content(path)
            read[key], file_problems = cached_result(keep, content, partial(_read_records, kind, path, root))
            problems += file_problems
    records = {subject.name: subject.records(**_values(subject.records, read)) for subject in listed}
    return StudyAids(**_values(StudyAids, read), subjects=records), problems


def _read_records(record: type[Record], path: Path, root: Path) -> tuple[tuple[Record, ...], list[Problem]]:
    problems: list[Problem] = []
    return _read_list(record, path, root, problems), problems


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # the reader says why
        return b""


def _read_file(path: Path, root: Path) -> tuple[tuple[Claim, ...], list[Problem]]:
    problems: list[Problem] = []
    return _read_list(Claim, path, root, problems), problems


def _read_list(record: type[Record], path: Path, root: Path, problems: list[Problem]) -> tuple[Record, ...]:
    tree, found = read_tree(path, root)
    problems += found
    return read_list(record, tree, problems)


def _read_one(record: type[Record], path: Path, root: Path, problems: list[Problem]) -> Record | None:
    tree, found = read_tree(path, root)
    problems += found
    return read_record(record, tree, problems) if tree is not None else None


def _values(record: type, read: dict[str, Any]) -> dict[str, Any]:
    return {field.name: read[key] for key, field in record_fields(record).items() if key in read}
