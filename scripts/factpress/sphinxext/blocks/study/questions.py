"""Study questions, check-yourself questions, and their answers at the back."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from factpress.model.study.records import Level, Question
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.parts import chapter_name, claim_links, sourced
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset

EVERYWHERE = "all"  #: the chapter of a question on the whole book


def questions(page: EditionPage, use: BlockUse) -> list[nodes.Node]:
    """Return the questions of the levels that are named, or of all but check-yourself, chapter by chapter."""
    levels = [level for level in Level if level in use.words] or [x for x in Level if x is not Level.CHECK_YOURSELF]
    shown: list[nodes.Node] = []
    for chapter in _chapters(page):
        if asked := page.context.book.study_aids.questions_of(chapter, *levels):
            shown += [make("h3", chapter_name(page, chapter)), _asked(page, asked)]
    return shown


def check_yourself(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the questions with which a reader of this chapter sees what stayed."""
    asked = page.context.book.study_aids.questions_of(page.docname.rpartition("/")[2], Level.CHECK_YOURSELF)
    place = page.context.document_with("answers")
    if not asked or not place or page.edition.folds:
        return [_asked(page, asked)] if asked else []
    # no page number: the pages after this one are not laid out yet
    name = link(page.uri(place, ""), page.context.page_titles[place])
    return [_asked(page, asked), make("p", *page.say.around("questions-answered", page=name), classes="where")]


def answers(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the answers to all questions, chapter by chapter."""
    shown: list[nodes.Node] = []
    for chapter in _chapters(page):
        if asked := page.context.book.study_aids.questions_of(chapter):
            items = [_answer(page, question) for question in asked]
            shown += [make("h2", chapter_name(page, chapter)), make("ul", *items, classes="questions")]
    return shown


def online_exercises(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return a list of the exercises that cannot be done on paper alone."""
    asked = [question for question in page.context.book.study_aids.questions if question.needs]
    items = [_item(page, question, needs=False, answers=False) for question in asked]  # all of them do
    return [make("ul", *items, classes="questions")] if items else []


def _chapters(page: EditionPage) -> list[str]:
    """Return the chapters that questions are about, in reading order, and the whole book last."""
    asked = dict.fromkeys(question.chapter for question in page.context.book.study_aids.questions)
    order = [doc.rpartition("/")[2] for doc in page.context.order]
    return sorted(asked, key=lambda chapter: (chapter == EVERYWHERE, order.index(chapter) if chapter in order else 0))


def _asked(page: EditionPage, asked: Sequence[Question]) -> element:
    return make("ul", *[_item(page, question, page.edition.folds) for question in asked], classes="questions")


def _item(
    page: EditionPage, question: Question, folded: bool = False, needs: bool = True, answers: bool = True
) -> element:
    place = page.context.document_with("answers")
    to_answer = not page.edition.folds and place
    number = link(page.uri(place, answer_anchor(question)), question.id) if to_answer and place else question.id
    online_only = [make("span", page.say("question-online"), classes="where")] if question.needs and needs else []
    own = page.edition.own_address(page, question.id, question.id)
    asks = make("p", make("span", number, classes="id"), " ", typeset(question.asks), *online_only, *own)
    answer = [_folded(page, question)] if folded else []
    if answers and page.edition.answers_questions:
        answer = [make("p", *_answered(page, question), classes="model-answer")]
    return make("li", asks, *answer, ids=question.id)


def _folded(page: EditionPage, question: Question) -> element:
    summary = make("summary", page.say("question-answer", question=question.id))
    return make("details", summary, make("p", *_answered(page, question)), classes="answer")


def answer_anchor(question: Question) -> str:
    """Return the id of a question's answer."""
    return f"answer-{question.id}"


def _answer(page: EditionPage, question: Question) -> element:
    place = home_of_question(page.context, question)
    number = link(page.uri(place, question.id), question.id, classes="id") if place else question.id
    return make("li", make("p", number, " ", *_answered(page, question)), ids=answer_anchor(question))


def _answered(page: EditionPage, question: Question) -> list[nodes.Node]:
    content: list[nodes.Node] = [nodes.Text(typeset(question.answer)), *sourced(page, question)]
    on = claim_links(page, question.claims, page.say("question-claims"))
    return [*content, nodes.Text(" "), make("span", *on, classes="where")] if on else content


def home_of_question(context: BookContext, question: Question) -> str | None:
    """Return the document that asks a question."""
    if question.level is Level.CHECK_YOURSELF:
        chapter = context.document(question.chapter)
        return chapter if chapter in context.documents_with("check-yourself") else None
    return context.document_with("questions")
