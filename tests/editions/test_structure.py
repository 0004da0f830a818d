"""What the tags of the book mean: order, headings, lists, tables, figures, notes, links. No validator judges that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object
from published import Editions, squeeze, text_of

from factpress.press.preflight.page_content import page_contents

STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "P",
    "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody",
    "TFoot", "Span", "Quote", "Note", "Reference", "Code", "Link", "Figure", "Formula", "Form",
}  # fmt: skip
SHOWS = {"TJ", "Tj", "'", '"', "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI"}


class Tags:
    """The tags in reading order, with the text that each holds."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.texts: list[dict[int, str]] = []
        for content in page_contents(pdf):
            texts: dict[int, str] = {}
            for run in content.runs:
                texts[run.mcid] = texts.get(run.mcid, "") + run.text
            self.texts.append(texts)
        self.all = list(walk(pdf.Root.StructTreeRoot.K[0]))

    def of(self, *kinds: str) -> list[Object]:
        return [tag for tag in self.all if kind(tag) in kinds]

    def content(self, tag: Object) -> Iterator[tuple[int, int]]:
        """Yield page and number of the marked content in a tag, in reading order."""
        for kid in kids(tag):
            if isinstance(kid, int):
                yield self.pages[tag.Pg.objgen], kid
            elif "/S" in kid:
                yield from self.content(kid)
            elif "/MCID" in kid:
                yield self.pages[kid.get("/Pg", tag.Pg).objgen], int(kid.MCID)

    def text(self, tag: Object) -> str:
        return "".join(self.texts[page].get(number, "") for page, number in self.content(tag))


def kind(tag: Object) -> str:
    return str(tag.S).lstrip("/")


def kids(tag: Object) -> list[Any]:
    inside: Any = tag.get("/K", [])
    return list(inside) if isinstance(inside, Array) else [inside]


def below(tag: Object) -> list[Object]:
    return [kid for kid in kids(tag) if isinstance(kid, Dictionary) and "/S" in kid]


def walk(tag: Object) -> Iterator[Object]:
    yield tag
    for kid in below(tag):
        yield from walk(kid)


def around(tag: Object) -> Iterator[Object]:
    while "/P" in tag and "/S" in tag.P:
        tag = tag.P
        yield tag


@pytest.fixture(scope="module")
def tags(editions: Editions) -> Iterator[Tags]:
    with pikepdf.open(editions.book.file) as pdf:
        yield Tags(pdf)


# headings


def test_a_chapter_s_number_is_no_second_heading(editions: Editions, tags: Tags) -> None:
    titles = [item for item in editions.book.reader.outline if not isinstance(item, list)]
    assert len(tags.of("H1")) == len(titles)


# order


def test_a_chapter_is_read_in_the_order_of_its_source(editions: Editions, tags: Tags) -> None:
    page = editions.site.pages["chapters/03-us-rok-alliance.html"]
    expected = [
        squeeze(text_of(element))[:20].removeprefix("¶")
        for element in page.xpath("//h2 | //*[contains(@class, 'numbered')]")
        if text_of(element) != "What the sources say"
    ]
    assert len(expected) > 25
    read = squeeze(tags.text(tags.all[0]))
    at = read.index(expected[1]) - 60  # titles stand in the contents, too
    for start in expected:
        at = read.index(start, at)


def test_what_is_read_first_is_drawn_first(tags: Tags) -> None:
    # for readers that follow the page and not the tags
    drawn: dict[int, list[int]] = {}
    pictures = {place for figure in tags.of("Figure") for place in tags.content(figure)}  # drawn after their captions
    for page, number in tags.content(tags.all[0]):
        if (page, number) not in pictures:
            drawn.setdefault(page, []).append(number)
    assert not [page + 1 for page, numbers in drawn.items() if numbers != sorted(numbers)]


def test_a_paragraph_that_goes_on_over_a_page_is_one(tags: Tags) -> None:
    over = [tag for tag in tags.of("P") if len({page for page, _ in tags.content(tag)}) == 2]
    assert len(over) > 10
    starts = [tag for tag in tags.of("P") if re.match("[a-z]", tags.text(tag))]
    # what begins with a small letter is an item of a list, or the end of a paragraph that was torn
    assert not [tags.text(tag)[:40] for tag in starts if not any(kind(up) in ("LBody", "TD") for up in around(tag))]


def test_all_that_a_page_shows_is_tagged_or_an_artifact(tags: Tags) -> None:
    parents = pikepdf.NumberTree(tags.pdf.Root.StructTreeRoot.ParentTree)
    reached = {tag.objgen for tag in tags.all}
    for number, page in enumerate(tags.pdf.pages, 1):
        depth, seen = 0, set()
        for part in pikepdf.parse_content_stream(page):
            operator = str(part.operator)
            if operator in ("BDC", "BMC"):
                depth += 1
                if len(part.operands) > 1 and "/MCID" in part.operands[1]:
                    seen.add(int(part.operands[1].MCID))
            depth -= operator == "EMC"
            assert depth > 0 or operator not in SHOWS, f"page {number}: {operator} outside of all tags"
        homes = parents[int(page.obj.StructParents)] if "/StructParents" in page.obj else []
        assert all(homes[mark].objgen in reached for mark in seen), f"page {number}"


