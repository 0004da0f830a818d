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
from factpress.sphinxext.blocks import boxes, cover, entries, figures, title_page
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.register import counts, data_files, downloads, filters, reviewers, rows, walk
from factpress.sphinxext.blocks.study import book_index, brief, glossary, questions, reading, teaching, timeline
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
    brief: Callable[[EditionPage, BlockUse], list[nodes.Node]] | None = None  #: as an edition has it that is brief
    printed_in: str = "booklet"  #: the volume in which its page stands, if the page itself does not say

    @property
    def is_digested_as_rendered(self) -> bool:
        """Return whether what it shows is known best by rendering it."""
        return self.shows in (Shows.STUDY, Shows.FIGURES, Shows.PEOPLE)

    @property
    def shows_all(self) -> bool:
        """Return whether it shows claims of the whole book."""
        return self.shows is Shows.ALL

    def warn_of_unknown(self, context: BookContext, use: BlockUse, node: nodes.Node) -> None:
        """Warn of words that name nothing in the book."""
        for word in use.words if self.names else ():
            if self.names and self.names.find(context, word) is None:
                log.warn_unknown(self.names.warning, word, node)


BLOCKS = (
    Block("title-page", title_page.title_page, Shows.ALL, brief=cover.cover_and_notice),
    Block("imprint", title_page.imprint, Shows.ALL),
    Block(filters.REGISTER, rows.register, Shows.ALL, printed_in="record"),
    Block(walk.WALK, walk.article_walk, Shows.ALL, printed_in="none"),
    Block("counts", counts.count_tables, Shows.ALL, brief=counts.verdicts_in_brief),
    Block("evidence-counts", counts.evidence_counts, Shows.ALL, printed_in="record"),
    Block("reviewers", reviewers.reviewers, Shows.PEOPLE, printed_in="record"),
    Block("ai-statement", reviewers.ai_statement, Shows.PEOPLE, printed_in="record"),
    Block("errata", reviewers.errata, Shows.PEOPLE, printed_in="record"),
    Block("claim-entries", entries.claim_entries, Shows.CLAIMS),
    Block(ARTICLE_SAID, boxes.article_said, Shows.CLAIMS, CLAIM, brief=boxes.article_said_in_print),
    Block(ALSO_IN_ARTICLE, boxes.also_in_article, Shows.CLAIMS, CLAIM),
    Block("timeline", timeline.timeline, Shows.STUDY, records=(Event,), brief=brief.timeline),
    Block(
        "glossary-terms", glossary.glossary, Shows.STUDY, records=(Term,), brief=brief.glossary
    ),  # `glossary` is Sphinx's own
    Block("questions", questions.questions, Shows.STUDY, printed_in="teachers"),
    Block("check-yourself", questions.check_yourself, Shows.STUDY),
    Block("answers", questions.answers, Shows.STUDY, records=(Question,), brief=brief.answers),
    Block("reading-list", reading.reading_list, Shows.STUDY, records=(Reading,), printed_in="none"),
    Block("book-index", book_index.book_index, Shows.STUDY, printed_in="record"),
    Block("teaching-times", teaching.teaching_times, Shows.STUDY, printed_in="teachers"),
    Block("online-exercises", questions.online_exercises, Shows.STUDY, printed_in="teachers"),
    Block("get-it", downloads.get_it, Shows.STUDY),
    Block("data-files", data_files.data_files, Shows.ALL, printed_in="none"),
    Block("how-to-cite", data_files.how_to_cite, Shows.ALL, printed_in="none"),
    Block(FIGURE, figures.book_figure, Shows.FIGURES, FIGURE_ID),
    Block(figures.DATA, figures.figure_data, Shows.FIGURES, printed_in="none"),
)


def blocks_of(subjects: Iterable[Subject]) -> Mapping[str, Block]:
    """Return the blocks of the subjects, then those of every book, by the name of the directive."""
    brought_by = tuple(subjects)
    brought = {name: function for subject in brought_by for name, function in subject.blocks.items()}
    in_brief = {name: resolve_name(function) for subject in brought_by for name, function in subject.brief.items()}
    own = {block.name: block for block in BLOCKS}
    theirs = {
        name: Block(name, resolve_name(function), Shows.STUDY, brief=in_brief.get(name))
        for name, function in brought.items()
    }
    return theirs | own
