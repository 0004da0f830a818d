"""`links.lock.json`: what the network said of each cited address, and when.

Sorted by address, one block of lines a record, dates without times: two branches that checked other links merge
by themselves, and two that checked the same one by `merge`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.link_record.record import BadRecordError, HandEditedError, parse_record, record_text
from factpress.files.text import name_of, read_text
from factpress.model.links.state import LinkRecord
from factpress.model.place import Place
from factpress.problems import Problem, problem

LOCK_NAME = "links.lock.json"  #: beside the ledger
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_SPACE = re.compile(r"[ \t\r\n]*")


def read_links(path: Path, root: Path) -> tuple[dict[str, LinkRecord], list[Problem]]:
    """Return the records by address, and every problem; a file that is not there holds none.

    Read the file without a problem before writing it: what could not be read would be lost.
    """
    if not path.exists():
        return {}, []
    text, problems = read_text(path, root)
    return ({}, problems) if text is None else parse_links(text, name_of(path, root))


def parse_links(text: str, file: str) -> tuple[dict[str, LinkRecord], list[Problem]]:
    """Return the records of a file's text by address, and every problem; raises nothing, whatever the text."""
    if not text.strip():
        return {}, []  # what git hands to a merge for a file that one side did not have
    if conflict := _CONFLICT.search(text):
        return {}, [problem("links-conflict", Place(file, _line(text, conflict.start())))]
    records: dict[str, LinkRecord] = {}
    problems: list[Problem] = []
    try:
        for line, data in _items(text):
            where = Place(file, line)
            try:
                record = parse_record(data)
            except HandEditedError:
                problems.append(problem("links-hand-edited", where, url=_url(data)))
            except BadRecordError as error:
                problems.append(problem("links-record", where, url=_url(data), why=error))
            else:
                if record.url in records:
                    problems.append(problem("links-twice", where, url=record.url))
                records.setdefault(record.url, record)
    except _SyntaxError as error:
        problems.append(problem("links-syntax", Place(file, _line(text, error.at)), why=error.why))
    return records, problems


def write_links(path: Path, records: Iterable[LinkRecord]) -> None:
    """Write the records, whole-old or whole-new."""
    write_atomically(path, links_text(records))


def links_text(records: Iterable[LinkRecord]) -> str:
    """Return the file of the records: sorted, the same text for the same records."""
    blocks = [record_text(record) for record in sorted(records, key=lambda record: record.url)]
    return "[\n" + ",\n".join(blocks) + ("\n" if blocks else "") + "]\n"


def merge(
    base: Mapping[str, LinkRecord], ours: Mapping[str, LinkRecord], theirs: Mapping[str, LinkRecord]
) -> dict[str, LinkRecord]:
    """Return what both sides know: of two records of an address the one that was checked last.

    A record that one side removed stays removed if the other side has not checked the link since.
    """
    merged = {}
    for url in sorted({*ours, *theirs}):
        found = [side[url] for side in (ours, theirs) if url in side]
        if len(found) == 2 or found[0] != base.get(url):
            merged[url] = max(found, key=lambda one: (one.last_checked, one != base.get(url), *_tie_break(one)))
    return merged


def _tie_break(record: LinkRecord) -> tuple[int, str]:
    # two checks on one day: any order will do, but it must be the same from both sides
    return len(record.strikes), record_text(record)


class _SyntaxError(Exception):
    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.why, self.at = why, at


def _items(text: str) -> Iterator[tuple[int, object]]:
    """Yield the values of the list with the line where each begins."""
    decoder = json.JSONDecoder(object_pairs_hook=_once)
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise _SyntaxError("a list must begin here", at)
    at = _skip(text, at + 1)
    line, counted = 1, 0
    while text[at : at + 1] != "]":
        start = at
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _SyntaxError(error.msg.lower(), error.pos) from None
        except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
            raise _SyntaxError(str(error).partition(":")[0].lower(), start) from None
        yield line, value
        at = _skip(text, at)
        if text[at : at + 1] == "," and text[(after := _skip(text, at + 1)) : after + 1] != "]":
            at = after
        elif text[at : at + 1] != "]":
            raise _SyntaxError("a comma or the end of the list is missing", at)
    if (end := _skip(text, at + 1)) < len(text):
        raise _SyntaxError("something follows the list", end)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("a field stands twice")
    return found


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _url(data: object) -> str:
    url = data.get("url") if isinstance(data, dict) else None
    # a file that nobody should have edited may hold anything, also what moves the cursor of a terminal
    return "".join(c if c.isprintable() else "\ufffd" for c in url) if isinstance(url, str) else "a link"
