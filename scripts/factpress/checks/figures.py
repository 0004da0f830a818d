"""Checks of the figures: the words around them, their data, their place in the book, and whether they are current."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from factpress.files.figures import ID
from factpress.files.yaml.records import near_miss
from factpress.model.book import Book
from factpress.model.dates import parse
from factpress.model.figures.data import data_of, digest_of, figure_kinds
from factpress.model.figures.figure import Figure
from factpress.model.place import Place
from factpress.model.prose import Prose
from factpress.problems import Problem, problem

FEW_WORDS = 5  #: an alternative text with fewer says no more than a name


def check_figures(book: Book, prose: Prose, titles: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with the figures of a book."""
    pages = [page for page in prose.pages if page.in_book]
    placed = [box for page in pages for box in page.directives_named("book-figure")]
    known = [figure.id for figure in book.figures.listed]
    for box in placed:
        if box.argument not in known:
            yield problem("figure-unknown", box.where, id=box.argument, near=near_miss(box.argument, known))
    times = Counter(box.argument for box in placed)
    first: dict[str, Place] = {}
    for figure in book.figures.listed:
        if not ID.fullmatch(figure.id):
            yield problem("figure-id", figure.where, id=figure.id)
        elif known.count(figure.id) > 1:  # neither is compared with a drawing: whose would it be?
            if first.setdefault(figure.id, figure.where) != figure.where:
                yield problem("figure-id-twice", figure.where, id=figure.id, first=first[figure.id])
        elif times[figure.id] != 1:
            yield problem("figure-placed", figure.where, id=figure.id, count=times[figure.id])
        elif wrong := list(_words(figure)):
            yield from wrong
        else:
            yield from _drawing(figure, book, titles)


def _words(figure: Figure) -> Iterator[Problem]:
    name, words = f"{figure.id}.svg", figure.alt.strip().casefold()
    if words in (figure.id, name, f"docs/figures/{name}"):
        yield problem("figure-alt", figure.where, id=figure.id, what="is the name of its file")
    elif words.rstrip(".") == figure.title.casefold().rstrip("."):
        yield problem("figure-alt", figure.where, id=figure.id, what="is its title again")
    elif len(words.split()) < FEW_WORDS:
        yield problem("figure-alt", figure.where, id=figure.id, what="says too little")


def _drawing(figure: Figure, book: Book, titles: Mapping[str, str]) -> Iterator[Problem]:
    wrong = [day for day in figure.dates if not parse(day)]
    yield from (problem("bad-date", figure.where, value=day) for day in wrong)
    kind = figure_kinds(book.subjects)[figure.draws]
    if kind.needs_dates and not figure.dates:
        yield problem("missing-field", figure.where, record=f"figure {figure.id}", field="dates")
    elif missing := [
        name for name in figure.named_events if name not in {event.id for event in book.study_aids.timeline}
    ]:
        yield from (problem("figure-event", figure.where, id=figure.id, event=name) for name in missing)
    elif what := kind.wrong(figure, book):
        yield problem("figure-map", figure.where, id=figure.id, what=what)
    elif not wrong:
        data = data_of(figure, book, titles)
        drawn = book.figures.drawings[figure.id]
        if not data.table.rows:
            yield problem("figure-without-data", figure.where, id=figure.id, draws=figure.draws)
        elif drawn.digest != digest_of(figure, data):
            how = "was drawn from other data" if drawn.digest else "has not been drawn"
            yield problem("figure-outdated", figure.where, id=figure.id, how=how)
