"""The house (guides to its rooms are the docstrings): one name, one meaning; rooms of a size; modules worth a name."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "factpress"
ROOMS = sorted(path.parent for path in PACKAGE.rglob("__init__.py"))
MOST, LEAST = 16, 40  #: modules of a room; lines of a module

#: modules that are shorter than a subject usually is, each with its reason
SHORT = {
    "escaping": "below everything else: the one table of what acts on a terminal",
    "processes": "the first statement of a process of any room",
    "model/place": "below problems and model, which both name it",
    "build/progress": "the seam between a build and a terminal",
    "cli/formatting": "one module a command",
    "cli/links/probe": "one module a command",
    "cli/signing/errata": "one module a command",
    "cli/links/refresh": "one module a command",
    "sphinxext/pictures": "the seam between Sphinx's collecting of pictures and press/pictures",
    "links/page/limits": "a seam: tests take its time away",
    "model/links/redirects": "a subject of its own: addresses that changed for good",
    "sphinxext/blocks/qr_codes": "the seam between Sphinx's nodes and press/qr_codes",
    "press/weasyprint_patches/line_breaking": "one module a patched subject",
    "press/weasyprint_patches/footnotes": "one module a patched subject",
    "press/weasyprint_patches/list_markers": "one module a patched subject",
}


def name_of(path: Path) -> str:
    """Return the path of a module or room from the package, `.` for the package itself."""
    name = path.relative_to(PACKAGE)
    return name.with_suffix("").as_posix() if name.suffix else name.as_posix()


def modules(room: Path) -> list[Path]:
    return sorted(path for path in room.glob("*.py") if path.stem not in ("__init__", "__main__"))


def test_a_class_name_has_one_meaning_in_the_package() -> None:
    places = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name_of(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_a_room_is_of_a_size_and_its_docstring_lists_what_is_in_it(room: Path) -> None:
    assert len(modules(room)) <= MOST
    text = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    listed = set(re.findall(r"`(\w+)`", text)) | set(re.findall(r"^(?:- )?(\w+)", text, re.MULTILINE))
    inside = {path.stem for path in modules(room)} | {path.name for path in ROOMS if path.parent == room}
    assert inside - listed == set()


def test_a_short_module_has_a_reason() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for room in ROOMS for path in modules(room)}
    assert {name for name, count in lines.items() if count < LEAST} - SHORT.keys() == set()
    assert {name for name in SHORT if lines.get(name, LEAST) >= LEAST} == set(), "no reason is needed any more"
