"""What several commands share: opening the book's settings, and printing problems and reports."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from factpress.build import publish
from factpress.escaping import printable
from factpress.problems import FileError, Problem, ToolError, UsageError, error_hint, quantity
from factpress.reporting.github import append_summary, as_github, without_commands
from factpress.reporting.junit import as_junit
from factpress.reporting.report import Report, make_report, problem_result
from factpress.reporting.sarif import as_sarif
from factpress.reporting.text import as_json, as_text
from factpress.settings import Settings, find_root, read_settings

REPORT_WRITERS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "sarif": as_sarif,
    "github": as_github,
}


def open_settings(args: argparse.Namespace) -> Settings:
    """Return the settings of the book at --root, or of the nearest one above; undo an interrupted publishing.

    Raises:
        FileError: no folder has a book, or pyproject.toml cannot be read.
        UsageError: a setting is wrong.
    """
    if args.root and not args.root.is_dir():
        raise FileError(f"{args.root} is not a folder.", "Name the folder of the book's pyproject.toml.")
    settings = read_settings(find_root(args.root or Path()))
    if publish.was_interrupted(settings.build):
        _repair(settings.build)
    return settings


def _repair(build: Path) -> None:
    """Undo a publishing that was interrupted, unless a build is at work; say so apart from the results."""
    with suppress(ToolError):  # the build at work will do it
        try:
            with publish.build_lock(build):
                sentence = publish.undo_interrupted(build)
        except OSError as error:
            sentence = f"A publishing was interrupted, and cannot be undone here: {error.strerror}."
        print(f"factpress: {sentence}", file=sys.stderr)


def count_by_severity(problems: Sequence[Problem]) -> dict[str, int]:
    """Return how many errors and warnings there are."""
    errors = sum(p.is_error for p in problems)
    return {"errors": errors, "warnings": len(problems) - errors}


def exit_status(problems: Sequence[Problem], *, strict: bool) -> int:
    """Return the exit status of a check: 1 for an error, and for a warning if `strict`; else 0."""
    count = count_by_severity(problems)
    return int(bool(count["errors"] or (strict and count["warnings"])))


def counts_line(problems: Sequence[Problem]) -> str:
    """Return the number of errors and warnings as a line: `2 errors, 1 warning.`"""
    count = count_by_severity(problems)
    if not problems:
        return "No problems."
    return ", ".join(quantity(n, word[:-1]) for word, n in count.items() if n) + "."


def print_problems(
    problems: Sequence[Problem], last_line: str, command: str = "check", form: str = "text", *, verbose: bool = True
) -> None:
    """Print problems with a last line, and in GitHub Actions as annotations too; errors last, or alone.

    Without `verbose`, text has warnings as counts by code.
    """
    print_report(make_report(command, map(problem_result, problems), last_line), form, verbose=verbose)


def print_report(report: Report, form: str, *, verbose: bool = True) -> None:
    """Print a report by one of `REPORT_WRITERS`; in GitHub Actions, text comes with annotations and a summary."""
    text = REPORT_WRITERS[form](report) if verbose or form != "text" else as_text(report, verbose=False)
    if form == "text":
        print_lines(text.split("\n"))
        text = as_github(report) if _on_github() else ""
    if text:
        print(text)
    if form in ("text", "github") and (summary_file := os.environ.get("GITHUB_STEP_SUMMARY")):
        append_summary(report, Path(summary_file))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines in which nothing acts on a terminal, nor, in GitHub Actions, on the runner."""
    if text := "\n".join(map(printable, lines)):
        print(without_commands(text) if _on_github() else text)


def _on_github() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def received_sentences(settings: Settings, file: Path) -> Mapping[str, str]:
    """Return the article's sentences by unit, after comparing them with the outline; nothing of them is written.

    Raises:
        FileError: the file cannot be read.
        UsageError: it is not the article of the outline.
    """
    from factpress.checks.article import check_article, unit_texts
    from factpress.files.book import read_book

    try:
        data = file.read_bytes()
    except OSError as error:
        sentence = f"{file} cannot be read: {error.strerror}."
        raise FileError(sentence, error_hint(error, "Name the article's file.")) from error
    book, _ = read_book(settings)
    # a copy with other line ends has another digest, and the same sentences
    problems = [p for p in check_article(data, str(file), book) if p.is_error and p.code != "article-changed"]
    if problems:
        sentence = f"{problems[0].where}: {problems[0].message}"
        raise UsageError(sentence, "Only the article of the outline is shown.")
    return unit_texts(data, book)
