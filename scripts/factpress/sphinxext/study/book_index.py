"""The index of names, subjects, treaties and places: on paper with pages, elsewhere with paragraphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from docutils import nodes

from factpress.model.study import IndexTerm
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.render import Page
from factpress.sphinxext.words import typeset


def book_index(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return the entries under their first letters."""
    entries: dict[str, list[IndexTerm]] = {}
    for one in page.facts.book.apparatus.index_terms:
        entries.setdefault(one.entry, []).append(one)
    letters: dict[str, list[element]] = {}
    for entry in sorted(entries, key=sorted_as):
        if item := _item(page, entry, entries[entry]):
            letters.setdefault(sorted_as(entry)[:1].upper(), []).append(item)
    sections = [
        make("section", make("h2", letter), make("ul", *items, classes="index-entries"), classes="letter")
        for letter, items in letters.items()
    ]
    return [make("div", *sections, classes="index-frame")] if sections else []


def sorted_as(text: str) -> str:
    """Return a text as the alphabet takes it: without accents, capitals and punctuation."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return "".join(sign for sign in plain.casefold() if sign.isalnum() or sign == " ").strip()


def _item(page: Page, entry: str, terms: Sequence[IndexTerm]) -> element | None:
    own = [part for one in terms if not one.sub for part in _places(page, one)]
    subs = []
    for one in sorted((one for one in terms if one.sub), key=lambda one: sorted_as(one.sub or "")):
        if places := _places(page, one):
            subs.append(make("li", typeset(one.sub or ""), *places, ids=anchor(one)))
    if not own and not subs:
        return None  # a word that no chapter uses
    ids = next((anchor(one) for one in terms if not one.sub), "")
    below = [make("ul", *subs)] if subs else []
    return make("li", make("span", typeset(entry), classes="entry-word"), *own, *below, ids=ids)


def anchor(term: IndexTerm) -> str:
    """Return the id of an entry."""
    return f"index-{term.id}"


def _places(page: Page, term: IndexTerm) -> list[nodes.Node]:
    uses = page.facts.hits.get(term.id, ())
    see = [one for one in term.see if one in page.facts.index_by_id]
    found: list[nodes.Node] = []
    if uses and page.is_print():
        places = " ".join(f"#{use.anchor}" for use in uses)
        found += [nodes.Text(", "), make("span", classes="pages", data_to=places)]
    else:
        for nth, use in enumerate(uses):
            label = f"¶ {use.label}" if nth == 0 else use.label
            found += [nodes.Text(", "), link(page.uri(use.docname, use.anchor), label, aria_label=f"¶ {use.label}")]
    for nth, one in enumerate(see):
        word = "see also" if uses else "see"
        found += [nodes.Text(", " if nth else ". " if uses else ", "), *([] if nth else [make("em", word), " "])]
        found.append(link(f"#index-{one}", typeset(page.facts.index_by_id[one].entry)))
    return found
