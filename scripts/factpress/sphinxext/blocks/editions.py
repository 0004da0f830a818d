"""What each edition does in its own way: marks and their notes, page numbers, what opens in place.

Shared code asks the edition of its page and never which edition it is; a fourth one is a class here and a builder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from docutils import nodes
from sphinx.builders import Builder

from factpress.model.allowed_markup import svg_acts
from factpress.model.claim import Claim
from factpress.model.study.records import IndexTerm
from factpress.sphinxext.blocks.entries import evidence_list
from factpress.sphinxext.blocks.footnotes import FootnoteAttributes, set_below
from factpress.sphinxext.blocks.marks import (
    MarkedClaim,
    article_verdict,
    correct_statement,
    leading_evidence,
    mark_attributes,
    mark_classes,
    mark_link,
    note_opening,
    sign_and_number,
    state_if_notable,
    state_sign,
    verdict_class,
)
from factpress.sphinxext.blocks.page import EditionPage, words_in_sentence
from factpress.sphinxext.blocks.qr_codes import qr_codes
from factpress.sphinxext.blocks.study.book_index import mark_words, word_anchor
from factpress.sphinxext.context import BookContext, book_context
from factpress.sphinxext.domain import Reference
from factpress.sphinxext.nodes import claim_mark, element, link, make
from factpress.sphinxext.wording import typeset, typeset_sentence


class Edition:
    """An edition read on a screen; what others do in another way is a method or an attribute here."""

    separator = ", "  #: between places that are listed
    labels_marks = True  #: whether marks have a label for screen readers, which then pass over their signs
    folds = False  #: whether answers and the data of figures stand in the page, folded until a reader asks
    links_pages_again = True  #: whether evidence says where its page is, beside the link of the quotation
    runs_scripts = False  #: whether pages may hold scripts
    is_one_file = False  #: whether all documents are filled together, as seen from the first

    def mark(self, page: EditionPage, marked: MarkedClaim, note: str) -> element:
        """Return the mark of one claim after a statement; `note` is the id by which the note of all marks is named."""
        raise NotImplementedError

    def _spoken_mark(self, page: EditionPage, marked: MarkedClaim, uri: str, **attributes: str) -> element:
        words = make("span", article_verdict(page.say, marked.claim), classes="word")
        signs = [*state_sign(page, marked.claim), *sign_and_number(marked.claim)]
        classes, said = mark_classes(marked.claim), mark_attributes(page, marked.claim)
        return link(uri, *signs, nodes.Text(" "), words, ids=marked.mark_id, classes=classes, **said, **attributes)

    def separate_marks(self, marks: list[nodes.Node]) -> None:
        """Put what stands between two marks of one statement after the last of them."""
        marks.append(nodes.Text(" "))

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element:
        """Return the note that takes the claims of a mark in turn."""
        raise NotImplementedError

    def place_note(self, node: claim_mark, marks: list[nodes.Node], note: element, end_notes: list[nodes.Node]) -> None:
        """Put a note where this edition has it: at the marks, near them, or among the notes at the page's end."""
        raise NotImplementedError

    def prepare(self, doctree: nodes.document, context: BookContext) -> None:
        """Change a page before it is filled."""

    def finish(self, doctree: nodes.document, context: BookContext, end_notes: Sequence[nodes.Node]) -> None:
        """Add to a page what follows from all that it was filled with."""

    def place_footnotes(self, doctree: nodes.document, context: BookContext) -> None:
        """Gather the footnotes that authors wrote below the text."""
        set_below(doctree, context.say, self._footnote_attributes)

    _footnote_attributes: FootnoteAttributes = FootnoteAttributes({"role": "note"}, {}, "div")

    def page_link(self, page: EditionPage, uri: str, words: str) -> list[nodes.Node]:
        """Return a link, with the number of its page where the edition has pages."""
        return [link(uri, words)]

    def after_entries(self, page: EditionPage) -> list[nodes.Node]:
        """Return what follows the entries of a chapter's claims."""
        return []

    def landmark(self, page: EditionPage, kind: str, part: element) -> list[nodes.Node]:
        """Return a part in a section that says what it is to those who do not see it: `glossary`, `index`."""
        label = page.say(f"landmark-{kind}")
        return [make("section", part, role=f"doc-{kind}", aria_label=label, **self._landmark_attributes(kind))]

    def _landmark_attributes(self, kind: str) -> dict[str, str]:
        return {}

    def drawing(self, svg: str, description: str) -> nodes.Node:
        """Return a drawing with its description; of a file that somebody made to act, its words alone."""
        return (
            make("p", description) if svg_acts(svg) else nodes.raw("", self._described(svg, description), format="html")
        )

    def _described(self, svg: str, description: str) -> str:
        return svg

    def index_places(self, page: EditionPage, places: Sequence[Reference], term: IndexTerm) -> list[nodes.Node]:
        """Return where an entry of the index leads, each place after a comma."""
        shown: list[nodes.Node] = []
        for nth, place in enumerate(places):
            label = place.label if nth else page.say("paragraph", label=place.label)
            spoken = page.say("paragraph-spoken", label=place.label)
            shown += [nodes.Text(", "), link(page.uri(place.docname, place.anchor), label, aria_label=spoken)]
        return shown


