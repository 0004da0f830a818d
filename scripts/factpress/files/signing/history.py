"""The errata: what findings an edition has otherwise than the one before, from the claims.json that was published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from factpress.files.ledger import read_history
from factpress.files.signing.append import append_records, signing_lock
from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.signoff import FindingChange
from factpress.model.vocabulary import FindingPart
from factpress.problems import FileError, UsageError, error_hint
from factpress.settings import Settings


def changes_since(file: Path, book: Book, edition: str, date: str) -> list[FindingChange]:
    """Return how the findings of a book differ from those of a published claims.json, claim by claim.

    Claims that the file does not have, or has without a finding, are new and no errata.

    Raises:
        FileError: the file cannot be read.
        UsageError: it is not a claims.json.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        published = {str(claim["id"]): claim for claim in data["claims"]}
    except OSError as error:
        sentence = f"{file} cannot be read: {error.strerror}."
        raise FileError(sentence, error_hint(error, "Name a claims.json.")) from error
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{file} is not a claims.json.", "Name that of the last release.") from error
    changes = []
    for claim in book.ledger.by_id.values():
        before = published.get(claim.id, {}).get("finding")
        if isinstance(before, Mapping) and claim.finding:
            changes += [
                FindingChange(edition=edition, date=date, claim=claim.id, part=part, was=was or None, now=now or None)
                for part, was, now in _differences(before, claim)
            ]
    return changes


def record_changes(settings: Settings, changes: Sequence[FindingChange]) -> list[FindingChange]:
    """Add what history.yaml does not have yet, and return that.

    Raises:
        BookError: history.yaml cannot be read.
        FileError: it cannot be written.
    """
    path = settings.docs / "claims" / "history.yaml"
    with signing_lock(settings):
        known, _ = read_history(path.parent, settings.root)
        new = [change for change in changes if change not in known]
        append_records(settings, path, new)
    return new


def _differences(before: Mapping[str, object], claim: Claim) -> Iterator[tuple[FindingPart, str, str]]:
    finding = claim.finding
    assert finding
    now = {
        FindingPart.VERDICT: str(finding.verdict),
        FindingPart.STATEMENT: finding.statement,
        FindingPart.CORRECTION: finding.correction or "",
        FindingPart.EVIDENCE: _listed([_piece(item.source, item.locator, item.quote) for item in finding.evidence]),
    }
    for part, text in now.items():
        was = before.get(str(part), "")
        if part is FindingPart.EVIDENCE:
            pieces = was if isinstance(was, list) else []
            kept = [piece for piece in pieces if isinstance(piece, dict)]
            was = _listed([_piece(p.get("source"), p.get("locator"), p.get("quote")) for p in kept])
        was, text = " ".join(str(was or "").split()), " ".join(text.split())
        if was != text:
            yield part, was, text


def _piece(source: object, locator: object, quote: object) -> str:
    return f"{source}, {locator}{f': “{quote}”' if quote else ''}"


def _listed(pieces: list[str]) -> str:
    return "; ".join(sorted(pieces))
