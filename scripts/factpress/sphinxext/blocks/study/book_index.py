"""The index of names, subjects, treaties and places: on paper with pages, elsewhere with paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from factpress.collation import collation_key, heading_letter
from factpress.model.study.records import IndexTerm, forms_pattern
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, link, make
from factpress.sphinxext.wording import typeset


def book_index(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the entries under their first letters."""
    entries: dict[str, list[IndexTerm]] = {}
    for term in page.context.book.study_aids.index_terms:
        entries.setdefault(term.entry, []).append(term)
    letters: dict[str, list[element]] = {}
    language = page.context.settings.language
    for entry in sorted(entries, key=lambda entry: collation_key(entry, language)):
        if item := _item(page, entry, entries[entry]):
            letters.setdefault(heading_letter(entry, language), []).append(item)
    sections = [
        make("section", make("h2", letter), make("ul", *items, classes="index-entries"), ids=ids, classes="letter")
        for letter, items in letters.items()
        for ids in (f"letter-{letter}",)
    ]
    frame = make("div", *sections, classes="index-frame")
    bar = page.edition.letters(page, {letter: f"letter-{letter}" for letter in letters})
    return [*bar, *page.edition.landmark(page, "index", frame)] if sections else []


def _item(page: EditionPage, entry: str, terms: Sequence[IndexTerm]) -> element | None:
    own = [part for term in terms if not term.sub for part in _places(page, term)]
    language = page.context.settings.language
    below = sorted((term for term in terms if term.sub), key=lambda term: collation_key(term.sub or "", language))
    items = [
        make("li", typeset(term.sub or ""), *places, ids=index_entry_anchor(term))
        for term in below
        if (places := _places(page, term))
    ]
    if not own and not items:
        return None  # a word that no chapter uses
    ids = next((index_entry_anchor(term) for term in terms if not term.sub), "")
    inner = [make("ul", *items)] if items else []
    return make("li", make("span", typeset(entry), classes="entry-word"), *own, *inner, ids=ids)


def index_entry_anchor(term: IndexTerm) -> str:
    """Return the id of an entry."""
    return f"index-{term.id}"


def _places(page: EditionPage, term: IndexTerm) -> list[nodes.Node]:
    places = page.context.index_places.get(term.id, ())
    shown = page.edition.index_places(page, places, term)
    others = [term_id for term_id in term.see if term_id in page.context.index_by_id]
    for nth, other in enumerate(others):
        word = page.say("index-see-also" if places else "index-see")
        shown += [nodes.Text(", " if nth else ". " if places else ", "), *([] if nth else [make("em", word), " "])]
        shown.append(link(f"#index-{other}", typeset(page.context.index_by_id[other].entry)))
    return shown


def word_anchor(paragraph: str, term: IndexTerm) -> str:
    """Return the id of the word in a paragraph that an entry is there for: a paragraph may stand on two pages."""
    return f"i{paragraph.removeprefix('p')}-{term.id}"


def mark_words(doctree: nodes.document, context: BookContext) -> None:
    """Give the words that the index leads to an id each, so that it can say on which page they stand."""
    due: dict[str, list[IndexTerm]] = {}
    for term_id, uses in context.index_places.items():
        for use in uses:
            due.setdefault(use.anchor, []).append(context.index_by_id[term_id])
    for block in doctree.findall(lambda node: isinstance(node, nodes.Element) and "number" in node):
        anchor = block["ids"][-1]
        for term in due.get(anchor, ()):
            _mark_word(block, term, word_anchor(anchor, term))


def _mark_word(block: nodes.Element, term: IndexTerm, anchor: str) -> None:
    texts = [text for text in block.findall(nodes.Text) if _is_prose(text, block)]
    match = forms_pattern(term.forms).search("".join(texts))
    start = match.start() if match else 0
    for text in texts:
        if start < len(text):
            break
        start -= len(text)
    end = next((at for at in range(start, len(text)) if text[at].isspace()), len(text))
    word = make("span", text[start:end], ids=anchor)
    text.parent.replace(text, [nodes.Text(text[:start]), word, nodes.Text(text[end:])])


def _is_prose(text: nodes.Text, block: nodes.Element) -> bool:
    """Return whether a text belongs to what a paragraph says, and is not a number or a citation."""
    parent = text.parent
    while parent is not block:
        if (isinstance(parent, element) and "pn" in parent["classes"]) or "bibtex-citation" in parent["classes"]:
            return False
        parent = parent.parent
    return True
