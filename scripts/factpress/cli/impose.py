"""`factpress impose`: the pages of a PDF on sheets to print, fold and bind."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from factpress.problems import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two files, the paper and how it is printed, folded and bound."""
    from factpress.press.sheets.job import EDGES, MARKS, THICKNESS

    parser.add_argument("source", type=Path, metavar="IN.pdf", help="pages of one size, in reading order")
    parser.add_argument("target", type=Path, nargs="?", metavar="OUT.pdf", help="sheets; not with --dry-run")
    parser.add_argument("--paper", default="a4", help="a4, letter, or mm as in 420x297 (default: a4)")
    parser.add_argument(
        "--gathering", type=int, metavar="N",
        help="pages of each gathering, a multiple of 4 (default: one up to 64 pages, else of 32)",
    )  # fmt: skip
    parser.add_argument(
        "--paper-thickness", type=float, default=THICKNESS, metavar="MM",
        help=f"of one sheet: pages inside move towards the fold by as much for each sheet around them "
        f"(default: {THICKNESS})",
    )  # fmt: skip
    parser.add_argument(
        "--cut-outer", type=float, default=0, metavar="MM",
        help="cut white margin off the outer edge of each page; A5 on letter paper needs 8.3",
    )  # fmt: skip
    parser.add_argument("--marks", default="", metavar="LIST", help=f"draw marks: any of {','.join(MARKS)}")
    parser.add_argument("--duplex", choices=EDGES, default="short-edge", help="how the printer turns the paper")
    parser.add_argument("--binding", choices=("left", "right"), default="left", help="right: read from right to left")
    parser.add_argument("--back-cover", action="store_true", help="keep the last page outside: blank ones before it")
    parser.add_argument("--instructions", action="store_true", help="a first sheet that says how to print and fold")
    parser.add_argument("--dry-run", action="store_true", help="print which pages stand on which sheet, write nothing")


def run(args: argparse.Namespace) -> int:
    """Write the sheets, or show their plan, and say what to do with them."""
    from factpress.press.sheets.impose import impose, plan_sheets
    from factpress.press.sheets.job import ImpositionJob

    job = ImpositionJob(
        args.paper, args.gathering, args.paper_thickness, args.cut_outer, _marks(args.marks), args.duplex,
        args.binding == "right", args.back_cover, args.instructions,
    )  # fmt: skip
    if args.dry_run:
        sheets = plan_sheets(args.source, job)
        print(json.dumps(sheets.as_dict(), indent=2) if args.format == "json" else sheets.table())
    elif args.target is None:
        raise UsageError("No name for the sheets was given.", "factpress impose IN.pdf OUT.pdf, or --dry-run.")
    else:
        sheets = impose(args.source, args.target, job)
        if args.format == "json":
            print(json.dumps(sheets.as_dict() | {"written": str(args.target)}, indent=2))
        else:
            print(f"Written: {args.target}")
    if args.format != "json":
        print("\n".join(sheets.sentences()))
    return 0


def _marks(words: str) -> tuple[str, ...]:
    from factpress.press.sheets.job import MARKS

    asked = tuple(word for word in words.split(",") if word)
    if unknown := [word for word in asked if word not in MARKS]:
        raise UsageError(f"There are no {unknown[0]!r} marks.", f"Known: {', '.join(MARKS)}.")
    return asked
