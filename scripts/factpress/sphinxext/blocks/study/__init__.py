"""The study aids: each kind of block, by the name of its directive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pkgutil import resolve_name

from docutils import nodes

from factpress.model.subject import Subject
from factpress.sphinxext.blocks.render import Page
from factpress.sphinxext.blocks.study.book_index import book_index
from factpress.sphinxext.blocks.study.glossary import glossary
from factpress.sphinxext.blocks.study.questions import answers, check_yourself, online, questions
from factpress.sphinxext.blocks.study.reading import reading_list
from factpress.sphinxext.blocks.study.teaching import teaching_times
from factpress.sphinxext.blocks.study.timeline import timeline

#: from the page and the words after the directive's name to what stands there
Block = Callable[[Page, Sequence[str]], list[nodes.Node]]

BLOCKS: Mapping[str, Block] = {
    "timeline": timeline,
    "glossary-terms": glossary,  # `glossary` is Sphinx's own
    "questions": questions,
    "check-yourself": check_yourself,
    "answers": answers,
    "reading-list": reading_list,
    "book-index": book_index,
    "teaching-times": teaching_times,
    "online-exercises": online,
}


def study_blocks(subjects: Iterable[Subject]) -> dict[str, Block]:
    """Return the blocks of the subjects and of every book, by the name of the directive."""
    of_subjects = {kind: resolve_name(name) for subject in subjects for kind, name in subject.blocks.items()}
    return of_subjects | dict(BLOCKS)
