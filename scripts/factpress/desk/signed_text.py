"""The text that somebody signed, from git by its digests: git alone knows what stood there that day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from factpress.files.bibtex.parse import parse_bibliography
from factpress.files.git_history import file_versions
from factpress.files.yaml.records import read_list
from factpress.files.yaml.tree import parse_yaml
from factpress.model.claim import Claim
from factpress.model.digest import covered_digests
from factpress.model.signoff import Covers
from factpress.model.source import Source
from factpress.settings import Settings

MOST_VERSIONS = 200  #: of one file that are looked at, the newest first


@dataclass(frozen=True, slots=True)
class SignedText:
    """A claim as it was when it was signed."""

    claim: Claim
    sources: Mapping[str, Source]
    commit: str  #: short; of the ledger's file


def find_signed_text(settings: Settings, claim: Claim, covers: Covers) -> SignedText | None:
    """Return the claim whose digests a sign-off holds, from this checkout's history; None where git lacks it."""
    ledger, bib = settings.root / claim.where.file, settings.root / "references.bib"
    bibliographies: list[Mapping[str, Source]] | None = None
    for commit, data in file_versions(settings.root, ledger, MOST_VERSIONS):
        old = _claim_in(data.decode("utf-8", "replace"), claim.id, claim.where.file)
        if old is None or {"claim", "finding"} & set(covers.changed_parts(covered_digests(old, {}))):
            continue
        if bibliographies is None:
            keys = {item.source for item in (*old.evidence, *claim.evidence)}
            texts = (data for _, data in file_versions(settings.root, bib, MOST_VERSIONS))
            bibliographies = list(_sources_in(texts, keys, bib))
        for sources in bibliographies:
            if not covers.changed_parts(covered_digests(old, sources)):
                return SignedText(old, sources, commit[:7])
    return None


def _claim_in(text: str, claim: str, file: str) -> Claim | None:
    """Return one claim of a ledger file, read alone: a whole file takes a third of a second."""
    found = re.search(rf"^- id: {re.escape(claim)}\s*$.*?(?=^- |\Z)", text, re.MULTILINE | re.DOTALL)
    tree, problems = parse_yaml(found[0], file) if found else (None, [])
    records = read_list(Claim, tree, problems) if tree else ()
    return records[0] if records and not problems else None


def _sources_in(versions: Iterable[bytes], keys: set[str], bib: Path) -> Iterable[Mapping[str, Source]]:
    """Yield the sources with some keys of each version of a bibliography, each reading once."""
    known = set()
    for data in versions:
        text = data.decode("utf-8", "replace")
        entries = [entry for key in sorted(keys) if (entry := _entry(text, key))]
        if (joined := "\n".join(entries)) not in known:
            known.add(joined)
            yield parse_bibliography(joined, bib.name)


def _entry(text: str, key: str) -> str:
    found = re.search(rf"^@\w+\s*\{{\s*{re.escape(key)}\s*,.*?(?=^@|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""
