"""`factpress doctor`: say what this machine lacks."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from factpress.doctor.requirements import MANAGERS, Found, Missing, ThisMachine, install_line, missing, needed, packages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--for", dest="purpose", choices=("build", "tests"), default="build",
        help="what must be there for status 0: what builds need (default), or what the tests need too",
    )  # fmt: skip
    parser.add_argument(
        "--missing", choices=tuple(MANAGERS), help="print only the packages to install with this package manager"
    )


def run(args: argparse.Namespace) -> int:
    """Print every native piece, found or missing, and return 1 if the purpose lacks one."""
    lacks = missing(args.purpose)
    if args.missing:
        for package in packages(lacks, args.missing):
            print(package)
    elif args.format == "json":
        print(json.dumps(list(_data()), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_text(lacks)))
    return int(bool(lacks))


def _text(lacks: list[Missing]) -> Iterator[str]:
    machine, heading = ThisMachine(), ""
    for piece in needed("tests"):
        if piece.purpose != heading:
            yield f"{'' if not heading else chr(10)}For {'builds' if piece.purpose == 'build' else 'the tests, too'}"
            heading = piece.purpose
        found = piece.look(machine)
        if isinstance(found, Found):
            yield f"  found    {piece.title}{f' {found.version}' if found.version else ''}: {found.where}"
        else:
            yield f"  missing  {Missing(piece, found)}"
    yield ""
    yield f"Missing here: {len(lacks)}." if lacks else "Nothing needed is missing."


def _data() -> Iterator[dict[str, object]]:
    machine = ThisMachine()
    for piece in needed("tests"):
        found = piece.look(machine)
        there = isinstance(found, Found)
        yield {
            "name": piece.name,
            "for": piece.purpose,
            "found": found.where if isinstance(found, Found) else None,
            "version": found.version if isinstance(found, Found) else "",
            "message": "" if there else str(Missing(piece, str(found))),
            "install": install_line(piece),
        }
