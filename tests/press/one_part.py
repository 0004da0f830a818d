"""Lays out books of one part, or two, in the process of the test: what is patched there is patched for the layout."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject

from factpress.press.layout.book import BookLayout, PrintJob, print_volumes
from factpress.press.layout.cache import LaidOutPart, Part, PartCache
from factpress.press.layout.part_layout import BookStyle, PartLayout
from factpress.press.layout.workers import WorkerPool
from factpress.press.weasyprint_patches import registry

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>{}</head><body>{}</body></html>'


@dataclass(frozen=True)
class Sample:
    """A laid-out book, and where it is."""

    pdf: Path
    layout: BookLayout


@dataclass
class InProcessWorker:
    """A worker that works when it is asked, and not in a process of its own."""

    part_number: int = -1
    held: dict[int, int] = field(default_factory=dict)
    answers: list[Any] = field(default_factory=list)

    def open_volumes(self, volumes: Sequence[tuple[BookStyle, PartCache]]) -> None:
        self._layout = PartLayout(volumes)

    def lay_out(self, number: int, volume: int, part: Part, first: int, printed: Mapping[str, str]) -> None:
        self.part_number = number
        self.answers.append(self._layout.lay_out(number, volume, part, first, printed))

    def write(
        self, number: int, volume: int, part: Part, first: int, laid_out: LaidOutPart, printed: Mapping[str, str]
    ) -> None:
        self.part_number = number
        self.answers.append(self._layout.write(number, volume, part, first, laid_out, printed))

    def drop(self, number: int) -> None:
        self.held.pop(number, None)
        self._layout.drop(number)

    def receive(self) -> Any:
        return self.answers.pop(0)

    def stop(self) -> None:
        pass


class InProcessPool(WorkerPool):
    """One such worker."""

    def _start(self) -> None:
        self.workers = [InProcessWorker()]  # type: ignore[list-item]

    def ready(self) -> Any:
        return [worker for worker in self.workers if worker.part_number >= 0]


def lay_out_parts(parts: Sequence[Part], out: Path, stylesheets: Sequence[Path], **options: Any) -> BookLayout:
    """Lay out a book, with nothing taken from an earlier time."""
    outer_class = options.pop("outer_class", "outer")
    with tempfile.TemporaryDirectory() as cache:
        style = BookStyle("T", stylesheets, outer_class)
        job = PrintJob("booklet", out, parts, style, cache_folder=Path(cache), **options)
        return print_volumes([job], InProcessPool())[0]


def lay_out(page: Path, out: Path, stylesheets: Sequence[Path]) -> BookLayout:
    """Lay out a page as a book of one part."""
    return lay_out_parts([Part(page)], out, stylesheets)


def lay_out_body(folder: Path, faces: Path, body: str, css: str, head: str = "") -> Path:
    """Write a page with this body and style, and return its PDF."""
    page, style, out = folder / "page.html", folder / "style.css", folder / "out.pdf"
    page.write_text(PAGE.format(head, body), encoding="utf-8")
    style.write_text(css, encoding="utf-8")
    lay_out(page, out, [faces, style])
    return out


def switch_off(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Take one patch out of the registry until the end of the test."""
    left = tuple(patch for patch in registry.PATCHES if patch.name != name)
    assert len(left) == len(registry.PATCHES) - 1, f"there is no patch {name}"
    monkeypatch.setattr(registry, "PATCHES", left)


def placed(page: PageObject) -> list[tuple[str, float, float]]:
    """Return the pieces of text on a page with where they stand, in points from its lower left corner."""
    found: list[tuple[str, float, float]] = []

    def note(text: str, matrix: list[float], at: list[float], *_: object) -> None:
        x = matrix[0] * at[4] + matrix[2] * at[5] + matrix[4]
        y = matrix[1] * at[4] + matrix[3] * at[5] + matrix[5]
        if text.strip():
            found.append((text.strip(), x, y))

    page.extract_text(visitor_text=note)
    return found
