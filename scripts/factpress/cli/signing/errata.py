"""`factpress errata`: what findings this edition has otherwise than a published one, for readers of the errata."""

from __future__ import annotations

import argparse
from pathlib import Path

from factpress.cli.book import open_settings, print_lines
from factpress.escaping import json_text
from factpress.problems import quantity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--since", type=Path, required=True, metavar="FILE", help="claims.json of the last release")
    parser.add_argument("--edition", required=True, metavar="VERSION", help="the version that has it otherwise")
    parser.add_argument("--write", action="store_true", help="add them to docs/claims/history.yaml")


def run(args: argparse.Namespace) -> int:
    """Print what changed, and add it to history.yaml where that is asked; return 0."""
    from factpress.files.book import read_book
    from factpress.files.edition_date import edition_date
    from factpress.files.signing.history import changes_since, record_changes

    settings = open_settings(args)
    book, _ = read_book(settings)
    changes = changes_since(args.since, book, args.edition, edition_date(settings))
    written = record_changes(settings, changes) if args.write else []
    if args.format == "json":
        shown = [{"claim": c.claim, "part": c.part, "was": c.was, "now": c.now} for c in changes]
        print(json_text({"changes": shown, "written": len(written)}))
        return 0
    lines = [f"{c.claim} {c.part}: {c.was or 'nothing'} → {c.now or 'nothing'}" for c in changes]
    end = f" {quantity(len(written), 'line')} of errata added to docs/claims/history.yaml." if args.write else ""
    print_lines([*lines, f"{quantity(len(changes), 'change')} of findings since {args.since}.{end}"])
    return 0
