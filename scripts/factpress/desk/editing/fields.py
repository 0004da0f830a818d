"""A finding as fields to edit: what was there, what is typed, and what `check` says of it.

A claim is held here as texts by name: `statement`, and `b0.quote` of its first piece of evidence. A piece keeps its
name while it is edited: `b0` stood there when editing began, `n0` is new, `f0` came into the file meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from factpress.checks.citations import check_grades_of
from factpress.checks.claims import check_claim
from factpress.checks.prose.own_words import check_texts
from factpress.desk.differences import LABELS, as_text, evidence_fields
from factpress.files.bibtex.entries import parse_new_entry
from factpress.files.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from factpress.files.yaml.records import did_you_mean, read_record
from factpress.model.book import Book
from factpress.model.claim import Claim, Evidence, Finding, ProposedBy
from factpress.model.place import Place
from factpress.model.record_fields import record_fields
from factpress.model.signing.attempt import piece_letter
from factpress.model.signing.wording_edits import is_wording_edit
from factpress.model.source import Source
from factpress.model.text.characters import forbidden_characters, hidden_characters
from factpress.model.vocabulary import ProposerKind
from factpress.problems import Problem, problem

FINDING = ("verdict", "statement", "correction", "reasoning", "searched")
LIMITS = {"statement": 3000, "reasoning": 8000, "correction": 2000, "searched": 4000, "says": 3000, "url": 2000,
          "archived": 2000, "quote": 600}  #: characters of a field; of any other, 400  # fmt: skip
NOTE_LIMIT = 3000
WHOLE = "finding"  #: where a problem of the whole finding is put
#: code of a problem: the field beside which it is shown
FIELD_OF = {
    "quote-too-long": "quote", "finding-correction": "correction", "number-not-in-evidence": "statement",
    "note-too-long": "statement", "bad-date": "date", "source-unknown": "source", "grade-of-source": "grade",
    "finding-searched": "searched", "finding-one-sided": "verdict", "finding-unseen": "verdict",
    "finding-evidence": "verdict",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Texts:
    """A finding as texts."""

    values: Mapping[str, str]
    pieces: tuple[str, ...]  #: names, in order

    def get(self, name: str) -> str:
        """Return a field's text, empty where it has none."""
        return self.values.get(name, "")

    def same(self, other: Texts) -> bool:
        """Return whether two hold the same, whatever the empty fields."""
        return self.pieces == other.pieces and all(
            folded(self.get(name)) == folded(other.get(name)) for name in {*self.values, *other.values}
        )

    def as_dict(self) -> dict[str, object]:
        """Return it as plain data."""
        return {"values": dict(self.values), "pieces": list(self.pieces)}


def texts_from(data: object) -> Texts:
    """Return texts from plain data.

    Raises:
        KeyError, TypeError, ValueError: they are no texts.
    """
    if not isinstance(data, Mapping):
        raise TypeError(data)
    values = {str(name): str(text) for name, text in dict(data["values"]).items()}
    return Texts(values, tuple(map(str, data["pieces"])))


def texts_of(claim: Claim) -> Texts:
    """Return a claim's finding as texts; all are empty where it has none."""
    values = {name: as_text(getattr(claim.finding, name, None)) for name in FINDING}
    for at, item in enumerate(claim.evidence):
        values |= piece_texts(f"b{at}", item)
    return Texts(values, tuple(f"b{at}" for at in range(len(claim.evidence))))


def piece_texts(name: str, item: Evidence) -> dict[str, str]:
    """Return a piece of evidence as texts under its name."""
    return {f"{name}.{part}": as_text(getattr(item, part)) for part in evidence_fields()}


