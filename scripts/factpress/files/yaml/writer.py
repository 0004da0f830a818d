"""The one writer of YAML: fields in the order of their declaration, comments kept, same text each time."""

from __future__ import annotations

import json
import re
from collections import abc
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from pathlib import Path
from types import MappingProxyType

from factpress.files.yaml.comments import Chunk, find_comments, join
from factpress.files.yaml.records import read_list, read_record
from factpress.files.yaml.tree import Listing, Mapping, Node, Scalar, parse
from factpress.model.claim import NOWHERE, Claim
from factpress.model.figures.figure import Figure
from factpress.model.outline import Outline, Provenance
from factpress.model.record_fields import Declared, declared
from factpress.model.signoff import PageSeen, Person, SignOff
from factpress.problems import Problem

WIDTH = 110

StudyFiles = abc.Mapping[str, Declared]  #: files of docs/back by name without suffix (`model.subject.study_files`)
NO_STUDY_FILES: StudyFiles = MappingProxyType({})

#: what other readers of YAML would take for a number, a date, a truth or nothing
_TYPED = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.(?:inf|nan)|[-+]?[\d_,]*\.?[\d_]*(?:e[-+]?\d+)?"
    r"|[-+]?(?:0x[\da-f_]+|0o?[0-7_]+|0b[01_]+)|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[t\s].*)?",
    re.IGNORECASE,
)
_NOT_PLAIN = re.compile(
    r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|^\.\.\.|: |:$| #|  |[^\S ]|[^ -~\xa1-\ud7ff\uf900-\ufffd\U00010000-\U0010ffff]|\s$"
)


def record_of(name: str, study: StudyFiles = NO_STUDY_FILES) -> tuple[type, bool] | None:
    """Return which record a file of that name holds and whether a list of them; None for any other file."""
    beside: dict[str, tuple[type, bool]] = {
        "people.yaml": (Person, True),
        "signoffs.yaml": (SignOff, True),
        "seen.yaml": (PageSeen, True),
        "outline.yaml": (Outline, False),
        "provenance.yaml": (Provenance, False),
        "figures.yaml": (Figure, True),
        **{f"{key}.yaml": (one.kind, True) for key, one in study.items()},
    }
    return (Claim, True) if re.fullmatch(r"\d\d-.*\.yaml", name) else beside.get(name)


def format_text(text: str, file: str, study: StudyFiles = NO_STUDY_FILES) -> tuple[str, list[Problem]]:
    """Return a file's text as the writer would have it; the same text, with the problems, if it has any."""
    tree, problems = parse(text, file)
    kind = record_of(Path(file).name, study)
    if tree is None or kind is None:
        return text, problems
    record, many = kind
    before = _read(record, many, tree, problems)
    if problems:
        return text, problems
    written = render(tree, record, text)
    again, _ = parse(written, file)
    assert again is not None
    after = _read(record, many, again, problems)
    assert (before, problems) == (after, []), f"formatting would change {file}"
    return written, []


def _read(record: type, many: bool, tree: Node, problems: list[Problem]) -> object:
    return read_list(record, tree, problems) if many else read_record(record, tree, problems)


def render_records(records: Iterable[object], record: type) -> str:
    """Return the text of a file that lists these records."""
    return render(Listing(tuple(map(node_of, records)), NOWHERE, 0, 0), record)


def node_of(value: object) -> Node:
    """Return the tree of a record, a tuple or a text, without the fields that are not set."""
    if isinstance(value, str):
        return Scalar(str(value), NOWHERE, 0, 0)
    if isinstance(value, tuple | list):
        return Listing(tuple(map(node_of, value)), NOWHERE, 0, 0)
    entries = [(one.key, getattr(value, one.name)) for one in declared(type(value)).values()]
    texts = tuple((Scalar(key, NOWHERE, 0, 0), node_of(part)) for key, part in entries if part not in (None, ()))
    return Mapping(texts, NOWHERE, 0, 0)


