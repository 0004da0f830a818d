"""Dates as ISO text, and as a reader sees them."""

from __future__ import annotations

from datetime import date


def parse(text: str) -> date | None:
    """Return the day that `YYYY-MM-DD` names, or None if it names none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def in_words(text: str) -> str:
    """Return `23 November 2026` for `2026-11-23`; any other text as it is."""
    day = parse(text)
    # %B follows the process's locale, the book's language does not
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else text


def days_between(earlier: str, later: str) -> int:
    """Return the days from one ISO date to another; 0 if one of them is no date."""
    first, last = parse(earlier), parse(later)
    return (last - first).days if first and last else 0


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
