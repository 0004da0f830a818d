"""Figures are the same each time, change with their data alone, and never hide a label."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cleanbook import copy_book, edit
from factpress.cli.main import main
from factpress.figures.bars import HATCHES
from factpress.figures.canvas import (
    FURTHER_FACES,
    LABEL_SIZE,
    TALLEST_PAGE,
    WIDTH,
    Canvas,
    spread_labels,
    text_width,
    wrap_words,
)
from factpress.figures.drawing import draw_figure, figure_pages
from factpress.figures.hatching import hatch_lines
from factpress.figures.svg import embeddable_svg
from factpress.figures.timeline import year_scale
from factpress.files.book import read_book
from factpress.files.figures import chapter_titles
from factpress.model.figures.data import drawn_data, figure_digest, figure_kinds
from factpress.model.figures.figure import Figure
from factpress.model.figures.shapes import Bars, Period, Shape, Timeline, TimelineEntry
from factpress.model.subject import load_subjects
from factpress.model.vocabulary import Verdict
from factpress.settings import read_settings
from factpress.subjects.treaties.figures.data import Bond, DateRange, DateRanges, MembershipMatrix

ROOT = Path(__file__).parents[2]
LISTED = """- id: findings
  title: Findings by chapter
  caption: One bar a chapter.
  alt: Two stacked bars, one for each chapter, divided by verdict.
  draws: verdicts
