"""QR codes as drawing operators of SVG: exact squares, which print sharp at any size."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from factpress.files.atomic import write_atomically

QUIET = 4  #: modules of white that a reader of codes needs on each side
LARGE = 7  #: version from which less is spent on mending: a larger code is harder to hold a telephone over


@dataclass(frozen=True, slots=True)
class Code:
    """A code: how many modules each side has with the quiet zone, and the path that strokes its rows."""

    side: int
    path: str

    @property
    def dark(self) -> int:
        """Return how many modules each side has without the quiet zone."""
        return self.side - 2 * QUIET


_made: dict[str, Code] = {}
_recalled: dict[str, Code] = {}


def qr(text: str) -> Code:
    """Return the code of a text: level M, which mends fifteen of a hundred signs, or L for a long one."""
    if text not in _made:
        _made[text] = _recalled.get(text) or _drawn(text)
    return _made[text]


def recall(file: Path) -> None:
    """Take over the codes that were drawn for an earlier edition; a file that cannot be read is as good as none."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["made_by"] == _maker():
            _recalled.update({text: Code(int(side), str(path)) for text, (side, path) in kept["codes"].items()})


def remember(file: Path) -> None:
    """Write the codes that were asked for, for the next edition; drawn anew, they take a tenth of a small edit."""
    codes = {text: (code.side, code.path) for text, code in sorted(_made.items())}
    write_atomically(file, json.dumps({"made_by": _maker(), "codes": codes}))


def _maker() -> str:
    return f"segno {version('segno')}, {QUIET}, {LARGE}"


def _drawn(text: str) -> Code:
    import segno

    made = segno.make(text, error="m", micro=False, boost_error=False)
    if int(made.version) > LARGE:
        made = segno.make(text, error="l", micro=False, boost_error=False)
    rows = list(made.matrix)
    path = "".join(f"M{QUIET} {QUIET + y}.5{_row(row)}" for y, row in enumerate(rows))
    return Code(len(rows) + 2 * QUIET, path)


def _row(row: bytes | bytearray) -> str:
    """Return the strokes of one row: to the right over dark modules, without ink over light ones."""
    runs = [(dark, len(list(run))) for dark, run in groupby(row)]
    if not runs[-1][0]:
        runs.pop()
    return "".join(f"h{length}" if dark else f"m{length} 0" for dark, length in runs)
