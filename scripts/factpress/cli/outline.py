"""`factpress outline --check ARTICLE`: compare an article with the outline."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from factpress.cli.book import open_settings, print_problems
from factpress.problems import BookError, FileError, advice, counted, in_order


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--check", type=Path, metavar="ARTICLE", required=True, help="the article as received, one paragraph a line"
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
            f"{args.check} cannot be read: {error.strerror}.", advice(error, "Name the article's file.")
        ) from error
    problems = in_order(check_article(data, str(args.check), book))
    units = len(book.outline.units)
    end = "" if problems else f"The article is the one of the outline: {counted(units, 'unit')}."
    if args.format == "json":
        print(json.dumps({"units": units, "problems": [p.as_dict() for p in problems]}, ensure_ascii=False, indent=2))
    else:
        print_problems(problems, end)
    return int(bool(problems))
