"""The register: a row for each claim, in print and in the EPUB one table, on the web in its chapters with a filter."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from factpress.model.claim import Claim
from factpress.sphinxext.blocks.marks import glyph_element, verdict_elements
from factpress.sphinxext.blocks.page import EditionPage, place_links, words_in_sentence
from factpress.sphinxext.blocks.register.filters import (
    chapter_value,
    chapter_words,
    claim_facets,
    claim_values,
    claims_by_chapter,
    filter_form,
)
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, grouped_table, link, make, table
from factpress.sphinxext.wording import typeset

COLUMNS = ("column-claim", "column-verdict-review", "column-article-claim", "column-where")
SORTS = ("chapter", "number", "verdict", "state", "evidence")  #: names that the script knows


def register(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the claims register: one row a claim, linking to its entry."""
    names = [page.say(name) for name in COLUMNS]
    if not (page.edition.filters and page.context.is_book and page.context.claims):
        return [table(names, [_row(page, claim) for claim in page.context.claims], "register")]
    groups: dict[str, list[Claim]] = {}
    for claim in claims_by_chapter(page.context):
        groups.setdefault(chapter_value(page.context, claim), []).append(claim)
    bodies = [_group(page, claims) for claims in groups.values()]
    sorts = [(name, page.say(f"sort-{name}")) for name in SORTS]
    return [
        filter_form(page, "claims", len(page.context.claims), claim_facets(page), sorts),
        grouped_table(names, bodies, "register"),
    ]


def _group(page: EditionPage, claims: list[Claim]) -> element:
    """Return the rows of one chapter below its title."""
    home, words = page.context.home(claims[0]), chapter_words(page, claims[0])
    title = link(page.uri(home, ""), words) if home else nodes.Text(words)
    count = make("span", page.say("cover-claims", count=len(claims)), classes="count")
    head = make("tr", make("th", title, " ", count, scope="rowgroup", colspan=str(len(COLUMNS))), classes="group")
    return make("tbody", head, *[_row(page, claim, as_item=True) for claim in claims])


def _row(page: EditionPage, claim: Claim, as_item: bool = False) -> element:
    state = page.context.reviews[claim.id].state
    words = [*verdict_elements(page.say, claim), make("br"), glyph_element(state.glyph), " ", state.word]
    values = claim_values(page.context, claim) if as_item else {}
    return make(
        "tr",
        make("th", link(page.entry_uri(claim), claim.id, classes="id"), scope="row"),
        make("td", *words, classes="verdict"),
        make("td", typeset(claim.claim), *(_seen(page, claim) if as_item else ()), classes="claim"),
        make("td", *place_links(page, page.context.marks.get(claim.id, []), claim.id), classes="where"),
        **values,
    )


def _seen(page: EditionPage, claim: Claim) -> list[nodes.Node]:
    """Return what a claim can be filtered by beside its verdict, in words below it."""
    say, items = page.say, claim.evidence
    parts = [str(claim.kind)]
    if items:
        grades = words_in_sentence(say, _in_order(item.grade for item in items))
        seen = words_in_sentence(say, _in_order(item.consulted.words for item in items))
        parts += [say("row-evidence", count=len(items), grades=grades), seen]
    return [make("span", " · ".join(parts), classes="facts-line")]


def _in_order(words: Iterable[str]) -> list[str]:
    return [str(word) for word in dict.fromkeys(words)]
