"""EPUB archives that are the same bytes whenever and wherever they are packed."""

from __future__ import annotations

import calendar
import io
import time
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.problems import FileError

EARLIEST, LATEST = 315532800, 4354819198  # 1980 to 2107 in epoch seconds: what a ZIP can say
MIMETYPE = b"application/epub+zip"


def pack_epub(folder: Path, out: Path, *, when: int, names: Iterable[str] | None = None) -> None:
    """Pack the files of `folder` (only `names`, if given, as paths with /) into the EPUB `out`.

    Every file gets the time `when` (epoch seconds, UTC), the same mode and its place in sorted order.

    Raises:
        FileError: a file cannot be read, or the folder is not that of an EPUB.
    """
    if names is None:
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    try:
        files = {name: (folder / name).read_bytes() for name in names}
    except OSError as error:
        raise FileError(f"{error.filename} cannot be read: {error.strerror}.", "Build the EPUB again.") from error
    write_atomically(out, _archive(files, when, folder))


def change_epub(epub: Path, changes: Mapping[str, bytes]) -> None:
    """Put other content into files of an EPUB that `pack_epub` has packed; names, order, times and modes stay.

    Raises:
        FileError: the EPUB cannot be read or written.
    """
    try:
        with zipfile.ZipFile(epub) as archive:
            when = calendar.timegm((*archive.infolist()[0].date_time, 0, 0, 0))
            files = {name: changes.get(name) or archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile) as error:
        raise FileError(f"{epub} cannot be read: {error}.", "Build the EPUB again.") from error
    write_atomically(epub, _archive(files, when, epub))


def _archive(files: Mapping[str, bytes], when: int, source: Path) -> bytes:
    if files.get("mimetype") != MIMETYPE:
        raise FileError(f"{source} is not an EPUB: it has no file `mimetype` that says so.", "Build the EPUB again.")
    stamp = time.gmtime(min(max(when, EARLIEST), LATEST))[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # EPUB 3.3, OCF ZIP container media type identification: the file `mimetype` is first and not compressed
        for name in ("mimetype", *sorted(files.keys() - {"mimetype"})):
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()
