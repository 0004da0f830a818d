"""The ledger and the study aids as plain data for other tools: claims.json, study.json, what the PDF carries."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

from factpress.model.claim import Claim
from factpress.model.links.copying import copying_kind
from factpress.model.record_fields import record_fields
from factpress.model.schema import CLAIMS_FORMAT
from factpress.model.source import Source, bare_doi
from factpress.model.vocabulary import Consulted, ReviewState, Verdict
from factpress.press.tagged_pdf.attachments import Attachment
from factpress.settings import Settings
from factpress.sphinxext.bibliography.entry_text import source_paragraph
from factpress.sphinxext.blocks.registry import Shows
from factpress.sphinxext.context import BookContext


def claims_json(context: BookContext, target_uri: Callable[[str], str], schema: str = "") -> dict[str, object]:
    """Return all claims with verdict, computed state and the address of each entry, and all that explains them.

    Its form is that of `model.schema.claims_file_schema`; `schema` is the address of that, if the file can name it.
    Addresses are whole where the settings name a site, else as seen from the folder of the file.
    """
    settings, book = context.settings, context.book
    keys = sorted(context.labels.keys() | book.ledger.by_source.keys())
    return {
        **({"$schema": schema} if schema else {}),
        "version": CLAIMS_FORMAT,
        "title": settings.title,
        "publisher": settings.publisher,
        "licence": settings.licence,
        "language": settings.language,
        "date": context.date,
        **({"site": settings.site} if settings.site else {}),
        "units": len(book.outline.units),
        "units-open": len(book.open_units),
        "verdicts": [{"verdict": str(v), "sign": v.glyph, "word": v.word, "meaning": v.meaning} for v in Verdict],
        "states": [{"state": str(s), "sign": s.glyph, "word": s.word, "meaning": s.meaning} for s in ReviewState],
        "how-consulted": [
            {"consulted": str(how), "sign": "", "word": how.words, "meaning": context.say(f"consulted-{how}")}
            for how in Consulted
        ],
        "sources": {key: _source(context, book.sources[key], target_uri) for key in keys if key in book.sources},
        "claims": [_claim(context, claim, target_uri) for claim in context.claims],
    }


def published_address(settings: Settings, path: str) -> str:
    """Return the address of a file of the web edition: whole where the settings name a site, else its path."""
    return f"{settings.site.rstrip('/')}/{path}" if settings.site else path


def _source(context: BookContext, source: Source, target_uri: Callable[[str], str]) -> dict[str, object]:
    place, doi = context.bibliography, bare_doi(source.get("doi"))
    # the address of a copying host is never given as that of the work
    addresses = {name: at for name in ("url", "archived") if (at := source.get(name)) and not copying_kind(at)}
    return {
        "key": source.key,
        "number": context.labels.get(source.key),
        "short": source.short,
        "text": str(source_paragraph(source)),
        **({"doi": doi} if doi else {}),
        **addresses,
        "entry": published_address(context.settings, f"{target_uri(place)}#{source.anchor}") if place else None,
    }


def study_aids_json(context: BookContext, target_uri: Callable[[str], str]) -> dict[str, object]:
    """Return the study aids as its files have it, what is computed from them, and where a reader finds each."""
    aids = context.book.study_aids
    records = {
        key: [_plain(record) for record in getattr(holder, declaration.name)]
        for holder in (*aids.subjects.values(), aids)
        for key, declaration in record_fields(type(holder)).items()
    }
    dates = {event.id: datum.date for event in aids.timeline if (datum := aids.dated(event)) and datum.date}
    keys = sorted(context.shown_in)
    blocks = [block.name for block in context.blocks.values() if block.shows is Shows.STUDY]
    return {
        "title": context.settings.title,
        "date": context.date,
        **records,
        "dates-of-events": dates,
        "paragraphs-of-index-terms": {
            term: list(dict.fromkeys(use.label for use in uses)) for term, uses in context.index_places.items() if uses
        },
        "first-uses-of-terms": {term: [use.label for use in uses if use.label] for term, uses in context.terms.items()},
        "sources": {key: context.book.sources[key].short for key in keys if key in context.book.sources},
        "pages": {kind: target_uri(place) for kind in blocks if (place := context.document_with(kind))},
    }


def json_file_text(data: dict[str, object]) -> str:
    """Return data as the text of a file."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def attachments(context: BookContext) -> list[Attachment]:
    """Return what the PDF carries: the claims as data, whose entries are named places of the PDF, and the sources."""
    claims = json_file_text(claims_json(context, lambda _docname: ""))
    sources = (context.settings.root / "references.bib").read_bytes()
    return [
        Attachment(
            "claims.json", claims.encode(), "application/json", "Data",
            context.say("attached-claims"), context.date,
        ),
        Attachment(
            "references.bib", sources, "application/x-bibtex", "Source", context.say("attached-sources"), context.date
        ),
    ]  # fmt: skip


def _claim(context: BookContext, claim: Claim, target_uri: Callable[[str], str]) -> dict[str, object]:
    review, home = context.reviews[claim.id], context.home(claim)
    marks = context.marks.get(claim.id, [])
    return _plain(claim) | {  # type: ignore[operator]  # a record becomes a dict
        "state": str(review.state),
        "state-wording": review.wording,
        "chapter": context.page_titles.get(home) if home else None,
        "entry": published_address(context.settings, f"{target_uri(home)}#{claim.id}") if home else None,
        "paragraphs": list(dict.fromkeys(use.label for use in marks if use.label)),
    }


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((key, getattr(value, declaration.name)) for key, declaration in record_fields(type(value)).items())
        return {key: _plain(item) for key, item in pairs if item not in (None, ())}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value)


def claim_reviews(context: BookContext, address: Callable[[Claim], str]) -> list[dict[str, object]]:
    """Return the findings that people signed off as ClaimReview of schema.org, for the head of web pages.

    What nobody signed is not a review that anybody published, and is left out. `address` returns the whole address of a
    claim's entry, empty while the book has no site.
    """
    provenance, publisher = context.book.provenance, context.settings.publisher
    found: list[dict[str, object]] = []
    for claim in context.claims:
        review, finding = context.reviews[claim.id], claim.finding
        if not finding or not review.signed_by:
            continue
        url = address(claim)
        people = [context.book.ledger.people_by_id[entry.by] for entry in review.signed_by]
        appearance = {"@type": "CreativeWork", "headline": provenance.title} if provenance else None
        found.append(
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                **({"url": url} if url else {}),
                "claimReviewed": claim.claim,
                "datePublished": max(entry.date for entry in review.signed_by),
                "author": [{"@type": "Person", "name": person.display_name} for person in people],
                **({"publisher": {"@type": "Organization", "name": publisher}} if publisher else {}),
                "itemReviewed": {"@type": "Claim", **({"appearance": appearance} if appearance else {})},
                "reviewRating": {"@type": "Rating", "alternateName": finding.verdict.word},
                "reviewBody": finding.correction or finding.statement,
            }
        )
    return found
