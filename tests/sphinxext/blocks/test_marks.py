"""Marks in the prose: which statement they cover, how they are numbered, and what an unknown one does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from workshop import ALL, BOTH, Edition, Workshop, has, text_of

from factpress import sphinxext
from factpress.model.claim import first_sentence
from factpress.model.vocabulary import Verdict

MARKS = f"//a[{has('mark')}]"
SAID = f"//span[{has('said')}]"
THEMES = Path(sphinxext.__file__).parent / "themes"
STYLES = sorted(style for style in THEMES.rglob("*.css") if ".mark.contradicted" in style.read_text("utf-8"))

#: a paragraph of a chapter, and the statements that its marks cover
STATEMENTS = {
    "The first sentence. The second {claim}`C001`.": ["The first sentence. The second"],
    "A sentence of its own line.\nThe statement {claim}`C001`.\nWhat follows.": ["The statement"],
    "One {claim}`C001`, two {claim}`C002`; three {claim}`C003`.": ["One", "two", "three"],
    "Added {cite:p}`holm1851`, and the statement {claim}`C001`.": ["and the statement"],
    "{cite:t}`holm1851` has the statement {claim}`C001`.": ["has the statement"],
    "A *slanted* word and a [link](https://www.example.org/) here {claim}`C001`.": ["A slanted word and a link here"],
    "*Slanted* first {claim}`C001`.": ["Slanted first"],
    "Before.\n*Slanted* first {claim}`C001`.": ["Slanted first"],
    "He said “so” {claim}`C001`, “thus” {claim}`C002`.": ["He said “so”", "“thus”"],
    "Two at once {claim}`C001, C002`.": ["Two at once"],
    "No statement of its own {claim}`C001` {claim}`C002`.": ["No statement of its own"],
    "In 1842 {claim}`C001`, 1843 {claim}`C002`.": ["In 1842", "1843"],
    "> A quotation that claims {claim}`C001`.": ["A quotation that claims"],
    "- an item {claim}`C001`\n- another {claim}`C002`": ["an item", "another"],
}


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return the block of each of the statements, as one chapter shows them."""
    workshop = Workshop(tmp_path_factory.mktemp("statements"))
    workshop.edit(
        "pyproject.toml", 'subjects = ["treaties"]', 'subjects = ["treaties"]\nallow-directives = ["container"]'
    )
    divided = "\n\n".join(f"::::{{div}} case\n{text}\n::::" for text in STATEMENTS)
    workshop.chapter(divided.replace("{div} case", "{container} case"))
    built = workshop.build("html")
    assert built.warnings == ""
    return built.page("chapters/01-building").xpath(f"//div[{has('case')}]")  # type: ignore[no-any-return]


@pytest.mark.parametrize(("place", "statements"), list(enumerate(STATEMENTS.values())), ids=list(STATEMENTS))
def test_a_mark_covers_the_statement_before_it(blocks: list[Any], place: int, statements: list[str]) -> None:
    covered = blocks[place].xpath(f".{SAID}")
    assert [text_of(said) for said in covered] == statements
    assert not blocks[place].xpath(f".{SAID}{SAID}"), "a statement inside a statement"
    for said in covered:
        follower = said.getnext()
        assert "mark" in follower.get("class") and not said.tail, "a mark follows its statement without a break"


def test_one_thin_line_under_a_statement_says_nothing_of_the_verdict(edition: Edition) -> None:
    for name in ("chapters/01-building", "chapters/02-today"):
        assert {said.get("class") for said in edition.page(name).xpath(SAID)} == {"said"}
    for style in THEMES.rglob("*.css"):
        assert not re.search(r"\.said[.:]", style.read_text(encoding="utf-8")), f"{style.name} says more"


@pytest.mark.parametrize("style", STYLES, ids=[style.name for style in STYLES])
def test_each_verdict_has_a_line_of_its_own_under_the_mark(style: Path) -> None:
    text = style.read_text(encoding="utf-8")
    lines = {str(v): re.findall(rf"\.mark\.{v} \.id[^{{]*{{([^}}]*)}}", text) for v in Verdict}
    assert lines.pop("supported") == []  # the plain line of all marks
    assert all(len(found) == 1 for found in lines.values()), lines
    assert len({found[0].strip().partition(";")[0] for found in lines.values()}) == len(lines)


