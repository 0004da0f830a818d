"""`factpress impose`: the pages of a PDF on sheets to print, fold and staple."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the two files."""
    parser.add_argument("source", type=Path, metavar="IN.pdf", help="A5 pages, in reading order")
    parser.add_argument(
        "target", type=Path, metavar="OUT.pdf", help="A4 sheets, to print on both sides along the short edge"
    )


def run(args: argparse.Namespace) -> int:
    """Write the sheets and say how many there are."""
    from factpress.press.sheets import impose

    count = impose(args.source, args.target)
    print(f"Written: {args.target}, {count} sheets. Print both sides, flip on the short edge; fold once and staple.")
    return 0
