"""Who may import whom (DESIGN §3): downwards only, and heavy parts only where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "factpress"
MODULES = sorted(path.relative_to(PACKAGE.parent).with_suffix("").parts for path in PACKAGE.rglob("*.py"))

#: beside the model: the package itself with its version, and what every room may use
BASE = {"", "escaping", "problems", "rules", "settings", "volumes", "model"}
#: room: the rooms that it may import, each with its sub-rooms; a sub-room that is not here is as free as its room
BELOW = {
    "": set(),
    "rules": set(),
    "escaping": set(),
    "collation": set(),
    "model.place": set(),
    "model": {"model.place"},
    "problems": {"escaping", "rules", "model.place"},
    "settings": {"escaping", "problems", "rules", "model"},
    "volumes": {"settings"},
    "subjects": BASE | {"files", "checks", "figures", "sphinxext"},
    "files": BASE,
    "reporting": BASE,
    "doctor": BASE,
    "processes": set(),
    "press.fonts": {"problems", "settings", "files"},
    "press": {"", "problems", "rules", "settings", "processes", "files", "model.place", "press.fonts"},  # no claims
    "figures": BASE | {"files", "press"},  # press for the files of the faces
    "checks": BASE | {"files", "press.fonts"},  # for the characters that the faces have
    "links.http": {"", "problems", "model"},
    "links.page": {"", "problems", "model", "links.http"},
    "links.registries": {"", "problems", "model", "links.http", "links.page"},
    "links": BASE | {"files", "reporting", "links.http", "links.page", "links.registries"},
    "sphinxext": BASE | {"collation", "files", "press"},
    "build": BASE | {"processes", "files", "press", "sphinxext"},
    "desk": BASE | {"files", "checks", "press", "sphinxext"},  # press for worksheets
    "importer": BASE | {"files"},
    "maintenance": BASE | {"files", "press", "figures", "subjects"},
    "cli": BASE
    | {"files", "reporting", "doctor", "press", "figures", "checks", "links", "sphinxext", "build", "desk"}
    | {"importer"},
    "__main__": {"cli"},
}
OWNERS = {
    **{part: {"sphinxext", "subjects", "build"} for part in ("sphinx", "sphinxcontrib")},
    # files reads pages with MyST's own parser, and directives with docutils' converters; neither loads Sphinx
    **{part: {"sphinxext", "subjects", "build", "files"} for part in ("myst_parser", "docutils", "pygments")},
    "imagesize": {"files"},
    "icu": {"collation"},
    **{part: {"desk"} for part in ("starlette", "uvicorn", "jinja2", "markupsafe", "python_multipart")},
    "matplotlib": {"figures", "maintenance"},
    **{part: {"press"} for part in ("weasyprint", "pikepdf", "pypdfium2", "segno")},
    "fontTools": {"press", "maintenance"},
    **{part: {"links"} for part in ("requests", "httpx", "httpx2", "httpcore2", "urllib3")},
    **{part: {"links"} for part in ("urllib.request", "http.client", "pypdf", "rapidfuzz")},
    "lxml": {"links", "importer"},
    **{part: {"importer"} for part in ("sentencex", "trafilatura", "mammoth")},
}


def room(parts: tuple[str, ...]) -> str:
    """Return the innermost room of BELOW that holds a module of the package, given by the parts of its name."""
    inside = [part for part in parts[1:] if part not in ("__init__", "__version__")]
    names = (".".join(inside[:length]) for length in range(len(inside), 1, -1))
    return next((name for name in names if name in BELOW), inside[0] if inside else "")


def allowed(here: str, there: str) -> bool:
    return here == there or any(f"{there}.".startswith(f"{below}.") for below in BELOW[here] if below or not there)


def imports(module: tuple[str, ...]) -> Iterator[str]:
    path = PACKAGE.parent.joinpath(*module).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{'.'.join(module)} imports by a relative path"
            yield node.module or ""
            if node.module == "factpress":
                yield from (f"factpress.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=".".join)
def test_imports_point_downwards(module: tuple[str, ...]) -> None:
    here, top = room(module), room(module).partition(".")[0]
    for name in imports(module):
        parts = tuple(name.split("."))
        if parts[0] == "factpress":
            assert allowed(here, room(parts)), f"{here or 'the package'} imports {name}"
        for part, owners in OWNERS.items():
            assert top in owners or not f"{name}.".startswith(f"{part}."), f"{here} imports {name}"
        if top in ("model", "escaping", "rules", "problems", "processes", "settings", "checks"):
            assert parts[0] in sys.stdlib_module_names | {"factpress"}, f"{here} imports {name}"


def test_every_room_is_known_and_no_name_is_of_none() -> None:
    assert {room(module) for module in MODULES} == set(BELOW)


def test_every_module_imports_and_none_needs_itself() -> None:
    """Together: each imports alone. What a function imports, or a type checker, is needed by nobody's import."""
    names = [".".join(part for part in m if part != "__init__") for m in MODULES if m[-1] != "__main__"]
    script = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", script, *names], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    TopologicalSorter({name: set(_at_once(name, names)) for name in names}).prepare()  # CycleError names the circle


def _at_once(name: str, names: list[str]) -> Iterator[str]:
    """Yield the modules of ours that are imported while this one is, each by its own name."""
    path = PACKAGE.parent.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [part for part in parts if part in names]
            yield from modules if len(modules) == len(parts) else [*modules, node.module]
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)


def test_nothing_else_lies_beside_the_package() -> None:
    assert [path.name for path in PACKAGE.parent.iterdir() if path.name != "__pycache__"] == ["factpress"]


def test_reading_the_book_loads_no_sphinx() -> None:
    script = (
        "import sys; from factpress.files.markdown import parse_page; parse_page('# A', 'docs/a.md');"
        "assert 'myst_parser' in sys.modules; "
        "print(*[name for name in sys.modules if name.partition('.')[0] == 'sphinx'])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
