"""The same book gives the same bytes, wherever, whenever and by whom it is built."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from published import Editions

from cleanbook import copy_book


def digests(built: Editions) -> dict[str, str]:
    files = [*built.site.folder.rglob("*"), built.book.file, built.epub.file, *built.sheets.values()]
    return {
        file.relative_to(built.root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.is_file()
    }


def test_another_folder_time_zone_and_language_change_no_byte(build: Callable[..., Editions], tmp_path: Path) -> None:
    book = copy_book(tmp_path / "book")
    # `:all:` lists the sources that only the ledger uses, too
    (book / "docs/back/references.md").write_text("# References\n\n:::{bibliography}\n:all:\n:::\n", encoding="utf-8")
    here = build("here", source=book, env={"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"})
    there = build("far away", source=book, env={"TZ": "Asia/Seoul", "LC_ALL": "C", "PYTHONHASHSEED": "2"})
    assert digests(here) == digests(there)
    assert len(digests(here)) > 10
