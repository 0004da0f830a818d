"""Treaties at a glance: a table of all, and below it what each one says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes

from factpress.model.study.aids import SourcedDate
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.study.parts import cited, claims, dated, dated_in_short, facts_list, left_open
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make, table
from factpress.sphinxext.wording import typeset
from factpress.subjects.treaties.records import KeyArticle, Status, Treaty, TreatyStatus, treaties_of, treaty_anchor

STATUS_WORDS = {
    Status.IN_FORCE: "In force",
    Status.SUSPENDED_IN_PART: "Suspended in part",
    Status.REPLACED: "Replaced",
    Status.ENDED: "Ended",
    Status.OPEN: "Open",
}
FEW = 3  #: parties that a cell of the table can name


def treaties(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the table of all treaties, and an entry for each."""
    listed = treaties_of(page.context.book.study_aids).treaties
    rows = [
        make(
            "tr",
            make("th", link(f"#{treaty_anchor(treaty.id)}", typeset(treaty.short)), scope="row"),
            make("td", _parties_in_short(page, treaty)),
            make("td", *dated_in_short(page, treaty.signed)),
            make("td", *dated_in_short(page, treaty.in_force)),
            make("td", STATUS_WORDS[treaty.today.status], *cited(page, treaty.today.sources)),
        )
        for treaty in listed
    ]
    if not rows:
        return []
    headings = ("Treaty", "Parties", "Signed", "In force", "Today")
    return [table(headings, rows, "treaties"), *(_entry(page, treaty) for treaty in listed)]


def _entry(page: EditionPage, treaty: Treaty) -> element:
    return make(
        "section",
        make("h2", typeset(treaty.name)),
        facts_list(_facts(page, treaty)),
        ids=treaty_anchor(treaty.id), classes="treaty",
    )  # fmt: skip


def _facts(page: EditionPage, treaty: Treaty) -> Iterator[tuple[str, Sequence[nodes.Node | str]]]:
    yield "Parties", [_listed([_name(page, party) for party in treaty.parties])]
    yield "Signed", dated(page, treaty.signed)
    yield "In force", dated(page, treaty.in_force)
    yield "Joined", _moves(page, treaty.joined)
    yield "Left", _moves(page, treaty.left)
    yield "Ended", dated(page, treaty.ended) if treaty.ended else []
    yield treaty.key_article.article or "Promise", _promise(page, treaty.key_article)
    yield "Today", _today(page, treaty.today)
    yield "Note", [typeset(treaty.note)] if treaty.note else []
    yield "Claims", claims(page, treaty.claims, "")


def _promise(page: EditionPage, article: KeyArticle) -> list[nodes.Node]:
    if article.says is None:
        return left_open(page, article.open or "the text", article.sources)
    return [nodes.Text(typeset(article.says)), *cited(page, article.sources)]


def _today(page: EditionPage, status: TreatyStatus) -> list[nodes.Node]:
    said = [make("strong", STATUS_WORDS[status.status]), nodes.Text(f". {typeset(status.says)}")]
    if status.open:
        return [*said, nodes.Text(" "), *left_open(page, status.open, status.sources)]
    return [*said, *cited(page, status.sources)]


def _moves(page: EditionPage, moves: Sequence[SourcedDate]) -> list[nodes.Node]:
    said: list[nodes.Node] = []
    for move in moves:
        said += [nodes.Text("; ")] if said else []
        said += [
            nodes.Text(f"{_listed([_name(page, move.party or '')])}{', ' if move.date else ': '}"),
            *dated(page, move),
        ]
    return said


def _parties_in_short(page: EditionPage, treaty: Treaty) -> str:
    names = [_name(page, party) for party in treaty.parties]
    return _listed(names) if len(names) <= FEW else f"{len(names)} states"


def _listed(names: Sequence[str]) -> str:
    text = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    return f"{text[:1].upper()}{text[1:]}"


def _name(page: EditionPage, party: str) -> str:
    known = treaties_of(page.context.book.study_aids).party_by_id.get(party)
    return typeset(known.name) if known else party
