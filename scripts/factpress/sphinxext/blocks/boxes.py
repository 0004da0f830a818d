"""Boxes of a chapter: the article's claims beside what the sources carry, and claims without a place in the story."""

from __future__ import annotations

from docutils import nodes

from factpress.sphinxext.blocks.marks import (
    MarkedClaim,
    mark_link,
    note_opening,
    state_if_notable,
    verdict_word,
)
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import make, table
from factpress.sphinxext.wording import typeset, typeset_sentence


def article_said(page: EditionPage, use: BlockUse) -> list[nodes.Node]:
    """Return the box that sets the article's claims beside what the sources carry."""
    say = page.say
    rows = [
        make(
            "tr",
            make("td", mark_link(page, claim), classes="number"),
            make("td", typeset(claim.claim), classes="claim"),
            make("td", typeset(claim.finding.statement) if claim.finding else verdict_word(say, claim)),
        )
        for claim in filter(None, map(page.context.claim, use.words))
    ]
    headings = (say("column-claim"), say("column-article"), say("column-sources"))
    title = make("p", say("box-title"), classes="box-title")
    return [make("div", title, table(headings, rows, "said-table"), ids=use.anchor, classes="box")]


def article_said_in_print(page: EditionPage, use: BlockUse) -> list[nodes.Node]:
    """Return the box as two columns without heads: the article's claim, and what the sources carry."""
    rows = [
        make(
            "tr",
            make("th", mark_link(page, claim), " ", make("span", typeset_sentence(claim.claim), classes="claim"),
                 scope="row"),
            make("td", typeset(claim.finding.statement) if claim.finding else verdict_word(page.say, claim)),
        )
        for claim in filter(None, map(page.context.claim, use.words))
    ]  # fmt: skip
    title = make("p", page.say("box-title"), classes="box-title")
    body = make("table", make("tbody", *rows), classes="said-table")
    return [make("div", title, body, ids=use.anchor, classes="box")]


def also_in_article(page: EditionPage, use: BlockUse) -> list[nodes.Node]:
    """Return the box of the claims that have no place in the story: a line each, which is the claim's mark."""
    lines = []
    for number, claim_id in enumerate(use.words, start=use.first_mark):
        if claim := page.context.claim(claim_id):
            marked = MarkedClaim(claim, page.context.mark_ids[page.docname, number, claim_id])
            correction = claim.finding.correction if claim.finding else None
            line = [*note_opening(page, claim), *([" ", typeset_sentence(correction)] if correction else [])]
            lines.append(make("li", mark_link(page, *marked), " ", *line, *state_if_notable(page, claim)))
    if not lines:
        return []
    title = make("p", page.say("also-title"), classes="box-title")
    return [make("div", title, make("ul", *lines, classes="also"), classes="box")]
