"""The EPUB: what EPUBCheck and Ace say, and how it is packed."""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from judges import ace, epubcheck
from lxml import etree
from published import Editions, by_id, ids, internal_links, text_of, with_class

from cleanbook import CLEAN

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def test_epubcheck_has_nothing_to_say(editions: Editions, tmp_path: Path) -> None:
    assert not epubcheck(editions.epub.file, tmp_path / "report.json")


@pytest.mark.parametrize("book", ["clean", pytest.param("real", marks=pytest.mark.thorough)])
def test_ace_passes_it_with_all_that_it_should_say_of_itself(
    request: pytest.FixtureRequest, build: Callable[..., Editions], tmp_path: Path, book: str
) -> None:
    made = request.getfixturevalue("editions") if book == "real" else build("clean", "--edition", "epub", source=CLEAN)
    report = ace(made.epub.file, tmp_path)
    failed = [(page["earl:testSubject"]["url"], page["assertions"]) for page in report["assertions"]]
    assert not [page for page in failed if page[1]]
    assert report["earl:result"]["earl:outcome"] == "pass"
    told = report["a11y-metadata"]
    assert not told["empty"]
    assert {"schema:accessMode", "schema:accessibilityHazard", "schema:accessibilitySummary"} <= set(told["present"])


def test_the_mimetype_comes_first_and_uncompressed(editions: Editions) -> None:
    assert editions.epub.file.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(editions.epub.file) as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert len({entry.filename for entry in others}) == len(others)
    assert len({entry.date_time for entry in others}) == 1


@pytest.mark.thorough  # test_same_bytes does so with the clean book each time
def test_the_same_book_in_another_folder_is_the_same_bytes(editions: Editions, build: Callable[..., Editions]) -> None:
    again = build("elsewhere", "--edition", "epub")
    assert again.epub.file.read_bytes() == editions.epub.file.read_bytes()


def test_marks_open_notes_that_lead_back(editions: Editions) -> None:
    seen = 0
    for name, page in editions.epub.pages.items():
        boxed = page.xpath("//*[local-name()='ul' or local-name()='table']//*[local-name()='a']")
        for mark in (mark for mark in with_class(page, "mark") if mark not in boxed or mark.get("role")):
            assert (mark.get(EPUB_TYPE), mark.get("role")) == ("noteref", "doc-noteref")
            note = by_id(page, mark.get("href").removeprefix("#"))
            assert (note.get(EPUB_TYPE), note.get("role")) == ("footnote", "doc-footnote"), name
            (back,) = note.xpath(".//*[@href=$to]", to=f"#{mark.get('id')}")
            assert text_of(mark).split()[0] == text_of(back)
            seen += 1
    assert seen >= len(editions.ledger) - len(editions.in_boxes)


def test_links_and_anchors_hold(editions: Editions) -> None:
    pages = editions.epub.pages
    with zipfile.ZipFile(editions.epub.file) as archive:
        files = set(archive.namelist())
    anchors = {name: set(ids(page)) for name, page in pages.items()}
    for name, page in pages.items():
        assert len(anchors[name]) == len(ids(page)), f"{name} has an id twice"
    wrong = [
        (page, address)
        for page, address, file, anchor in internal_links(pages)
        if file not in files or (anchor and anchor not in anchors[file])
    ]
    assert not wrong


def test_no_script_and_nothing_from_elsewhere(editions: Editions) -> None:
    with zipfile.ZipFile(editions.epub.file) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".js")]
        styles = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".css")]
    assert not [style for style in styles if re.search(r"(?:url\(|@import)\s*['\"]?https?:", style)]
    for page in editions.epub.pages.values():
        assert not page.xpath("//*[local-name()='script' or local-name()='iframe'] | //@onclick")
        assert not page.xpath("//@src[contains(., '://')]")


def test_every_citation_in_the_text_is_a_note_of_its_page(editions: Editions) -> None:
    seen = 0
    for name, page in editions.epub.pages.items():
        cited = page.xpath("//*[@class='bibtex-citation']//*[local-name()='a']")
        for link in cited:
            assert (link.get(EPUB_TYPE), link.get("role")) == ("noteref", "doc-noteref"), name
            note = by_id(page, link.get("href").removeprefix("#"))
            assert (note.get(EPUB_TYPE), note.get("role")) == ("footnote", "doc-footnote"), name
            assert note.xpath(".//*[@href=$to]", to=f"#{link.get('id')}")
            (entry,) = note.xpath(".//*[contains(@href, 'references.xhtml#ref-')]")
            assert entry.get("href").rpartition("#")[2] == note.get("id").removeprefix("note-")
            assert text_of(note).startswith(text_of(link))
            seen += 1
    assert seen > 300


def test_no_file_lies_in_it_that_nothing_names(editions: Editions) -> None:
    with zipfile.ZipFile(editions.epub.file) as archive:
        names = set(archive.namelist()) - {"mimetype", "META-INF/container.xml", "content.opf"}
        texts = {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
    package = etree.fromstring(texts["content.opf"].encode())
    items = {item.get("href") for item in package.findall(".//{*}item")}
    assert items == names
    read = [text for name, text in texts.items() if name.endswith((".xhtml", ".css", ".ncx"))]
    dead = {name for name in names if name not in ("nav.xhtml", "toc.ncx", "cover.xhtml")}
    dead -= {name for name in dead if any(name.rpartition("/")[2] in text for text in read)}
    assert not dead


def test_it_says_of_itself_only_what_was_shown(editions: Editions) -> None:
    with zipfile.ZipFile(editions.epub.file) as archive:
        package = etree.fromstring(archive.read("content.opf"))
    told = {(meta.get("property"), meta.text) for meta in package.findall(".//{*}meta")}
    assert not {name for name, _ in told if name and re.search("conformsTo|certifiedBy|certifier", name)}
    (summary,) = (text for name, text in told if name == "schema:accessibilitySummary")
    assert "no conformance" in summary and "certif" not in summary
    identifier = package.findtext(".//{*}identifier")
    assert uuid.UUID(identifier.removeprefix("urn:uuid:")).version == 5


def test_it_is_light_enough_to_be_sent(editions: Editions) -> None:
    assert editions.epub.file.stat().st_size < 900_000
