"""Saves what WeasyPrint 70 does more often than it needs; the bytes stay the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


@contextmanager
def page_numbers_settle() -> Iterator[None]:
    """Lay out, in this block, with each page laid out again only when a page number on it has changed.

    The same bytes, a quarter sooner. What does not work in this block is `target-counter(…, pages)`, which no style
    sheet of ours uses.
    """
    from weasyprint import document  # type: ignore[import-untyped]

    original: Any = document.TargetCollector

    class Collector(original):  # type: ignore[misc]  # WeasyPrint has no types
        def collect_missing_counters(self, box: Any, token: str, again: Any, own: list[str], targets: Any) -> None:
            # WeasyPrint forgets which anchor attr(href) names, and takes its page for that of the box itself, which
            # it then compares together with the count of all pages: known after one round, so changed in the second.
            if None in targets:
                own = [name for name in own if name not in targets[None]]
                targets[box.element.get("href", "").removeprefix("#")] = targets.pop(None)
            super().collect_missing_counters(box, token, again, own, targets)

        def cache_target_page_counters(self, anchor: str, counters: Mapping[str, Any], *rest: Any) -> None:
            known = {name: values for name, values in counters.items() if name != "pages"}
            super().cache_target_page_counters(anchor, known, *rest)

    document.TargetCollector = Collector
    try:
        yield
    finally:
        document.TargetCollector = original


@contextmanager
def page_references_kept() -> Iterator[None]:
    """Write, in this block, with the list of all pages made once and not once a tag, which grows with their square."""
    import pydyf  # type: ignore[import-untyped]

    original = pydyf.PDF.page_references
    kept: dict[int, tuple[bytes, ...]] = {}

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        count = len(pdf.pages["Kids"])
        if count not in kept:
            kept.clear()
            kept[count] = original.fget(pdf)
        return kept[count]

    pydyf.PDF.page_references = property(page_references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = original
