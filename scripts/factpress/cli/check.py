"""`factpress check`: report what is wrong with the book."""

from __future__ import annotations

import argparse
import json

from factpress.cli.book import open_settings, show, summary, tally


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--strict", action="store_true", help="warnings fail the command too")
    parser.add_argument("--fix", action="store_true", help="first do what `factpress format` does")


def run(args: argparse.Namespace) -> int:
    """Print the problems of the book and return 1 if there are any that count."""
    from factpress.checks import check
    from factpress.files.formatting import write_canonical

    settings = open_settings(args)
    written = [str(path) for path in write_canonical(settings)[0]] if args.fix else []
    checked = check(settings)
    problems = checked.problems
    if args.format == "json":
        listed = [p.as_dict() for p in problems]
        data = {"written": written, "problems": listed, "counts": tally(problems), "complete": checked.complete}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for name in written:
            print(f"Wrote {name}.")
        waiting = "" if checked.complete else " Some checks wait until these files can be read."
        show(problems, summary(problems) + waiting)
    count = tally(problems)
    return int(bool(count["errors"] or (args.strict and count["warnings"])))
