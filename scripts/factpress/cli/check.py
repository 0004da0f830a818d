"""`factpress check`: report what is wrong with the book, or with the pages of its PDF as they were built."""

from __future__ import annotations

import argparse

from factpress.cli.book import count_by_severity, counts_line, exit_status, open_settings, print_lines, print_problems
from factpress.escaping import json_text
from factpress.problems import UsageError, quantity, sorted_problems
from factpress.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--strict", action="store_true", help="warnings fail the command too")
    parser.add_argument("--verbose", action="store_true", help="list the warnings, instead of their counts by code")
    parser.add_argument(
        "--fix", action="store_true", help="first put the YAML files and references.bib into their one form"
    )
    parser.add_argument(
        "--signoffs",
        metavar="BASE",
        help="instead: the sign-offs that this branch adds to BASE, and what becomes stale",
    )
    parser.add_argument(
        "--edition", choices=("pdf",), help="the pages of the PDF as it was built last, instead of what it was built of"
    )


def run(args: argparse.Namespace) -> int:
    """Print the problems of the book and return 1 if there are any that count."""
    settings = open_settings(args)
    if args.signoffs:
        from factpress.cli.signing.changes import check_branch

        return check_branch(settings, args.signoffs, args.format, strict=args.strict)
    if args.format == "markdown":
        raise UsageError("Markdown is for what a branch signs.", "Add --signoffs BASE, or take another --format.")
    return _check_pages(settings, args) if args.edition else _check_source(settings, args)


def _check_source(settings: Settings, args: argparse.Namespace) -> int:
    from factpress.checks import check_book
    from factpress.files.yaml.formatting import FixedBook, fix_book

    fixed = fix_book(settings) if args.fix else FixedBook([], [], [])
    checked = check_book(settings)
    problems = sorted_problems([*checked.problems, *fixed.problems])
    if args.format == "json":
        listed = [p.as_dict() for p in problems]
        done = {"written": fixed.written, "changed": [str(change) for change in fixed.changes]}
        data = {"problems": listed, "counts": count_by_severity(problems), "complete": checked.complete}
        print(json_text(done | data))
    else:
        print_lines(fixed.lines if args.format == "text" else ())
        waiting = "" if checked.complete else " Some checks wait until these files can be read."
        verbose = args.verbose or args.strict or bool(fixed.problems)
        print_problems(problems, counts_line(problems) + waiting, form=args.format, verbose=verbose)
    return exit_status(problems, strict=args.strict)


def _check_pages(settings: Settings, args: argparse.Namespace) -> int:
    """Measure the pages of the PDF in build/, without building it."""
    from factpress.press.preflight.measurement import measure_pages

    book = settings.build / f"{settings.name}.pdf"
    large = book.with_stem(f"{book.stem}-large-print")
    files = [book, *([large] if large.is_file() else [])]
    names = [str(file.relative_to(settings.root)) for file in files]
    measured = {name: measure_pages(settings.root / name, name) for name in names}
    problems = sorted_problems(each for pages in measured.values() for each in pages.problems)
    if args.format == "json":
        listed = [
            {
                "file": name,
                "pages": of_file.pages,
                "justified-lines": of_file.justified,
                "loose-lines": of_file.loose,
            }
            for name, of_file in measured.items()
        ]
        data = {"problems": [p.as_dict() for p in problems], "counts": count_by_severity(problems), "measured": listed}
        print(json_text(data))
    else:
        sentences = [
            f"{name}, {quantity(of_file.pages, 'page')} as built: {of_file.even_percent:.2f} % of {of_file.justified} "
            f"justified {'line has' if of_file.justified == 1 else 'lines have'} word spaces within twice the normal "
            "one."
            for name, of_file in measured.items()
        ]
        end = " ".join([*sentences, counts_line(problems)])
        print_problems(problems, end, form=args.format, verbose=args.verbose or args.strict)
    return exit_status(problems, strict=args.strict)
