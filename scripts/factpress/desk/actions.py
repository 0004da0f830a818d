"""What a person does at a claim: open, answer, decide, ask, skip, take back.

A decision is on the disk before the next claim appears.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import NamedTuple

from factpress.desk.claim_page import covers_of
from factpress.desk.drafts import Draft
from factpress.desk.render import Line
from factpress.desk.workbench import Workbench, query_of
from factpress.files.signing.signoffs import MovedError, NotSignedError, note_answers, sign, undo
from factpress.model.claim import Claim
from factpress.model.review import Review
from factpress.model.signing.attempt import Answer, Attempt, piece_letter
from factpress.model.vocabulary import Asks, Decision, ReviewState
from factpress.problems import BookError, FactpressError

CHOICES: Mapping[str, Decision | Asks] = {
    "approve": Decision.APPROVE, "return": Decision.REJECT, "second": Asks.SECOND_READER,
}  # fmt: skip


class Turn(NamedTuple):
    """Where a form leads: an address below the desk's, with the query."""

    path: str
    query: str = ""

    @property
    def address(self) -> str:
        """Return path and query."""
        return f"{self.path}?{self.query.lstrip('?&')}" if self.query.strip("?&") else self.path


def opened(bench: Workbench, claim: Claim, letter: str) -> None:
    """Note that the page of a piece was opened; an unknown letter is nothing."""
    at = _places(claim).get(letter)
    if at is not None:
        bench.reading.opened(claim.id, bench.covers(claim), at)


def read_to_the_end(bench: Workbench, claim: Claim) -> None:
    """Note that the end of the reasoning was on the screen."""
    bench.reading.read_to_the_end(claim.id, bench.covers(claim))


def answer(bench: Workbench, claim: Claim, letter: str, form: Mapping[str, str]) -> Turn:
    """Take a person's answer on a piece: it goes into seen.yaml where words were looked for on a page."""
    at, given = _places(claim).get(letter), form.get("answer", "")
    here = f"{bench.home}claims/{claim.id}"
    within = form.get("within", "")
    if at is None or given not in set(Answer) or bench.person is None:
        return Turn(here, within)
    if moved := _moved(bench, claim, form):
        return Turn(here, f"{within}&{bench.say(moved)}")
    covers, said = bench.covers(claim), Answer(given)
    before = bench.reading.of(claim.id, covers)
    bench.reading.answered(claim.id, covers, at, said)
    attempt = Attempt(claim=claim.id, by=bench.person.id, choice=Decision.APPROVE, answers={at: said})
    try:
        note_answers(bench.settings, attempt, bench.today())
    except FactpressError as error:
        bench.reading.claims[claim.id] = before
        return Turn(here, f"{within}&{bench.say(fault_line(error, 'Your answer was not written.'))}")
    bench.look_again(wrote=True)
    return Turn(here, within)


def keep_note(bench: Workbench, claim: Claim, note: str) -> None:
    """Keep a note that is being written."""
    bench.drafts.write(claim.id, "note", Draft("", {"note": note}))


def note_of(bench: Workbench, claim: Claim) -> str:
    """Return the note that was begun for a claim, empty where none was."""
    draft = bench.drafts.read(claim.id, "note")
    return str(draft.values.get("note", "")) if draft else ""


def decide(bench: Workbench, claim: Claim, choice: str, form: Mapping[str, str]) -> Turn:
    """Sign, return, or ask for a second reader, and go on to the next claim; what is refused stays on the page."""
    within, note = query_of(form.get("within", "")), form.get("note", "").strip()
    here, order = f"{bench.home}claims/{claim.id}", bench.queue(within).order()
    query = bench.queue(within).within
    again, waited = Turn(here, f"{query}&ask={choice}"), len(bench.queue({}).waiting())
    keep_note(bench, claim, note)
    if moved := _moved(bench, claim, form):
        return Turn(here, f"{query}&{bench.say(moved)}")
    if form.get("read") == "yes":
        read_to_the_end(bench, claim)
    shown = covers_of(form.get("covers", ""))
    if shown is None or bench.person is None:
        return again
    attempt = bench.screen(claim).attempt(CHOICES[choice], note)
    try:
        signed = sign(bench.settings, attempt, shown, bench.today())
    except MovedError as error:
        bench.look_again(wrote=True)
        return Turn(here, f"{query}&{bench.say(_moved_line(bench, claim, shown_name(form), error.parts))}")
    except NotSignedError as error:
        return Turn(again.path, f"{again.query}&{bench.say(Line('Nothing was signed.', f'{error} {error.hint}'))}")
    except FactpressError as error:
        return Turn(again.path, f"{again.query}&{bench.say(fault_line(error, 'Nothing was signed.'))}")
    bench.look_again(wrote=True)
    bench.drafts.discard(claim.id, "note")
    following = bench.next_after(claim.id, within, order)
    line = _decided_line(claim, choice, signed.review, following)
    bench.reading.decides(claim.id, f"{line.strong} {line.text}")
    left = max(waited - 1, 0)
    pace = bench.reading.pace(left)
    rest = f"{line.text} {'' if pace.startswith('No pace') else pace}".strip()
    said = bench.say(Line(line.strong, rest, line.good, line.sign))
    if following:
        return Turn(f"{bench.home}claims/{following}", f"{query}&{said}")
    return Turn(bench.home, f"{query}&{said}")


