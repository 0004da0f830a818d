"""The date of an edition: never the clock's, so that the same input gives the same bytes."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

from factpress.model.dates import parse
from factpress.problems import FileError, UsageError
from factpress.settings import Settings

_HEADING = re.compile(r"^##\s.*?(\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)


def edition_date(settings: Settings) -> str:
    """Return the ISO date of SOURCE_DATE_EPOCH, else that of the newest heading of CHANGELOG.md.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is not a number of seconds.
        FileError: CHANGELOG.md cannot be read, or has no heading with a date.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(
                f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds.", "Unset it or correct it."
            ) from error
    try:
        dates = _headings(settings)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"CHANGELOG.md cannot be read: {why}.", "The edition takes its date from it.") from error
    if not dates:
        raise FileError(
            "CHANGELOG.md has no dated heading.", "Give the newest change a heading like `## 0.1.0 – 2026-11-23`."
        )
    return max(dates)[0]


def newest_heading(settings: Settings) -> tuple[str, int] | None:
    """Return date and line of the newest heading of CHANGELOG.md; None where there is none to be read."""
    try:
        return max(_headings(settings), key=lambda found: found[0], default=None)
    except (OSError, UnicodeDecodeError):
        return None


def _headings(settings: Settings) -> list[tuple[str, int]]:
    text = (settings.root / "CHANGELOG.md").read_text(encoding="utf-8-sig")
    found = ((match[1], text.count("\n", 0, match.start()) + 1) for match in _HEADING.finditer(text))
    return [(date, line) for date, line in found if parse(date)]
