"""What the title page and the metadata say before anything else: what an AI wrote, what we found, who checked it."""

from __future__ import annotations

from docutils import nodes

from factpress.model.dates import in_words
from factpress.model.vocabulary import ReviewState, Verdict
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import make


def title_page(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return what the title page says below the title."""
    context, say = page.context, page.say
    article: list[nodes.Node] = []
    if provenance := context.book.provenance:
        received = in_words(provenance.received)
        about = say("article-is", title=provenance.title, published=provenance.published_at, received=received)
        article = [
            make("p", say("article-says"), classes="box-title"),
            make("blockquote", make("p", provenance.disclosure.printed)),
            make("p", " ".join(filter(None, (about, context.settings.disclosure)))),
        ]
    status = [make("p", coverage(context)), make("p", review_status(context))]
    edition = say("edition-of", date=in_words(context.date), publisher=context.settings.publisher)
    return [
        make("p", context.settings.subtitle, classes="subtitle"),
        make("p", edition, classes="edition"),
        make("p", cover_line(context), classes="cover-line"),
        make("div", *article, *status, classes="disclosure"),
    ]


def article_notice(context: BookContext) -> list[nodes.Node]:
    """Return what the article says of itself, in full, and who stands behind the findings."""
    said: list[nodes.Node] = []
    if provenance := context.book.provenance:
        received = in_words(provenance.received)
        about = context.say("article-is", title=provenance.title, published=provenance.published_at, received=received)
        said = [
            make("blockquote", make("p", provenance.disclosure.printed)),
            make("p", " ".join(filter(None, (about, context.settings.disclosure)))),
        ]
    return [*said, make("p", f"{coverage(context)} {review_status(context)}")]


def cover_line(context: BookContext) -> str:
    """Return the line that no other book has on its cover."""
    say, verdicts = context.say, context.by_verdict()
    counted = [f"{verdicts[verdict]} {verdict.counted}" for verdict in Verdict if verdicts[verdict]]
    if verdicts["unchecked"]:
        counted.append(say("cover-unchecked", count=verdicts["unchecked"]))
    parts = (
        say("cover-units", count=len(context.book.outline.units), article=context.settings.article),
        say("cover-claims", count=len(context.claims)),
        ", ".join(counted) or say("cover-no-claims"),
        say("cover-checked", count=context.by_state()[ReviewState.SIGNED_OFF]),
    )
    return " · ".join(parts)


def about_the_book(context: BookContext) -> str:
    """Return what the book is, what an AI had to do with it and who checked it: what its metadata alone must say."""
    provenance = context.book.provenance
    words = provenance.disclosure.printed if provenance else ""
    article = context.say("article-says-inline", disclosure=words) if provenance else ""
    parts = (f"{context.settings.subtitle}.", f"{cover_line(context)}.", article, review_status(context))
    return " ".join(filter(None, parts))


def coverage(context: BookContext) -> str:
    """Return how much of the article this edition covers."""
    units, waiting = len(context.book.outline.units), len(context.book.open_units)
    if not waiting:
        return context.say("all-accounted", count=units)
    return context.say("some-accounted", count=waiting, accounted=units - waiting, units=units)


def review_status(context: BookContext) -> str:
    """Return who stands behind the findings."""
    checked = context.by_state()[ReviewState.SIGNED_OFF]
    if not checked:
        return context.say("none-checked")
    return context.say("some-checked", count=checked, findings=len(context.claims))


def imprint(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return who publishes the book, under which licence, how it is cited and where an error is reported."""
    settings, say = page.context.settings, page.say
    date = in_words(page.context.date)
    named = {"publisher": settings.publisher, "title": settings.title, "date": date}
    lines = [say("edition-of", date=date, publisher=settings.publisher)]
    if settings.licence:
        lines.append(say("imprint-licence", licence=settings.licence))
    lines.append(say("imprint-cite", **named, site=say("imprint-site", site=settings.site) if settings.site else ""))
    if where := settings.contact or settings.repository:
        lines.append(say("imprint-contact", contact=where))
    return [make("p", line, classes="imprint") for line in lines]
