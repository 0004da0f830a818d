"""The clean book, for tests that edit it and for tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from workshop import Edition, Workshop

EDITIONS = ("html", "epub", "pdf")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """Return the three editions of the clean book."""
    workshop = Workshop(tmp_path_factory.mktemp("clean"))
    workshop.edit("docs/claims/02-today.yaml", "        locator: table of bridges\n", SEEN_ELSEWHERE)
    return {kind: workshop.build(kind) for kind in EDITIONS}


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest, clean: dict[str, Edition]) -> Edition:
    return clean[request.param]


SEEN_ELSEWHERE = """\
        locator: table of bridges
        url: https://www.example.org/survey/table
"""
