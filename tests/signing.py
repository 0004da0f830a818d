"""A copy of the clean book at which somebody sits: git with their e-mail, and what they need to sign."""

from __future__ import annotations

import subprocess
from pathlib import Path

from cleanbook import copy_book
from factpress.files.book import read_book
from factpress.model.digest import covered_digests
from factpress.model.signing.attempt import Answer, Attempt, carrying
from factpress.model.signoff import Covers
from factpress.model.vocabulary import Asks, Decision
from factpress.settings import Settings, read_settings

RIVERA, NOVAK = "a.rivera", "k.novak"
TODAY = "2026-11-29"
SIGNOFFS = "docs/claims/signoffs.yaml"
SEEN = "docs/claims/seen.yaml"
PEOPLE = "docs/claims/people.yaml"


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def own_book(folder: Path, email: str = "a.rivera@example.org") -> Settings:
    """Return the settings of a copy of the clean book under git, all of it committed, that somebody sits at."""
    root = copy_book(folder)
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.email", email)
    git(root, "config", "user.name", "Somebody")
    git(root, "config", "commit.gpgsign", "false")
    (root / SEEN).write_text("[]\n", encoding="utf-8")
    (root / ".gitignore").write_text("/build/\n", encoding="utf-8")
    commit(root, "The book")
    return read_settings(root)


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


def digests(settings: Settings, claim: str) -> Covers:
    book, _ = read_book(settings)
    return covered_digests(book.ledger.by_id[claim], book.sources)


def diligent(settings: Settings, claim: str, by: str = RIVERA, choice: Decision | Asks = Decision.APPROVE) -> Attempt:
    """Return the attempt of somebody who found the words of every piece that carries the verdict."""
    found = read_book(settings)[0].ledger.by_id[claim]
    answers = dict.fromkeys(carrying(found), Answer.FOUND)
    return Attempt(claim=claim, by=by, choice=choice, answers=answers, read_reasoning=True)
