"""What each edition does in its own way: marks and their notes, page numbers, what opens in place.

Shared code asks the edition of its page and never which edition it is; a fourth one is a class here and a builder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from docutils import nodes
from sphinx.builders import Builder

from factpress.model.allowed_markup import svg_acts
from factpress.model.claim import Claim
from factpress.model.figures.figure import Figure
from factpress.model.study.records import IndexTerm
from factpress.sphinxext.blocks.addresses import address_headings, report_address
from factpress.sphinxext.blocks.cited_notes import cited_notes
from factpress.sphinxext.blocks.entries import evidence_list
from factpress.sphinxext.blocks.footnotes import FootnoteAttributes, set_below
from factpress.sphinxext.blocks.marks import (
    MarkedClaim,
    article_verdict,
    correct_statement,
    leading_evidence,
    mark_attributes,
    mark_classes,
    note_opening,
    sign_and_number,
    state_if_notable,
    state_sign,
    verdict_class,
)
from factpress.sphinxext.blocks.page import EditionPage, words_in_sentence
from factpress.sphinxext.blocks.peeks import add_peeks
from factpress.sphinxext.context import BookContext, book_context
from factpress.sphinxext.domain import BlockUse, Reference
from factpress.sphinxext.nodes import claim_mark, element, link, make, name_cells
from factpress.sphinxext.wording import typeset, typeset_sentence

FEWEST_LETTERS = 5  #: of a list that has a bar of letters


class Edition:
    """An edition read on a screen; what others do in another way is a method or an attribute here."""

    separator = ", "  #: between places that are listed
    labels_marks = True  #: whether marks have a label for screen readers, which then pass over their signs
    folds = False  #: whether answers and the data of figures stand in the page, folded until a reader asks
    links_pages_again = True  #: whether evidence says where its page is, beside the link of the quotation
    lists_sources_in_order = False  #: whether sources stand in the order of their numbers, not by their grade
    #: blocks that this edition renders in its own way, by the name of the directive
    own_blocks: Mapping[str, Callable[[EditionPage, BlockUse], list[nodes.Node]]] = MappingProxyType({})
    answers_questions = False  #: whether the answer to a question stands below it, for whoever marks the answers
    runs_scripts = False  #: whether pages may hold scripts
    filters = False  #: whether lists can be filtered and gone through by key, and counts lead to what they count
    peeks = False  #: whether citations and terms open in place, from what the page itself holds
    links_every_term = False  #: whether each use of a term leads to the glossary, and not a page's first alone
    is_one_file = False  #: whether all documents are filled together, as seen from the first
    language_attributes: Sequence[str] = ("lang",)  #: that say in which language a passage is
    is_brief = False  #: whether study aids stand without their sources and places, which other editions have

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

    def note(self, page: EditionPage, marked: Sequence[MarkedClaim]) -> element | None:
        """Return the note that takes the claims of a mark in turn, None where they need none."""
        raise NotImplementedError

    def place_note(self, node: claim_mark, marks: list[nodes.Node], note: element, end_notes: list[nodes.Node]) -> None:
        """Put a note where this edition has it: at the marks, near them, or among the notes at the page's end."""
        raise NotImplementedError

    def prepare(self, doctree: nodes.document, context: BookContext) -> None:
        """Change a page before it is filled."""

    def finish(self, doctree: nodes.document, context: BookContext, end_notes: Sequence[nodes.Node]) -> None:
        """Add to a page what follows from all that it was filled with."""

    def add_peeks(self, doctree: nodes.document, page: EditionPage) -> None:
        """Add what citations and terms open in place."""

    def own_address(self, page: EditionPage, anchor: str, of: str) -> list[nodes.Node]:
        """Return the link of a place to itself, whose address can be copied; `of` names the place."""
        return []

    def letters(self, page: EditionPage, letters: Mapping[str, str]) -> list[nodes.Node]:
        """Return links to the letters of a long list: anchors by letter."""
        return []

    def report(self, page: EditionPage, claim: Claim) -> list[nodes.Node]:
        """Return the way to tell of an error in an entry, where the book names one."""
        return []

    def frame_drawings(self, page: EditionPage, figure: Figure, drawn: list[nodes.Node]) -> list[nodes.Node]:
        """Return the drawings of a figure as they stand above its caption."""
        return drawn

    def place_footnotes(self, doctree: nodes.document, context: BookContext) -> None:
        """Gather the footnotes that authors wrote below the text."""
        set_below(doctree, context.say, self._footnote_attributes)

    _footnote_attributes: FootnoteAttributes = FootnoteAttributes({"role": "note"}, {}, "div")

    def page_link(self, page: EditionPage, uri: str, words: str) -> list[nodes.Node]:
        """Return a link, with the number of its page where the edition has pages."""
        return [link(uri, words)]

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
    """The web site: a mark opens a card under its paragraph, a citation or a term one beside it."""

    folds = True
    runs_scripts = True
    filters = True
    peeks = True
    links_every_term = True

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

    def add_peeks(self, doctree: nodes.document, page: EditionPage) -> None:
        """Add the sources and definitions in a template, and to each heading the link to itself."""
        if page.context.is_book:
            address_headings(doctree, page)
            add_peeks(doctree, page)

    def own_address(self, page: EditionPage, anchor: str, of: str) -> list[nodes.Node]:
        """Return an empty link with a label: a style sheet draws it, and a script copies where it leads."""
        if not page.context.is_book:
            return []
        label = page.say("address-of", place=of)
        return [link(f"#{anchor}", classes="addr", aria_label=label, data_place=of)]

    def letters(self, page: EditionPage, letters: Mapping[str, str]) -> list[nodes.Node]:
        """Return a bar of letters, if there are enough to choose from."""
        if len(letters) < FEWEST_LETTERS or not page.context.is_book:
            return []
        items = [make("li", link(f"#{anchor}", letter)) for letter, anchor in letters.items()]
        return [make("nav", make("ul", *items), classes="letters", aria_label=page.say("letters"))]

    def report(self, page: EditionPage, claim: Claim) -> list[nodes.Node]:
        """Return a link to the contact that the book names, with the claim in its subject where that can be."""
        subject = page.say("report-subject", place=claim.id, title=page.context.settings.title)
        if not (uri := report_address(page.context.settings.contact, subject)):
            return []
        return [make("p", link(uri, page.say("report-claim", claim=claim.id)), classes="report")]

    def frame_drawings(self, page: EditionPage, figure: Figure, drawn: list[nodes.Node]) -> list[nodes.Node]:
        """Return the drawings in a frame that scrolls when they are enlarged, and the link that enlarges them."""
        anchor = f"{figure.anchor}-large"
        frame = make("div", *drawn, ids=anchor, classes="drawing")
        return [frame, make("p", link(f"#{anchor}", page.say("figure-enlarge")), classes="enlarge")]


