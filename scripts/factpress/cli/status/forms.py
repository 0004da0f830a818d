"""The board as text, as Markdown and as a badge; none of them holds an e-mail address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from factpress.cli.status.board import Board
from factpress.model.dates import in_words
from factpress.model.review import listed
from factpress.model.status import BookStatus
from factpress.model.vocabulary import ReviewState
from factpress.problems import quantity

LABEL = "checked by people"
GREY, GREEN = "#595959", "#1b6e3c"  #: both with a contrast of 4.5 and more to white
_CHARACTER = 6.3  #: width of one in a badge, in pixels


def board_lines(board: Board) -> Iterator[str]:
    """Yield the board as lines of text."""
    states = [state for state in ReviewState if any(state in row.states for row in board.chapters)]
    width = max((len(row.title) for row in board.chapters), default=0)
    yield from ["", f"Chapters{' ' * max(width - 6, 2)}{'  '.join(f'{s.glyph} {s.word}' for s in states)}"]
    for row in board.chapters:
        counts = "  ".join(f"{row.states.get(s, 0) or '·':>{len(s.word) + 2}}" for s in states)
        yield f"  {row.title:<{width}}{counts}"
    if board.stale:
        yield from ["", "Stale, the oldest sign-off first"]
        yield from (f"  {row.claim}  {_stale(row.by, row.signed, row.changed)}" for row in board.stale)
    if board.asked:
        yield from ["", f"A second reader is asked for: {', '.join(board.asked)}"]
    yield from ["", "Who can sign what next"]
    if not board.people:
        yield "  Nobody may sign yet: factpress people add."
    for person in board.people:
        if person.waiting:
            more = f" and {person.waiting - len(person.next)} more" if person.waiting > len(person.next) else ""
            yield f"  {person.name} ({person.id}): {', '.join(person.next)}{more}"
        else:
            yield f"  {person.name} ({person.id}): nothing waits"


def board_markdown(board: Board, status: BookStatus, title: str, day: str) -> str:
    """Return the board as Markdown, for a pull request or a page of the repository."""
    states = [state for state in ReviewState if any(state in row.states for row in board.chapters)]
    lines = [f"## {markdown_text(title)}, {in_words(day)}", "", f"{board.badge_words} findings are signed off.", ""]
    lines += ["| chapter | claims | " + " | ".join(f"{s.glyph} {s.word}" for s in states) + " |"]
    lines += ["|---|--:|" + "--:|" * len(states)]
    for row in board.chapters:
        counts = " | ".join(str(row.states.get(state, "")) for state in states)
        lines.append(f"| {markdown_text(row.title)} | {row.claims} | {counts} |")
    if board.stale:
        lines += ["", "**Stale, the oldest sign-off first**", ""]
        lines += [f"- {row.claim}: {markdown_text(_stale(row.by, row.signed, row.changed))}" for row in board.stale]
    if board.asked:
        lines += ["", f"**A second reader is asked for:** {', '.join(board.asked)}"]
    lines += ["", "**Who can sign what next**", ""]
    if not board.people:
        lines.append("Nobody may sign yet.")
    for person in board.people:
        left = quantity(person.waiting, "finding") if person.waiting else "nothing"
        first = f", first {', '.join(person.next)}" if person.next else ""
        lines.append(f"- {markdown_text(person.name)}: {left} to sign{first}")
    if status.next:
        lines += ["", "**Next**", "", *(f"- {markdown_text(sentence)}" for sentence in status.next)]
    return "\n".join(lines) + "\n"


def badge_json(board: Board) -> str:
    """Return the badge as the data of an endpoint of shields.io."""
    colour = GREEN if board.signed and board.signed == board.findings else GREY
    data = {"schemaVersion": 1, "label": LABEL, "message": board.badge_words, "color": colour}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def badge_svg(board: Board) -> str:
    """Return the badge as a picture, whose title a screen reader says."""
    left, right = (round(len(words) * _CHARACTER + 14) for words in (LABEL, board.badge_words))
    colour = GREEN if board.signed and board.signed == board.findings else GREY
    title = escape(f"{LABEL}: {board.badge_words} findings")
    texts = "".join(
        f'<text x="{x:g}" y="14" textLength="{len(words) * _CHARACTER:g}">{words}</text>'
        for x, words in ((left / 2, LABEL), (left + right / 2, board.badge_words))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f'<title>{title}</title><rect width="{left}" height="20" fill="#333"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">'
        f"{texts}</g></svg>\n"
    )


def _stale(by: str, signed: str, changed: tuple[str, ...]) -> str:
    if changed == ("age",):
        what = "that is longer ago than this book allows"
    elif changed == ("retraction",):
        what = "a notice on one of its sources was registered since"
    else:
        what = f"the {listed(changed)} {'has' if len(changed) == 1 else 'have'} changed since"
    return f"signed by {by}, {in_words(signed)}; {what}"


def markdown_text(text: str) -> str:
    """Return text in which Markdown finds nothing to mark up."""
    kept = escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{sign}" if sign in "\\`*_[]|~@#" else sign for sign in kept)