def test_a_mark_says_sign_number_and_what_became_of_the_article_s_claim(edition: Edition) -> None:
    page = edition.page("chapters/01-building")
    (mark,) = page.xpath("//a[@id='C003-1']")
    assert text_of(mark) == ("◐3" if edition.kind == "pdf" else "◐3 article: partly supported")
    assert mark.get("aria-label") == (None if edition.kind == "pdf" else "claim 3, article: partly supported")
    assert mark.get("class").split() == ["mark", "partly-supported"]
    leads = {"epub": "#note-C003-1", "html": "#C003", "pdf": "#d-chapters.01-building--note-C003-1"}
    assert mark.get("href") == leads[edition.kind]
    assert edition.record("chapters/01-building").xpath("//article[@id='C003']")
    (said,) = page.xpath(f"//*[@id='p1-4']{SAID}")
    assert text_of(said) == "The plan was Anna Holm’s; it has five arches, and a toll paid for them"


def note_of(edition: Edition, mark_id: str, docname: str = "chapters/01-building") -> Any:
    """Return the short note of a mark, in the form of the edition."""
    page = edition.page(docname)
    (mark,) = page.xpath("//a[@id=$id]", id=mark_id)
    if edition.kind == "html":
        (note,) = page.xpath("//details[@id=$id]", id=mark.get("data-card"))
    elif edition.kind == "epub":
        (note,) = page.xpath("//aside[@id=$id]", id=mark.get("href").removeprefix("#"))
    else:
        (note,) = mark.xpath(f"./following::*[{has('foot-note')}][1]")
    return note


HOLM = "Anna Holm built the bridge with four arches and a toll paid for it."
CORRECTION = "The engineer was Anna Holm; the bridge has five arches, and a toll paid for it."


def test_a_note_begins_with_what_the_article_has_and_says_what_is_right(workshop: Workshop) -> None:
    workshop.chapter("A bridge of ours {claim}`C003`.")
    for kind in ALL:
        note = note_of(workshop.build(kind), "C003-1")
        said = text_of(note).removeprefix("What the article says: C003")
        assert said.startswith(f"◐3 {HOLM} Article: partly supported. {CORRECTION}"), kind
        assert note.xpath(f".//*[{has('claim')}]")[0].text == HOLM
        assert "not yet reviewed" not in said, "what all findings share is said once, on the title page"
        assert ("[1]" if kind == "pdf" else "Arden Bridge Trust 1842") in said
        assert kind == "pdf" or "#C003" in note.xpath(".//a/@href")


def test_a_note_without_a_correction_gives_the_first_sentence_of_the_finding(workshop: Workshop) -> None:
    long = "statement: The register of Dr. A. Bell has no ferry. It begins in 1843."
    workshop.edit("docs/claims/01-building.yaml", "statement: We found no record of who worked the ferry.", long)
    claim = "○2 Two brothers worked a ferry at Arden for thirty years before the bridge."
    workshop.chapter("Nobody knows {claim}`C002`.")
    for kind in ("epub", "pdf"):
        said = text_of(note_of(workshop.build(kind), "C002-1"))
        assert said.startswith(f"{claim} Article: no evidence found. The register of Dr. A. Bell has no ferry.")
        assert "1843" not in said


def test_a_state_is_told_where_it_is_not_that_of_every_draft(edition: Edition) -> None:
    if edition.kind == "pdf":  # what is supported has no note: the mark itself says that somebody signed
        (mark,) = edition.page("chapters/01-building").xpath("//a[@id='C001-1']")
        assert text_of(mark) == "●✓1"
    else:
        assert "● Checked by Alma Rivera, 20 November 2026." in text_of(note_of(edition, "C001-1"))
    unchecked = text_of(note_of(edition, "C007-1", "chapters/02-today"))
    assert "Article: unchecked. ? Nobody has checked this yet." in unchecked


def test_on_paper_a_claim_of_a_box_is_corrected_there_and_not_again_in_its_note(clean: dict[str, Edition]) -> None:
    note = note_of(clean["pdf"], "C003-1")
    # the layout keeps one of the two forms: the first where the box stands on the same opening
    (near,), (far,) = (note.xpath(f".//*[{has(kind)}]") for kind in ("near-box", "far-from-box"))
    assert text_of(near) == "See the box." and f"{HOLM} Article: partly supported. {CORRECTION}" in text_of(far)
    (box,) = near.xpath(".//a/@href")
    (place,) = clean["pdf"].page("chapters/01-building").xpath("//*[@id=$id]", id=box.removeprefix("#"))
    assert "four arches" in text_of(place) and has("box")
    for kind in BOTH:
        assert "See the box" not in text_of(note_of(clean[kind], "C003-1"))


