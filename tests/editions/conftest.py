"""The real booklet, built once for all tests of its editions, in a folder whose name has spaces."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from published import Book, Editions, Epub, Site

from needs import need

ROOT = Path(__file__).parents[2]
SOURCES = ("docs", "references.bib", "pyproject.toml", "CHANGELOG.md", "LICENSE", "LICENSE-text")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Editions]:
    """Return a function that copies the booklet into a folder of the name given and builds it as its editors do."""

    def build(name: str, *options: str) -> Editions:
        need("pango")
        root = tmp_path_factory.mktemp("editions") / name
        for source in SOURCES:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, root / source, ignore=shutil.ignore_patterns("_build"))
            elif (ROOT / source).is_file():
                root.mkdir(exist_ok=True)
                shutil.copy(ROOT / source, root / source)
        command = [sys.executable, "-m", "factpress", "build", *options]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        out = root / "build"
        book = "korean-war-alliances"
        return Editions(
            root,
            Site(out / "html"),
            Book(out / f"{book}.pdf"),
            Epub(out / f"{book}.epub"),
            out / f"{book}-sheets-a4.pdf",
        )

    return build


@pytest.fixture(scope="session")
def editions(build: Callable[[str], Editions]) -> Editions:
    return build("a book of ours")
