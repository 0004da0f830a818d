"""Signing: the one writer of signoffs.yaml and of the lines of seen.yaml that a person's answers make.

Lock, read again, compare what the person had before them with what stands there now, judge, append, flush, rename.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from factpress.files.book import read_book
from factpress.files.git_history import committed_file
from factpress.files.signing.append import append_records, remove_last, signing_lock
from factpress.files.yaml.long_lists import parse_long_list
from factpress.model.book import Book
from factpress.model.digest import covered_digests
from factpress.model.review import Review, review_of
from factpress.model.signing.attempt import Attempt, all_answers, pages_to_note
from factpress.model.signing.judgement import Obstacle, ObstacleKind, obstacles
from factpress.model.signoff import Covers, PageSeen, SignOff
from factpress.model.vocabulary import SeenHow
from factpress.problems import BookError, FactpressError, FileError
from factpress.settings import Settings


class NotSignedError(FactpressError):
    """Nothing was signed: the person may not sign this finding, or not yet."""

    status = 1

    def __init__(self, found: tuple[Obstacle, ...]) -> None:
        """Keep every obstacle; the sentence is that of the first."""
        super().__init__(found[0].sentence, found[0].hint)
        self.obstacles = found


class MovedError(FactpressError):
    """Nothing was signed: the content is not what the person had before them."""

    status = 1

    def __init__(self, claim: str, parts: tuple[str, ...], today: Covers) -> None:
        """Keep which parts moved, and today's digests."""
        moved = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
        verb = "is" if len(parts) == 1 else "are"
        super().__init__(
            f"{claim} changed after you opened it; the {moved} {verb} not what you saw. Nothing was signed.",
            "Look at it again, then sign.",
        )
        self.claim, self.parts, self.today = claim, parts, today


@dataclass(frozen=True, slots=True)
class Signed:
    """What signing wrote."""

    entry: SignOff
    review: Review  #: of the claim, with the entry
    pages: tuple[PageSeen, ...]  #: lines added to seen.yaml


def signoffs_file(settings: Settings) -> Path:
    """Return the file of the sign-offs."""
    return settings.docs / "claims" / "signoffs.yaml"


def sign(settings: Settings, attempt: Attempt, shown: Covers, today: str, how: SeenHow = SeenHow.BROWSER) -> Signed:
    """Write a sign-off of what the person had before them, `shown`, and return it with the claim's new state.

    The claim, its sources, people and sign-offs are read again under the lock.

    Raises:
        NotSignedError: the person may not sign this; why.
        MovedError: the content is another than `shown` by now.
        BookError: a file of the book cannot be read.
        FileError: another one is signing, or a file cannot be written. In each case no sign-off was written.
    """
    with signing_lock(settings):
        book, problems = read_book(settings)
        if blocking := [found for found in problems if found.is_error and _matters(found.where.file, attempt, book)]:
            raise BookError(blocking)
        _refuse_rewritten(settings, book)
        entry, pages = _prepared(settings, book, attempt, shown, today, how)
        append_records(settings, settings.docs / "claims" / "seen.yaml", pages)
        append_records(settings, signoffs_file(settings), [entry])
    claim = book.ledger.by_id[attempt.claim]
    entries = (*(e for e in book.ledger.signoffs if e.claim == claim.id), entry)
    return Signed(entry, review_of(claim, entries, book, settings.policy, today), pages)


def note_answers(
    settings: Settings, attempt: Attempt, today: str, how: SeenHow = SeenHow.BROWSER
) -> tuple[PageSeen, ...]:
    """Write what a person found or did not find on pages, without a sign-off; return the lines added to seen.yaml.

    Raises:
        NotSignedError: people.yaml or the ledger does not have the person or the claim.
        BookError: a file of the book cannot be read.
        FileError: another one is signing, or a file cannot be written.
    """
    with signing_lock(settings):
        book, _ = read_book(settings)
        unknown = (ObstacleKind.UNKNOWN_CLAIM, ObstacleKind.UNKNOWN_PERSON)
        found = obstacles(attempt, book, settings.policy, today)
        if wrong := tuple(each for each in found if each.kind in unknown):
            raise NotSignedError(wrong)
        pages = pages_to_note(attempt, book.ledger.by_id[attempt.claim], book, today, how)
        append_records(settings, settings.docs / "claims" / "seen.yaml", pages)
    return pages


