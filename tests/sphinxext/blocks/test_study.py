"""What a reader finds of the study aids in each edition: every datum with its source, every link with its end."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from studied import PAGES, studied
from workshop import ALL, BOTH, SUFFIX, Edition, Workshop, has, text_of

from factpress.press.tagged_pdf.join import CROSS_PART_URI

ONE, TWO, SOURCES = "chapters/01-building", "chapters/02-today", "back/references"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    workshop = studied(tmp_path_factory.mktemp("studied"))
    return {kind: workshop.build(kind) for kind in ALL}


@pytest.fixture(params=ALL)
def edition(request: pytest.FixtureRequest, made: dict[str, Edition]) -> Edition:
    return made[request.param]


@pytest.fixture(params=BOTH)
def screen(request: pytest.FixtureRequest, made: dict[str, Edition]) -> Edition:
    return made[request.param]


@pytest.fixture
def paper(made: dict[str, Edition]) -> Edition:
    """Return the edition in volumes, of which the booklet has the study aids in brief."""
    return made["pdf"]


def own(edition: Edition, links: list[Any]) -> list[str]:
    """Return where links to sources lead; those of the EPUB by way of the note that its page has on each source."""
    found = []
    for leads in links:
        to = leads.get("href")
        if edition.kind == "epub":
            note = only(leads.xpath("//aside[@id=$id]", id=to.removeprefix("#")))
            assert f"#{leads.get('id')}" in note.xpath(".//a[@role='doc-backlink']/@href")
            (to,) = note.xpath(".//a[not(@role)]/@href")
        found.append(to)
    return found


def only(found: list[Any]) -> Any:
    (one,) = found
    return one


def by_id(edition: Edition, docname: str, name: str) -> Any:
    """Return what carries an id, which in the PDF also says of which document it is."""
    return only(by_ids(edition.page(docname), name))


def by_ids(page: Any, name: str) -> list[Any]:
    return page.xpath(f"//*[@id='{name}' or substring-after(@id, '--')='{name}']")  # type: ignore[no-any-return]


def volumes(edition: Edition) -> dict[str, list[Any]]:
    """Return the pages of each volume."""
    pages: dict[str, list[Any]] = {}
    for name in edition.files():
        if name.endswith(".html"):
            pages.setdefault(name.partition("/")[0], []).append(edition.page_file(name.removesuffix(".html")))
    return pages


def said(element: Any) -> str:
    """Return an element's text without page numbers, which are nought until the PDF is laid out."""
    return text_of(element).replace(", p. 00", "")


def test_no_edition_warns(made: dict[str, Edition]) -> None:
    assert {kind: edition.warnings for kind, edition in made.items()} == dict.fromkeys(ALL, "")


def test_every_link_of_a_study_page_and_of_a_chapter_has_its_end(screen: Edition) -> None:
    pages = {
        name: screen.page(name)
        for name in ("index", ONE, TWO, SOURCES, *(f"back/{name}" for name in (*PAGES, "to-consult")))
    }
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    everywhere = set().union(*ids.values())
    seen = 0
    for name in (ONE, *(f"back/{name}" for name in PAGES)):
        text = next(iter(pages[name].xpath("//*[@role='main']")), pages[name])
        for address in text.xpath(".//a/@href"):
            parts = urlsplit(address)
            if not parts.scheme:
                there = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path)) if parts.path else name
                page = there.removesuffix(SUFFIX[screen.kind])
                assert not parts.fragment or unquote(parts.fragment) in ids.get(page, everywhere), address
            seen += 1
    assert seen > 40


def test_every_link_of_a_volume_has_its_end_there_and_every_page_number_in_a_volume(paper: Edition) -> None:
    pages = volumes(paper)
    assert {"booklet", "record", "teachers"} <= pages.keys()
    ids = {name: {found for tree in trees for found in tree.xpath("//@id")} for name, trees in pages.items()}
    seen = 0
    for name, trees in pages.items():
        for tree in trees:
            for address in tree.xpath("//a/@href"):
                if address.startswith((CROSS_PART_URI, "#")):
                    assert urlsplit(address).fragment in ids[name], (name, address)
                    seen += 1
            for to in " ".join(tree.xpath("//@data-to")).split():
                volume, _, anchor = to.removeprefix("#").rpartition(":")
                assert anchor in ids[volume or name], (name, to)
                seen += 1
    assert seen > 60


