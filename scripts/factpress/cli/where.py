"""`factpress where`: one place of the book in every edition."""

from __future__ import annotations

import argparse
from itertools import groupby
from operator import attrgetter

from factpress.cli.book import open_settings, print_lines
from factpress.escaping import json_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is looked for."""
    parser.add_argument(
        "place", nargs="+",
        help="a paragraph (3.12), a claim (C034), a page (p. 17; record p. 41), a source ([144] or its key), a term",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Print where each edition in build/ has the place, and which of them is not as it should be."""
    from factpress.build.places import ABSENT, CURRENT, find_place

    report = find_place(open_settings(args), " ".join(args.place))
    if args.format == "json":
        editions = {edition.name: edition.state for edition in report.editions}
        listed = [place.as_dict for place in report.places]
        print(json_text({"asked": " ".join(args.place), "title": report.title, "places": listed, "editions": editions}))
        return 0
    lines = [f"{report.title[:1].upper()}{report.title[1:]}"]
    for edition, places in groupby(report.places, attrgetter("edition")):
        shown = [(place.at if place.at.startswith("p. ") else place.address or f"{place.file}{place.at}"
                  if edition == "web" else place.at, place) for place in places]  # fmt: skip
        lines.append(f"  {edition}" + (f" ({shown[0][1].file})" if edition != "web" else ""))
        for at, same in groupby(shown, lambda pair: pair[0]):
            lines.append(f"    {at}: {', '.join(place.what for _, place in same)}")
    lines += [f"  {line}" for line in report.lines]
    for built in report.editions:
        if built.state == ABSENT:
            lines.append(f"  {built.name}: not built; factpress build {built.build}")
        elif built.state != CURRENT:
            lines.append(f"  {built.name}: out of date; factpress build {built.build} brings it up to date.")
    print_lines(lines)
    return 0
