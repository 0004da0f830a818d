"""The book: what veraPDF's engine and qpdf say, and what its reader finds on the pages."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

import pikepdf
import pypdf
import pypdfium2 as pdfium
import pytest
from judges import vera
from pikepdf import Dictionary, Name
from published import GLYPHS, WORDS, Book, Editions, squeeze, text_of

from factpress.cli.main import main
from needs import need

STANCES = ["supports", "contradicts", "context"]  #: in the order in which an entry has them
OURS = ("SourceSerifPro", "SourceSansPro", "FactpressMarks", "FactpressHan")


@pytest.fixture
def book(editions: Editions) -> Book:
    return editions.book


@pytest.mark.thorough  # the clean book's PDFs are validated each time, in test_large_print
def test_conforms_to_pdf_ua_1_and_to_pdf_a_3a(book: Book) -> None:
    failed, checks = vera(book.file, "PDFUA-1", "PDFA-3A")
    assert not failed
    assert min(checks["PDFUA-1"], checks["PDFA-3A"]) > 10_000


def test_qpdf_finds_the_file_sound(book: Book) -> None:
    done = subprocess.run([need("qpdf"), "--check", book.file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_stream_ends_where_its_line_ending_could_be_taken_for_a_part_of_it(book: Book) -> None:
    assert b"\r\nendstream" not in book.file.read_bytes()


# pages


def test_no_page_is_lost(book: Book) -> None:
    # a theme that cuts the page off after the first screen gives one page and no error
    assert len(book.reader.pages) > 20
    assert "About this booklet" in book.texts[-1]
    assert squeeze("sphinxcontrib-bibtex and WeasyPrint") in book.squeezed[-1]


def test_it_is_one_gathering_of_sixteen_sheets_and_small_enough_to_send(book: Book) -> None:
    assert len(book.reader.pages) <= 64 and len(book.reader.pages) % 4 == 0
    assert book.file.stat().st_size <= 1_000_000
    assert book.reader.trailer["/Root"]["/PageLayout"] == "/TwoPageRight"


def test_it_keeps_what_is_promised_of_its_pages(editions: Editions, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(editions.root), "check", "--edition", "pdf", "--strict"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("reader", [["pdftotext", "-layout"], ["pdftotext", "-raw"]], ids=["page", "order"])
def test_copied_text_is_clean(book: Book, reader: list[str]) -> None:
    done = subprocess.run([need("pdftotext"), *reader[1:], str(book.file), "-"], capture_output=True, check=True)
    text = done.stdout.decode("utf-8")
    assert not re.findall(r"[\ufffd\ue000-\uf8ff\u00ad]", text)
    with pdfium.PdfDocument(book.file) as opened:
        copied = "".join(page.get_textpage().get_text_range() for page in opened)
    assert not re.findall(r"[\ufffd\ue000-\uf8ff]", copied)
    for words in ("no potential aggressor", "would act to meet the common danger"):
        assert squeeze(words) in squeeze(text) and squeeze(words) in squeeze(copied)


def test_every_page_has_the_same_size_and_text_that_can_be_copied(book: Book) -> None:
    sizes = {tuple(round(float(v), 1) for v in page.mediabox) for page in book.reader.pages}
    assert sizes == {(0, 0, 419.5, 595.3)}
    assert not [number for number, text in enumerate(book.texts, 1) if re.search("[\ufffd\ue000-\uf8ff]", text)]


def test_the_title_page_says_what_was_made_by_machine_and_what_was_checked(editions: Editions) -> None:
    first = "".join(editions.book.squeezed[:2])  # the cover, and the page behind it
    disclosure = editions.about_article("provenance")["disclosure"]["text"]
    units = editions.about_article("outline")["units"]
    signed = len({line["claim"] for line in _signoffs(editions)})
    done = sum("open" not in unit for unit in units)
    accounted = (
        f"All {done} sentences of the article are accounted for"
        if done == len(units)
        else f"{done} of the article’s {len(units)} sentences are accounted for"
    )
    for sentence in (
        disclosure.partition(" ")[2],  # without its pictograph
        f"{len(units)} sentences of an AI-assisted article · {len(editions.ledger)} claims",
        f"{signed} checked by a person so far",
        accounted,
    ):
        assert squeeze(sentence) in first, sentence
    verdicts = Counter(claim["finding"]["verdict"] for claim in editions.ledger)
    for verdict, count in verdicts.items():
        assert squeeze(f"{count} {WORDS[verdict].lower()}") in first.replace(squeeze("with no"), "no").replace(
            squeeze("depending on"), squeeze("depends on")
        )


def _signoffs(editions: Editions) -> list[dict[str, str]]:
    from ruamel.yaml import YAML

    text = (editions.root / "docs" / "claims" / "signoffs.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe").load(text) or []


def test_bookmarks_lead_to_chapters_and_their_sections(book: Book) -> None:
    chapters = dict(_bookmarks(book.reader, book.reader.outline))
    chapter = next(title for title in chapters if title.startswith("3 "))
    assert chapters[chapter][1][-1] == "Check yourself"
    assert list(chapters)[-1] == "About this booklet"
    for title, (page, _) in list(chapters.items())[1:]:
        assert squeeze(title.lstrip("0123456789 ")) in book.squeezed[page], title


def _bookmarks(reader: pypdf.PdfReader, outline: list[Any]) -> Iterator[tuple[str, tuple[int, list[str]]]]:
    for place, after in zip(outline, [*outline[1:], None], strict=True):
        if not isinstance(place, list):
            below = [str(item.title) for item in after if not isinstance(item, list)] if isinstance(after, list) else []
            yield str(place.title), (reader.get_destination_page_number(place) or 0, below)


def test_pages_are_labelled_as_they_are_numbered(book: Book) -> None:
    labels = book.reader.page_labels
    assert labels == [str(number) for number in range(1, len(labels) + 1)]  # the cover is page 1
    assert all(label in text for label, text in zip(labels[1:], _feet(book)[1:], strict=True))


def _feet(book: Book) -> list[str]:
    return [page.extract_text().rstrip()[-120:] for page in book.reader.pages]


def test_each_section_of_a_chapter_has_a_bookmark_that_leads_to_its_heading(editions: Editions) -> None:
    book = editions.book
    chapters = {name: page for name, page in editions.site.pages.items() if name.startswith("chapters/")}
    expected = [
        " ".join(text_of(heading).split()) for name in sorted(chapters) for heading in chapters[name].iter("h1", "h2")
    ]
    expected = [title for title in expected if title != "What the sources say"]  # which stands in the record
    found = [place for place in _flat(book.reader.outline) if str(place.title) in expected]
    assert [str(place.title) for place in found] == expected and len(expected) > 50
    for place in found:
        page = book.reader.get_destination_page_number(place)
        assert page is not None and squeeze(str(place.title).lstrip("0123456789 ")) in book.squeezed[page], place.title


def _flat(outline: list[Any]) -> Iterator[Any]:
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


# what the file says of itself, and carries


def test_its_metadata_say_what_a_machine_made_and_who_checked_it(editions: Editions) -> None:
    disclosure = editions.about_article("provenance")["disclosure"]["text"].partition(" ")[2]
    with pikepdf.open(editions.book.file) as pdf, pdf.open_metadata() as metadata:
        about = metadata["dc:description"]
        assert disclosure in about and "AI-assisted article" in about and "0 checked by a person so far" in about
        assert "CC BY 4.0" in metadata["dc:rights"]
        assert metadata["xmpRights:WebStatement"] == "https://creativecommons.org/licenses/by/4.0/legalcode"
        assert metadata["dc:creator"] == ["The factpress contributors"]
        assert metadata["dc:language"] == {"en"}


def test_it_carries_the_claims_and_the_sources_as_data(editions: Editions) -> None:
    carried = {name: data for name, (data,) in editions.book.reader.attachments.items()}
    assert carried.keys() == {"claims.json", "references.bib"}
    assert carried["references.bib"] == (editions.root / "references.bib").read_bytes()
    ours = json.loads(carried["claims.json"])["claims"]
    webs = json.loads((editions.site.folder / "claims.json").read_text(encoding="utf-8"))["claims"]
    assert [{**claim, "entry": ""} for claim in ours] == [{**claim, "entry": ""} for claim in webs]
    assert {claim["entry"].removeprefix("#") for claim in ours} <= set(editions.record.places)


# links and faces


def test_links_lead_to_a_page_of_the_book_or_to_the_web(book: Book) -> None:
    wrong = []
    for number, link in book.links:
        if "/Dest" in link:
            right = str(link["/Dest"]) in book.places
        else:
            right = link["/A"]["/S"] == "/URI" and str(link["/A"]["/URI"]).startswith(("https://", "http://"))
        if not right:
            wrong.append((number + 1, link.get("/Dest") or link.get("/A")))
    assert len(book.links) > 200
    assert not wrong


def test_nothing_of_the_machine_that_built_it_is_inside(editions: Editions) -> None:
    with pikepdf.open(editions.book.file) as pdf:
        texts = [bytes(item) for item in _strings(pdf)] + [pdf.Root.Metadata.read_bytes()]
    for text in texts:
        assert b"file:" not in text and str(editions.root).encode() not in text


def _strings(pdf: pikepdf.Pdf) -> Iterator[pikepdf.String]:
    for item in pdf.objects:
        values = dict(item.items()).values() if isinstance(item, Dictionary | pikepdf.Stream) else ()
        yield from (value for value in values if isinstance(value, pikepdf.String))


def test_all_faces_are_the_book_s_own_and_embedded(book: Book) -> None:
    found = set()
    with pikepdf.open(book.file) as pdf:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys()), item.FontName
                found.add(str(item.FontName).partition("+")[2].replace("-", ""))
    assert found
    assert not {name for name in found if not name.startswith(OURS)}


# claims


def test_each_mark_has_its_note_on_the_same_page(editions: Editions) -> None:
    book, by_id = editions.book, {claim["id"]: claim for claim in editions.ledger}
    marks = {name: page for name, page in book.places.items() if re.fullmatch(r"C\d{3,}-\d+", name)}
    assert {name.partition("-")[0] for name in marks} == set(by_id)
    for name in marks.keys() - set(editions.in_boxes):
        claim, page = by_id[name.partition("-")[0]], marks[name]
        verdict = claim["finding"]["verdict"]
        opening = squeeze(f"{GLYPHS[verdict]}{claim['id'][1:].lstrip('0')}")
        whole = rf"{opening}.{{0,3}}{re.escape(_plain(claim['claim']))}\.?Article:{squeeze(WORDS[verdict]).lower()}\."
        noted = re.search(rf"{whole}|{opening}Seethebox", _plain(book.texts[page]))
        assert bool(noted) == (verdict != "supported"), f"{name}, page {page + 1}"


def _plain(text: str) -> str:
    return squeeze(text).translate(str.maketrans("‘’“”", "''\"\""))


def test_from_an_entry_to_the_source_and_back(editions: Editions) -> None:
    book = editions.record
    leads: dict[int, set[str]] = {}
    for page, link in book.links:
        if "/Dest" in link:
            leads.setdefault(page, set()).add(str(link["/Dest"]))
    last = len(book.reader.pages) - 1
    starts = sorted(book.places[claim["id"]] for claim in editions.ledger)

    def on(first: int, end: int) -> set[str]:
        return set().union(*(leads.get(page, set()) for page in range(first, min(end, last) + 1)))

    # a finding that several entries rest on is told once, and led to by its anchor: e2a is the first of claim 2
    told = {
        f"e{claim['id'][1:].lstrip('0')}{ascii_lowercase[number]}": item["source"]
        for claim in editions.ledger
        for number, item in enumerate(
            sorted(claim["finding"].get("evidence", ()), key=lambda item: STANCES.index(item["stance"]))
        )
    }
    for claim in editions.ledger:
        name, start = claim["id"], book.places[claim["id"]]
        end = next((page for page in starts if page > start), start + 3)
        for item in claim["finding"].get("evidence", ()):
            there = on(start, end)
            leading = {anchor for anchor in there if told.get(anchor) == item["source"]}
            assert f"ref-{item['source']}" in there or leading, f"{name} does not lead to {item['source']}"
            assert all(f"ref-{told[anchor]}" in on(book.places[anchor], book.places[anchor] + 1) for anchor in leading)
            home = book.places[f"ref-{item['source']}"]
            assert name in on(home, home + 1), f"{item['source']} does not lead back to {name}"


def test_the_register_has_a_row_for_each_claim_with_its_page(editions: Editions) -> None:
    book = editions.record
    (start,) = (page for title, (page, _) in _bookmarks(book.reader, book.reader.outline) if title == "Claims register")
    (end,) = (page for title, (page, _) in _bookmarks(book.reader, book.reader.outline) if title == "References")
    text = "".join(book.squeezed[start:end])
    signs = {f"{GLYPHS[claim['finding']['verdict']]}{claim['id'][1:].lstrip('0')}": claim for claim in editions.ledger}
    rows = re.findall(rf"([{''.join(GLYPHS.values())}]\d+)entryp\.(\d+)·(?:¶\d+\.\d+|the(?:text|box)),p\.\d+", text)
    assert [sign for sign, _ in rows] == list(signs)
    labels = book.reader.page_labels
    for sign, page in rows:
        assert labels[book.places[signs[sign]["id"]]] == page, sign