def test_each_page_of_the_study_aids_stands_in_its_volume(paper: Edition) -> None:
    printed = volumes(paper).items()
    titles = {name: {text_of(title) for tree in trees for title in tree.xpath("//h1")} for name, trees in printed}
    expected = {
        "booklet": {"treaties", "timeline", "glossary", "answers"},
        "record": {"index-of-names"},
        "teachers": {"teachers", "questions", "online"},
    }
    found = {name: {page for page in PAGES if f"The {page}" in shown} for name, shown in titles.items()}
    assert {name: pages for name, pages in found.items() if pages} == expected
    assert "reading" not in set().union(*expected.values()), "the reading list has web and EPUB alone"


# treaties and timeline


def test_a_treaty_has_a_row_and_an_entry_with_a_source_for_each_datum(screen: Edition) -> None:
    table = only(screen.page("back/treaties").xpath(f"//table[{has('treaties')}]"))
    assert [cell.get("scope") for cell in table.xpath(".//thead//th")] == ["col"] * 5
    row = only(table.xpath(".//tbody/tr"))
    assert row[0].get("scope") == "row"
    cells = ["Bridge agreement", "Arden and Bridge Hill", "2 May 1839 [1]", "June 1839 [1]", "Open"]
    assert [text_of(cell) for cell in row] == cells
    facts = by_id(screen, "back/treaties", "treaty-bridge-1839").xpath(".//li")
    assert [said(fact) for fact in facts] == [
        "Parties Arden and Bridge Hill",
        "Signed 2 May 1839 [1]",
        "In force June 1839 (The accounts name the month only) [1]",
        "Joined The county, 1850 [4]",
        "Article 2 Each parish bears half of the cost until the toll has paid it back. [4]",
        "Today Open. Nobody has ended it, and nobody uses it. "
        "Not seen by us: No source that we saw says whether it still binds.",
        "Claims C003",
    ]
    links = facts[1].xpath(f".//*[{has('bibtex-citation')}]/a")
    assert own(screen, links) == [screen.link(SOURCES, "ref-arden1842-accounts").replace("../back/", "")]


def test_a_treaty_has_a_row_in_the_booklet(paper: Edition) -> None:
    table = only(paper.page("back/treaties").xpath(f"//table[{has('treaties')}]"))
    assert [text_of(cell) for cell in table.xpath(".//thead//th[@scope='col']")] == [
        "Treaty, parties", "Signed, in force", "What it promises, in our words", "Today",
    ]  # fmt: skip
    row = only(table.xpath(".//tbody/tr"))
    assert row[0].get("scope") == "row"
    # what stands below something else is told from it by a line of its own
    assert [" ".join(" ".join(cell.itertext()).split()) for cell in row] == [
        "Bridge agreement Arden and Bridge Hill",
        "2 May 1839 June 1839",
        "Article 2 Each parish bears half of the cost until the toll has paid it back.",
        "Open",
    ]
    assert row[0].get("id").endswith("--treaty-bridge-1839"), "what leads to the treaty leads here"


def test_an_event_of_a_treaty_has_the_date_of_the_treaty(screen: Edition) -> None:
    assert said(by_id(screen, "back/timeline", "event-agreement")) == (
        "2 May 1839 Two parishes agree to build a bridge. [1] · The treaty"
    )
    assert said(by_id(screen, "back/timeline", "event-county")).startswith("1850 The county joins")
    assert said(by_id(screen, "back/timeline", "event-opening")) == "4 June 1842 The bridge is opened. [1] · C001"
    page = screen.page("back/timeline")
    headings = page.xpath(f"//h2[not(parent::section[{has('cited-notes')}])]")
    assert [text_of(part) for part in headings] == ["Before the bridge", "The bridge"]
    lists = page.xpath(f"//ol[{has('timeline')}]")
    assert [len(part) for part in lists] == [1, 3]
    assert page.xpath("//time/@datetime") == ["1839-05-02", "1842-06-04", "1850"]  # a range is not a single time


def test_an_event_of_the_booklet_has_date_and_words(paper: Edition) -> None:
    page = paper.page("back/timeline")
    title = only(page.xpath("//h1[.='The timeline']"))
    assert [text_of(part) for part in title.getparent().xpath(".//h2")] == ["Before the bridge", "The bridge"]
    lists = title.getparent().xpath(f".//ul[{has('brief')}]")
    assert [[text_of(event) for event in part] for part in lists] == [
        ["2 May 1839 Two parishes agree to build a bridge."],
        [
            "4 June 1842 The bridge is opened.",
            "1850 The county joins the agreement.",
            "2001–2003 A weight limit holds.",
        ],
    ]
    names = [event.get("id").rpartition("--")[2] for part in lists for event in part]
    assert names == ["event-agreement", "event-opening", "event-county", "event-limit"]


