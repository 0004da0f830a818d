"""`factpress new`: from a file to a project that passes its check, or an error and no files."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

import factpress
from factpress.cli.main import COMMANDS, main
from factpress.files.book import read_book, read_prose
from factpress.importer.disclosure import candidates
from factpress.importer.reader import read_article
from factpress.importer.units import article_of
from factpress.model.outline import Disclosure
from factpress.settings import read_settings

ENGLISH = """The Bridge at Arden

Note: This article was written with the help of AI. Please check key points with reliable sources.

Old Stones
The bridge was built in 1842 by Anna Holm. It has {raw} <script>alert(1)</script> four arches.

Who paid for it:
- a toll
- two brothers. They had a ferry.

The Bridge Today
Is it still used? Lorries have been kept off it since 1985.
"""
GERMAN = """# Die Brücke von Arden

Dieser Artikel wurde mit Hilfe von KI erstellt.

## Alte Steine

Die Brücke wurde am 27. Juli 1842 gebaut. Im 19. Jahrhundert war sie z. B. für Karren da.
„Wir bleiben“, sagte Frau Holm.
"""
KOREAN = """# 아든의 다리

이 글은 AI의 도움을 받아 작성되었습니다.

## 오래된 돌

다리는 1842년에 지어졌다. 길이는 40미터이다.
"""


@pytest.fixture(autouse=True)
def nobody_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))


def make(folder: Path, text: str | bytes, *options: str, name: str = "article.txt") -> int:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return main(["new", str(folder / "book"), "--article", str(file), *options])


def test_an_article_of_ours_becomes_a_book_that_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(tmp_path, ENGLISH, "--rights", "ours", "--licence", "CC BY 4.0") == 0
    said = capsys.readouterr().out
    assert "confirmed by nobody" in said and "names AI" in said
    root = tmp_path / "book"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["article.txt", "book"]
    assert main(["--root", str(root), "check", "--strict"]) == 0
    assert main(["--root", str(root), "format", "--check"]) == 0
    assert main(["--root", str(root), "outline", "--check", str(tmp_path / "article.txt")]) == 0
    settings = read_settings(root)
    assert (settings.title, settings.licence, settings.name) == ("The Bridge at Arden", "CC BY 4.0", "book")
    book, problems = read_book(settings)
    assert problems == [] and book.provenance and book.provenance.notice
    assert book.provenance.notice.units == ("S00.P1.1", "S00.P1.2")
    assert len(book.drafted_units) + 2 == len(book.outline.units) == 10
    assert main(["--root", str(root), "build", "--edition", "html"]) == 0
    [page] = (root / "build" / "html" / "chapters").glob("01-old-stones.html")
    text = page.read_text(encoding="utf-8")
    assert text.count('class="unit-mark"') == 6
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text and "<script>alert" not in text
    assert "{raw}" in text and "The bridge was built in 1842 by Anna Holm." in text
    front = (root / "build" / "html" / "index.html").read_text(encoding="utf-8")
    assert "This article was written with the help of AI." in front
    assert "For 8 of the article’s 10 sentences there is only what a machine proposes" in front


def test_where_rights_are_not_ours_no_word_of_the_article_is_in_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path, ENGLISH.replace("with the help of AI", "by us")) == 0
    assert "unsettled" in capsys.readouterr().out
    root = tmp_path / "book"
    everything = "".join(file.read_text(encoding="utf-8") for file in root.rglob("*") if file.is_file())
    for words in ("Anna Holm", "Lorries", "Old Stones", "two brothers"):
        assert words not in everything
    assert main(["--root", str(root), "check", "--strict"]) == 0
    assert main(["--root", str(root), "build", "--edition", "html"]) == 0
    [page] = (root / "build" / "html" / "chapters").glob("02-*.html")
    assert "S01.P1.1, 9 words, to be put into your own words" in page.read_text(encoding="utf-8")
    front = (root / "build" / "html" / "index.html").read_text(encoding="utf-8")
    assert "Whether the article has a notice that an AI helped to write it is not settled yet." in front
    assert "licence" not in read_settings(root).licence


def test_a_person_who_says_that_there_is_no_notice_is_believed(tmp_path: Path) -> None:
    assert make(tmp_path, ENGLISH, "--no-disclosure") == 0
    book, _ = read_book(read_settings(tmp_path / "book"))
    assert book.provenance and book.provenance.disclosure == "none" and book.provenance.notice is None
    assert "S00.P1.1" in book.drafted


def test_an_article_in_german(tmp_path: Path) -> None:
    assert make(tmp_path, GERMAN, "--rights", "licensed", "--language", "de", name="a.md") == 0
    settings = read_settings(tmp_path / "book")
    book, _ = read_book(settings)
    assert [unit.id for unit in book.outline.units] == ["S00.P1.1", "S01.P1.1", "S01.P1.2", "S01.P1.3"]
    assert book.provenance and isinstance(book.provenance.disclosure, Disclosure)
    [chapter] = read_prose(settings)[0].chapters
    assert (chapter.title, len(chapter.units)) == ("Alte Steine", 3)


def test_an_article_in_korean_needs_a_face_and_says_which_letters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path, KOREAN, "--language", "ko", name="a.md") == 1
    assert "HANGUL SYLLABLE" in capsys.readouterr().out
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_an_article_in_korean_is_cut_into_its_sentences() -> None:
    document = read_article(KOREAN.encode(), "a.md")
    units = article_of(document, "ko").units
    assert [(unit.id, unit.text) for unit in units] == [
        ("S00.P1.1", "이 글은 AI의 도움을 받아 작성되었습니다."),
        ("S01.P1.1", "다리는 1842년에 지어졌다."),
        ("S01.P1.2", "길이는 40미터이다."),
    ]
    assert candidates(document)[0].is_proposed


def test_the_tool_is_never_asked_for_by_its_name_alone(tmp_path: Path) -> None:
    wheel = tmp_path / "factpress-1-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    assert make(tmp_path, ENGLISH, "--factpress", str(wheel)) == 0
    root = tmp_path / "book"
    assert (root / "wheels" / wheel.name).read_bytes() == b"PK"
    assert f"./wheels/{wheel.name}\n" in (root / "requirements.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (b"", (), 1),
        (b"%PDF-1.7", (), 1),
        ("Es ist schön.".encode("cp1252"), (), 1),
        (ENGLISH, ("--factpress", "nowhere"), 2),
        (ENGLISH, ("--language", "a language"), 2),
        (ENGLISH, ("--rights", "ours", "--face", "nobody:a.ttf"), 2),
        ("# Only\n\n## Headings\n", (), 1),
        (ENGLISH, ("--title", "\U00012000"), 1),
    ],
    ids=["empty", "pdf", "encoding", "tool", "language", "face", "headings", "title"],
)
def test_an_error_leaves_no_files(text: str | bytes, options: tuple[str, ...], status: int, tmp_path: Path) -> None:
    assert make(tmp_path, text, *options) == status
    assert [entry.name for entry in tmp_path.iterdir()] == ["article.txt"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "mine.txt").write_text("mine", encoding="utf-8")
    assert make(tmp_path, ENGLISH) == 2
    assert [entry.name for entry in (tmp_path / "book").iterdir()] == ["mine.txt"]


def test_on_a_terminal_a_person_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter(["licensed", "5", "1", "test person", ""])

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("factpress.cli.new._can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    assert make(tmp_path, ENGLISH) == 0
    assert len(asked) == 5  # the second answer is none of those offered, and is asked for again
    settings = read_settings(tmp_path / "book")
    book, _ = read_book(settings)
    assert (settings.publisher, settings.licence) == ("test person", "")
    assert book.provenance and book.provenance.notice and str(book.provenance.rights) == "licensed"


def test_the_readme_of_a_project_names_commands_that_exist(tmp_path: Path) -> None:
    assert make(tmp_path, ENGLISH) == 0
    readme = (tmp_path / "book" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"nox -s factpress -- (\w+)", readme)
    assert named and set(named) <= COMMANDS.keys()


def test_the_templates_are_files_of_the_package() -> None:
    root = Path(factpress.__file__).parent
    templates = [file.relative_to(root) for file in (root / "importer" / "project_files").rglob("*") if file.is_file()]
    assert len(templates) == 13
    # builders of wheels and file managers may leave out what begins with a dot; linters would take code for ours
    assert [
        file for file in templates if any(part.startswith(".") for part in file.parts) or file.suffix == ".py"
    ] == []


def test_a_sentence_that_no_edition_can_show_is_a_place_and_the_rest_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ENGLISH.replace(
        "It has {raw}", "It has the letters \U00012000\U00012001. Her name was Мария Ивановна there. It has"
    )
    assert make(tmp_path, text, "--rights", "ours") == 0
    assert "Not printed in docs/chapters/01-old-stones.md: S01.P1.2" in capsys.readouterr().out
    root = tmp_path / "book"
    lines = (root / "docs/chapters/01-old-stones.md").read_text(encoding="utf-8").split("\n")
    assert lines[2] == "The bridge was built in 1842 by Anna Holm. {unit}`S01.P1.1`"
    assert lines[3] == "{unit}`S01.P1.2`"
    assert main(["--root", str(root), "check"]) == 0
