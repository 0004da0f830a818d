"""The one table of blocks: what a directive's name is filled with, what that shows, and what its words must name.

Directives, filling, staleness, the list of sources and the export go through this table; a subject adds its own blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pkgutil import resolve_name
from typing import Any

from docutils import nodes

from factpress.model.prose import ALSO_IN_ARTICLE, ARTICLE_SAID
from factpress.model.study.records import Event, Question, Reading, Term
from factpress.model.subject import Subject
from factpress.sphinxext import log
from factpress.sphinxext.blocks import boxes, entries, figures, register, reviewers, title_page
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study import book_index, glossary, questions, reading, teaching, timeline
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.directives import FIGURE
from factpress.sphinxext.domain import BlockUse


class Shows(Enum):
    """What of the book a block shows: when that changes, the pages that have the block are written again."""

    CLAIMS = auto()  #: the claims that its words name, or whose entries stand in its document
    ALL = auto()  #: every claim, with its finding, state and places
    STUDY = auto()  #: study aids: the block is rendered, and its page is written again when that comes out differently
    FIGURES = auto()  #: figures, likewise
    PEOPLE = auto()  #: what people did about the findings, likewise


@dataclass(frozen=True)
class Named:
    """What the words after a directive's name must be: something that the book has."""

    find: Callable[[BookContext, str], object | None]
    warning: log.WarningKind  #: about a word that names nothing


CLAIM = Named(BookContext.claim, log.WarningKind.UNKNOWN_CLAIM)
FIGURE_ID = Named(lambda context, word: context.book.figures.get(word), log.WarningKind.UNKNOWN_FIGURE)


@dataclass(frozen=True)
class Block:
    """A kind of block that is filled from the book's data."""

    name: str  #: of its directive
    render: Callable[[EditionPage, BlockUse], list[nodes.Node]]
    shows: Shows
    names: Named | None = None  #: what its words name; None where they are options
    records: tuple[type[Any], ...] = ()  #: study aids whose sources this block shows

    @property
    def is_digested_as_rendered(self) -> bool:
        """Return whether what it shows is known best by rendering it."""
        return self.shows in (Shows.STUDY, Shows.FIGURES, Shows.PEOPLE)

    def warn_of_unknown(self, context: BookContext, use: BlockUse, node: nodes.Node) -> None:
        """Warn of words that name nothing in the book."""
        for word in use.words if self.names else ():
            if self.names and self.names.find(context, word) is None:
                log.warn_unknown(self.names.warning, word, node)


BLOCKS = (
    Block("title-page", title_page.title_page, Shows.ALL),
    Block("claims-register", register.register, Shows.ALL),
    Block("counts", register.count_tables, Shows.ALL),
    Block("evidence-counts", register.evidence_counts, Shows.ALL),
    Block("reviewers", reviewers.reviewers, Shows.PEOPLE),
    Block("ai-statement", reviewers.ai_statement, Shows.PEOPLE),
    Block("errata", reviewers.errata, Shows.PEOPLE),
    Block("claim-entries", entries.claim_entries, Shows.CLAIMS),
    Block(ARTICLE_SAID, boxes.article_said, Shows.CLAIMS, CLAIM),
    Block(ALSO_IN_ARTICLE, boxes.also_in_article, Shows.CLAIMS, CLAIM),
    Block("timeline", timeline.timeline, Shows.STUDY, records=(Event,)),
    Block("glossary-terms", glossary.glossary, Shows.STUDY, records=(Term,)),  # `glossary` is Sphinx's own
    Block("questions", questions.questions, Shows.STUDY),
    Block("check-yourself", questions.check_yourself, Shows.STUDY),
    Block("answers", questions.answers, Shows.STUDY, records=(Question,)),
    Block("reading-list", reading.reading_list, Shows.STUDY, records=(Reading,)),
    Block("book-index", book_index.book_index, Shows.STUDY),
    Block("teaching-times", teaching.teaching_times, Shows.STUDY),
    Block("online-exercises", questions.online_exercises, Shows.STUDY),
    Block(FIGURE, figures.book_figure, Shows.FIGURES, FIGURE_ID),
    Block(figures.DATA, figures.figure_data, Shows.FIGURES),
)


def blocks_of(subjects: Iterable[Subject]) -> Mapping[str, Block]:
    """Return the blocks of the subjects, then those of every book, by the name of the directive."""
    brought = {name: function for subject in subjects for name, function in subject.blocks.items()}
    own = {block.name: block for block in BLOCKS}
    return {name: Block(name, resolve_name(function), Shows.STUDY) for name, function in brought.items()} | own
