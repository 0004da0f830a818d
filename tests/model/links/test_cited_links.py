"""Every address of a book once, with the quotes that belong to it and how it was seen."""

from __future__ import annotations

from dataclasses import replace

from factpress.model.book import Book, Ledger
from factpress.model.claim import Claim, Evidence, Finding, ProposedBy
from factpress.model.links.cited import CitedLink, Sighting, cited_links, touched_links
from factpress.model.links.state import LinkKind
from factpress.model.outline import Outline
from factpress.model.place import Place
from factpress.model.source import Source
from factpress.model.vocabulary import Consulted, Grade, Kind, ProposerKind, Stance, Verdict

OWN, OTHER, COPY = "https://example.org/mdt", "https://example.com/scan", "https://archive.example.org/mdt"
DOI = "https://doi.org/10.1175/1520-0493(1987)115%3C1606:garspp%3E2.0.co;2"
LINE = Place("references.bib", 7, 3)
MDT = Source(
    "mdt", "treaty", {"doi": "10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2", "url": OWN, "urldate": "2026-11-01"},
    where=Place("references.bib", 5, 1), places={"url": LINE},
)  # fmt: skip
ITEM = Evidence(
    source="mdt", stance=Stance.SUPPORTS, grade=Grade.PRIMARY, locator="Art. III", says="x",
    quote="in the Pacific area", consulted=Consulted.EXCERPT, date="2026-11-20",
    where=Place("docs/claims/01-a.yaml", 9, 9),
)  # fmt: skip


def book(*items: Evidence, source: Source = MDT, by: ProposerKind = ProposerKind.MACHINE) -> Book:
    finding = Finding(
        verdict=Verdict.SUPPORTED, statement="x", reasoning="x", evidence=items,
        proposed_by=ProposedBy(kind=by, date="2026-11-20"),
    )  # fmt: skip
    claim = Claim(id="C031", units=("S01.P1.1",), claim="x", kind=Kind.LEGAL, finding=finding)
    return Book(Ledger((claim,)), Outline(), None, {source.key: source})


def links(*items: Evidence, **options: object) -> dict[str, CitedLink]:
    return {link.url: link for link in cited_links(book(*items, **options))}  # type: ignore[arg-type]


def test_every_address_is_there_once_and_in_order() -> None:
    found = cited_links(book(replace(ITEM, url=OTHER, archived=COPY), ITEM))
    assert [(link.url, link.kind) for link in found] == [
        (COPY, LinkKind.URL), (DOI, LinkKind.DOI), (OTHER, LinkKind.URL), (OWN, LinkKind.URL),
    ]  # fmt: skip
    assert all(link.sources == ("mdt",) for link in found)


def test_a_quote_belongs_to_the_evidence_s_own_page_or_else_to_the_source_s() -> None:
    found = links(replace(ITEM, url=OTHER, quote="elsewhere"), ITEM)
    assert [asked.quote for asked in found[OTHER].quotes] == ["elsewhere"]
    assert [(asked.quote, asked.claim_id, asked.where) for asked in found[OWN].quotes] == [
        ("in the Pacific area", "C031", ITEM.where)
    ]
    assert found[DOI].quotes == ()  # a registry has no text


def test_a_link_stands_at_the_line_of_its_field_or_of_its_evidence() -> None:
    found = links(replace(ITEM, url=OTHER))
    assert found[OWN].places == (LINE,)
    assert found[DOI].places == (MDT.where,)  # no line of its own is known
    assert found[OTHER].places == (ITEM.where,)


def test_how_a_page_was_seen_is_told_from_what_only_its_entry_says() -> None:
    excerpt = Sighting("2026-11-20", "excerpt", by_machine=True)
    found = links(replace(ITEM, url=OTHER))
    assert found[OTHER].seen == (excerpt,)
    assert found[OWN].seen == (Sighting("2026-11-01", "urldate"),)
    assert excerpt in found[DOI].seen  # the work, wherever it was seen
    assert max(links(ITEM)[OWN].seen, key=lambda sighting: sighting.weight) == excerpt
    assert links(ITEM, by=ProposerKind.PERSON)[OWN].seen[-1] == Sighting("2026-11-20", "excerpt")


def test_what_was_not_consulted_was_not_seen() -> None:
    found = links(replace(ITEM, url=OTHER, consulted=Consulted.NOT_CONSULTED))[OTHER]
    assert found.seen == ()
    assert [asked.was_read for asked in found.quotes] == [False]


def test_a_change_touches_the_links_of_its_entry_and_its_evidence_wherever_they_stand() -> None:
    before = book(ITEM)
    moved = replace(MDT, where=Place("references.bib", 99, 1), places={})
    assert touched_links(book(replace(ITEM, where=Place("docs/claims/02-b.yaml", 1)), source=moved), before) == set()
    assert touched_links(book(replace(ITEM, says="y")), before) == {OWN, DOI}
    assert touched_links(book(replace(ITEM, url=OTHER)), before) == {OWN, DOI, OTHER}
    retitled = replace(MDT, fields={**MDT.fields, "title": "Treaty"})
    assert touched_links(book(ITEM, source=retitled), before) == {OWN, DOI}
