"""While a chapter is read: paragraph numbers, the extent of each marked statement, and who uses what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from factpress.files.written_addresses import ADDRESS
from factpress.model.prose import ALSO_IN_ARTICLE, ARTICLE_SAID, SOURCES_HEADING, chapter_number
from factpress.sphinxext.context import book_context
from factpress.sphinxext.domain import ClaimDomain, NumberedParagraph, Reference, SectionText, claim_domain
from factpress.sphinxext.nodes import claim_mark, link, placeholder, term_mark, unit_mark
from factpress.sphinxext.staleness import text_digest
from factpress.sphinxext.wording import Wording

LEADING = 4  #: words that open a chapter in small capitals


class NumberChapter(SphinxTransform):
    """Number a chapter's paragraphs, and note its marks, terms, citations and words in the domain."""

    default_priority = 420  # after MyST has set classes, before Sphinx collects titles and typographic quotes

    def apply(self, **kwargs: object) -> None:
        """Change the tree that was just parsed."""
        docname = self.env.current_document.docname
        domain = claim_domain(self.env)
        number = chapter_number(docname) if book_context(self.env).is_book else None
        for mark in list(self.document.findall(claim_mark)):  # a list: what is wrapped would be found again
            if mark.line:  # MyST gives that of the paragraph
                before = mark.parent.children[: mark.parent.index(mark)]
                mark.line += sum(node.astext().count("\n") for node in before)
            cover_statement(mark)
        for unit in self.document.findall(unit_mark):
            # the place of words that are lacking, where none stand before it on its line
            unit["alone"] = not "".join(node.astext() for node in _before(unit)).rpartition("\n")[2].strip()
        if number is not None:
            self._number_title(number)
            domain.paragraphs[docname] = list(self._number_paragraphs(number))
        boxes = (node for node in self.document.findall(placeholder) if node["use"].name == ARTICLE_SAID)
        for count, box in enumerate(boxes, 1):
            box["use"] = box["use"]._replace(anchor=f"box-{count}")  # notes lead there
        self._note_uses(domain, docname)
        if uses := [node["use"] for node in self.document.findall(placeholder)]:
            domain.block_uses[docname] = uses
        domain.section_texts[docname] = list(section_texts(self.document))
        domain.texts[docname] = text_digest(self.env, docname)

    def _number_title(self, number: int) -> None:
        for title in self.document.findall(nodes.title):
            # part of the heading, so that every table of contents and screen reader has it
            title.insert(0, nodes.inline("", f"{number} ", classes=["chapter-number"]))
            break

    def _number_paragraphs(self, chapter: int) -> Iterator[NumberedParagraph]:
        say = Wording(self.config.language)
        for count, block in enumerate(numbered_blocks(self.document), 1):
            anchor, label = f"p{chapter}-{count}", f"{chapter}.{count}"
            yield NumberedParagraph(anchor, label, paragraph_words(block))
            block["ids"].append(anchor)
            block["number"] = label
            block["classes"].append("numbered")
            start = block if isinstance(block, nodes.paragraph) else next(iter(block.findall(nodes.paragraph)), None)
            if count == 1 and start is not None:
                block["classes"].append("first")
                _lead(start)
            if start is not None:
                start.insert(0, link(f"#{anchor}", label, classes="pn", aria_label=say("paragraph-label", label=label)))

    def _note_uses(self, domain: ClaimDomain, docname: str) -> None:
        marks: list[Reference] = []
        cites: list[Reference] = []
        terms: list[Reference] = []
        for node in self.document.findall():
            if isinstance(node, claim_mark):
                anchor, label = _paragraph_of(node)
                node["first"] = len(marks)  # of this document's uses; the following claims of the mark count on
                marks += [Reference(docname, claim, anchor, label) for claim in node["claims"]]
            elif isinstance(node, placeholder) and node["use"].name == ALSO_IN_ARTICLE:
                node["use"] = node["use"]._replace(first_mark=len(marks))
                marks += [Reference(docname, claim, "", "", in_box=True) for claim in node["use"].words]
            elif isinstance(node, term_mark):
                terms.append(Reference(docname, node["term"], *_paragraph_of(node)))
            elif isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite":
                anchor, label = _paragraph_of(node)
                anchor = anchor or node["ids"][0]
                keys = [target.key for target in parse_citation_targets(node["reftarget"])]
                cites += [Reference(docname, key, anchor, label) for key in keys]
        if marks:
            domain.marks[docname] = marks
        if cites:
            domain.cites[docname] = cites
        if terms:
            domain.terms[docname] = terms


