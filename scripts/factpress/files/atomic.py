"""Atomic writing: a file has its old content or its new, whatever interrupts the writing."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from factpress.problems import FileError


def write_atomically(path: Path, data: bytes | str, *, durable: bool = False) -> None:
    """Write `data` (text as UTF-8, line ends as they are) to `path`, making its folder.

    With `durable`, the disk has it when this returns: what cannot be made again survives the loss of power too.

    Raises:
        FileError: it cannot be written; the old file is as it was.
    """
    content = data.encode() if isinstance(data, str) else data
    temporary = ""
    try:
        if path.exists() and not path.is_file():  # the rename would put a file in the place of a device
            raise OSError(errno.EINVAL, "it is not a plain file")
        path.parent.mkdir(parents=True, exist_ok=True)
        # beside the file: a rename is whole only within one file system
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
        if durable:
            _flush_folder(path.parent)
    except OSError as error:
        raise FileError(
            f"{path} cannot be written: {error.strerror or error}.", "Check the folder's permissions and space."
        ) from error
    finally:
        if temporary:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()


def _flush_folder(folder: Path) -> None:
    """Flush the rename to the disk, where the system lets a folder be opened: Windows does not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode(path: Path) -> int:
    # mkstemp makes files that only their owner reads; a web server has to read ours
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    return 0o644
