"""`factpress links refresh`: ask the links whose time has come, and record what was seen."""

from __future__ import annotations

import argparse
import re

from factpress.cli.book import open_settings
from factpress.cli.links import network
from factpress.problems import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--all", action="store_true", help="ask every link, due or not")
    parser.add_argument("--shard", metavar="I/N", default="1/1", help="ask the hosts that fall to machine I of N")
    network.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print the results and return 0: bad news is recorded, and fails a check or a release."""
    from factpress.links.commands import refresh

    match = re.fullmatch(r"(\d{1,3})/(\d{1,3})", args.shard)
    part = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= part[0] <= part[1]:
        raise UsageError(f"--shard {args.shard} is not a part of a whole.", "Write 1/3, 2/3 and 3/3 on three machines.")
    settings, options = open_settings(args), network.run_options(args)
    return network.print_run(lambda: refresh(settings, args.urls, options, everything=args.all, part=part), args)
