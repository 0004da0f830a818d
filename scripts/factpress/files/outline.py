"""Reads the outline and the provenance of the article."""

from __future__ import annotations

from pathlib import Path

from factpress.files.yaml.records import Record, read_record
from factpress.files.yaml.tree import read_tree
from factpress.model.outline import Outline, Provenance
from factpress.problems import Problem


def read_outline(folder: Path, root: Path) -> tuple[Outline, Provenance | None, list[Problem]]:
    """Return what `docs/article` holds, as far as it can be read, and every problem."""
    problems: list[Problem] = []
    outline = _read(Outline, folder / "outline.yaml", root, problems)
    provenance = _read(Provenance, folder / "provenance.yaml", root, problems)
    return outline or Outline(), provenance, problems


def _read(record: type[Record], path: Path, root: Path, problems: list[Problem]) -> Record | None:
    tree, found = read_tree(path, root)
    problems += found
    return read_record(record, tree, problems) if tree is not None else None
