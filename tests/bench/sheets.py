"""How long it takes to impose five hundred pages, and how much memory: a row of the benchmark."""

from __future__ import annotations

import sys
from itertools import cycle, islice
from pathlib import Path

import pikepdf

from .measure import middle, run

PAGES = 500


def row(book: Path, folder: Path, runs: int) -> str:
    """Return what imposing took, pages of `book` repeated until there are enough."""
    if not book.is_file():
        return f"sheets of {PAGES} pages: no book to take pages from"
    source = folder / f"{PAGES}-pages.pdf"
    _many_pages(book, source)
    command = [sys.executable, "-m", "factpress", "impose", str(source), str(folder / "sheets.pdf")]
    found = middle([run(command, folder) for _ in range(runs)])
    if found.status:
        return f"sheets of {PAGES} pages: failed, {found.errors.strip()}"
    return f"sheets of {PAGES} pages: {found.seconds:.2f} s, {found.peak:.0f} MiB (the aim: under 2 s)"


def _many_pages(book: Path, out: Path) -> None:
    with pikepdf.open(book) as source, pikepdf.Pdf.new() as target:
        for number, page in enumerate(islice(cycle(list(source.pages)), PAGES)):
            target.pages.append(page)
            # a content of its own: pages that share theirs would be copied once
            content = page.Contents.read_bytes() + f"\n% {number}".encode()
            target.pages[-1].Contents = target.make_stream(content)
        target.save(out)
