"""Reads the study aids: the YAML files of docs/back, as `Apparatus` and the records of the subjects declare them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from factpress.files.yaml.records import read_list
from factpress.files.yaml.tree import read_tree
from factpress.model.record_fields import declared
from factpress.model.study.study_aids import Apparatus
from factpress.model.subject import Subject, study_files
from factpress.problems import Problem


def apparatus_files(docs: Path, subjects: Iterable[Subject]) -> dict[str, Path]:
    """Return the files of the study aids by name without suffix; a book need not have any of them."""
    return {key: docs / "back" / f"{key}.yaml" for key in study_files(subjects)}


def read_apparatus(docs: Path, root: Path, subjects: Iterable[Subject]) -> tuple[Apparatus, list[Problem]]:
    """Return the study aids, as far as they can be read, and every problem; a missing file is empty."""
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    listed = tuple(subjects)
    fields = study_files(listed)
    for key, path in apparatus_files(docs, listed).items():
        if path.exists():
            tree, found = read_tree(path, root)
            problems += found
            read[key] = read_list(fields[key].kind, tree, problems)
    records = {one.name: one.records(**_values(one.records, read)) for one in listed}
    return Apparatus(**_values(Apparatus, read), subjects=records), problems


def _values(record: type, read: dict[str, Any]) -> dict[str, Any]:
    return {one.name: read[key] for key, one in declared(record).items() if key in read}
