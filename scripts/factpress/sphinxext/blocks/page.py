"""The page being filled: what it may show, and how it reaches other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from factpress.model.claim import Claim
from factpress.model.source import source_anchor
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import Reference
from factpress.sphinxext.wording import Wording

if TYPE_CHECKING:
    from factpress.sphinxext.blocks.editions import Edition


@dataclass(frozen=True)
class EditionPage:
    """A document as it is filled for an edition."""

    context: BookContext
    docname: str
    edition: Edition
    uri: Callable[[str, str], str]  #: document and anchor -> address from this page

    @property
    def say(self) -> Wording:
        """Return the sentences of the book's language."""
        return self.context.say

    def entry_uri(self, claim: Claim) -> str:
        """Return the address of a claim's full entry, empty where no page of another project has it."""
        home = self.context.home(claim)
        return self.uri(home, claim.id) if home else f"#{claim.id}" if self.context.is_book else ""

    def source_uri(self, key: str) -> str:
        """Return the address of a source in the bibliography, empty where another project lists it nowhere."""
        if not self.context.is_book:
            return self.uri(*self.context.listed[key]) if key in self.context.listed else ""
        place = self.context.bibliography
        return self.uri(place, source_anchor(key)) if place else f"#{source_anchor(key)}"

    def short(self, key: str) -> str:
        """Return what a note calls a source."""
        source = self.context.book.sources.get(key)
        return source.short if source else key

    def link(self, uri: str, words: str) -> list[nodes.Node]:
        """Return a link, with the number of the page that it leads to where the edition has pages."""
        return self.edition.page_link(self, uri, words)


def place_links(page: EditionPage, references: Iterable[Reference], claim_id: str = "") -> list[nodes.Node]:
    """Return links to the places where a claim is marked or a source cited, each place once."""
    places: list[nodes.Node] = []
    done: set[tuple[str, str]] = set()
    for reference in references:
        if (reference.docname, reference.anchor) in done or not reference.docname:
            continue
        done.add((reference.docname, reference.anchor))
        unnumbered = "in-the-box" if reference.in_box else "in-the-text"
        words = page.say("paragraph", label=reference.label) if reference.label else page.say(unnumbered)
        target = reference.anchor or (f"{claim_id}-1" if claim_id else "")
        places += [nodes.Text(page.edition.separator)] if places else []
        places += page.link(page.uri(reference.docname, target), words)
    return places


def words_in_sentence(say: Wording, words: Sequence[str]) -> str:
    """Return words as a sentence lists them: `C001, C002 and C003`."""
    return say("and", listed=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)
