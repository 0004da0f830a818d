"""The text of pages and PDFs: what a reader sees, in whatever encoding it came."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter

from factpress.links.page import pdf
from factpress.links.page.encoding import decode
from factpress.links.page.html import read_html, read_plain
from factpress.links.page.pdf import read_pdf, readings
from factpress.links.page.quotations import comparable


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Grüße".encode(), ""),
        ("Grüße".encode(), "text/html; charset=iso-8859-1"),
        ("Grüße".encode("cp1252"), "text/html; charset=utf-8"),
        ("Grüße".encode("latin-1"), 'text/html; charset="ISO-8859-1"'),
        ("Grüße".encode("latin-1"), "text/html; charset=no-such-thing"),
        ("Grüße".encode("latin-1"), "text/html; charset=zip"),
        ("Grüße".encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        ("Grüße".encode("utf-16"), ""),
    ],
)
def test_whatever_the_header_says_the_words_are_read(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == "Grüße"


@pytest.mark.parametrize(
    ("text", "name"),
    [("조약", "euc-kr"), ("条約", "shift_jis"), ("条约", "gb2312"), ("條約", "big5"), ("договор", "koi8-r")],
)
def test_what_the_page_says_of_itself_is_believed(text: str, name: str) -> None:
    assert decode(f'<html><head><meta charset="{name}"></head>{text}'.encode(name)).endswith(text)
    assert decode(text.encode(name), f"text/html; charset={name}") == text


def test_a_character_cut_in_two_at_the_limit_spoils_nothing() -> None:
    assert decode("Grüße und mehr ü".encode()[:-1]).startswith("Grüße")


def test_title_heading_and_text() -> None:
    page = read_html(
        b"<title> A &amp; B </title><svg><title>no</title></svg><div hidden><h1>not this</h1></div>"
        b"<h1>The <b>heading</b></h1><p>One<br>two<script>no</script> three<dialog>no</dialog><iframe>no</iframe>"
    )
    assert (page.title, page.heading, page.scripts) == ("A & B", "The heading", 1)
    assert comparable(page.text) == "the heading one two three"


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- -->", b"\x00", b"<", b"<html", b"\xff\xfe", b"<?xml", b"]]>"])
def test_nothing_is_a_page_without_text(body: bytes) -> None:
    assert read_html(body).text.strip() in ("", "<", "]]>")


def test_entities_are_not_followed() -> None:
    page = read_html(b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>a&x;b</p>')
    assert comparable(page.text).replace("]>", "").strip() in ("a&x;b", "ab")


def test_a_page_too_deep_to_be_read_says_so() -> None:
    assert comparable(read_html(b"<div>" * 1000 + b"deep").text) == "deep"
    assert not read_html(b"<div>" * 5000 + b"deep").is_complete


def test_plain_text_is_text() -> None:
    assert read_plain("a\u200bb <p>".encode()).text == "ab <p>"


def made_pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text after the other."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    for text in pages:
        page = writer.add_blank_page(400, 400)
        lines = "".join(f"({line}) Tj 0 -20 Td " for line in text.splitlines())
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 350 Td {lines} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_pdf_is_read_by_page_and_over_the_heads_of_pages() -> None:
    data = made_pdf(
        "HISTORY OF THE WAR\nThe Parties will con-", "HISTORY OF THE WAR\nsult together whenever\n18",
        "HISTORY OF THE WAR\nthey are threatened.\n19",
    )  # fmt: skip
    pages = read_pdf(data).pages
    assert len(pages) == 3
    whole, bare = map(comparable, readings(pages))
    assert "whenever 18 history of the war they are" in whole
    assert "sult together whenever they are threatened." in bare
    assert "18" not in bare


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj"])
def test_what_is_not_a_pdf_gives_no_text(data: bytes) -> None:
    assert read_pdf(data).pages == () and read_pdf(data).why


def test_a_pdf_that_takes_too_long_gives_no_text() -> None:
    assert read_pdf(made_pdf("words"), seconds=0.001).pages == ()


def test_readings_of_a_short_pdf_lose_nothing() -> None:
    assert readings(["one\ntwo", "three"]) == ("one\ntwo\nthree", "one\ntwo\nthree")
    assert pdf.readings([]) == ("", "")
