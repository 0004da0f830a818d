"""What the title page and the metadata say before anything else: what an AI wrote, what we found, who checked it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docutils import nodes

from factpress.model.dates import in_words
from factpress.model.vocabulary import ReviewState, Verdict
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.register.filters import NONE, counted_claims
from factpress.sphinxext.blocks.register.walk import WALK
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import link, make


def title_page(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return what the title page says below the title."""
    context, say = page.context, page.say
    article: list[nodes.Node] = []
    if context.book.provenance:
        about = about_article(context)
        article = [
            make("p", say("article-says"), classes="box-title"),
            notice_of(context),
            make("p", " ".join(filter(None, (about, context.settings.disclosure)))),
        ]
    status = [make("p", coverage(context)), make("p", review_status(context))]
    edition = say("edition-of", date=in_words(context.date), publisher=context.settings.publisher)
    return [
        make("p", context.settings.subtitle, classes="subtitle"),
        make("p", edition, classes="edition"),
        make("p", *_cover_links(page), classes="cover-line"),
        make("div", *article, *status, classes="disclosure"),
    ]


def notice_of(context: BookContext) -> nodes.Node:
    """Return the article's own notice as a quotation, or the sentence that says that none is recorded."""
    provenance = context.book.provenance
    if provenance and provenance.notice:
        return make("blockquote", make("p", provenance.notice.printed))
    return make("p", notice_inline(context))


def about_article(context: BookContext) -> str:
    """Return which article it is, where it was published if that is known, and when it was received."""
    provenance = context.book.provenance
    assert provenance
    received, place = in_words(provenance.received), provenance.published_at
    if place is None:
        return context.say("article-is-unplaced", title=provenance.title, received=received)
    return context.say("article-is", title=provenance.title, published=place, received=received)


def notice_inline(context: BookContext) -> str:
    """Return what the article says of itself as one sentence, or that none is recorded; empty without provenance."""
    if not (provenance := context.book.provenance):
        return ""
    if provenance.notice:
        return context.say("article-says-inline", disclosure=provenance.notice.printed)
    return context.say(f"notice-{provenance.disclosure}")


def article_notice(context: BookContext) -> list[nodes.Node]:
    """Return what the article says of itself, in full, and who stands behind the findings."""
    said: list[nodes.Node] = []
    if context.book.provenance:
        about = about_article(context)
        said = [
            notice_of(context),
            make("p", " ".join(filter(None, (about, context.settings.disclosure)))),
        ]
    return [*said, make("p", f"{coverage(context)} {review_status(context)}")]


@dataclass(frozen=True)
class CoverCount:
    """Words of the cover's line that count something."""

    words: str
    count: int
    facets: Mapping[str, str]  #: what the register is filtered by to show it
    in_register: bool = True


def cover_line(context: BookContext) -> str:
    """Return the line that no other book has on its cover."""
    return " · ".join(", ".join(count.words for count in part) for part in _cover_counts(context))


def _cover_counts(context: BookContext) -> list[list[CoverCount]]:
    """Return the parts of the cover's line: units, claims, verdicts, how many are checked."""
    say, verdicts, units = context.say, context.by_verdict(), len(context.book.outline.units)
    checked, claims = context.by_state()[ReviewState.SIGNED_OFF], len(context.claims)
    counted = [
        CoverCount(f"{verdicts[v]} {v.counted}", verdicts[v], {"verdict": str(v)}) for v in Verdict if verdicts[v]
    ]
    if unchecked := verdicts["unchecked"]:
        counted.append(CoverCount(say("cover-unchecked", count=unchecked), unchecked, {"verdict": NONE}))
    return [
        [CoverCount(say("cover-units", count=units, article=context.settings.article), units, {}, in_register=False)],
        [CoverCount(say("cover-claims", count=claims), claims, {})],
        counted or [CoverCount(say("cover-no-claims"), 0, {})],
        [CoverCount(say("cover-checked", count=checked), checked, {"state": str(ReviewState.SIGNED_OFF)})],
    ]


def _cover_links(page: EditionPage) -> list[nodes.Node]:
    """Return the cover's line, in which each count leads to what it counts where the edition can show that."""
    shown: list[nodes.Node] = []
    for part in _cover_counts(page.context):
        for nth, count in enumerate(part):
            shown += [nodes.Text(", " if nth else " · ")] if shown else []
            shown.append(
                counted_claims(page, count.words, count.count, **count.facets)
                if count.in_register
                else _counted_units(page, count.words)
            )
    return shown


def _counted_units(page: EditionPage, words: str) -> nodes.Node:
    walk = page.context.document_with(WALK) if page.edition.filters else None
    return link(page.uri(walk, ""), words, classes="count-link") if walk else nodes.Text(words)


def about_the_book(context: BookContext) -> str:
    """Return what the book is, what an AI had to do with it and who checked it: what its metadata alone must say."""
    subtitle = f"{context.settings.subtitle}." if context.settings.subtitle else ""
    parts = (subtitle, f"{cover_line(context)}.", notice_inline(context), review_status(context))
    return " ".join(filter(None, parts))


def coverage(context: BookContext) -> str:
    """Return how much of the article this edition covers."""
    units, waiting = len(context.book.outline.units), len(context.book.open_units)
    if drafted := len(context.book.drafted_units):
        return context.say("some-drafted", count=drafted, units=units)
    if not waiting:
        return context.say("all-accounted", count=units)
    return context.say("some-accounted", count=waiting, accounted=units - waiting, units=units)


def review_status(context: BookContext) -> str:
    """Return who stands behind the findings."""
    checked = context.by_state()[ReviewState.SIGNED_OFF]
    if not context.claims:
        return context.say("no-findings")
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