def undo(settings: Settings, by: str) -> SignOff:
    """Take a person's last sign-off back, while it is the last of the file and not committed; return it.

    What the person noted on pages stays: it was seen.

    Raises:
        NotSignedError: the last entry is somebody else's, or git's HEAD holds it.
        BookError: signoffs.yaml cannot be read.
        FileError: another one is signing, or the file cannot be written.
    """
    with signing_lock(settings):
        found = last_own(settings, by)
        if isinstance(found, Obstacle):
            raise NotSignedError((found,))
        return remove_last(settings, signoffs_file(settings), SignOff)


def last_own(settings: Settings, by: str) -> SignOff | Obstacle:
    """Return the sign-off that a person can take back, or why there is none."""
    book, _ = read_book(settings)
    entries = book.ledger.signoffs
    hint = "Sign again instead: the last entry of each person counts."
    if not entries:
        return Obstacle(ObstacleKind.NOT_YOURS, "Nobody has signed anything.", "Nothing is left to take back.")
    last = entries[-1]
    if by not in (last.by, last.entered_by):
        return Obstacle(ObstacleKind.NOT_YOURS, "The last entry of signoffs.yaml is somebody else’s.", hint)
    committed = committed_signoffs(settings)
    if Counter(committed)[last] >= Counter(entries)[last]:
        return Obstacle(ObstacleKind.COMMITTED, "The last entry is committed: it stays.", hint)
    return last


def committed_signoffs(settings: Settings, commit: str = "HEAD") -> tuple[SignOff, ...]:
    """Return the sign-offs that a commit of git holds, as far as they can be read; none without git."""
    path = signoffs_file(settings)
    data = committed_file(settings.root, path, commit)
    name = path.relative_to(settings.root).as_posix()
    return () if data is None else parse_long_list(SignOff, data, name, settings.work / "read")[0]


def _refuse_rewritten(settings: Settings, book: Book) -> None:
    """Refuse to add to a file that was cut, forged or put into another order since it was committed."""
    path = signoffs_file(settings)
    committed = committed_file(settings.root, path)
    if committed is None or (path.exists() and path.read_bytes().startswith(committed)):
        return
    earlier, problems = parse_long_list(SignOff, committed, path.name, settings.work / "read")
    if not problems and book.ledger.signoffs[: len(earlier)] != earlier:
        raise FileError(
            f"{path.relative_to(settings.root).as_posix()} no longer begins with what was committed.",
            "Restore it, or finish the merge: a sign-off is kept for ever, and new ones stand at the end.",
        )


def _prepared(
    settings: Settings, book: Book, attempt: Attempt, shown: Covers, today: str, how: SeenHow
) -> tuple[SignOff, tuple[PageSeen, ...]]:
    claim = book.ledger.by_id.get(attempt.claim)
    # who changed the finding, or took it away, is the first that the person must know
    if claim and claim.finding and (parts := shown.changed_parts(covered_digests(claim, book.sources))):
        raise MovedError(claim.id, parts, covered_digests(claim, book.sources))
    if found := obstacles(attempt, book, settings.policy, today):
        raise NotSignedError(found)
    assert claim is not None  # an unknown claim is an obstacle
    pages = pages_to_note(attempt, claim, book, today, how)
    whole = replace(attempt, answers=all_answers(attempt, claim, book))
    return whole.entry(claim, covered_digests(claim, book.sources), today), pages


def _matters(file: str, attempt: Attempt, book: Book) -> bool:
    """Return whether a sign-off could rest on what could not be read of a file."""
    claim = book.ledger.by_id.get(attempt.claim)
    beside = ("people.yaml", "signoffs.yaml", "seen.yaml")
    return file.endswith((*beside, ".bib")) or claim is None or file == claim.where.file
