"""The printed editions, one a volume: the booklet with notes at the foot of its pages, and the record behind it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.prose import SOURCES_HEADING
from factpress.model.study.records import IndexTerm
from factpress.model.vocabulary import ReviewState, Verdict
from factpress.press.layout.part_layout import FAR_FROM_BOX, NEAR_BOX
from factpress.sphinxext.blocks.editions import Edition
from factpress.sphinxext.blocks.marks import (
    MarkedClaim,
    correct_statement,
    glyph_element,
    leading_evidence,
    mark_classes,
    mark_link,
    note_opening,
    sign_and_number,
    state_if_notable,
)
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.qr_codes import chapter_code
from factpress.sphinxext.blocks.study.book_index import mark_words, word_anchor
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import Reference
from factpress.sphinxext.nodes import claim_mark, element, link, make

PAGE_OF = "page-of"  #: class of the words that name a page, which go where no page of any volume has the place
NOTED = "noted"  #: attribute of a note: how many marks stand before it


class PrintEdition(Edition):
    """A PDF of all pages: notes stand at the foot of the page, and what leads elsewhere names its page."""

    separator = " · "
    labels_marks = False
    links_pages_again = False
    is_one_file = True

    def mark(self, page: EditionPage, marked: MarkedClaim, note: str) -> element:
        """Return sign and number, leading to the entry."""
        return mark_link(page, *marked)

    def separate_marks(self, marks: list[nodes.Node]) -> None:
        """Separate marks inside the link: the tags of the PDF tie a note to the links beside its call."""
        marks[-1] += nodes.Text("\u202f")

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element | None:
        """Return the note at the foot of the page: of each claim what the article has, what is right, and where."""
        content: list[nodes.Node | str] = []
        for claim, _ in marked:
            content += [" "] if content else []
            content += [make("strong", *sign_and_number(claim)), " ", *note_opening(page, claim)]
            content += [*self._correct(page, claim), *state_if_notable(page, claim)]
            content += leading_source(page, claim)
            content += [" · ", *page.link(page.entry_uri(claim), page.say("full-entry"))]
        shared = {"data_marks": str(len(marked))} if len(marked) > 1 else {}
        return make("span", *content, classes="foot-note", **shared)

    def _correct(self, page: EditionPage, claim: Claim) -> list[nodes.Node]:
        """Return what is right, or where a box of the same chapter says it."""
        if box := page.context.box_of(page.docname, claim.id):
            return page.say.around("see-box", box=page.link(page.uri(page.docname, box), page.say("see-box-link")))
        return [nodes.Text(f" {words}")] if (words := correct_statement(claim)) else []

    def place_note(self, node: claim_mark, marks: list[nodes.Node], note: element, end_notes: list[nodes.Node]) -> None:
        """Put the note after its marks; the style sheet moves it to the foot of the page."""
        marks.append(note)

    def cut(self, document: nodes.Element, docname: str, page: EditionPage) -> None:
        """Take out of a document, before it is filled, what this volume does not print."""

    def complete(self, part: element, page: EditionPage) -> None:
        """Add to a filled document what stands in this volume alone."""

    def in_order(self, parts: list[element], context: BookContext) -> list[element]:
        """Return the documents in the order in which this volume has them: that of the book."""
        return parts

    def runs_on(self, docname: str, context: BookContext) -> bool:
        """Return whether a document goes on where the one before it ends, and not on a page of its own."""
        return False

    def prepare(self, doctree: nodes.document, context: BookContext) -> None:
        """Give the words that the index leads to an id each."""
        if context.document_with("book-index"):
            mark_words(doctree, context)

    def place_footnotes(self, doctree: nodes.document, context: BookContext) -> None:
        """Do nothing: the builder sets them at the foot once the ids of all documents are its own."""

    def page_link(self, page: EditionPage, uri: str, words: str) -> list[nodes.Node]:
        """Return a link with room for the number of the page that it leads to."""
        # of a project that is not a book, pages are laid out in their order: of a later one the page is not known
        if not uri or (not page.context.is_book and uri.startswith("#document-")):
            return [link(uri, words)]
        reference = make("span", "00", classes="page-ref")
        reference["refuri"] = uri  # rewritten with all other addresses where the pages are joined
        leading, *rest = page.say.around("page-of", link=link(uri, words), page=reference)
        return [leading, make("span", *rest, classes=PAGE_OF)]

    def landmark(self, page: EditionPage, kind: str, part: element) -> list[nodes.Node]:
        """Return the part alone: a PDF has no landmarks."""
        return [part]

    def _described(self, svg: str, description: str) -> str:
        # WeasyPrint makes the alternative text of the title
        return svg.replace("</title>", f". {escape(description)}</title>", 1)

    def index_places(self, page: EditionPage, places: Sequence[Reference], term: IndexTerm) -> list[nodes.Node]:
        """Return room for the numbers of the pages on which the words of an entry stand."""
        if not places:
            return []
        uris = " ".join(f"#{word_anchor(place.anchor, term)}" for place in places)
        return [nodes.Text(", "), make("span", classes="pages", data_to=uris)]


class BookletEdition(PrintEdition):
    """The booklet: the narrative with notes on what is not supported; what is behind a finding stands in the record."""

    is_brief = True
    #: blocks of pages that have nothing but their title and this block in print, set in small type
    bare = frozenset(("timeline", "glossary-terms", "answers", "treaties"))

    def cut(self, document: nodes.Element, docname: str, page: EditionPage) -> None:
        """Take out the section of the entries, and what introduces a list that explains itself."""
        for section in list(document.findall(nodes.section)):
            if section.parent is not None and section[0].astext() == SOURCES_HEADING:
                section.parent.remove(section)
        uses = page.context.block_uses.get(docname, ())
        if any(use.name == "title-page" for use in uses):
            for title in list(document.findall(nodes.title))[:1]:
                title.parent.remove(title)  # the cover has it
        if docname == page.context.bibliography or any(use.name in self.bare for use in uses):
            _keep_blocks(document)

    def runs_on(self, docname: str, context: BookContext) -> bool:
        """Return whether a document is one of the short lists that follow each other."""
        return any(use.name in ("glossary-terms", "answers") for use in context.block_uses.get(docname, ()))

    def mark(self, page: EditionPage, marked: MarkedClaim, note: str) -> element:
        """Return sign and number, leading to the note, or to the line of the claims that are supported."""
        claim, mark_id = marked
        uri = f"#{supported_anchor()}" if is_supported(claim) else f"#note-{note}"
        state = page.context.reviews[claim.id].state
        usual = state in (ReviewState.PROPOSED, ReviewState.UNCHECKED)
        own = [] if usual else [glyph_element(state.glyph)]
        return link(uri, *own, *sign_and_number(claim, hidden=False), ids=mark_id, classes=mark_classes(claim))

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element | None:
        """Return the note of the claims that are not supported, None where all are."""
        noted = [claim for claim, _ in marked if not is_supported(claim)]
        content: list[nodes.Node | str] = []
        for claim in noted:
            content += [" "] if content else []
            content += [make("strong", *sign_and_number(claim, hidden=False)), " ", *self._says(page, claim)]
        if not content:
            return None
        last = max(nth for nth, (claim, _) in enumerate(marked) if claim in noted)
        shared = {"data_marks": str(len(noted))} if len(noted) > 1 else {}
        note = make("span", *content, ids=f"note-{marked[0].mark_id}", classes="foot-note", **shared)
        note[NOTED] = last + 1
        return note

    def _says(self, page: EditionPage, claim: Claim) -> list[nodes.Node | str]:
        correct = correct_statement(claim)
        whole = [
            *note_opening(page, claim),
            *([" ", correct] if correct else []),
            *state_if_notable(page, claim),
            *leading_source(page, claim),
        ]
        if box := page.context.box_of(page.docname, claim.id):
            to_box = link(page.uri(page.docname, box), page.say("see-box-link"))
            # the layout keeps the first where the box stands on the same opening, else the other
            return [make("span", to_box, ".", classes=NEAR_BOX), make("span", *whole, classes=FAR_FROM_BOX)]
        return whole

    def place_note(self, node: claim_mark, marks: list[nodes.Node], note: element, end_notes: list[nodes.Node]) -> None:
        """Put the note after the last mark that it is of; the style sheet moves it to the foot of the page."""
        marks.insert(note[NOTED], note)

    def complete(self, part: element, page: EditionPage) -> None:
        """Add to a chapter the way to its record, and the line of the claims that are supported."""
        if "chapter" not in part["classes"]:
            return
        chapter = next(iter(part.findall(nodes.section)), part)
        title = next((child for child in chapter.children if isinstance(child, nodes.title)), None)
        if title is not None and (code := chapter_code(page)):
            chapter.insert(0, code)  # drawn in its place: a float would be drawn before what stands before it
        elif title is not None:
            chapter.insert(chapter.index(title) + self._subtitles(chapter, title) + 1, way_to_record(page))
        for box in part.findall(element):
            if "box" in box["classes"]:
                _say_title_once(box)
        if line := supported_line(page):
            chapter.append(line)

    def _subtitles(self, chapter: nodes.Element, title: nodes.Node) -> int:
        after = chapter[chapter.index(title) + 1] if chapter.index(title) + 1 < len(chapter) else None
        return int(after is not None and "subtitle" in getattr(after, "attributes", {}).get("classes", ()))


class LargePrintEdition(BookletEdition):
    """The booklet's content on A4 pages in large type."""


