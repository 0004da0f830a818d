"""What goes on over many pages is one structure element, and a table keeps its cells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from one_part import lay_out_body
from pikepdf import Dictionary, Name, Object, Pdf

STYLE = """
@page { size: 105mm 74mm; margin: 10mm }
html { font: 11pt/14pt "Source Serif Pro" }
"""
LIST = (
    "<section><ul>" + "".join(f"<li>Item {n} of a list that goes on and on</li>" for n in range(60)) + "</ul></section>"
)
PARAGRAPH = "<p>" + " ".join(f"Word {n} of a paragraph that is longer than any page." for n in range(90)) + "</p>"
TABLE = "<table><tr><th>A</th><th>B</th></tr><tr><td></td><td>2</td></tr><tr><td>3</td><td></td></tr></table>"
ROWS = "".join(f"<tr><th scope=row>Row {n}</th><td>what stands in it</td></tr>" for n in range(40))
LONG_TABLE = f"<table>{{}}<thead><tr><th>Name</th><th>{{}}</th></tr></thead><tbody>{ROWS}</tbody>{{}}</table>"


@pytest.fixture
def laid_out(tmp_path: Path, faces: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(_pdf(tmp_path, faces, LIST + PARAGRAPH + TABLE)) as pdf:
        yield pdf


def _pdf(folder: Path, faces: Path, body: str) -> Path:
    return lay_out_body(folder, faces, f'<h1 id="here">Long</h1>{body}', STYLE)


def _of(pdf: Pdf, kind: str) -> list[Object]:
    found, waiting = [], list(pdf.Root.StructTreeRoot.K)
    while waiting:
        tag = waiting.pop()
        found += [tag] if Name(f"/{kind}") == tag.S else []
        waiting += [kid for kid in tag.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]
    return found


def test_a_list_over_many_pages_is_one(laid_out: Pdf) -> None:
    (whole,) = _of(laid_out, "L")
    assert len(whole.K) == 60
    assert len({kid.Pg.objgen for kid in whole.K}) > 5
    assert all(kid.P.objgen == whole.objgen for kid in whole.K)


def test_a_paragraph_over_many_pages_is_one_that_its_marks_name(laid_out: Pdf) -> None:
    (whole,) = (tag for tag in _of(laid_out, "P") if len(tag.K) > 30)
    pages = {kid.Pg.objgen for kid in whole.K if isinstance(kid, Dictionary)}
    assert len(pages) > 3
    parents = pikepdf.NumberTree(laid_out.Root.StructTreeRoot.ParentTree)
    for kid in whole.K:
        page, number = (kid.Pg, int(kid.MCID)) if isinstance(kid, Dictionary) else (whole.Pg, int(kid))
        assert parents[int(page.StructParents)][number].objgen == whole.objgen


def test_a_table_over_many_pages_is_one_with_one_head(tmp_path: Path, faces: Path) -> None:
    with pikepdf.open(_pdf(tmp_path, faces, LONG_TABLE.format("<caption>Names</caption>", "Contents", ""))) as pdf:
        (whole,) = _of(pdf, "Table")
        caption, head, body = whole.K
        assert Name.Caption == caption.S
        assert (head.S, len(head.K), body.S, len(body.K)) == (Name.THead, 1, Name.TBody, 40)
        assert len({row.Pg.objgen for row in body.K}) > 5
        ids = [str(cell.ID) for cell in _of(pdf, "TH")]
        assert len(ids) == len(set(ids)) == 42
        assert all({str(name) for name in cell.A.Headers} <= set(ids) for cell in _of(pdf, "TD"))
        again = pdf.pages[2].Contents.read_bytes()  # the head is drawn there, and is not content
        assert again.count(b"/Artifact <</Type /Pagination>> BDC") == 2


@pytest.mark.parametrize(
    ("head", "foot"),
    [('<a href="#here">Contents</a>', ""), ("Contents", "<tfoot><tr><td>To be</td><td>continued</td></tr></tfoot>")],
)
def test_a_table_whose_head_has_a_link_or_that_has_a_foot_stays_a_table_a_page(
    tmp_path: Path, faces: Path, head: str, foot: str
) -> None:
    with pikepdf.open(_pdf(tmp_path, faces, LONG_TABLE.format("", head, foot))) as pdf:
        assert len(_of(pdf, "Table")) == len(_of(pdf, "THead")) > 5
        assert len(_of(pdf, "Link")) == sum(len(page.get("/Annots", [])) for page in pdf.pages)


def test_an_empty_cell_stays(laid_out: Pdf) -> None:
    assert [len(row.K) for row in _of(laid_out, "TR")] == [2, 2, 2]
