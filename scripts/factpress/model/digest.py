"""What a sign-off covers: digests of a claim, its finding and its evidence (DESIGN §3, recipe v1)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping

from factpress.model.claim import Claim, Evidence
from factpress.model.signoff import Covers
from factpress.model.source import Source, signed_fields

VERSION = "v1"  # a later recipe must not make every old sign-off look altered


def covered_digests(claim: Claim, sources: Mapping[str, Source]) -> Covers:
    """Return today's digests of the three parts that a sign-off of this claim covers."""
    cited = tuple(sources.get(item.source) for item in claim.evidence)
    known = _known.get(id(claim))
    if known is None or known[0] is not claim or known[1] != cited:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        known = _known[id(claim)] = (claim, cited, _digests(claim, sources))
    return known[2]


#: by identity of the claim, which is kept and so cannot pass to another: the digests of 10,000 claims take two seconds
_known: dict[int, tuple[Claim, tuple[Source | None, ...], Covers]] = {}
_MOST_KNOWN = 50_000


def short_code(covers: Covers) -> str:
    """Return the code of a worksheet: four hexadecimal digits each of the claim, the finding and the evidence."""
    return " ".join(text.partition(":")[2][:4] for text in (covers.claim, covers.finding, covers.evidence))


def _digests(claim: Claim, sources: Mapping[str, Source]) -> Covers:
    finding = claim.finding
    return Covers(
        claim=digest({"id": claim.id, "claim": claim.claim, "kind": claim.kind, "units": list(claim.units)}),
        finding=digest(
            {
                "verdict": finding.verdict,
                "statement": finding.statement,
                "reasoning": finding.reasoning,
                "correction": finding.correction,
                "searched": list(finding.searched),
            }
            if finding
            else None
        ),
        evidence=digest(sorted(canonical_json(_signed(item, sources.get(item.source))) for item in claim.evidence)),
    )


def digest(value: object) -> str:
    """Return the versioned SHA-256 of a value's canonical JSON."""
    return f"{VERSION}:{hashlib.sha256(canonical_json(value).encode()).hexdigest()}"


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys, NFC, white space folded and nulls dropped."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _signed(item: Evidence, source: Source | None) -> dict[str, object]:
    parts: dict[str, object] = {
        name: getattr(item, name)
        for name in ("source", "stance", "grade", "consulted", "locator", "says", "quote", "before", "after", "url")
    }
    # prefixed, so that a field of the entry cannot stand in for one of the item
    return parts | {f"source.{name}": text for name, text in (signed_fields(source) if source else {}).items()}
