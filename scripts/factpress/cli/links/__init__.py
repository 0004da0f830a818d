"""`factpress links`: one table of what can be done with the cited links, each a module of its own.

`network` is what `probe` and `refresh` have in common; `check`, `fix` and `merge` open no connection.
"""

from __future__ import annotations

import argparse
import importlib

from factpress.cli.main import REPORTS, STATUSES, common

#: name: (module, what it does); in the order in which a link meets them
ACTIONS = {
    "check": ("check", "judge every cited link by what is recorded; nothing is asked of the network"),
    "probe": ("probe", "ask the links that a change brings in, and fail on what is certainly wrong"),
    "refresh": ("refresh", "ask the links whose time has come, and record what was seen"),
    "fix": ("fix", "put the new address of pages that moved for good where the old one stands"),
    "merge": ("merge", "join two records of links, as git does when branches meet"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, each with its own arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (module, help_line) in ACTIONS.items():
        sub = actions.add_parser(name, help=help_line, description=f"{help_line.capitalize()}.", epilog=STATUSES)
        common(sub, REPORTS["links"], default=False)
        action = importlib.import_module(f"factpress.cli.links.{module}")
        action.add_arguments(sub)
        sub.set_defaults(act=action.run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked and return its exit status."""
    return int(args.act(args))
