"""Projects that are not books: the extension adds its roles, directives and builder, and touches nothing else."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from workshop import has, text_of

from cleanbook import CLEAN
from needs import need

THEMES = ("alabaster", "furo", "sphinx_rtd_theme", "sphinx_book_theme")
EXAMPLE = Path(__file__).parents[2] / "docs" / "manual" / "sphinx-projects.md"
BLOCK = re.compile(r"^(`{3,})\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
CONF = """project = "Bridges"
author = "A. Writer"
copyright = "2026, A. Writer"
version = "1"
extensions = ["factpress.sphinxext"]
bibtex_bibfiles = ["sources/refs.bib"]
factpress_claims = "sources/ledger"
"""
PAGES = {
    "index.md": "# Bridges\n\nWords.\n\n```{toctree}\none\ntwo\nplain\nregister\n```\n",
    "one.md": "# One\n\nA bridge of stone was opened in 1842 {claim}`C001`, as {cite:p}`holm1851` says[^a].\n\n"
    "> Nobody knows {claim}`C002, C003`, and {claim:term}`toll`.\n\n<b>Own html</b> stays.\n\n[^a]: The note.\n",
    "two.rst": "Two\n===\n\nIn reStructuredText too :claim:`C005`. A :term:`ferry`.\n\n.. glossary::\n\n"
    "   ferry\n      A boat.\n\n"
    ".. raw:: html\n\n   <i>raw stays</i>\n\n.. include:: shared.txt\n",
    "shared.txt": "Words that are included.\n",
    "plain.md": "# Plain\n\nNo marks here.\n",
    "register.md": "# Register\n\n```{claims-register}\n```\n\n## Entries\n\n```{claim-entries}\n```\n\n## Terms\n\n"
    "```{glossary-terms}\n```\n\n## Sources\n\n```{bibliography}\n```\n",
}


def build(source: Path, kind: str, out: Path, *options: str) -> Path:
    """Build a project as anybody does, with every warning an error."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", kind, "-d", str(out / "doctrees")]
    env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [*command, *options, str(source), str(out / kind)],
        env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return out / kind


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project") / "source"
    ledger = root / "sources" / "ledger"
    shutil.copytree(CLEAN / "docs" / "claims", ledger)
    shutil.copy(CLEAN / "references.bib", root / "sources" / "refs.bib")
    (root / "sources" / "back").mkdir()
    shutil.copy(CLEAN.parent / "clean_study" / "docs" / "back" / "glossary.yaml", root / "sources" / "back")
    (root / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in PAGES.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module", params=THEMES)
def site(request: pytest.FixtureRequest, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec(request.param) is None:
        pytest.fail(f"{request.param} is missing; it is in the group `tests` of pyproject.toml")
    return build(source, "html", tmp_path_factory.mktemp(request.param), "-D", f"html_theme={request.param}")


def page(site: Path, name: str) -> Any:
    return html.fromstring((site / name).read_bytes())


def test_marks_open_cards_and_lead_to_entries(site: Path) -> None:
    one = page(site, "one.html")
    marks = one.xpath(f"//a[{has('mark')}]")
    assert [mark.get("href") for mark in marks] == ["register.html#C001", "register.html#C002", "register.html#C003"]
    assert [mark.get("data-card") for mark in marks] == ["card-C001-1", "card-C002-1", "card-C002-1"]
    assert [card.get("id") for card in one.xpath("//details")] == ["card-C001-1", "card-C002-1"]
    assert len(page(site, "two.html").xpath(f"//a[{has('mark')}]")) == 1


def test_every_link_of_a_page_holds(site: Path) -> None:
    ids = {
        name: set(page(site, name).xpath("//@id")) for name in ("one.html", "two.html", "register.html", "plain.html")
    }
    for name in ids:
        for address in page(site, name).xpath(f"//*[{has('mark')} or {has('card')} or {has('entry')}]//@href"):
            file, _, anchor = address.partition("#")
            assert "://" in file or anchor in ids[file or name], f"{name}: {address}"
        for address in page(site, name).xpath("//link/@href | //script/@src"):
            if "://" not in address:
                assert (site / address.partition("?")[0]).is_file(), f"{name}: {address}"


def test_register_entries_and_sources_stand_where_they_are_placed(site: Path) -> None:
    register = page(site, "register.html")
    assert len(register.xpath(f"//table[{has('register')}]//tbody/tr")) == 7
    assert register.xpath(f"//article[{has('entry')}]/@id") == [f"C00{number}" for number in range(1, 8)]
    ids = register.xpath("//@id")
    assert len(ids) == len(set(ids))
    sources = register.xpath(f"//a[{has('src')}]/@href")
    assert len(sources) > 5
    assert {address.removeprefix("#") for address in sources} <= set(ids)


def test_both_glossaries_work(site: Path) -> None:
    (own, *_) = page(site, "two.html").xpath("//a[contains(@href, 'term-ferry')]")
    assert text_of(own) == "ferry"
    ours = page(site, "one.html").xpath("//a[normalize-space() = 'toll']")[0]
    file, _, anchor = ours.get("href").partition("#")
    assert page(site, file).xpath(f"//*[@id='{anchor}']")


def test_script_and_style_are_linked_only_where_marks_and_blocks_stand(site: Path) -> None:
    for name, wanted in (("one.html", True), ("two.html", True), ("register.html", True), ("plain.html", False)):
        linked = [one for one in page(site, name).xpath("//link/@href | //script/@src") if "factpress" in one]
        assert len(linked) == (2 if wanted else 0), name


def test_nothing_of_our_book_or_of_our_rules_enters_it(site: Path) -> None:
    assert page(site, "one.html").xpath("//b[text() = 'Own html']")
    assert page(site, "two.html").xpath("//i[text() = 'raw stays']")
    assert "Words that are included." in text_of(page(site, "two.html"))
    assert not page(site, "one.html").xpath(f"//*[{has('pn')}]")
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search("CC BY|AI-assisted|Source Serif|faces.css", text), file.name
    assert not (site / "claims.json").exists()


def test_its_epub_is_sphinx_own(source: Path, tmp_path: Path) -> None:
    out = build(source, "epub", tmp_path)
    assert (out / "Bridges.epub").is_file()
    assert page(out, "one.xhtml").xpath(f"//a[{has('mark')}]")
    for file in out.rglob("*.xhtml"):
        assert "CC BY" not in file.read_text(encoding="utf-8")


def test_its_pdf_has_its_pages_its_sources_and_its_rights(source: Path, tmp_path: Path) -> None:
    need("pango")
    file = build(source, "pdf", tmp_path) / "bridges.pdf"
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    for words in ("No marks here.", "Own html stays.", "The note.", "Notes of a Builder of Bridges", "C005"):
        assert words in text
    assert b"CC BY" not in file.read_bytes()
    assert "¶" not in text


@pytest.mark.parametrize("kind", ["html", "epub", "pdf", "text", "latex"])
def test_a_project_without_ledger_and_bibliography_builds(kind: str, tmp_path: Path) -> None:
    if kind == "pdf":
        need("pango")
    source = tmp_path / "source"
    source.mkdir()
    conf = 'project = "Words"\nversion = "1"\ncopyright = "2026, me"\nextensions = ["factpress.sphinxext"]\n'
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / "index.rst").write_text("Words\n=====\n\nOnly words.\n", encoding="utf-8")
    out = build(source, kind, tmp_path)
    assert not list(out.glob("_static/factpress*"))


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_the_example_of_the_handbook_builds(kind: str, tmp_path: Path) -> None:
    if kind == "pdf":
        need("pango")
    files = {name: text for _, name, text in BLOCK.findall(EXAMPLE.read_text(encoding="utf-8"))}
    assert set(files) == {"conf.py", "claims/01-bridges.yaml", "index.md"}
    for name, text in files.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    out = build(tmp_path / "source", kind, tmp_path, "-D", "version=1", "-D", "copyright=2026")
    if kind != "pdf":
        index = page(out, "index.html" if kind == "html" else "index.xhtml")
        assert index.xpath(f"//a[{has('mark')}]") and index.xpath("//*[@id='C001']")
    else:
        assert list(out.glob("*.pdf"))
