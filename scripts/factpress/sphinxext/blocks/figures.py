"""Figures in the pages: the drawing, its caption and its data as a table, in each edition as its readers need them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from factpress.model.figures.data import data_of
from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Table
from factpress.model.markup import svg_acts
from factpress.sphinxext.blocks.render import Page, placed_link
from factpress.sphinxext.context import Facts
from factpress.sphinxext.nodes import element, link, make, placeholder
from factpress.sphinxext.wording import typeset

MANY = 5  #: columns: of more, the headings are set smaller
PLACE, DATA = "book-figure", "figure-data"  #: directives: one figure with its caption; the data of all figures
EMPTY = "–"  #: in a cell without data: WeasyPrint leaves an empty one out of the tags, and a row is then too short


class BookFigure(SphinxDirective):
    """A figure of `docs/figures/figures.yaml`, by its id; links and `{ref}` reach it as `figure-ID`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the frame, filled when an edition is written."""
        docname, figure_id = self.env.current_document.docname, self.arguments[0].strip()
        inner = placeholder("", kind=PLACE, words=[figure_id], docname=docname)
        self.set_source_info(inner)
        anchor = f"figure-{figure_id}"
        standard = self.env.domains.standard_domain
        standard.anonlabels[anchor] = docname, anchor
        standard.labels[anchor] = docname, anchor, "figure"
        return [make("div", inner, ids=anchor, classes="figure-place")]


def numbers(facts: Facts) -> dict[str, int]:
    """Return the number of each figure that stands in the book, in reading order."""
    listed = {figure.id for figure in facts.book.figures.listed}
    placed = [word for doc in facts.order for fill in facts.fills.get(doc, ()) for word in fill.words if word in listed]
    return {figure_id: number for number, figure_id in enumerate(dict.fromkeys(placed), 1)}


def book_figure(page: Page, words: Sequence[str]) -> list[nodes.Node]:
    """Return a figure: drawing and caption, on the web with its data folded below, else with a link to them."""
    facts = page.facts
    figure = facts.book.figures.get(words[0])
    if figure is None:
        return []
    drawn = [_inline(text, figure, page) for text in facts.book.figures.drawings[figure.id].pages]
    words = [make("strong", f"Figure {numbers(facts)[figure.id]}. {figure.title}."), nodes.Text(" ")]
    caption = make("figcaption", *words, typeset(figure.caption), *_to_data(page, figure))
    below = []
    if page.edition == "html":
        below = [make("details", make("summary", "The data as a table"), data_table(facts, figure), classes="data")]
    elif facts.document_with(DATA) is None:
        below = [data_table(facts, figure)]
    return [make("figure", *drawn, caption), *below]


def figure_data(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return the data of all figures of the book, in their order."""
    facts, found = page.facts, []
    for figure_id, number in numbers(facts).items():
        figure = facts.book.figures.get(figure_id)
        home = next((doc for doc, fills in facts.fills.items() if (PLACE, (figure_id,)) in fills), page.docname)
        assert figure is not None
        title = make("h2", f"Figure {number}. {figure.title}", ids=f"{figure.anchor}-data")
        back = placed_link(page, page.uri(home, figure.anchor), "To the figure")
        found += [title, data_table(facts, figure), make("p", *back, classes="where")]
    return found


def data_table(facts: Facts, figure: Figure) -> element:
    """Return what a figure was drawn from as a table with headings of columns and rows."""
    table = data_of(figure, facts.book, facts.titles).table
    return _table(table, f"Data of figure {numbers(facts)[figure.id]}", f"of-{figure.draws}")


def _table(data: Table, label: str, kind: str) -> element:
    head = make("thead", make("tr", *[make("th", text, scope="col") for text in data.columns]))
    rows = [
        make("tr", _first(first, heads=len(cells) > 1), *[make("td", typeset(cell) or EMPTY) for cell in cells])
        for first, *cells in data.rows
    ]
    wide = " wide" if len(data.columns) > MANY else ""
    table = make("table", head, make("tbody", *rows), classes=f"figure-data {kind}{wide}")
    # wider than a phone: it scrolls, and so it must be reachable by keyboard
    return make("div", table, classes="table-frame", role="group", aria_label=label, tabindex="0")


def _first(text: str, *, heads: bool) -> element:
    """Return the first cell of a row; before a single cell it is one of a pair, and heads nothing."""
    return make("th", typeset(text), scope="row") if heads else make("td", typeset(text), classes="first")


def _inline(text: str, figure: Figure, page: Page) -> nodes.Node:
    if svg_acts(text):  # somebody has edited the file: only its words are shown
        return make("p", figure.alt)
    if svg_acts(text):  # somebody has edited the file: only its words are shown
        return make("p", figure.alt)
    if page.is_print():
        # WeasyPrint takes the title of an inline SVG for the figure's alternative text
        text = text.replace("</title>", f". {escape(figure.alt)}</title>", 1)
    return nodes.raw("", text, format="html")


def _to_data(page: Page, figure: Figure) -> list[nodes.Node]:
    home = page.facts.document_with(DATA)
    if page.edition == "html" or home is None:
        return []
    # no page number: the pages after this one are not laid out yet
    to = link(page.uri(home, f"{figure.anchor}-data"), page.facts.page_titles[home])
    return [nodes.Text(" Its table stands under “"), to, nodes.Text("”.")]
