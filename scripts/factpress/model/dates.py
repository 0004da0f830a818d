"""Dates: days of the ledger as ISO text, and dates of publication, which may be uncertain, as EDTF has them.

EDTF is ISO 8601-2; its level 1 is read: about, uncertain, masked digits, seasons, open ends, before Christ.
Days of the ledger and of study aids are never uncertain.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_EDTF = re.compile(r"(-?\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)")
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}  #: in the place of a month
_OPEN = ("", "..")  #: an end that is not known, or that is yet to come


def parse_day(text: str) -> date | None:
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
        for day in parse_dates(text)
    ]
    return ("–" if all(word.isdigit() for word in words) else " – ").join(words) or text


def in_short_words(text: str) -> str:
    """Return `1 Oct 1953`, for labels."""
    words = in_words(text)
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return words


def parse_dates(text: str) -> list[tuple[int, ...]]:
    """Return one date, or the two of a range, as (year[, month[, day]]); empty when `text` is not a real date."""
    dates: list[tuple[int, ...]] = []
    for part in text.split("/"):
        match = _DATE.fullmatch(part.strip())
        if not match:
            return []
        day = tuple(int(group) for group in match.groups() if group)
        if len(day) > 1 and not 1 <= day[1] <= 12:
            return []
        if day[0] < 1 or (len(day) > 2 and not 1 <= day[2] <= calendar.monthrange(day[0], day[1])[1]):
            return []
        dates.append(day)
    return dates if len(dates) < 2 or (len(dates) == 2 and dates[0] < dates[1]) else []


def last_day(text: str) -> str:
    """Return the last day of a date or a range, as YYYY-MM-DD, so that dates of any precision can be compared."""
    year, *rest = parse_dates(text)[-1]
    month = rest[0] if rest else 12
    return f"{year:04}-{month:02}-{rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1]:02}"


def year_of(text: str) -> float:
    """Return a date as a year with its fraction, in the middle of a month or a year of which no day is given."""
    year, *rest = parse_dates(text)[0]
    if not rest:
        return year + 0.5
    month = rest[0]
    days = calendar.monthrange(year, month)[1]
    before = sum(calendar.monthrange(year, m)[1] for m in range(1, month))
    return year + (before + (rest[1] - 1 if len(rest) > 1 else days / 2)) / (366 if calendar.isleap(year) else 365)


def days_between(earlier: str, later: str) -> int:
    """Return the days from one ISO date to another; 0 if one of them is not a date."""
    first, last = parse_day(earlier), parse_day(later)
    return (last - first).days if first and last else 0


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """One date of publication, or one end of a range."""

    year: int  #: 0 is 1 BC, -43 is 44 BC; of a masked year the first
    month: int = 0  #: 1 to 12, a season 21 to 24, or 0
    day: int = 0
    masked: int = 0  #: how many last digits of the year are not known: 195X has one
    qualifier: str = ""  #: `~` about, `?` uncertain, `%` both

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return year, month and day as far as they are known."""
        return (self.year, *(n for n in (self.month, self.day) if n))

    def words(self, *, era: bool = True) -> str:
        """Return `1 October 1953`, `c. 1950`, `1950s`, `44 BC`; without `era`, a year before Christ is its number."""
        parts = [str(self.day)] if self.day else []
        parts += [_SEASONS.get(self.month) or MONTHS[self.month - 1]] if self.month else []
        about = "c. " if self.qualifier in ("~", "%") else ""
        return about + " ".join((*parts, self._year(era))) + ("?" if self.qualifier in ("?", "%") else "")

    def _year(self, era: bool) -> str:
        if self.masked:
            return f"{self.year}s" if self.masked == 1 else f"{self.year}–{self.year + 99}"
        if self.year < 1:
            return f"{1 - self.year} BC" if era else str(1 - self.year)
        return f"AD {self.year}" if self.year < 100 else str(self.year)


def publication_dates(text: str) -> tuple[PublicationDate | str, ...]:
    """Return one date or the two ends of a range, an open end as `..`, an unknown one as ``; () if it is not a date."""
    sides = text.split("/")
    ends = tuple(side if side in _OPEN else _publication_date(side) for side in sides)
    dates = [end for end in ends if isinstance(end, PublicationDate)]
    if None in ends or len(ends) > 2 or not dates:
        return ()
    if len(dates) == 2 and not dates[0].numbers < dates[1].numbers:
        return ()
    return tuple(end for end in ends if end is not None)


def date_words(text: str) -> str:
    """Return a date of publication as a reader sees it, `1950–1953`, `c. 1950`, `since 1950`; other text as it is."""
    return _joined(publication_dates(text)) or text


def year_words(text: str) -> str:
    """Return the year or years of a date, `1950–1953`, `1950s`; other text as it is."""
    years = [_year_of(end) if isinstance(end, PublicationDate) else end for end in publication_dates(text)]
    return _joined(tuple(dict.fromkeys(years))) or text


def date_sort_key(text: str) -> tuple[int, ...]:
    """Return what dates of publication are sorted by: the numbers of the first that is known."""
    return next((end.numbers for end in publication_dates(text) if isinstance(end, PublicationDate)), ())


def _year_of(date: PublicationDate) -> PublicationDate:
    return PublicationDate(date.year, masked=date.masked, qualifier=date.qualifier)


def _publication_date(text: str) -> PublicationDate | None:
    match = _EDTF.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, qualifier = match.groups()
    masked = year.count("X")
    number = int(year.replace("X", "0"))
    months, days = _known(month), _known(day)
    in_year = not month or (not masked and (month == "XX" or 1 <= months <= 12 or (months in _SEASONS and not day)))
    in_month = not day or day == "XX" or (1 <= months <= 12 and 1 <= days <= _days(number, months))
    if year == "-0000" or not in_year or not in_month:
        return None
    return PublicationDate(number, months, days, masked, qualifier)


def _known(digits: str | None) -> int:
    return int(digits) if digits and digits != "XX" else 0


def _days(year: int, month: int) -> int:
    # monthrange refuses years before 1
    return calendar.monthrange(2000 if calendar.isleap(year) else 2001, month)[1]


def _joined(ends: tuple[PublicationDate | str, ...]) -> str:
    if len(ends) < 2:
        return ends[0].words() if ends and isinstance(ends[0], PublicationDate) else ""
    first, last = ends
    if not isinstance(first, PublicationDate):
        assert isinstance(last, PublicationDate)
        return f"until {last.words()}" if first == ".." else f"?–{last.words()}"
    if not isinstance(last, PublicationDate):
        return f"since {first.words()}" if last == ".." else f"{first.words()}–?"
    left, right = first.words(era=last.year > 0), last.words()
    plain = all(re.fullmatch(r"(?:c\. )?\d+s?\??", words) for words in (left, right.removesuffix(" BC")))
    return f"{left}{'–' if plain else ' – '}{right}"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
