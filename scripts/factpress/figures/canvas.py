"""A page to draw on, in points from its upper left corner; matplotlib measures its labels and writes its SVG."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

import matplotlib
from matplotlib.figure import Figure as Sheet
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import Ellipse, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from factpress.figures.hatching import hatch_lines
from factpress.press.fonts import FACES, HAN, MARKS, SANS, family_characters
from factpress.settings import find_face

WIDTH = 309.0  #: points: the measure of a printed page; a phone shows them about as large
LABEL_SIZE = 8.8  #: points, of all labels: 10 pixels on a phone of 390
LINE_HEIGHT = 11.2  #: points from a line of labels to the next
BASELINE = 8.4  #: points from the top of a line of labels to its baseline
INK = "#161616"
GUIDE_DASHES = (1.0, 5.0)  #: dash pattern of guide lines, in line widths: lighter than any hairline of a printer
MARK_SIGNS = "✓◐✗≠≈○●■□▲△"  #: drawn in the face of the marks
#: `package:file` of the faces that the book's settings name, in which a label is measured where ours lack a character
FURTHER_FACES: ContextVar[tuple[str, ...]] = ContextVar("FURTHER_FACES", default=())
OVERLAP_TOLERANCE = 0.3  #: points by which labels may overlap: less than a hair


class Canvas:
    """One page of a figure."""

    def __init__(self, height: float) -> None:
        """Make an empty page, `height` points high and `WIDTH` wide."""
        self.height = height
        self.sheet = Sheet(figsize=(WIDTH / 72, height / 72))
        self.sheet.patch.set_visible(False)
        self.axes: Any = self.sheet.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        self.labels: list[Text] = []

    def text(self, x: float, top: float, words: str, *, align: str = "left", bold: bool = False) -> None:
        """Write a line of words whose line begins at `top`; signs of the marks stand alone."""
        label = self.axes.text(
            x,
            top + BASELINE,
            words,
            ha=align,
            va="baseline",
            color=INK,
            fontproperties=label_face(words, bold),
            fontsize=LABEL_SIZE,
        )
        self.labels.append(label)

    def upright(self, x: float, bottom: float, words: str) -> None:
        """Write a line of words from `bottom` upwards, on the left of `x`."""
        style: Any = {
            "rotation": 90,
            "rotation_mode": "anchor",
            "fontproperties": label_face(words),
            "fontsize": LABEL_SIZE,
        }
        self.labels.append(self.axes.text(x - 2.4, bottom, words, ha="left", va="baseline", color=INK, **style))

    def line(self, *points: tuple[float, float], width: float = 0.6, dashes: Sequence[float] = ()) -> None:
        """Draw a line through points."""
        codes = [Path.MOVETO, *[Path.LINETO] * (len(points) - 1)]
        style: Any = (0, tuple(dashes)) if dashes else "solid"
        self._add(PathPatch(Path(list(points), codes), fill=False, edgecolor=INK, linewidth=width, linestyle=style))

    def guide(self, x: float, top: float, bottom: float) -> None:
        """Draw a fine line downwards that leaves out the labels written so far."""
        for left, start, right, end in sorted(map(_extent, self.labels), key=lambda extent: extent[1]):
            if left < x < right and top < end and start < bottom:
                if start > top:
                    self.line((x, top), (x, start), width=0.4, dashes=GUIDE_DASHES)
                top = end
        if top < bottom:
            self.line((x, top), (x, bottom), width=0.4, dashes=GUIDE_DASHES)

    def strokes(self, lines: Sequence[Sequence[tuple[float, float]]], width: float = 0.6) -> None:
        """Draw many lines as one."""
        codes = [code for line in lines for code in (Path.MOVETO, *[Path.LINETO] * (len(line) - 1))]
        if codes:
            points = [point for line in lines for point in line]
            self._add(PathPatch(Path(points, codes), fill=False, edgecolor=INK, linewidth=width))

    def box(self, x: float, top: float, width: float, height: float, *, hatch: str = "") -> None:
        """Draw a rectangle; `hatch` is a pattern of `hatching`, `full`, or nothing."""
        self.boxes([(x, top, width, height)], full=hatch == "full")
        self.strokes(list(hatch_lines(hatch, x, top, width, height)) if hatch not in ("", "full") else [])

    def boxes(self, boxes: Sequence[tuple[float, float, float, float]], *, full: bool) -> None:
        """Draw many rectangles as one: left edge, top, width and height of each."""
        points = [
            point
            for x, top, width, height in boxes
            for point in ((x, top), (x + width, top), (x + width, top + height), (x, top + height), (x, top))
        ]
        if points:
            codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * len(boxes)
            self._add(PathPatch(Path(points, codes), fill=full, facecolor=INK, edgecolor=INK, linewidth=0.6))

    def dot(self, x: float, y: float, size: float, *, full: bool = True) -> None:
        """Draw a full or an open circle."""
        self._add(Ellipse((x, y), size, size, fill=full, facecolor=INK, edgecolor=INK, linewidth=0.8))

    def svg(self) -> str:
        """Return the page as matplotlib writes it, the same text each time."""
        out = io.StringIO()
        # text stays text, set in the faces of the edition that shows it; the salt makes ids the same each time
        with (
            matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "factpress", "path.simplify": False}),
            warnings.catch_warnings(),
        ):
            # matplotlib itself measures in the first face alone; labels are placed by `_measured`
            warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font")
            self.sheet.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        return out.getvalue()

    def collisions(self) -> Iterator[tuple[str, str]]:
        """Yield the words of two labels that overlap; of a label that leaves the page, its words and an empty text."""
        boxes = sorted(((*_extent(label), label.get_text()) for label in self.labels), key=lambda box: box[:4])
        for left, top, right, bottom, words in boxes:
            if (
                left < -OVERLAP_TOLERANCE
                or right > WIDTH + OVERLAP_TOLERANCE
                or top < -OVERLAP_TOLERANCE
                or bottom > self.height + OVERLAP_TOLERANCE
            ):
                yield words, ""
        for number, (left, top, right, bottom, words) in enumerate(boxes):
            for other_left, other_top, other_right, other_bottom, other in boxes[number + 1 :]:
                if other_left > right - OVERLAP_TOLERANCE:
                    break  # sorted by their left edges
                if (
                    min(right, other_right) - max(left, other_left)
                    > OVERLAP_TOLERANCE
                    < min(bottom, other_bottom) - max(top, other_top)
                ):
                    yield words, other

    def _add(self, patch: Any) -> None:
        patch.set_clip_on(False)
        self.axes.add_artist(patch)  # add_patch would measure each for axes that are not drawn


def label_face(words: str, bold: bool = False) -> FontProperties:
    """Return the font in which words are set, from its file in a pinned package."""
    families: tuple[str, ...] = (MARKS,) if words and set(words) <= set(MARK_SIGNS) else (SANS,)
    if families == (SANS,) and not _sans_characters().issuperset(words):
        families = (SANS, MARKS, HAN)  # as in the style sheets; further faces are of the last family
    return _face(families, 600 if bold else 400)


def text_width(words: str, bold: bool = False) -> float:
    """Return the width of a line of words in points."""
    return _extent_of(words, label_face(words, bold))[0]


def wrap_words(words: str, width: float, bold: bool = False, indent: float = 0) -> list[str]:
    """Return words in lines of at most `width` points, the first `indent` less; a longer word has its own line."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", bold) <= width - (indent if len(lines) == 1 else 0):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def spread_labels(wanted: Sequence[float], widths: Sequence[float], gap: float = 4, end: float = WIDTH) -> list[float]:
    """Return the left edges of labels in one row, near the `wanted` centres, `gap` points apart, none past `end`."""
    lefts = [centre - width / 2 for centre, width in zip(wanted, widths, strict=True)]
    for n, left in enumerate(lefts):
        lefts[n] = max(left, lefts[n - 1] + widths[n - 1] + gap if n else 0.0)
    limit = end
    for n in reversed(range(len(lefts))):
        lefts[n] = min(lefts[n], limit - widths[n])
        limit = lefts[n] - gap
    return lefts