"""
KINDS = figure_kinds(load_subjects(("treaties",)))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = copy_book(tmp_path / "book")
    (root / "docs" / "figures").mkdir()
    (root / "docs" / "figures" / "figures.yaml").write_text(LISTED, encoding="utf-8")
    (root / "docs" / "back" / "figures.md").write_text(
        "# Figures\n\n:::{book-figure} findings\n:::\n", encoding="utf-8"
    )
    return root


def figure(draws: str) -> Figure:
    return Figure(id="one", title="One & only", caption="Look.", alt='Bars of "many" lengths.', draws=draws)


def bars(rows: int, parts: int = 7, most: int = 30) -> Bars:
    signs = [verdict.glyph for verdict in Verdict]
    words = [verdict.word for verdict in Verdict]
    counts = [tuple((row * 7 + part * 5) % most for part in range(parts)) for row in range(rows)]
    labelled = [
        (f"{row}  A chapter whose title is as long as titles are, or longer", c) for row, c in enumerate(counts)
    ]
    return Bars("Chapter", "claims", tuple(zip(signs, words, strict=True))[:parts], tuple(labelled))


def drawn(root: Path, *words: str) -> dict[str, bytes]:
    assert main(["--root", str(root), "figures", *words]) == 0
    return {path.name: path.read_bytes() for path in sorted((root / "docs" / "figures").glob("*.svg"))}


def test_the_committed_figures_are_what_the_code_draws() -> None:
    settings = read_settings(ROOT)
    book, _ = read_book(settings)
    assert book.figures.listed
    for one in book.figures.listed:
        data = drawn_data(one, book, chapter_titles(settings.docs))
        texts, problems = draw_figure(one, KINDS[one.draws], data)
        assert problems == []
        assert all(cell for row in data.table.rows for cell in row), "an empty cell says nothing to a screen reader"
        assert book.figures.drawings[one.id].pages == tuple(texts), f"{one.id}: run `factpress figures --all`"
        assert book.figures.drawings[one.id].digest == figure_digest(one, data)


def test_another_folder_time_zone_and_locale_give_the_same_bytes(book: Path, tmp_path: Path) -> None:
    first = drawn(book)
    other = copy_book(tmp_path / "elsewhere" / "book")
    for file in ("docs/figures/figures.yaml", "docs/back/figures.md"):
        (other / file).parent.mkdir(exist_ok=True)
        (other / file).write_bytes((book / file).read_bytes())
    environment = os.environ | {"TZ": "Asia/Seoul", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"}
    command = [sys.executable, "-m", "factpress", "--root", str(other), "figures"]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path, capture_output=True)
    assert {path.name: path.read_bytes() for path in (other / "docs" / "figures").glob("*.svg")} == first


def test_a_figure_is_drawn_again_only_when_its_data_change(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = drawn(book)
    assert "Wrote docs/figures/findings.svg." in capsys.readouterr().out
    edit(book, "docs/figures/figures.yaml", "One bar a chapter.", "One bar a chapter, and what to see.")
    assert drawn(book) == first
    assert capsys.readouterr().out == "Nothing to draw.\n"
    claims = book / "docs" / "claims" / "01-building.yaml"
    changed = claims.read_text(encoding="utf-8").replace("verdict: supported", "verdict: disputed", 1)
    claims.write_text(changed, encoding="utf-8")
    assert main(["--root", str(book), "figures", "--check"]) == 1
    assert "figure-outdated: Figure findings was drawn from other data." in capsys.readouterr().out
    assert drawn(book) != first


def test_an_overlap_is_a_problem_that_names_both_labels_and_nothing_is_written(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factpress.figures.bars.spread_labels", lambda _wanted, widths: [0.0 for _ in widths])
    assert main(["--root", str(book), "figures"]) == 1
    said = capsys.readouterr().out
    assert re.search(r"figures\.yaml:1:3: figure-overlap: In figure findings the labels “\d” and “\d” overlap", said)
    assert list((book / "docs" / "figures").glob("*.svg")) == []


def test_a_figure_that_cannot_be_drawn_is_named_and_the_others_are_drawn(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(book, "docs/back/figures.md", "findings\n:::\n", "findings\n:::\n\n:::{book-figure} map\n:::\n")
    words = "title: Where\n  caption: Look.\n  alt: A map with nobody on it at all.\n  draws: map\n"
    listed = f'{LISTED}- id: map\n  {words}  dates: ["1950-01-31"]\n  around: [XX]\n'
    (book / "docs" / "figures" / "figures.yaml").write_text(listed, encoding="utf-8")
    assert main(["--root", str(book), "figures"]) == 1
    assert "figure-map: The map map stands around XX, which parties.yaml does not have." in capsys.readouterr().out
    assert [path.name for path in (book / "docs" / "figures").glob("*.svg")] == ["findings.svg"]


def test_a_scale_has_ticks_whatever_its_years_and_its_room() -> None:
    for dates, length in ((["1947", "9150"], 200.0), (["1947", "1961"], -20.0), (["1950"], 1.0)):
        assert len(list(year_scale(dates, 100, length).ticks(25))) <= 10


def test_collisions_are_measured() -> None:
    page = Canvas(40)
    page.text(0, 0, "Treaty")
    page.text(text_width("Treaty"), 0, "Pact")  # touches, and no more
    page.text(0, 12, "below")
    assert list(page.collisions()) == []
    page.text(text_width("Treaty") - 3, 2, "over it")
    assert {frozenset(pair) for pair in page.collisions()} == {
        frozenset(("Treaty", "over it")),
        frozenset(("Pact", "over it")),
    }
    page = Canvas(40)
    page.text(WIDTH - 5, 0, "leaves")
    assert list(page.collisions()) == [("leaves", "")]


def test_a_guiding_line_leaves_out_the_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float]] = []
    monkeypatch.setattr(Canvas, "line", lambda _page, first, last, **_style: drawn.append((first[1], last[1])))
    page = Canvas(100)
    page.text(0, 20, "Treaty")
    page.text(0, 60, "Pact")
    page.text(80, 40, "elsewhere")
    page.guide(4, 0, 100)
    (first, last), (second, end), (third, bottom) = drawn
    assert (first, bottom) == (0, 100)
    assert 20 < last < second < 32
    assert 60 < end < third < 72


def spans(rows: int) -> DateRanges:
    listed = [
        DateRange(f"Treaty {n} of friends", "", f"{1900 + n}-03-01", f"{1901 + n}-07-01" if n % 3 else "")
        for n in range(rows)
    ]
    return DateRanges(tuple(listed), Period("The war", "1905-01-01", "1909-01-01"))


def bonds(rows: int, treaties: int) -> MembershipMatrix:
    kinds = list(Bond)
    cells = [tuple(tuple(kinds[(r + t + d) % 3] for d in range(3)) for t in range(treaties)) for r in range(rows)]
    listed = [((f"State {n}", f"Its neighbour {n}"), row) for n, row in enumerate(cells)]
    return MembershipMatrix(
        ("1950-01-31", "1954-12-31", "1961-07-31"), tuple(f"Treaty {n}" for n in range(treaties)), tuple(listed)
    )


def moments(rows: int) -> Timeline:
    label = "something happens that takes more than one line to tell"
    listed = [TimelineEntry(f"{1900 + n // 12}-{n % 12 + 1:02}", f"{n}: {label}", "", n % 2 == 0) for n in range(rows)]
    return Timeline(tuple(listed), Period("The war", "1905-01-01", "1909-01-01"))


def numbers(data: Shape) -> list[str]:
    """Return the number that the label of each row begins with or holds."""
    labels = [row.label if isinstance(row, DateRange | TimelineEntry) else "".join(row[0]) for row in data.rows]
    return [found[0] for label in labels if (found := re.search(r"\d+", label))]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        *(("verdicts", data) for data in (bars(9), bars(90), bars(9, most=300), bars(1, parts=1))),
        *(("treaty-dates", data) for data in (spans(17), spans(170))),
        *(("bonds", data) for data in (bonds(22, 17), bonds(220, 17))),
        *(("timeline", data) for data in (moments(33), moments(330))),
    ],
)
def test_ten_times_the_data_is_more_pages_that_still_read(kind: str, data: Shape) -> None:
    drawn = list(figure_pages(KINDS[kind], data))
    assert [pair for page in drawn for pair in page.collisions()] == []
    assert all(page.height <= TALLEST_PAGE for page in drawn)
    words = " ".join(label.get_text() for page in drawn for label in page.labels)
    assert set(numbers(data)) <= set(re.findall(r"\d+", words))


def test_too_many_columns_are_a_problem_that_names_the_labels() -> None:
    _, problems = draw_figure(figure("bonds"), KINDS["bonds"], bonds(3, 60))
    assert "In figure one the labels “Treaty 0” and “Treaty 1” overlap." in {problem.message for problem in problems}


def test_a_drawing_holds_words_as_words_and_no_colour_and_no_id_but_its_title() -> None:
    (text,), _ = draw_figure(figure("verdicts"), KINDS["verdicts"], bars(3))
    root = ElementTree.fromstring(text)
    assert root.findtext(f"{SVG}title") == "One & only"
    assert root.findtext(f"{SVG}desc") == 'Bars of "many" lengths.'
    assert {part.get("id") for part in root.iter()} == {None, "figure-one-title", "figure-one-desc"}
    colours = {part.get(name) for part in root.iter() for name in ("fill", "stroke")}
    assert colours <= {None, "none", "currentColor"}  # so it takes the ink of the page, by day and by night
    assert {part.tag.removeprefix(SVG) for part in root} == {"title", "desc", "path", "text"}
    assert "Partly supported" in {part.text for part in root.iter(f"{SVG}text")}


def test_labels_are_large_enough_for_a_phone_of_390_pixels() -> None:
    assert LABEL_SIZE * (390 - 2 * 17.6) / WIDTH >= 10


def test_each_verdict_and_what_nobody_checked_has_a_hatch() -> None:
    assert len(HATCHES) > len(Verdict)


def test_hatches_differ_without_colour() -> None:
    def pattern(name: str) -> frozenset[tuple[int, int]]:
        if name == "full":
            return frozenset((x, y) for x in range(24) for y in range(12))
        inked = set()
        for (x1, y1), (x2, y2) in hatch_lines(name, 0, 0, 24, 12) if name else ():
            steps = range(101)
            inked |= {(int(x1 + (x2 - x1) * s / 100), int(y1 + (y2 - y1) * s / 100)) for s in steps}
        return frozenset(inked)

    patterns = [pattern(name) for name in HATCHES]
    for one, other in combinations(patterns, 2):
        assert len(one ^ other) > 24 * 12 / 8, "two hatches look alike"


def test_spread_keeps_labels_apart_and_on_the_page() -> None:
    widths = [20.0, 30, 10, 40]
    lefts = spread_labels([300.0, 301, 302, 303], widths)
    assert lefts[-1] + widths[-1] <= WIDTH
    assert all(left + width <= after for left, width, after in zip(lefts, widths, lefts[1:], strict=False))
    assert spread_labels([50.0], [20.0]) == [40.0]


def test_words_are_wrapped_to_the_width() -> None:
    lines = wrap_words("Organization of a treaty whose name is long", 80)
    assert " ".join(lines) == "Organization of a treaty whose name is long"
    assert all(text_width(line) <= 80 for line in lines)


def test_a_label_that_sans_lacks_names_the_families_of_the_style_sheets_and_is_measured_in_a_further_face() -> None:
    token = FURTHER_FACES.set(("matplotlib:mpl-data/fonts/ttf/DejaVuSans-Bold.ttf",))
    try:
        assert 10 < text_width("שלום") < 40
        page = Canvas(20)
        page.text(0, 0, "ab שלום")
        page.text(100, 0, "plain")
        drawn = embeddable_svg(page.svg(), anchor="a", title="t", alt="a", ink="#161616")
    finally:
        FURTHER_FACES.reset(token)
    assert re.findall(r'font-family="([^"]*)"[^>]*>ab', drawn) == ["Source Sans Pro,Factpress Marks,Factpress Han"]
    assert not re.search(r'font-family="[^"]*"[^>]*>plain', drawn)
