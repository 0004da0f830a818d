"""The state of a link after a check, and when to check it again.

One failure decides nothing, and what a machine could not see decides nothing either.
Days come from the caller, jitter from the address, so the same checks give the same record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from factpress.model.dates import days_between, parse_day
from factpress.model.links.state import CHECKER, Archive, LinkKind, LinkRecord, Observation, QuoteState, State

STRIKES = 3  #: certain failures until a page is called gone,
STRIKE_DAYS = 3  #: each at least so many days after the one before
MOVED_DAYS = 30  #: after which a permanent redirect has to be followed in our files
UNREAD_DAYS = 90  #: after which a page that refuses machines has to be seen by a person again
RELEASE_DAYS = 14  #: how old a record may be at a release


def unchecked_record(url: str, kind: LinkKind) -> LinkRecord:
    """Return the record of an address before the first check."""
    return LinkRecord(url=url, kind=kind)


def next_check(record: LinkRecord) -> str:
    """Return the ISO day of the next check, `0001-01-01` before the first one, empty for never."""
    last = parse_day(record.last_checked)
    row = record.state.row
    if row.interval is None:
        return ""
    if last is None:
        return "0001-01-01"
    return (last + timedelta(days=row.interval + jitter_days(record.url, row.jitter))).isoformat()


def is_due(record: LinkRecord, today: str) -> bool:
    """Return whether it is time to check again."""
    return next_check(record) != "" and next_check(record) <= today


def jitter_days(url: str, most: int) -> int:
    """Return a number of days from `-most` to `most` that depends on the address alone."""
    return int(hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:8], 16) % (2 * most + 1) - most


def record_after(record: LinkRecord, seen: Observation, today: str) -> LinkRecord:
    """Return the record after a check on the ISO day `today`."""
    strikes = _strikes(record, seen, today)
    archive = seen.archive or record.archive
    state = _state(record, seen, strikes, archive)
    read = seen.outcome.is_success
    answered = read or seen.outcome is State.OK_UNREAD
    return LinkRecord(
        url=record.url,
        kind=record.kind,
        state=state,
        since=record.since if state is record.state and record.since else today,
        last_ok=today if read and state.is_success else record.last_ok,
        last_checked=today,
        strikes=strikes,
        http=seen.http,
        final_url=seen.final_url if answered else record.final_url,
        moved_since=_moved_since(record, seen, today) if answered else record.moved_since,
        etag=seen.etag if answered else record.etag,
        title=seen.title if read else record.title,
        text_sha256=seen.text_sha256 if read else record.text_sha256,
        quotes=_quotes(record.quotes, seen),
        archive=archive,
        why=seen.why,
        checker=CHECKER,
    )


def _strikes(record: LinkRecord, seen: Observation, today: str) -> tuple[str, ...]:
    if seen.outcome.is_success or seen.outcome in (State.SOFT_404, State.OK_UNREAD):
        return ()
    if not seen.certain or seen.outcome is not State.SUSPECT:
        return record.strikes
    if record.strikes and days_between(record.strikes[-1], today) < STRIKE_DAYS:
        return record.strikes
    return (*record.strikes, today)[-STRIKES:]


def _state(record: LinkRecord, seen: Observation, strikes: tuple[str, ...], archive: Archive | None) -> State:
    if seen.outcome is State.SUSPECT:
        if record.state.is_lost or len(strikes) >= STRIKES or _gone_twice(record, seen, strikes):
            return State.ARCHIVED_ONLY if archive and archive.holds else State.GONE
        return State.SUSPECT
    answered_again = record.strikes and not strikes
    if seen.outcome.is_uncertain and record.state.is_bad and not answered_again:
        return record.state
    if seen.outcome.is_success and QuoteState.MISSING in seen.quotes.values():
        return State.SUSPECT  # the page is there and the words are not: never gone, but no longer in order
    return seen.outcome


def _gone_twice(record: LinkRecord, seen: Observation, strikes: tuple[str, ...]) -> bool:
    return seen.http == 410 and record.http == 410 and len(strikes) >= 2


def _moved_since(record: LinkRecord, seen: Observation, today: str) -> str | None:
    if not seen.permanent or not seen.final_url:
        return None
    return record.moved_since if record.moved_since and record.final_url == seen.final_url else today


def _quotes(before: Mapping[str, QuoteState], seen: Observation) -> dict[str, QuoteState]:
    """Return the quotes that were looked for; what an earlier check found stands until a page is read again."""
    return {
        key: before.get(key, state) if state is QuoteState.UNREAD else state
        for key, state in sorted(seen.quotes.items())
    }