def test_claims_of_one_matter_share_a_mark_and_a_note_that_takes_them_in_turn(workshop: Workshop) -> None:
    workshop.chapter("Two at once {claim}`C003, C002`.\n\nOnce more {claim}`C003`.")
    for kind in ALL:
        edition = workshop.build(kind)
        assert edition.warnings == ""
        page = edition.page("chapters/01-building")
        assert ids(page) == ["C003-1", "C002-1", "C003-2"]
        marks = page.xpath(f"//*[@id='p1-1']{MARKS}")
        assert [text_of(mark).split()[0] for mark in marks] == ["◐3", "○2"]
        note, other = note_of(edition, "C003-1"), note_of(edition, "C002-1")
        assert text_of(note) == text_of(other)
        said = text_of(note)
        assert 0 <= said.index("◐3 Anna Holm built") < said.index("○2 Two brothers worked")
        assert text_of(note_of(edition, "C003-2")).count("Article:") == 1
        backs = note.xpath(".//a[@role='doc-backlink']/@href")
        assert backs == (["#C003-1", "#C002-1"] if kind == "epub" else [])


def test_a_claim_that_nobody_has_checked_says_so(edition: Edition) -> None:
    (mark,) = edition.page("chapters/02-today").xpath("//*[@id='C007-1']")
    assert mark.get("class").split() == ["mark", "unchecked"]
    assert text_of(mark) == ("?7" if edition.kind == "pdf" else "?7 article: unchecked")


BOX = """\
A story {claim}`C001`.

:::{also-in-article} C003 C002
:::
"""


@pytest.mark.parametrize("kind", ALL)
def test_claims_without_a_place_in_the_story_have_their_marks_in_a_box(workshop: Workshop, kind: str) -> None:
    workshop.chapter(BOX)
    workshop.chapter("Later {claim}`C003`.", "02-today")
    built = workshop.build(kind)
    assert built.warnings == ""
    page = built.page("chapters/01-building")
    (box,) = page.xpath(f"//ul[{has('also')}]")
    assert text_of(box.getprevious()) == "Also in the article"
    first, second = box.xpath("./li")
    assert text_of(first) == f"◐3 {HOLM} Article: partly supported. {CORRECTION}"
    assert text_of(second).endswith("thirty years before the bridge. Article: no evidence found.")
    assert box.xpath(f".//*[{has('mark')}]/@id") == ["C003-1", "C002-1"]
    # on paper the entries stand in another volume
    assert box.xpath(f".//a[{has('mark')}]/@href") == ([] if kind == "pdf" else ["#C003", "#C002"])
    assert ids(built.page("chapters/02-today"))[0] == "C003-2", "the box's mark is the first"
    # no note: the line says it all
    assert not page.xpath("//*[contains(@id, 'C003-1') and @id != 'C003-1']")
    notes = 0 if kind == "pdf" else 1  # what is supported has none on paper
    assert len(page.xpath(f"//*[{has('foot-note')} or {has('card')} or self::aside]")) == notes
    if kind != "pdf":
        where = page.xpath(f"//article[@id='C003']//p[{has('where')}]/a")
        assert (text_of(where[0]), where[0].get("href").rpartition("#")[2]) == ("the box", "C003-1")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("In Art. 5 of it. More.", "In Art. 5 of it."),
        ("U.S. troops left. Then more.", "U.S. troops left."),
        ("Gen. Park came (so Mr. Kim). He went.", "Gen. Park came (so Mr. Kim)."),
        ("“Who?” He asked.", "“Who?”"),
        ("It cost 3.5 million. So it was.", "It cost 3.5 million."),
        ("No end", "No end"),
    ],
)
def test_the_first_sentence_ends_where_a_reader_ends_it(text: str, first: str) -> None:
    assert first_sentence(text) == first


