"""Documents joined into one page: pure trees in, unique ids and living links out."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from factpress.sphinxext.builders.join_documents import join_documents, joined_anchor
from factpress.sphinxext.nodes import element, link, make


def section(name: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", name), *children, ids=[name])


def document(docname: str, *children: nodes.Node) -> addnodes.start_of_file:
    return addnodes.start_of_file("", *children, docname=docname)


def tree(*children: nodes.Node) -> nodes.document:
    root = new_document("index")
    root += list(children)
    return root


def paragraph(*children: nodes.Node, ids: str = "") -> nodes.paragraph:
    return nodes.paragraph("", "", *children, ids=ids.split())


def to(uri: str) -> nodes.reference:
    return nodes.reference("", "", nodes.inline("", "words"), refuri=uri, internal=True)


def all_ids(parts: list[element]) -> list[str]:
    return [node_id for part in parts for node in part.findall(nodes.Element) for node_id in node.get("ids", ())]


def all_links(parts: list[element]) -> list[str]:
    elements = [node for part in parts for node in part.findall(nodes.Element)]
    assert not [node for node in elements if "refid" in node]
    return [node["refuri"][1:] for node in elements if str(node.get("refuri", "")).startswith("#")]


def book() -> nodes.document:
    """Return two chapters with the same headings and footnotes, as Sphinx assembles them."""

    def chapter(docname: str, number: int, other: str) -> addnodes.start_of_file:
        return document(
            docname,
            section(
                "same",
                paragraph(
                    make("a", "mark", ids=f"C00{number}-1"), to("#same"), to(f"#document-{other}#same"),
                    to(f"#document-{other}"), to("#document-back/references#ref-a.b:c"), ids=f"p{number}-1",
                ),
                nodes.footnote_reference("", "1", ids=["id1"], refid="id2"),
                nodes.footnote("", ids=["id2"], backrefs=["id1"]),
                make("article", link(f"#p{number}-1", "back"), ids=f"C00{number}"),
                make("span", "00", classes="page-ref"),
            ),
        )  # fmt: skip

    first = chapter("chapters/01-a", 1, "chapters/02-b")
    second = chapter("chapters/02-b", 2, "chapters/01-a")
    references = document("back/references", section("list", make("li", ids="ref-a.b:c"), paragraph(ids="id1")))
    return tree(section("title", nodes.compound("", first, second, references)), paragraph(to("#title"), ids="id1"))


def test_no_id_is_there_twice_and_no_link_leads_nowhere() -> None:
    parts = join_documents(book(), "index")
    found = all_ids(parts)
    assert len(found) == len(set(found))
    assert set(all_links(parts)) <= set(found)
    assert len(all_links(parts)) == 2 * (4 + 2) + 1  # with the footnotes


def test_ids_that_are_unique_in_the_book_stay_as_they_are() -> None:
    found = set(all_ids(join_documents(book(), "index")))
    assert {"C001", "C001-1", "C002", "C002-1", "p1-1", "p2-1", "ref-a.b:c"} <= found
    assert {"d-chapters.01-a--same", "d-chapters.02-b--same", "d-back.references--id1", "d-index--id1"} <= found


def test_documents_stand_side_by_side_in_reading_order() -> None:
    whole = book()
    parts = join_documents(whole, "index")
    assert [part["docname"] for part in parts] == ["index", "chapters/01-a", "chapters/02-b", "back/references"]
    assert not [node for part in parts for node in part.findall(addnodes.start_of_file)]
    assert not whole.children


def test_a_document_inside_another_follows_it() -> None:
    inner = document("inner", section("in"))
    parts = join_documents(
        tree(section("title", document("outer", section("out", inner)), document("last", section("end")))), "index"
    )
    assert [part["docname"] for part in parts] == ["index", "outer", "inner", "last"]
    assert all_ids(parts).count("d-inner--in") == 1


def test_a_link_holds_its_words_and_no_span() -> None:
    parts = join_documents(book(), "index")
    references = [node for part in parts for node in part.findall(nodes.reference)]
    assert references
    assert all(isinstance(child, nodes.Text) for node in references for child in node.children)


def test_links_that_leave_the_book_are_untouched() -> None:
    parts = join_documents(tree(paragraph(to("https://www.example.org/#same"), to("mailto:a@example.org"))), "index")
    links = [node["refuri"] for part in parts for node in part.findall(nodes.reference)]
    assert links == ["https://www.example.org/#same", "mailto:a@example.org"]


@pytest.mark.parametrize(
    ("docname", "node_id", "expected"),
    [
        ("chapters/03-us-rok", "", "d-chapters.03-us-rok"),
        ("chapters/03-us-rok", "what", "d-chapters.03-us-rok--what"),
        ("back/größe", "id1", "d-back.gr_f6__df_e--id1"),
        ("index", "C017", "C017"),
        ("index", "C1017-12", "C1017-12"),
        ("index", "p3-12", "p3-12"),
        ("index", "ref-holm1851", "ref-holm1851"),
        ("index", "C17", "d-index--C17"),
        ("index", "card-C017-1", "d-index--card-C017-1"),
        ("index", "p3-12-a", "d-index--p3-12-a"),
    ],
)
def test_an_anchor_is_plain_and_says_its_document(docname: str, node_id: str, expected: str) -> None:
    assert joined_anchor(docname, node_id) == expected
    assert joined_anchor(docname, node_id).isascii()


def test_documents_whose_names_differ_only_in_signs_do_not_share_anchors() -> None:
    names = ["a/b", "a-b", "a.b", "a_b", "ab", "äb", "öb"]
    assert len({joined_anchor(name, "id1") for name in names}) == len(names)