def _extent(label: Text) -> tuple[float, float, float, float]:
    width, height, descent = _extent_of(label.get_text(), label.get_fontproperties())
    x, base = label.get_position()
    if label.get_rotation():
        return x - height + descent, base - width, x + descent, base
    left = x - {"left": 0.0, "center": width / 2, "right": width}[str(label.get_horizontalalignment())]
    return left, base - height + descent, left + width, base + descent


@cache
def _sans_characters() -> frozenset[str]:
    return family_characters(SANS)


@cache
def _face(families: tuple[str, ...], weight: int) -> FontProperties:
    return FontProperties(fname=_file(families[0], weight), family=list(families), weight=weight, size=LABEL_SIZE)


def _file(family: str, weight: int) -> str:
    return str(next(f for f in FACES if f.family == family and weight in f.weights and "normal" in f.styles).find())


def _extent_of(words: str, face: FontProperties) -> tuple[float, float, float]:
    """Return width, height and depth of a label in points."""
    files = [str(face.get_file())]
    if len(face.get_family()) > 1:
        # the file of the marks last: it is DejaVu, which has more than marks
        files += [_file(HAN, 400), *(str(find_face(name)) for name in FURTHER_FACES.get()), _file(MARKS, 400)]
    return _measured(words, tuple(files))


@cache
def _measured(words: str, files: tuple[str, ...]) -> tuple[float, float, float]:
    font = get_font(list(files))
    font.set_size(LABEL_SIZE, 72)
    font.set_text(words, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    return width / 64, height / 64, font.get_descent() / 64


Row = TypeVar("Row")

TALLEST_PAGE = 412.0  #: points: with a caption of six lines below it a drawing fills a printed page


def split_into_pages(rows: Sequence[Row], height: Callable[[list[Row]], float]) -> Iterator[list[Row]]:
    """Yield the rows in pages that are no higher than `TALLEST`; `height` is that of a page with these rows."""
    page: list[Row] = []
    for row in rows:
        if page and height([*page, row]) > TALLEST_PAGE:
            yield page
            page = []
        page.append(row)
    if page:
        yield page
