"""Puts new addresses in the place of old ones in the bibliography and the ledger; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.bibtex.fix import edited, first_syntax_error
from factpress.files.bibtex.scanner import scan
from factpress.files.bibtex.values import plain_address
from factpress.files.ledger import claim_files
from factpress.files.text import name_of, read_text
from factpress.files.yaml.tree import MappingNode, Node, ScalarNode, SequenceNode, parse
from factpress.files.yaml.writer import format_text, quoted, short
from factpress.model.place import Place
from factpress.problems import Problem, problem
from factpress.settings import Settings

FIELDS = ("url", "archived")


@dataclass(slots=True)
class Rewrite:
    """Files with new addresses, and why one was left alone."""

    texts: dict[Path, tuple[str, str]] = field(default_factory=dict)  #: before and after
    problems: list[Problem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  #: old addresses that were found

    def diff(self, root: Path) -> str:
        """Return the changes as a patch."""
        lines: list[str] = []
        for path, (before, after) in self.texts.items():
            name = name_of(path, root)
            lines += unified_diff(before.splitlines(), after.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
        return "\n".join(lines)

    def write(self) -> None:
        """Write the files, each whole-old or whole-new."""
        for path, (_, after) in self.texts.items():
            mark = "\ufeff" if path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
            write_atomically(path, mark + after)


def rewrite_urls(settings: Settings, moves: Mapping[str, str]) -> Rewrite:
    """Return the book's files with the new addresses; a file that cannot be read safely is left alone."""
    found = Rewrite()
    for path in (settings.root / "references.bib", *claim_files(settings.docs / "claims")):
        text, problems = read_text(path, settings.root)
        file = name_of(path, settings.root)
        if text is not None:
            in_file = _in_bibliography if path.suffix == ".bib" else _in_ledger
            new = in_file(text, file, moves, found)
            if new != text:
                found.texts[path] = text, new
        found.problems += problems
    return found


def _in_bibliography(text: str, file: str, moves: Mapping[str, str], found: Rewrite) -> str:
    scanned = scan(text, file)
    if slip := first_syntax_error(scanned):
        why = f"line {slip.where.line} has a slip in its shape"
        found.problems.append(problem("bib-not-fixed", Place(file), file=file, why=why))
        return text
    fields = [one for entry in scanned.entries for one in entry.fields if one.name in FIELDS and one.inner]
    edits = [(one.inner, moves[url]) for one in fields if one.inner and (url := plain_address(one.value)) in moves]
    found.taken |= {url for one in fields if (url := plain_address(one.value)) in moves}
    return edited(text, edits)


def _in_ledger(text: str, file: str, moves: Mapping[str, str], found: Rewrite) -> str:
    tree, problems = parse(text, file)
    found.problems += problems
    if tree is None:
        return text
    parts, at = [], 0
    for scalar in _addresses(tree):
        if (url := scalar.text.strip()) in moves:
            found.taken.add(url)
            written = text[scalar.start : scalar.end]
            new = short(moves[url]) if scalar.plain else quoted(moves[url])
            # what a block takes in at its end is white space that must stay
            parts += [text[at : scalar.start], new, written[len(written.rstrip()) :]]
            at = scalar.end
    new_text = "".join((*parts, text[at:]))
    return format_text(new_text, file)[0] if format_text(text, file)[0] == text else new_text


def _addresses(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, SequenceNode):
        for item in node.items:
            yield from _addresses(item)
    elif isinstance(node, MappingNode):
        for key, value in node.entries:
            if key.text in FIELDS and isinstance(value, ScalarNode):
                yield value
            else:
                yield from _addresses(value)
