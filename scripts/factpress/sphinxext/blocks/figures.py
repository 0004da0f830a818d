"""Figures in the pages: the drawing, its caption and its data as a table, in each edition as its readers need them."""

from __future__ import annotations

from docutils import nodes

from factpress.model.figures.data import drawn_data
from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Table
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.directives import FIGURE
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset

MANY = 5  #: columns: of more, the headings are set smaller
DATA = "figure-data"  #: the directive of the data of all figures
IF_PRINTED = "if-printed"  #: class of words that go, with the link in them, where the volume has not what they name
EMPTY = "–"  #: in a cell without data: WeasyPrint leaves an empty one out of the tags, and a row is then too short


def figure_numbers(context: BookContext) -> dict[str, int]:
    """Return the number of each figure that stands in the book, in reading order."""
    listed = {figure.id for figure in context.book.figures.listed}
    uses = (use for doc in context.order for use in context.block_uses.get(doc, ()))
    placed = [word for use in uses for word in use.words if word in listed]
    return {figure_id: number for number, figure_id in enumerate(dict.fromkeys(placed), 1)}


def book_figure(page: EditionPage, use: BlockUse) -> list[nodes.Node]:
    """Return a figure: drawing and caption, on the web with its data folded below, else with a link to them."""
    context = page.context
    figure = context.book.figures.get(use.words[0])
    if figure is None:
        return []
    svgs = context.book.figures.drawings[figure.id].pages
    drawn = [page.edition.drawing(svg, figure.alt) for svg in svgs]
    title = [make("strong", f"{_title(context, figure)}."), nodes.Text(" ")]
    caption = make("figcaption", *title, typeset(figure.caption), *_to_data(page, figure))
    below = []
    if page.edition.folds:
        summary = make("summary", page.say("figure-data-folded"))
        below = [make("details", summary, data_table(context, figure), classes="data")]
    elif context.document_with(DATA) is None:
        below = [data_table(context, figure)]
    return [make("figure", *page.edition.frame_drawings(page, figure, drawn), caption), *below]


def figure_data(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the data of all figures of the book, in their order."""
    context = page.context
    data: list[nodes.Node] = []
    for figure_id in figure_numbers(context):
        figure = context.book.figures.get(figure_id)
        assert figure is not None
        places = (doc for doc, uses in context.block_uses.items() if BlockUse(FIGURE, (figure_id,)) in uses)
        home = next(places, page.docname)
        title = make("h2", _title(context, figure), ids=f"{figure.anchor}-data")
        back = page.link(page.uri(home, figure.anchor), page.say("to-figure"))
        data += [title, data_table(context, figure), make("p", *back, classes="where")]
    return data


def _title(context: BookContext, figure: Figure) -> str:
    return context.say("figure-title", number=figure_numbers(context)[figure.id], title=figure.title)


def data_table(context: BookContext, figure: Figure) -> element:
    """Return what a figure was drawn from as a table with headings of columns and rows."""
    table = drawn_data(figure, context.book, context.titles).table
    return _table(
        table, context.say("figure-data-label", number=figure_numbers(context)[figure.id]), f"of-{figure.draws}"
    )


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


def _to_data(page: EditionPage, figure: Figure) -> list[nodes.Node]:
    home = page.context.document_with(DATA)
    if page.edition.folds or home is None:
        return []
    # no page number: the pages after this one are not laid out yet
    to = link(page.uri(home, f"{figure.anchor}-data"), page.context.page_titles[home])
    said = page.say.around("figure-data-under", page=to)
    # a volume that does not print the tables does not name them
    return [make("span", *said, classes=IF_PRINTED)] if page.edition.is_brief else said
