"""Volumes for one purpose: the corrections sheet, the teachers' handout, and one chapter as a booklet of its own."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from factpress.model.dates import in_words
from factpress.model.prose import chapter_number
from factpress.model.vocabulary import Verdict
from factpress.sphinxext.blocks.marks import glyph_element
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.printed.corrections import corrections
from factpress.sphinxext.blocks.printed.print_editions import BookletEdition, PrintEdition
from factpress.sphinxext.blocks.title_page import review_status
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.nodes import element, link, make

#: blocks of the lists of which a chapter's booklet has its own part
LISTS = frozenset(("glossary-terms", "answers"))


def _is_front(docname: str, page: EditionPage) -> bool:
    return docname == page.context.order[0]


def _clear(document: nodes.Element) -> None:
    for child in list(document.children):
        document.remove(child)


class CorrectionsEdition(PrintEdition):
    """The corrections sheet, which has no page of the book on it."""

    def cut(self, document: nodes.Element, docname: str, page: EditionPage) -> None:
        """Take out all of it."""
        _clear(document)

    def complete(self, part: element, page: EditionPage) -> None:
        """Put the sheet in the place of the title page."""
        if _is_front(part["docname"], page):
            part += corrections(page)


class TeachersEdition(PrintEdition):
    """The teachers' handout: the pages for teachers, each question with its answer below it."""

    answers_questions = True

    def cut(self, document: nodes.Element, docname: str, page: EditionPage) -> None:
        """Take out the title page, in whose place one line stands."""
        if _is_front(docname, page):
            _clear(document)

    def complete(self, part: element, page: EditionPage) -> None:
        """Say in the place of the title page which book it is, and who stands behind its findings."""
        if _is_front(part["docname"], page):
            part += make("p", _edition_line(page.context), " · ", review_status(page.context), classes="where")

    def in_order(self, parts: list[element], context: BookContext) -> list[element]:
        """Return the pages for teachers before the questions."""
        asked = context.documents_with("questions")
        return sorted(parts, key=lambda part: part["docname"] in asked)

    def runs_on(self, docname: str, context: BookContext) -> bool:
        """Return True: the style sheet begins a page where one is wanted."""
        return True

    def page_link(self, page: EditionPage, uri: str, words: str) -> list[nodes.Node]:
        """Return a link without a page: the numbers of claims and paragraphs lead to it in any volume."""
        return [link(uri, words)]


class ChapterEdition(BookletEdition):
    """One chapter as a booklet: what it is part of, the chapter, and its own words, answers and sources."""

    def __init__(self, chapter: int) -> None:
        """Take the number of the chapter."""
        self.chapter = chapter
        self._targets: set[str] = set()  #: what the chapter leads to

    def prints(self, docname: str, context: BookContext) -> bool:
        """Return whether it has a document, or a part of it."""
        if (number := chapter_number(docname)) is not None:
            return number == self.chapter
        uses = context.block_uses.get(docname, ())
        return docname == context.bibliography or any(use.name in LISTS for use in uses)

    def cut(self, document: nodes.Element, docname: str, page: EditionPage) -> None:
        """Take out the title page, and of the others what the booklet leaves out."""
        if _is_front(docname, page):
            _clear(document)
        else:
            super().cut(document, docname, page)

    def complete(self, part: element, page: EditionPage) -> None:
        """Add what the chapter is part of; keep of each list only what the chapter leads to."""
        if _is_front(part["docname"], page):
            part += make("div", *_about_handout(page), classes="about-handout")
        elif chapter_number(part["docname"]) is not None:
            super().complete(part, page)
            self._targets = {str(node.get("refuri", "")).partition("#")[2] for node in part.findall(nodes.Element)}
        else:
            self._keep_own(part)

    def _keep_own(self, part: element) -> None:
        listed = [node for node in part.findall(element) if node["tag"] == "li" and node["ids"]]
        for item in listed:
            if not self._targets & set(item["ids"]):
                item.parent.remove(item)
        for group in [node for node in part.findall(element) if node["tag"] == "ul" and not node.children]:
            siblings: nodes.Element = group.parent
            before = siblings[siblings.index(group) - 1] if siblings.index(group) else None
            if isinstance(before, element) and before["tag"] in ("h2", "h3"):
                siblings.remove(before)  # the heading of what has gone
            siblings.remove(group)
        if not any(node["tag"] == "li" for node in part.findall(element)):
            _clear(part)

    def runs_on(self, docname: str, context: BookContext) -> bool:
        """Return whether a document goes on where the one before it ends: all do but the first of the lists."""
        lists = [doc for doc in context.order if chapter_number(doc) is None and self.prints(doc, context)]
        return docname not in lists[:1]


def _edition_line(context: BookContext) -> str:
    settings = context.settings
    return " · ".join(
        filter(None, (settings.title, context.say("edition", date=in_words(context.date)), settings.publisher))
    )


def _about_handout(page: EditionPage) -> Iterator[element]:
    """Yield what whoever holds one chapter has to know: which book it is of, how to read a mark, who checked it."""
    say = page.say
    yield make("p", make("strong", _edition_line(page.context)))
    signs: list[nodes.Node | str] = []
    for verdict in Verdict:
        signs += [" · "] if signs else []
        signs += [glyph_element(verdict.glyph), "\u00a0", verdict.word.lower()]
    yield make("p", *say.around("handout-marks", article=page.context.settings.article, signs=signs))
    yield make("p", review_status(page.context))
