"""What pikepdf can see of PDF/UA and PDF/A; veraPDF's own verdict is a test of the editions."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest
from one_part import Sample
from pikepdf import Dictionary, Name, Object, Page, Pdf


@pytest.fixture
def pdf(sample: Sample) -> Iterator[Pdf]:
    with pikepdf.open(sample.pdf) as opened:
        yield opened


def elements(pdf: Pdf) -> Iterator[tuple[Object, list[Object]]]:
    """Yield each element of the tag tree with its kids that are elements."""
    waiting: list[Object] = list(pdf.Root.StructTreeRoot.K)
    while waiting:
        element = waiting.pop()
        kids = [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]
        yield element, kids
        waiting += kids


def filled(pdf: Pdf) -> list[Page]:
    """Return the pages that a layout made; the blank one before a part has no structure."""
    return [page for page in pdf.pages if "/StructParents" in page]


def text(value: object) -> str:
    return str(value)[1:]


def test_metadata_claims_both_standards_and_says_title_author_language_and_rights(pdf: Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "3", "A")
        assert metadata["dc:title"] == "Harbours and Treaties"
        assert metadata["dc:creator"] == ["The sample's authors"]
        assert metadata["dc:rights"] == "CC BY 4.0"
        assert metadata["xmpRights:WebStatement"] == "https://licence.example/by?a=1&b=2"
        assert metadata["xmpRights:Marked"] == "True"
        assert metadata["dc:language"] == {"en"}
    assert (str(pdf.Root.Lang), bool(pdf.Root.ViewerPreferences.DisplayDocTitle)) == ("en", True)


def test_list_items_hold_labels_and_bodies_only(pdf: Pdf) -> None:
    items = [{text(kid.S) for kid in kids} for element, kids in elements(pdf) if text(element.S) == "LI"]
    assert items and all(kinds <= {"Lbl", "LBody"} and "LBody" in kinds for kinds in items)


def test_lists_hold_items_only_even_side_by_side(pdf: Pdf) -> None:
    lists = [[text(kid.S) for kid in kids] for element, kids in elements(pdf) if text(element.S) == "L"]
    assert ["LI", "LI"] in lists and {kind for kinds in lists for kind in kinds} <= {"LI", "L"}


def test_header_cells_say_what_they_head(pdf: Pdf) -> None:
    scopes = Counter(text(element.A.Scope) for element, _ in elements(pdf) if text(element.S) == "TH")
    assert scopes == {"Column": 6, "Row": 11}


def test_each_link_annotation_is_in_one_link_element_and_described(pdf: Pdf) -> None:
    annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    assert len(annotations) > 20
    for annotation in annotations:
        assert text(parents[int(annotation.StructParent)].S) == "Link"
    contents = {str(annotation.Contents) for annotation in annotations}
    assert {"C001 ✓ Supported", "the second treaty", "harbour’s own page"} <= contents


def test_no_heading_stands_in_a_heading(pdf: Pdf) -> None:
    headings = [(element, kids) for element, kids in elements(pdf) if text(element.S) in ("H1", "H2")]
    assert Counter(text(element.S) for element, _ in headings) == {"H1": 4, "H2": 5}
    assert {text(kid.S) for _, kids in headings for kid in kids} == {"Span"}


def test_running_heads_and_page_numbers_are_artifacts(pdf: Pdf) -> None:
    content = pdf.pages[5].obj.Contents.read_bytes()
    assert content.count(b"/Artifact <</Type /Pagination>> BDC") == 2
    in_tree = {element.objgen for element, _ in elements(pdf)}
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in filled(pdf):
        assert {element.objgen for element in parents[int(page.obj.StructParents)] if element is not None} <= in_tree


def test_marked_text_and_the_tag_that_holds_it_name_each_other(pdf: Pdf) -> None:
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    held: dict[tuple[int, int], tuple[int, int]] = {}
    for element, _ in elements(pdf):
        for kid in element.get("/K", []):
            if not isinstance(kid, Dictionary):
                held[int(element.Pg.StructParents), int(kid)] = element.objgen
            elif kid.get("/Type") == Name.MCR:  # of a tag that began on the page before
                assert kid.Pg.objgen != element.Pg.objgen
                held[int(kid.Pg.StructParents), int(kid.MCID)] = element.objgen
    told = {
        (int(page.obj.StructParents), number): element.objgen
        for page in filled(pdf)
        for number, element in enumerate(parents[int(page.obj.StructParents)])
        if element is not None
    }
    assert len(told) > 100
    assert held == told


def test_text_alone_has_no_tag_but_its_block_and_text_beside_links_one_between_two(pdf: Pdf) -> None:
    blocks = [(element, kids) for element, kids in elements(pdf) if text(element.S) in ("P", "TD", "LBody", "Lbl")]
    alone = [element for element, kids in blocks if not kids]
    beside = [[text(kid.S) for kid in kids] for element, kids in blocks if kids and text(element.S) == "P"]
    assert len(alone) > 50
    assert ["Span", "Link", "Span"] in beside
    assert [kinds for kinds in beside if ("Span", "Span") in pairwise(kinds)] == [["Span", "Span"]]  # an inline block
    assert all(len(kids) == len(element.K) for element, kids in blocks if kids)  # never marks beside tags


def test_no_tag_is_empty_but_a_cell(pdf: Pdf) -> None:
    assert {text(element.S) for element, _ in elements(pdf) if not len(element.get("/K", []))} <= {"TD", "TH"}


def test_pages_with_links_are_tabbed_by_structure(pdf: Pdf) -> None:
    assert {page.get("/Tabs") for page in pdf.pages if "/Annots" in page} == {Name.S}


def test_foot_notes_are_notes_with_ids_of_their_own(pdf: Pdf) -> None:
    ids = [str(element.ID) for element, _ in elements(pdf) if text(element.S) == "Note"]
    assert sorted(ids) == ["body-note-1", "body-note-2", "body-note-3", "body-note-4"]


def test_pictures_have_the_descriptions_of_the_page(pdf: Pdf) -> None:
    figures = {str(element.Alt) for element, _ in elements(pdf) if text(element.S) == "Figure"}
    assert figures == {
        "Ships a year: 12 in 1850, 31 in 1855, 58 in 1860",
        "Plan of the quay: one long wall and two short ones",
        "The seal: a grey square with a lighter corner",
    }


def test_no_bitmap_is_smoothed_and_every_font_is_embedded(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            assert not item.get("/Interpolate", False)
        elif isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            assert "/FontFile3" in item or "/FontFile2" in item
