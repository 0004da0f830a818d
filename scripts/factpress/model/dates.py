"""Dates as ISO text, and as a reader sees them."""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parse(text: str) -> date | None:
    """Return the day that `YYYY-MM-DD` names, or None if it names none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def in_words(text: str) -> str:
    """Return `1 October 1953`, `October 1953`, `1953–1954`, `25 June 1950 – 27 July 1953`; other text as it is."""
    # %B follows the process's locale, the book's language does not
    words = [
        " ".join((*(str(d) for d in day[2:]), *(MONTHS[m - 1] for m in day[1:2]), str(day[0])))
        for day in parse_date(text)
    ]
    return ("–" if all(word.isdigit() for word in words) else " – ").join(words) or text


def parse_date(text: str) -> list[tuple[int, ...]]:
    """Return one date, or the two of a range, as (year[, month[, day]]); empty when `text` is no real date."""
    dates: list[tuple[int, ...]] = []
    for part in text.split("/"):
        found = _DATE.fullmatch(part.strip())
        if not found:
            return []
        day = tuple(int(group) for group in found.groups() if group)
        if len(day) > 1 and not 1 <= day[1] <= 12:
            return []
        if day[0] < 1 or (len(day) > 2 and not 1 <= day[2] <= calendar.monthrange(day[0], day[1])[1]):
            return []
        dates.append(day)
    return dates if len(dates) < 2 or (len(dates) == 2 and dates[0] < dates[1]) else []


def days_between(earlier: str, later: str) -> int:
    """Return the days from one ISO date to another; 0 if one of them is no date."""
    first, last = parse(earlier), parse(later)
    return (last - first).days if first and last else 0


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