def folded(text: str) -> str:
    """Return a text with white space folded, as digests fold it."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Candidate:
    """What the typed texts come to."""

    claim: Claim | None  #: None while it cannot be read
    problems: tuple[tuple[str, Problem], ...]  #: each with the name of the field, or the piece, that it is about
    is_wording: bool  #: whether it is still its proposer's finding

    @property
    def errors(self) -> tuple[tuple[str, Problem], ...]:
        """Return what has to be put right before it can be saved."""
        return tuple((name, found) for name, found in self.problems if found.is_error)


@dataclass(frozen=True)
class Editor:
    """Whoever edits, with the book and the sources that they add."""

    book: Book
    person: str
    today: str
    new_sources: Mapping[str, str] = field(default_factory=dict)  #: entries in BibTeX, by key

    def candidate(self, claim: Claim, texts: Texts) -> Candidate:
        """Return the claim as it would be saved, with everything that `check` says of it."""
        problems: list[Problem] = []
        finding = read_record(Finding, _finding_node(texts, claim, self), problems)
        told = [(found.where.file, found) for found in problems]
        told += [(name, found) for name, text in texts.values.items() for found in _characters(name, text)]
        if finding is None:
            return Candidate(None, tuple(told), False)
        wording = claim.finding is not None and is_wording_edit(claim.finding, finding)
        old = claim.finding.proposed_by if claim.finding else None
        mine = ProposedBy(kind=ProposerKind.PERSON, id=self.person, date=self.today)
        finding = replace(finding, proposed_by=old if wording and old else mine)
        new = replace(claim, finding=finding)
        book = self.with_sources()
        checked = [*check_claim(new, book), *check_grades_of(new, book), *_unknown_sources(new, book)]
        checked += check_texts(book, new)
        told += [(_field_of(found), found) for found in checked if found.code not in ("claim-not-alone", "claim-unit")]
        return Candidate(new, tuple(dict.fromkeys(told)), wording)

    def with_sources(self) -> Book:
        """Return the book with the sources that are being added."""
        added: dict[str, Source] = {}
        for text in self.new_sources.values():
            source, _ = parse_new_entry(text)
            if source:
                added[source.key] = source
        return replace(self.book, sources={**self.book.sources, **added}) if added else self.book


def free_name(texts: Texts, kind: str) -> str:
    """Return a name for one more piece."""
    used = {name.partition(".")[0] for name in texts.values} | set(texts.pieces)
    return next(name for n in range(len(used) + 1) if (name := f"{kind}{n}") not in used)


def label_of(name: str, texts: Texts) -> str:
    """Return what a field is called on the page: `Why`, `Evidence b, quotation`."""
    piece, _, part = name.partition(".")
    if piece in LABELS:
        return LABELS[piece]
    where = f"Evidence {piece_letter(texts.pieces.index(piece))}" if piece in texts.pieces else "Evidence"
    return f"{where}, {LABELS[part]}" if part else where


def _finding_node(texts: Texts, claim: Claim, editor: Editor) -> MappingNode:
    entries: list[tuple[ScalarNode, Node]] = []
    for name in FINDING:
        text = texts.get(name)
        if name == "searched":
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            if lines:
                entries.append(
                    (_key(name), SequenceNode(tuple(_scalar(line, name) for line in lines), Place(name), 0, 0))
                )
        elif text.strip():
            entries.append((_key(name), _scalar(text, name)))
    # whoever proposed it before is compared, and set anew if the finding changed
    old = claim.finding.proposed_by if claim.finding else None
    who = old or ProposedBy(kind=ProposerKind.PERSON, id=editor.person, date=editor.today)
    given = ((f.name, as_text(getattr(who, f.name))) for f in fields(ProposedBy) if f.name != "where")
    entries.append((_key("proposed-by"), _mapping([(name, text) for name, text in given if text], WHOLE)))
    keys = {known.name: known.key for known in record_fields(Evidence).values()}
    items = []
    for name in texts.pieces:
        parts = [(keys[part], texts.get(f"{name}.{part}")) for part in evidence_fields()]
        items.append(_mapping([(key, text) for key, text in parts if text.strip()], name))
    if items:
        entries.append((_key("evidence"), SequenceNode(tuple(items), Place(WHOLE), 0, 0)))
    return MappingNode(tuple(entries), Place(WHOLE), 0, 0)


def _mapping(parts: list[tuple[str, str]], where: str) -> MappingNode:
    inner = tuple((_key(key), _scalar(text, where if where == WHOLE else f"{where}.{key}")) for key, text in parts)
    return MappingNode(inner, Place(where), 0, 0)


def _key(name: str) -> ScalarNode:
    return ScalarNode(name, Place(name), 0, 0, plain=True)


def _scalar(text: str, where: str) -> ScalarNode:
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return ScalarNode("\n".join(lines).strip(), Place(where), 0, 0)


def _characters(name: str, text: str) -> Iterator[Problem]:
    for code, found in (("forbidden", forbidden_characters(text)), ("hidden", hidden_characters(text))):
        for _, sign in found:
            yield problem(f"character-{code}", Place(name), character=f"U+{ord(sign):04X}")


def _field_of(found: Problem) -> str:
    where, part = found.where.file, FIELD_OF.get(found.code, "")
    if where == WHOLE or not where or where.endswith(".yaml"):
        return part if part in FINDING else WHOLE
    return f"{where.partition('.')[0]}.{part}" if part and part not in FINDING else where


def _unknown_sources(claim: Claim, book: Book) -> Iterator[Problem]:
    for item in claim.evidence:
        if item.source not in book.sources:
            near = did_you_mean(item.source, book.sources)
            yield problem("source-unknown", item.where, key=item.source, near=near)
