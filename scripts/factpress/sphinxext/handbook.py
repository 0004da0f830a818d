"""The handbook's own directives: the rules and what pages may hold, printed from where the checks read them."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from factpress import __version__
from factpress.model.allowed_markup import DIRECTIVES, ROLES
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


class AllowedMarkup(SphinxDirective):
    """The directives or the roles of a book's pages, printed from where `check` and Sphinx read them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the names of the roles, or a list with an entry a directive, with its options."""
        if self.arguments[0] == "roles":
            return [nodes.paragraph("", "", *_codes(sorted(ROLES)))]
        listed = nodes.definition_list(classes=["allowed"])
        for name, options in DIRECTIVES.items():
            term = nodes.term("", "", nodes.literal("", name))
            words = _codes(sorted(options)) or [nodes.Text("–")]
            listed += nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph("", "", *words)))
        return [listed]


def _codes(names: list[str]) -> list[nodes.Node]:
    """Return the names as code, with commas between them."""
    found: list[nodes.Node] = []
    for name in names:
        found += [nodes.Text(", "), nodes.literal("", name)] if found else [nodes.literal("", name)]
    return found


def _inline(text: str) -> list[nodes.Node]:
    """Return text whose words in backticks are code."""
    parts = enumerate(text.split("`"))
    return [nodes.literal("", part) if odd % 2 else nodes.Text(part) for odd, part in parts if part]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives; nothing of the book's own extension is needed."""
    app.add_directive("rules", Rules)
    app.add_directive("allowed-markup", AllowedMarkup)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
