"""Footnotes, citations in headings, bookmarks and addresses in prose, as the readers of each edition get them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from workshop import BOTH, Edition, Workshop, has, text_of

from needs import need

CHAPTER = "chapters/02-today"
TEXT = """
{.connective}
A statement[^n1] here. See <https://www.example.org/documents_and%20underscores> so.

{.connective}
A statement that has a mark {claim}`C007`[^n2], and the same note again[^n2].

| a | b |
|---|---|
| c[^n3] | d |

### Third[^n4]

{.connective}
See https://www.example.org/documentation/documentations/documentary/hyphenations/documentation.pdf there.

#### Fourth

{.connective}
It's in <https://www.example.org/it's>, <https://www.example.org/a...b>, <https://www.example.org/caf%E9>,
'https://www.example.org/that's...here' or <o'neil@example.org>...

### A heading that cites {cite:p}`holm1851{p. 17}`

{.connective}
Text.

[^n1]: The note, with [a link](https://www.example.org/), `code` and {cite:p}`holm1851`.
[^n2]: First paragraph.

    Second, with a mark {claim}`C006`.
[^n3]: The note of a cell.
[^n4]: The note of a heading.

"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    shop = Workshop(tmp_path_factory.mktemp("footnotes"))
    shop.edit(f"docs/{CHAPTER}.md", "## What the sources say\n", f"{TEXT}## What the sources say\n")
    return shop


@pytest.fixture(scope="module")
def built(shop: Workshop) -> dict[str, Edition]:
    return {kind: shop.build(kind) for kind in ("html", "epub", "pdf")}


@pytest.fixture(params=["html", "epub", "pdf"])
def edition(request: pytest.FixtureRequest, built: dict[str, Edition]) -> Edition:
    return built[request.param]


def notes(edition: Edition) -> Any:
    page = edition.page(CHAPTER)
    if edition.kind == "pdf":
        return page.xpath(f"//*[{has('foot-note')}][*[{has('back')}]]")
    return page.xpath(f"//*[{has('footnote')}]")


def test_no_edition_warns(edition: Edition) -> None:
    assert edition.warnings == ""


def test_every_footnote_stands_once_in_the_order_of_its_first_call(edition: Edition) -> None:
    said = [text_of(note) for note in notes(edition)]
    assert [words[0] for words in said] == ["1", "2", "3", "4"]
    assert "The note, with a link, code and [4]." in said[0]
    assert "First paragraph. Second, with a mark" in said[1]
    assert said[2].endswith("The note of a cell.")
    assert said[3].endswith("The note of a heading.")


def test_calls_and_notes_lead_to_each_other(edition: Edition) -> None:
    page = edition.page(CHAPTER)
    calls = page.xpath(f"//a[{has('fn')}]")
    ids = [note.get("id") for note in notes(edition)]
    numbers = [call.text or call.get("data-label") for call in calls]
    assert numbers == ["1", "2", "2", "3", "4"]
    assert [call.get("href") for call in calls] == [f"#{ids[int(number) - 1]}" for number in numbers]
    for number, note in enumerate(notes(edition), 1):
        back = {link.get("href") for link in note.xpath(f".//a[{has('back')}]")}
        own = {f"#{call.get('id')}" for call, n in zip(calls, numbers, strict=True) if n == str(number)}
        # on paper a note stands at the foot of its first call's page
        assert back and back <= own and (back == own or edition.kind == "pdf")


def test_a_footnote_is_not_taken_for_the_note_on_a_claim(edition: Edition) -> None:
    page = edition.page(CHAPTER)
    marks = {mark.get("id") for mark in page.xpath(f"//a[{has('mark')}][@id]")}
    assert marks and not marks & {note.get("id") for note in notes(edition)}
    (second,) = [call for call in page.xpath(f"//a[{has('fn')}]") if call.text == "2"][:1]
    before = second.getprevious()
    assert before is not None and text_of(before)[0] in "?✗"  # a sign and a number, where the call has a number alone
    if edition.kind == "epub":
        assert [note.get("epub:type") for note in notes(edition)] == ["footnote"] * 4


@pytest.mark.parametrize("kind", BOTH)
def test_headings_show_labels_wherever_they_are_listed(built: dict[str, Edition], kind: str) -> None:
    shown = [text_of(link) for link in built[kind].page("index").xpath("//li//a")]
    assert "A heading that cites [4, p. 17]" in shown
    assert "Third" in shown
    assert not [words for words in shown if "holm1851" in words]


def test_the_contents_of_the_booklet_list_titles_with_labels_and_no_sections(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.edit(f"docs/{CHAPTER}.md", "# The bridge today\n", "# The bridge today {cite:p}`holm1851{p. 17}`\n")
    made = shop.build("pdf")
    assert made.warnings == ""
    for page in (made.page("index"), made.record("index")):
        shown = [text_of(link) for link in page.xpath("//nav//li//a")]
        assert shown[:2] == ["1 Building the bridge", "2 The bridge today [4, p. 17]"]
        assert "Its age and its use" not in shown


def test_the_page_itself_lists_its_headings_with_labels(built: dict[str, Edition]) -> None:
    toc = built["html"].page(CHAPTER).xpath(f"//*[{has('here')}]")[0]
    assert "A heading that cites [4, p. 17]" in text_of(toc)
    assert "holm1851" not in text_of(toc)


def test_a_label_that_changes_changes_in_headings_too(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.edit(f"docs/{CHAPTER}.md", "## Its age and its use\n", "## Its age {cite:p}`holm1851`\n")
    assert "Its age [4]" in text_of(shop.build("html").page("index"))
    old = "@report{arden1842"
    shop.edit(
        "references.bib",
        old,
        f"@book{{aaron1900,\n  author = {{Aaron, A.}},\n  title = {{A}},\n  year = {{1900}},\n}}\n\n{old}",
    )
    assert "Its age [5]" in text_of(shop.build("html").page("index"))
    assert "Its age [5]" in text_of(shop.build("epub").page("index"))


def test_an_address_in_prose_is_printed_as_it_is_written(edition: Edition) -> None:
    page = edition.page(CHAPTER)
    (link,) = page.xpath("//a[contains(@href, 'underscores')]")
    assert link.get("href") == "https://www.example.org/documents_and%20underscores"
    assert text_of(link) == "https://www.example.org/documents_and%20underscores"
    if edition.kind == "pdf":
        shown = [text_of(one) for one in page.xpath(f"//*[{has('address')}]")]
        assert any(one.endswith("documentation.pdf") for one in shown)


@pytest.fixture(scope="module")
def pdf(shop: Workshop) -> Path:
    need("pango")
    command = [sys.executable, "-m", "factpress", "build", "--edition", "pdf"]
    done = subprocess.run(command, cwd=shop.root, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return shop.root / "build" / "arden-bridge.pdf"


def test_the_pdf_has_bookmarks_of_every_level_that_it_lists(pdf: Path) -> None:
    with pikepdf.open(pdf) as book, book.open_outline() as outline:
        (chapter,) = [item for item in outline.root if "today" in item.title]
        (first, *_) = chapter.children
        assert [item.title for item in first.children] == ["Third", "A heading that cites [4, p. 17]"]
        assert not [below for item in first.children for below in item.children]


def test_the_pdf_tags_footnotes_as_notes_that_their_calls_refer_to(pdf: Path) -> None:
    with pikepdf.open(pdf) as book:
        found = [one for one in book.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Note"]
        assert len({str(note.ID) for note in found}) == len(found) == 4 + 7  # what is supported has no note
        for note in found:
            assert all(link.S == "/Link" and link.Ref[0].ID == note.ID for link in note.Ref)


def test_the_pdf_hyphenates_no_address(pdf: Path) -> None:
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    joined = text.replace("\n", "")
    assert "https://www.example.org/documentation/documentations/documentary/hyphenations/documentation.pdf" in joined
    assert "https://www.example.org/documents_and%20underscores" in joined


def test_addresses_in_prose_stay_as_written(edition: Edition) -> None:
    shown = " ".join(text_of(edition.page(CHAPTER).xpath("//body")[0]).split())
    assert (
        "It’s in https://www.example.org/it's, https://www.example.org/a...b, https://www.example.org/caf%E9, "
        "‘https://www.example.org/that's...here’ or o'neil@example.org…"
    ) in shown