class EpubEdition(Edition):
    """The EPUB: a reading system pops the note up at the mark."""

    language_attributes = ("lang", "xml:lang")  # reading systems ask for the one or the other

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
        """Add the notes, which a reading system shows at their marks and citations alone; fit tables to a phone."""
        section = next(iter(doctree.findall(nodes.section)), doctree)
        cited = cited_notes(doctree, context) if context.is_book else []
        for heading, notes, name in (("notes-heading", end_notes, "claim"), ("cited-heading", cited, "cited")):
            if notes:
                section.append(make("section", make("h2", context.say(heading)), *notes, classes=f"{name}-notes"))
        for table in list(doctree.findall(element)):
            if table["tag"] == "table":
                name_cells(table)

    def _landmark_attributes(self, kind: str) -> dict[str, str]:
        return {"epub:type": kind}


WEB, EPUB = WebEdition(), EpubEdition()
EDITIONS = {"html": WEB, "epub": EPUB}  #: by the name of the builder


def edition_of(builder: Builder) -> Edition:
    """Return the edition that a builder makes; any other builder of Sphinx shows what the web site does."""
    made = getattr(builder, "edition", None)  # of the PDF, the volume that is being filled
    return made if isinstance(made, Edition) else EDITIONS.get(builder.name, WEB)


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
