"""Replaces addresses in the bibliography and the ledger; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.bibtex.fix import first_syntax_error, replace_spans
from factpress.files.bibtex.scanner import scan_bibtex
from factpress.files.bibtex.values import unescaped_url
from factpress.files.ledger import claim_files
from factpress.files.text import read_text, relative_name
from factpress.files.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from factpress.files.yaml.tree import parse_yaml
from factpress.files.yaml.writer import flow_scalar, format_text, quoted_scalar
from factpress.model.place import Place
from factpress.problems import Problem, problem
from factpress.settings import Settings

ADDRESS_FIELDS = ("url", "archived")


@dataclass(slots=True)
class RewrittenFiles:
    """Files with replaced addresses, and why one was left alone."""

    texts: dict[Path, tuple[str, str]] = field(default_factory=dict)  #: before and after
    problems: list[Problem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  #: old addresses that were found

    def diff(self, root: Path) -> str:
        """Return the changes as a patch."""
        lines: list[str] = []
        for path, (before, after) in self.texts.items():
            name = relative_name(path, root)
            lines += unified_diff(before.splitlines(), after.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
        return "\n".join(lines)

    def write(self) -> None:
        """Write the files, each atomically.

        Raises:
            FileError: one cannot be written; it stays as it was.
        """
        for path, (_, after) in self.texts.items():
            mark = "\ufeff" if path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
            write_atomically(path, mark + after)


def rewrite_urls(settings: Settings, moves: Mapping[str, str]) -> RewrittenFiles:
    """Return the book's files with the new addresses; a file that cannot be read safely is left alone."""
    rewritten = RewrittenFiles()
    for path in (settings.root / "references.bib", *claim_files(settings.docs / "claims")):
        text, problems = read_text(path, settings.root)
        file = relative_name(path, settings.root)
        if text is not None:
            in_file = _in_bibliography if path.suffix == ".bib" else _in_ledger
            new = in_file(text, file, moves, rewritten)
            if new != text:
                rewritten.texts[path] = text, new
        rewritten.problems += problems
    return rewritten


def _in_bibliography(text: str, file: str, moves: Mapping[str, str], rewritten: RewrittenFiles) -> str:
    scan = scan_bibtex(text, file)
    if error := first_syntax_error(scan):
        why = f"line {error.where.line} has a syntax error"
        rewritten.problems.append(problem("bib-not-fixed", Place(file), file=file, why=why))
        return text
    fields = [raw for entry in scan.entries for raw in entry.fields if raw.name in ADDRESS_FIELDS and raw.inner]
    edits = [(raw.inner, moves[url]) for raw in fields if raw.inner and (url := unescaped_url(raw.value)) in moves]
    rewritten.taken |= {url for raw in fields if (url := unescaped_url(raw.value)) in moves}
    return replace_spans(text, edits)


def _in_ledger(text: str, file: str, moves: Mapping[str, str], rewritten: RewrittenFiles) -> str:
    tree, problems = parse_yaml(text, file)
    rewritten.problems += problems
    if tree is None:
        return text
    parts, at = [], 0
    for scalar in _addresses(tree):
        if (url := scalar.text.strip()) in moves:
            rewritten.taken.add(url)
            written = text[scalar.start : scalar.end]
            new = flow_scalar(moves[url]) if scalar.plain else quoted_scalar(moves[url])
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
            if key.text in ADDRESS_FIELDS and isinstance(value, ScalarNode):
                yield value
            else:
                yield from _addresses(value)
