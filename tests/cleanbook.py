"""A copy of the clean book with edits: what most tests of the checks and the commands start from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

CLEAN = Path(__file__).parent / "clean_book"
STUDY = Path(__file__).parent / "clean_study"  #: what is laid over the clean book to give it a study aids


def copy_book(folder: Path, *, study: bool = False) -> Path:
    """Return a copy of the clean book, with a study aids or without, in a folder that is made for it."""
    root = Path(shutil.copytree(CLEAN, folder, ignore=shutil.ignore_patterns("build", "_build", ".*")))
    return Path(shutil.copytree(STUDY, root, dirs_exist_ok=True)) if study else root


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file of the book."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def texts(root: Path, files: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of files of the book by name."""
    return {file: (root / file).read_bytes() for file in files}
