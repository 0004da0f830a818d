"""The handbook's own directive: the table of rules, printed from where the checks read it."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from factpress import __version__
from factpress.rules import RULES


class Rules(SphinxDirective):
    """The table of rules: code, severity, what a problem says, what to do."""

    def run(self) -> list[nodes.Node]:
        """Return a list with an entry a rule, each with an id to link to."""
        rules = nodes.definition_list(classes=["rules"])
        for code, rule in RULES.items():
            term = nodes.term("", "", nodes.literal("", code), nodes.Text(f" ({rule.severity})"), ids=[f"rule-{code}"])
            explanation = nodes.paragraph("", "", *_inline(rule.text), nodes.Text(" "))
            explanation += nodes.emphasis("", "", *_inline(rule.hint))
            rules += nodes.definition_list_item("", term, nodes.definition("", explanation))
        return [rules]


def _inline(text: str) -> list[nodes.Node]:
    """Return text whose words in backticks are code."""
    parts = enumerate(text.split("`"))
    return [nodes.literal("", part) if odd % 2 else nodes.Text(part) for odd, part in parts if part]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive; nothing of the book's own extension is needed."""
    app.add_directive("rules", Rules)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
