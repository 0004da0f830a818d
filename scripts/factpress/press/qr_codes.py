"""QR codes as drawing operators of SVG: exact squares, which print sharp at any size.

The path is made here because segno writes whole SVG elements only, without the title that a code needs.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from factpress.files.atomic import write_atomically

QUIET_ZONE = 4  #: modules of white that a reader of codes needs on each side
LARGE_VERSION = (
    7  #: version from which less is spent on error correction: a larger code is harder to hold a telephone over
)


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code: how many modules each side has with the quiet zone, and the path that strokes its rows."""

    side: int
    path: str

    @property
    def dark(self) -> int:
        """Return how many modules each side has without the quiet zone."""
        return self.side - 2 * QUIET_ZONE


_drawn_codes: dict[str, QrCode] = {}
_loaded: dict[str, QrCode] = {}


def qr_code(text: str) -> QrCode:
    """Return the code of a text: error correction level M, which restores 15 % of it, or L for a long one."""
    if text not in _drawn_codes:
        _drawn_codes[text] = _loaded.get(text) or _draw(text)
    return _drawn_codes[text]


def load_cache(file: Path) -> None:
    """Take over the codes that were drawn for an earlier edition; a file that cannot be read is not missed.

    Those of another book that this process made are forgotten.
    """
    _drawn_codes.clear()
    _loaded.clear()
    with suppress(OSError, ValueError, TypeError, KeyError):
        cached = json.loads(file.read_text(encoding="utf-8"))
        if cached["made_by"] == _cache_key():
            _loaded.update({text: QrCode(int(side), str(path)) for text, (side, path) in cached["codes"].items()})


def save_cache(file: Path) -> None:
    """Write the codes that were asked for, for the next edition; drawn anew, they take a tenth of a small edit."""
    codes = {text: (code.side, code.path) for text, code in sorted(_drawn_codes.items())}
    write_atomically(file, json.dumps({"made_by": _cache_key(), "codes": codes}))


def _cache_key() -> str:
    return f"segno {version('segno')}, {QUIET_ZONE}, {LARGE_VERSION}"


def _draw(text: str) -> QrCode:
    import segno

    made = segno.make(text, error="m", micro=False, boost_error=False)
    if int(made.version) > LARGE_VERSION:
        made = segno.make(text, error="l", micro=False, boost_error=False)
    rows = list(made.matrix)
    path = "".join(f"M{QUIET_ZONE} {QUIET_ZONE + y}.5{_row(row)}" for y, row in enumerate(rows))
    return QrCode(len(rows) + 2 * QUIET_ZONE, path)


def _row(row: bytes | bytearray) -> str:
    """Return the strokes of one row: to the right over dark modules, without ink over light ones."""
    runs = [(dark, len(list(run))) for dark, run in groupby(row)]
    if not runs[-1][0]:
        runs.pop()
    return "".join(f"h{length}" if dark else f"m{length} 0" for dark, length in runs)
