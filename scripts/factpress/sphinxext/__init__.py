"""The Sphinx extension: claims in the prose, entries from the ledger, and the builders of three editions.

In the order in which data pass:

- config: settings of the book, as Sphinx wants them
- project: a Sphinx project that is not a book, and what it takes from here
- allowed_markup: the Markdown of a book, read as the table of `model.allowed_markup` allows it
- directives: what authors of chapters write, roles included
- nodes: nodes of HTML elements, and placeholders for what is filled in later
- transforms: while a chapter is read, its numbers and the places of marks and citations
- domain: these places, as Sphinx keeps them
- heading_citations: citations in headings, wherever headings are listed
- bibliography: citations and the list of sources
- language_of_parts: what is in another language than the book, marked as such
- context: the book with its review states and the places of everything
- staleness: what must be read and written again
- blocks: what pages are filled with
- wording: every sentence that readers see
- pictures: copies of pictures that not every edition can show
- builders: web site, EPUB, PDF and their data
- log: warnings, each with a kind and a place
- handbook: the directive of the tools' handbook, an extension by itself
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from factpress import __version__
from factpress.model.subject import load_subjects
from factpress.settings import read_settings
from factpress.sphinxext import config, context, directives, nodes, project, staleness, transforms
from factpress.sphinxext.bibliography import style
from factpress.sphinxext.blocks import fill, registry
from factpress.sphinxext.builders.pdf import PdfBuilder
from factpress.sphinxext.directives import ClaimRole, TermRole, UnitRole
from factpress.sphinxext.domain import ClaimDomain


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, in the order in which a page meets it."""
    app.add_config_value("factpress_root", "", "", types=frozenset({str}))
    app.add_config_value("factpress_claims", "claims", "env", types=frozenset({str}))
    app.add_config_value("factpress_large_print", False, "", types=frozenset({bool}))
    app.add_config_value("factpress_chapter_handouts", [], "", types=frozenset({list}))
    app.connect("config-inited", config.configure, priority=100)
    style.setup(app)
    for extension in ("myst_parser", "sphinxcontrib.bibtex"):
        app.setup_extension(extension)
    # reading
    nodes.setup(app)
    app.add_domain(ClaimDomain)
    app.add_role("claim", ClaimRole())
    app.add_role_to_domain("claim", "claim", ClaimRole())
    app.add_role_to_domain("claim", "term", TermRole())
    app.add_role("unit", UnitRole())
    app.add_role_to_domain("claim", "unit", UnitRole())
    app.add_directive("objectives", directives.Objectives)
    app.add_directive(directives.FIGURE, directives.BookFigure)
    for name in (block.name for block in registry.BLOCKS if block.name != directives.FIGURE):
        app.add_directive(name, directives.BlockDirective)
        app.add_directive_to_domain("claim", name, directives.BlockDirective)
    app.add_transform(transforms.NumberChapter)
    app.add_transform(transforms.KeepAddresses)
    app.connect("builder-inited", load_book_context, priority=400)
    app.connect("env-get-outdated", staleness.outdated_documents)
    # bibtex formats its labels in the same event, at 500
    app.connect("env-updated", locate_references, priority=700)
    # writing
    app.connect("env-get-updated", staleness.stale_pages)
    app.connect("doctree-resolved", fill.fill_page)
    app.connect("build-finished", staleness.save_page_digests)
    for theme in ("factpress", "factpress_epub"):
        app.add_html_theme(theme, str(Path(__file__).parent / "themes" / theme))
    app.add_builder(PdfBuilder)
    return {
        "version": __version__,
        "env_version": 7,  # goes up with every change of what is stored in doctrees
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def load_book_context(app: Sphinx) -> None:
    """Read the ledger and what stands beside it; handler of `builder-inited`."""
    root = app.config.factpress_root
    settings = read_settings(Path(root)) if root else project.project_settings(app)
    blocks = registry.blocks_of(load_subjects(settings.subjects))
    loaded = context.load_context(settings, blocks) if root else project.load_context(app, settings, blocks)
    context.set_context(app.env, loaded)


def locate_references(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Find where claims and sources are used; handler of `env-updated`."""
    context.set_context(env, context.with_locations(context.book_context(env), env))
    return []
