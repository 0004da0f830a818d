"""The roles {claim}, which marks a statement that comes from the article, and {term}, which marks a word to explain."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import ReferenceRole, SphinxRole

from factpress.model.prose import claim_ids
from factpress.sphinxext.nodes import claim_mark, term_mark


class ClaimRole(SphinxRole):
    """Put the marks of one or several claims after a statement: {claim}`C031, C032`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one mark node; ids that no claim has are told when the book is complete."""
        ids = list(claim_ids(self.text))
        node = claim_mark("", claims=ids, docname=self.env.current_document.docname)
        self.set_source_info(node)
        return [node], []


class TermRole(ReferenceRole):
    """Mark a term of the glossary: {term}`armistice`, {term}`the armistices <armistice>`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one node with the words; what it leads to is known when the book is complete."""
        node = term_mark("", self.title, term=self.target, docname=self.env.current_document.docname)
        self.set_source_info(node)
        return [node], []
