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


def in_short(text: str) -> str:
    """Return `1 Oct 1953`, for labels."""
    words = in_words(text)
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return words


def parse_date(text: str) -> list[tuple[int, ...]]:
    """Return one date, or the two of a range, as (year[, month[, day]]); empty when `text` is not a real date."""
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


def last_day(text: str) -> str:
    """Return the last day of a date or a range, as YYYY-MM-DD, so that dates of any precision can be compared."""
    year, *rest = parse_date(text)[-1]
    month = rest[0] if rest else 12
    return f"{year:04}-{month:02}-{rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1]:02}"


def year_of(text: str) -> float:
    """Return a date as a year with its fraction, in the middle of a month or a year of which no day is given."""
    year, *rest = parse_date(text)[0]
    if not rest:
        return year + 0.5
    month = rest[0]
    days = calendar.monthrange(year, month)[1]
    before = sum(calendar.monthrange(year, m)[1] for m in range(1, month))
    return year + (before + (rest[1] - 1 if len(rest) > 1 else days / 2)) / (366 if calendar.isleap(year) else 365)


def days_between(earlier: str, later: str) -> int:
    """Return the days from one ISO date to another; 0 if one of them is not a date."""
    first, last = parse(earlier), parse(later)
    return (last - first).days if first and last else 0


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
