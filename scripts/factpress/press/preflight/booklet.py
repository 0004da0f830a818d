"""What a booklet that notes claims at the foot of its pages promises: its length, its notes, its boxes, its file.

Nothing here knows a claim: what to look for on the pages is told as text, by whoever knows the book.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pikepdf import Dictionary, Name, Pdf

from factpress.press.preflight.line_quality import TextArea
from factpress.press.preflight.lines import TextBlock, TextLine
from factpress.press.preflight.page_content import NO_MCID, PageContent
from factpress.press.preflight.pages import PageProblems, first_words
from factpress.problems import Problem

RAISED = 0.8  #: of the type of a line: what is smaller is a mark, a number or a citation
LEAST_FILLED = 0.25  #: of a page's height
MAX_BYTES = 1_000_000
CITATION = re.compile(r"\[\d[^\[\]]*\]?")
SIGN_AND_NUMBER = re.compile(r"[^\w\s]\d+")
BOX_KINDS = ("/TH", "/TD", "/LBody", "/Lbl")  #: of the rows and lines in a box


@dataclass(frozen=True, slots=True)
class Promised:
    """What a volume is measured by."""

    limit: int = 0  #: pages; 0: any number
    too_long: str = ""  #: a sentence on the chapters that have more words than they may
    marks: frozenset[str] = frozenset()  #: sign and number of each claim that needs a note: `◐6`
    box_titles: frozenset[str] = frozenset()  #: that boxes begin with
    light: frozenset[str] = frozenset()  #: headings of pages that may be nearly empty
    is_folded: bool = False  #: a booklet: small, with left and right pages


def promise_problems(
    pdf: Pdf,
    file: Path,
    contents: Sequence[PageContent],
    areas: Sequence[TextArea],
    blocks: Sequence[TextBlock],
    labels: PageProblems,
    promised: Promised,
) -> Iterator[Problem]:
    """Yield what a volume promises and does not keep."""
    pages = len(contents)
    if promised.limit and pages > promised.limit:
        over = pages - promised.limit
        yield labels.problem(
            "pdf-pages", pages, pages=pages, limit=promised.limit, over=over, chapters=promised.too_long
        )
    if promised.is_folded:
        yield from _light_pages(contents, areas, blocks, labels, promised)
        if pdf.Root.get("/PageLayout") != Name.TwoPageRight:
            yield labels.problem("pdf-view", 1)
        if (size := file.stat().st_size) > MAX_BYTES:
            yield labels.problem("pdf-file-large", 1, size=f"{size / 1e6:.2f}", limit=f"{MAX_BYTES / 1e6:g}")
    yield from _missing_notes(blocks, labels, promised.marks)
    yield from _broken_boxes(blocks, labels, promised.box_titles)
    yield from _citations_first(blocks, labels)
    yield from _fonts_twice(pdf, labels)


def _light_pages(
    contents: Sequence[PageContent],
    areas: Sequence[TextArea],
    blocks: Sequence[TextBlock],
    labels: PageProblems,
    promised: Promised,
) -> Iterator[Problem]:
    """Yield pages with little on them; but for the first, the last, pages of figures, and those that are meant so."""
    meant = {page for block in blocks if " ".join(_text(block).split()) in promised.light for page in block.pages}
    for number, (content, area) in enumerate(zip(contents, areas, strict=True), 1):
        tagged = [run.y for run in content.runs if run.mcid != NO_MCID]
        if number in (1, len(contents)) or number in meant or content.images or content.figure_ids or not tagged:
            continue
        filled = (area.top - min(tagged)) / (area.top - area.bottom)
        if filled < LEAST_FILLED:
            yield labels.problem("pdf-page-light", number, part=round(100 * filled))


def _missing_notes(blocks: Sequence[TextBlock], labels: PageProblems, marks: frozenset[str]) -> Iterator[Problem]:
    """Yield marks in the text without their note on the page, or a box on the same opening that the note leads to."""
    notes: dict[int, str] = defaultdict(str)
    boxes: dict[str, list[int]] = defaultdict(list)
    for block in blocks:
        if block.kind == "/Note":
            for line in block.lines:
                notes[line.page] += f"{line.text} "
        elif block.kind == "/TH" and block.lines:
            first = SIGN_AND_NUMBER.match(block.lines[0].text)
            boxes[first[0] if first else ""].append(block.lines[0].page)
    patterns = {mark: re.compile(rf"{re.escape(mark)}(?!\d)") for mark in marks}
    said = {(page, mark) for page, text in notes.items() for mark in marks if patterns[mark].search(text)}
    for block in blocks:
        for line in block.lines if block.kind != "/Note" else ():
            raised = _raised(line)
            for mark in (mark for mark in sorted(marks) if mark in raised and patterns[mark].search(raised)):
                if (line.page, mark) not in said:
                    yield labels.problem("pdf-note-missing", line.page, mark=mark, words=first_words(line.text))
                elif _only_leads(notes[line.page], mark) and not any(
                    page // 2 == line.page // 2 for page in boxes[mark]
                ):
                    yield labels.problem("pdf-box-far", line.page, mark=mark, words=first_words(line.text))


def _raised(line: TextLine) -> str:
    size = line.main.size
    return "".join(run.text if run.size < RAISED * size else " " for run in line.runs)


def _only_leads(notes: str, mark: str) -> bool:
    """Return whether a note says no more than where its box stands: it is shorter than any claim."""
    words = re.split(rf"{re.escape(mark)}(?!\d)", notes)[1]
    return bool(re.match(r"\s*[^.]{1,25}\.\s*(?:\D\d+\s|$)", words))


def _broken_boxes(blocks: Sequence[TextBlock], labels: PageProblems, titles: frozenset[str]) -> Iterator[Problem]:
    """Yield boxes of which a part stands on another page."""
    folded = {title.casefold() for title in titles}
    for at, block in enumerate(blocks):
        if _text(block).casefold() not in folded or not block.lines:
            continue
        inside = [block]
        for after in blocks[at + 1 :]:
            if after.kind not in BOX_KINDS:
                break
            inside.append(after)
        pages = sorted({page for part in inside for page in part.pages})
        if len(pages) > 1:
            words = first_words(_text(inside[1])) if len(inside) > 1 else _text(block)
            yield labels.problem("pdf-box-broken", pages[0], words=words, other=labels.labels[pages[-1] - 1])


def _citations_first(blocks: Sequence[TextBlock], labels: PageProblems) -> Iterator[Problem]:
    for block in blocks:
        for line in block.lines[1:]:
            first = line.runs[0]
            if CITATION.match(line.text) and first.size < RAISED * line.main.size:
                yield labels.problem("pdf-line-citation", line.page, words=first_words(line.text))


def _fonts_twice(pdf: Pdf, labels: PageProblems) -> Iterator[Problem]:
    """Yield the faces of which a file holds more than one subset."""
    names = sorted(
        str(item.FontName).lstrip("/").rpartition("+")[2]
        for item in pdf.objects
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor
    )
    for name, same in groupby(names):
        if (count := len(list(same))) > 1:
            yield labels.problem("pdf-font-twice", 1, font=name, count=count)


def _text(block: TextBlock) -> str:
    return " ".join(line.text for line in block.lines)
