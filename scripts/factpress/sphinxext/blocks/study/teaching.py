"""For teachers: how long each chapter takes, counted from its words and its exercises."""

from __future__ import annotations

import math
from collections.abc import Sequence

from docutils import nodes

from factpress.model.study.aids import Level
from factpress.sphinxext.blocks.render import Page
from factpress.sphinxext.blocks.study.parts import chapter_name
from factpress.sphinxext.blocks.tables import table
from factpress.sphinxext.nodes import link, make

WORDS_A_MINUTE = 180  #: unless the page says another number
MINUTES = {Level.CHECK_YOURSELF: 1, Level.RECALL: 3, Level.SOURCE_CRITICISM: 10, Level.ARGUMENT: 15}
NAMES = {
    Level.CHECK_YOURSELF: "check-yourself question",
    Level.RECALL: "recall question",
    Level.SOURCE_CRITICISM: "exercise in source criticism",
    Level.ARGUMENT: "question for argument",
}
STEP = 5  #: minutes that a lesson is planned in


def teaching_times(page: Page, words: Sequence[str]) -> list[nodes.Node]:
    """Return a table of chapters with words, minutes to read, exercises and minutes for them."""
    pace = next((int(word) for word in words if word.isdigit() and int(word)), WORDS_A_MINUTE)
    rows = []
    for doc, prose in page.facts.prose.items():
        chapter = doc.rpartition("/")[2]
        count = sum(len(text.split()) for _, _, text in prose)
        asked = page.facts.book.study_aids.questions_of(chapter)
        reading, working = _rounded(count / pace), _rounded(sum(MINUTES[one.level] for one in asked))
        cells = (f"{count:,}", _minutes(reading), str(len(asked)), _minutes(working), _minutes(reading + working))
        name = make("th", link(page.uri(doc, ""), chapter_name(page, chapter)), scope="row")
        rows.append(make("tr", name, *[make("td", cell, classes="count") for cell in cells]))
    headings = ("Chapter", "Words", "To read", "Questions", "To answer", "Together")
    return [table(headings, rows, "times"), make("p", _assumed(pace), classes="where")] if rows else []


def _rounded(minutes: float) -> int:
    return math.ceil(minutes / STEP) * STEP


def _minutes(count: int) -> str:
    return f"{count} min"


def _assumed(pace: int) -> str:
    each = ", ".join(f"{minutes} for each {NAMES[level]}" for level, minutes in MINUTES.items())
    return (
        f"Counted with {pace} words a minute for the numbered paragraphs, and in minutes: {each}; "
        f"both rounded up to {STEP} minutes. The entries under “What the sources say” are not counted. "
        "These are assumptions, not measurements."
    )