def render(tree: Node, record: type, source: str = "") -> str:
    """Return the tree's text, with the comments of the source it was read from."""
    if isinstance(tree, Listing):
        chunks = list(_items(tree, record, 0))
        for at, chunk in enumerate(chunks):
            chunk.gap = bool(at) and chunk.item is not None and not chunk.lines[0].startswith(" ")
    elif isinstance(tree, Mapping):
        chunks = list(_fields(tree, record, 0))
    else:
        chunks = []
    comments = find_comments(source, tree) if source else []
    # an empty file gets its brackets below its comments
    return join(chunks or [Chunk(["[]"], tree.start if tree.end else len(source))], comments)


def _items(node: Listing, kind: type, indent: int) -> Iterator[Chunk]:
    dash = " " * indent + "- "
    for item in node.items:
        if isinstance(item, Mapping):
            for at, chunk in enumerate(_fields(item, kind, indent + 2)):
                if not at:
                    chunk.lines[0] = dash + chunk.lines[0][indent + 2 :]
                    chunk.item = item.start
                yield chunk
        elif isinstance(item, Scalar):
            lines, block = _scalar(item.text.strip(), indent + 2, len(dash))
            yield Chunk([dash + lines[0], *lines[1:]], item.start, item.start, block)


def _fields(node: Mapping, record: type, indent: int) -> Iterator[Chunk]:
    known = declared(record)
    order = list(known)
    for key, value in sorted(node.entries, key=lambda entry: order.index(entry[0].text)):
        head = f"{' ' * indent}{key.text}:"
        one = known[key.text]
        flow = _flow(value, one)
        if isinstance(value, Scalar):
            lines, block = _scalar(value.text.strip(), indent + 2, len(head) + 1)
            yield Chunk([f"{head} {lines[0]}", *lines[1:]], key.start, block=block)
        elif flow is not None and len(head) + 1 + len(flow) <= WIDTH:
            yield Chunk([f"{head} {flow}"], key.start)
        else:
            yield Chunk([head], key.start)
            if isinstance(value, Listing):
                yield from _items(value, one.kind, indent + 2)
            else:
                yield from _fields(value, one.kind, indent + 2)


def _flow(node: Node, field: Declared) -> str | None:
    """Return a short value on one line, None for what always gets lines of its own."""
    if isinstance(node, Listing):
        texts = [item.text.strip() for item in node.items if isinstance(item, Scalar)]
        if len(texts) < len(node.items) or any("\n" in text for text in texts):
            return None
        return f"[{', '.join(short(text) for text in texts)}]"
    if isinstance(node, Mapping) and is_dataclass(field.kind):
        known = list(declared(field.kind))
        pairs = sorted(node.entries, key=lambda entry: known.index(entry[0].text))
        if all(isinstance(value, Scalar) and "\n" not in value.text.strip() for _, value in pairs):
            inside = (f"{key.text}: {short(value.text.strip())}" for key, value in pairs if isinstance(value, Scalar))
            return f"{{{', '.join(inside)}}}"
    return None


def short(text: str) -> str:
    """Return a text on one line, fit to stand between brackets too."""
    # a comma or a bracket ends a plain value between brackets
    return quoted(text) if re.search(r"[,\[\]{}]", text) else _inline(text)


def _inline(text: str) -> str:
    return quoted(text) if not text or _TYPED.fullmatch(text) or _NOT_PLAIN.search(text) else text


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    # JSON is YAML, but for these, which YAML takes for line ends or refuses
    marked = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\xa0\u2028\u2029\ufeff\ue000-\uf8ff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", marked)


def _scalar(text: str, indent: int, used: int) -> tuple[list[str], bool]:
    """Return a text's lines, the first without indent, and whether it is a literal block."""
    if "\n" in text and not re.search(r"[^\S \n]| \n|[^\n -~\xa1-\ud7ff\uf900-\ufffd\U00010000-\U0010ffff]|\n ", text):
        return ["|-", *(" " * indent + line if line else "" for line in text.split("\n"))], True
    shown = _inline(text)
    lines, line, room = [], "", WIDTH - used
    for word in re.split(r"(?<=\S) (?=\S)", shown):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, WIDTH - indent
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return [lines[0], *(" " * indent + line for line in lines[1:])], False
