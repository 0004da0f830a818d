"""`factpress build`: one read of the book, then the editions that are not as they should be."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

from factpress.build.inputs import (
    EDITIONS,
    digest_of_book,
    output_names,
    requested_editions,
    stale_editions,
)
from factpress.build.progress import Progress
from factpress.cli.book import counts_line, open_settings
from factpress.doctor import requirements
from factpress.model.prose import chapter_number
from factpress.problems import BookError, UsageError
from factpress.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which editions, and how much to say."""
    parser.add_argument(
        "--edition", action="append", choices=EDITIONS, help="only this one (may be repeated); else all"
    )
    parser.add_argument(
        "--large-print", action="store_true", help="with the PDF, make one of A4 pages in 18 point type too"
    )
    parser.add_argument(
        "--chapter", action="append", type=int, metavar="N",
        help="with the PDF, make this chapter as a booklet of its own, with sheets, and on plain A4 pages",
    )  # fmt: skip
    parser.add_argument(
        "--timings", action="store_true", help="print how long each phase took, as JSON lines on stderr"
    )


def run(args: argparse.Namespace) -> int:
    """Check, build and publish what is not current; say what was written and what the book still lacks."""
    settings = open_settings(args)
    editions = args.edition or EDITIONS
    if args.large_print and "pdf" not in editions:
        raise UsageError("--large-print makes a PDF.", "Add --edition pdf, or leave --edition out.")
    chapters = _chapters(settings, args.chapter or [])
    if args.chapter and "pdf" not in editions:
        raise UsageError("--chapter makes a PDF.", "Add --edition pdf, or leave --edition out.")
    settings = replace(
        settings,
        large_print=args.large_print or settings.large_print,
        chapter_handouts=tuple(dict.fromkeys([*settings.chapter_handouts, *chapters])),
    )
    # before anything is read: what is edited while the build runs is new to the next one
    book = digest_of_book(settings)
    asked_for = requested_editions(settings, editions)
    stale = stale_editions(settings, asked_for, book)
    if not stale:
        return _nothing_to_do(settings, asked_for, args.format)
    return _make(settings, [name if name in EDITIONS else "pdf" for name in stale], book, args)


def _chapters(settings: Settings, asked: Sequence[int]) -> list[str]:
    """Return the numbers of chapters that are asked for, as settings have them.

    Raises:
        UsageError: the book has no such chapter.
    """
    files = settings.docs.glob("chapters/*.md")
    there = sorted({number for file in files if (number := chapter_number(f"chapters/{file.stem}")) is not None})
    for number in (*asked, *map(int, settings.chapter_handouts)):
        if number not in there:
            listed = ", ".join(map(str, there)) or "none"
            raise UsageError(f"There is no chapter {number}.", f"The book's chapters are {listed}.")
    return [str(number) for number in asked]


def _nothing_to_do(settings: Settings, editions: Sequence[str], form: str) -> int:
    names = [f"{settings.build.name}/{name}" for edition in editions for name in output_names(settings, edition)]
    if form == "json":
        print(json.dumps({"written": [], "unchanged": names}, indent=2))
    else:
        print(f"Nothing to do: nothing that goes into {', '.join(names)} has changed.")
    return 0


def _make(settings: Settings, editions: Sequence[str], book: str, args: argparse.Namespace) -> int:
    if "pdf" in editions:
        requirements.require("build")
    from factpress.build import publish
    from factpress.build.editions import build_editions
    from factpress.checks import check_book

    progress = Progress()
    publish.make_build_folder(settings.build)  # the check keeps there what it reads
    settings.work.mkdir(exist_ok=True)
    start = time.perf_counter()
    with progress.phase("check", "checking the book"):
        checked = check_book(settings)
    problems = checked.problems
    if any(problem.is_error for problem in problems):
        raise BookError([problem for problem in problems if problem.is_error])
    check_seconds = time.perf_counter() - start
    report = build_editions(settings, list(dict.fromkeys(editions)), book, progress)
    if args.timings:
        for phase, seconds in {"check": check_seconds, **report.seconds}.items():
            print(json.dumps({"phase": phase, "seconds": round(seconds, 3)}), file=sys.stderr)
    units, open_units = len(checked.book.outline.units), len(checked.book.open_units)
    written = [str(path.relative_to(settings.root)) for path in report.written]
    if args.format == "json":
        counts = {"units": units, "units-open": open_units}
        data = {"written": written, "notes": report.notes, "problems": [p.as_dict() for p in problems]}
        print(json.dumps(counts | data, indent=2))
        return 0
    print("\n".join([f"Written: {', '.join(written)}", *report.notes]))
    print(f"{open_units} of the article’s {units} units {'is' if open_units == 1 else 'are'} open.")
    if problems:
        print(f"{counts_line(problems)} `factpress check` lists them.")
    return 0
