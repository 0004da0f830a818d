"""`factpress figures`: draw the figures whose data changed."""

from __future__ import annotations

import argparse
import json

from factpress.cli.book import open_settings, print_lines, print_problems, summary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--check", action="store_true", help="draw nothing, say which figures are out of date")
    parser.add_argument("--all", action="store_true", help="draw every figure, also those that are current")


def run(args: argparse.Namespace) -> int:
    """Draw and write, or with --check report; what has problems is left as it was."""
    from factpress.checks import check
    from factpress.files.book import read_book
    from factpress.files.text import name_of

    settings = open_settings(args)
    checked = check(settings)
    about = [p for p in checked.problems if p.code.startswith("figure") or p.where.file.startswith("docs/figures/")]
    problems, names = about, []
    if not args.check and checked.complete:
        from factpress.figures.drawing import draw_outdated

        problems = [p for p in about if p.code != "figure-outdated"]
        wrong = {p.where for p in problems}
        drawn, found = draw_outdated(settings, read_book(settings)[0], wrong, all_of_them=args.all)
        names = [name_of(path, settings.root) for path in drawn]
        problems += found
    if args.format == "json":
        listed = [p.as_dict() for p in problems]
        print(json.dumps({"written": names, "problems": listed}, ensure_ascii=False, indent=2))
    else:
        for name in names:
            print_lines([f"Wrote {name}."])
        sentences = [summary(problems)] if problems else [] if names or not checked.complete else ["Nothing to draw."]
        waiting = [] if checked.complete else ["The figures wait until the whole book can be read: `factpress check`."]
        print_problems(problems, " ".join(sentences + waiting))
    return int(bool(problems) or not checked.complete)
