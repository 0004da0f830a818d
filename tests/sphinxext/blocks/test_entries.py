"""What a reader finds of each claim and of each source: full entry, register, box, counts, title page, bibliography."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from workshop import BOTH, SUFFIX, Edition, Workshop, has, text_of

from factpress.press.tagged_pdf.join import CROSS_PART_URI

ONE, TWO, REGISTER, SOURCES = "chapters/01-building", "chapters/02-today", "back/claims", "back/references"


@pytest.fixture(params=BOTH)
def screen(request: pytest.FixtureRequest, clean: dict[str, Edition]) -> Edition:
    """Return an edition that has all in one place: web and EPUB."""
    return clean[request.param]


@pytest.fixture
def paper(clean: dict[str, Edition]) -> Edition:
    """Return the edition in two volumes: a booklet, and a record, which says once what is the same for all."""
    return clean["pdf"]


def entry(edition: Edition, docname: str, claim: str) -> Any:
    (found,) = edition.record(docname).xpath("//article[@id=$id]", id=claim)
    return found


def parts(found: Any) -> list[str]:
    """Return the lines of an entry; page numbers of the PDF, which are nought until it is laid out, left out."""
    return [text_of(part).replace(", p. 00", "") for part in found]


def test_no_edition_warns(clean: dict[str, Edition]) -> None:
    assert {kind: edition.warnings for kind, edition in clean.items()} == dict.fromkeys(clean, "")


# entries


def test_a_full_entry_holds_everything_that_the_ledger_says(screen: Edition) -> None:
    found = entry(screen, ONE, "C003")
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


def test_an_entry_of_the_record_holds_everything_that_the_ledger_says(paper: Edition) -> None:
    found = entry(paper, ONE, "C003")
    assert found.get("class").split() == ["entry", "partly-supported"]
    assert found[0].tag == "h2", "an entry stands right under its chapter"
    assert parts(found) == [
        "◐3 Partly supported",
        "Anna Holm built the bridge with four arches and a toll paid for it.",
        "◌ Drafted by Karl Novak, not yet reviewed.",
        "Anna Holm was the engineer and a toll paid for the work, but the bridge has five arches.",
        "It should read. The engineer was Anna Holm; the bridge has five arches, and a toll paid for it.",
        "Why. Her own notes and the survey count five arches; the accounts show the toll.",
        "Supports",
        "3a P Arden Bridge Trust 1842 [1], pp. 3–60: The income of the trust is a toll. read in full, 20 November 2026",
        "Contradicts",
        "3b P Holm 1851 [4], p. 17: The plan that was built has five arches. I asked for five and was given five "
        "read in full, 20 November 2026",
        "In the booklet: ¶ 1.4 · article S01.P1.1",
    ]
    assert found.xpath(f".//a[{has('src')}]/@href") == [
        paper.link(SOURCES, f"ref-{key}") for key in ("arden1842-accounts", "holm1851")
    ]
    assert [q.text for q in found.iter("q")] == ["I asked for five and was given five"]
    (place,) = found.xpath(f"./p[{has('where')}]//span[{has('page-ref')}]")
    assert (place.text, place.get("data-to")) == ("00", "#booklet:p1-4"), "the page is one of the other volume"


def test_evidence_names_stance_source_place_quotation_and_how_it_was_seen(screen: Edition) -> None:
    supports, contradicts = entry(screen, ONE, "C003").xpath(f".//ul[{has('evidence')}]/li")
    assert text_of(supports) == (
        "Supports Arden Bridge Trust 1842, pp. 3–60: The income of the trust is a toll. "
        "primary · read in full, 20 November 2026"
    )
    assert text_of(contradicts.xpath(f".//*[{has('stance')}]")[0]) == "Contradicts"
    (source,) = contradicts.xpath(f".//a[{has('src')}]")
    assert (source.text, source.get("href")) == ("Holm 1851", screen.link(SOURCES, "ref-holm1851"))
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


def test_a_claim_without_a_finding_has_an_entry_that_promises_nothing(screen: Edition, paper: Edition) -> None:
    assert parts(entry(screen, TWO, "C007")) == [
        "C007 ? Unchecked",
        "? Nobody has checked this yet.",
        "Lorries have been barred from the bridge since 1985.",
        "Said in ¶ 2.2 · article S02.P1.3",
    ]
    assert parts(entry(paper, TWO, "C007")) == [
        "?7 Unchecked",
        "Lorries have been barred from the bridge since 1985.",
        "? Nobody has checked this yet.",
        "In the booklet: ¶ 2.2 · article S02.P1.3",
    ]


def test_entries_stand_in_their_chapter_in_the_order_of_the_ledger(edition: Edition) -> None:
    for docname, claims in ((ONE, ["C001", "C002", "C003", "C004"]), (TWO, ["C005", "C006", "C007"])):
        page = edition.record(docname)
        assert page.xpath("//article/@id") == claims
        headings = page.xpath(".//h2[.='What the sources say']")
        if edition.kind == "pdf":  # the record has nothing else, and the booklet nothing of them
            assert headings == [] and len(page.xpath("//h1/following::article")) == len(claims)
            assert not edition.page(docname).xpath("//article | //h2[.='What the sources say']")
        else:
            assert [found.get("id") for found in headings[0].itersiblings("article")] == claims


def test_an_entry_leads_back_to_each_place_once(workshop: Workshop) -> None:
    workshop.chapter("Once {claim}`C001`, and again {claim}`C001`.\n\nThere {claim}`C001`.")
    built = workshop.build("html")
    places = entry(built, ONE, "C001").xpath(f".//p[{has('where')}]/a")
    assert [(place.text, place.get("href")) for place in places] == [("¶\u00a01.1", "#p1-1"), ("¶\u00a01.2", "#p1-2")]


# register, box, counts, title page


def test_the_register_has_a_row_for_each_claim(screen: Edition) -> None:
    rows = screen.page(REGISTER).xpath(f".//table[{has('register')}]/tbody/tr[not({has('group')})]")
    assert [text_of(row[0]) for row in rows] == [f"C00{n}" for n in range(1, 8)]
    (link,) = rows[4].xpath("./th[@scope='row']/a")
    assert link.get("href") == screen.link(TWO, "C005")
    for words in (
        "✗ Contradicted",
        "◌ drafted",
        "The bridge at Arden is the oldest stone bridge in the county.",
        "¶ 2.1",
    ):
        assert words in text_of(rows[4])
    assert rows[4].xpath(f"./td[{has('where')}]/a/@href") == [screen.link(TWO, "p2-1")]
    assert "● checked" in text_of(rows[0])


def test_the_register_of_the_record_has_a_line_for_each_claim_with_its_pages_in_both_volumes(paper: Edition) -> None:
    lines = paper.record(REGISTER).xpath(f".//ul[{has('register-lines')}]/li")
    assert [text_of(line).replace(" p. 00", "").replace(",", "") for line in lines] == [
        "✓1 entry · ¶ 1.1 ●", "○2 entry · ¶ 1.2", "◐3 entry · ¶ 1.4 ◌", "≠4 entry · ¶ 1.6",
        "✗5 entry · ¶ 2.1", "–6 entry · ¶ 2.1", "?7 entry · ¶ 2.2 ?",
    ]  # fmt: skip
    assert lines[4].xpath("./a/@href") == [paper.link(TWO, "C005")]
    assert lines[4].xpath(f".//span[{has('page-ref')}]/@data-to") == ["#C005", "#booklet:p2-1"]


def test_the_box_sets_what_was_said_beside_what_sources_say(screen: Edition) -> None:
    (box,) = screen.page(ONE).xpath(f".//table[{has('said-table')}]")
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
    assert box.xpath("./tbody//a/@aria-label") == ["claim 3, article: partly supported", "claim 4, article: disputed"]


def test_the_box_of_the_booklet_has_two_columns_under_a_title_that_names_them(paper: Edition) -> None:
    (box,) = paper.page(ONE).xpath(f".//table[{has('said-table')}]")
    assert text_of(box.getprevious()) == "The article said, the sources say"
    assert not box.xpath(".//thead")
    assert [[text_of(cell) for cell in row] for row in box.xpath("./tbody/tr")] == [
        [
            "◐3 Anna Holm built the bridge with four arches and a toll paid for it.",
            "Anna Holm was the engineer and a toll paid for the work, but the bridge has five arches.",
        ],
        [
            "≠4 A flood that carried off the scaffolding stopped the work for a year.",
            "The engineer blames a flood; a later historian blames want of money.",
        ],
    ]
    assert box.xpath("./tbody//th/@scope") == ["row", "row"]
    assert not box.xpath(".//a"), "the entries stand in the record"


def test_the_counts_are_those_of_the_ledger(screen: Edition) -> None:
    verdicts, states = screen.page("index").xpath(f".//table[{has('counts')}]")
    counted = {text_of(row[0]): text_of(row[1]) for table in (verdicts, states) for row in table.xpath("./tbody/tr")}
    assert counted == {
        "✓ Supported": "1", "◐ Partly supported": "1", "✗ Contradicted": "1", "≠ Disputed": "1",
        "≈ Depends on the sense": "0", "○ No evidence found": "1", "– Not checkable": "1",
        "? Unchecked": "1", "◌ Drafted": "5", "◔ In review": "0", "● Checked": "1", "↻ Stale": "0",
        "↩ Returned": "0", "! In conflict": "0", "⌫ Withdrawn": "0",
    }  # fmt: skip


def test_page_two_of_the_booklet_explains_every_sign_that_its_marks_have(clean: dict[str, Edition]) -> None:
    verdicts, states = clean["pdf"].page("index").xpath(f".//table[{has('counts')}]")
    explained = [[text_of(cell) for cell in row] for row in verdicts.xpath("./tbody/tr")]
    assert {word: count for word, count, _ in explained} == {
        "✓ Supported": "1", "◐ Partly supported": "1", "✗ Contradicted": "1", "≠ Disputed": "1",
        "○ No evidence found": "1", "– Not checkable": "1", "? Unchecked": "1",
    }  # fmt: skip
    # what people have had to do with has a second sign; that something is drafted has none
    more = [[text_of(cell) for cell in row] for row in states.xpath("./tbody/tr")]
    assert more == [["● Checked", "1", "Checked by the person named, on the date given."]]
    signs = {sign for page in (ONE, TWO) for sign in clean["pdf"].page(page).xpath(f"//a[{has('mark')}]/span/text()")}
    assert {sign for sign in signs if not sign.isdigit()} == {row[0][0] for row in (*explained, *more)}


def test_the_title_page_says_what_a_machine_wrote_and_who_stands_behind_it(screen: Edition) -> None:
    page = screen.page("index")
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


def test_page_two_of_the_booklet_says_what_a_machine_wrote_and_who_stands_behind_it(paper: Edition) -> None:
    page = paper.page("index")
    (notice,) = page.xpath(f".//section[{has('notice')}]")
    assert text_of(notice.xpath(".//blockquote")[0]) == "This article was drafted with the help of an AI tool."
    for words in (
        "“The Old Bridge”, published on the school",
        "received 1 October 2026",
        "9 of the article’s 10 sentences are accounted for in this edition",
        "1 of 7 findings has been checked and signed by a person.",
    ):
        assert words in text_of(notice)
    (cover,) = page.xpath(f".//section[{has('cover')}]")
    assert "Edition of 20 November 2026 · The Arden Schools" in text_of(cover)
    assert "10 sentences of an AI-assisted article · 7 claims" in text_of(cover)
    first = paper.record("index")
    assert "Edition of 20 November 2026 · The Arden Schools" in text_of(first)
    assert "not yet checked by a person" in text_of(first)


# bibliography


def source(edition: Edition, key: str) -> Any:
    (found,) = edition.record(SOURCES).xpath(".//li[@id=$id]", id=f"ref-{key}")
    return found


def line(found: Any, name: str) -> str:
    (one,) = found.xpath(f".//*[{has(name)}]")
    return text_of(one).replace(", p. 00", "")


def test_every_source_that_is_cited_or_bears_on_a_claim_is_listed_by_its_nearest_grade(screen: Edition) -> None:
    groups = screen.page(SOURCES).xpath(f".//section[{has('grade')}]")
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


def test_on_paper_sources_stand_in_the_order_of_their_numbers_in_short_and_in_full(paper: Edition) -> None:
    keys = ["ref-arden1842-accounts", "ref-brand1977", "ref-survey2001", "ref-holm1851"]
    for page in (paper.page(SOURCES), paper.record(SOURCES)):
        items = page.xpath(f".//ul[{has('sources')}]/li")
        assert [item.get("id") for item in items] == keys
        assert [text_of(item.xpath(f"./*[{has('label')}]")[0]) for item in items] == ["1", "2", "3", "4"]
    assert [text_of(item)[2:] for item in paper.page(SOURCES).xpath(f".//ul[{has('sources')}]/li")] == [
        "Arden Bridge Trust 1842.", "Brand 1977, County History.", "County Roads Office 2001.", "Holm 1851.",
    ]  # fmt: skip
    grades = paper.record(SOURCES).xpath(f".//li/*[{has('grade')}]")
    assert [text_of(grade) for grade in grades] == ["P", "S", "P", "P"]


def test_a_source_of_the_record_says_what_differs_what_it_bears_on_and_where_it_is_cited(paper: Edition) -> None:
    found = source(paper, "holm1851")
    assert text_of(found) == (
        "4 P Holm, Anna. Notes of a Builder of Bridges, Arden Press, 1851. "
        "read in full, 20 November 2026; seen as an excerpt · Claims 1, 3, 4 · ¶ 1.5"
    )
    assert found.xpath(f".//span[{has('uses')}]/a/@href") == [paper.link(ONE, c) for c in ("C001", "C003", "C004")]
    assert text_of(source(paper, "survey2001")).endswith(" Claim 5 · ¶ 2.2"), "it was seen as most were"
    assert text_of(source(paper, "brand1977")).endswith(" DOI not yet looked up · Claims 4, 5")


def test_a_source_shows_grade_how_it_was_seen_what_it_bears_on_and_where_it_is_cited(screen: Edition) -> None:
    found = source(screen, "holm1851")
    assert "Holm, Anna. Notes of a Builder of Bridges, Arden Press, 1851." in text_of(found)
    assert line(found, "seen") == (
        "Primary source · read in full, 20 November 2026; seen as an excerpt, 20 November 2026, not by a person"
    )
    assert line(found, "bears") == "Bears on C001, C003, C004."
    assert line(found, "cited") == "Cited in ¶ 1.5."
    assert found.xpath(f".//span[{has('bears')}]/a/@href") == [screen.link(ONE, c) for c in ("C001", "C003", "C004")]
    assert found.xpath(f".//span[{has('cited')}]/a/@href") == [screen.link(ONE, "p1-5")]


def test_a_source_that_only_findings_name_says_no_place(screen: Edition) -> None:
    found = source(screen, "brand1977")
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
    (leads,) = citation.xpath(".//a")
    if edition.kind == "epub":  # by way of its note, which leads back to this very citation
        (note,) = edition.page(ONE).xpath("//aside[@id=$id]", id=leads.get("href").removeprefix("#"))
        assert note.xpath(".//a[@role='doc-backlink']/@href") == [f"#{leads.get('id')}"]
        (leads,) = note.xpath(".//a[not(@role)]")
    assert leads.get("href") == edition.link(SOURCES, "ref-holm1851")
    (textual,) = edition.page(TWO).xpath(f".//*[@id='p2-2']//*[{has('bibtex-citation')}]")
    assert text_of(textual) == "County Roads Office [3]"


def test_on_paper_what_leads_to_the_other_volume_has_room_for_its_page_number(clean: dict[str, Edition]) -> None:
    pages = [clean["pdf"].record(name) for name in (ONE, TWO, REGISTER)]
    references = [page.xpath(f".//span[{has('page-of')}]/span[{has('page-ref')}]") for page in pages]
    paragraphs = ("p1-1", "p1-2", "p1-4", "p1-6", "p2-1", "p2-1", "p2-2")
    expected = [("00", f"#booklet:{paragraph}") for paragraph in paragraphs]
    assert [[(f.text, f.get("data-to")) for f in found] for found in references] == [
        expected[:4], expected[4:], expected,
    ]  # fmt: skip
    ways = [clean["pdf"].page(name).xpath(f".//p[{has('way')}]/span[{has('page-ref')}]") for name in (ONE, TWO)]
    assert [[(f.text, f.get("data-to")) for f in found] for found in ways] == [
        [("00", "#record:C001")], [("00", "#record:C005")],
    ]  # fmt: skip
    for kind in BOTH:
        for name in (ONE, TWO, REGISTER, SOURCES):
            assert not clean[kind].page(name).xpath(f".//*[{has('page-ref')}]")


# all links


def test_no_link_dangles_and_no_id_is_there_twice(screen: Edition) -> None:
    names = ["index", ONE, TWO, REGISTER, SOURCES]
    trees = {f"{name}{SUFFIX[screen.kind]}": screen.page(name) for name in names}
    ids = {name: tree.xpath("//@id") for name, tree in trees.items()}
    for name, found in ids.items():
        assert len(found) == len(set(found)), f"{name}: an id is there twice"
    for name, tree in trees.items():
        # what the web theme puts around the text is tested with the real book
        inside = "//div[@id='text']" if screen.kind == "html" else ""
        addresses = [to for to in tree.xpath(f"{inside}//a/@href | {inside}//@data-to") if not urlsplit(to).scheme]
        assert addresses or name.startswith("index")
        for address in addresses:
            to = urlsplit(address)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), to.path)) if to.path else name
            assert target in ids
            assert not to.fragment or to.fragment in ids[target], f"{name} leads to {address}, which is nowhere"
            if to.query:  # counts lead to the register, which filters by them
                assert target == f"{REGISTER}.html"
                fields = trees[target].xpath("//form//*[@name]/@name")
                assert set(parse_qs(to.query)) <= set(fields), f"{name} asks for {address}"


def test_no_link_of_a_volume_dangles_and_no_id_is_there_twice(paper: Edition) -> None:
    pages = {
        "booklet": [paper.page(name) for name in ("index", ONE, TWO, SOURCES)],
        "record": [paper.record(name) for name in ("index", ONE, TWO, REGISTER, SOURCES)],
    }
    # the pages of a volume are joined: ids are one of its own
    ids = {volume: [id_ for tree in trees for id_ in tree.xpath("//@id")] for volume, trees in pages.items()}
    for volume, found in ids.items():
        assert len(found) == len(set(found)), f"{volume}: an id is there twice"
    for volume, trees in pages.items():
        links = {to for tree in trees for to in tree.xpath("//a/@href") if to.startswith(("#", CROSS_PART_URI))}
        assert len(links) > 10
        assert {to.rpartition("#")[2] for to in links} <= set(ids[volume]), volume
        numbers = {to.removeprefix("#") for tree in trees for to in tree.xpath("//@data-to")}
        places = [(place.rpartition(":")[0] or volume, place.rpartition(":")[2]) for place in numbers]
        assert {other for other, _ in places} == {"booklet", "record"}
        for other, anchor in places:
            assert anchor in ids[other], f"{volume}: no page of {other} has {anchor}"


@pytest.mark.parametrize("place", ["C001", "C001-1", "p1-1", "ref-holm1851"])
def test_ids_that_are_unique_in_the_book_are_the_same_in_all_editions(clean: dict[str, Edition], place: str) -> None:
    docname = SOURCES if place.startswith("ref-") else ONE
    for edition in clean.values():
        page = edition.record(docname) if place in ("C001", "ref-holm1851") else edition.page(docname)
        assert len(page.xpath("//*[@id=$id]", id=place)) == 1
