"""Fixtures for all tests."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

# A shell that runs us in the background has SIGINT ignored, and so would every command that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ("sphinx.testing.fixtures", "needs")
collect_ignore = ["roots"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites what the cases expect, to be reviewed in the diff."""
    parser.addoption(
        "--thorough", action="store_true", help="every variant in a browser, and the validators on the real book, too"
    )
    parser.addoption("--save-expected", action="store_true", help="rewrite expected.txt of tests/cases")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "thorough: takes too long for each pull request; runs with --thorough")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only nights and releases have time for."""
    if not config.getoption("--thorough"):
        kept = [item for item in items if not item.get_closest_marker("thorough")]
        if len(kept) < len(items):
            config.hook.pytest_deselected(items=[item for item in items if item not in kept])
            items[:] = kept


@pytest.fixture(scope="session")
def rootdir() -> Path:
    """Return the folder of the tiny Sphinx projects."""
    return Path(__file__).parent / "roots"