class KeepAddresses(SphinxTransform):
    """Leave addresses out of what Sphinx sets in typographic quotes and dots: typed as printed, they lead there."""

    default_priority = 740  # before SphinxSmartQuotes, after all that looks at whole texts

    def apply(self, **kwargs: object) -> None:
        """Set the addresses apart, as texts of their own."""
        for text in list(self.document.findall(nodes.Text)):
            around = text.parent
            target = str(around.get("refuri", "")) if isinstance(around, nodes.reference) else ""
            if target and (f"mailto:{text}" == target or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", text)):
                parts = ["", str(text)]
            else:
                parts = ADDRESS.split(str(text))
            if len(parts) > 1:
                made = [_verbatim(part) if odd % 2 else nodes.Text(part) for odd, part in enumerate(parts) if part]
                around.replace(text, made)


def _verbatim(address: str) -> nodes.Text:
    text = nodes.Text(address)
    text.support_smartquotes = False  # asked for by sphinx.util.nodes.is_smartquotable
    return text


def _lead(paragraph: nodes.Element) -> None:
    """Set the first words of a chapter apart, up to words in italics; in print they are small capitals."""
    left = LEADING
    for text in list(paragraph.findall(nodes.Text)):
        words = re.match(rf"(?:\W*[\w’'-]+){{1,{left}}}", text)
        if not words or isinstance(text.parent, nodes.emphasis | addnodes.pending_xref):
            return
        lead = nodes.inline("", words[0], classes=["lead"])
        text.parent.replace(text, [lead, nodes.Text(text[words.end() :])])
        left -= len(re.findall(r"[\w’'-]+", words[0]))
        if not left:
            return


def numbered_blocks(document: nodes.document) -> Iterator[nodes.Element]:
    """Yield the paragraphs and quotations of a chapter that carry a number, in order (DESIGN §3)."""
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is not None and title.astext() == SOURCES_HEADING:
            continue
        for child in section.children:
            if isinstance(child, nodes.paragraph | nodes.block_quote) and "subtitle" not in child["classes"]:
                yield child


def section_texts(document: nodes.document) -> Iterator[SectionText]:
    """Yield what each section says itself, its numbered paragraphs left out."""
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        blocks = [child for child in section.children if not isinstance(child, nodes.section | nodes.title)]
        texts = [
            paragraph_words(node)
            for block in blocks
            if isinstance(block, nodes.Element) and "number" not in block
            for node in block.findall(lambda node: isinstance(node, nodes.paragraph | nodes.term | nodes.caption))
        ]
        heading = " ".join(title.astext().split()) if title is not None else ""
        yield SectionText(section["ids"][0] if section["ids"] else "", heading, " ".join(filter(None, texts)))


def paragraph_words(block: nodes.Element) -> str:
    """Return what a paragraph says, without citations, for those who look for words in it."""
    texts = (node.astext() for node in block.findall(nodes.Text) if not _is_citation(node.parent.parent))
    return re.sub(r" (?=[.,;:?!])", "", " ".join("".join(texts).split()))  # a space was before the citation


def _is_citation(node: nodes.Node | None) -> bool:
    return isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite"


def cover_statement(mark: claim_mark) -> None:
    """Wrap the statement before a mark: back to the line's start, or to the mark or citation before it."""
    run = _before(mark)
    if not re.search(r"\w", "".join(node.astext() for node in run)):
        return
    parent = mark.parent
    opening = run[0]
    if isinstance(opening, nodes.Text):
        # the sentence before it, and punctuation after the mark before it, are not part of this statement
        begins = re.search(r"[^\s,;:.)\]”’—–]", opening.rpartition("\n")[2])
        cut = opening.rfind("\n") + 1 + (begins.start() if begins else 0)
        parent.replace(opening, [nodes.Text(part) for part in (opening[:cut], opening[cut:]) if part])
        run[0] = parent[parent.index(mark) - len(run)]
    at = parent.index(run[0])
    for node in run:
        parent.remove(node)
    if isinstance(run[-1], nodes.Text):
        run[-1] = nodes.Text(run[-1].rstrip())  # the mark follows without a break
    parent.insert(at, nodes.inline("", "", *run, classes=["said"]))


def _before(mark: claim_mark | unit_mark) -> list[nodes.Node]:
    """Return the nodes of a mark's line, back to the mark or citation before it; the first may begin earlier."""
    run: list[nodes.Node] = []
    for node in reversed(mark.parent.children[: mark.parent.index(mark)]):
        if isinstance(node, claim_mark | unit_mark | addnodes.pending_xref) or node.astext().endswith("\n"):
            break
        run.insert(0, node)
        if isinstance(node, nodes.Text) and "\n" in node:
            break
    return run


def _paragraph_of(node: nodes.Node) -> tuple[str, str]:
    parent = node.parent
    while parent is not None:
        if "number" in parent.attributes:
            return parent["ids"][-1], parent["number"]
        parent = parent.parent
    return "", ""