def skip(bench: Workbench, claim: Claim, form: Mapping[str, str]) -> Turn:
    """Put a claim at the end of the queue and go on."""
    within = query_of(form.get("within", ""))
    order = bench.queue(within).order()
    query = bench.queue(within).within
    bench.reading.skipped.pop(claim.id, None)
    bench.reading.skipped[claim.id] = None
    following = bench.next_after(claim.id, within, order)
    if not following:
        return Turn(bench.home, f"{query}&{bench.say(Line('No other claim waits for you.', good=True))}")
    return Turn(f"{bench.home}claims/{following}", query)


def take_back(bench: Workbench) -> Turn:
    """Take the person's last decision back, while it is the last of the file and not committed."""
    if bench.person is None:
        return Turn(bench.home)
    try:
        entry = undo(bench.settings, bench.person.id)
    except (NotSignedError, BookError) as error:
        return Turn(bench.home, bench.say(Line(str(error), error.hint)))
    except FactpressError as error:
        return Turn(bench.home, bench.say(fault_line(error, "Nothing was taken back.")))
    bench.look_again(wrote=True)
    bench.reading.takes_back()
    if entry.note:
        bench.drafts.write(entry.claim, "note", Draft("", {"note": entry.note}))
    line = Line(
        f"{entry.claim}: your decision is taken back.", "Your note is kept as a draft." if entry.note else "", True
    )
    return Turn(f"{bench.home}claims/{entry.claim}", bench.say(line))


def fault_line(error: FactpressError, nothing: str) -> Line:
    """Return what is said when a file could not be read or written: that nothing was lost, and what to do."""
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return Line("The disk is full. Nothing was written.",
                    "Your decision and note are still on this page; make room, then sign again.")  # fmt: skip
    if isinstance(error, BookError) and error.problems:
        first = error.problems[0]
        return Line(nothing, f"{first.where}: {first.message} {first.rule.hint}")
    return Line(nothing, f"{error} {error.hint}".strip())


def shown_name(form: Mapping[str, str]) -> str:
    """Return the name of the content that a form was made from."""
    covers = covers_of(form.get("covers", ""))
    return (
        "-".join(part.partition(":")[2][:8] for part in (covers.claim, covers.finding, covers.evidence))
        if covers
        else ""
    )


def _moved(bench: Workbench, claim: Claim, form: Mapping[str, str]) -> Line | None:
    covers = covers_of(form.get("covers", ""))
    parts = covers.changed_parts(bench.covers(claim)) if covers else ()
    return _moved_line(bench, claim, shown_name(form), parts) if parts else None


def _moved_line(bench: Workbench, claim: Claim, shown: str, parts: tuple[str, ...]) -> Line:
    same = [part for part in ("claim", "finding", "evidence") if part not in parts]
    what = " and ".join(parts)
    rest = f"; {' and '.join(same)} {'is' if len(same) == 1 else 'are'}" if same else ""
    text = f"The {what} {'is' if len(parts) == 1 else 'are'} not what was on your screen{rest}. Your note is kept."
    link = f"{bench.home}claims/{claim.id}?since={shown}"
    return Line(
        f"{claim.id} changed after you opened it. Nothing was signed.", text, link=link, link_words="Show what changed"
    )


def _decided_line(claim: Claim, choice: str, review: Review, following: str) -> Line:
    state, on = review.state, f" Next: {following}." if following else ""
    back = "“Undo” takes it back until it is committed."
    if choice == "second":
        return Line(f"{claim.id}: a second reader is asked for.", f"Written to signoffs.yaml. {back}{on}", True)
    if choice == "return" and state in (ReviewState.RETURNED, ReviewState.IN_REVIEW):
        text = "It goes back to whoever keeps the ledger; readers see “A reviewer did not accept this.”"
        return Line(f"{claim.id} returned with your note.", f"{text}{on}", False, ReviewState.RETURNED.glyph)
    return Line(f"{claim.id}: {review.wording}", f"Written to signoffs.yaml. {back}{on}", True, state.glyph)


def _places(claim: Claim) -> dict[str, int]:
    return {piece_letter(at): at for at in range(len(claim.evidence))}
