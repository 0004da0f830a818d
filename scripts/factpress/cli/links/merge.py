"""`factpress links merge`: join two records of links, as a merge driver of git or where a merge stopped."""

from __future__ import annotations

import argparse
from pathlib import Path

from factpress.cli.book import counts_line, open_settings, print_problems
from factpress.problems import UsageError, quantity, sorted_problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="BASE OURS THEIRS",
        help="the record where both began, and the two to join: OURS is written; without files, what git holds of a "
        "merge that stopped at the book's record",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Write the joined record; return 1, with nothing written, if a side is damaged."""
    from factpress.files.git_history import merge_sides
    from factpress.files.link_record.lock import LOCK_NAME, merge_records, parse_lock, write_lock
    from factpress.files.text import read_text

    if args.files and len(args.files) != 3:
        raise UsageError("A merge needs three files.", "Name BASE, OURS and THEIRS, or none of them.")
    if args.files:
        target: Path = args.files[1]
        # each from its own folder: git hands its drivers temporary files, which lie in no book
        texts = [read_text(file, file.parent) if file.exists() or file != target else ("", []) for file in args.files]
        names = [str(file) for file in args.files]
    else:
        settings = open_settings(args)
        target = settings.docs / "claims" / LOCK_NAME
        names = [f"{target.name} ({side})" for side in ("base", "ours", "theirs")]
        texts = [(text, []) for text in merge_sides(settings.root, target)]
    sides = [parse_lock(text or "", name) for (text, _), name in zip(texts, names, strict=True)]
    problems = sorted_problems([p for _, found_in_side in (*texts, *sides) for p in found_in_side])
    if problems:
        print_problems(problems, f"{counts_line(problems)} Nothing is written.", "links merge", args.format)
        return 1
    base, ours, theirs = (records for records, _ in sides)
    merged = merge_records(base, ours, theirs)
    write_lock(target, merged.values())
    taken = sum(merged[url] != ours.get(url) for url in merged)
    sentence = f"Wrote {target}: {quantity(len(merged), 'record')}, {taken} of them from the other side."
    print_problems([], sentence, "links merge", args.format)
    return 0
