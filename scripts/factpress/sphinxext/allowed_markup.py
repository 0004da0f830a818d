"""The Markdown of a book, read by Sphinx as `model.allowed_markup` allows it: what is refused is shown as text.

Three walls, because each sees what the others cannot: the parser refuses what an author writes, before anything of it
runs; the first transform looks at the tree, for what a directive that a setting opened has put there; and a page that
is about to be written loses the links that the bibliography and the ledger have brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from factpress.files.directive_forms import DEEPEST_DIRECTIVES, TOO_DEEP, directive_faults
from factpress.files.inside import leaves, links_out, outside_of
from factpress.files.markdown import cited_keys
from factpress.files.pictures import read_drawing_text
from factpress.files.refused_markup import link_problems, markup_of_book
from factpress.files.text import relative_name
from factpress.files.written_addresses import address_as_written, keep_addresses
from factpress.model.allowed_markup import (
    NEVER,
    Markup,
    Refusal,
    front_matter,
    html,
    is_elsewhere,
    leads_out,
    plain,
    svg_acts,
)
from factpress.model.place import Place
from factpress.problems import Problem, problem
from factpress.settings import Settings
from factpress.sphinxext import log
from factpress.sphinxext.context import book_context
from factpress.sphinxext.domain import claim_domain
from factpress.sphinxext.heading_citations import FrameCitations, label_titles
from factpress.sphinxext.nodes import LANGUAGE_CLASS, make

INSERTS = frozenset({"include", "literalinclude", "csv-table"})  #: directives that docutils switches off as one
DEPTH = "factpress-depth"  #: in the parser's environment: how many directives are open


class BookRenderer(SphinxRenderer):
    """MyST's renderer, which asks the table of a book before it does anything that is not plain text."""

    def run_directive(
        self, name: str, first_line: str, content: str, position: int, *arguments: Any, **options: Any
    ) -> list[nodes.Element]:
        """Return the nodes of a directive, or its text where it is refused."""
        guard = self._guard
        refused = list(guard.markup.directive(name, first_line.strip(), content, guard.outside))
        depth = self.md_env.get(DEPTH, 0)
        if depth >= DEEPEST_DIRECTIVES:
            refused = [Refusal("directive-form", (("directive", name), ("why", TOO_DEEP)))]
        elif not refused and name not in guard.markup.opened:
            at_top = isinstance(self.current_node, nodes.document | nodes.section)
            faults = directive_faults(name, first_line.strip(), content, self.md.parse, at_top=at_top)
            refused = [
                Refusal("directive-form", (("directive", name), ("why", fault.why.rstrip(".")))) for fault in faults
            ]
        if guard.refuses(refused, position):
            text = options.get("block_text") or f"{{{name}}} {first_line}\n{content}"
            return [nodes.literal_block(text, text, language="none")]
        settings = self.document.settings
        # only the paths of this directive were looked at; what it brings in is read with files switched off again
        settings.file_insertion_enabled = name in guard.markup.opened & INSERTS
        self.md_env[DEPTH] = depth + 1
        try:
            return super().run_directive(name, first_line, content, position, *arguments, **options)
        finally:
            settings.file_insertion_enabled = False
            self.md_env[DEPTH] = depth

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        """Show another language as text."""
        self.current_node += self.run_directive("eval-rst", "", token.content, token_line(token))

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        """Render a role, or its text where it is refused."""
        guard, name = self._guard, token.meta["name"]
        refused = list(guard.markup.role(name, token.content, guard.outside))
        if name.startswith("cite") and cited_keys(token.content) is None:  # bibtex would raise
            refused.append(Refusal("cite-syntax", (("text", token.content),)))
        if guard.refuses(refused, token_line(token, 0)):
            self._show(f"{{{name}}}`{token.content}`")
        else:
            super().render_myst_role(token)

    def render_text(self, token: SyntaxTreeNode) -> None:
        """Render text; what looks like markup of another tool is reported."""
        if "{{" in token.content:
            self._guard.refuses(plain(token.content), token_line(token, 0))
        super().render_text(token)

    def render_hardbreak(self, token: SyntaxTreeNode) -> None:
        """Begin a new line; MyST would write raw HTML for it."""
        self.current_node += [make("br"), nodes.Text("\n")]

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Show HTML as text."""
        self._guard.refuses([html(token.content)], token_line(token, 0))
        self._show(token.content)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Show HTML as text."""
        self._guard.refuses([html(token.content)], token_line(token, 0))
        self.current_node += nodes.literal_block(token.content, token.content, language="none")

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Render a link, or its words and its address where it is refused."""
        guard, address = self._guard, str(token.attrGet("href") or "")
        if guard.refuses(guard.markup.address(address, guard.outside), token_line(token, 0)):
            self.render_children(token)
            if token.info != "auto":
                self._show(f" ({self.md.normalizeLinkText(address)})")
        elif token.info == "auto":
            super().render_link(token)
        else:
            with self._decoding():
                super().render_link(token)

    @contextmanager
    def _decoding(self) -> Iterator[None]:
        """Let the paths of links be decoded, which the words of an address in `<…>` must not be."""
        self.md.normalizeLinkText = type(self.md).normalizeLinkText.__get__(self.md)  # type: ignore[method-assign]
        try:
            yield
        finally:
            self.md.normalizeLinkText = address_as_written  # type: ignore[method-assign]

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Render a picture, or its words and its address where it is refused."""
        guard, address = self._guard, str(token.attrGet("src") or "")
        if guard.refuses(guard.picture(address), token_line(token, 0)):
            self._show(f"{self.renderInlineAsText(token.children or [])} ({address})")
        else:
            super().render_image(token)

    def render_front_matter(self, token: SyntaxTreeNode) -> None:
        """Take over the few fields that may stand at the head of a page; they are too simple to be read as YAML."""
        if self._guard.refuses(front_matter(token.content), token_line(token, 0)):
            self.current_node += nodes.literal_block(token.content, token.content, language="none")
        else:
            super().render_front_matter(token)

    def copy_attributes(
        self, token: SyntaxTreeNode, node: nodes.Element, keys: Any = ("class",), **options: Any
    ) -> None:
        """Take over the attributes that a book gives a meaning to."""
        guard = self._guard
        written = {**token.attrs, **token.meta.get("insecure_attrs", {})}
        if written and guard.refuses(guard.markup.attributes(written), token_line(token, 0)):
            return
        super().copy_attributes(token, node, keys, **options)
        if tag := written.get("lang"):
            node["classes"].append(f"{LANGUAGE_CLASS}{tag}")  # as docutils has it

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        """Render a directive; any other fence of colons would be a box with a class of its author's choice."""
        name = token.info.strip().partition(" ")[0]
        if not (name.startswith("{") and name.endswith("}")):
            guard, depth = self._guard, self.md_env.get(DEPTH, 0)
            if depth >= DEEPEST_DIRECTIVES:
                guard.refuses([Refusal("directive-form", (("directive", ":::"), ("why", TOO_DEEP)))], token_line(token))
                return
            self.md_env[DEPTH] = depth + 1
            if name and guard.refuses(guard.markup.attributes({"class": name}), token_line(token, 0)):
                self.nested_render_text(token.content, token_line(token, 0))
            else:
                super().render_colon_fence(token)
            self.md_env[DEPTH] = depth
        else:
            super().render_colon_fence(token)

    def render_myst_target(self, token: SyntaxTreeNode) -> None:
        """Set a target, or show it where its id is one that the book makes itself."""
        guard = self._guard
        if guard.refuses(guard.markup.target(token.content), token_line(token, 0)):
            self.current_node.append(nodes.literal_block(token.content, f"({token.content})=", language="none"))
        else:
            super().render_myst_target(token)

    def render_myst_line_comment(self, token: SyntaxTreeNode) -> None:
        """Leave out comments; MyST would publish them as comments of HTML."""

    def render_myst_block_break(self, token: SyntaxTreeNode) -> None:
        """Leave out what is not part of the book."""

    def _show(self, text: str) -> None:
        self.current_node.append(nodes.Text(text))

    @cached_property
    def _guard(self) -> MarkupGuard:
        """Return what the book allows, seen from the page."""
        return MarkupGuard(self.sphinx_env)