class WebEdition(Edition):
    """The web site: a mark opens a card under its paragraph."""

    folds = True
    runs_scripts = True

    def mark(self, page: EditionPage, marked: MarkedClaim, note: str) -> element:
        """Return a link to the entry, which a script turns into a button that opens the card."""
        uri = page.entry_uri(marked.claim) or f"#card-{note}"
        return self._spoken_mark(page, marked, uri, data_card=f"card-{note}")

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element:
        """Return the card that opens under a paragraph; closed, only its mark is seen."""
        names = make("span", words_in_sentence(page.say, [claim.id for claim, _ in marked]), classes="id")
        words = page.say.around("card-summary", claims=names)
        summary = make("summary", *words, data_close=page.say("card-close"))
        inside = [self._in_card(page, claim) for claim, _ in marked]
        return make("details", summary, *inside, ids=f"card-{marked[0].mark_id}", classes="card")

    def _in_card(self, page: EditionPage, claim: Claim) -> element:
        finding = claim.finding
        items = [item for item in claim.evidence if str(item.stance) != "context"] or list(claim.evidence)
        opening = [make("strong", *sign_and_number(claim)), " ", *note_opening(page, claim)]
        correction = [" ", typeset_sentence(finding.correction)] if finding and finding.correction else []
        return make(
            "div",
            make("p", *opening, *correction, *state_if_notable(page, claim)),
            *([make("p", typeset(finding.statement))] if finding else []),
            *([evidence_list(page, claim, items[:2])] if items else []),
            make("p", link(page.entry_uri(claim), page.say("full-entry-evidence")), classes="more"),
            classes=f"of-claim {verdict_class(claim)}",
        )

    def place_note(self, node: claim_mark, marks: list[nodes.Node], note: element, end_notes: list[nodes.Node]) -> None:
        """Put the card after the block that lies directly in a section, behind the cards of the marks before it."""
        block: nodes.Element = node.parent
        while block.parent is not None and not isinstance(block.parent, nodes.section | nodes.document):
            block = block.parent
        siblings: nodes.Element = block.parent
        at = siblings.index(block) + 1
        while at < len(siblings) and "card" in getattr(siblings[at], "attributes", {}).get("classes", ()):
            at += 1
        siblings.insert(at, note)


