"""The directives of the book: boxes whose text stands in the page, and placeholders filled from the book's data."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from factpress.model.prose import ALSO, box_ids, claim_ids
from factpress.sphinxext.nodes import make, placeholder


class Objectives(SphinxDirective):
    """A box of learning objectives at a chapter's opening."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the box with its heading and the parsed list."""
        title = make("p", "After this chapter you can", classes="box-title")
        return [make("div", title, *self.parse_content_to_nodes(), classes="objectives", role="note")]


class BlockDirective(SphinxDirective):
    """A block filled from the book's data when an edition is written; `kind` is the directive's name."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        """Return the placeholder, with the claims or other words that its argument lists."""
        kind = self.name.removeprefix("claim:")
        words = list((box_ids if kind == ALSO else claim_ids)(" ".join(self.arguments)))
        node = placeholder("", kind=kind, words=words, docname=self.env.current_document.docname)
        self.set_source_info(node)
        return [node]


OF_LEDGER = ("title-page", "claims-register", "claim-entries", "article-said", ALSO, "counts", "evidence-counts")
