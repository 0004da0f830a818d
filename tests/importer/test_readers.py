"""Files of every kind that an article may come in, and files that are refused with one problem."""

from __future__ import annotations

import struct

import pytest
from small_files import archive, docx, docx_entries, odt

from factpress.importer.document import BlockKind, Document
from factpress.importer.reader import read_article
from factpress.problems import BookError

BLOCKS = [("heading", "Old Stones"), ("paragraph", "It was built in 1842. It is long."), ("quotation", "We stay.")]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in document.blocks]


def refused(data: bytes, name: str = "a.txt", encoding: str = "") -> tuple[str, str, int]:
    with pytest.raises(BookError) as caught:
        read_article(data, name, encoding)
    [found] = caught.value.problems
    return found.code, found.message, found.where.line


def test_plain_text_with_headings_without_markup_and_a_list() -> None:
    text = "The Bridge\n\nIt is old, and it is long.\n\nOld Stones\nIt was built in 1842.\n- of stone\n  - and clay\n"
    document = read_article(text.encode(), "a.txt")
    assert document.title == "The Bridge"
    assert kinds(document) == [
        ("paragraph", "It is old, and it is long."),
        ("heading", "Old Stones"),
        ("paragraph", "It was built in 1842."),
        ("item", "of stone"),
        ("item", "and clay"),
    ]
    assert [block.level for block in document.blocks if block.kind is BlockKind.ITEM] == [1, 2]


def test_markdown_keeps_its_words_and_says_what_it_left_out() -> None:
    text = "# The Bridge\n\n## Old Stones\n\nIt was **built** in [1842](x). It is long.\n\n> We stay.\n\n<div>x</div>\n"
    document = read_article(text.encode(), "a.md")
    assert (document.title, kinds(document)) == ("The Bridge", BLOCKS)
    assert document.left_out == ("1 × block of HTML",)


def test_a_saved_page_loses_what_stands_around_its_article_and_what_nobody_sees() -> None:
    page = (
        "<!DOCTYPE html><html lang=de><head><title>t</title>"
        "<meta name=ai-content-declaration content=assisted></head>"
        "<body><nav>Home</nav><article><h1>The Bridge</h1><h2>Old Stones</h2><p>It was built in 1842. It is long.</p>"
        "<p style='display: none'>Hidden.</p><script>alert(1)</script>"
        "<blockquote><p>We stay.</p></blockquote></article>"
        "<footer>All rights</footer></body></html>"
    )
    document = read_article(page.encode(), "a.html")
    assert (document.title, document.language, kinds(document)) == ("The Bridge", "de", BLOCKS)
    assert document.notices == ("ai-content-declaration: assisted",)


def test_a_document_of_word() -> None:
    document = read_article(
        docx([("Title", "The Bridge"), ("Heading2", "Old Stones"), ("", BLOCKS[1][1]), ("Quote", "We stay.")]), "a.docx"
    )
    assert (document.title, kinds(document)) == ("The Bridge", BLOCKS)


def test_a_document_of_libreoffice() -> None:
    body = (
        '<text:p text:style-name="Title">The Bridge</text:p><text:h text:outline-level="1">Old Stones</text:h>'
        "<text:p>It was built in 1842. It<text:s/>is long.</text:p>"
        '<text:p text:style-name="Quotations">We stay.</text:p>'
        "<text:list><text:list-item><text:p>of clay</text:p></text:list-item></text:list>"
    )
    document = read_article(odt(body), "renamed.docx")
    assert (document.title, kinds(document)) == ("The Bridge", [*BLOCKS, ("item", "of clay")])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7 \n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"Hello\0\0world", "bytes that no text has"),
        (b"PK\x03\x04 broken", ""),
        (archive({"a.txt": "hello"}), "not a DOCX"),
    ],
    ids=["pdf", "doc", "rtf", "nul", "broken", "zip"],
)
def test_what_is_no_article_is_refused_whatever_its_name(data: bytes, why: str) -> None:
    code, message, _ = refused(data, "article.docx")
    assert code == "article-format" and why in message


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"--- *** 123\n"])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    assert refused(data)[0] == "article-empty"


def test_an_archive_that_would_fill_the_disk_is_refused_before_it_is_opened() -> None:
    entries = docx_entries([("", "Hello there.")])
    bomb = archive(entries | {"word/media/big.bin": b"\0" * (80 * 2**20)})
    assert len(bomb) < 2**20
    assert refused(bomb, "a.docx")[0] == "article-format"


def test_an_archive_whose_directory_lies_is_refused() -> None:
    data = bytearray(archive(docx_entries([("", "Hello there. " * 2000)])))
    entry = data.rindex(b"word/document.xml") - 46  # in the directory at the end
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert refused(bytes(data), "a.docx")[0] == "article-format"


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil", "a/../../evil", "..\\evil"])
def test_an_archive_whose_names_lead_out_of_it_is_refused(name: str) -> None:
    assert refused(archive(docx_entries([("", "Hello there.")]) | {name: "x"}), "a.docx")[0] == "article-format"


def test_an_archive_with_entities_of_its_own_is_refused() -> None:
    doctype = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">]>'
    assert refused(archive(docx_entries([("", "Hello there.")], before=doctype)), "a.docx")[0] == "article-format"


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_and_byte_order_marks_change_nothing(start: bytes, end: bytes) -> None:
    data = start + end.join([b"The Bridge", b"", "It is “old”, and it is very long.".encode(), b"It fell.", b""])
    document = read_article(data, "a.txt")
    assert document.title == "The Bridge"
    assert kinds(document) == [("paragraph", "It is “old”, and it is very long."), ("paragraph", "It fell.")]


def test_utf_16_is_known_by_its_mark() -> None:
    assert kinds(read_article("Es ist schön.\n".encode("utf-16"), "a.txt")) == [("paragraph", "Es ist schön.")]


def test_another_encoding_is_asked_for_with_line_and_byte_and_never_guessed() -> None:
    data = "It is old.\nIt is schön.\n".encode("cp1252")
    code, message, line = refused(data)
    assert (code, line) == ("article-encoding", 2)
    assert "byte 20 (0xF6)" in message
    assert kinds(read_article(data, "a.txt", "cp1252"))[1] == ("paragraph", "It is schön.")
    assert refused(data, encoding="klingon")[0] == "article-encoding"


def test_bytes_of_two_encodings_are_refused_where_the_second_begins() -> None:
    data = "Es ist schön.\n".encode() + "Es ist schön.\n".encode("cp1252")
    assert refused(data)[2] == 2


def test_elements_nested_without_end_are_an_error_and_no_crash() -> None:
    code, _, _ = refused(b"<html><body>" + b"<div>" * 20_000 + b"</body></html>", "a.html")
    assert code in ("article-format", "article-empty")
