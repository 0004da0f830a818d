"""`factpress check`: report what is wrong with the book, or with the pages of its PDF as they were built."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from factpress.cli.book import count_by_severity, counts_line, exit_status, open_settings, print_lines, print_problems
from factpress.escaping import json_text
from factpress.problems import UsageError, quantity, sorted_problems
from factpress.settings import Settings
from factpress.volumes import BOOKLET, LARGE_PRINT, RECORD, VOLUMES

if TYPE_CHECKING:
    from factpress.press.preflight.booklet import Promised


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--strict", action="store_true", help="warnings fail the command too")
    parser.add_argument("--verbose", action="store_true", help="list the warnings, instead of their counts by code")
    parser.add_argument(
        "--fix", action="store_true", help="first put the YAML files and references.bib into their one form"
    )
    parser.add_argument("--release", action="store_true", help="also whether as much is signed off as a release asks")
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
    from factpress.checks.signoffs import check_release
    from factpress.files.yaml.formatting import FixedBook, fix_book

    fixed = fix_book(settings) if args.fix else FixedBook([], [], [])
    checked = check_book(settings)
    unsigned = check_release(checked.book, settings, date.today().isoformat()) if args.release else ()
    problems = sorted_problems([*checked.problems, *fixed.problems, *unsigned])
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
    """Measure the pages of the PDFs in build/, without building them."""
    from factpress.press.preflight.booklet import Promised
    from factpress.press.preflight.measurement import measure_pages

    promised = promised_of_volumes(settings)
    files = {volume: settings.build / volume.file(settings) for volume in VOLUMES}
    there = {volume: file for volume, file in files.items() if volume is BOOKLET or file.is_file()}
    names = {volume: str(file.relative_to(settings.root)) for volume, file in there.items()}
    measured = {
        names[volume]: measure_pages(file, names[volume], promised.get(volume.name, Promised()))
        for volume, file in there.items()
    }
    problems = sorted_problems(each for pages in measured.values() for each in pages.problems)
    if args.format == "json":
        listed = [{"file": name, "pages": of_file.pages, "bytes": of_file.size} for name, of_file in measured.items()]
        data = {"problems": [p.as_dict() for p in problems], "counts": count_by_severity(problems), "measured": listed}
        print(json_text(data))
    else:
        sentences = [
            f"{name}, {quantity(of_file.pages, 'page')} as built, {of_file.size / 1e6:.2f} MB."
            for name, of_file in measured.items()
        ]
        end = " ".join([*sentences, counts_line(problems)])
        print_problems(problems, end, form=args.format, verbose=args.verbose or args.strict)
    return exit_status(problems, strict=args.strict)


def promised_of_volumes(settings: Settings) -> dict[str, Promised]:
    """Return what each volume is measured by, by its name."""
    from factpress.checks.project import long_chapters
    from factpress.files.book import read_book, read_prose
    from factpress.model.vocabulary import Verdict
    from factpress.press.preflight.booklet import Promised
    from factpress.sphinxext.wording import Wording

    (book, _), (prose, _), say = read_book(settings), read_prose(settings), Wording(settings.language)
    marks = frozenset(
        f"{claim.verdict.glyph}{claim.number}"
        for claim in book.ledger.claims
        if claim.verdict and claim.verdict is not Verdict.SUPPORTED
    )
    long = ", ".join(f"{chapter.title} ({words})" for chapter, words in long_chapters(prose, settings))
    too_long = f" Over {settings.chapter_words} words: {long}." if long else ""
    boxes, light = frozenset((say("box-title"), say("also-title"))), frozenset((say("blank-pages"),))
    return {
        BOOKLET.name: Promised(settings.booklet_pages, too_long, marks, boxes, light, is_folded=True),
        LARGE_PRINT.name: Promised(marks=marks),
        RECORD.name: Promised(settings.record_pages),
    }
