"""Keeps what was read of a file in build/, so that a build after a small edit reads one file and not a hundred."""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from factpress import __version__
from factpress.files.atomic import write_atomically
from factpress.problems import FileError

Read = TypeVar("Read")


def cached_read(folder: Path, file: Path, read: Callable[[], Read]) -> Read:
    """Return what `read` makes of `file`, from `folder` while the file holds the same bytes at the same place.

    A cached result that is damaged, or that other tools wrote, is made anew. Nothing is cached before the first build.
    """
    if not folder.parent.is_dir() or not file.is_file():
        return read()
    digest = hashlib.sha256(f"{__version__}\0{file}\0".encode() + file.read_bytes() + _tools()).hexdigest()
    place = folder / digest
    with contextlib.suppress(Exception):  # of any kind: a damaged pickle may raise anything
        found: Read = pickle.loads(place.read_bytes())
        return found
    made = read()
    with contextlib.suppress(FileError):
        write_atomically(place, pickle.dumps(made))
    return made


def _tools() -> bytes:
    # while the tools are being changed, their version is not
    package = Path(__file__).parents[1]
    sources = [
        *(package / "files").rglob("*.py"),
        *(package / "model").rglob("*.py"),
        *(package / "subjects").rglob("records.py"),
        package / "rules.py",
    ]
    return repr([(source.name, source.stat().st_mtime_ns) for source in sorted(sources)]).encode()
