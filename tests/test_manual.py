"""The handbook builds without a warning, and what it names is there."""

from __future__ import annotations

import importlib
import re
from dataclasses import fields
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from factpress.model.links.state import State
from factpress.rules import RULES
from factpress.settings import Settings

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "manual"
PAGES = [*sorted(MANUAL.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
NAME = re.compile(r"`(factpress(?:\.\w+)+)`")
FILE = re.compile(r"`((?:docs|tests|scripts|build)/[\w./-]*|[\w-]+\.(?:toml|bib|py|lock|md))`")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("manual")
    with docutils_namespace():
        app = Sphinx(MANUAL, MANUAL, out / "html", out / "doctrees", "html", warningiserror=True, status=None)
        app.build()
    return out / "html"


def test_the_rules_page_has_every_rule(built: Path) -> None:
    page = (built / "rules.html").read_text(encoding="utf-8")
    assert set(re.findall(r'id="rule-([\w-]+)"', page)) == set(RULES)


def test_the_first_page_is_how_a_claim_travels(built: Path) -> None:
    index = (built / "index.html").read_text(encoding="utf-8")
    first = re.search(r'class="toctree-l1"><a class="reference internal" href="([^"]+)"', index)
    assert first is not None and first[1] == "how-a-claim-travels.html"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_in_backticks_is_there(page: Path) -> None:
    for name in sorted(set(NAME.findall(page.read_text(encoding="utf-8")))):
        assert resolves(name), f"{page.name}: {name}"


def resolves(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        return hasattr(importlib.import_module(module), attribute)
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_in_backticks_is_there(page: Path) -> None:
    for name in sorted(set(FILE.findall(page.read_text(encoding="utf-8")))):
        beside = [folder / name for folder in (ROOT, ROOT / "docs" / "claims", ROOT / "tests")]
        # what stands in build/ is made by the commands
        assert name.startswith("build/") or any(path.exists() for path in beside), f"{page.name}: {name}"


def test_the_settings_page_has_every_setting_with_its_default() -> None:
    page = (MANUAL / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", page, re.MULTILINE))
    known = {f.name.replace("_", "-"): f.default for f in fields(Settings) if f.name != "root"}
    assert rows.keys() == known.keys()
    for name, default in known.items():
        words = "none" if default in ("", ()) else str(default).lower() if isinstance(default, bool) else str(default)
        assert rows[name].strip("` ") == words


def test_the_states_of_links_are_all_told_with_when_they_are_asked_again() -> None:
    page = (MANUAL / "recorded-links.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| [^|]+ \| ([^|]+) \|", page, re.MULTILINE))
    assert set(rows) == set(State)
    for state in State:
        days, jitter = state.row.interval, state.row.jitter
        said = "never" if days is None else f"{days} days" if days else "at once"
        assert rows[state] == (f"{days - jitter} to {days + jitter} days" if days and jitter else said)
