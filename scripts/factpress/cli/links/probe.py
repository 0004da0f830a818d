"""`factpress links probe`: ask the links that a change brings in."""

from __future__ import annotations

import argparse

from factpress.cli.book import open_settings
from factpress.cli.links import network
from factpress.problems import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--changed", metavar="BASE", default="", help="ask what was added or changed since BASE")
    network.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print the results and return 1 if something is certainly wrong."""
    from factpress.links.commands import probe

    if not args.changed and not args.urls:
        raise UsageError("Nothing to ask.", "Name addresses, or --changed and the branch that this one goes into.")
    settings, options = open_settings(args), network.run_options(args)
    return network.print_run(lambda: probe(settings, args.changed, args.urls, options), args)
