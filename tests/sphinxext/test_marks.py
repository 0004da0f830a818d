"""Marks in the prose: which statement they cover, how they are numbered, and what an unknown one does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from workshop import Edition, Workshop, has, text_of

MARKS = f"//a[{has('mark')}]"
SAID = f"//span[{has('said')}]"

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


def test_one_mark_names_several_claims_and_the_line_shows_the_weightiest_verdict(blocks: list[Any]) -> None:
    block = blocks[list(STATEMENTS).index("Two at once {claim}`C001, C002`.")]
    assert [text_of(mark)[:4] for mark in block.xpath(f".{MARKS}")] == ["C001", "C002"]
    (said,) = block.xpath(f".{SAID}")
    assert said.get("class").split() == ["said", "not-found"]


def test_a_mark_says_claim_sign_and_word_and_leads_to_the_entry(edition: Edition) -> None:
    page = edition.page("chapters/01-building")
    (mark,) = page.xpath("//a[@id='C003-1']")
    assert text_of(mark) == ("C003 ◐" if edition.kind == "pdf" else "C003 ◐ Partly supported")
    assert mark.get("class").split() == ["mark", "partly-supported"]
    assert mark.get("href") == ("#note-C003-1" if edition.kind == "epub" else "#C003")
    assert page.xpath("//article[@id='C003']")
    (said,) = page.xpath(f"//*[@id='p1-4']{SAID}")
    assert text_of(said) == "The plan was Anna Holm’s; it has five arches, and a toll paid for them"
    assert said.get("class").split() == ["said", "partly-supported"]


def test_each_mark_has_its_short_note_in_the_form_of_the_edition(edition: Edition) -> None:
    page = edition.page("chapters/01-building")
    if edition.kind == "html":
        (note,) = page.xpath("//*[@id='p1-4']/following-sibling::*[1][self::details]")
        (mark,) = page.xpath("//a[@id='C003-1']")
        assert mark.get("data-card") == note.get("id") == "card-C003-1"
        assert text_of(note[0]) == "C003 ◐ Partly supported"
    elif edition.kind == "epub":
        (note,) = page.xpath("//aside[@id='note-C003-1'][@role='doc-footnote']")
        assert note.xpath(".//a[@role='doc-backlink']/@href") == ["#C003-1"]
        assert "C003 ◐ Partly supported. Anna Holm was the engineer" in text_of(note)
    else:
        (note,) = page.xpath(f"//a[@id='C003-1']/following-sibling::*[1][{has('foot-note')}]")
        assert "C003 ◐ Partly supported" in text_of(note)
    # the foot note is a row of things with dots between
    stop = " · " if edition.kind == "pdf" else "."
    assert f"Drafted by Karl Novak, not yet reviewed{stop}" in text_of(note)
    assert "Arden Bridge Trust 1842" in text_of(note)
    assert "#C003" in note.xpath(".//a/@href")


def test_a_claim_that_nobody_has_checked_says_so(edition: Edition) -> None:
    (mark,) = edition.page("chapters/02-today").xpath("//a[@id='C007-1']")
    assert mark.get("class").split() == ["mark", "unchecked"]
    assert text_of(mark) == ("C007 ?" if edition.kind == "pdf" else "C007 ? Unchecked")


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
    assert not built.page("back/claims").xpath(f".//*[{has('numbered')}]")
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
    workshop.edit("docs/index.md", ":glob:\n\nchapters/*\n", "\nchapters/02-today\nchapters/01-building\n")
    built = workshop.build(kind)
    assert built.warnings == ""
    second, first = (built.page(f"chapters/{name}") for name in ("01-building", "02-today"))
    assert ids(first) == ["C001-1", "C001-2", "C002-1", "C003-1"]
    assert ids(second) == ["C001-3", "C002-2", "C003-2", "C004-1"]
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
