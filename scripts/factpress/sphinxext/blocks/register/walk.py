"""The walk through the article, unit by unit in its own order: where each went, or why it leads to no claim.

Only what is ours is shown: the number of a unit, its length and our headings; of the article itself nothing.
"""

from __future__ import annotations

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.outline import Section, Unit
from factpress.sphinxext.blocks.marks import mark_link, verdict_word
from factpress.sphinxext.blocks.page import EditionPage, place_links
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, make
from factpress.sphinxext.wording import typeset, typeset_sentence

WALK = "article-walk"  #: the block


def unit_anchor(unit: str) -> str:
    """Return the id of a unit in the walk."""
    return f"unit-{unit}"


def article_walk(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the sections of the article, each a heading of ours and a list of its units."""
    outline = page.context.book.outline
    known = {section.id: section for section in outline.sections}
    groups: dict[str, list[Unit]] = {}
    for unit in outline.units:
        groups.setdefault(unit.id.partition(".")[0], []).append(unit)
    return [_section(page, name, known.get(name), units) for name, units in groups.items()]


def _section(page: EditionPage, name: str, section: Section | None, units: list[Unit]) -> element:
    heading = typeset(section.heading) if section else name
    items = [_unit(page, unit) for unit in units]
    count = make("span", page.say("walk-units", count=len(units)), classes="count")
    return make("section", make("h2", heading, " ", count), make("ul", *items, classes="walk"), ids=f"walk-{name}")


def _unit(page: EditionPage, unit: Unit) -> element:
    claims = page.context.book.ledger.by_unit.get(unit.id, ())
    chars = page.say("walk-chars", count=int(unit.chars)) if unit.chars.isdecimal() else ""
    length = make("span", chars, classes="chars")
    went = [make("ul", *[_claim(page, claim) for claim in claims])] if claims else [make("p", _why(page, unit))]
    return make("li", make("p", make("span", unit.id, classes="id"), " ", length, classes="unit"), *went,
                ids=unit_anchor(unit.id))  # fmt: skip


def _claim(page: EditionPage, claim: Claim) -> element:
    places = place_links(page, page.context.marks.get(claim.id, []), claim.id)
    where = [nodes.Text(" "), make("span", *page.say.around("walk-treated", places=places), classes="where")]
    return make(
        "li", mark_link(page, claim), " ", make("span", verdict_word(page.say, claim), classes="word"), " ",
        typeset_sentence(claim.claim), *(where if places else ()),
    )  # fmt: skip


def _why(page: EditionPage, unit: Unit) -> str:
    """Return why a unit leads to no claim."""
    if unit.no_claim:
        return page.say(f"walk-{unit.no_claim}")
    if unit.id in page.context.book.drafted:
        return page.say("walk-drafted")
    return page.say("walk-open", why=typeset(unit.open or page.say("walk-no-reason")).rstrip("."))