# kinds


def test_headings_go_down_one_level_at_a_time(tags: Tags) -> None:
    levels = [int(kind(tag)[1]) for tag in tags.all if re.fullmatch(r"H\d", kind(tag))]
    assert levels[0] == 1 and set(levels) == {1, 2}
    assert not [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]


def test_lists_hold_items_of_a_sign_and_a_body(tags: Tags) -> None:
    allowed = {"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}
    for tag in tags.of(*allowed):
        assert {kind(kid) for kid in below(tag)} <= allowed[kind(tag)]
    items = tags.of("LI")
    assert all([kind(kid) for kid in below(item)] in (["LBody"], ["Lbl", "LBody"]) for item in items)
    assert sum(kind(below(item)[0]) == "Lbl" for item in items) > 30
    assert all(kind(item.P) == "L" for item in items)


def test_tables_have_headings_that_say_what_they_head(tags: Tags) -> None:
    tables = tags.of("Table")
    assert tables
    for table in tables:
        rows = [row for row in walk(table) if kind(row) == "TR"]
        widths = [sum(int(cell.A.get("/ColSpan", 1)) for cell in below(row)) for row in rows]
        assert set(widths) == {widths[0]}, f"rows of {widths} cells in “{tags.text(table)[:60]}”"
        cells = [cell for row in rows for cell in below(row)]
        assert {kind(cell) for cell in cells} <= {"TH", "TD"}
        heads = {str(cell.A.Scope) for cell in below(rows[0]) if kind(cell) == "TH"}
        # a box has no heads of columns: its first column says what the article has
        assert heads == ({"/Column"} if {kind(cell) for cell in below(rows[0])} == {"TH"} else {"/Row"})
        assert {str(cell.A.Scope) for cell in cells if kind(cell) == "TH"} <= {"/Column", "/Row"}
        ids = {bytes(cell.ID) for cell in cells if "/ID" in cell}
        named = {bytes(head) for cell in cells for head in cell.A.get("/Headers", ())}
        assert named <= ids


def test_figures_say_in_words_what_they_show(tags: Tags) -> None:
    for figure in tags.of("Figure"):
        assert len(str(figure.Alt)) > 10 and not re.search(r"\.\w{3,4}$", str(figure.Alt))
        assert len(figure.A.BBox) == 4


def test_ids_are_unique(tags: Tags) -> None:
    ids = Counter(bytes(tag.ID) for tag in tags.all if "/ID" in tag)
    assert len(ids) > 100
    assert not [name for name, count in ids.items() if count > 1]


def test_a_note_and_its_mark_name_each_other(editions: Editions, tags: Tags) -> None:
    notes = tags.of("Note")
    boxed = set(editions.in_boxes)
    supported = {claim["id"] for claim in editions.ledger if claim["finding"]["verdict"] == "supported"}
    marks = [
        name
        for name in editions.book.places
        if re.fullmatch(r"C\d{3,}-\d+", name) and name not in boxed and name.partition("-")[0] not in supported
    ]
    assert sum(len(note.Ref) for note in notes) == len(marks)
    for note in notes:
        said = "".join(tags.text(note).split())
        assert said.startswith("".join(tags.text(note.Ref[0]).split()))
        for mark in note.Ref:
            assert kind(mark) == "Link" and mark.Ref[0].objgen == note.objgen
            assert "".join(tags.text(mark).split()) in said


def test_a_link_has_its_place_on_the_page_and_says_where_it_leads(tags: Tags) -> None:
    parents = pikepdf.NumberTree(tags.pdf.Root.StructTreeRoot.ParentTree)
    links = tags.of("Link")
    assert len(links) > 200
    for link in links:
        places = [kid.Obj for kid in kids(link) if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR]
        assert places
        for place in places:
            assert str(place.Contents).strip()
            assert parents[int(place.StructParent)].objgen == link.objgen
    listed = sum(len(page.get("/Annots", ())) for page in tags.pdf.pages)
    assert listed == sum(
        kid.get("/Type") == Name.OBJR for link in links for kid in kids(link) if not isinstance(kid, int)
    )


def test_the_language_is_known_and_all_kinds_are_standard(tags: Tags) -> None:
    assert str(tags.pdf.Root.Lang) == "en"
    assert {kind(tag) for tag in tags.all} <= STANDARD
    roles = tags.pdf.Root.StructTreeRoot.get("/RoleMap", {})
    assert {str(role).lstrip("/") for role in dict(roles).values()} <= STANDARD
