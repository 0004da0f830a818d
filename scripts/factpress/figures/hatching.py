"""Hatches as plain lines, which every SVG renderer and copier shows; patterns are not drawn by all."""

from __future__ import annotations

from collections.abc import Iterator

Line = tuple[tuple[float, float], tuple[float, float]]

LEVEL = 2  #: stands for horizontal lines; not a slope

#: by name: slope of the lines (0: upright, LEVEL: lying) and their distance in points; several may stand together
HATCHES: dict[str, tuple[tuple[int, float], ...]] = {
    "rising": ((1, 3.0),),
    "falling": ((-1, 3.0),),
    "crossed": ((1, 3.4), (-1, 3.4)),
    "upright": ((0, 2.4),),
    "wide": ((1, 7.0),),
    "level": ((LEVEL, 2.4),),
}


def hatch_lines(name: str, x: float, top: float, width: float, height: float) -> Iterator[Line]:
    """Yield the lines of a hatch in a rectangle; hatches of neighbours continue each other."""
    for slope, distance in HATCHES[name]:
        if slope == 0:
            yield from _upright(x, top, width, height, distance)
        elif slope == LEVEL:
            yield from _level(x, top, width, height, distance)
        else:
            yield from _slanting(slope, distance * 2**0.5, x, top, width, height)


def _upright(x: float, top: float, width: float, height: float, distance: float) -> Iterator[Line]:
    at = (x // distance + 1) * distance
    while at < x + width:
        yield (at, top), (at, top + height)
        at += distance


def _level(x: float, top: float, width: float, height: float, distance: float) -> Iterator[Line]:
    at = top + distance / 2  # counted from the rectangle's own top: all rows are alike
    while at < top + height:
        yield (x, at), (x + width, at)
        at += distance


def _slanting(slope: int, step: float, x: float, top: float, width: float, height: float) -> Iterator[Line]:
    # the lines where x + slope * y is a multiple of the step
    ends = (x + slope * top, x + slope * (top + height))
    at = (min(ends) // step + 1) * step
    while at < max(ends) + width:
        # of each line, the part inside: y from where it enters at one side to where it leaves at the other
        sides = ((at - x) / slope, (at - x - width) / slope)
        low, high = max(top, min(sides)), min(top + height, max(sides))
        if high - low > 0.2:
            yield (at - slope * low, low), (at - slope * high, high)
        at += step
