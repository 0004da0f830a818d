"""The index of names, subjects, treaties and places: on paper with pages, elsewhere with paragraphs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from docutils import nodes

from factpress.model.study.aids import IndexTerm, finder
from factpress.sphinxext.blocks.render import Page
from factpress.sphinxext.blocks.study.parts import marked_as
from factpress.sphinxext.context import Facts
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


def book_index(page: Page, _words: Sequence[str]) -> list[nodes.Node]:
    """Return the entries under their first letters."""
    entries: dict[str, list[IndexTerm]] = {}
    for one in page.facts.book.study_aids.index_terms:
        entries.setdefault(one.entry, []).append(one)
    letters: dict[str, list[element]] = {}
    for entry in sorted(entries, key=sorted_as):
        if item := _item(page, entry, entries[entry]):
            letter = sorted_as(entry)[:1].upper()
            letters.setdefault("0–9" if letter.isdigit() else letter, []).append(item)
    sections = [
        make("section", make("h2", letter), make("ul", *items, classes="index-entries"), classes="letter")
        for letter, items in letters.items()
    ]
    return marked_as(page, "index", make("div", *sections, classes="index-frame")) if sections else []


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
        places = " ".join(f"#{word_anchor(use.anchor, term)}" for use in uses)
        found += [nodes.Text(", "), make("span", classes="pages", data_to=places)]
    else:
        for nth, use in enumerate(uses):
            label = f"¶\u00a0{use.label}" if nth == 0 else use.label
            found += [nodes.Text(", "), link(page.uri(use.docname, use.anchor), label, aria_label=f"¶ {use.label}")]
    for nth, one in enumerate(see):
        word = "See also" if uses else "see"
        found += [nodes.Text(", " if nth else ". " if uses else ", "), *([] if nth else [make("em", word), " "])]
        found.append(link(f"#index-{one}", typeset(page.facts.index_by_id[one].entry)))
    return found


def word_anchor(paragraph: str, term: IndexTerm) -> str:
    """Return the id of the word in a paragraph that an entry is there for: a paragraph may stand on two pages."""
    return f"i{paragraph.removeprefix('p')}-{term.id}"


def mark_words(doctree: nodes.document, facts: Facts) -> None:
    """Give the words that the index leads to an id each, so that it can say on which page they stand."""
    due: dict[str, list[IndexTerm]] = {}
    for term_id, uses in facts.hits.items():
        for use in uses:
            due.setdefault(use.anchor, []).append(facts.index_by_id[term_id])
    for block in doctree.findall(lambda node: isinstance(node, nodes.Element) and "number" in node):
        anchor = block["ids"][-1]
        for term in due.get(anchor, ()):
            _mark_word(block, term, word_anchor(anchor, term))


def _mark_word(block: nodes.Element, term: IndexTerm, anchor: str) -> None:
    texts = [text for text in block.findall(nodes.Text) if _is_prose(text, block)]
    found = finder(term.forms).search("".join(texts))
    start = found.start() if found else 0
    for text in texts:
        if start < len(text):
            break
        start -= len(text)
    end = next((at for at in range(start, len(text)) if text[at].isspace()), len(text))
    word = make("span", text[start:end], ids=anchor)
    text.parent.replace(text, [nodes.Text(text[:start]), word, nodes.Text(text[end:])])


def _is_prose(text: nodes.Text, block: nodes.Element) -> bool:
    """Return whether a text belongs to what a paragraph says, and is no number or citation."""
    parent = text.parent
    while parent is not block:
        if (isinstance(parent, element) and "pn" in parent["classes"]) or "bibtex-citation" in parent["classes"]:
            return False
        parent = parent.parent
    return True
