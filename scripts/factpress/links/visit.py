"""One look at a link, from the first request to the verdict: a generator that yields what it wants asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from factpress.links.http.redirects import Ask, Asking, follow
from factpress.links.http.replies import Answer, Failure, Kind, Reply
from factpress.links.page.verdict import Look, judge, may_pass, says_gone, soft_404
from factpress.links.registries.archives import find_copy
from factpress.links.registries.doi import look_at_doi
from factpress.links.registries.services import Services
from factpress.links.soft404 import Siblings
from factpress.model.links.cited_link import CitedLink
from factpress.model.links.link_record import LinkKind, LinkRecord, Observation, QuoteState, State


@dataclass(frozen=True, slots=True)
class Means:
    """What every look of a run shares."""

    siblings: Siblings
    services: Services = field(default_factory=Services)
    again: float = 30.0  #: seconds before bad news is asked for a second time
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: archived addresses that the ledger gives
    agencies: dict[str, str] = field(default_factory=dict)  #: by prefix of DOIs


def look_at(link: CitedLink, record: LinkRecord | None, means: Means) -> Asking[Look]:
    """Return what a link is like today, with a copy in an archive looked for when it is not there any more."""
    if link.kind is LinkKind.DOI:
        return (yield from look_at_doi(link, record, means.services, means.agencies))
    look = yield from _look_at_page(link, record, means)
    seen = look.observation
    if seen is None or not (seen.certain or seen.outcome is State.SOFT_404):
        return look
    if record and record.archive and (record.archive.holds or not link.quotes):
        return look
    copy = yield from find_copy(link, means.services, means.copies.get(link.url, ()))
    return replace(look, observation=replace(seen, archive=copy))


def _look_at_page(link: CitedLink, record: LinkRecord | None, means: Means) -> Asking[Look]:
    reply = yield from follow(Ask(link.url, headers=_unless_changed(link, record)))
    if record and record.etag and isinstance(reply, Answer) and reply.status == 304:
        return _unchanged(link, record)
    reply, twice = yield from _asked_again(reply, link.url, means)
    look = judge(link, reply, twice=twice)
    seen = look.observation
    if not seen or seen.outcome not in (State.OK, State.REDIRECTED, State.MOVED) or not look.text.strip():
        return look
    if any(state in (QuoteState.FOUND, QuoteState.MOVED) for state in seen.quotes.values()):
        return look
    if (yield from means.siblings.twin(seen.final_url or link.url, look.text)):
        return soft_404(look, "its host says the same of a page that cannot exist")
    return look


def _asked_again(reply: Reply, url: str, means: Means) -> Asking[tuple[Reply, bool]]:
    """Return the reply that counts, and whether it is the same certain bad news a second time."""
    gone = says_gone(reply)
    if not gone and not may_pass(reply):
        return reply, False
    second = yield from follow(Ask(url, after=means.again))
    if isinstance(second, Failure) and second.kind in (Kind.POSTPONED, Kind.OFFLINE):
        # bad news heard once is no news; that a server is too busy is
        return (second if gone else reply), False
    if isinstance(second, Failure) and second.kind is Kind.NXDOMAIN:
        return second, gone and isinstance(reply, Failure)
    return second, gone and isinstance(reply, Answer) and says_gone(second)


def _unless_changed(link: CitedLink, record: LinkRecord | None) -> Mapping[str, str]:
    """Return the header that spares server and us a page that is known to hold every quote."""
    if not record or not record.etag or record.state is not State.OK or not record.text_sha256:
        return {}
    known = all(record.quotes.get(quote.key) is QuoteState.FOUND for quote in link.quotes)
    return {"If-None-Match": record.etag} if known else {}


def _unchanged(link: CitedLink, record: LinkRecord) -> Look:
    quotes = {quote.key: record.quotes[quote.key] for quote in link.quotes}
    return Look(
        Observation(
            outcome=State.OK, http=record.http, title=record.title, etag=record.etag,
            text_sha256=record.text_sha256, quotes=quotes,
        )
    )  # fmt: skip