class EpubEdition(Edition):
    """The EPUB: a reading system pops the note up at the mark."""

    def mark(self, page: EditionPage, marked: MarkedClaim, note: str) -> element:
        """Return a link to the note at the end of the document."""
        attributes = {"role": "doc-noteref", "epub:type": "noteref"}
        return self._spoken_mark(page, marked, f"#note-{note}", **attributes)

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element:
        """Return the note: a paragraph for each claim of the mark."""
        paragraphs = [self._paragraph(page, claim, mark_id) for claim, mark_id in marked]
        attributes = {"role": "doc-footnote", "epub:type": "footnote"}
        return make("aside", *paragraphs, ids=f"note-{marked[0].mark_id}", classes="note", **attributes)

    def _paragraph(self, page: EditionPage, claim: Claim, mark_id: str) -> element:
        first, say = leading_evidence(claim), page.say
        back = say("back-to-mark", number=claim.number)
        return make(
            "p", link(f"#{mark_id}", *sign_and_number(claim), role="doc-backlink", aria_label=back), " ",
            *note_opening(page, claim), " ", correct_statement(claim), *state_if_notable(page, claim), " ",
            *([make("cite", page.short(first.source), classes="src"), ". "] if first else []),
            link(page.entry_uri(claim), say("full-entry-sentence")), ".",
        )  # fmt: skip

    def place_note(self, node: claim_mark, marks: list[nodes.Node], note: element, end_notes: list[nodes.Node]) -> None:
        """Put the note among those at the end of the document."""
        end_notes.append(note)

    _footnote_attributes = FootnoteAttributes(
        {"role": "doc-footnote", "epub:type": "footnote"}, {"epub:type": "noteref"}, "aside"
    )

    def finish(self, doctree: nodes.document, context: BookContext, end_notes: Sequence[nodes.Node]) -> None:
        """Add the notes, which a reading system shows at their marks alone."""
        if end_notes:
            section = next(iter(doctree.findall(nodes.section)), doctree)
            heading = make("h2", context.say("notes-heading"))
            section.append(make("section", heading, *end_notes, classes="claim-notes"))

    def _landmark_attributes(self, kind: str) -> dict[str, str]:
        return {"epub:type": kind}


class PrintEdition(Edition):
    """The PDF: notes stand at the foot of the page, and what leads elsewhere names its page."""

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

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element:
        """Return the note at the foot of the page: of each claim what the article has, what is right, and where."""
        content: list[nodes.Node | str] = []
        for claim, _ in marked:
            content += [" "] if content else []
            content += [make("strong", *sign_and_number(claim)), " ", *note_opening(page, claim)]
            content += [*self._correct(page, claim), *state_if_notable(page, claim)]
            if first := leading_evidence(claim):
                label = page.context.labels.get(first.source)
                shown = f"[{label}]" if label else page.short(first.source)
                content += [" ", link(page.source_uri(first.source), shown, classes="src")]
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
        return page.say.around("page-of", link=link(uri, words), page=reference)

    def after_entries(self, page: EditionPage) -> list[nodes.Node]:
        """Return QR codes of the pages that the chapter's findings quote most."""
        return qr_codes(page)

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


WEB, EPUB, PRINT = WebEdition(), EpubEdition(), PrintEdition()
EDITIONS = {"html": WEB, "epub": EPUB, "pdf": PRINT}  #: by the name of the builder


def edition_of(builder: Builder) -> Edition:
    """Return the edition that a builder makes; any other builder of Sphinx shows what the web site does."""
    return EDITIONS.get(builder.name, WEB)


def page_of(builder: Builder, docname: str) -> EditionPage:
    """Return a document as it is filled for an edition."""
    edition = edition_of(builder)
    seen_from = builder.config.root_doc if edition.is_one_file else docname
    return EditionPage(book_context(builder.env), docname, edition, _addresses(builder, seen_from))


def _addresses(builder: Builder, seen_from: str) -> Callable[[str, str], str]:
    """Return a function from document and anchor to an address as seen from one page."""

    def uri(to: str, anchor: str) -> str:
        page = "" if to == seen_from else builder.get_relative_uri(seen_from, to)
        return f"{page}#{anchor}" if anchor or not page else page

    return uri