def test_a_datum_that_nobody_saw_says_so(tmp_path: Path) -> None:
    workshop = studied(tmp_path)
    workshop.edit("docs/back/treaties.yaml", 'date: "1839-05-02"', "open: The first page is torn.")
    workshop.edit(
        "docs/back/treaties.yaml",
        "    date: 1839-06\n    sources: [arden1842-accounts]\n",
        "    open: No page names it.\n",
    )
    made = workshop.build("html")
    row = only(made.page("back/treaties").xpath("//tbody/tr"))
    assert [text_of(cell) for cell in row[2:4]] == ["Left open [1]", "Not seen by us"]
    facts = [text_of(fact) for fact in by_id(made, "back/treaties", "treaty-bridge-1839").xpath(".//li")]
    assert facts[1:3] == ["Signed Left open: The first page is torn. [1]", "In force Not seen by us: No page names it."]
    assert text_of(by_id(made, "back/timeline", "event-agreement")).startswith("Left open: The first page is torn.")


# glossary


def test_a_term_is_defined_with_its_source_and_where_it_is_used(screen: Edition) -> None:
    terms = only(screen.page("back/glossary").xpath("//dl"))
    assert [part.tag for part in terms] == ["dt", "dd"] * 2
    assert [text_of(part) for part in terms[::2]] == ["toll", "trust"]
    assert said(terms[1]) == (
        "Money paid for the use of a road or a bridge. No source: A word of every day; the wording is our own. "
        "In the text at ¶ 1.4"
    )
    assert said(terms[3]) == (
        "People who hold money for a purpose that is not their own. [2] See toll. In the text at ¶ 1.1"
    )
    frame = terms.getparent()
    kind = {"html": ("doc-glossary", None), "epub": ("doc-glossary", "glossary")}[screen.kind]
    assert (frame.get("role"), frame.get("epub:type")) == kind


def test_a_term_of_the_booklet_has_its_definition_and_is_reached_from_the_text(paper: Edition) -> None:
    page = paper.page("back/timeline")  # the glossary follows it on the same page
    terms = only(page.xpath("//h1[.='The glossary']")).getparent().xpath(f".//ul[{has('brief')}]/li")
    assert [text_of(term) for term in terms] == [
        "toll Money paid for the use of a road or a bridge.",
        "trust People who hold money for a purpose that is not their own.",
    ]
    assert [text_of(term) for term in page.xpath("//dfn")] == ["toll", "trust"]
    leads = paper.page(ONE).xpath(f"//a[{has('term')}]/@href")
    assert leads == [f"{CROSS_PART_URI}{term.get('id')}" for term in reversed(terms)]


def test_the_first_use_in_a_chapter_leads_to_the_glossary_and_each_where_it_opens_in_place(tmp_path: Path) -> None:
    workshop = studied(tmp_path)
    workshop.edit(
        "docs/chapters/02-today.md", "An older bridge", "A {term}`toll` and more {term}`tolls`: an older bridge"
    )
    workshop.edit(
        "docs/chapters/02-today.md", "for its visitors", "for {claim:term}`trusts <bridge-trust>` of visitors"
    )
    made = {kind: workshop.build(kind) for kind in ("html", "pdf")}
    for kind, edition in made.items():
        assert edition.warnings == ""
        paragraph = only(edition.page(TWO).xpath("//*[@id='p2-1']"))
        assert "A toll and more tolls: an older bridge" in text_of(paragraph)
        terms = edition.page(TWO).xpath(f"//a[{has('term')}]")
        more = ["tolls"] if kind == "html" else []
        assert [text_of(term) for term in terms] == ["toll", *more, "trusts"], kind
        assert [text_of(term) for term in edition.page(ONE).xpath(f"//a[{has('term')}]")] == ["trust", "toll"]


def test_a_term_that_no_glossary_has_is_plain_and_warned_of(tmp_path: Path) -> None:
    workshop = studied(tmp_path)
    workshop.edit("docs/chapters/02-today.md", "An older bridge", "An older {term}`bridge`")
    made = workshop.build("html")
    assert (
        "02-today.md" in made.warnings and "the glossary has no term 'bridge' [factpress.unknown_term]" in made.warnings
    )
    assert not made.page(TWO).xpath(f"//a[{has('term')}]")


# questions


