"""The results of a run so far, one line a link: a run that is killed loses none of them.

The record itself is written rarely and whole; until then the journal in `build/.work` holds what is new.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from factpress.files.link_record.record import InvalidRecordError, checksum, parse_record, record_data
from factpress.model.links.state import LinkRecord
from factpress.problems import FileError

JOURNAL_NAME = "links.journal"


class Journal:
    """The results of runs since the record of links was last written."""

    def __init__(self, path: Path) -> None:
        """Keep the journal at `path`."""
        self.path = path
        self._handle: int | None = None

    def records(self) -> dict[str, LinkRecord]:
        """Return the newest record of each link, by address; a line that a kill cut off is skipped."""
        try:
            lines = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return {}
        return {record.url: record for line in lines for record in _read(line)}

    def add(self, record: LinkRecord) -> None:
        """Append a record; when this returns, it survives the end of the process.

        Raises:
            FileError: the journal cannot be written.
        """
        data = record_data(record)
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
        """Remove the journal, when the record of links holds its results."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self.path.unlink(missing_ok=True)


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Keep other runs of the same book out while the block runs; the file at `path` may stay, empty.

    Raises:
        FileError: another run is under way.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise FileError("Another run over the links of this book is under way.", "Wait until it ends.") from None
    try:
        yield
    finally:
        lock.release()


def merge_journal(records: Mapping[str, LinkRecord], noted: Mapping[str, LinkRecord]) -> dict[str, LinkRecord]:
    """Return the records with those of the journal, unless a link was checked elsewhere since."""
    newer = {
        url: record for url, record in noted.items() if record.last_checked >= records.get(url, record).last_checked
    }
    return {**records, **newer}


def _read(line: bytes) -> Iterator[LinkRecord]:
    try:
        if line:
            yield parse_record(json.loads(line))
    except (ValueError, InvalidRecordError, RecursionError):
        return
