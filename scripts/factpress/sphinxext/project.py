"""A Sphinx project that is not a book: it has a ledger, and takes from here roles, directives and the builder `pdf`.

Nothing else of it is touched: its theme, its settings, its Markdown and its EPUB are its own. The folder of the
ledger is named by `factpress_claims` in conf.py; the sources are those of `bibtex_bibfiles`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.util.osutil import make_filename_from_project

from factpress.files.bibtex.parse import read_bibliography
from factpress.files.ledger import read_ledger, read_seen, read_study_aids
from factpress.files.link_record.lock import LOCK_NAME, read_lock
from factpress.files.text import relative_name
from factpress.model.book import Book, Ledger
from factpress.model.outline import Outline
from factpress.model.review import reviews_by_claim
from factpress.problems import sorted_problems
from factpress.settings import Settings
from factpress.sphinxext import log
from factpress.sphinxext.blocks.editions import edition_of
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import claim_domain

if TYPE_CHECKING:
    from factpress.sphinxext.blocks.registry import Block

STATIC = Path(__file__).parent / "static"
SCRIPT, STYLE = "factpress-cards.js", "factpress-marks.css"
CARDS = Path(__file__).parent / "themes" / "factpress" / "static" / "cards.js"


def configure(app: Sphinx, config: Config) -> None:
    """Set what bibtex needs to start where the project has no bibliography, and what shows cards and entries."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []
    if "sphinxcontrib.bibtex" not in config.extensions:
        # it is here for us alone; its own styles know neither reports nor dates
        for name in ("bibtex_default_style", "bibtex_reference_style"):
            if name not in config._raw_config:
                setattr(config, name, "factpress")
    app.connect("write-started", write_assets)
    app.connect("html-page-context", link_assets)


def project_settings(app: Sphinx) -> Settings:
    """Return what conf.py says of the project, as settings of a book with the defaults for all else."""
    config = app.config
    return Settings(
        name=make_filename_from_project(config.project),
        title=config.project,
        publisher=config.author,
        licence="",
        licence_url="",
        language=config.language or "en",
        root=Path(app.srcdir),
    )


def load_context(app: Sphinx, settings: Settings, blocks: Mapping[str, Block]) -> BookContext:
    """Return the context of a project's ledger, before any document is read; what cannot be read is a warning."""
    root, config = settings.root, app.config
    claims = Path(app.confdir) / config.factpress_claims
    ledger, problems = read_ledger(claims, root) if claims.is_dir() else (Ledger(), [])
    files = [(Path(app.confdir) / name).resolve() for name in config.bibtex_bibfiles]
    sources, in_sources = read_bibliography(files, root)
    study_aids, in_aids = read_study_aids(claims.parent, root, ())
    links, in_links = read_lock(claims / LOCK_NAME, root)
    seen, in_seen = read_seen(claims, root)
    book = Book(ledger, Outline(), None, sources, study_aids, links=links, seen=seen)
    date = _today()
    listed = sorted_problems([*problems, *in_sources, *in_aids, *in_links, *in_seen])
    optional = [claims / name for name in ("people.yaml", "signoffs.yaml")]
    absent = {relative_name(file, root) for file in optional if not file.exists()}
    log.warn_of_problems([each for each in listed if each.is_error and each.where.file not in absent])
    states = reviews_by_claim(book, settings.policy, date)
    return BookContext(settings, book, tuple(listed), date, states, blocks, is_book=False)


def _today() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return now.date().isoformat()


def write_assets(app: Sphinx, builder: Builder) -> None:
    """Write script and style of the cards beside the pages, if any page has some; handler of `write-started`."""
    edition = edition_of(builder)
    is_online = builder.format == "html" and not edition.is_one_file
    if is_online and any(_shows(app, doc) for doc in app.env.found_docs):
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(STATIC / STYLE, static / STYLE)
        if edition.runs_scripts:
            shutil.copyfile(CARDS, static / SCRIPT)


def link_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link them on the pages where marks or blocks stand, and on no other; handler of `html-page-context`."""
    if doctree is not None and _shows(app, pagename):
        app.add_css_file(STYLE)
        if edition_of(app.builder).runs_scripts:
            app.add_js_file(SCRIPT)


def _shows(app: Sphinx, docname: str) -> bool:
    domain = claim_domain(app.env)
    return any(docname in table for table in (domain.marks, domain.terms, domain.block_uses))