def test_questions_stand_by_chapter_and_lead_to_their_answers(screen: Edition) -> None:
    page = screen.page("back/questions")
    assert [text_of(part) for part in page.xpath("//h3")] == ["Chapter 1: Building the bridge", "The whole book"]
    question = by_id(screen, "back/questions", "Q102")
    answer = by_id(screen, "back/answers", "answer-Q102")
    words = "The engineer blames a flood, a historian the purse; the engineer had a name to lose. [2, 4] Rests on C004"
    assert said(answer) == f"Q102 {words}"
    assert text_of(question[0]) == (
        "Q102 Which sources disagree on the stop of 1840, and who had a reason to? (needs the online edition)"
    )
    assert answer.xpath(".//a/@href")[0].rpartition("#")[2].endswith("Q102")
    if screen.kind == "html":
        folded = only(question.xpath("./details"))
        assert [text_of(part) for part in folded] == ["Answer to Q102", words]
    else:
        assert question.xpath(".//a/@href")[0].rpartition("#")[2].endswith("answer-Q102")


def test_on_paper_teachers_have_questions_with_answers_and_pupils_the_answers_to_check_yourself(paper: Edition) -> None:
    title = only(paper.page_file("teachers/d-index").xpath("//h1[.='The questions']"))
    assert [text_of(part) for part in title.getparent().xpath(".//h3")] == [
        "Chapter 1: Building the bridge", "The whole book",
    ]  # fmt: skip
    items = title.getparent().xpath(f".//ul[{has('questions')}]/li")
    assert [text_of(item) for item in items] == [
        "Q102 Which sources disagree on the stop of 1840, and who had a reason to? (needs the online edition) "
        "The engineer blames a flood, a historian the purse; the engineer had a name to lose. [2, 4] Rests on C004",
        "Q001 Was the bridge worth its price? "
        "A good answer weighs the toll against the ferry, of which little is known. [2]",
    ]
    answers = only(paper.page("back/timeline").xpath("//h1[.='The answers']")).getparent()
    assert [text_of(item) for item in answers.xpath(f".//ul[{has('brief')}]/li")] == ["Q101 On 4 June 1842."]
    question = by_id(paper, ONE, "Q101")
    place = only(answers.xpath(f".//ul[{has('brief')}]/li/@id"))
    assert place.endswith("--answer-Q101") and question.xpath(".//a/@href") == [f"{CROSS_PART_URI}{place}"]


def test_a_chapter_asks_its_own_questions_outside_of_the_numbered_paragraphs(edition: Edition) -> None:
    question = by_id(edition, ONE, "Q101")
    assert text_of(question).startswith("Q101 When was the bridge opened?")
    assert ("On 4 June 1842." in text_of(question)) == (edition.kind == "html")
    assert not question.xpath(f"ancestor-or-self::*[{has('numbered')}] | .//*[{has('pn')}]")
    section = question.xpath("ancestor::section[1]")[0]
    assert ("answered under “The answers” at the back" in text_of(section)) == (edition.kind != "html")
    after = "Supported, with the leading source" if edition.kind == "pdf" else "What the sources say"
    assert text_of(section.getnext()).startswith(after)


def test_questions_of_one_level_alone(tmp_path: Path) -> None:
    workshop = studied(tmp_path)
    workshop.write(
        "docs/back/questions.md", "# Questions\n\n:::{questions} argument\n:::\n\n:::{claim:questions} recall\n:::\n"
    )
    made = workshop.build("html")
    assert made.warnings == ""
    assert [item.get("id") for item in made.page("back/questions").xpath("//li[@id]")] == ["Q001"]


# reading list, index, teachers


def test_the_reading_list_says_which_works_nobody_saw(screen: Edition) -> None:
    works = screen.page("back/reading").xpath(f"//ul[{has('reading')}]/li")
    assert [text_of(work) for work in works] == [
        "Brand, Ida, “Stone Bridges of the County”, 1977 [2] The one study of the trust’s money. Chapter 1",
        "Ferdinand Low, Minutes of the Bridge Committee (not seen by us) They would settle why the work stopped.",
    ]


