"""What a reader finds of each claim and of each source: full entry, register, box, counts, title page, bibliography."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import urlsplit

import pytest
from workshop import SUFFIX, Edition, Workshop, has, text_of

from factpress.press.tagged_pdf.join import CROSS_PART_URI

ONE, TWO, REGISTER, SOURCES = "chapters/01-building", "chapters/02-today", "back/claims", "back/references"


def entry(edition: Edition, docname: str, claim: str) -> Any:
    (found,) = edition.page(docname).xpath("//article[@id=$id]", id=claim)
    return found


def parts(found: Any) -> list[str]:
    """Return the lines of an entry; page numbers of the PDF, which are nought until it is laid out, left out."""
    return [text_of(part).replace(", p. 00", "") for part in found]


def test_no_edition_warns(clean: dict[str, Edition]) -> None:
    assert {kind: edition.warnings for kind, edition in clean.items()} == dict.fromkeys(clean, "")


# entries


def test_a_full_entry_holds_everything_that_the_ledger_says(edition: Edition) -> None:
    found = entry(edition, ONE, "C003")
    assert found.get("class").split() == ["entry", "partly-supported"]
    assert found[0].tag == "h3"
    assert parts(found)[:6] == [
        "C003 ◐ Partly supported",
        "◌ Drafted by Karl Novak, not yet reviewed.",
        "Anna Holm built the bridge with four arches and a toll paid for it.",
        "Finding. Anna Holm was the engineer and a toll paid for the work, but the bridge has five arches.",
        "It should read. The engineer was Anna Holm; the bridge has five arches, and a toll paid for it.",
        "Why. Her own notes and the survey count five arches; the accounts show the toll.",
    ]
    assert parts(found)[7:] == ["Said in ¶ 1.4 · article S01.P1.1"]


def test_evidence_names_stance_source_place_quotation_and_how_it_was_seen(edition: Edition) -> None:
    supports, contradicts = entry(edition, ONE, "C003").xpath(f".//ul[{has('evidence')}]/li")
    assert text_of(supports) == (
        "Supports Arden Bridge Trust 1842, pp. 3–60: The income of the trust is a toll. "
        "primary · read in full, 20 November 2026"
    )
    assert text_of(contradicts.xpath(f".//*[{has('stance')}]")[0]) == "Contradicts"
    (source,) = contradicts.xpath(f".//a[{has('src')}]")
    assert (source.text, source.get("href")) == ("Holm 1851", edition.link(SOURCES, "ref-holm1851"))
    assert "p. 17: The plan that was built has five arches." in text_of(contradicts)
    assert [q.text for q in contradicts.iter("q")] == ["I asked for five and was given five"]


def test_evidence_links_the_page_on_which_it_was_seen_but_not_on_paper(edition: Edition) -> None:
    outside = entry(edition, TWO, "C005").xpath(f".//a[{has('external')}]/@href")
    assert outside == ([] if edition.kind == "pdf" else ["https://www.example.org/survey/table"])


def test_a_signed_claim_names_who_checked_it_and_when(edition: Edition) -> None:
    (state,) = entry(edition, ONE, "C001").xpath(f"./p[{has('state')}]")
    assert text_of(state) == "● Checked by Alma Rivera, 20 November 2026."
    assert state.get("class").split() == ["state", "signed-off"]
    assert state[0].get("aria-hidden") == "true", "a screen reader says the sentence, not the sign"


def test_an_entry_without_evidence_says_where_one_looked(edition: Edition) -> None:
    found = entry(edition, ONE, "C002")
    assert (
        "Where we looked. County Archive of Arden, lists of tolls and of licences, 1800 to 1842; "
        "the index of County History, volumes 1 to 40."
    ) in parts(found)
    assert not found.xpath(".//ul")


def test_a_claim_without_a_finding_has_an_entry_that_promises_nothing(edition: Edition) -> None:
    assert parts(entry(edition, TWO, "C007")) == [
        "C007 ? Unchecked",
        "? Nobody has checked this yet.",
        "Lorries have been barred from the bridge since 1985.",
        "Said in ¶ 2.2 · article S02.P1.3",
    ]


def test_entries_stand_in_their_chapter_in_the_order_of_the_ledger(edition: Edition) -> None:
    for docname, claims in ((ONE, ["C001", "C002", "C003", "C004"]), (TWO, ["C005", "C006", "C007"])):
        page = edition.page(docname)
        heading = page.xpath(".//h2[.='What the sources say']")[0]
        assert [found.get("id") for found in heading.itersiblings("article")] == claims


def test_an_entry_leads_back_to_each_place_once(workshop: Workshop) -> None:
    workshop.chapter("Once {claim}`C001`, and again {claim}`C001`.\n\nThere {claim}`C001`.")
    built = workshop.build("html")
    places = entry(built, ONE, "C001").xpath(f".//p[{has('where')}]/a")
    assert [(place.text, place.get("href")) for place in places] == [("¶\u00a01.1", "#p1-1"), ("¶\u00a01.2", "#p1-2")]


# register, box, counts, title page


def test_the_register_has_a_row_for_each_claim(edition: Edition) -> None:
    rows = edition.page(REGISTER).xpath(f".//table[{has('register')}]/tbody/tr[not({has('group')})]")
    assert [text_of(row[0]) for row in rows] == [f"C00{n}" for n in range(1, 8)]
    (link,) = rows[4].xpath("./th[@scope='row']/a")
    assert link.get("href") == edition.link(TWO, "C005")
    for words in (
        "✗ Contradicted",
        "◌ drafted",
        "The bridge at Arden is the oldest stone bridge in the county.",
        "¶ 2.1",
    ):
        assert words in text_of(rows[4])
    assert rows[4].xpath(f"./td[{has('where')}]/a/@href") == [edition.link(TWO, "p2-1")]
    assert "● checked" in text_of(rows[0])


def test_the_box_sets_what_was_said_beside_what_sources_say(edition: Edition) -> None:
    (box,) = edition.page(ONE).xpath(f".//table[{has('said-table')}]")
    assert [text_of(cell) for cell in box.xpath("./thead//th")] == ["Claim", "The article said", "The sources say"]
    rows = [[text_of(cell) for cell in row] for row in box.xpath("./tbody/tr")]
    assert rows == [
        [
            "◐3",
            "Anna Holm built the bridge with four arches and a toll paid for it.",
            "Anna Holm was the engineer and a toll paid for the work, but the bridge has five arches.",
        ],
        [
            "≠4",
            "A flood that carried off the scaffolding stopped the work for a year.",
            "The engineer blames a flood; a later historian blames want of money.",
        ],
    ]
    assert box.xpath("./tbody//a/@href") == ["#C003", "#C004"]
    # the sign alone is said to nobody who hears the page
    assert box.xpath("./tbody//a/@aria-label") == (
        [] if edition.kind == "pdf" else ["claim 3, article: partly supported", "claim 4, article: disputed"]
    )


def test_the_counts_are_those_of_the_ledger(edition: Edition) -> None:
    verdicts, states = edition.page("index").xpath(f".//table[{has('counts')}]")
    counted = {text_of(row[0]): text_of(row[1]) for table in (verdicts, states) for row in table.xpath("./tbody/tr")}
    assert counted == {
        "✓ Supported": "1", "◐ Partly supported": "1", "✗ Contradicted": "1", "≠ Disputed": "1",
        "≈ Depends on the sense": "0", "○ No evidence found": "1", "– Not checkable": "1",
        "? Unchecked": "1", "◌ Drafted": "5", "◔ In review": "0", "● Checked": "1", "↻ Stale": "0",
        "↩ Returned": "0", "! In conflict": "0", "⌫ Withdrawn": "0",
    }  # fmt: skip


def test_the_title_page_says_what_a_machine_wrote_and_who_stands_behind_it(edition: Edition) -> None:
    page = edition.page("index")
    (box,) = page.xpath(f".//div[{has('disclosure')}]")
    assert text_of(box.xpath(".//blockquote")[0]) == "This article was drafted with the help of an AI tool."
    for words in (
        "“The Old Bridge”, published on the school",
        "received 1 October 2026",
        "9 of the article’s 10 sentences are accounted for in this edition",
        "1 of 7 findings",
    ):
        assert words in text_of(box)
    assert "Edition of 20 November 2026 · The Arden Schools" in text_of(page)
    (line,) = page.xpath(f".//p[{has('cover-line')}]")
    assert text_of(line).startswith(
        "10 sentences of an AI-assisted article · 7 claims · 1 supported, 1 partly supported,"
    )


# bibliography


def source(edition: Edition, key: str) -> Any:
    (found,) = edition.page(SOURCES).xpath(".//li[@id=$id]", id=f"ref-{key}")
    return found


def line(found: Any, name: str) -> str:
    (one,) = found.xpath(f".//*[{has(name)}]")
    return text_of(one).replace(", p. 00", "")


def test_every_source_that_is_cited_or_bears_on_a_claim_is_listed_by_its_nearest_grade(edition: Edition) -> None:
    groups = edition.page(SOURCES).xpath(f".//section[{has('grade')}]")
    listed = {
        text_of(group.xpath("./h2")[0]): [
            (item.get("id"), text_of(item.xpath(f"./*[{has('label')}]")[0]))
            for item in group.xpath(f"./ul[{has('sources')}]/li")
        ]
        for group in groups
    }
    assert listed == {
        "Primary sources": [("ref-arden1842-accounts", "[1]"), ("ref-survey2001", "[3]"), ("ref-holm1851", "[4]")],
        "Secondary sources": [("ref-brand1977", "[2]")],
    }


def test_a_source_shows_grade_how_it_was_seen_what_it_bears_on_and_where_it_is_cited(edition: Edition) -> None:
    found = source(edition, "holm1851")
    assert "Holm, Anna. Notes of a Builder of Bridges, Arden Press, 1851." in text_of(found)
    assert line(found, "seen") == (
        "Primary source · read in full, 20 November 2026; seen as an excerpt, 20 November 2026, not by a person"
    )
    assert line(found, "bears") == "Bears on C001, C003, C004."
    assert line(found, "cited") == "Cited in ¶ 1.5."
    assert found.xpath(f".//span[{has('bears')}]/a/@href") == [edition.link(ONE, c) for c in ("C001", "C003", "C004")]
    assert found.xpath(f".//span[{has('cited')}]/a/@href") == [edition.link(ONE, "p1-5")]


def test_a_source_that_only_findings_name_says_no_place(edition: Edition) -> None:
    found = source(edition, "brand1977")
    assert line(found, "bears") == "Bears on C004, C005."
    assert not found.xpath(f".//span[{has('cited')}]")


def test_a_source_that_only_the_prose_names_says_that_no_claim_rests_on_it(workshop: Workshop) -> None:
    bib = "@book{new1900,\n  author = {New, Ann},\n  title = {A New Book},\n  publisher = {P},\n  year = {1900},\n}\n"
    workshop.edit("references.bib", "@online{survey2001", f"{bib}\n@online{{survey2001")
    workshop.chapter("We add this {cite:p}`new1900{p. 3}`.")
    built = workshop.build("html")
    found = source(built, "new1900")
    assert line(found, "seen") == "Cited for what we added; no claim rests on it"
    assert line(found, "cited") == "Cited in ¶ 1.1."


def test_citations_lead_to_the_source_and_back(edition: Edition) -> None:
    (citation,) = edition.page(ONE).xpath(f".//*[@id='p1-5']//*[{has('bibtex-citation')}]")
    assert text_of(citation) == "[4, p. 17]"
    assert citation.xpath(".//a/@href") == [edition.link(SOURCES, "ref-holm1851")]
    (textual,) = edition.page(TWO).xpath(f".//*[@id='p2-2']//*[{has('bibtex-citation')}]")
    assert text_of(textual) == "County Roads Office [3]"


def test_on_paper_every_way_back_has_room_for_its_page_number(clean: dict[str, Edition]) -> None:
    page = clean["pdf"].page(SOURCES)
    references = page.xpath(f".//span[{has('cited')}]/span[{has('page-ref')}]")
    assert [(f.text, f.get("data-to")) for f in references] == [("00", "#p1-1"), ("00", "#p2-2"), ("00", "#p1-5")]
    for kind in ("html", "epub"):
        assert not clean[kind].page(SOURCES).xpath(f".//*[{has('page-ref')}]")


# all links


def test_no_link_dangles_and_no_id_is_there_twice(edition: Edition) -> None:
    names = ["index", ONE, TWO, REGISTER, SOURCES]
    trees = {f"{name}{SUFFIX[edition.kind]}": edition.page(name) for name in names}
    ids = {name: tree.xpath("//@id") for name, tree in trees.items()}
    for name, found in ids.items():
        assert len(found) == len(set(found)), f"{name}: an id is there twice"
    for name, tree in trees.items():
        # what the web theme puts around the text is tested with the real book
        inside = "//div[@id='text']" if edition.kind == "html" else ""
        written = tree.xpath(f"{inside}//a/@href | {inside}//@data-to")
        if edition.kind == "pdf":  # the parts are joined: what leads elsewhere, and where a number stands, is in one
            anywhere = {id_ for of_page in ids.values() for id_ in of_page}
            assert {to.rpartition("#")[2] for to in written if to.startswith(("#", CROSS_PART_URI))} <= anywhere
            continue
        addresses = [to for to in written if not urlsplit(to).scheme]
        assert addresses or name.startswith("index")
        for address in addresses:
            path, _, anchor = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert not anchor or anchor in ids[target], f"{name} leads to {address}, which is nowhere"
            assert target in ids


@pytest.mark.parametrize("place", ["C001", "C001-1", "p1-1", "ref-holm1851"])
def test_ids_that_are_unique_in_the_book_are_the_same_in_all_editions(clean: dict[str, Edition], place: str) -> None:
    docname = SOURCES if place.startswith("ref-") else ONE
    for edition in clean.values():
        assert len(edition.page(docname).xpath("//*[@id=$id]", id=place)) == 1
