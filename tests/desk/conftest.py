"""The desk of a copy of the clean book, and a browser at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from opendesk import OpenDesk, open_desk

from needs import need
from signing import own_book

playwright = pytest.importorskip("playwright.sync_api")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(own_book(tmp_path / "book")) as opened:
        yield opened


# of the module: one that stayed for the session would let no later test start a browser of its own
@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as started:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = started.chromium.launch(executable_path=need("chromium"), args=flags)
        yield chromium
        chromium.close()
