"""The one writer of YAML: fields in the order of their declaration, comments kept, same text each time."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path
from types import MappingProxyType

from factpress.files.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from factpress.files.yaml.records import read_list, read_record
from factpress.files.yaml.tree import parse_yaml
from factpress.model.claim import NOWHERE, Claim
from factpress.model.figures.figure import Figure
from factpress.model.outline import DraftedUnit, Outline, Provenance
from factpress.model.record_fields import RecordField, record_fields
from factpress.model.signoff import FindingChange, PageSeen, Person, SignOff
from factpress.problems import Problem

WIDTH = 110

StudyFiles = Mapping[str, RecordField]  #: files of docs/back by name without suffix (`model.subject.study_files`)
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


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, from its `#` to the end of the line."""

    text: str
    start: int  #: offset of its `#`
    alone: bool  #: whether the line holds nothing else
    blank_after: bool  #: whether an empty line follows


@dataclass(slots=True)
class Chunk:
    """Lines of output that belong to one field or item, and where these stood in the source."""

    lines: list[str]
    start: int  #: of the key or item
    item: int | None = None  #: of the item that these lines open
    block: bool = False  #: whether they end with a literal block, behind which nothing can stand
    gap: bool = False  #: whether an empty line goes before them
    comments: list[Comment] = field(default_factory=list)


def file_record(name: str, study: StudyFiles = NO_STUDY_FILES) -> tuple[type, bool] | None:
    """Return the record type of a file of that name, and whether it holds a list of them; None for any other file."""
    beside: dict[str, tuple[type, bool]] = {
        "people.yaml": (Person, True),
        "signoffs.yaml": (SignOff, True),
        "seen.yaml": (PageSeen, True),
        "history.yaml": (FindingChange, True),
        "outline.yaml": (Outline, False),
        "draft.yaml": (DraftedUnit, True),
        "provenance.yaml": (Provenance, False),
        "figures.yaml": (Figure, True),
        **{f"{key}.yaml": (field.kind, True) for key, field in study.items()},
    }
    return (Claim, True) if re.fullmatch(r"\d\d-.*\.yaml", name) else beside.get(name)


def format_text(text: str, file: str, study: StudyFiles = NO_STUDY_FILES) -> tuple[str, list[Problem]]:
    """Return a file's text as the writer would have it; the same text, with the problems, if it has any."""
    tree, problems = parse_yaml(text, file)
    kind = file_record(Path(file).name, study)
    if tree is None or kind is None:
        return text, problems
    record, many = kind
    before = _read(record, many, tree, problems)
    if problems:
        return text, problems
    written = render_tree(tree, record, text)
    again, _ = parse_yaml(written, file)
    assert again is not None
    after = _read(record, many, again, problems)
    assert (before, problems) == (after, []), f"formatting would change {file}"
    return written, []


def _read(record: type, many: bool, tree: Node, problems: list[Problem]) -> object:
    return read_list(record, tree, problems) if many else read_record(record, tree, problems)


def render_tree(tree: Node, record: type, source: str = "", read: Node | None = None) -> str:
    """Return the tree's text, with the comments of the source it was read from.

    `read` is the tree of that source, where `tree` was changed since.
    """
    if isinstance(tree, SequenceNode):
        chunks = list(_items(tree, record, 0))
        for at, chunk in enumerate(chunks):
            chunk.gap = bool(at) and chunk.item is not None and not chunk.lines[0].startswith(" ")
    elif isinstance(tree, MappingNode):
        chunks = list(_fields(tree, record, 0))
    else:
        chunks = []
    comments = find_comments(source, read or tree) if source else []
    # an empty file gets its brackets below its comments
    return join_chunks(chunks or [Chunk(["[]"], tree.start if tree.end else len(source))], comments)


def render_records(records: Sequence[object]) -> str:
    """Return records of one kind as the items of a list, an empty line between two."""
    tree = SequenceNode(tuple(record_node(record) for record in records), NOWHERE, 0, 0)
    return render_tree(tree, type(records[0]))


def record_node(record: object) -> MappingNode:
    """Return a record as the tree that its file would have: fields without a value are left out."""
    entries: list[tuple[ScalarNode, Node]] = []
    for key, declared in record_fields(type(record)).items():
        value = getattr(record, declared.name)
        if value is not None and not (declared.optional and value == ()):
            entries.append((_text_node(key), _value_node(value)))
    return MappingNode(tuple(entries), NOWHERE, 0, 0)


def _value_node(value: object) -> Node:
    if isinstance(value, tuple):
        return SequenceNode(tuple(_value_node(item) for item in value), NOWHERE, 0, 0)
    return record_node(value) if is_dataclass(value) else _text_node(str(value))


def _text_node(text: str) -> ScalarNode:
    return ScalarNode(text, NOWHERE, 0, 0)


def _items(node: SequenceNode, kind: type, indent: int) -> Iterator[Chunk]:
    dash = " " * indent + "- "
    for item in node.items:
        if isinstance(item, MappingNode):
            for at, chunk in enumerate(_fields(item, kind, indent + 2)):
                if not at:
                    chunk.lines[0] = dash + chunk.lines[0][indent + 2 :]
                    chunk.item = item.start
                yield chunk
        elif isinstance(item, ScalarNode):
            lines, block = _scalar(item.text.strip(), indent + 2, len(dash))
            yield Chunk([dash + lines[0], *lines[1:]], item.start, item.start, block)


