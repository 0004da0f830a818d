"""Records added at the end of a YAML list, and the last one taken off: what stands before keeps every byte.

Whatever interrupts it, the file is whole as it was or whole as it is meant: the new text is read again before it is
written beside the old one, flushed to the disk and renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from factpress.files.atomic import write_atomically
from factpress.files.text import read_bytes, relative_name
from factpress.files.yaml.long_lists import parse_long_list
from factpress.files.yaml.writer import render_records
from factpress.problems import BookError, FileError, Problem
from factpress.settings import Settings

Record = TypeVar("Record")
LOCK_SECONDS = 10.0  #: that somebody who signs waits for another who does
_EMPTY = b"[]"


@contextmanager
def signing_lock(settings: Settings) -> Iterator[None]:
    """Keep other commands and desks from writing what people sign while the block runs.

    Raises:
        FileError: another one holds the lock for longer than `LOCK_SECONDS`, or it cannot be written.
    """
    path = settings.work / "signing.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path, timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise FileError(
            "Somebody else is signing in this folder. Nothing was written.", f"Try again; the lock is {path}."
        ) from error


def append_records(settings: Settings, path: Path, records: Sequence[Record]) -> None:
    """Add records to the end of the list that a file holds; comments, order and every byte before stay. Hold the lock.

    Raises:
        BookError: the file cannot be read as it is; its problems.
        FileError: it cannot be written, or is written in a form to which nothing can be added; it is as it was.
    """
    if not records:
        return
    kind = type(records[0])
    old, before = _read(settings, path, kind)
    added = render_records(records).encode()
    _write(settings, path, kind, old, _joined(old, added), (*before, *records))


def remove_last(settings: Settings, path: Path, kind: type[Record]) -> Record:
    """Take the last record off the list that a file holds, and return it. Hold the lock.

    Raises:
        BookError: the file cannot be read as it is; its problems.
        FileError: it has no record, or cannot be written; it is as it was.
    """
    old, before = _read(settings, path, kind)
    if not before:
        raise FileError(f"{relative_name(path, settings.root)} holds nothing.", "Nothing is left to take back.")
    start, newline = last_item(old), _newline(old)
    if start is None:
        raise FileError(*_other_form(settings, path))
    kept = old[:start].rstrip(b"\r\n")
    if len(before) == 1:
        kept += (newline if kept.strip(b"\xef\xbb\xbf") else b"") + _EMPTY
    _write(settings, path, kind, old, kept + newline, before[:-1])
    return before[-1]


def last_item(data: bytes) -> int | None:
    """Return the offset of the last item of a list whose items begin with a dash in the first column, else None."""
    if data.removeprefix(b"\xef\xbb\xbf").startswith(b"- ") and b"\n- " not in data:
        return data.index(b"- ")
    at = data.rfind(b"\n- ")
    return at + 1 if at >= 0 else None


def _joined(old: bytes, added: bytes) -> bytes:
    newline = _newline(old)
    added = added.replace(b"\n", newline)
    if last_item(old) is not None:
        gap = b"" if old.endswith(b"\n") else newline
        return old + gap + newline + added
    body = old.rstrip()
    if body.endswith(_EMPTY) and (len(body) == 2 or body[-3:-2] in b"\n\xbf"):
        body = body[: -len(_EMPTY)]
    elif body.strip(b"\xef\xbb\xbf"):
        body += newline  # comments alone
    return body + added


def _newline(data: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in data else b"\n"


def _read(settings: Settings, path: Path, kind: type[Record]) -> tuple[bytes, tuple[Record, ...]]:
    if not path.exists():
        return b"", ()
    data, problems = read_bytes(path, settings.root)
    if data is not None:
        records, problems = _parse(settings, path, kind, data)
        if not problems:
            return data, records
    raise BookError(problems)


def _parse(settings: Settings, path: Path, kind: type[Record], data: bytes) -> tuple[tuple[Record, ...], list[Problem]]:
    return parse_long_list(kind, data, relative_name(path, settings.root), settings.work / "read")


def _write(
    settings: Settings, path: Path, kind: type[Record], old: bytes, new: bytes, wanted: tuple[Record, ...]
) -> None:
    """Write in the place of `old` what reads as the records that are wanted, and nothing else."""
    records, problems = _parse(settings, path, kind, new)
    if problems or records != wanted:
        raise FileError(*_other_form(settings, path))
    # an editor does not know the lock
    if (path.read_bytes() if path.exists() else b"") != old:
        name = relative_name(path, settings.root)
        raise FileError(f"{name} was changed by another program just now. Nothing was written.", "Try again.")
    write_atomically(path, new, durable=True)


def _other_form(settings: Settings, path: Path) -> tuple[str, str]:
    name = relative_name(path, settings.root)
    return f"{name} is in a form to which nothing can be added.", "Run `factpress format`, and try again."
