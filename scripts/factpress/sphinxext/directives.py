"""The directives and roles of a book: marks of claims and terms, boxes, and blocks filled from its data."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst.directives import class_option
from sphinx.util.docutils import ReferenceRole, SphinxDirective, SphinxRole

from factpress.model.prose import ALSO_IN_ARTICLE, box_ids, claim_ids
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import claim_mark, make, placeholder, term_mark, unit_mark
from factpress.sphinxext.wording import Wording

FIGURE = "book-figure"  #: the directive of one figure with its caption


class ClaimRole(SphinxRole):
    """Put the marks of one or several claims after a statement: {claim}`C031, C032`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one mark node; ids of no claim are reported when the book is complete."""
        ids = list(claim_ids(self.text))
        node = claim_mark("", claims=ids, docname=self.env.current_document.docname)
        self.set_source_info(node)
        return [node], []


class UnitRole(SphinxRole):
    """Mark the words of a unit that is only drafted, or hold the place for them: {unit}`S03.P1.2`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one mark node; what it shows is known when the book is complete."""
        node = unit_mark("", unit=self.text.strip(), alone=False, docname=self.env.current_document.docname)
        self.set_source_info(node)
        return [node], []


class TermRole(ReferenceRole):
    """Mark a term of the glossary: {term}`armistice`, {term}`the armistices <armistice>`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one node with the words; what it leads to is known when the book is complete."""
        node = term_mark("", self.title, term=self.target, docname=self.env.current_document.docname)
        self.set_source_info(node)
        return [node], []


class Objectives(SphinxDirective):
    """A box of learning objectives at a chapter's opening."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the box with its heading and the parsed list."""
        title = make("p", Wording(self.config.language)("objectives"), classes="box-title")
        return [make("div", title, *self.parse_content_to_nodes(), classes="objectives", role="note")]


class BlockDirective(SphinxDirective):
    """A block filled from the book's data when an edition is written; the directive's name is that of the block."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"class": class_option}

    def run(self) -> list[nodes.Node]:
        """Return the placeholder, with the claims or other words that its argument lists."""
        name = self.name.removeprefix("claim:")
        words = (box_ids if name == ALSO_IN_ARTICLE else claim_ids)(" ".join(self.arguments))
        node = placeholder("", use=BlockUse(name, words), docname=self.env.current_document.docname)
        self.set_source_info(node)
        return [node]


class BookFigure(SphinxDirective):
    """A figure of `docs/figures/figures.yaml`, by its id; links and `{ref}` reach it as `figure-ID`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the frame, filled when an edition is written."""
        docname, figure_id = self.env.current_document.docname, self.arguments[0].strip()
        inner = placeholder("", use=BlockUse(FIGURE, (figure_id,)), docname=docname)
        self.set_source_info(inner)
        anchor = f"figure-{figure_id}"
        # Sphinx gives labels only to nodes with a title or caption of docutils; its note_hyperlink_target is internal
        standard = self.env.domains.standard_domain
        standard.anonlabels[anchor] = docname, anchor
        standard.labels[anchor] = docname, anchor, "figure"
        return [make("div", inner, ids=anchor, classes="figure-place")]
