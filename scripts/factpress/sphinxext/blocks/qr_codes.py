"""In print, the way from paper to the pages quoted: QR codes of what a chapter's findings quote most."""

from __future__ import annotations

import re
from collections import defaultdict

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.links.cited import evidence_page
from factpress.model.links.copying import copying_kind
from factpress.press.qr_codes import QUIET_ZONE, qr_code
from factpress.sphinxext.bibliography.entry_text import link_target
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.nodes import element, link, make

MOST = 8  #: codes a chapter; the rest would be clutter, and stands in the references
SIDE = 17.0  #: mm of a code without its white border; twelve is the least that telephones read at ease
MODULE = 0.36  #: mm that each square has at least


def qr_codes(page: EditionPage) -> list[nodes.Node]:
    """Return the block at the end of a chapter's entries, or nothing where nothing is quoted."""
    quoted = most_quoted(page)
    if not quoted:
        return []
    say, place = page.say, page.context.bibliography
    sources = link(page.uri(place, ""), say("codes-sources-link")) if place else say("codes-sources")
    lead = make("p", *say.around("codes-lead", sources=sources))
    codes = make("ul", *[_code(page, *source) for source in quoted], classes="codes")
    return [make("div", make("h3", say("codes-heading")), lead, codes, classes="scan")]


def most_quoted(page: EditionPage) -> list[tuple[str, str, list[Claim]]]:
    """Return key and address of the sources that the chapter's claims rest on most, each with those claims.

    A source that was seen on several pages counts once, with the page that bears on most.
    """
    seen: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in page.context.of_document(page.docname):
        for item in claim.evidence:
            source = page.context.book.sources.get(item.source)
            url = printed_address(evidence_page(item, source))
            if url and not copying_kind(url):
                seen[item.source][url].append(claim)
    most = [(key, *max(pages.items(), key=lambda bearing: len(bearing[1]))) for key, pages in seen.items()]
    return sorted(most, key=lambda source: -len(source[2]))[:MOST]


def printed_address(url: str) -> str:
    """Return an address without the directive that marks a text on its page: paper has no use for it."""
    return link_target(re.sub(r"#?:~:.*$", "", url)) if url else ""


def _code(page: EditionPage, key: str, url: str, claims: list[Claim]) -> element:
    code = qr_code(url)
    module = max(SIDE / code.dark, MODULE)
    size, white = f"{module * code.side:.2f}mm", f"{-module * QUIET_ZONE:.2f}mm"
    title = make("title", page.say("code-title", source=page.short(key)))
    drawn = make(
        "svg", title, make("path", d=code.path, stroke="#000", fill="none"),
        viewBox=f"0 0 {code.side} {code.side}", width=size, height=size,
        style=f"left:{white};top:{white}",  # the dark squares line up with the text, not their white border
    )  # fmt: skip
    # beside a larger code the text begins further right
    aside = f"margin-left:{module * code.dark - SIDE:.2f}mm"
    ids = ", ".join(dict.fromkeys(claim.id for claim in claims))
    return make(
        "li",
        drawn,
        make("div",
             make("p", link(page.source_uri(key), page.short(key), classes="src"), classes="of"),
             make("p", link(url, re.sub(r"^https://|/$", "", url)), classes="address"),
             make("p", page.say("code-claims", claims=ids), classes="for"),
             style=aside),
    )  # fmt: skip
