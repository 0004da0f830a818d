"""Files of the web site beside its pages: the inventory for other projects, and what a site with an address has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.inventory import InventoryFile

from factpress.files.atomic import write_atomically
from factpress.problems import ToolError
from factpress.sphinxext.blocks.study.glossary import term_anchor
from factpress.sphinxext.builders.cover_picture import SHARING_PICTURE, cover_picture
from factpress.sphinxext.builders.page_head import page_address, site_address
from factpress.sphinxext.context import BookContext, book_context

CARD = "_static/cover.png"
LOST_PAGE = "404"  #: the page that a server shows where nothing stands

InventoryObject = tuple[str, str, str, str, str, int]  #: name, words, type, document, anchor, priority


def write_inventory(builder: StandaloneHTMLBuilder, file: Path) -> None:
    """Write objects.inv: beside what Sphinx lists, claims, paragraphs, terms and sources as labels.

    Labels of the standard domain, because every Sphinx project has the role `ref`: of `C034`, `p3-12`, `term-toll`
    and `ref-KEY` it then makes a link, with a name for its words.
    """
    context = book_context(builder.env)
    domains = [
        SimpleNamespace(name=domain.name, get_objects=lambda listed=listed: listed)
        for domain in builder.env.domains.sorted()
        for listed in ([*domain.get_objects(), *(labels(context) if domain.name == "std" else ())],)
    ]
    listing: Any = SimpleNamespace(config=builder.config, domains=SimpleNamespace(sorted=lambda: domains))
    InventoryFile.dump(file, listing, builder)


def labels(context: BookContext) -> Iterator[InventoryObject]:
    """Yield what other projects may refer to, each once."""
    for claim in context.claims:
        if home := context.home(claim):
            yield claim.id, claim.id, "label", home, claim.id, -1
    for doc, paragraphs in context.paragraphs.items():
        for paragraph in paragraphs:
            words = context.say("paragraph", label=paragraph.label)
            yield paragraph.anchor, words, "label", doc, paragraph.anchor, -1
    if place := context.document_with("glossary-terms"):
        for term in context.book.study_aids.glossary:
            anchor = term_anchor(term.id)
            yield anchor, " ".join(term.term.split()), "label", place, anchor, -1
    if place := context.bibliography:
        for key in sorted(context.labels.keys() & context.book.sources.keys()):
            source = context.book.sources[key]
            yield source.anchor, " ".join(source.short.split()), "label", place, source.anchor, -1


def write_card(builder: StandaloneHTMLBuilder) -> str:
    """Write the picture that is shown where a page is shared, and return its file; empty where there is none.

    There is none without an address of the site, and where the layout that draws it cannot run.
    """
    context = book_context(builder.env)
    if not context.settings.site:
        (Path(builder.outdir) / CARD).unlink(missing_ok=True)
        return ""
    try:
        picture = cover_picture(context, SHARING_PICTURE, Path(builder.doctreedir) / "cover")
    except ToolError:
        return ""
    write_atomically(Path(builder.outdir) / CARD, picture)
    return CARD


def write_site_files(builder: StandaloneHTMLBuilder) -> None:
    """Write sitemap.xml and robots.txt where the site has an address, and remove those of an earlier build."""
    context, out = book_context(builder.env), Path(builder.outdir)
    files = {"sitemap.xml": _sitemap, "robots.txt": _robots}
    for name, text in files.items():
        if context.settings.site:
            write_atomically(out / name, text(context))
        else:
            (out / name).unlink(missing_ok=True)
    if not context.settings.site:
        (out / f"{LOST_PAGE}.html").unlink(missing_ok=True)


def _sitemap(context: BookContext) -> str:
    entries = (
        f"  <url><loc>{escape(page_address(context, doc))}</loc><lastmod>{context.date}</lastmod></url>\n"
        for doc in context.order
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{''.join(entries)}</urlset>\n"


def _robots(context: BookContext) -> str:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_address(context)}sitemap.xml\n"


def lost_page(context: BookContext) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page for addresses that lead nowhere, where the site has an address."""
    if context.is_book and context.settings.site:
        yield LOST_PAGE, {"title": context.say("web-lost-title")}, "404.html"


def from_the_root(context: BookContext, template: dict[str, Any]) -> None:
    """Make the addresses of a page absolute on its host: it is shown in the place of any other, at any depth."""
    base, relative = urlsplit(site_address(context)).path, template["pathto"]

    def pathto(otheruri: str, resource: bool = False, baseuri: str | None = None) -> str:
        to = relative(otheruri, resource)
        return base if to in ("", "#") else f"{base}{to}"

    def rooted(tag: Callable[[Any], str]) -> Callable[[Any], str]:
        # Sphinx makes these with the `pathto` that it began with; this page lies at the root, so they do not climb
        return lambda file: re.sub(r' (href|src)="(?!/|\w+:)', rf' \1="{base}', tag(file))

    template["pathto"] = pathto
    template["css_tag"], template["js_tag"] = rooted(template["css_tag"]), rooted(template["js_tag"])
    template["content_root"] = base
