"""A book's parts are laid out side by side, and only what changed is laid out again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from pypdf import PdfReader

from factpress.press.layout import cache
from factpress.press.layout import workers as workers_module
from factpress.press.layout.book import PrintJob, print_volumes
from factpress.press.layout.cache import Part
from factpress.press.layout.part_layout import BookStyle
from factpress.press.layout.workers import LayoutWorker, WorkerPool
from factpress.press.weasyprint_patches import registry
from factpress.problems import BookError, ToolError

STYLE = """
@page { size: 74mm 60mm; margin: 12mm; font: 7pt "Source Sans Pro" }
@page :left { @top-left { content: counter(page); font-feature-settings: "tnum" } @top-right { content: string(book) } }
@page :right { @top-right { content: counter(page); font-feature-settings: "tnum" } }
html { font: 8pt/10pt "Source Sans Pro" }
h2 { break-before: page }
"""


class Desk:
    """A book of five chapters, a page of which is as long as asked for, with a front page that lists them.

    It may have an index: for each word the places that it leads to.
    """

    def __init__(self, folder: Path, faces: Path) -> None:
        self.folder, self.faces = folder, faces
        (folder / "style.css").write_text(STYLE, encoding="utf-8")
        (folder / "parts").mkdir()
        self.pages = [3, 1, 2, 4, 1]
        self.words = ["one", "two", "three", "four", "five"]
        self.index: dict[str, str] = {}

    def parts(self) -> list[Part]:
        lines = "".join(
            f'<li>{w} <span class="page-ref" data-to="#c{n}">00</span></li>' for n, w in enumerate(self.words)
        )
        bodies = [f"<h1>Front</h1><ol>{lines}</ol>"]
        bodies += [
            f'<h1 id="c{n}">{word}</h1>'
            + "".join(f'<h2 id="c{n}-{page}">{word} {page}</h2>' for page in range(1, self.pages[n]))
            for n, word in enumerate(self.words)
        ]
        entries = (f'<li>{word}, <span class="pages" data-to="{to}"></span></li>' for word, to in self.index.items())
        bodies += [f"<h1>Index</h1><ul>{''.join(entries)}</ul>"] * bool(self.index)
        found = []
        for number, body in enumerate(bodies):
            page = self.folder / f"{number}.html"
            head = '<meta charset="utf-8"><title>T</title>'
            page.write_text(
                f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>', encoding="utf-8"
            )
            found.append(Part(page, lists_pages="<h1>Index" in body))
        return found

    def make(self, pool: WorkerPool) -> tuple[bytes, list[str]]:
        """Return the book and the names of the parts that were laid out."""
        asked: list[str] = []
        lay_out = LayoutWorker.lay_out

        def noted(worker: LayoutWorker, number: int, volume: int, part: Part, *numbers: Any) -> None:
            asked.append(part.page.stem)
            lay_out(worker, number, volume, part, *numbers)

        out = self.folder / "book.pdf"
        style = BookStyle("Book", [self.faces, self.folder / "style.css"], outer_class="pn")
        with patch.object(LayoutWorker, "lay_out", noted):
            print_volumes([PrintJob("booklet", out, self.parts(), style, self.folder / "parts")], pool)
        return out.read_bytes(), sorted(asked)


@pytest.fixture
def desk(tmp_path: Path, faces: Path) -> Desk:
    return Desk(tmp_path, faces)


def pool_of(count: int) -> WorkerPool:
    with patch.object(workers_module, "MAX_WORKERS", count), patch.object(workers_module, "_cores", lambda: count):
        return WorkerPool()


@pytest.fixture(scope="module")
def two() -> Iterator[WorkerPool]:
    pool = pool_of(2)
    yield pool
    pool.stop()


def words(book: Path) -> list[list[str]]:
    return [page.extract_text().replace("\u2007", "").split() for page in PdfReader(book).pages]


def test_each_page_has_its_number_and_the_front_page_those_of_all(desk: Desk, two: WorkerPool) -> None:
    desk.make(two)
    found = words(desk.folder / "book.pdf")
    # heads are drawn after their page; no page is left blank, so a part may begin on a left-hand one
    heads = [page[-2:] if page[-1] == "Book" else page[-1:] for page in found]
    assert heads == [[str(n)] if n % 2 else [str(n), "Book"] for n in range(1, 13)]
    front = found[0]
    assert [front[front.index(word) + 1] for word in desk.words] == ["2", "5", "6", "8", "12"]


def test_many_workers_or_one_give_the_same_bytes(desk: Desk, two: WorkerPool) -> None:
    together, _ = desk.make(two)
    for file in (desk.folder / "parts").iterdir():
        file.unlink()
    one = pool_of(1)
    alone, asked = desk.make(one)
    one.stop()
    assert alone == together
    assert asked == ["0", "1", "2", "3", "4", "5"]


def test_a_part_is_laid_out_again_only_when_what_it_shows_changes(desk: Desk, two: WorkerPool) -> None:
    first, _ = desk.make(two)
    assert desk.make(two) == (first, [])
    desk.words[2] = "third"
    _, asked = desk.make(two)
    assert asked == ["0", "3"]  # and the front page, which lists it
    desk.pages[2] += 2  # two pages more: those after it have other numbers
    longer, asked = desk.make(two)
    assert asked == ["0", "3", "4", "5"]
    for file in (desk.folder / "parts").iterdir():
        file.unlink()
    assert desk.make(two)[0] == longer


def test_an_index_says_each_page_once_and_ranges_in_one(desk: Desk, two: WorkerPool) -> None:
    # chapters begin on pages 2, 5, 6, 8 and 12; the fourth has pages 8 to 11
    desk.index = {"alpha": "#c0 #c3 #c3-1 #c3-2 #c4", "beta": "#c0 #c0-1", "gamma": "#c1"}
    desk.make(two)
    index = " ".join(words(desk.folder / "book.pdf")[-1])
    assert index.startswith("Index • alpha, 2, 8–10, 12 • beta, 2, 3 • gamma, 5 ")
    links = [link.get_object() for link in PdfReader(desk.folder / "book.pdf").pages[-1]["/Annots"]]
    assert [link["/Dest"] for link in links] == ["c0", "c3", "c4", "c0", "c0-1", "c1"]


def test_an_index_is_laid_out_again_only_when_a_page_in_it_is_another(desk: Desk, two: WorkerPool) -> None:
    desk.index = {"beta": "#c0 #c0-1"}
    desk.make(two)
    desk.words[4] = "fifth"
    assert desk.make(two)[1] == ["0", "5"]  # and the front page, which lists it
    desk.index = {"beta": "#c0 #c0-1 #c4"}
    desk.make(two)
    desk.pages[1] += 2
    assert "6" in desk.make(two)[1]
    assert "beta, 2, 3, 14" in " ".join(words(desk.folder / "book.pdf")[-1])


def test_an_index_that_leads_nowhere_is_a_problem(desk: Desk, two: WorkerPool) -> None:
    desk.index = {"beta": "#c0 #nowhere"}
    with pytest.raises(BookError) as caught:
        desk.make(two)
    assert ["No page has the id 'nowhere'" in p.message for p in caught.value.problems] == [True]


def test_what_is_wrong_in_any_part_is_reported_and_nothing_is_written(desk: Desk, two: WorkerPool) -> None:
    desk.words[1], desk.words[3] = '<a href="#nowhere">two</a>', '<a href="#elsewhere">four</a>'
    with pytest.raises(BookError) as caught:
        desk.make(two)
    assert [Path(p.where.file).name for p in caught.value.problems] == ["0.html", "0.html", "2.html", "4.html"]
    assert not (desk.folder / "book.pdf").exists()
    desk.words[1], desk.words[3] = "two", "four"
    desk.make(two)


def test_a_process_that_is_gone_is_an_error_with_its_status(desk: Desk) -> None:
    pool = pool_of(1)
    pid = pool.workers[0]._process.pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(ToolError, match="ended with status -9"):
        desk.make(pool)
    pool.stop()


@pytest.mark.parametrize(
    "error", [LookupError("what was\nnot there."), MemoryError("no more"), OSError(28, "No space")]
)
def test_whatever_fails_in_a_process_is_one_sentence_with_its_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("factpress.press.layout.part_layout.repair_structure", fail)  # before the process is forked
    pool = pool_of(1)
    with pytest.raises(ToolError) as caught:
        desk.make(pool)
    pool.stop()
    message = " ".join(str(error).split()).rstrip(".")
    assert str(caught.value) == f"The layout of {desk.folder / '1.html'} failed: {type(error).__name__}: {message}."


def test_a_native_library_that_is_missing_is_said_with_how_to_install_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise OSError(f"cannot load library of {name}")

    monkeypatch.setattr("factpress.press.layout.renderer.importlib.import_module", fail)
    pool = pool_of(1)
    with pytest.raises(ToolError, match="WeasyPrint cannot be loaded: cannot load library of weasyprint") as caught:
        desk.make(pool)
    pool.stop()
    assert "Install Pango" in caught.value.hint


def test_a_patch_whose_target_is_gone_is_named_by_the_process(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import inline

    monkeypatch.delattr(inline, "split_first_line")
    monkeypatch.setattr(registry, "verify", registry.verify.__wrapped__)
    pool = pool_of(1)
    with pytest.raises(ToolError, match=r"^The patch hang_trailing_space does not fit weasyprint [\d.]+: .*\.$"):
        desk.make(pool)
    pool.stop()


@pytest.mark.parametrize("tool", ["pango", "weasyprint", "pyphen", "font-source-serif-pro"])
def test_with_another_version_of_what_draws_every_part_is_laid_out_again(
    desk: Desk, two: WorkerPool, monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    first, _ = desk.make(two)
    versions = cache.drawing_versions()
    monkeypatch.setattr(cache, "drawing_versions", lambda: versions | {tool: "99"})
    assert desk.make(two) == (first, ["0", "1", "2", "3", "4", "5"])


def test_volumes_print_each_others_pages_and_a_part_of_the_cache_is_written_again_for_them(
    desk: Desk, two: WorkerPool
) -> None:
    record = desk.folder / "r.html"

    def make() -> tuple[list[str], list[str]]:
        to = '<span class="page-ref" data-to="#booklet:c{}">00</span>'
        ways = "".join(f"<p>{word} p. {to.format(number)}</p>" for number, word in enumerate(desk.words))
        head = '<!doctype html><html lang="en"><head><title>R</title></head>'
        page = f'{head}<body><h1 id="e">Entries</h1>{ways}</body></html>'
        record.write_text(page, encoding="utf-8")
        style = BookStyle("Book", [desk.faces, desk.folder / "style.css"], outer_class="pn")
        parts = desk.parts()
        text = parts[1].page.read_text(encoding="utf-8")
        to_record = '<p>Evidence: p. <span class="page-ref" data-to="#record:e">00</span></p></body>'
        parts[1].page.write_text(text.replace("</body>", to_record), encoding="utf-8")
        jobs = [
            PrintJob("booklet", desk.folder / "b.pdf", parts, style, desk.folder / "parts"),
            PrintJob("record", desk.folder / "r.pdf", [Part(record)], style, desk.folder / "parts-of-record"),
        ]
        booklet, other = print_volumes(jobs, two)
        assert (booklet.anchors["c0"], other.anchors["e"]) == (2, 1)
        return [w for page in words(desk.folder / "b.pdf") for w in page], [
            w for page in words(desk.folder / "r.pdf") for w in page
        ]

    in_booklet, in_record = make()
    at = in_booklet.index("Evidence:")
    assert in_booklet[at : at + 3] == ["Evidence:", "p.", "1"]
    assert [in_record[in_record.index(word) + 2] for word in desk.words] == ["2", "5", "6", "8", "12"]
    desk.pages[1] += 2
    assert [make()[1][make()[1].index(word) + 2] for word in desk.words] == ["2", "5", "8", "10", "14"]


def test_blank_pages_before_the_last_bring_a_volume_to_a_multiple(desk: Desk, two: WorkerPool) -> None:
    blank, last = desk.folder / "blank.html", desk.folder / "last.html"
    head = '<!doctype html><html lang="en"><head><title>T</title></head><body>'
    sections = '<section class="blank" style="break-before: page"><p>Notes</p></section>' * 3
    blank.write_text(f"{head}{sections}</body></html>", encoding="utf-8")
    last.write_text(f"{head}<h1>Last</h1></body></html>", encoding="utf-8")
    style = BookStyle("Book", [desk.faces, desk.folder / "style.css"], outer_class="pn")
    for more, notes in ((0, 3), (1, 2), (2, 1), (3, 0)):
        desk.pages[4] = 1 + more
        out = desk.folder / "book.pdf"
        job = PrintJob("booklet", out, [*desk.parts(), Part(blank, fills=4), Part(last)], style, desk.folder / "parts")
        assert print_volumes([job], two)[0].pages == 16
        found = words(out)
        assert [page[0] for page in found[-1 - notes :]] == ["Notes"] * notes + ["Last"]
        assert found[-1][-2:] == ["16", "Book"]


RECORDS = ["", "{", "[]", "3", "{}", '{"first": 1, "pages": "x", "anchors": [1], "shown": 3, "pdf": ""}']


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_that_something_else_wrote_is_laid_out_again(desk: Desk, two: WorkerPool, record: str) -> None:
    first, _ = desk.make(two)
    for file in (desk.folder / "parts").glob("*.json"):
        file.write_text(record, encoding="utf-8")
    assert desk.make(two) == (first, ["0", "1", "2", "3", "4", "5"])


@pytest.mark.parametrize("change", [bytes.upper, lambda data: data[:500], lambda data: data[:0], None])
def test_a_laid_out_part_that_was_changed_or_lost_is_laid_out_again(
    desk: Desk, two: WorkerPool, change: Callable[[bytes], bytes] | None
) -> None:
    first, _ = desk.make(two)
    (file, *_) = (desk.folder / "parts").glob("*.pdf")
    if change:
        file.write_bytes(change(file.read_bytes()))
    else:
        file.unlink()
    again, asked = desk.make(two)
    assert (again, len(asked)) == (first, 1)
