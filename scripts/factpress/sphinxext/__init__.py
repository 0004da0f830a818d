"""The Sphinx extension: claims in the prose, entries from the ledger, and the builders of three editions."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from factpress import __version__
from factpress.settings import read_settings
from factpress.sphinxext import config, context, directives, nodes, project, staleness, transforms
from factpress.sphinxext.bibliography import style
from factpress.sphinxext.blocks import figures, fill
from factpress.sphinxext.blocks.study import BLOCKS
from factpress.sphinxext.builders.pdf import PdfBuilder
from factpress.sphinxext.domain import FactDomain
from factpress.sphinxext.roles import ClaimRole


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, in the order in which a page meets it."""
    app.add_config_value("factpress_root", "", "", types=frozenset({str}))
    app.add_config_value("factpress_claims", "claims", "env", types=frozenset({str}))
    app.add_config_value("factpress_large_print", False, "", types=frozenset({bool}))
    app.connect("config-inited", config.configure, priority=100)
    style.setup(app)
    for extension in ("myst_parser", "sphinxcontrib.bibtex"):
        app.setup_extension(extension)
    # reading
    nodes.setup(app)
    app.add_domain(FactDomain)
    app.add_role("claim", ClaimRole())
    app.add_directive("objectives", directives.Objectives)
    app.add_directive(figures.PLACE, figures.BookFigure)
    for kind in (*directives.OF_LEDGER, figures.DATA, *BLOCKS):
        app.add_directive(kind, directives.Filled)
        app.add_directive_to_domain("fact", kind, directives.Filled)
    app.add_transform(transforms.NumberChapter)
    app.connect("builder-inited", load_facts, priority=400)
    app.connect("env-get-outdated", staleness.outdated)
    # bibtex formats its labels in the same event, at 500
    app.connect("env-updated", place_facts, priority=700)
    # writing
    app.connect("env-get-updated", staleness.to_write)
    app.connect("doctree-resolved", fill.fill)
    app.connect("build-finished", staleness.note_written)
    for theme in ("factpress", "factpress_epub"):
        app.add_html_theme(theme, str(Path(__file__).parent / "themes" / theme))
    app.add_builder(PdfBuilder)
    return {
        "version": __version__,
        "env_version": 5,  # goes up with every change of what is stored in doctrees
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def load_facts(app: Sphinx) -> None:
    """Read the ledger and what stands beside it; handler of `builder-inited`."""
    root = app.config.factpress_root
    facts = context.load(read_settings(Path(root))) if root else project.load(app)
    app.env.domains["fact"].facts = facts  # type: ignore[attr-defined]


def place_facts(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Find where claims and sources are used; handler of `env-updated`."""
    env.domains["fact"].facts = context.placed(context.loaded(env), env)  # type: ignore[attr-defined]
    return []
