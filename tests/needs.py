"""Tests that need something native: skipped where it is missing, with the line that says how to get it.

`@needs("java", "jaxb")` marks a test or a module (`pytestmark = needs("node")`), `need("chromium")` does the same
inside a test or fixture and returns the path. With CI=true what is missing is a failure. Names: REQUIREMENTS of
factpress.doctor.requirements.
"""

from __future__ import annotations

import os

import pytest

from factpress.doctor import requirements

MARK = "needs(name, ...): requirements of factpress.doctor that the test needs"


def needs(*names: str) -> pytest.MarkDecorator:
    """Return the mark of a test that needs these native requirements."""
    assert set(names) <= set(requirements.BY_NAME), f"not in REQUIREMENTS: {set(names) - set(requirements.BY_NAME)}"
    return pytest.mark.needs(*names)


def need(*names: str) -> str:
    """Skip or fail the test that runs unless these are here, and return the path of the first."""
    if lacks := requirements.missing_of(names):
        report = pytest.fail if is_ci() else pytest.skip
        report(" ".join([*map(str, lacks), requirements.install_hint(lacks)]))
    return requirements.path_of(names[0])


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARK)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if names := [name for mark in item.iter_markers("needs") for name in mark.args]:
        need(*names)
