"""The real booklet, built once for all tests of its editions, in a folder whose name has spaces."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from published import Book, Editions, Epub, Site

from needs import need

ROOT = Path(__file__).parents[2]
FILES = ("references.bib", "pyproject.toml", "CHANGELOG.md")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Editions]:
    """Return a function that copies a booklet into a folder of the name given and builds it as its editors do."""

    def build(
        name: str, *options: str, source: Path = ROOT, env: dict[str, str] | None = None, into: Path | None = None
    ) -> Editions:
        need("pango")
        root = (into or tmp_path_factory.mktemp("editions")) / name
        if (root / "build" / "editions.json").exists():
            return _editions(root)
        shutil.copytree(source / "docs", root / "docs", ignore=shutil.ignore_patterns("_build"))
        for file in FILES:
            shutil.copy(source / file, root / file)
        command = [sys.executable, "-m", "factpress", "build", *options]
        done = subprocess.run(
            command, cwd=root, env=os.environ | (env or {}), capture_output=True, text=True, timeout=1800, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return _editions(root)

    return build


@pytest.fixture(scope="session")
def editions(build: Callable[..., Editions], tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Editions:
    # the workers of a parallel run share one build: the first makes it, the others wait
    alone = worker_id == "master"
    folder = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent
    with FileLock(folder / "editions.lock"):
        return build("a book of ours", into=folder)


def _editions(root: Path) -> Editions:
    out = root / "build"
    book = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["factpress"]["name"]
    sheets = {paper: out / f"{book}-sheets-{paper}.pdf" for paper in ("a4", "letter")}
    record = Book(out / f"{book}-record.pdf")
    return Editions(root, Site(out / "html"), Book(out / f"{book}.pdf"), Epub(out / f"{book}.epub"), sheets, record)