class BookParser(MystParser):
    """MyST's parser with the settings of the book alone: the head of a page changes none of them."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse the text of a page."""
        document.settings.raw_enabled = False
        document.settings.file_insertion_enabled = False
        parser = create_md_parser(document.settings.env.myst_config, BookRenderer)
        # asked of the table, as `check` does
        parser.validateLink = lambda _url: True  # type: ignore[method-assign,assignment]
        keep_addresses(parser)
        parser.options["document"] = document
        parser.render(inputstring)


class MarkupGuard:
    """What the book allows, seen from the page that is being read; what is refused is reported and kept."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Find the page."""
        self.env = env
        self.docname = env.current_document.docname
        self.page = Path(env.doc2path(self.docname))
        context = book_context(env)
        self.settings: Settings = context.settings
        self.markup: Markup = markup_of_book(context.settings)
        self.outside = outside_of(context.settings.docs, self.page.parent)

    def refuses(self, refusals: Iterable[Refusal], line: int | None) -> bool:
        """Return whether anything is refused."""
        where = Place(relative_name(self.page, self.settings.root), line or 0)
        problems = [problem(each.code, where, **dict(each.values)) for each in refusals]
        kept = claim_domain(self.env).refused.setdefault(self.docname, [])
        new = [each for each in problems if each not in kept]
        log.log_problems(new)
        kept += new
        return bool(problems)

    def picture(self, address: str) -> Iterator[Refusal]:
        """Yield why a picture may not be shown: its address, or what its drawing would do."""
        refusals = list(self.markup.picture(address, self.outside))
        yield from refusals
        if not refusals and address.lower().endswith((".svg", ".svgz")):
            folder = self.settings.docs if address.startswith("/") else self.page.parent
            file = folder / address.lstrip("/")
            if file.is_file() and (what := svg_acts(read_drawing_text(file))):
                yield Refusal("picture-active", (("address", address), ("what", what)))


