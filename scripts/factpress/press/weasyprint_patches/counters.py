"""Spares work that WeasyPrint 70 and pydyf 0.13 do more often than they need to; the bytes stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def stable_page_counters(original: Any) -> tuple[Any]:
    """Return a collector of targets with which a page is laid out again only when a page number on it has changed.

    A quarter of the time is spared. `target-counter(…, pages)` does not work with it; no style sheet of ours uses that.
    """

    class TargetCollector(original):  # type: ignore[misc]  # WeasyPrint has no types
        def collect_missing_counters(
            self, parent_box: Any, css_token: str, parse_again_function: Any, missing: list[str], targets: Any
        ) -> None:
            # WeasyPrint does not note which anchor attr(href) names, and counts its page among the box's own
            # counters. These it compares together with the count of all pages, which is known after the first round
            # only: so all of them have changed in the second.
            if None in targets:
                missing = [name for name in missing if name not in targets[None]]
                targets[parent_box.element.get("href", "").removeprefix("#")] = targets.pop(None)
            super().collect_missing_counters(parent_box, css_token, parse_again_function, missing, targets)

        def cache_target_page_counters(self, anchor_name: str, counters: Mapping[str, Any], *rest: Any) -> None:
            known = {name: values for name, values in counters.items() if name != "pages"}
            super().cache_target_page_counters(anchor_name, known, *rest)

    return (TargetCollector,)


def cache_page_references(original: Any) -> tuple[property]:
    """Return the property of pydyf's PDF that lists all pages, with the list made once for each count of pages."""
    cached: dict[int, tuple[bytes, ...]] = {}

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        count = len(pdf.pages["Kids"])
        if count not in cached:
            cached.clear()
            cached[count] = original.fget(pdf)
        return cached[count]

    return (property(page_references),)
