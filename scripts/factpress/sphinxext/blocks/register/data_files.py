"""The data beside the pages of the web edition: their names, what they hold, and how the book is cited."""

from __future__ import annotations

from docutils import nodes

from factpress.model.dates import in_words
from factpress.settings import Settings
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import link, make, table

CLAIMS, SCHEMA, STUDY = "claims.json", "claims.schema.json", "study.json"
CSL, BIBTEX = "references.json", "references.bib"


def deck_name(settings: Settings, suffix: str) -> str:
    """Return the name of the deck of cards, `apkg` or `csv`."""
    return f"{settings.name}-cards.{suffix}"


def has_cards(context: BookContext) -> bool:
    """Return whether the book has terms or dates to make cards of."""
    return bool(context.book.study_aids.glossary or context.book.study_aids.timeline)


def data_files(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return a table of the files: on the web each is a link, elsewhere its address where the book has a site."""
    settings, say = page.context.settings, page.say
    rows = {
        CLAIMS: "data-claims", SCHEMA: "data-schema", CSL: "data-references-csl", BIBTEX: "data-references-bib",
        STUDY: "data-study",
    }  # fmt: skip
    if has_cards(page.context):
        rows |= {deck_name(settings, "apkg"): "data-deck", deck_name(settings, "csv"): "data-cards"}
    listed = [
        make("tr", make("th", _file(page, name), scope="row"), make("td", say(what))) for name, what in rows.items()
    ]
    return [table((say("column-file"), say("column-holds")), listed, "data-files")]


def _file(page: EditionPage, name: str) -> nodes.Node:
    if page.edition.filters:
        up = "../" * page.docname.count("/")
        return link(f"{up}{name}", name)
    site = page.context.settings.site
    return link(f"{site.rstrip('/')}/{name}", name) if site else nodes.Text(name)


def how_to_cite(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return how the book is cited as a whole, and a place in it."""
    settings, say, date = page.context.settings, page.say, in_words(page.context.date)
    whole = say("cite-book", publisher=settings.publisher or settings.title, title=settings.title, date=date)
    whole += say("cite-site", site=settings.site) if settings.site else ""
    whole += say("cite-licence", licence=settings.licence) if settings.licence else ""
    claim = page.context.claims[0].id if page.context.claims else ""
    return [
        make("blockquote", make("p", f"{whole}."), classes="how-to-cite"),
        *([make("p", say("cite-paragraph", date=date, claim=claim))] if claim else []),
    ]