class RefuseInTree(SphinxTransform):
    """The second wall: raw text, pictures, downloads and links of a tree, whichever code put them there."""

    default_priority = 1  # before anything is collected, copied or numbered

    def apply(self, **kwargs: object) -> None:
        """Replace what is refused by its text."""
        guard = MarkupGuard(self.env)
        for node in list(self.document.findall(nodes.Element)):
            if refusals := list(_refused(node, guard)):
                guard.refuses(refusals, node.line)
                _as_text(node, self.config.root_doc)


def _refused(node: nodes.Element, guard: MarkupGuard) -> Iterator[Refusal]:
    markup, outside = guard.markup, guard.outside
    match node:
        case nodes.raw():
            yield html(node.astext())
        case nodes.meta() | nodes.math() | nodes.math_block():
            name = "meta" if isinstance(node, nodes.meta) else "math"
            yield Refusal("directive-refused", (("name", name), ("near", f" {NEVER[name].capitalize()}.")))
        case nodes.image():
            yield from guard.picture(str(node["uri"]))
        case addnodes.download_reference():
            yield from markup.address(str(node["reftarget"]), outside)
        case nodes.reference() if "refuri" in node:
            yield from markup.address(str(node["refuri"]), outside)
        case addnodes.toctree():
            for _, target in node["entries"]:
                if is_elsewhere(target):
                    yield from markup.address(target, outside)
                elif target == guard.env.config.root_doc:  # Sphinx would follow it for ever
                    yield Refusal("page-unknown", (("page", target), ("near", "")))


def _as_text(node: nodes.Element, root: str) -> None:
    if isinstance(node, nodes.reference | addnodes.download_reference):
        node.replace_self(node.children or [nodes.Text(node.astext())])
    elif isinstance(node, addnodes.toctree):
        node["entries"] = [entry for entry in node["entries"] if not is_elsewhere(entry[1]) and entry[1] != root]
        node["includefiles"] = [name for name in node["includefiles"] if name != root]
    elif isinstance(node, nodes.image):
        node.replace_self(_words(node, str(node.get("alt") or node["uri"])))
    else:
        node.replace_self(_words(node, node.astext()))


def _words(node: nodes.Element, text: str) -> nodes.Element:
    if isinstance(node.parent, nodes.TextElement):
        return nodes.literal(text, text)
    return nodes.literal_block(text, text, language="none")


def remove_refused_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace links that no page may have by their words; handler of `doctree-resolved`, the third wall."""
    for node in list(doctree.findall(nodes.reference)):
        if leads_out(str(node.get("refuri", ""))):
            node.replace_self(node.children)


def empty_page_outside_book(app: Sphinx, docname: str, source: list[str]) -> None:
    """Read nothing of a page whose file lies outside the book; handler of `source-read`."""
    settings = book_context(app.env).settings
    page = Path(app.env.doc2path(docname))
    if leaves(page, settings.root):
        file = relative_name(page, settings.root)
        MarkupGuard(app.env).refuses([Refusal("link-out-of-book", (("file", file),))], None)
        source[0] = ""


def refused_in_pages(env: BuildEnvironment) -> list[Problem]:
    """Return everything that was refused in the pages of the book."""
    pages = [one for found in claim_domain(env).refused.values() for one in found]
    return [*pages, *link_problems(book_context(env).settings.root)]


def set_up_guards(app: Sphinx, config: Config, settings: Settings) -> None:
    """Set up the three walls, for a book alone."""
    links = (path for path in links_out(settings.root) if settings.docs in path.parents)
    out = [path.relative_to(settings.docs).as_posix() for path in links]
    config.exclude_patterns = [*config.exclude_patterns, *out]
    app.add_source_parser(BookParser, override=True)
    app.add_transform(RefuseInTree)
    app.add_transform(FrameCitations)
    app.connect("env-updated", label_titles, priority=650)  # bibtex makes its labels at 500
    app.connect("source-read", empty_page_outside_book)
    app.connect("doctree-resolved", remove_refused_links, priority=900)
