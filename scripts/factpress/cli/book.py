"""What several commands need: the book they are about, and the way to show its problems."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from factpress.build import publish
from factpress.escaping import printable
from factpress.problems import FileError, Problem, ToolError, counted
from factpress.reporting.github import append_summary, as_github, shielded
from factpress.reporting.junit import as_junit
from factpress.reporting.report import Report, report, result_of
from factpress.reporting.sarif import as_sarif
from factpress.reporting.text import as_json, as_text
from factpress.settings import Settings, find_root, read_settings

WRITERS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "sarif": as_sarif,
    "github": as_github,
}


def open_settings(args: argparse.Namespace) -> Settings:
    """Return the settings of the book that the command line names."""
    if args.root and not args.root.is_dir():
        raise FileError(f"{args.root} is not a folder.", "Name the folder of the book's pyproject.toml.")
    settings = read_settings(find_root(args.root or Path()))
    if publish.interrupted(settings.build):
        _repair(settings.build)
    return settings


def _repair(build: Path) -> None:
    """Undo a publishing that was interrupted, unless a build is at work; say so apart from the results."""
    with suppress(ToolError):  # the build at work will do it
        try:
            with publish.locked(build):
                sentence = publish.recover(build)
        except OSError as error:
            sentence = f"A publishing was interrupted, and cannot be undone here: {error.strerror}."
        print(f"factpress: {sentence}", file=sys.stderr)


def count_by_severity(problems: Sequence[Problem]) -> dict[str, int]:
    """Return how many errors and warnings there are."""
    errors = sum(p.is_error for p in problems)
    return {"errors": errors, "warnings": len(problems) - errors}


def exit_status(problems: Sequence[Problem], *, strict: bool) -> int:
    """Return the exit status of a command that checks."""
    count = count_by_severity(problems)
    return int(bool(count["errors"] or (strict and count["warnings"])))


def summary(problems: Sequence[Problem]) -> str:
    """Return the counts as a line."""
    count = count_by_severity(problems)
    if not problems:
        return "No problems."
    return ", ".join(counted(n, word[:-1]) for word, n in count.items() if n) + "."


def print_problems(
    problems: Sequence[Problem], last_line: str, command: str = "check", form: str = "text", *, verbose: bool = True
) -> None:
    """Print problems with a last line, and in GitHub Actions as annotations too; errors last, or alone.

    Without `verbose`, text has warnings as counts by code.
    """
    print_report(report(command, map(result_of, problems), last_line), form, verbose=verbose)


def print_report(found: Report, form: str, *, verbose: bool = True) -> None:
    """Print a report in one of `FORMATS`; in GitHub Actions, text comes with annotations and a summary of the step."""
    text = WRITERS[form](found) if verbose or form != "text" else as_text(found, verbose=False)
    if form == "text":
        print_lines(text.split("\n"))
        text = as_github(found) if _on_github() else ""
    if text:
        print(text)
    if form in ("text", "github") and (summary_file := os.environ.get("GITHUB_STEP_SUMMARY")):
        append_summary(found, Path(summary_file))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines in which nothing acts on a terminal, nor, in GitHub Actions, on the runner."""
    if text := "\n".join(map(printable, lines)):
        print(shielded(text) if _on_github() else text)


def _on_github() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"