def test_the_index_leads_to_paragraphs_and_on_paper_to_pages(edition: Edition) -> None:
    page = edition.record("back/index-of-names")
    entries = page.xpath(f"//ul[{has('index-entries')}]/li")
    assert [text_of(letter) for letter in page.xpath("//h2")] == ["E", "H", "T"]
    if edition.kind == "pdf":
        lists = page.xpath("//span[@class='pages']/@data-to")
        assert lists == ["#booklet:i1-4-holm", "#booklet:i1-4-toll"]
        words = [text_of(only(edition.page(ONE).xpath("//*[@id=$id]", id=name.partition(":")[2]))) for name in lists]
        assert words == ["Anna", "toll"]
        assert [text_of(entry) for entry in entries] == [
            "engineer of the bridge, see Holm, Anna",
            "Holm, Anna,",
            "toll,",
        ]
    else:
        expected = ["engineer of the bridge, see Holm, Anna", "Holm, Anna, ¶ 1.4", "toll, ¶ 1.4"]
        assert [text_of(entry) for entry in entries] == expected
        assert entries[2].xpath(".//a/@href") == [edition.link(ONE, "p1-4")]


def for_teachers(edition: Edition, name: str) -> Any:
    """Return the part of the book that has this name, which on paper is one of the teachers' pages."""
    if edition.kind != "pdf":
        return edition.page(f"back/{name}")
    return only(edition.page_file("teachers/d-index").xpath("//section[h1=$title]", title=f"The {name}"))


def test_an_option_keeps_both_hyphens(edition: Edition) -> None:
    assert [text_of(option) for option in for_teachers(edition, "teachers").xpath(".//p/em")] == ["--large-print"]


def test_times_are_counted_from_words_and_questions_at_a_pace_that_is_said(edition: Edition) -> None:
    page = for_teachers(edition, "teachers")
    rows = [[text_of(cell) for cell in row] for row in page.xpath(".//tbody/tr")]
    assert rows[0][0] == "Chapter 1: Building the bridge"
    assert rows[0][2:] == ["5 min", "2", "15 min", "20 min"]
    assert "180 words a minute" in text_of(page)
    asked = for_teachers(edition, "online").xpath(f".//ul[{has('questions')}]/li")
    assert [text_of(item)[:4] for item in asked] == ["Q102"]


def test_a_teacher_may_set_another_pace(tmp_path: Path) -> None:
    workshop = studied(tmp_path)
    workshop.chapter("Six words stand here, all counted {claim}`C001`.\n\n> Four in a quotation {cite:p}`holm1851`.\n")
    workshop.write("docs/back/teachers.md", "# Times\n\n:::{teaching-times} 1\n:::\n")
    page = workshop.build("html").page("back/teachers")
    assert "Counted with 1 words a minute" in text_of(page)
    assert [text_of(cell) for cell in page.xpath("//tbody/tr")[0]][1:3] == ["10", "10 min"]


# beside the pages


def test_the_list_of_sources_says_which_study_pages_name_each(screen: Edition) -> None:
    entry = only(screen.page(SOURCES).xpath("//*[@id='ref-brand1977']"))
    assert "Shown in The glossary, The answers, The reading" in text_of(entry)


def test_apparatus_json_holds_what_the_files_hold_and_where_it_stands(made: dict[str, Edition]) -> None:
    folder = made["html"].folder
    told = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    back = folder.parents[1] / "book" / "docs" / "back"
    yaml = YAML(typ="safe", pure=True)
    schema = json.loads((back / "study.schema.json").read_text(encoding="utf-8"))
    files = [file.stem for file in sorted(back.glob("*.yaml"))]
    assert len(files) == 7
    for name in files:
        written = yaml.load((back / f"{name}.yaml").read_text(encoding="utf-8"))
        assert json.loads(json.dumps(written)) == told[name], name
        Draft202012Validator({**schema, "anyOf": [{"$ref": f"#/$defs/{name}"}]}).validate(told[name])
    assert told["dates-of-events"]["agreement"] == "1839-05-02"
    assert told["paragraphs-of-index-terms"] == {"holm": ["1.4"], "toll": ["1.4"]}
    assert told["first-uses-of-terms"] == {"bridge-trust": ["1.1"], "toll": ["1.4"]}
    assert told["sources"]["holm1851"] == "Holm 1851"
    assert told["pages"]["glossary-terms"] == "back/glossary.html"


def test_a_book_without_any_of_it_builds(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    for kind in PAGES.values():
        text = (workshop.docs / "back/claims.md").read_text(encoding="utf-8")
        workshop.write("docs/back/claims.md", f"{text}\n:::{{{kind}}}\n:::\n")
    for kind in ALL:
        assert workshop.build(kind).warnings == ""
    told = json.loads((workshop.out / "html" / "study.json").read_text(encoding="utf-8"))
    assert told["treaties"] == told["glossary"] == []
