"""Both sides of a change: what somebody edits, and what came into the file meanwhile, field by field.

A field that one side changed is taken over; one that both changed is shown with both texts, and decided by the person.
"""

from __future__ import annotations

from dataclasses import dataclass

from factpress.desk.differences import LABELS, as_text, evidence_fields, paired
from factpress.desk.editing.fields import FINDING, Texts, folded, free_name, label_of, piece_texts
from factpress.model.claim import Claim, Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that was changed on both sides."""

    name: str
    label: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides of a change, field by field."""

    texts: Texts  #: with what only one side changed; where both did, mine
    differences: tuple[Difference, ...]
    taken: tuple[str, ...]  #: labels of fields that only the file changed, and that are taken over
    theirs: Texts  #: the file's, with the names of the pieces that it shares


def merge(base: Texts, mine: Texts, now: Claim) -> Merged:
    """Return both changes of a finding together: mine, and the one in the file since `base`."""
    theirs = _aligned(base, now)
    values: dict[str, str] = {}
    differences: list[Difference] = []
    taken: list[str] = []
    gone = {name for name in base.pieces if name not in theirs.pieces}
    dropped = {name for name in base.pieces if name not in mine.pieces}
    for name in dict.fromkeys((*base.values, *mine.values, *theirs.values)):
        piece = name.partition(".")[0] if "." in name else ""
        if piece in gone or piece in dropped:
            values[name] = mine.get(name)
            continue
        b, m, t = base.get(name), mine.get(name), theirs.get(name)
        values[name] = t if folded(m) == folded(b) else m
        if folded(t) != folded(b):
            if folded(m) == folded(b):
                taken.append(label_of(name, mine))
            elif folded(m) != folded(t):
                differences.append(Difference(name, label_of(name, mine), b, m, t))
    pieces = list(mine.pieces)
    for name in sorted(gone & set(mine.pieces)):
        if _piece_text(base, name) == _piece_text(mine, name):
            pieces.remove(name)
            taken.append(f"{label_of(name, mine)}, taken out")
        else:
            differences.append(
                Difference(name, label_of(name, mine), _piece_text(base, name), _piece_text(mine, name), "")
            )
    for name in sorted(dropped & set(theirs.pieces)):
        if _piece_text(base, name) != _piece_text(theirs, name):
            differences.append(
                Difference(name, label_of(name, theirs), _piece_text(base, name), "", _piece_text(theirs, name))
            )
    for name in theirs.pieces:
        if name not in base.pieces and name not in pieces:
            pieces.append(name)
            values |= {key: text for key, text in theirs.values.items() if key.startswith(f"{name}.")}
            taken.append(f"{label_of(name, theirs)}, new")
    return Merged(Texts(values, tuple(pieces)), tuple(differences), tuple(dict.fromkeys(taken)), theirs)


def choose(base: Texts, mine: Texts, now: Claim, name: str, keep: str) -> tuple[Texts, Texts]:
    """Return base and own texts after one difference was decided: `mine`, `file`, or `both` to write one of them."""
    theirs = _aligned(base, now)
    if "." in name or name in FINDING:
        values = {**mine.values, name: theirs.get(name) if keep == "file" else mine.get(name)}
        return Texts({**base.values, name: theirs.get(name)}, base.pieces), Texts(values, mine.pieces)
    of_piece = {key: text for key, text in theirs.values.items() if key.startswith(f"{name}.")}
    if name in theirs.pieces:  # I took it out, the file changed it
        pieces = mine.pieces if keep == "mine" else (*mine.pieces, name)
        return Texts({**base.values, **of_piece}, base.pieces), Texts({**mine.values, **of_piece}, pieces)
    rest = tuple(piece for piece in mine.pieces if piece != name)
    if keep == "file":
        return base, Texts(mine.values, rest)
    new = free_name(mine, "n")
    renamed = {f"{new}.{key.partition('.')[2]}": t for key, t in mine.values.items() if key.startswith(f"{name}.")}
    return base, Texts({**mine.values, **renamed}, tuple(new if piece == name else piece for piece in mine.pieces))


def _aligned(base: Texts, now: Claim) -> Texts:
    """Return a claim as texts, its pieces under the names of those of `base` that they are."""
    known = [_as_evidence(base, name) for name in base.pieces]
    values = {name: as_text(getattr(now.finding, name, None)) for name in FINDING}
    names: list[str] = []
    for at, old, new in paired(known, now.evidence):
        if new is None:
            continue
        place = next((n for n, item in enumerate(known) if item is old), None) if old else None
        name = base.pieces[place] if place is not None else f"f{at}"
        names.append(name)
        values |= piece_texts(name, new)
    return Texts(values, tuple(names))


def _as_evidence(texts: Texts, name: str) -> Evidence:
    # for comparison only: words of closed sets are compared as text, which StrEnum allows
    parts = {part: texts.get(f"{name}.{part}") or None for part in evidence_fields()}
    return Evidence(**parts)  # type: ignore[arg-type]


def _piece_text(texts: Texts, name: str) -> str:
    lines = ((LABELS[part], folded(texts.get(f"{name}.{part}"))) for part in evidence_fields())
    return "; ".join(f"{label}: {text}" for label, text in lines if text)
