"""Editing one datum of the study aids writes exactly the pages that show it, in whichever edition is built."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from studied import studied
from workshop import ALL, BOTH, Workshop, as_it_stands, rewritten, shows

ONE, SOURCES = "chapters/01-building", "back/references"
BACK = "docs/back"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return a book that is edited again and again."""
    workshop = studied(tmp_path_factory.mktemp("edited"))
    for kind in ALL:
        assert workshop.build(kind).warnings == ""
    return workshop


def promise(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/treaties.yaml", "Each parish bears half", "Either parish bears half")


def signing(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/treaties.yaml", '"1839-05-02"', '"1839-05-03"')


def event(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/timeline.yaml", "The bridge is opened.", "The bridge is open to all.")


def event_source(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/timeline.yaml", "sources: [survey2001]", "sources: [survey2001, brand1977]")


def definition(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/glossary.yaml", "Money paid for the use", "Money asked for the use")


def question(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/questions.yaml", "who had a reason to?", "who had reason to?")


def answer(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/questions.yaml", "On 4 June 1842.", "On 4 June of 1842.")


def level(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/questions.yaml", "level: source-criticism", "level: recall")


def entry(workshop: Workshop) -> None:
    workshop.edit(f"{BACK}/index-terms.yaml", "entry: toll", "entry: tolls and duties\n  also: [toll]")


def word(workshop: Workshop) -> None:
    workshop.edit("docs/chapters/01-building.md", "who worked the ferry", "who paid a toll at the ferry")


#: what is edited, words that must then be shown in every edition (none where only a number changes), and the pages that
#: may change in the web edition
EDITS: dict[Callable[[Workshop], None], tuple[str, set[str]]] = {
    promise: ("Either parish bears half", {"back/treaties"}),
    signing: ("3 May 1839", {"back/treaties", "back/timeline"}),
    event: ("The bridge is open to all.", {"back/timeline"}),
    event_source: ("", {"back/timeline", SOURCES}),
    definition: ("Money asked for the use", {ONE, "back/glossary"}),
    question: ("who had reason to?", {"back/questions", "back/online"}),
    answer: ("On 4 June of 1842.", {ONE, "back/answers"}),
    level: ("", {"back/teachers"}),
    entry: ("tolls and duties", {"back/index-of-names"}),
    word: ("Nobody has yet found who paid a", {ONE, "back/index-of-names", "back/teachers"}),
}
#: an EPUB leads to answers where the web folds them in, and to terms that the web opens in place
IN_EPUB: dict[Callable[[Workshop], None], set[str]] = {answer: {"back/answers"}, definition: {"back/glossary"}}
ORDERS = (("html", "epub", "pdf"), ("epub", "pdf", "html"), ("pdf", "html", "epub"))


@pytest.mark.parametrize(("nth", "edit"), list(enumerate(EDITS)), ids=[edit.__name__ for edit in EDITS])
def test_an_edit_is_shown_by_the_next_build_of_any_edition(
    edited: Workshop, nth: int, edit: Callable[[Workshop], None]
) -> None:
    words, pages = EDITS[edit]
    edit(edited)
    changed = rewritten(edited, ORDERS[nth % len(ORDERS)])
    if words:
        assert all(shows(edited, words).values()), "an edition does not show the edit"
    for kind in BOTH:
        due = pages if kind == "html" else IN_EPUB.get(edit, pages)
        assert changed[kind] - {"search", "nav"} == due, f"{kind}: other pages were rewritten than show the edit"


def test_a_datum_changes_without_reading_a_page(edited: Workshop) -> None:
    edited.edit(f"{BACK}/timeline.yaml", "A weight limit holds.", "A limit of weight holds.")
    assert edited.build("epub").read == frozenset()


def test_after_all_edits_the_editions_are_the_same_as_made_anew(edited: Workshop) -> None:
    fresh = edited.beside("fresh")
    for kind in ALL:
        edited.build(kind)
        assert fresh.build(kind).files() == as_it_stands(edited, kind).files(), kind
