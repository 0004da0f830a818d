"""What WeasyPrint tags by itself, before anything is repaired: why its tagging is patched."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from one_part import PAGE, switch_off

from factpress.press.layout.log import LayoutLog
from factpress.press.layout.renderer import Renderer, patched_layout, write_pdf
from factpress.press.tagged_pdf.structure import ORIGIN_NAME, walk_elements

STYLE = '@page { size: 105mm 74mm; margin: 10mm } html { font: 11pt/14pt "Source Serif Pro" }'
ITEMS = "".join(f"<li>Item {n} of a list that goes on and on</li>" for n in range(60))


def tagged(folder: Path, faces: Path, body: str) -> list[tuple[str, int | None]]:
    """Return the structure type of each element, and the number of the element of the page that it names."""
    return [(str(e.S)[1:], int(e[ORIGIN_NAME]) if ORIGIN_NAME in e else None) for e in elements_of(folder, faces, body)]


def elements_of(folder: Path, faces: Path, body: str) -> Iterator[pikepdf.Object]:
    """Yield the structure elements of a page."""
    page = folder / "page.html"
    page.write_text(PAGE.format("", body), encoding="utf-8")
    log = LayoutLog(page)
    with patched_layout(log):
        document = Renderer([faces], folder, log).lay_out(page, STYLE)
    with pikepdf.open(io.BytesIO(write_pdf(document, "outer", log))) as pdf:
        yield from walk_elements(pdf.Root.StructTreeRoot.K[0])


def test_weasyprint_alone_begins_every_page_with_new_elements(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = [origin for kind, origin in tagged(tmp_path, faces, f"<ul>{ITEMS}</ul>") if kind == "L"]
    assert len(lists) > 5 and len(set(lists)) == 1 and None not in lists  # one list, and each says so
    switch_off(monkeypatch, "name_origins")
    alone = [origin for kind, origin in tagged(tmp_path, faces, f"<ul>{ITEMS}</ul>") if kind == "L"]
    assert len(alone) > 5 and set(alone) == {None}


def test_weasyprint_alone_tags_every_piece_of_text(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "<h1>One</h1><p>Some <em>text</em> of <b>many</b> kinds.</p>"
    assert Counter(kind for kind, _ in tagged(tmp_path, faces, body))["Span"] == 0
    switch_off(monkeypatch, "leave_out_redundant_tags")
    assert Counter(kind for kind, _ in tagged(tmp_path, faces, body))["Span"] >= 4


def test_weasyprint_alone_names_no_language_of_a_passage(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoted = '<a href="https://example.org"><q><span lang="de">der Krieg</span></q></a>'
    body = f'<p>It says {quoted}.</p><p lang="fr">Oui</p>'
    assert languages(tmp_path, faces, body) == ["de", "fr"]
    switch_off(monkeypatch, "name_languages")
    assert languages(tmp_path, faces, body) == []


def languages(folder: Path, faces: Path, body: str) -> list[str]:
    """Return the languages that structure elements name."""
    return sorted(str(element.Lang) for element in elements_of(folder, faces, body) if "/Lang" in element)
