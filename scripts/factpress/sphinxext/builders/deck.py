"""The deck of cards: terms with what they mean, events with their dates, for Anki and as a table.

The same book makes the same bytes: ids are made of the book's name and those of its records, times are the edition's.
A later edition updates the cards that a reader has, and adds the new ones.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from factpress.model.dates import in_words
from factpress.sphinxext.blocks.title_page import review_status
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.wording import typeset

MODEL_ID = 1_607_392_319  #: of the kind of note; a constant, so that every book and edition uses the same
ZIP_TIME = (1980, 1, 1, 0, 0, 0)  #: the first that a ZIP file can have
#: what a spreadsheet takes for the beginning of a formula, in both widths
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True)
class FlashCard:
    """A card with two sides."""

    id: str  #: `term-toll`, `event-opened`
    kind: str  #: `term` or `date`
    front: str
    back: str
    sources: str  #: short titles, or nothing


def flash_cards(context: BookContext) -> list[FlashCard]:
    """Return the cards of all terms, then of all events with a date, in the order of the files."""
    aids, say = context.book.study_aids, context.say
    cards = [
        FlashCard(f"term-{term.id}", "term", typeset(term.term), typeset(term.says), _sources(context, term.sources))
        for term in aids.glossary
    ]
    for event in aids.timeline:
        if (datum := aids.dated(event)) and datum.date:
            front = say("card-when", what=typeset(event.what))
            cards.append(
                FlashCard(f"event-{event.id}", "date", front, in_words(datum.date), _sources(context, datum.sources))
            )
    return cards


def _sources(context: BookContext, keys: Iterable[str]) -> str:
    return "; ".join(context.book.sources[key].short for key in keys if key in context.book.sources)


def deck_csv(cards: Sequence[FlashCard]) -> bytes:
    """Return the cards as a table (RFC 4180, UTF-8); no cell is a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("kind", "front", "back", "sources", "id"))
    for card in cards:
        writer.writerow([plain_cell(cell) for cell in (card.kind, card.front, card.back, card.sources, card.id)])
    return text.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """Return a text that a spreadsheet takes for text."""
    return f"'{text}" if text.startswith(FORMULA) else text


def deck_package(context: BookContext, cards: Sequence[FlashCard]) -> bytes:
    """Return the cards as a package of Anki."""
    import genanki

    settings, date = context.settings, context.date
    model = genanki.Model(
        MODEL_ID,
        "factpress card",
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Sources"}],
        templates=[{
            "name": "Card",
            "qfmt": "{{Front}}",
            "afmt": '{{FrontSide}}<hr id="answer">{{Back}}<p class="sources">{{Sources}}</p>',
        }],
        css=".card { font: 1.2rem/1.5 serif; text-align: center; } .sources { font-size: .8rem; opacity: .8; }",
    )  # fmt: skip
    edition = context.say("cards-edition", date=in_words(date), status=review_status(context))
    title = context.say("cards-title", title=settings.title)
    deck = genanki.Deck(_number(settings.name), title, description=_field(edition))
    for card in cards:
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[_field(card.front), _field(card.back), _field(card.sources)],
                tags=[card.kind],
                guid=genanki.guid_for(settings.name, card.id),
            )
        )
    made = io.BytesIO()
    genanki.Package(deck).write_to_file(made, timestamp=datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())
    return _with_fixed_times(made)


def _number(name: str) -> int:
    """Return an id of a deck, which Anki wants between 2^30 and 2^31."""
    return (1 << 30) + int(hashlib.sha256(name.encode()).hexdigest()[:7], 16) % (1 << 30)


def _field(text: str) -> str:
    """Return a text as a field of Anki, which is HTML and knows words in brackets, `[sound:…]`, `[latex]`."""
    return html.escape(text).replace("[", "&#91;").replace("\\", "&#92;")


def _with_fixed_times(package: io.BytesIO) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(package) as made, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(made.namelist()):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, made.read(name))
    return written.getvalue()
