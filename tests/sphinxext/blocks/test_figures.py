"""What a reader of each edition gets of a figure: drawing, caption, alternative text, and its data as a table."""

from __future__ import annotations

from typing import Any

import pytest
from workshop import Edition, Workshop, has, text_of

from factpress.cli.main import main

LISTED = """- id: findings
  title: Findings by chapter
  caption: One bar a chapter; look at the second.
  alt: Two stacked bars, one for each chapter, divided by verdict.
  draws: verdicts
"""
PAGE = "# Figures\n\nSee [it](#figure-findings).\n\n:::{book-figure} findings\n:::\n"
DATA = "# Data\n\n:::{figure-data}\n:::\n"
FIGURES, TABLES = "back/figures", "back/data"
SVG = "*[local-name()='svg']"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    shop = Workshop(tmp_path_factory.mktemp("figures"))
    (shop.docs / "figures").mkdir()
    shop.write("docs/figures/figures.yaml", LISTED)
    shop.write(f"docs/{FIGURES}.md", PAGE)
    shop.write(f"docs/{TABLES}.md", f"---\nprint: booklet\n---\n\n{DATA}")
    assert main(["--root", str(shop.root), "figures"]) == 0
    return shop


@pytest.fixture(scope="module")
def built(shop: Workshop) -> dict[str, Edition]:
    return {kind: shop.build(kind) for kind in ("html", "epub", "pdf")}


@pytest.fixture(params=["html", "epub", "pdf"])
def edition(request: pytest.FixtureRequest, built: dict[str, Edition]) -> Edition:
    return built[request.param]


def figure(edition: Edition) -> Any:
    (found,) = edition.page(FIGURES).xpath(f"//*[@id='figure-findings']//figure//{SVG}/ancestor::figure")
    return found


def test_no_edition_warns(edition: Edition) -> None:
    assert edition.warnings == ""


def test_the_drawing_stands_in_the_page_with_words_that_can_be_read_and_found(edition: Edition) -> None:
    (drawing,) = figure(edition).xpath(f".//{SVG}")
    assert drawing.get("role") == "img"
    assert "Partly supported" in text_of(drawing)


def test_what_stands_for_it_where_it_cannot_be_seen_is_its_alternative_text(edition: Edition) -> None:
    (drawing,) = figure(edition).xpath(f".//{SVG}")
    told = {part.get("id"): text_of(part) for part in drawing.xpath("./*[local-name()='title' or local-name()='desc']")}
    alt = "Two stacked bars, one for each chapter, divided by verdict."
    title = "Findings by chapter"
    # of an inline drawing WeasyPrint takes the title alone
    assert told["figure-findings-title"] == (f"{title}. {alt}" if edition.kind == "pdf" else title)
    assert told["figure-findings-desc"] == alt
    assert drawing.get("aria-labelledby").split() == list(told)


def test_the_caption_numbers_it_and_says_what_to_see(edition: Edition) -> None:
    (caption,) = figure(edition).xpath("./figcaption")
    start = "Figure 1. Findings by chapter. One bar a chapter; look at the second."
    more = "" if edition.kind == "html" else " Its table stands under “Data”."
    assert text_of(caption) == start + more
    if more:
        assert caption.xpath(".//a")[0].get("href").endswith("figure-findings-data")


def test_a_volume_that_does_not_print_the_table_does_not_name_it(shop: Workshop) -> None:
    other = shop.beside("in no volume")
    text = (other.docs / f"{TABLES}.md").read_text(encoding="utf-8")
    other.write(f"docs/{TABLES}.md", DATA)
    try:
        (caption,) = figure(other.build("pdf")).xpath("./figcaption")
    finally:
        other.write(f"docs/{TABLES}.md", text)
    assert text_of(caption) == "Figure 1. Findings by chapter. One bar a chapter; look at the second."
    assert not caption.xpath(".//a")


def test_its_data_are_a_table_with_headings_of_columns_and_rows(edition: Edition) -> None:
    (table,) = edition.page(TABLES).xpath(f"//table[{has('figure-data')}]")
    heads = [text_of(cell) for cell in table.xpath(".//thead//th[@scope='col']")]
    assert heads[:3] == ["Chapter", "Supported", "Partly supported"]
    rows = table.xpath("./tbody/tr")
    assert len(rows) == 2
    assert all([cell.tag for cell in row] == ["th", *["td"] * (len(heads) - 1)] for row in rows)
    assert all(row[0].get("scope") == "row" for row in rows)
    assert [text_of(cell) for cell in rows[0]][-1] == str(sum(int(text_of(cell)) for cell in rows[0][1:-1]))


def test_on_the_web_the_table_is_folded_below_and_reached_by_keyboard(built: dict[str, Edition]) -> None:
    (folded,) = built["html"].page(FIGURES).xpath("//*[@id='figure-findings']/details")
    assert text_of(folded[0]) == "The data as a table"
    (frame,) = folded.xpath(f".//*[{has('table-frame')}]")
    assert (frame.get("tabindex"), frame.get("aria-label")) == ("0", "Data of figure 1")


def test_a_link_reaches_it_from_any_page(edition: Edition) -> None:
    link = next(a for a in edition.page(FIGURES).iter("a") if text_of(a) == "it")
    assert link.get("href").endswith("#figure-findings")


def test_the_package_of_the_epub_names_the_pages_that_hold_drawings(built: dict[str, Edition]) -> None:
    package = (built["epub"].folder / "content.opf").read_text(encoding="utf-8")
    lines = [line for line in package.splitlines() if 'properties="svg"' in line]
    assert [line.partition('href="')[2].partition('"')[0] for line in lines] == [f"{FIGURES}.xhtml"]
    assert '<meta property="schema:accessMode">visual</meta>' in package


def test_without_a_page_of_data_the_table_stands_below_its_figure(shop: Workshop) -> None:
    other = shop.beside("alone")
    text = (other.docs / f"{TABLES}.md").read_text(encoding="utf-8")
    other.write(f"docs/{TABLES}.md", "# Data\n\nNo tables here.\n")
    try:
        page = other.build("epub").page(FIGURES)
    finally:
        other.write(f"docs/{TABLES}.md", text)
    assert len(page.xpath(f"//*[@id='figure-findings']//table[{has('figure-data')}]")) == 1
    assert "Its table stands" not in text_of(page)


def test_a_caption_that_changed_writes_its_pages_again_and_no_other(shop: Workshop, built: dict[str, Edition]) -> None:
    before = built["html"].files()
    edited = "look at the second, and at the first."
    shop.edit("docs/figures/figures.yaml", "look at the second.", edited)
    try:
        after = shop.build("html").files()
    finally:
        shop.edit("docs/figures/figures.yaml", edited, "look at the second.")
    assert {name for name in after if after[name] != before.get(name)} == {f"{FIGURES}.html"}
    assert after.keys() == before.keys()
