"""`factpress review`: open the desk, at which a person reads findings and signs them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from factpress.cli.book import open_settings, print_lines
from factpress.problems import FileError, UsageError, error_hint
from factpress.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--article", type=Path, metavar="FILE", help="the article as received: its sentences are shown")
    parser.add_argument(
        "--paper", nargs="*", metavar="C031",
        help="print worksheets instead: of the claims named, or of all that wait for a person",
    )  # fmt: skip
    parser.add_argument("--no-browser", action="store_true", help="print the link and open nothing")


def run(args: argparse.Namespace) -> int:
    """Open the desk until it is finished; where one is open on this book, lead to it."""
    from factpress.desk.access import Access
    from factpress.desk.app import make_app
    from factpress.desk.server import DeskFolder, bind, make_server, show_link

    settings = open_settings(args)
    if args.paper is not None:
        return _print(settings, args.paper)
    sentences = _sentences(settings, args.article) if args.article else {}
    folder = DeskFolder(settings)
    if other := folder.claim():
        print_lines(["A desk is open on this book already; this leads to it."])
        show_link(other.link, folder, browser=not args.no_browser, say=_say)
        return 0
    try:
        with bind() as sock:
            access = Access(sock.getsockname()[1], folder.keys)
            app, bench = make_app(settings, access, sentences=sentences)
            server = make_server(app, access)
            bench.close = lambda: setattr(server, "should_exit", True)
            folder.announce(access)
            show_link(access.link(), folder, browser=not args.no_browser, say=_say)
            server.run(sockets=[sock])
    except KeyboardInterrupt:
        print_lines(["The desk is closed. What was decided is in docs/claims/signoffs.yaml."])
    finally:
        folder.release()
    return 0


def _print(settings: Settings, names: list[str]) -> int:
    """Write the worksheets of the claims named, or of those that wait for a person, and the CSV to fill in."""
    from datetime import date

    from factpress.desk.held_book import DeskBook
    from factpress.desk.standing import OPEN_STATES
    from factpress.desk.worksheets import write_worksheets
    from factpress.files.book import read_book, read_prose
    from factpress.model.review import reviews_by_claim

    desk = DeskBook(read_book(settings)[0], read_prose(settings)[0])
    reviews = reviews_by_claim(desk.book, settings.policy, date.today().isoformat())
    known = {c.id: c for c in desk.book.ledger.by_id.values() if c.finding and not c.withdrawn}
    wanted = [name.upper() for name in names] or [name for name in known if reviews[name].state in OPEN_STATES]
    if unknown := [name for name in wanted if name not in known]:
        raise UsageError(f"{unknown[0]} is not a claim with a finding.", "Name claims that can be signed.")
    if not wanted:
        print_lines(["No finding waits for a person: nothing is printed."])
        return 0
    pdf, csv = write_worksheets(settings, desk, [known[name] for name in dict.fromkeys(wanted)])
    shown = [file.relative_to(settings.root) for file in (pdf, csv)]
    print_lines([f"Wrote {shown[0]}, on A4, and {shown[1]} for what is written on it.",
                 f"Then: factpress sign --from {shown[1]}"])  # fmt: skip
    return 0


def _say(line: str) -> None:
    print(line, flush=True)  # a pipe must not keep the link back


def _sentences(settings: Settings, file: Path) -> Mapping[str, str]:
    """Return the article's sentences by unit, after comparing them with the outline."""
    from factpress.checks.article import check_article, unit_texts
    from factpress.files.book import read_book

    try:
        data = file.read_bytes()
    except OSError as error:
        raise FileError(
            f"{file} cannot be read: {error.strerror}.", error_hint(error, "Name the article's file.")
        ) from error
    book, _ = read_book(settings)
    problems = [p for p in check_article(data, str(file), book) if p.is_error and p.code != "article-changed"]
    if problems:
        raise UsageError(
            f"{problems[0].where}: {problems[0].message}", "The desk shows the article of the outline only."
        )
    return unit_texts(data, book)
