"""Reads the study apparatus: the YAML files of docs/back, as the declaration of `Apparatus` names them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from factpress.files.yaml.records import read_list
from factpress.files.yaml.tree import read_tree
from factpress.model.record_fields import declared
from factpress.model.study.study_aids import Apparatus
from factpress.problems import Problem


def apparatus_files(docs: Path) -> dict[str, Path]:
    """Return the file of each field of the apparatus; a book need not have any of them."""
    return {one.name: docs / "back" / f"{one.key}.yaml" for one in declared(Apparatus).values()}


def read_apparatus(docs: Path, root: Path) -> tuple[Apparatus, list[Problem]]:
    """Return the apparatus, as far as it can be read, and every problem; a missing file is empty."""
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for one in declared(Apparatus).values():
        path = apparatus_files(docs)[one.name]
        if path.exists():
            tree, found = read_tree(path, root)
            problems += found
            read[one.name] = read_list(one.kind, tree, problems)
    return Apparatus(**read), problems
