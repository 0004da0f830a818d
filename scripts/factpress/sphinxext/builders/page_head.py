"""What the head of a web page says of it: a description, and where the site has an address, what others show of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from docutils import nodes

from factpress.model.prose import chapter_number
from factpress.sphinxext.blocks.title_page import about_the_book
from factpress.sphinxext.context import BookContext

MOST = 300  #: characters of a description
SENTENCE_END = re.compile(r"[.!?…][’”)]*(?=\s+[“‘(]?[^\Wa-z_]|$)")
CARD = (1200, 630)  #: width and height of the picture that is shown where a page is shared, in pixels


class MetaTag(NamedTuple):
    """A `meta` element: `name` or `property`, what it is called, and what it says."""

    attribute: str
    called: str
    content: str


def description(context: BookContext, docname: str, doctree: nodes.document) -> str:
    """Return whole sentences on a page: its subtitle and how it begins; of the title page, what the book is."""
    if docname == context.order[0]:
        return first_sentences(about_the_book(context))
    paragraphs = [p for p in doctree.findall(nodes.paragraph) if not _is_aside(p)]
    subtitle = next((p for p in paragraphs if "subtitle" in p["classes"]), None)
    lead = next((p for p in paragraphs if p is not subtitle), None)
    words = [_words(p) for p in (subtitle, lead) if p is not None]
    if not any(words):
        return context.say("web-page-about", page=context.page_titles[docname], title=context.settings.title)
    return first_sentences(" ".join(text if SENTENCE_END.search(text[-2:]) else f"{text}." for text in words if text))


def first_sentences(text: str, most: int = MOST) -> str:
    """Return as many whole sentences as fit, at least one; a single one that is too long ends at a word, with `…`."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    if fitting := [end for end in ends if end <= most]:
        return text[: fitting[-1]]
    if len(text) <= most:
        return text
    cut = text[:most].rpartition(" ")[0] or text[:most]
    return f"{cut.rstrip(' ,;:–')}…"


def meta_tags(context: BookContext, docname: str, title: str, about: str, card: str = "") -> list[MetaTag]:
    """Return what a page says of itself to those who share or cite it; `card` is the file of the picture, if any."""
    settings, site = context.settings, site_address(context)
    chapter = chapter_number(docname) is not None
    cited = {
        "citation_title": title,
        "citation_author": settings.publisher,
        "citation_publisher": settings.publisher,
        "citation_publication_date": context.date.replace("-", "/"),
        "citation_language": settings.language,
        **({"citation_inbook_title": settings.title} if chapter else {}),
    }
    if not site:
        return [MetaTag("name", name, text) for name, text in cited.items() if text]
    address = page_address(context, docname)
    shared = {
        "og:type": "book" if docname == context.order[0] else "article",
        "og:site_name": settings.title,
        "og:title": title,
        "og:description": about,
        "og:url": address,
        "og:locale": settings.language.replace("-", "_"),
    }
    if card:
        width, height = CARD
        shared |= {
            "og:image": f"{site}{card}",
            "og:image:width": str(width),
            "og:image:height": str(height),
            "og:image:alt": settings.title,
        }
    named = cited | {
        "citation_public_url": address,
        "twitter:card": "summary_large_image" if card else "summary",
    }
    return [
        *(MetaTag("name", name, text) for name, text in named.items() if text),
        *(MetaTag("property", name, text) for name, text in shared.items() if text),
    ]


def site_address(context: BookContext) -> str:
    """Return the address of the site with a slash at its end, empty where none is set."""
    site = context.settings.site
    return f"{site.rstrip('/')}/" if site else ""


def page_address(context: BookContext, docname: str) -> str:
    """Return the address of a page on the site; the title page's is that of the site."""
    return site_address(context) + ("" if docname == context.order[0] else f"{docname}.html")


def groups(context: BookContext) -> Mapping[str, list[str]]:
    """Return the documents of the book but its title page, in three groups, each in reading order.

    All that stands up to the last chapter are chapters; what follows are pages to study with, up to the first that
    shows claims or sources of the whole book; the rest is the record.
    """
    pages = list(context.order[1:])
    last = max((at for at, doc in enumerate(pages, 1) if chapter_number(doc) is not None), default=len(pages))
    shows_all = {context.bibliography} | {
        doc for doc, uses in context.block_uses.items() if any(context.blocks[use.name].shows_all for use in uses)
    }
    record = next((at for at, doc in enumerate(pages) if at >= last and doc in shows_all), len(pages))
    return {"chapters": pages[:last], "study": pages[last:record], "record": pages[record:]}


def _is_aside(paragraph: nodes.paragraph) -> bool:
    """Return whether a paragraph stands in a box or a list, and so does not tell what the page is about."""
    return not isinstance(paragraph.parent, nodes.section | nodes.document | nodes.block_quote)


def _words(paragraph: nodes.paragraph) -> str:
    """Return what a paragraph says, without numbers, marks and citations."""
    texts = [text.astext() for text in paragraph.findall(nodes.Text) if not _is_apparatus(text, paragraph)]
    return re.sub(r" (?=[.,;:?!])", "", " ".join("".join(texts).split()))


def _is_apparatus(text: nodes.Text, paragraph: nodes.paragraph) -> bool:
    node = text.parent
    while node is not paragraph:
        if {"bibtex-citation", "mark", "pn", "fn"} & set(node["classes"]):
            return True
        node = node.parent
    return False