BODY = """\
Counted one {claim}`C001`.

- a list {claim}`C002`

> Counted two, a quotation {cite:p}`holm1851`.
>
> It goes on.

:::{objectives}
- an aim
:::

:::{note}
A note {claim}`C003`.
:::

| a table |
|---|
| with a cell {claim}`C004` |

### Deeper

Counted three {claim}`C001`.

## Another section

{.connective}
Counted four.
"""


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_paragraphs_and_quotations_are_numbered_and_nothing_else(workshop: Workshop, kind: str) -> None:
    workshop.chapter(BODY)
    built = workshop.build(kind)
    assert built.warnings == ""
    numbered = built.page("chapters/01-building").xpath(f".//*[{has('numbered')}]")
    assert [block.get("id") for block in numbered] == ["p1-1", "p1-2", "p1-3", "p1-4"]
    for number, (block, word) in enumerate(zip(numbered, ("one", "two", "three", "four"), strict=True), 1):
        (label,) = block.xpath(f".//a[{has('pn')}]")
        assert (label.text, label.get("href")) == (f"1.{number}", f"#p1-{number}")
        assert f"Counted {word}" in text_of(block)
    assert not built.record("back/claims").xpath(f".//*[{has('numbered')}]")
    assert not built.page("index").xpath(f".//p[{has('numbered')}]"), "only chapters are numbered"


def test_the_first_words_of_a_chapter_are_set_apart_also_in_a_statement_and_up_to_italics(workshop: Workshop) -> None:
    workshop.chapter("The first sentence’s statement is long {claim}`C001`.\n\nThe next paragraph is not set apart.")
    workshop.chapter("Two words *in italics*, and more.", "02-today")
    built = workshop.build("html")
    assert built.warnings == ""
    pages = [built.page(f"chapters/{name}") for name in ("01-building", "02-today")]
    assert [[text_of(lead) for lead in page.xpath(f".//span[{has('lead')}]")] for page in pages] == [
        ["The first sentence’s statement"], ["Two words"],
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_marks_of_a_claim_are_counted_through_the_book_in_reading_order(workshop: Workshop, kind: str) -> None:
    workshop.chapter("Once {claim}`C001`, twice {claim}`C001, C002`.\n\nAgain {claim}`C003`.", "02-today")
    # the contents say what is read first, not the names of the files
    workshop.edit("docs/index.md", "chapters/*\n", "chapters/02-today\nchapters/01-building\n")
    built = workshop.build(kind)
    assert built.warnings == ""
    second, first = (built.page(f"chapters/{name}") for name in ("01-building", "02-today"))
    assert ids(first) == ["C001-1", "C001-2", "C002-1", "C003-1"]
    assert ids(second) == ["C001-3", "C002-2", "C003-2", "C004-1"]
    if kind != "pdf":
        where = second.xpath(f"//article[@id='C001']//p[{has('where')}]//a[starts-with(., '¶')]")
        assert [text_of(place) for place in where] == ["¶ 2.1", "¶ 1.1"]


def ids(page: Any) -> list[str]:
    return page.xpath(f".{MARKS}/@id")  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_an_unknown_claim_is_a_warning_at_its_line_and_is_seen_on_the_page(workshop: Workshop, kind: str) -> None:
    workshop.chapter("Known {claim}`C001`.\nUnknown {claim}`C998, C002`.\n\n:::{article-said} C997, C003\n:::")
    built = workshop.build(kind)
    told = re.sub("\x1b\\[[0-9;]*m", "", built.warnings).strip().splitlines()
    assert len(told) == 2
    for line, claim, at in zip(sorted(told), ("C998", "C997"), (6, 8), strict=True):
        assert f"docs/chapters/01-building.md:{at}: WARNING: no ledger file has the claim {claim}" in line
    page = built.page("chapters/01-building")
    (wrong,) = page.xpath(f".//*[{has('problematic')}]")
    assert text_of(wrong) == "C998"
    assert ids(page) == ["C001-1", "C002-1"]
    assert len(page.xpath(f".//table[{has('said-table')}]/tbody/tr")) == 1


def test_a_mark_outside_of_chapters_leads_to_its_place_too(workshop: Workshop) -> None:
    workshop.edit("docs/back/claims.md", "# Claims register\n", "# Claims register\n\nAlso here {claim}`C001`.\n")
    built = workshop.build("html")
    assert built.warnings == ""
    (place,) = built.page("chapters/01-building").xpath("//article[@id='C001']//a[.='the text']/@href")
    assert place == "../back/claims.html#C001-2"
    assert built.page("back/claims").xpath("//a[@id='C001-2']")
