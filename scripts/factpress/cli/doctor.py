"""`factpress doctor`: say what this machine lacks."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from factpress.doctor.probe import Found, Machine, ThisMachine
from factpress.doctor.requirements import (
    INSTALL,
    Missing,
    Requirement,
    install_hint,
    install_line,
    missing,
    needed,
    packages,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--for", dest="purpose", choices=("build", "tests"), default="build",
        help="what must be there for status 0: what builds need (default), or what the tests need too",
    )  # fmt: skip
    parser.add_argument(
        "--missing", choices=tuple(INSTALL), help="print only the packages to install with this package manager"
    )


def run(args: argparse.Namespace) -> int:
    """Print every native requirement, found or missing, and return 1 if the purpose lacks one."""
    lacks = missing(args.purpose)
    results = [(requirement, requirement.probe(ThisMachine())) for requirement in needed("tests")]
    if args.missing:
        for package in packages(lacks, args.missing):
            print(package)
    elif args.format == "json":
        print(json.dumps([_data(*result) for result in results], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_text(results, lacks, ThisMachine())))
    return int(bool(lacks))


def _text(results: list[tuple[Requirement, Found | str]], lacks: list[Missing], machine: Machine) -> Iterator[str]:
    heading = ""
    for requirement, result in results:
        if requirement.purpose != heading:
            yield from [""] if heading else []
            yield "For the PDF" if requirement.purpose == "build" else "For the tests, too"
            heading = requirement.purpose
        if isinstance(result, Found):
            yield f"  found    {requirement.title}{f' {result.version}' if result.version else ''}: {result.where}"
        else:
            yield f"  missing  {Missing(requirement, result)}"
    yield ""
    yield f"Missing here: {len(lacks)}." if lacks else "Nothing needed is missing."
    if lacks:
        yield install_hint(lacks, machine)


def _data(requirement: Requirement, result: Found | str) -> dict[str, object]:
    found = result if isinstance(result, Found) else None
    lacks = [] if isinstance(result, Found) else [Missing(requirement, result)]
    return {
        "name": requirement.name,
        "for": requirement.purpose,
        "found": found.where if found else None,
        "version": found.version if found else "",
        "message": str(lacks[0]) if lacks else "",
        "install": {manager: install_line([Missing(requirement)], manager) for manager in INSTALL},
    }
