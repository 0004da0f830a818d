"""What several commands need: the book they are about, and the way to show its problems."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from factpress.problems import FileError, Problem, as_text
from factpress.settings import Settings, find_root, read_settings

ANNOTATIONS = 9  #: GitHub shows ten a step, and the summary is one of them


def open_settings(args: argparse.Namespace) -> Settings:
    """Return the settings of the book that the command line names."""
    if args.root and not args.root.is_dir():
        raise FileError(f"{args.root} is no folder.", "Name the folder of the book's pyproject.toml.")
    return read_settings(find_root(args.root or Path()))


def tally(problems: Sequence[Problem]) -> dict[str, int]:
    """Return how many errors and warnings there are."""
    errors = sum(p.is_error for p in problems)
    return {"errors": errors, "warnings": len(problems) - errors}


def summary(problems: Sequence[Problem]) -> str:
    """Return the counts as a line."""
    count = tally(problems)
    if not problems:
        return "No problems."
    return ", ".join(_number(n, word[:-1]) for word, n in count.items() if n) + "."


def show(problems: Sequence[Problem], end: str) -> None:
    """Print problems as text with a last line, and in GitHub Actions as annotations too."""
    if text := "\n".join(filter(None, (as_text(problems), end))):
        print(text)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        print("\n".join(workflow_commands(problems, end)))


def workflow_commands(problems: Sequence[Problem], end: str) -> list[str]:
    """Return GitHub's workflow commands for the first problems, errors first, and the summary."""
    shown = sorted(problems, key=lambda p: not p.is_error)[:ANNOTATIONS]
    lines = []
    for found in shown:
        where = {"file": found.where.file, "line": found.where.line, "col": found.where.column, "title": found.code}
        fields = ",".join(f"{name}={_escape(str(value), ',:')}" for name, value in where.items() if value)
        kind = "error" if found.is_error else "warning"
        text = _escape("\n".join((found.message, found.rule.hint)))
        lines.append(f"::{kind} {fields}::{text}")
    return [*lines, f"::notice title=factpress::{_escape(end)}"] if problems else []


def _escape(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
