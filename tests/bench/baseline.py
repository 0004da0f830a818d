"""Write the same book for plain Sphinx, and say which commands publish it.

The plain stack has no claims, so what ours computes is typed out here as ordinary paragraphs: the marks,
the entries and the register, in the same words. Sources of evidence are plain words too and not citations,
which makes the baseline quicker than a book written with a citation role for each.
"""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pybtex.database import BibliographyData, Entry, parse_file
from ruamel.yaml import YAML

from factpress.model.vocabulary import Consulted, Verdict

STATE = "Drafted with a machine’s help, not yet checked by a person."

CONF = """\
project = "A generated booklet"
author = copyright = "The factpress contributors"
version = "0.1.0"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx.ext.duration"]
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "plain"
html_theme = "alabaster"
"""
# "important", because the theme's own rules win otherwise; and a float around the text makes the layout
# of every page measure the whole book: 70 times slower
PRINT = """\
@page { size: A5; margin: 20mm 18mm; @bottom-center { content: counter(page); font: 8pt Text } }
html, div.body { font: 9.7pt/13.4pt Text, serif !important; color: black !important }
div.document, div.documentwrapper, div.bodywrapper, div.body {
  float: none !important; width: auto !important; min-width: 0 !important; max-width: none !important;
  margin: 0 !important; padding: 0 !important }
div.body p { text-align: justify; hyphens: auto }
div.body h1, div.body h2, div.body h3 {
  font-family: Text, serif !important; line-height: 1.2; margin: 1em 0 0.5em !important }
div.toctree-wrapper > section, div.toctree-wrapper > span + section { break-before: page }
div.sphinxsidebar, div.footer, a.headerlink { display: none !important }
"""
FACES = {"Regular": "", "It": "font-style: italic", "Bold": "font-weight: bold"}  #: the face of our own book
TYPES = {"report": "techreport", "treaty": "misc", "online": "misc", "thesis": "phdthesis"}


def write_baseline(book: Path, out: Path, *, narrative_only: bool = False) -> None:
    """Write the booklet at `book` to `out` as a project for plain Sphinx.

    With `narrative_only` it has the words of the printed booklet: no entries of claims and no register.
    """
    out.mkdir(parents=True)
    sources = parse_file(book / "references.bib")
    _plain_types(sources).to_file(out / "references.bib", "bibtex")
    claims: dict[str, dict[str, Any]] = {}
    entries: dict[str, str] = {}
    for file in sorted((book / "docs/claims").glob("[0-9]*.yaml")):
        found = YAML(typ="safe").load(file)
        claims |= {claim["id"]: claim for claim in found}
        entries[file.stem] = "\n".join(_entry(claim, sources) for claim in found)
    chapters = sorted((book / "docs/chapters").glob("*.md"))
    (out / "chapters").mkdir()
    for file in chapters:
        of_chapter = "" if narrative_only else entries[file.stem]
        text = _chapter(file.read_text(encoding="utf-8"), claims, of_chapter)
        (out / "chapters" / file.name).write_text(text, encoding="utf-8")
    register = "\n\n".join(f"{_mark(c)} {c['claim']} {STATE}" for c in claims.values())
    pages = {
        "conf.py": CONF,
        "print.css": _faces() + PRINT,
        "register.md": f"# Claims register\n\n{register}\n",
        "references.md": "# References\n\n```{bibliography}\n```\n",
        "index.md": "# A generated booklet\n\n```{toctree}\n:glob:\n\nchapters/*\nregister\nreferences\n```\n",
    }
    if narrative_only:
        del pages["register.md"]
        pages["index.md"] = pages["index.md"].replace("register\n", "")
    for name, text in pages.items():
        (out / name).write_text(text, encoding="utf-8")


def commands(out: Path) -> dict[str, list[str]]:
    """Return the commands of the plain stack, in the order in which they are run."""
    build = out / "_build"

    def sphinx(builder: str) -> list[str]:
        # doctrees beside the output: inside it, the EPUB builder warns of each of them
        places = ["-d", str(build / f"{builder}-doctrees"), str(out), str(build / builder)]
        return [sys.executable, "-m", "sphinx", "-q", "-b", builder, *places]

    page, book = str(build / "singlehtml/index.html"), str(build / "book.pdf")
    return {
        "html": sphinx("html"),
        "epub": sphinx("epub"),
        "singlehtml": sphinx("singlehtml"),
        "weasyprint": [sys.executable, "-m", "weasyprint", "-q", "-s", str(out / "print.css"), page, book],
    }


def _faces() -> str:
    package = find_spec("font_source_serif_pro")
    assert package and package.origin
    folder = Path(package.origin).parent / "files"
    rules = ((style, folder / f"SourceSerifPro-{cut}.otf") for cut, style in FACES.items())
    return "".join(
        f'@font-face {{ font-family: Text; {style}; src: url("{file.as_uri()}") }}\n' for style, file in rules
    )


def _plain_types(sources: BibliographyData) -> BibliographyData:
    """Return the sources with types and dates that BibTeX's plain style knows."""
    plain = BibliographyData()
    for key, entry in sources.entries.items():
        fields = dict(entry.fields.items())
        if "date" in fields:
            fields["year"] = fields.pop("date")[:4]
        plain.add_entry(key, Entry(TYPES.get(entry.type, entry.type), fields, entry.persons))
    return plain


def _chapter(text: str, claims: dict[str, dict[str, Any]], entries: str) -> str:
    text = text.replace("{.subtitle}\n", "")
    text = re.sub(r"^:::\{objectives\}\n(.*?)^:::$", r"\1", text, flags=re.M | re.S)
    text = re.sub(r"^:::\{claim-entries\}\n:::$", lambda _: entries, text, flags=re.M)
    text = re.sub(r"^:::\{article-said\} (.*)\n:::$", lambda found: _said(_claims(found, claims)), text, flags=re.M)
    return re.sub(r"\{claim\}`([^`]*)`", lambda found: " ".join(_mark(c) for c in _claims(found, claims)), text)


def _claims(found: re.Match[str], claims: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [claims[id_.strip()] for id_ in found[1].split(",")]


def _mark(claim: dict[str, Any]) -> str:
    verdict = Verdict(claim["finding"]["verdict"])
    return rf"\[{claim['id']} {verdict.glyph} {verdict.word}\]"


def _said(claims: list[dict[str, Any]]) -> str:
    rows = (f"{claim['id']}. {claim['claim']} {claim['finding']['statement']}" for claim in claims)
    return "\n\n".join(["The article said, the sources say", *rows])


def _entry(claim: dict[str, Any], sources: BibliographyData) -> str:
    finding = claim["finding"]
    verdict = Verdict(finding["verdict"])
    parts = [f"{claim['id']} {verdict.glyph} {verdict.word}. {STATE}", claim["claim"], finding["statement"]]
    parts += [finding["reasoning"]]
    if "correction" in finding:
        parts.append(f"It should read: {finding['correction']}")
    if "searched" in finding:
        parts.append(f"Where we looked: {', '.join(finding['searched'])}.")
    for item in finding.get("evidence", ()):
        source = sources.entries[item["source"]]
        name = " ".join(source.persons["author"][0].last_names).strip("{}")
        consulted = Consulted(item["consulted"]).words
        parts.append(
            f"{item['stance'].capitalize()}: {name}, *{source.fields['title'].strip('{}')}*, {item['locator']}. "
            f"{item['says']} “{item['quote']}” {item['grade']} · {consulted} · {item['date']}"
        )
    return "\n\n".join(parts) + "\n"
