"""States on a map, distinguished by hatch: the world, and below it a part of it with names at its sides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, pi, radians, tan

from factpress.figures.canvas import BASELINE, LINE_HEIGHT, WIDTH, Canvas, spread_labels
from factpress.figures.hatching import HATCHES
from factpress.subjects.treaties.figures.data import MapStates

PATTERNS = ("rising", "upright", "crossed")  #: of the groups, in their order
#: west, south, east, north, in degrees: the Pacific in the middle, and nothing cut in two
WORLD_WINDOW = (-25.0, -56.0, 349.0, 78.0)
NAMES = 78.0  #: width of the names at each side of the part
SWATCH = 16.0
GAP = 8.0
NEAR = 0.5  #: points of a page: nearer ones of a coast are left out

Point = tuple[float, float]


@dataclass(frozen=True)
class MapWindow:
    """A window on the world and its place on the page, in Miller's cylindrical projection."""

    window: Sequence[float]
    left: float
    top: float
    width: float

    @property
    def scale(self) -> float:
        """Return the points of a degree of longitude."""
        return self.width / (self.window[2] - self.window[0])

    @property
    def height(self) -> float:
        """Return the height of the window on the page, in points."""
        return (_miller(self.window[3]) - _miller(self.window[1])) * self.scale

    def at(self, lon: float, lat: float) -> Point:
        """Return the point of the page at a longitude and latitude, in degrees."""
        return self.left + (lon - self.window[0]) * self.scale, self.top + (
            _miller(self.window[3]) - _miller(lat)
        ) * self.scale

    def holds(self, point: Point) -> bool:
        """Return whether a point of the page lies in the window."""
        return self.left <= point[0] <= self.left + self.width and self.top <= point[1] <= self.top + self.height

    def ring(self, ring: Sequence[Sequence[float]]) -> list[Point]:
        """Return a closed ring on the page, whole on one side of the world, without points too near to be seen."""
        turned = [ring[0][0]]
        for lon, _ in ring[1:]:
            # from 179 to -179 is a step of two degrees, not one around the world
            turned.append(lon + 360 * round((turned[-1] - lon) / 360))
        turn = 360.0 if sum(turned) / len(turned) < WORLD_WINDOW[0] else 0.0
        points: list[Point] = []
        for lon, (_, lat) in zip(turned, ring, strict=True):
            x, y = self.at(lon + turn, lat)
            if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) > NEAR:
                points.append((x, y))
        return [*points, points[0]]


def draw(places: MapStates) -> Iterator[Canvas]:
    """Yield the one page: groups, the world, the part."""
    land = json.loads(places.land)
    top = len(places.groups) * LINE_HEIGHT + GAP
    world = MapWindow(WORLD_WINDOW, 0.0, top, WIDTH)
    part = MapWindow(places.detail, NAMES, top + world.height + GAP, WIDTH - 2 * NAMES) if places.detail else None
    page = Canvas(top + world.height + (GAP + part.height if part else 0) + 2)
    for number, (group, hatch) in enumerate(zip(places.groups, PATTERNS, strict=False)):
        page.box(0, number * LINE_HEIGHT + 1.5, SWATCH, 8.0, hatch=hatch)
        page.text(SWATCH + 4, number * LINE_HEIGHT, f"tied by a treaty {group}")
    hatches = dict(zip(places.groups, PATTERNS, strict=False))
    for view in filter(None, (world, part)):
        page.strokes(list(_clipped(view, [view.ring(ring) for ring in land["coast"]])), 0.35)
        for row in places.rows:
            rings = [view.ring(ring) for ring in land["lands"].get(row.party, ())]
            page.strokes([line for line in _hatched(hatches[row.group], rings, view) if line[0] != line[1]], 0.45)
            if view is part:
                page.strokes(list(_clipped(view, rings)), 0.35)
    if part:
        page.box(part.left, part.top, part.width, part.height)
        corner, end = world.at(part.window[0], part.window[3]), world.at(part.window[2], part.window[1])
        page.box(*corner, end[0] - corner[0], end[1] - corner[1])
        _names(page, part, places, land["lands"])
    yield page


def _names(page: Canvas, view: MapWindow, places: MapStates, lands: dict[str, list[Sequence[Sequence[float]]]]) -> None:
    """Write the names of the states that lie in the part at its sides, each with a line to the middle of its land."""
    sides: tuple[list[tuple[float, float, str]], ...] = ([], [])
    for row in places.rows:
        inside = [point for ring in lands.get(row.party, ()) for point in view.ring(ring) if view.holds(point)]
        if inside:
            x, y = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            sides[x > view.left + view.width / 2].append((y, x, row.name))
    for side, names in enumerate(sides):
        # names beside each other in height: the farther land first, so that their lines do not cross
        names.sort(key=lambda name: (round(name[0] / LINE_HEIGHT), name[1] if side else -name[1]))
        tops = spread_labels([y for y, *_ in names], [LINE_HEIGHT] * len(names), 1.0, view.top + view.height)
        for (y, x, name), top in zip(names, (max(top, view.top) for top in tops), strict=True):
            edge = view.left + view.width + 3 if side else view.left - 3
            page.line((edge, top + BASELINE - 2.8), (x, y), width=0.5)
            page.dot(x, y, 2.6)
            page.text(edge + (2 if side else -2), top, name, align="left" if side else "right")


def _clipped(view: MapWindow, rings: Sequence[Sequence[Point]]) -> Iterator[list[Point]]:
    """Yield the parts of rings that lie in a window."""
    for ring in rings:
        run: list[Point] = []
        for point in ring:
            if view.holds(point):
                run.append(point)
            else:
                if len(run) > 1:
                    yield run
                run = []
        if len(run) > 1:
            yield run


def _hatched(name: str, rings: Sequence[Sequence[Point]], view: MapWindow) -> Iterator[tuple[Point, Point]]:
    """Yield the lines of a hatch inside rings and a window: from each odd crossing with a ring to the next."""
    for slope, distance in HATCHES[name]:
        # turned so that the lines of the hatch are those of one u; v runs along them
        step = distance * 0.8 * (2**0.5 if slope else 1)
        turned = [[(x + slope * y, y) for x, y in ring] for ring in rings]
        crossings: dict[int, list[float]] = {}
        for ring in turned:
            for (u, v), (w, t) in pairwise(ring):
                low, high = (u, w) if u < w else (w, u)
                for number in range(int(low // step) + 1, int(high // step) + 1):
                    crossings.setdefault(number, []).append(v + (t - v) * (number * step - u) / (w - u))
        for number, meets in sorted(crossings.items()):
            for first, last in zip(*[iter(sorted(meets))] * 2, strict=False):
                yield from _inside(view, number * step, slope, first, last)


def _inside(view: MapWindow, u: float, slope: int, first: float, last: float) -> Iterator[tuple[Point, Point]]:
    """Yield the part of a line that lies in the window, if any."""
    sides = ((u - view.left) / slope, (u - view.left - view.width) / slope) if slope else (-1e9, 1e9)
    if not slope and not view.left <= u <= view.left + view.width:
        return
    low, high = max(first, view.top, min(sides)), min(last, view.top + view.height, max(sides))
    if high - low > 0.3:
        yield (u - slope * low, low), (u - slope * high, high)


def _miller(lat: float) -> float:
    """Return the height of a latitude above the equator in degrees of longitude."""
    return 180 / pi * 1.25 * log(tan(pi / 4 + 0.4 * radians(lat)))