def _say_title_once(box: element) -> None:
    """Take out a box's title where the heading above it says the same."""
    above, title = box.parent, box[0]
    heading = next((node.astext() for node in above.children if isinstance(node, nodes.title)), "")
    if "box-title" in title["classes"] and title.astext() == heading:
        box.remove(title)


def _above(section: nodes.section) -> bool:
    """Return whether a section is part of another."""
    return isinstance(section.parent, nodes.section)


def _keep_blocks(document: nodes.Element) -> None:
    """Take out the paragraphs that stand between a page's title and its blocks, and the sections of other matter."""
    for section in list(document.findall(nodes.section)):
        if _above(section):
            section.parent.remove(section)
    for section in document.findall(nodes.section):
        for child in [child for child in section.children if isinstance(child, nodes.paragraph)]:
            section.remove(child)


def is_supported(claim: Claim) -> bool:
    """Return whether the sources carry a claim, so that no note has to say what is right."""
    return claim.verdict is Verdict.SUPPORTED


def leading_source(page: EditionPage, claim: Claim) -> list[nodes.Node | str]:
    """Return the number of the source that a note names, after a space."""
    first = leading_evidence(claim)
    if not first:
        return []
    label = page.context.labels.get(first.source)
    shown = f"[{label}]" if label else page.short(first.source)
    return ["\u00a0", link(page.source_uri(first.source), shown, classes="src")]


