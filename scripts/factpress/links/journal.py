"""What a run has recorded so far, a line a link: a run that is killed loses nothing that it knew.

The record itself is written rarely and whole; until then the journal in `build/.work` holds what is new.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from factpress.files.link_record.record import BadRecordError, checksum, plain, record_of
from factpress.model.links.link_record import LinkRecord
from factpress.problems import FileError

NAME = "links.journal"


class Journal:
    """The journal of the runs since the record was last written."""

    def __init__(self, path: Path) -> None:
        """Keep the journal at `path`."""
        self.path = path
        self._handle: int | None = None

    def records(self) -> dict[str, LinkRecord]:
        """Return what was noted, the newest of each link; a line that a kill cut off counts for nothing."""
        try:
            lines = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return {}
        return {record.url: record for line in lines for record in _read(line)}

    def note(self, record: LinkRecord) -> None:
        """Add a record; it is there for every process when this returns."""
        data = plain(record)
        line = json.dumps({**data, "sum": checksum(data)}, separators=(",", ":")) + "\n"
        try:
            if self._handle is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
                # after a line that was cut off the next would be lost, too
                line = "\n" + line
            os.write(self._handle, line.encode())
        except OSError as error:
            raise FileError(f"{self.path} cannot be written: {error.strerror}.", "Check the folder's space.") from error

    def clear(self) -> None:
        """Forget all: the record holds it now."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self.path.unlink(missing_ok=True)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other runs of the same book out while the block runs; the file at `path` stays, empty."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FileError("Another run over the links of this book is under way.", "Wait until it ends.") from None
        yield


def with_noted(records: Mapping[str, LinkRecord], noted: Mapping[str, LinkRecord]) -> dict[str, LinkRecord]:
    """Return the records with what was noted, unless the link was checked again since, somewhere else."""
    newer = {url: one for url, one in noted.items() if one.last_checked >= records.get(url, one).last_checked}
    return {**records, **newer}


def _read(line: bytes) -> Iterator[LinkRecord]:
    try:
        if line:
            yield record_of(json.loads(line))
    except (ValueError, BadRecordError, RecursionError):
        return
