"""For teachers: how long each chapter takes, counted from its words and its exercises."""

from __future__ import annotations

import math

from docutils import nodes

from factpress.model.prose import SOURCES_HEADING
from factpress.model.study.records import Level
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.parts import chapter_name
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import link, make, table

WORDS_A_MINUTE = 180  #: unless the page says another number
MINUTES = {Level.CHECK_YOURSELF: 1, Level.RECALL: 3, Level.SOURCE_CRITICISM: 10, Level.ARGUMENT: 15}
COLUMNS = ("chapter", "words", "reading", "questions", "answering", "together")
STEP = 5  #: minutes that a lesson is planned in


def teaching_times(page: EditionPage, use: BlockUse) -> list[nodes.Node]:
    """Return a table of chapters with words, minutes to read, exercises and minutes for them."""
    pace = next((int(word) for word in use.words if word.isdigit() and int(word)), WORDS_A_MINUTE)
    rows = []

    def minutes(count: int) -> str:
        return page.say("times-minutes", minutes=count)

    for doc, paragraphs in page.context.paragraphs.items():
        chapter = doc.rpartition("/")[2]
        count = sum(len(text.split()) for _, _, text in paragraphs)
        asked = page.context.book.study_aids.questions_of(chapter)
        reading, working = _rounded(count / pace), _rounded(sum(MINUTES[question.level] for question in asked))
        cells = (f"{count:,}", minutes(reading), str(len(asked)), minutes(working), minutes(reading + working))
        name = make("th", link(page.uri(doc, ""), chapter_name(page, chapter)), scope="row")
        rows.append(make("tr", name, *[make("td", cell, classes="count") for cell in cells]))
    headings = [page.say(f"times-{column}") for column in COLUMNS]
    return [table(headings, rows, "times"), make("p", _assumed(page, pace), classes="where")] if rows else []


def _rounded(minutes: float) -> int:
    return math.ceil(minutes / STEP) * STEP


def _assumed(page: EditionPage, pace: int) -> str:
    say = page.say
    each = [say("times-each", minutes=minutes, question=say(f"times-{level}")) for level, minutes in MINUTES.items()]
    return say("times-assumed", pace=pace, each=", ".join(each), step=STEP, sources=SOURCES_HEADING)
