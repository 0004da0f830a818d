"""Who was bound by what on which day: a row for states that are alike, a column for a treaty, a slot for a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpress.figures.canvas import FINE, LINE, WIDTH, Canvas, paged, width_of, wrapped
from factpress.model.dates import in_short
from factpress.subjects.treaties.figures.data import Bond, MembershipMatrix

NAMES = 114.0  #: width of the column of states
SLOT, TALL = 2.9, 7.2  #: of a bond
WIDEST = 15.5  #: of a column
MOST = 4  #: lines of names in one row; where they are more, the first name and how many follow


Row = tuple[list[str], tuple[tuple[Bond, ...], ...]]  #: the lines of its label; of each treaty, each day


def draw(bonds: MembershipMatrix) -> Iterator[Canvas]:
    """Yield the pages, each with its legend and the names of the treaties."""
    column = min(WIDEST, (WIDTH - NAMES) / len(bonds.treaties))
    legend = list(_legend(bonds))
    head = max(len(legend) * LINE, *(width_of(treaty) for treaty in bonds.treaties)) + 8
    for rows in paged([(_label(states), cells) for states, cells in bonds.rows], lambda rows: head + _height(rows)):
        page = Canvas(head + _height(rows))
        drawn: list[tuple[Bond, float, float]] = []
        for number, (slots, words) in enumerate(legend):
            drawn += _cell(6, number * LINE, slots)
            page.text(15, number * LINE, words)
        top = head
        for lines, cells in rows:
            page.line((0, top), (NAMES + column * len(bonds.treaties), top), width=0.25)
            for number, line in enumerate(lines):
                page.text(0, top + number * LINE, line)
            for number, cell in enumerate(cells):
                if set(cell) != {Bond.NONE}:
                    drawn += _cell(NAMES + (number + 0.5) * column, top, cell)
            top += len(lines) * LINE
        _slots(page, drawn)
        for number, treaty in enumerate(bonds.treaties):
            page.upright(NAMES + (number + 0.5) * column + 5.5, head - 4, treaty)
            page.line((NAMES + number * column, head), (NAMES + number * column, top), width=0.4, dashes=FINE)
        yield page


def _height(rows: Sequence[Row]) -> float:
    return sum(len(lines) for lines, _ in rows) * LINE + 2


def _label(states: Sequence[str]) -> list[str]:
    lines = wrapped(", ".join(states), NAMES - 6)
    return lines if len(lines) <= MOST else wrapped(f"{states[0]} and {len(states) - 1} more", NAMES - 6)


def _cell(centre: float, top: float, cell: Sequence[Bond]) -> Iterator[tuple[Bond, float, float]]:
    """Yield the slots of a cell with their upper left corners."""
    left = centre - len(cell) * (SLOT + 0.6) / 2
    for number, bond in enumerate(cell):
        yield bond, left + number * (SLOT + 0.6), top + (LINE - TALL) / 2


def _slots(page: Canvas, slots: Sequence[tuple[Bond, float, float]]) -> None:
    for kind in (Bond.BOUND, Bond.SIGNED):
        page.boxes([(x, top, SLOT, TALL) for bond, x, top in slots if bond is kind], full=kind is Bond.BOUND)
    page.strokes([((x, top + TALL), (x + SLOT, top + TALL)) for bond, x, top in slots if bond is Bond.NONE])


def _legend(bonds: MembershipMatrix) -> Iterator[tuple[list[Bond], str]]:
    """Yield what each slot and each way to draw it stands for."""
    for number, day in enumerate(bonds.days):
        slots = [Bond.NONE] * len(bonds.days)
        slots[number] = Bond.BOUND
        yield slots, in_short(day)
    yield [Bond.BOUND], "bound"
    yield [Bond.SIGNED], "signed, but not in force"
    yield [], "or since when not seen"
    yield [Bond.NONE], "not bound"