def _fields(node: MappingNode, record: type, indent: int) -> Iterator[Chunk]:
    fields = record_fields(record)
    order = list(fields)
    for key, value in sorted(node.entries, key=lambda entry: order.index(entry[0].text)):
        head = f"{' ' * indent}{key.text}:"
        field = fields[key.text]
        flow = _flow(value, field)
        if isinstance(value, ScalarNode):
            lines, block = _scalar(value.text.strip(), indent + 2, len(head) + 1)
            yield Chunk([f"{head} {lines[0]}", *lines[1:]], key.start, block=block)
        elif flow is not None and len(head) + 1 + len(flow) <= WIDTH:
            yield Chunk([f"{head} {flow}"], key.start)
        else:
            yield Chunk([head], key.start)
            if isinstance(value, SequenceNode):
                yield from _items(value, field.kind, indent + 2)
            else:
                yield from _fields(value, field.kind, indent + 2)


def _flow(node: Node, field: RecordField) -> str | None:
    """Return a short value on one line, None for what always gets lines of its own."""
    if isinstance(node, SequenceNode):
        texts = [item.text.strip() for item in node.items if isinstance(item, ScalarNode)]
        if len(texts) < len(node.items) or any("\n" in text for text in texts):
            return None
        return f"[{', '.join(flow_scalar(text) for text in texts)}]"
    if isinstance(node, MappingNode) and is_dataclass(field.kind):
        keys = list(record_fields(field.kind))
        pairs = sorted(node.entries, key=lambda entry: keys.index(entry[0].text))
        if all(isinstance(value, ScalarNode) and "\n" not in value.text.strip() for _, value in pairs):
            inside = (
                f"{key.text}: {flow_scalar(value.text.strip())}"
                for key, value in pairs
                if isinstance(value, ScalarNode)
            )
            return f"{{{', '.join(inside)}}}"
    return None


def flow_scalar(text: str) -> str:
    """Return a text as a scalar on one line that may stand in a flow sequence too."""
    # a comma or a bracket ends a plain value between brackets
    return quoted_scalar(text) if re.search(r"[,\[\]{}]", text) else _inline(text)


def _inline(text: str) -> str:
    return quoted_scalar(text) if not text or _TYPED.fullmatch(text) or _NOT_PLAIN.search(text) else text


def quoted_scalar(text: str) -> str:
    """Return a text as a double-quoted scalar."""
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


def find_comments(text: str, tree: Node) -> list[Comment]:
    """Return every comment of a text whose tree is known: each `#` that no value contains."""
    spans = sorted(_spans(text, tree))
    starts = [start for start, _ in spans]
    comments, offset = [], 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        for mark in re.finditer(r"(?:^|(?<=[ \t]))#", line):
            at = offset + mark.start()
            span = bisect_right(starts, at) - 1
            if span < 0 or at >= spans[span][1]:
                blank = number + 1 < len(lines) and not lines[number + 1].strip()
                alone = not line[: mark.start()].strip()
                comments.append(Comment(line[mark.start() :].rstrip(), at, alone, blank))
                break
        offset += len(line)
    return comments


def join_chunks(chunks: list[Chunk], comments: list[Comment]) -> str:
    """Return the text of all chunks, each with the comments that stood before or behind it."""
    items = {chunk.item: chunk for chunk in chunks if chunk.item is not None}
    before = {chunk.start: chunk for chunk in chunks} | items
    behind = {chunk.start: chunk for chunk in reversed(chunks)}
    openings, ends = sorted(before), sorted(behind)
    last: list[Comment] = []
    for comment in comments:
        at = bisect_right(openings, comment.start)
        if not comment.alone and (end := bisect_right(ends, comment.start)):
            behind[ends[end - 1]].comments.append(comment)
        elif at < len(openings):
            before[openings[at]].comments.append(comment)
        else:
            last.append(comment)
    lines = [line for chunk in chunks for line in _with_comments(chunk)]
    for n, comment in enumerate(last):
        lines += [comment.text, *([""] if comment.blank_after and n + 1 < len(last) else [])]
    return "\n".join(lines) + "\n"


def _with_comments(chunk: Chunk) -> list[str]:
    indent = re.match(r" *", chunk.lines[0])[0] if chunk.lines else ""  # type: ignore[index]  # always matches
    lines = [""] if chunk.gap else []
    behind: list[str] = []
    for comment in chunk.comments:
        if comment.alone or chunk.block or behind:
            lines += [indent + comment.text, *([""] if comment.alone and comment.blank_after else [])]
        else:
            behind.append(comment.text)
    return [*lines, *chunk.lines[:-1], "  ".join([chunk.lines[-1], *behind])]


def _spans(text: str, node: Node) -> list[tuple[int, int]]:
    if isinstance(node, SequenceNode):
        return [span for item in node.items for span in _spans(text, item)]
    if isinstance(node, MappingNode):
        return [span for pair in node.entries for part in pair for span in _spans(text, part)]
    assert isinstance(node, ScalarNode)
    start = node.start
    if text[start : start + 1] in ("|", ">") and not node.plain:
        # the first line of a block is not part of its value and may end with a comment
        start = text.find("\n", start) + 1 or len(text)
    return [(start, node.end)] if start < node.end else []
