"""What `links probe` and `links refresh` have in common: how they treat the hosts that they ask."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from factpress.cli.book import print_report
from factpress.problems import UsageError

if TYPE_CHECKING:
    from factpress.links.run import CheckedLink, RunOptions
    from factpress.reporting.report import Report

#: option: least and most; only tests may be less polite
POLITE = {"delay": (2.0, None), "max-per-host": (None, 10), "retry-delay": (30.0, None)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what limits a run."""
    parser.add_argument("urls", nargs="*", metavar="URL", help="ask these cited addresses, due or not")
    parser.add_argument("--limit", type=float, default=900.0, metavar="SECONDS", help="end the run after (900)")
    parser.add_argument("--workers", type=int, default=32, metavar="N", help="ask so many hosts at a time (32)")
    tests = parser.add_argument_group("for tests on this machine")
    tests.add_argument("--allow-host", action="append", default=[], metavar="HOST[:PORT]", help="a host on loopback")
    tests.add_argument("--service", action="append", default=[], metavar="NAME=ADDRESS", help="a registry or archive")
    tests.add_argument("--delay", type=float, default=2.0, metavar="SECONDS", help="between requests to a host (2)")
    tests.add_argument("--max-per-host", type=int, default=10, metavar="N", help="requests to a host in a run (10)")
    tests.add_argument(
        "--retry-delay", type=float, default=30.0, metavar="SECONDS", help="before bad news is asked twice (30)"
    )


def options(args: argparse.Namespace) -> RunOptions:
    """Return the options of a run; only tests may be less polite than the policy."""
    from factpress.links.http.guard import AllowedHost
    from factpress.links.registries.services import parse_services
    from factpress.links.run import RunOptions
    from factpress.links.schedule import RateLimits

    try:
        allowed = tuple(AllowedHost.parse(text) for text in args.allow_host)
    except ValueError as error:
        raise UsageError(f"--allow-host: {error}.", "Write 127.0.0.1 or 127.0.0.1:8080.") from error
    for name, (least, most) in POLITE.items():
        value = getattr(args, name.replace("-", "_"))
        if not allowed and ((least is not None and value < least) or (most is not None and value > most)):
            raise UsageError(f"--{name} {value:g} is less polite than the policy.", "Tests add --allow-host.")
    # nan is neither less nor more than anything, so a run would never end, or never wait
    if not all(map(math.isfinite, (args.limit, args.delay, args.retry_delay))) or min(args.delay, args.retry_delay) < 0:
        raise UsageError("Seconds are a number from 0 up.", "Leave --limit, --delay and --retry-delay out.")
    if args.max_per_host < 1:
        raise UsageError("A host gets one request at least.", "Leave --max-per-host out.")
    if args.workers < 1 or args.limit <= 0:
        raise UsageError("A run needs at least one worker and some time.", "Leave --workers and --limit out.")
    rates = RateLimits(args.delay, args.max_per_host, args.limit, args.retry_delay, args.workers)
    return RunOptions(rates, parse_services(args.service), allowed, on_result=_Progress())


def finish(command: Callable[[], Report], args: argparse.Namespace) -> int:
    """Print the report that `command` makes and return its status; stopped, say what was kept."""
    try:
        made = command()
    except KeyboardInterrupt:
        print("\nfactpress: stopped; what was seen until now is recorded.", file=sys.stderr)
        return 130
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    print_report(made, args.format)
    return made.status


class _Progress:
    """Counts the links on a terminal; quiet in a pipe."""

    def __init__(self) -> None:
        self._done, self._shown = 0, sys.stderr.isatty()

    def __call__(self, checked: CheckedLink) -> None:
        from factpress.escaping import printable

        self._done += 1
        if self._shown:
            line = f"\r\x1b[K{self._done} checked: {printable(checked.link.url)[:60]}"
            print(line, end="", file=sys.stderr, flush=True)
