"""Keeps the parsed records of a file in build/, so that a build after a small edit reads one file and not a hundred."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from factpress import __version__
from factpress.files.atomic import write_atomically
from factpress.problems import FileError

Read = TypeVar("Read")


def cached_read(folder: Path, file: Path, read: Callable[[], Read]) -> Read:
    """Return what `read` makes of `file`, from `folder` while the file holds the same bytes at the same place.

    A cached result that is damaged, or that other tools wrote, is made anew. Nothing is cached before the first build.
    """
    if not file.is_file():
        return read()
    return cached_result(folder, f"{file}\0".encode() + file.read_bytes(), read)


def cached_result(folder: Path | None, content: bytes, read: Callable[[], Read]) -> Read:
    """Return what `read` makes of `content`, which says of what kind it is too: from memory, or from `folder`."""
    digest = hashlib.sha256(f"{__version__}\0".encode() + content + _tools()).hexdigest()
    if digest in _in_memory:
        in_memory: Read = _in_memory[digest]
        return in_memory
    if len(_in_memory) >= MOST_IN_MEMORY:
        _in_memory.clear()
    result = _in_memory[digest] = _from_folder(folder, digest, read) if folder and folder.parent.is_dir() else read()
    return result


MOST_IN_MEMORY = 4096
_in_memory: dict[str, Any] = {}


def _from_folder(folder: Path, digest: str, read: Callable[[], Read]) -> Read:
    cache_file = folder / digest
    with contextlib.suppress(Exception):  # of any kind: a damaged pickle may raise anything
        cached: Read = pickle.loads(cache_file.read_bytes())
        return cached
    result = read()
    with contextlib.suppress(FileError):
        write_atomically(cache_file, pickle.dumps(result))
    return result


@functools.cache
def _tools() -> bytes:
    # while the tools are being changed, their version is not
    package = Path(__file__).parents[1]
    sources = [
        *(package / "files").rglob("*.py"),
        *(package / "model").rglob("*.py"),
        *(package / "subjects").rglob("records.py"),
        package / "rules.py",
    ]
    stamps = repr([(source.name, source.stat().st_mtime_ns) for source in sorted(sources)])
    return hashlib.sha256(stamps.encode()).digest()
