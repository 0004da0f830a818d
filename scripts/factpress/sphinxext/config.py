"""What the book's pyproject.toml says to Sphinx, so that nothing is set twice; conf.py may still say otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from factpress import __version__
from factpress.files.edition_date import edition_date
from factpress.model.dates import in_words
from factpress.model.prose import EXTENSIONS, NO_PAGES
from factpress.model.subject import load_subjects
from factpress.settings import Settings, is_book, read_settings
from factpress.sphinxext import project
from factpress.sphinxext.allowed_markup import set_up_guards
from factpress.sphinxext.builders import web
from factpress.sphinxext.builders.epub import EpubBuilder, book_identifier
from factpress.sphinxext.directives import BlockDirective, TermRole
from factpress.sphinxext.pictures import PictureConverter
from factpress.sphinxext.wording import Wording


def configure(app: Sphinx, config: Config) -> None:
    """Fill in what conf.py leaves unset; handler of `config-inited`, before MyST and bibtex read theirs."""
    root = book_root(Path(app.srcdir))
    if root is None:
        project.configure(app, config)
        return
    settings = read_settings(root)
    _set_up_book(app)
    date = edition_date(settings)
    for name, value in _values(settings, date).items():
        # what conf.py itself says; Sphinx has no public way to tell it from a default
        if name not in config._raw_config:
            setattr(config, name, value)
    for subject in load_subjects(settings.subjects):
        for kind in subject.blocks:
            app.add_directive(kind, BlockDirective)
            app.add_directive_to_domain("claim", kind, BlockDirective)
    for name, value in SYNTAX.items():
        setattr(config, name, value)
    set_up_guards(app, config, settings)
    config.factpress_root = str(settings.root)
    config.factpress_large_print = config.factpress_large_print or settings.large_print
    config.factpress_chapter_handouts = config.factpress_chapter_handouts or list(settings.chapter_handouts)


def book_root(srcdir: Path) -> Path | None:
    """Return the root of the book whose docs/ is built, None where another project is."""
    root = srcdir.resolve().parent
    return root if srcdir.name == "docs" and is_book(root) else None


def _set_up_book(app: Sphinx) -> None:
    """Register what a book alone has: its own ways to make the web site and the EPUB, and its glossary."""
    # looked up before ours: Sphinx's own role for its own glossary
    app.add_role_to_domain("std", "term", TermRole(), override=True)
    app.add_post_transform(PictureConverter)
    # before Sphinx takes `pathto` for the addresses of style sheets and scripts
    app.connect("html-page-context", web.page_context, priority=400)
    app.connect("html-collect-pages", web.collect_pages)
    app.connect("build-finished", web.write_data)
    app.add_builder(web.WebBuilder, override=True)
    app.add_builder(EpubBuilder, override=True)


#: scripts of the web site that wait for the page; the one that does not, `scheme.js`, stands in the theme
DEFERRED = ("cards.js", "addresses.js", "around.js", "find.js")

#: what conf.py does not change, because `factpress check` reads the pages by it
SYNTAX: dict[str, Any] = {
    "source_suffix": {".md": "markdown"},
    "myst_enable_extensions": set(EXTENSIONS),
    "myst_disable_syntax": [],
    "myst_commonmark_only": False,
    "myst_gfm_only": False,
    "myst_fence_as_directive": set(),
    "myst_substitutions": {},
    "myst_html_meta": {},
    "myst_all_links_external": False,
}


def _copyright(settings: Settings, date: str, code: str = "") -> str:
    """Return year, publisher and licences, as far as they are set, without a full stop at the end."""
    named = "-licence-code" if settings.licence and code else "-licence" if settings.licence else ""
    values = {"year": date[:4], "publisher": settings.publisher, "licence": settings.licence, "code": code}
    return Wording(settings.language)(f"copyright{named}", **values)


def _values(settings: Settings, date: str) -> dict[str, Any]:
    return {
        "project": settings.title,
        "author": settings.publisher,
        "copyright": _copyright(settings, date, settings.code_licence),
        "version": __version__,
        "release": __version__,
        "language": settings.language,
        "today": in_words(date),  # the clock never enters an edition
        "exclude_patterns": [*NO_PAGES],
        "smartquotes": True,
        "smartquotes_action": "qe",  # the two hyphens of an option stay two; prose has its dashes typed
        "bibtex_bibfiles": ["../references.bib"],
        "bibtex_default_style": "factpress",
        "bibtex_reference_style": "factpress",
        "bibtex_cite_id": "ref-{key}",
        "bibtex_tooltips": False,
        "html_theme": "factpress",
        "html_title": settings.title,
        "html_short_title": settings.title,
        "html_use_index": False,
        "html_domain_indices": False,
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_scaled_image_link": False,
        "html_permalinks": False,
        "html_baseurl": f"{settings.site.rstrip('/')}/" if settings.site else "",
        "html_css_files": ["faces.css", "around.css"],
        "html_js_files": [(name, {"defer": "defer"}) for name in DEFERRED],
        "epub_theme": "factpress_epub",
        "epub_title": settings.title,
        "epub_author": settings.publisher,
        "epub_publisher": settings.publisher,
        "epub_contributor": settings.publisher,
        "epub_copyright": f"{_copyright(settings, date)}.",
        "epub_description": settings.subtitle or settings.title,
        "epub_language": settings.language,
        "epub_basename": settings.name,
        "epub_identifier": book_identifier(settings),
        "epub_uid": "book-id",
        "epub_css_files": ["faces.css"],
        "epub_show_urls": "no",
        "epub_use_index": False,
        "epub_tocdup": False,
        "epub_tocdepth": 2,
        "epub_exclude_files": [".buildinfo.bak"],  # made by Sphinx when a setting changes
    }
