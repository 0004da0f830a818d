"""What a reader finds of a link: where it leads, how it stands and since when, in each edition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from workshop import Edition, Workshop, has, text_of

from factpress.files.book import read_book
from factpress.files.link_record.lock import write_lock
from factpress.model.digest import covered_digests
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import Archive, LinkKind, LinkRecord, QuoteState, State
from factpress.settings import read_settings

TWO, SOURCES = "chapters/02-today", "back/references"
PAGE, COPY = "https://www.example.org/survey/table", "https://web.archive.org/web/2026/survey"
FRAGMENT = "#:~:text=the%20deck%20was%20renewed%20in%201961"
QUOTE = "the deck was renewed in 1961"
OK = LinkRecord(
    url=PAGE, state=State.OK, since="2026-11-18", last_ok="2026-11-18", last_checked="2026-11-19",
    quotes={quote_key(QUOTE): QuoteState.FOUND},
)  # fmt: skip
KEPT = Archive(COPY, {quote_key(QUOTE): QuoteState.FOUND})


@pytest.fixture
def quoted(workshop: Workshop) -> Workshop:
    """Return the book with a quote on a page of its own, and with a copy of the source's page."""
    old = "says: Upper Arden is given the earlier date.\n"
    workshop.edit("docs/claims/02-today.yaml", old, f"{old}        quote: {QUOTE}\n        url: {PAGE}\n")
    return workshop


def record(workshop: Workshop, *records: LinkRecord) -> None:
    write_lock(workshop.root / "docs/claims/links.lock.json", records)


def evidence(edition: Edition) -> Any:
    (found,) = [item for item in edition.record(TWO).xpath("//li[.//q]") if text_of(item).find(QUOTE) > 0][-1:]
    return found


def outside(found: Any) -> list[tuple[str, str]]:
    return [(text_of(a), a.get("href")) for a in found.xpath(f".//a[{has('external')}]")]


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_a_quotation_leads_to_its_words(quoted: Workshop, kind: str) -> None:
    found = evidence(quoted.build(kind))
    assert outside(found) == [(QUOTE, f"{PAGE}{FRAGMENT}")]
    if kind == "pdf":  # the record says once how most evidence was seen
        assert text_of(found) == (
            f"5b P County Roads Office 2001 [3], table of bridges: Upper Arden is given the earlier date. {QUOTE}"
        )
    else:
        assert text_of(found).endswith("primary · read in full, 20 November 2026, not by a person")


def test_a_quotation_leads_to_a_copy_once_the_page_is_gone(quoted: Workshop) -> None:
    record(quoted, replace(OK, archive=KEPT))
    found = evidence(quoted.build("html"))
    assert text_of(found).endswith("· page read by a machine 19 November 2026, quoted words found · archived copy")
    assert outside(found)[0] == (QUOTE, f"{PAGE}{FRAGMENT}")
    record(quoted, replace(OK, state=State.ARCHIVED_ONLY, since="2026-11-20", archive=KEPT))
    found = evidence(quoted.build("html"))
    assert outside(found) == [(QUOTE, f"{COPY}{FRAGMENT}"), ("archived copy", f"{COPY}{FRAGMENT}")]
    assert "the page is gone, since 20 November 2026; the archived copy has the quoted words" in text_of(found)
    record(quoted, replace(OK, state=State.GONE, since="2026-11-20"))
    found = evidence(quoted.build("html"))
    assert outside(found) == []
    assert QUOTE in text_of(found)


def source(edition: Edition, key: str) -> Any:
    (found,) = edition.record(SOURCES).xpath("//li[@id=$id]", id=f"ref-{key}")
    return found


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_the_list_of_sources_says_how_each_link_stands(workshop: Workshop, kind: str) -> None:
    url, doi = "https://www.example.org/survey/arden", "https://doi.org/10.5555/brand.1977"
    edition = workshop.build(kind)
    if kind == "pdf":  # the record says it once
        usual = "where an item does not say otherwise: read in full, 20 November 2026, not by a person."
        assert usual in text_of(edition.record("index"))
        assert text_of(source(edition, "survey2001")).startswith("3 P ")
    else:
        seen = "Primary source · read in full, 20 November 2026, not by a person"
        assert seen in text_of(source(edition, "survey2001"))
    assert text_of(source(edition, "brand1977")).count("DOI not yet looked up") == 1
    mismatch = LinkRecord(
        url=doi, kind=LinkKind.DOI, state=State.METADATA_MISMATCH, since="2026-11-19", last_checked="2026-11-19"
    )
    record(workshop, replace(OK, url=url, state=State.GONE, since="2026-11-20", archive=Archive(COPY)), mismatch)
    edition = workshop.build(kind)
    gone = source(edition, "survey2001")
    before = " " if kind == "pdf" else "· "  # how it was seen goes before, where that is not as most were
    assert f"{before}the page is gone, since 20 November 2026 · archived copy" in text_of(gone)
    assert url not in {a.get("href") for a in gone.iter("a")}
    assert "www.example.org/survey/arden" in text_of(gone)  # as text: a reader may still look for it
    assert COPY in {a.get("href") for a in gone.iter("a")}
    assert f"{before}DOI registered for another work 19 November 2026" in text_of(source(edition, "brand1977"))


def test_no_sign_off_covers_how_a_link_stands(workshop: Workshop) -> None:
    settings = read_settings(workshop.root)

    def digests() -> list[object]:
        book, _ = read_book(settings)
        return [covered_digests(claim, book.sources) for claim in book.ledger.claims]

    before = digests()
    record(workshop, replace(OK, url="https://www.example.org/survey/arden", state=State.GONE))
    workshop.write("docs/claims/seen.yaml", SEEN)
    assert digests() == before


SEEN = (
    "- url: https://www.example.org/survey/arden\n  by: a.rivera\n"
    '  date: "2026-11-21"\n  quote-seen: "yes"\n  how: browser\n'
)


def test_a_source_is_found_by_its_id_whatever_its_key(workshop: Workshop) -> None:
    for file in ("references.bib", "docs/claims/02-today.yaml", "docs/chapters/02-today.md"):
        path = workshop.root / file
        path.write_text(path.read_text(encoding="utf-8").replace("survey2001", "Survey.2001"), encoding="utf-8")
    edition = workshop.build("html")
    assert edition.warnings == ""
    (found,) = edition.page(SOURCES).xpath("//li[@id='ref-survey-2001']")
    assert "Primary source · read in full, 20 November 2026, not by a person" in text_of(found)
    assert found.xpath(f".//span[{has('bears')}]")


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_no_edition_leads_to_a_copying_host_and_says_that_words_were_seen_in_a_copy(
    quoted: Workshop, kind: str
) -> None:
    copy = "https://docslib.org/doc/10636221/survey"
    quoted.edit(
        "docs/claims/02-today.yaml", f"        url: {PAGE}\n", f"        url: {copy}\n        archived: {COPY}\n"
    )
    # the check refuses an address of a source there; Sphinx alone must not print it either
    quoted.edit("references.bib", "https://www.example.org/survey/arden", "https://www.scribd.com/doc/1")
    built = quoted.build(kind)
    assert built.warnings == ""
    for name, text in built.files().items():
        if name.endswith((".html", ".xhtml")):
            assert copy not in text.decode() and "scribd" not in text.decode(), name
            assert "web.archive.org" not in text.decode(), name
    (entry,) = built.record(TWO).xpath("//article[@id='C005']")
    assert QUOTE in text_of(entry)
    assert "in a copy at docslib.org" in text_of(entry)
    for page in (built.page(TWO), built.record(TWO)):
        assert not page.xpath(f"//*[{has('codes')}]")
