"""`factpress outline --check ARTICLE`: compare an article with the outline."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from factpress.cli.book import open_settings, print_problems
from factpress.problems import BookError, FileError, Problem, error_hint, quantity, sorted_problems

if TYPE_CHECKING:
    from factpress.model.book import Book


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--check", type=Path, metavar="ARTICLE", required=True, help="as received: text, Markdown, HTML, DOCX or ODT"
    )


def run(args: argparse.Namespace) -> int:
    """Print the first place where the article and the outline differ."""
    from factpress.checks.article import check_article
    from factpress.files.book import read_book

    settings = open_settings(args)
    book, unread = read_book(settings)
    if stopped := [p for p in unread if p.where.file.startswith("docs/article/")]:
        raise BookError(stopped)
    try:
        data = args.check.read_bytes()
    except OSError as error:
        raise FileError(
            f"{args.check} cannot be read: {error.strerror}.", error_hint(error, "Name the article's file.")
        ) from error
    problems = sorted_problems(check_article(data, str(args.check), book))
    if any(found.code != "article-changed" for found in problems):
        problems = _as_imported(data, str(args.check), book, problems)
    units = len(book.outline.units)
    end = "" if problems else f"The article is the one of the outline: {quantity(units, 'unit')}."
    if args.format == "json":
        print(json.dumps({"units": units, "problems": [p.as_dict() for p in problems]}, ensure_ascii=False, indent=2))
    else:
        print_problems(problems, end)
    return int(bool(problems))


def _as_imported(data: bytes, file: str, book: Book, problems: list[Problem]) -> list[Problem]:
    """Return the problems of an article that is read as `factpress new` reads it; `problems` are those of its lines."""
    from factpress.checks.article import check_digest, check_paragraphs_of_article
    from factpress.importer.document import BlockKind
    from factpress.importer.reader import read_article

    try:
        blocks = read_article(data, file).blocks
    except BookError as error:
        return error.problems if any(found.code == "not-utf8" for found in problems) else problems
    lines = [(block.line or 1, block.text) for block in blocks if block.kind is not BlockKind.HEADING]
    found = sorted_problems([*check_digest(data, file, book), *check_paragraphs_of_article(lines, file, book)])
    return found if len(found) < len(problems) or any(block.line == 0 for block in blocks) else problems
