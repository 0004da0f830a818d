"""Who brought which sign-off and which line of pages seen into a branch, from git alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from factpress.files.git_history import commits_of, committed_file
from factpress.files.signing.signoffs import signoffs_file
from factpress.files.yaml.long_lists import parse_long_list
from factpress.model.signoff import PageSeen, SignOff
from factpress.settings import Settings

Entry = TypeVar("Entry", SignOff, PageSeen)


@dataclass(frozen=True, slots=True)
class Introduced:
    """By which commit an entry came, and the e-mails of who wrote and who committed that."""

    commit: str  #: short; empty for what is not committed
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BranchEntries:
    """What a branch adds to the files that people sign."""

    base: str  #: the commit at which it began, short
    signoffs: Mapping[SignOff, Introduced]
    seen: Mapping[PageSeen, Introduced]


def branch_entries(settings: Settings, base: str) -> BranchEntries:
    """Return the entries of commits since the merge base of `base`, each with the commit that first has it.

    Raises:
        UsageError: git knows no commit that both have.
        ToolError: git is not installed, or failed.
    """
    seen_file = settings.docs / "claims" / "seen.yaml"
    start, by_signoffs = _introduced(settings, base, signoffs_file(settings), SignOff)
    _, by_seen = _introduced(settings, base, seen_file, PageSeen)
    return BranchEntries(start[:7], by_signoffs, by_seen)


def _introduced(settings: Settings, base: str, path: Path, kind: type[Entry]) -> tuple[str, dict[Entry, Introduced]]:
    start, commits = commits_of(settings.root, base, path)
    found: dict[Entry, Introduced] = {}
    for commit, parent, emails in commits:
        new = Counter(_entries(settings, path, kind, commit)) - Counter(_entries(settings, path, kind, parent))
        for entry in new:
            found.setdefault(entry, Introduced(commit[:7], emails))
    return start, found


def _entries(settings: Settings, path: Path, kind: type[Entry], commit: str) -> Iterable[Entry]:
    data = committed_file(settings.root, path, commit) if commit else None
    if data is None:
        return ()
    return parse_long_list(kind, data, path.relative_to(settings.root).as_posix(), settings.work / "read")[0]
