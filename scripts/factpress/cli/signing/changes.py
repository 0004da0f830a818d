"""`factpress check --signoffs BASE`: what a branch signs, whether it may, and what it makes stale and why."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factpress.checks.signed_changes import check_signed_changes
from factpress.checks.signoffs import check_signoffs
from factpress.cli.book import counts_line, exit_status, print_problems
from factpress.desk.differences import ChangedText, changed_texts
from factpress.escaping import json_text
from factpress.files.book import read_book
from factpress.files.git_history import read_merge_base
from factpress.files.signing.introduced import branch_entries
from factpress.model.book import Book
from factpress.model.review import Review, listed, reviews_by_claim
from factpress.model.signoff import SignOff
from factpress.model.vocabulary import Decision, ReviewState
from factpress.problems import Problem, quantity, sorted_problems
from factpress.settings import Settings

#: states that somebody's signature made
_SIGNED = (ReviewState.SIGNED_OFF, ReviewState.IN_REVIEW, ReviewState.RETURNED, ReviewState.CONFLICT)


@dataclass(frozen=True, slots=True)
class MovedClaim:
    """A claim that a branch takes a signature's hold from."""

    claim: str
    before: Review
    now: Review
    parts: tuple[str, ...]  #: that moved
    texts: tuple[ChangedText, ...]


@dataclass(frozen=True, slots=True)
class BranchReview:
    """What a branch does to the review of a book."""

    base: str
    problems: list[Problem]
    signed: tuple[SignOff, ...]
    moved: tuple[MovedClaim, ...]
    states: tuple[dict[ReviewState, int], dict[ReviewState, int]]  #: before and now


def check_branch(settings: Settings, base: str, form: str, *, strict: bool = False) -> int:
    """Print what a branch signs and makes stale, with every problem, and return 1 if there is an error.

    Raises:
        UsageError: git knows no commit that `base` and the branch have.
        ToolError: git is not installed, or failed.
    """
    found = branch_review(settings, base, date.today().isoformat())
    if form == "json":
        print(json_text(_data(found)))
    elif form == "markdown":
        print(branch_markdown(found), end="")
    else:
        end = f"{_signed_words(found)} {_moved_words(found)} {counts_line(found.problems)}"
        print_problems(found.problems, end, form=form)
    if form != "markdown" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(branch_markdown(found))
    return exit_status(found.problems, strict=strict)


def branch_review(settings: Settings, base: str, today: str) -> BranchReview:
    """Return what the branch that is checked out does to the review, compared with where it began."""
    before = read_merge_base(settings, base)
    now, unread = read_book(settings)
    added = branch_entries(settings, base)
    problems = [p for p in unread if p.is_error]
    problems += [*check_signoffs(now), *check_signed_changes(now, before, added, settings.policy, today)]
    old, new = (reviews_by_claim(book, settings.policy, today) for book in (before, now))
    count = len(before.ledger.signoffs)
    moved = tuple(_moved(now, before, old, new))
    states = tuple(dict(Counter(review.state for review in reviews.values())) for reviews in (old, new))
    return BranchReview(
        added.base, sorted_problems(problems), now.ledger.signoffs[count:], moved, (states[0], states[1])
    )


def _moved(now: Book, before: Book, old: dict[str, Review], new: dict[str, Review]) -> Iterator[MovedClaim]:
    for claim in now.ledger.by_id.values():
        earlier = before.ledger.by_id.get(claim.id)
        if earlier is None or old[claim.id].state not in _SIGNED:
            continue
        held = {(e.by, e.role) for e in (*old[claim.id].votes, *old[claim.id].judged)}
        lost = [each for each in new[claim.id].outdated if (each.entry.by, each.entry.role) in held]
        if lost:
            texts = tuple(changed_texts(earlier, claim, before.sources, now.sources))
            yield MovedClaim(claim.id, old[claim.id], new[claim.id], lost[-1].changed, texts)


def branch_markdown(found: BranchReview) -> str:
    """Return the summary for a pull request."""
    from factpress.cli.status.forms import markdown_text as md

    lines = ["## Sign-offs", "", _signed_words(found), ""]
    for entry in found.signed:
        did = {Decision.APPROVE: "approves", Decision.REJECT: "returns"}
        word = did[entry.decision] if entry.decision else "asks for a second reader of"
        paper = f", on paper, entered by {md(entry.entered_by)}" if entry.entered_by else ""
        note = f": {md(entry.note)}" if entry.note else ""
        lines.append(f"- {md(entry.by)} {word} {md(entry.claim)}{paper}{note}")
    lines += ["", "## What this change makes stale", "", _moved_words(found), ""]
    for each in found.moved:
        states = f"{each.before.state} before, {each.now.state} now"
        lines.append(f"- **{each.claim}** ({states}): the {listed(each.parts)} moved")
        for text in each.texts:
            words = "".join(_marked(run.kind, run.text, md(run.text)) for run in text.runs)
            lines.append(f"  - {md(text.title)}: {words.strip()}")
    lines += ["", "## Problems", "", counts_line(found.problems), ""]
    lines += [f"- `{p.where}` {p.code}: {md(p.message)} {md(p.rule.hint)}" for p in found.problems]
    return "\n".join(lines).rstrip() + "\n"


def _marked(kind: str, text: str, escaped: str) -> str:
    gap = " " if text[-1:].isspace() else ""
    return {"in": f"<ins>{escaped}</ins>{gap}", "out": f"<del>{escaped}</del>{gap}"}.get(kind, f"{escaped}{gap}")


def _signed_words(found: BranchReview) -> str:
    return f"{quantity(len(found.signed), 'sign-off')} since {found.base}." if found.signed else "No sign-off is added."


def _moved_words(found: BranchReview) -> str:
    if not found.moved:
        return "No sign-off becomes stale."
    names = ", ".join(each.claim for each in found.moved)
    return f"{quantity(len(found.moved), 'finding')} that people signed moved: {names}."


def _data(found: BranchReview) -> dict[str, object]:
    return {
        "base": found.base,
        "problems": [p.as_dict() for p in found.problems],
        "signed": [
            {"claim": e.claim, "by": e.by, "decision": e.decision, "asks": e.asks, "entered-by": e.entered_by}
            for e in found.signed
        ],
        "stale": [
            {"claim": m.claim, "before": m.before.state, "now": m.now.state, "changed": list(m.parts),
             "texts": [{"what": t.title, "runs": [list(run) for run in t.runs]} for t in m.texts]}
            for m in found.moved
        ],
    }  # fmt: skip
