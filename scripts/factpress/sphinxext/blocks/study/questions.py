"""Study questions, check-yourself questions, and their answers at the back."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from factpress.model.study.aids import Level, Question
from factpress.sphinxext.blocks.render import Page
from factpress.sphinxext.blocks.study.parts import chapter_name, claims, sourced
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset

EVERYWHERE = "all"  #: the chapter of a question on the whole book
ONLINE = "needs the online edition"


def questions(page: Page, words: Sequence[str]) -> list[nodes.Node]:
    """Return the questions of the levels that are named, or of all but check-yourself, chapter by chapter."""
    levels = [level for level in Level if level in words] or [x for x in Level if x is not Level.CHECK_YOURSELF]
    found: list[nodes.Node] = []
    for chapter in _chapters(page):
        if asked := page.facts.book.study_aids.questions_of(chapter, *levels):
            found += [make("h3", chapter_name(page, chapter)), _asked(page, asked)]
    return found


def check_yourself(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return the questions with which a reader of this chapter sees what stayed."""
    asked = page.facts.book.study_aids.questions_of(page.docname.rpartition("/")[2], Level.CHECK_YOURSELF)
    place = page.facts.document_with("answers")
    if not asked or not place or page.edition == "html":
        return [_asked(page, asked)] if asked else []
    # no page number: the pages after this one are not laid out yet
    name = link(page.uri(place, ""), page.facts.page_titles[place])
    return [_asked(page, asked), make("p", "They are answered under “", name, "” at the back.", classes="where")]


def answers(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return the answers to all questions, chapter by chapter."""
    found: list[nodes.Node] = []
    for chapter in _chapters(page):
        if asked := page.facts.book.study_aids.questions_of(chapter):
            items = [_answer(page, question) for question in asked]
            found += [make("h2", chapter_name(page, chapter)), make("ul", *items, classes="questions")]
    return found


def online(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return a list of the exercises that cannot be done on paper alone."""
    asked = [question for question in page.facts.book.study_aids.questions if question.needs]
    items = [_item(page, question, needs=False) for question in asked]  # all of them do
    return [make("ul", *items, classes="questions")] if items else []


def _chapters(page: Page) -> list[str]:
    """Return the chapters that questions are about, in reading order, and the whole book last."""
    asked = dict.fromkeys(question.chapter for question in page.facts.book.study_aids.questions)
    order = [doc.rpartition("/")[2] for doc in page.facts.order]
    return sorted(asked, key=lambda chapter: (chapter == EVERYWHERE, order.index(chapter) if chapter in order else 0))


def _asked(page: Page, asked: Sequence[Question]) -> element:
    return make("ul", *[_item(page, question, page.edition == "html") for question in asked], classes="questions")


def _item(page: Page, question: Question, folded: bool = False, needs: bool = True) -> element:
    place = page.facts.document_with("answers")
    to_answer = page.edition != "html" and place
    number = link(page.uri(place, anchor(question)), question.id) if to_answer and place else question.id
    online_only = [make("span", f" ({ONLINE})", classes="where")] if question.needs and needs else []
    asks = make("p", make("span", number, classes="id"), " ", typeset(question.asks), *online_only)
    answer = [_folded(page, question)] if folded else []
    return make("li", asks, *answer, ids=question.id)


def _folded(page: Page, question: Question) -> element:
    said = make("p", *_answered(page, question))
    return make("details", make("summary", f"Answer to {question.id}"), said, classes="answer")


def anchor(question: Question) -> str:
    """Return the id of a question's answer."""
    return f"answer-{question.id}"


def _answer(page: Page, question: Question) -> element:
    place = _home(page, question)
    number = link(page.uri(place, question.id), question.id, classes="id") if place else question.id
    return make("li", make("p", number, " ", *_answered(page, question)), ids=anchor(question))


def _answered(page: Page, question: Question) -> list[nodes.Node]:
    said: list[nodes.Node] = [nodes.Text(typeset(question.answer)), *sourced(page, question)]
    on = claims(page, question.claims, "Rests on ")
    return [*said, nodes.Text(" "), make("span", *on, classes="where")] if on else said


def _home(page: Page, question: Question) -> str | None:
    """Return the document that asks a question."""
    if question.level is Level.CHECK_YOURSELF:
        chapter = page.facts.document(question.chapter)
        return chapter if chapter in page.facts.documents_with("check-yourself") else None
    return page.facts.document_with("questions")
