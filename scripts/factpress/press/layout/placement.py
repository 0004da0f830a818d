"""Which part of which volume is where: laid out in order, written when all page numbers that it prints are known.

The side of a part's first page follows from the pages before it, so the parts of a volume are laid out one after
another, and the volumes side by side. A part waits with its worker while it prints numbers that are not known yet:
those of a later part, as a table of contents does, or of another volume.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from factpress.press.layout.cache import LaidOutPart, Part, PartCache
from factpress.press.layout.part_layout import BookStyle
from factpress.press.layout.workers import LayoutWorker, WorkerPool
from factpress.problems import Problem

HELD_PAGES = 200  #: of parts that wait with one worker; it gets no more while others have something to do


@dataclass
class _Place:
    """A part on its way."""

    number: int  #: among all parts of all volumes
    volume: int
    part: Part
    first: int = 0  #: number of its first page; 0: not known
    laid_out: LaidOutPart | None = None
    worker: LayoutWorker | None = None  #: that lays it out, or holds it
    written: bool = False

    def knows_its_side(self, mirrored: bool) -> bool:
        """Return whether it was laid out for the side on which its first page stands, if that matters."""
        return bool(self.laid_out and (not mirrored or self.laid_out.first % 2 == self.first % 2))


class Placement:
    """Parts of one or several volumes, each with a worker or placed, and the numbers printed on their pages."""

    def __init__(
        self,
        volumes: Mapping[str, Sequence[Part]],
        styles: Sequence[BookStyle],
        caches: Sequence[PartCache],
        pool: WorkerPool,
    ) -> None:
        """Take the parts of each volume, by its name."""
        self.problems: list[Problem] = []
        self._names, self._styles, self._caches, self._pool = list(volumes), styles, caches, pool
        self._volumes: list[list[_Place]] = []
        self._places: list[_Place] = []
        for volume, parts in enumerate(volumes.values()):
            places = [_Place(len(self._places) + nth, volume, part) for nth, part in enumerate(parts)]
            self._volumes.append(places)
            self._places += places
        self._printed: dict[str, str] = {}  # by `VOLUME:ID`

    def run(self) -> list[tuple[list[Part], list[LaidOutPart]]]:
        """Place all parts; return those of each volume as they were laid out, in the order of the volume."""
        while True:
            for places in self._volumes:
                self._number(places)
            self._write()
            self._hand_out()
            ready = self._pool.ready()
            if not ready:
                break
            for worker in ready:
                self._receive(worker)
        return [
            ([place.part for place in places], [place.laid_out for place in places if place.laid_out])
            for places in self._volumes
        ]

    def _receive(self, worker: LayoutWorker) -> None:
        place, answer = self._places[worker.part_number], worker.receive()
        worker.part_number = -1
        if isinstance(answer, LaidOutPart):
            place.laid_out = answer
            worker.held[place.number] = answer.pages
        else:
            self.problems += answer
            place.written = True
            worker.held.pop(place.number, None)

    def _number(self, places: Sequence[_Place]) -> None:
        """Number the pages of a volume up to the first part whose count of pages is not known."""
        first = 1
        for nth, place in enumerate(places):
            if place.part.fills and place.part.blank < 0 and not self._count_blank(place, first, places[nth + 1 :]):
                return
            place.first = first
            if place.part.fills and not place.part.blank:
                place.laid_out, place.written = LaidOutPart(place.part.page, 0, {}, first, ()), True
            if place.laid_out is None and not place.part.lists_pages and place.worker is None:
                place.laid_out = self._caches[place.volume].peek(
                    place.part, first, self._styles[place.volume].is_mirrored
                )
            if place.laid_out is None:
                return
            self._printed |= {
                f"{self._names[place.volume]}:{anchor}": number
                for anchor, number in place.laid_out.printed_numbers(first).items()
            }
            first += place.laid_out.pages

    def _count_blank(self, place: _Place, first: int, after: Sequence[_Place]) -> bool:
        """Find how many pages a part of blank ones has to have, once those after it are counted."""
        for later in after:
            later.first = later.first or 2  # as the last page of a gathering: if it is another, it is laid out again
            if later.laid_out is None and later.worker is None:
                mirrored = self._styles[later.volume].is_mirrored
                later.laid_out = self._caches[later.volume].peek(later.part, later.first, mirrored)
        if any(later.laid_out is None for later in after):
            return False
        pages = first - 1 + sum(later.laid_out.pages for later in after if later.laid_out)
        place.part = replace(place.part, blank=-pages % place.part.fills)
        return True

    def _write(self) -> None:
        """Write what waits for nothing more, or take it from the cache with the numbers that it has there."""
        counted = all(self._is_counted(places) for places in self._volumes)
        for place in self._places:
            if place.written or not place.laid_out or not place.first or not self._is_counted_up_to(place):
                continue
            numbers = self._numbers_for(place)
            if not counted and not set(place.laid_out.targets) <= numbers.keys():
                continue
            if place.worker is None:
                found = self._caches[place.volume].find(place.part, place.first, numbers)
                if found:
                    place.laid_out, place.written = found, True
            elif place.worker.part_number < 0:
                if not place.knows_its_side(self._styles[place.volume].is_mirrored):
                    place.worker.drop(place.number)
                    place.worker = None
                    continue
                shown = {target: numbers[target] for target in place.laid_out.targets if target in numbers}
                place.laid_out = replace(place.laid_out, first=place.first)
                place.worker.write(place.number, place.volume, place.part, place.first, place.laid_out, shown)

    def _is_counted(self, places: Sequence[_Place]) -> bool:
        return all(place.first and place.laid_out for place in places)

    def _is_counted_up_to(self, place: _Place) -> bool:
        before = self._volumes[place.volume]
        return self._is_counted(before[: before.index(place)])

    def _numbers_for(self, place: _Place) -> dict[str, str]:
        """Return the numbers that a part may print: its own volume's by id, those of others by volume and id."""
        own = f"{self._names[place.volume]}:"
        return self._printed | {name[len(own) :]: n for name, n in self._printed.items() if name.startswith(own)}

    def _hand_out(self) -> None:
        """Give each idle worker a part to lay out: the next of a volume, of the one that is least far."""
        while worker := self._pool.idle():
            due = list(self._due())
            crowded = sum(worker.held.values()) > HELD_PAGES and self._pool.is_busy
            if not due or crowded:
                return
            place = due[0]
            place.worker = worker
            worker.lay_out(place.number, place.volume, place.part, place.first, self._numbers_for(place))

    def _due(self) -> Iterator[_Place]:
        """Yield the next part to be laid out of each volume; a list of pages is due when nothing else is."""
        lists: list[_Place] = []
        for places in sorted(self._volumes, key=lambda places: sum(place.laid_out is not None for place in places)):
            for place in places:
                waiting = place.first and not place.written and place.worker is None
                if waiting and (place.laid_out is None or self._must_be_made_again(place)):
                    if not place.part.lists_pages:
                        yield place
                    elif self._taken_from_cache(place):
                        continue
                    else:
                        lists.append(place)
        if not self._pool.is_busy:
            yield from lists

    def _must_be_made_again(self, place: _Place) -> bool:
        """Return whether a part of the cache prints other numbers now than it did, all of which are known."""
        return bool(
            place.laid_out
            and self._is_counted_up_to(place)
            and all(map(self._is_counted, self._volumes))
            and not self._caches[place.volume].find(place.part, place.first, self._numbers_for(place))
        )

    def _taken_from_cache(self, place: _Place) -> bool:
        if found := self._caches[place.volume].find(place.part, place.first, self._numbers_for(place)):
            place.laid_out, place.written = found, True
        return place.written
