"""Makes `docs/figures/land.json`, the shapes of lands that maps are drawn from: Natural Earth, in the public domain.

Run as `nox -s land` after `docs/figures/lands.json` or the parties changed. A state that no longer exists lies where
`lands.json` says, on the land of states of today; the map has today's borders, and its caption says so.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from factpress.files.atomic import write_atomically
from factpress.files.book import read_book
from factpress.problems import ToolError
from factpress.settings import read_settings
from factpress.subjects.treaties.records import treaties_of

PACKAGE = "world-atlas@2.0.2"  #: noxfile.py fetches it
INTEGRITY = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="  #: SHA-512
SMALLEST = 0.2  #: square degrees: a smaller island is not drawn
FINEST = 0.25  #: degrees: nearer points are left out
SOUTHMOST = -60.0  #: what lies south of it is nobody's

Ring = list[tuple[float, float]]


def make(root: Path, package: bytes) -> int:
    """Write the shapes of the lands of a book's parties and of all coasts; return how many parties have one."""
    if base64.b64encode(hashlib.sha512(package).digest()).decode() != INTEGRITY:
        raise ToolError(f"This is not {PACKAGE}.", "Fetch it again with npm.")
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        atlas, coasts = (
            json.loads(archive.extractfile(f"package/{name}-110m.json").read())  # type: ignore[union-attr]
            for name in ("countries", "land")
        )
    shapes = {
        shape["properties"]["name"]: list(_rings(atlas, shape)) for shape in atlas["objects"]["countries"]["geometries"]
    }
    settings = read_settings(root)
    named: dict[str, list[str]] = json.loads((settings.docs / "figures" / "lands.json").read_text(encoding="utf-8"))
    lands = {}
    for party in treaties_of(read_book(settings)[0].study_aids).parties:
        names = named.get(party.id, [party.name.removeprefix("the ")])
        if missing := [name for name in names if name not in shapes]:
            raise ToolError(
                f"The atlas has no {missing[0]}, for {party.id}.", "Name its land in docs/figures/lands.json."
            )
        lands[party.id] = [ring for name in names for ring in _kept(shapes[name], "small")]
    coast = [ring for shape in coasts["objects"]["land"]["geometries"] for ring in _kept(_rings(coasts, shape))]
    data = {"source": f"Natural Earth 1:110m, public domain, from {PACKAGE} (ISC)", "lands": lands, "coast": coast}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("]],", "]],\n")
    write_atomically(settings.docs / "figures" / "land.json", text + "\n")
    return len(lands)


def _rings(topology: Any, shape: Any) -> Iterator[Ring]:
    """Yield the rings of a shape of a TopoJSON file, in degrees."""
    scale, start = topology["transform"]["scale"], topology["transform"]["translate"]
    for polygon in [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]:
        for arcs in polygon:
            ring: Ring = []
            for number in arcs:
                x = y = 0
                arc = []
                for dx, dy in topology["arcs"][number if number >= 0 else ~number]:
                    x, y = x + dx, y + dy
                    arc.append((x * scale[0] + start[0], y * scale[1] + start[1]))
                ring += (arc if number >= 0 else arc[::-1])[1 if ring else 0 :]
            yield ring


def _kept(rings: Iterable[Ring], islands: str = "") -> Iterator[Ring]:
    """Yield rings with fewer points; of islands only those large enough to be seen, if not `small` ones too."""
    for ring in rings:
        if max(lat for _, lat in ring) > SOUTHMOST and (islands or _area(ring) > SMALLEST):
            thin: Ring = []
            for lon, lat in ring:
                if not thin or abs(lon - thin[-1][0]) + abs(lat - thin[-1][1]) > FINEST:
                    thin.append((round(lon, 1), round(lat, 1)))
            if len(thin) > 2:
                yield thin


def _area(ring: Ring) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


if __name__ == "__main__":
    print(f"{make(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes())} lands in docs/figures/land.json")
