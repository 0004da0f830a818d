"""`factpress build`: one read of the book, then the editions."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace

from factpress.build.progress import Progress
from factpress.cli.book import open_settings, summary
from factpress.doctor import requirements
from factpress.problems import BookError, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which editions, and how much to say."""
    parser.add_argument(
        "--edition", action="append", choices=("html", "pdf", "epub"), help="only this one (may be repeated); else all"
    )
    parser.add_argument(
        "--large-print", action="store_true", help="with the PDF, make one of A4 pages in 18 point type too"
    )
    parser.add_argument(
        "--timings", action="store_true", help="print how long each phase took, as JSON lines on stderr"
    )


def run(args: argparse.Namespace) -> int:
    """Check, build and publish; say what was written and what the book still lacks."""
    requirements.require("build")
    from factpress.build.editions import EDITIONS, build
    from factpress.checks import check

    settings, progress = open_settings(args), Progress()
    editions = args.edition or EDITIONS
    if args.large_print and "pdf" not in editions:
        raise UsageError("--large-print makes a PDF.", "Add --edition pdf, or leave --edition out.")
    settings = replace(settings, large_print=args.large_print or settings.large_print)
    settings.work.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    with progress.phase("check", "checking the book"):
        checked = check(settings)
    problems, book = checked.problems, checked.book
    if any(problem.is_error for problem in problems):
        raise BookError([problem for problem in problems if problem.is_error])
    check_seconds = time.perf_counter() - start
    report = build(settings, editions, progress)
    if args.timings:
        for phase, seconds in {"check": check_seconds, **report.seconds}.items():
            print(json.dumps({"phase": phase, "seconds": round(seconds, 3)}), file=sys.stderr)
    for line in report.warnings:
        print(line, file=sys.stderr)
    written = [str(path.relative_to(settings.root)) for path in report.written]
    if args.format == "json":
        counts = {"units": len(book.outline.units), "units-open": len(book.open_units)}
        found = {"written": written, "notes": report.notes, "problems": [p.as_dict() for p in problems]}
        print(json.dumps(counts | found, indent=2))
        return 0
    print("\n".join([f"Written: {', '.join(written)}", *report.notes]))
    print(f"{len(book.open_units)} of the article’s {len(book.outline.units)} units are open.")
    if problems:
        print(f"{summary(problems)} `factpress check` lists them.")
    return 0
