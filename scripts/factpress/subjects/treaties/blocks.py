"""Treaties at a glance: a table of all, and below it what each one says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes

from factpress.model.dates import in_words
from factpress.model.study.records import SourcedDate
from factpress.sphinxext.blocks.page import EditionPage, words_in_sentence
from factpress.sphinxext.blocks.study.parts import (
    claim_links,
    date_with_sources,
    facts_list,
    left_open,
    short_date,
    source_links,
)
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make, table
from factpress.sphinxext.wording import Table, typeset
from factpress.subjects.treaties.records import KeyArticle, Treaty, TreatyStatus, treaties_of, treaty_anchor

ENGLISH: Table = {
    "treaty-name": "Treaty",
    "treaty-parties": "Parties",
    "treaty-signed": "Signed",
    "treaty-in-force": "In force",
    "treaty-joined": "Joined",
    "treaty-left": "Left",
    "treaty-ended": "Ended",
    "treaty-promise": "Promise",
    "treaty-today": "Today",
    "treaty-note": "Note",
    "treaty-claims": "Claims",
    "treaty-name-parties": "Treaty, parties",
    "treaty-dates": "Signed, in force",
    "treaty-promise-in-words": "What it promises, in our words",
    "treaty-not-seen": "not seen",
    "treaty-states": ("{count} state", "{count} states"),
    "treaty-text": "the text",
    "treaty-is-in-force": "In force",
    "treaty-is-suspended-in-part": "Suspended in part",
    "treaty-is-replaced": "Replaced",
    "treaty-is-ended": "Ended",
    "treaty-is-open": "Open",
}
WORDING = {"en": ENGLISH}  #: by language, beside the sentences of every book
FEW = 3  #: parties that a cell of the table can name


def treaties(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the table of all treaties, and an entry for each."""
    shown = treaties_of(page.context.book.study_aids).treaties
    rows = [
        make(
            "tr",
            make("th", link(f"#{treaty_anchor(treaty.id)}", typeset(treaty.short)), scope="row"),
            make("td", _parties_in_short(page, treaty)),
            make("td", *short_date(page, treaty.signed)),
            make("td", *short_date(page, treaty.in_force)),
            make("td", page.say(f"treaty-is-{treaty.today.status}"), *source_links(page, treaty.today.sources)),
        )
        for treaty in shown
    ]
    if not rows:
        return []
    headings = [page.say(f"treaty-{column}") for column in ("name", "parties", "signed", "in-force", "today")]
    return [table(headings, rows, "treaties"), *(_entry(page, treaty) for treaty in shown)]


def treaties_in_brief(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the table of the treaties that the booklet prints: parties, dates, promise and standing."""
    rows = [_row_in_brief(page, treaty) for treaty in treaties_of(page.context.book.study_aids).treaties]
    headings = [page.say(f"treaty-{name}") for name in ("name-parties", "dates", "promise-in-words", "today")]
    return [table(headings, rows, "treaties brief")] if rows else []


def _row_in_brief(page: EditionPage, treaty: Treaty) -> element:
    article = treaty.key_article
    promise: list[nodes.Node | str] = [make("em", article.article), " "] if article.article and article.says else []
    promise.append(typeset(article.says or article.open or page.say("treaty-text")))
    return make(
        "tr",
        make("th", typeset(treaty.short), make("span", f" {_parties_in_short(page, treaty)}", classes="parties"),
             scope="row", ids=treaty_anchor(treaty.id)),
        make("td", _date_in_brief(page, treaty.signed), make("br"), _date_in_brief(page, treaty.in_force)),
        make("td", *promise),
        make("td", page.say(f"treaty-is-{treaty.today.status}")),
    )  # fmt: skip


def _date_in_brief(page: EditionPage, datum: SourcedDate) -> str:
    return in_words(datum.date) if datum.date else page.say("treaty-not-seen")


def _entry(page: EditionPage, treaty: Treaty) -> element:
    return make(
        "section",
        make("h2", typeset(treaty.name)),
        facts_list(_facts(page, treaty)),
        ids=treaty_anchor(treaty.id), classes="treaty",
    )  # fmt: skip


def _facts(page: EditionPage, treaty: Treaty) -> Iterator[tuple[str, Sequence[nodes.Node | str]]]:
    say = page.say
    yield say("treaty-parties"), [_listed(page, treaty.parties)]
    yield say("treaty-signed"), date_with_sources(page, treaty.signed)
    yield say("treaty-in-force"), date_with_sources(page, treaty.in_force)
    yield say("treaty-joined"), _moves(page, treaty.joined)
    yield say("treaty-left"), _moves(page, treaty.left)
    yield say("treaty-ended"), date_with_sources(page, treaty.ended) if treaty.ended else []
    yield treaty.key_article.article or say("treaty-promise"), _promise(page, treaty.key_article)
    yield say("treaty-today"), _today(page, treaty.today)
    yield say("treaty-note"), [typeset(treaty.note)] if treaty.note else []
    yield say("treaty-claims"), claim_links(page, treaty.claims, "")


def _promise(page: EditionPage, article: KeyArticle) -> list[nodes.Node]:
    if article.says is None:
        return left_open(page, article.open or page.say("treaty-text"), article.sources)
    return [nodes.Text(typeset(article.says)), *source_links(page, article.sources)]


def _today(page: EditionPage, status: TreatyStatus) -> list[nodes.Node]:
    words = make("strong", page.say(f"treaty-is-{status.status}"))
    content = [words, nodes.Text(f". {typeset(status.says)}")]
    if status.open:
        return [*content, nodes.Text(" "), *left_open(page, status.open, status.sources)]
    return [*content, *source_links(page, status.sources)]


def _moves(page: EditionPage, moves: Sequence[SourcedDate]) -> list[nodes.Node]:
    content: list[nodes.Node] = []
    for move in moves:
        content += [nodes.Text("; ")] if content else []
        content.append(nodes.Text(f"{_listed(page, [move.party or ''])}{', ' if move.date else ': '}"))
        content += date_with_sources(page, move)
    return content


def _parties_in_short(page: EditionPage, treaty: Treaty) -> str:
    count = len(treaty.parties)
    return _listed(page, treaty.parties) if count <= FEW else page.say("treaty-states", count=count)


def _listed(page: EditionPage, parties: Sequence[str]) -> str:
    by_id = treaties_of(page.context.book.study_aids).party_by_id
    names = [typeset(by_id[party].name) if party in by_id else party for party in parties]
    text = words_in_sentence(page.say, names)
    return f"{text[:1].upper()}{text[1:]}"
