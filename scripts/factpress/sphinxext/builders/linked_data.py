"""What search engines read of the book: the book, its chapters and claims, and reviews that people signed (JSON-LD).

Everything is named by its address, so that it is made only where the site has one.
"""

from __future__ import annotations

from factpress.model.claim import Claim
from factpress.model.prose import chapter_number
from factpress.model.vocabulary import ReviewState
from factpress.sphinxext.blocks.title_page import about_the_book
from factpress.sphinxext.builders.page_head import page_address, site_address
from factpress.sphinxext.context import BookContext

LinkedData = dict[str, object]


def linked_data(context: BookContext, docname: str, card: str = "") -> LinkedData | None:
    """Return what a page says of itself to machines; None where the site has no address, and for other pages."""
    if not context.settings.site:
        return None
    if docname == context.order[0]:
        return {"@context": "https://schema.org", **_book(context, card)}
    if chapter_number(docname) is None:
        return None
    claims = context.of_document(docname)
    signed = [claim for claim in claims if context.reviews[claim.id].state is ReviewState.SIGNED_OFF]
    graph = [
        _chapter(context, docname, claims),
        *(_claim(context, claim) for claim in claims),
        *(claim_review(context, claim) for claim in signed),
    ]
    return {"@context": "https://schema.org", "@graph": graph}


def claim_review(context: BookContext, claim: Claim) -> LinkedData:
    """Return the review of a claim, which a person has signed.

    Raises:
        ValueError: no valid sign-off stands behind the finding; a draft is no review.
    """
    if context.reviews[claim.id].state is not ReviewState.SIGNED_OFF or not claim.finding:
        raise ValueError(f"{claim.id} is not signed off")
    return {
        "@type": "ClaimReview",
        "url": _entry(context, claim),
        "datePublished": context.date,
        "author": _publisher(context),
        "claimReviewed": claim.claim,
        "itemReviewed": {"@id": _claim_id(context, claim)},
        "reviewBody": claim.finding.statement,
        # words and no number: the verdicts are no scale
        "reviewRating": {"@type": "Rating", "alternateName": claim.finding.verdict.word},
    }


def _book(context: BookContext, card: str) -> LinkedData:
    settings, site = context.settings, site_address(context)
    chapters = [doc for doc in context.order if chapter_number(doc) is not None]
    return {
        "@type": "Book",
        "@id": site,
        "url": site,
        "name": settings.title,
        **({"alternativeHeadline": settings.subtitle} if settings.subtitle else {}),
        "description": about_the_book(context),
        "bookFormat": "https://schema.org/EBook",
        "author": _publisher(context),
        "publisher": _publisher(context),
        **_dated(context),
        **({"image": f"{site}{card}"} if card else {}),
        "hasPart": [{"@type": "Chapter", "@id": page_address(context, doc), "name": _name(context, doc)}
                    for doc in chapters],
    }  # fmt: skip


def _chapter(context: BookContext, docname: str, claims: tuple[Claim, ...]) -> LinkedData:
    address = page_address(context, docname)
    return {
        "@type": "Chapter",
        "@id": address,
        "url": address,
        "name": _name(context, docname),
        "position": chapter_number(docname),
        "isPartOf": {"@type": "Book", "@id": site_address(context), "name": context.settings.title},
        **_dated(context),
        "mentions": [{"@id": _claim_id(context, claim)} for claim in claims],
    }


def _claim(context: BookContext, claim: Claim) -> LinkedData:
    provenance = context.book.provenance
    appearance = {"@type": "Article", "headline": provenance.title} if provenance and provenance.title else None
    return {
        "@type": "Claim",
        "@id": _claim_id(context, claim),
        "name": claim.id,
        "text": claim.claim,
        "url": _entry(context, claim),
        **({"appearance": appearance} if appearance else {}),
    }


def _dated(context: BookContext) -> LinkedData:
    settings = context.settings
    licence = {"license": settings.licence_url} if settings.licence_url else {}
    return {"inLanguage": settings.language, "datePublished": context.date, **licence}


def _publisher(context: BookContext) -> LinkedData:
    return {"@type": "Organization", "name": context.settings.publisher}


def _name(context: BookContext, docname: str) -> str:
    number = chapter_number(docname)
    return context.page_titles[docname].removeprefix(f"{number} ")


def _entry(context: BookContext, claim: Claim) -> str:
    home = context.home(claim)
    return f"{page_address(context, home)}#{claim.id}" if home else site_address(context)


def _claim_id(context: BookContext, claim: Claim) -> str:
    """Return the name of a claim in the data, which is not the address of the entry that judges it."""
    return f"{_entry(context, claim)}-claim"
