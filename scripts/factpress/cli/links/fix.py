"""`factpress links fix --moved`: put the new address of pages that moved for good where the old one stands."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from factpress.cli.book import open_settings, print_lines
from factpress.escaping import json_text
from factpress.problems import BookError, Problem, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    # said in words, so that later fixes of another kind are asked for by their own
    parser.add_argument(
        "--moved", action="store_true", required=True, help="addresses whose pages are recorded as moved for good"
    )
    parser.add_argument("--write", action="store_true", help="write the files; without it, only show the changes")


def run(args: argparse.Namespace) -> int:
    """Print the changes as a patch, and write them if asked; return 1 if a file had to be left alone."""
    from factpress.files.link_record.lock import LOCK_NAME, read_links, write_links
    from factpress.files.link_record.rewrite import rewrite_urls
    from factpress.model.links.redirects import moves, record_at

    if args.format not in ("text", "json"):
        raise UsageError(f"A patch has no form {args.format}.", "Use --format text or json.")
    settings = open_settings(args)
    lock = settings.docs / "claims" / LOCK_NAME
    records, unsound = read_links(lock, settings.root)
    if unsound:
        raise BookError(unsound)
    wanted = moves(records)
    found = rewrite_urls(settings, wanted)
    taken = {old: wanted[old] for old in sorted(found.taken)}
    if args.write and taken:
        found.write()
        kept = {url: record for url, record in records.items() if url not in taken}
        # a check of the new address itself knows more than one that was redirected there
        write_links(lock, ({new: record_at(records[old], new) for old, new in taken.items()} | kept).values())
    if args.format == "json":
        problems = [one.as_dict() for one in found.problems]
        print(json_text({"moved": taken, "written": bool(args.write and taken), "problems": problems}))
    else:
        diff = "" if args.write else found.diff(settings.root)
        print_lines(_lines(diff, taken, args.write, found.problems))
    return int(bool(found.problems))


def _lines(diff: str, taken: dict[str, str], written: bool, problems: list[Problem]) -> Iterator[str]:
    yield from diff.split("\n") if diff else ()
    yield from (line for problem in problems for line in str(problem).split("\n"))
    yield from (f"{old} → {new}" for old, new in taken.items() if written)
    count = f"{len(taken)} address{'' if len(taken) == 1 else 'es'}"
    if not taken:
        yield "No cited page is recorded as moved for good."
    elif written:
        yield f"Wrote {count}. Open the pages; sign-offs on what cites them are stale now."
    else:
        yield f"{count} moved for good. Open the pages, then add --write."
