"""Lists to which people only add, read in parts: after a record was added, one part is read and not the whole file.

A list whose items begin with a dash in the first column can be cut before any of them: no value of a block sequence
reaches into such a line, but for a quotation or a bracket that is open, and then the part before is not YAML. A file
of which a part cannot be read is read whole, and so has the problems of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from factpress.files.parse_cache import cached_result
from factpress.files.text import decode_text, read_bytes, relative_name, wrong_characters
from factpress.files.yaml.nodes import SequenceNode
from factpress.files.yaml.records import Record, read_list
from factpress.files.yaml.tree import parse_yaml
from factpress.model.place import Place
from factpress.problems import Problem

RECORDS_OF_A_PART = 16
MOST_PARTS = 20_000  #: that are kept in memory
_ITEM = re.compile(r"\n- ")
#: record, file, line and text of a part: what was read of it
_read_parts: dict[tuple[type, str, int, str], Any] = {}
#: record and file: what it held when it was last read without a problem, and its records
_read_last: dict[tuple[type, str], tuple[bytes, Any]] = {}


def read_long_list(
    record: type[Record], path: Path, root: Path, keep: Path | None
) -> tuple[tuple[Record, ...], list[Problem]]:
    """Return the sound records of a file and every problem; with `keep`, parts that were read stay in that folder."""
    data, problems = read_bytes(path, root)
    return ((), problems) if data is None else parse_long_list(record, data, relative_name(path, root), keep)


def parse_long_list(
    record: type[Record], data: bytes, file: str, keep: Path | None = None
) -> tuple[tuple[Record, ...], list[Problem]]:
    """Return the sound records of a file's content and every problem."""
    last = _read_last.get((record, file))
    if last and last[0] == data:
        return last[1], []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (), decode_text(data, file)[1]
    records: list[Record] = []
    problems: list[Problem] = []
    if len(_read_parts) > MOST_PARTS:
        _read_parts.clear()
    for line, part in _parts(text):
        key = (record, file, line, part)
        if key not in _read_parts:
            content = f"{record.__name__}\0{file}\0{line}\0{part}".encode()
            _read_parts[key] = cached_result(keep, content, partial(_read, record, part, file, line))
        if (read := _read_parts[key]) is None:
            return _read_whole(record, text, file)
        records += read[0]
        problems += read[1]
    if not problems:
        _read_last[record, file] = data, tuple(records)
    return tuple(records), problems


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text, each with the line on which it begins."""
    # finditer of `^- ` looks at every line, and takes six times as long
    items = [item.start() + 1 for item in _ITEM.finditer(text)]
    starts = items[RECORDS_OF_A_PART::RECORDS_OF_A_PART]
    line = 1
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        yield line, text[start:end]
        line += text.count("\n", start, end)


def _read(record: type[Record], text: str, file: str, line: int) -> tuple[tuple[Record, ...], list[Problem]] | None:
    """Return the records of a part; None if it is not YAML by itself, or not a list."""
    problems = wrong_characters(text, Place(file, line, 1))
    if any(found.code == "character-forbidden" for found in problems):
        return None
    tree, found = parse_yaml(text, file, first_line=line)
    if tree is None or (line > 1 and not isinstance(tree, SequenceNode)):
        return None
    problems += found
    return read_list(record, tree, problems), problems


def _read_whole(record: type[Record], text: str, file: str) -> tuple[tuple[Record, ...], list[Problem]]:
    problems = wrong_characters(text, Place(file, 1, 1))
    if any(found.code == "character-forbidden" for found in problems):
        return (), problems
    tree, found = parse_yaml(text, file)
    problems += found
    return read_list(record, tree, problems), problems
