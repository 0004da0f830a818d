"""What is read quickly is read as the parser of all YAML reads it, to the offset; anything else is left to that."""

from __future__ import annotations

import random
from pathlib import Path
from unittest.mock import patch

import pytest

from factpress.files.yaml import tree
from factpress.files.yaml.canonical import parse_canonical
from factpress.files.yaml.nodes import Node
from factpress.problems import Problem

REPOSITORY = Path(__file__).parents[3]
LEDGERS = sorted((REPOSITORY / "docs").rglob("*.yaml"))
SAMPLE = """\
- id: C031
  units: [S03.P1.1, S03.P1.2]
  claim: The United States and Korea signed
    a treaty in 1953, they say.
  finding:
    verdict: supported
    statement: "Two: the first of 1947,
      the second of 1950."
    proposed-by: {kind: machine, date: "2026-11-23"}
    searched:
      - the catalogue
      - a second one, over
        two lines
    evidence:
      - source: a1950
        says: They say so.

- id: C032
  units: []
  claim: What the toll’s end was
"""
SPICE = [*":#-?,[]{}&*!|>'\"%@`~=<\\ \n\t", ": ", " #", "- ", "\n\n", "---\n", "...\n", "  ", "\r\n", "\u2028", "é",
         "\ufeff", "null", "- - a", "? a", "a: b\n", "\n  ", "<<", "''", '""', "😀"]  # fmt: skip


def whole(text: str) -> tuple[Node | None, list[Problem]]:
    """Return what the parser of all YAML makes of a text."""
    with patch("factpress.files.yaml.tree.parse_canonical", lambda *_: None):
        return tree.parse_yaml(text, "a.yaml")


@pytest.mark.parametrize("file", LEDGERS, ids=lambda file: file.stem)
def test_the_files_of_the_book_are_read_as_ever(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert (parse_canonical(text, "a.yaml"), []) == whole(text) or len(text) < 10  # `[]` alone is not worth it


def test_the_sample_is_read_quickly() -> None:
    assert (parse_canonical(SAMPLE, "a.yaml"), []) == whole(SAMPLE)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_read_quickly_is_read_as_ever(seed: int) -> None:
    chance = random.Random(seed)
    read = 0
    for _ in range(400):
        text = SAMPLE
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(SPICE) + text[at + chance.choice((0, 0, 1, 2)) :]
        found = parse_canonical(text, "a.yaml")
        if found is not None:
            read += 1
            assert (found, []) == whole(text), text
    assert read > 40
