"""Filters of claims and sources: a form above a list, and addresses such as `claims.html?verdict=contradicted`.

The list is complete and in its groups without a script; `static/filters.js` filters and sorts it by the attributes
that are given to its items here. What an item may be filtered by is written `data-NAME`, several values with spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from docutils import nodes

from factpress.model.claim import Claim, Evidence
from factpress.model.prose import chapter_number
from factpress.model.vocabulary import Consulted, Grade, Kind, ReviewState, Verdict
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import Wording

REGISTER = "claims-register"  #: the block that counts lead to
NONE = "none"  #: value of what a claim has none of: a chapter, a finding
#: what a finding may rest on alone, as `Finding.rests_only_on` has it: value in an address
RESTS = {"one source": "one-source", "excerpts": "excerpts", "tertiary sources": "tertiary-sources"}


FIRST = 3  #: facets of a form that are seen at once; the others are folded


@dataclass(frozen=True)
class Facet:
    """One thing that a list can be filtered by."""

    name: str  #: in the address
    options: Sequence[tuple[str, str]]  #: value and words


def claim_facets(page: EditionPage) -> list[Facet]:
    """Return what the register can be filtered by, in the order of the form."""
    say, context = page.say, page.context
    chapters = {chapter_value(context, claim): chapter_words(page, claim) for claim in claims_by_chapter(context)}
    verdicts = [*((str(v), v.word) for v in Verdict), (NONE, say("unchecked"))]
    return [
        Facet("chapter", list(chapters.items())),
        Facet("verdict", verdicts),
        Facet("state", [(str(state), state.word) for state in ReviewState]),
        Facet("kind", [(str(kind), str(kind)) for kind in Kind]),
        *evidence_facets(),
        Facet("rests", [(RESTS[what], say(_RESTS_WORDS[what])) for what in RESTS]),
    ]


def evidence_facets() -> list[Facet]:
    """Return what evidence can be filtered by, wherever it is listed; both hold of one piece of it."""
    grades = [(str(grade), str(grade)) for grade in Grade]
    return [Facet("grade", grades), Facet("consulted", [(str(how), how.words) for how in Consulted])]


def claim_values(context: BookContext, claim: Claim) -> dict[str, str]:
    """Return the values of a claim by facet, and its evidence, as attributes of its row."""
    rests = claim.finding.rests_only_on if claim.finding else ()
    return {
        "data_chapter": chapter_value(context, claim),
        "data_verdict": str(claim.verdict or NONE),
        "data_state": str(context.reviews[claim.id].state),
        "data_kind": str(claim.kind),
        "data_rests": " ".join(RESTS[what] for what in rests),
        "data_evidence": evidence_values(claim.evidence),
    }


def evidence_values(items: Iterable[Evidence]) -> str:
    """Return grade and sight of each piece of evidence, `primary/full-text secondary/excerpt`."""
    return " ".join(f"{item.grade}/{item.consulted}" for item in items)


def claims_by_chapter(context: BookContext) -> list[Claim]:
    """Return all claims, those of a chapter together in their order, the chapters in reading order."""
    place = {doc: number for number, doc in enumerate(context.order)}
    return sorted(context.claims, key=lambda claim: place.get(context.home(claim) or "", len(place)))


def chapter_value(context: BookContext, claim: Claim) -> str:
    """Return the chapter of a claim as an address names it: its number, or the name of its document."""
    home = context.home(claim)
    number = chapter_number(home) if home else None
    return str(number) if number is not None else home.rpartition("/")[2] if home else NONE


def chapter_words(page: EditionPage, claim: Claim) -> str:
    """Return the title of a claim's chapter, with its number."""
    home = page.context.home(claim)
    return page.context.page_titles[home] if home else page.say("no-chapter")


def counted_claims(page: EditionPage, words: str, count: int, **facets: str) -> nodes.Node:
    """Return the words of a count; on the web they lead to the claims that are counted, if there are any."""
    place = page.context.document_with(REGISTER) if page.edition.filters and page.context.is_book and count else None
    return link(_address(page.uri(place, ""), facets), words, classes="count-link") if place else nodes.Text(words)


def _address(uri: str, facets: Mapping[str, str]) -> str:
    bare = uri.rstrip("#")
    return f"{bare}?{urlencode(facets)}" if facets else bare or uri


def filter_form(
    page: EditionPage, what: str, count: int, facets: Sequence[Facet], sorts: Sequence[tuple[str, str]]
) -> element:
    """Return the form that filters the list behind it, of so many items; `what` is `claims` or `sources`.

    It is shown where scripts run. The options have their counts when the script has counted them.
    """
    say = page.say
    fields = [_field(say, facet.name, [("", say("filter-any")), *facet.options]) for facet in facets]
    fields.append(_field(say, "sort", sorts))
    words = make("input", type="search", name="q", autocomplete="off", spellcheck="false")
    return make(
        "form",
        make("label", make("span", say(f"filter-words-{what}")), words, classes="filter-words"),
        make("div", *fields[:FIRST], classes="facets"),
        *([make("details", make("summary", say("filter-more")), make("div", *fields[FIRST:], classes="facets"))]
          if fields[FIRST:] else []),
        make("p", make("span", role="status", classes="filter-status"), " ",
             link("?", say("filter-all"), classes="filter-all", hidden="hidden"), classes="filter-told"),
        classes="filters", aria_label=say(f"filter-{what}"), **_sentences(say, what, count),
    )  # fmt: skip


def _field(say: Wording, name: str, options: Sequence[tuple[str, str]]) -> element:
    items = [make("option", words, value=value) for value, words in options]
    return make("label", make("span", say(f"facet-{name}")), make("select", *items, name=name))


def _sentences(say: Wording, what: str, count: int) -> dict[str, str]:
    """Return what the script says, with `{n}` for its counts."""
    names = {"data_some": f"filtered-some-{what}", "data_none": "filtered-none"}
    with_evidence = {"data_evidence_too": "filtered-evidence"}
    sentences = {key: say(name, n="{n}", of="{of}") for key, name in (names | with_evidence).items()}
    return {"data_all": say(f"filtered-all-{what}", count=count)} | sentences


_RESTS_WORDS = {
    "one source": "only-one-source",
    "excerpts": "only-excerpts",
    "tertiary sources": "only-tertiary-sources",
}