def supported_anchor() -> str:
    """Return the id of the line of the supported claims, in its chapter."""
    return "supported-claims"


def supported_line(page: EditionPage) -> element | None:
    """Return the line at a chapter's end that names, for each supported claim, the leading source."""
    marked = [claim for claim in page.context.claims if _is_marked_in_text(page, claim) and is_supported(claim)]
    if not marked:
        return None
    listed: list[nodes.Node | str] = []
    for claim in marked:
        one = make("span", *sign_and_number(claim, hidden=False), *leading_source(page, claim), classes="one")
        listed += [" · "] if listed else []
        listed.append(one)
    return make("p", *page.say.around("supported-line", claims=listed), ids=supported_anchor(), classes="supported")


def _is_marked_in_text(page: EditionPage, claim: Claim) -> bool:
    places = page.context.marks.get(claim.id, ())
    return any(place.docname == page.docname and not place.in_box for place in places)


def way_to_record(page: EditionPage) -> element:
    """Return where the evidence of a chapter stands: the page of the record volume."""
    record = f"{page.context.settings.name}-record.pdf"
    anchor = next((claim.id for claim in page.context.of_document(page.docname)), "")
    if not anchor:
        return make("p", page.say("way-to-record-whole", file=record), classes="way")
    number = make("span", "00", classes="page-ref")
    number["refuri"] = f"#{anchor}"
    return make("p", *page.say.around("way-to-record", file=record, page=number), classes="way")
