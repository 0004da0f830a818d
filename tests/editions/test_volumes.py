"""The volumes beside the booklet, made of the clean book: record, corrections, teachers' handout, a chapter alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from judges import vera
from published import Book, Editions, squeeze

from cleanbook import STUDY, copy_book
from factpress.press.preflight.measurement import measure_pages

READ = ("record", "corrections", "teachers", "chapter-1", "chapter-1-pages-a4")  #: volumes that are read, not folded


@pytest.fixture(scope="module")
def made(build: Callable[..., Editions], tmp_path_factory: pytest.TempPathFactory) -> Editions:
    source = copy_book(tmp_path_factory.mktemp("studied") / "book", study=True)
    return build("volumes", "--edition", "pdf", "--chapter", "1", source=source)


@pytest.fixture(scope="module")
def volume(made: Editions) -> Callable[[str], Book]:
    books = {name: Book(made.root / "build" / f"arden-bridge-{name}.pdf") for name in READ}
    return books.__getitem__


@pytest.mark.parametrize("name", READ)
def test_each_conforms_to_pdf_ua_1_and_to_pdf_a_3a(volume: Callable[[str], Book], name: str) -> None:
    failed, checks = vera(volume(name).file, "PDFUA-1", "PDFA-3A")
    assert not failed
    assert min(checks.values()) > 300


@pytest.mark.parametrize("name", READ)
def test_each_has_a_title_of_its_own_a_language_and_no_fault(volume: Callable[[str], Book], name: str) -> None:
    book = volume(name)
    assert measure_pages(book.file, name).problems == []
    with pikepdf.open(book.file) as pdf, pdf.open_metadata() as metadata:
        title, language = str(metadata["dc:title"]), str(pdf.Root.Lang)
    assert title.startswith("The Bridge at Arden") and title != "The Bridge at Arden" and language == "en"
    assert not [text for text in book.texts if re.search("[\ufffd\ue000-\uf8ff]", text)]


@pytest.mark.parametrize("name", READ)
def test_each_has_one_subset_of_a_face(volume: Callable[[str], Book], name: str) -> None:
    with pikepdf.open(volume(name).file) as pdf:
        fonts = [str(item.BaseFont).partition("+")[2] for item in pdf.objects
                 if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.Font
                 and item.get("/Subtype") == pikepdf.Name.Type0]  # fmt: skip
    assert len(fonts) == len(set(fonts))


# the record


def test_the_record_has_every_entry_and_says_once_what_is_usual(made: Editions, volume: Callable[[str], Book]) -> None:
    record = volume("record")
    for claim in made.ledger:
        page = record.squeezed[record.places[claim["id"]]]
        assert squeeze(claim["claim"].replace("'", "’"))[:25] in page, claim["id"]
    text = "".join(record.squeezed)
    assert text.count(squeeze("Drafted with a machine’s help, not yet checked by a person")) == 1
    assert text.count(squeeze("not by a person.")) == 1


def test_booklet_and_record_name_each_others_pages(made: Editions, volume: Callable[[str], Book]) -> None:
    record, booklet = volume("record"), made.book
    for claim in made.ledger:
        mark = next((name for name in booklet.places if re.fullmatch(rf"{claim['id']}-\d+", name)), None)
        if mark is None:
            continue
        entry = record.places[claim["id"]]
        said = "".join(record.squeezed[entry : entry + 2])
        label = booklet.reader.page_labels[booklet.places[mark]]
        assert re.search(rf"Inthebooklet:[^a]*p\.{label}\D", said), claim["id"]
    first = min(record.places[claim["id"]] for claim in made.ledger if claim["id"] in ("C001", "C002"))
    way = f"arden-bridge-record.pdf, p. {record.reader.page_labels[first]}"
    assert squeeze(way) in "".join(booklet.squeezed)


def test_its_sources_stand_in_the_order_of_their_numbers(made: Editions, volume: Callable[[str], Book]) -> None:
    record = volume("record")
    first = min(page for name, page in record.places.items() if name.startswith("ref-"))
    text = "\n".join(record.texts[first:])
    numbers = [int(number) for number in re.findall(r"^(\d+)\s+[PST–](?:\s|$)", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    names = {name for name in record.places if name.startswith("ref-")}
    assert len(numbers) == len(names) and names == {name for name in made.book.places if name.startswith("ref-")}


# handouts


def test_the_corrections_fit_two_pages_and_name_every_claim_that_is_not_supported(
    made: Editions, volume: Callable[[str], Book]
) -> None:
    sheet = volume("corrections")
    assert len(sheet.reader.pages) <= 2
    text = "".join(sheet.squeezed)
    for claim in made.ledger:
        verdict = claim.get("finding", {}).get("verdict", "")
        wrong = verdict in ("contradicted", "disputed", "ambiguous", "not-found", "partly-supported")
        finding = claim.get("finding", {})
        words = finding.get("correction") if verdict == "partly-supported" else finding.get("statement", "")
        assert (squeeze((words or "?").replace("'", "’"))[:30] in text) == wrong, claim["id"]


def test_model_answers_are_printed_for_teachers_alone(made: Editions, volume: Callable[[str], Book]) -> None:
    from ruamel.yaml import YAML

    file = STUDY / "docs" / "back" / "questions.yaml"
    questions = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    teachers, booklet = "".join(volume("teachers").squeezed), "".join(made.book.squeezed)
    for question in questions:
        answer = squeeze(question["answer"].replace("'", "’"))[:30]
        if question["level"] != "check-yourself":
            assert answer in teachers and answer not in booklet, question["id"]
    assert {question["level"] for question in questions} > {"check-yourself"}


def test_a_chapter_alone_fills_its_sheets_and_has_only_its_own_words_and_sources(
    made: Editions, volume: Callable[[str], Book]
) -> None:
    chapter, plain = volume("chapter-1"), volume("chapter-1-pages-a4")
    assert len(chapter.reader.pages) % 4 == 0
    for paper in ("a4", "letter"):
        assert (made.root / "build" / f"arden-bridge-chapter-1-sheets-{paper}.pdf").is_file()
    assert {name for name in chapter.places if name.startswith("p")} == {
        name for name in made.book.places if name.startswith("p1-")
    }
    cited = {name for name in chapter.places if name.startswith("ref-")}
    assert cited and cited < {name for name in made.book.places if name.startswith("ref-")}
    for book in (chapter, plain):
        first = book.squeezed[0]
        assert (
            squeeze("findings has been checked and signed by a person") in first
            or squeeze("No person has checked any finding yet") in first
        )
    assert {tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in plain.reader.pages} == {(595, 842)}


def test_a_chapter_that_is_not_there_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from factpress.cli.main import main

    root = copy_book(tmp_path / "book")
    assert main(["--root", str(root), "build", "--chapter", "9"]) == 2
    assert "There is no chapter 9." in capsys.readouterr().err
    assert main(["--root", str(root), "build", "--chapter", "1", "--edition", "html"]) == 2
    assert "--chapter makes a PDF." in capsys.readouterr().err
    assert not (root / "build").exists() or not list((root / "build").glob("*.pdf"))
