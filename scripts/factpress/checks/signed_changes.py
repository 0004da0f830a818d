"""Checks of a branch that adds sign-offs: added at the end, by whoever committed them, for what the base held.

What a base does not hold was not reviewed as a change; who signs it in the same branch signs what nobody else has seen.
The one exception is an edit of wording (`model.signing.wording_edits`), which leaves a finding to its proposer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from factpress.files.signing.introduced import BranchEntries, Introduced
from factpress.files.signing.people import person_of_email
from factpress.model.book import Book
from factpress.model.claim import Claim
from factpress.model.digest import covered_digests
from factpress.model.links.cited import evidence_page
from factpress.model.links.quotation import quote_key
from factpress.model.place import Place
from factpress.model.review import ReviewPolicy, listed
from factpress.model.signing.attempt import carrying, letters
from factpress.model.signing.wording_edits import is_wording_edit
from factpress.model.signoff import SignOff
from factpress.model.vocabulary import Decision, OpenBeforeSigning, QuoteSeen, ReviewStep
from factpress.problems import Problem, problem

SIGNOFFS, SEEN = "docs/claims/signoffs.yaml", "docs/claims/seen.yaml"


def check_signed_changes(
    now: Book, before: Book, added: BranchEntries, policy: ReviewPolicy, today: str
) -> Iterator[Problem]:
    """Yield what is wrong with the sign-offs, lines of pages seen and findings that a branch changes."""
    old, entries = before.ledger.signoffs, now.ledger.signoffs
    if entries[: len(old)] != old:
        at = next((n for n, (a, b) in enumerate(zip(entries, old, strict=False)) if a != b), len(entries))
        where = entries[at].where if at < len(entries) else Place(SIGNOFFS, 1)
        yield problem("sign-off-not-appended", where, base=added.base, file=SIGNOFFS)
    new = entries[len(old) :] if entries[: len(old)] == old else tuple(e for e in entries if e not in set(old))
    for entry in new:
        yield from _check_committer(entry, now, added)
        yield from _check_content(entry, now, before, added.base)
        yield from _check_reading(entry, now, policy)
        if entry.date > today:
            yield problem("sign-off-date", entry.where, claim=entry.claim, date=entry.date)
    yield from _check_seen(now, before, added, new)
    for claim in now.ledger.by_id.values():
        earlier = before.ledger.by_id.get(claim.id)
        if earlier and claim.finding and keeps_proposer_wrongly(claim, earlier):
            yield problem("finding-proposer-kept", claim.finding.proposed_by.where, claim=claim.id)


def keeps_proposer_wrongly(claim: Claim, earlier: Claim) -> bool:
    """Return whether a finding changed by more than wording and still names who proposed the earlier one."""
    if not claim.finding or not earlier.finding or claim.finding.proposed_by != earlier.finding.proposed_by:
        return False
    return not is_same_or_wording(claim, earlier)


def is_same_or_wording(claim: Claim, earlier: Claim) -> bool:
    """Return whether what the ledger has of finding and evidence is the same, but for a few harmless words.

    A source's entry is not the finding's: who corrects one in the bibliography does not become its proposer.
    """
    one, other = covered_digests(claim, {}), covered_digests(earlier, {})
    if one.evidence != other.evidence or not claim.finding or not earlier.finding:
        return one.finding == other.finding and one.evidence == other.evidence
    # days of checking, and what else a sign-off does not cover, may differ
    evidence, by = earlier.finding.evidence, earlier.finding.proposed_by
    return one.finding == other.finding or is_wording_edit(
        earlier.finding, replace(claim.finding, evidence=evidence, proposed_by=by)
    )


def _check_committer(entry: SignOff, now: Book, added: BranchEntries) -> Iterator[Problem]:
    came = added.signoffs.get(entry)
    if came is None:
        return  # of the work tree alone: git will say who commits it
    signer = entry.entered_by or entry.by
    if signer not in _people(came, now):
        yield problem("sign-off-committer", entry.where, id=signer, claim=entry.claim, commit=came.commit)


def _people(came: Introduced, now: Book) -> set[str]:
    found = (person_of_email(now.ledger.people, email) for email in came.emails)
    return {person.id for person in found if person}


def _check_content(entry: SignOff, now: Book, before: Book, base: str) -> Iterator[Problem]:
    claim, earlier = now.ledger.by_id.get(entry.claim), before.ledger.by_id.get(entry.claim)
    if claim is None:
        return  # `check` says so
    moved = (
        entry.covers.changed_parts(covered_digests(earlier, before.sources)) if earlier
        else ("claim", "finding", "evidence")
    )  # fmt: skip
    if not moved:
        return
    is_todays = not entry.covers.changed_parts(covered_digests(claim, now.sources))
    wording = earlier and moved == ("finding",) and is_same_or_wording(claim, earlier)
    if not (is_todays and wording):
        parts = f"{listed(moved)} that {'is' if len(moved) == 1 else 'are'}"
        yield problem("sign-off-unmerged", entry.where, claim=entry.claim, parts=parts, base=base)


def _check_reading(entry: SignOff, now: Book, policy: ReviewPolicy) -> Iterator[Problem]:
    """Yield approvals whose person, by seen.yaml, did not find the words that the book asks them to look for."""
    claim = now.ledger.by_id.get(entry.claim)
    if claim is None or entry.decision is not Decision.APPROVE:
        return
    rule, needed = policy.must_open(claim), carrying(claim)
    if rule is OpenBeforeSigning.NONE or not needed:
        return
    own = [line for line in now.seen if line.by == entry.by]
    last = {(line.url, quote_key(line.quote)): line.quote_seen for line in own if line.quote}
    asked = {}
    for at in needed:
        item = claim.evidence[at]
        page = evidence_page(item, now.sources.get(item.source))
        if item.quote and page:  # of what has no address or no words, no line is written
            asked[at] = last.get((page, quote_key(item.quote))) is QuoteSeen.YES
    missing = [at for at, was_found in asked.items() if not was_found]
    all_missing = len(missing) == len(needed)
    short = bool(missing) if rule is OpenBeforeSigning.ALL else all_missing
    if short or ReviewStep.FOUND_QUOTE not in entry.did:
        pieces = letters(missing or list(needed))
        yield problem("sign-off-unopened", entry.where, id=entry.by, claim=entry.claim, pieces=pieces)


def _check_seen(now: Book, before: Book, added: BranchEntries, new: tuple[SignOff, ...]) -> Iterator[Problem]:
    if now.seen[: len(before.seen)] != before.seen:
        yield problem("sign-off-not-appended", Place(SEEN, 1), base=added.base, file=SEEN)
    on_paper = {(entry.by, entry.entered_by) for entry in new if entry.entered_by}
    for line in now.seen:
        came = added.seen.get(line)
        if came is None:
            continue
        people = _people(came, now)
        if line.by not in people and not any((line.by, person) in on_paper for person in people):
            yield problem("seen-committer", line.where, id=line.by, commit=came.commit)
