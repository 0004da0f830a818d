"""One check of a link, from the first request to the verdict: a generator that yields the requests it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from factpress.links.http.redirects import MAX_REDIRECTS, Request, RequestSteps, follow, visited
from factpress.links.http.replies import Failure, FailureKind, Redirect, Reply, Response
from factpress.links.page.verdict import CheckResult, as_soft_404, is_temporary, judge, refresh_of, says_gone
from factpress.links.registries.archives import find_copy
from factpress.links.registries.doi import check_doi
from factpress.links.registries.services import Services
from factpress.links.soft404 import Soft404Probe
from factpress.model.links.addresses import in_reports
from factpress.model.links.cited import CitedLink
from factpress.model.links.state import LinkKind, LinkRecord, Observation, QuoteState, State


@dataclass(frozen=True, slots=True)
class VisitContext:
    """What all checks of a run share."""

    soft404: Soft404Probe
    services: Services = field(default_factory=Services)
    retry_delay: float = 30.0  #: seconds before bad news is asked for a second time
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: archived addresses that the ledger gives
    agencies: dict[str, str] = field(default_factory=dict)  #: by prefix of DOIs


def check_link(link: CitedLink, record: LinkRecord | None, context: VisitContext) -> RequestSteps[CheckResult]:
    """Return what a link is like today, with a copy in an archive looked for when it is not there any more."""
    if link.kind is LinkKind.DOI:
        return (yield from check_doi(link, record, context.services, context.agencies))
    result = yield from _check_page(link, record, context)
    seen = result.observation
    if seen is None or not (seen.certain or seen.outcome is State.SOFT_404):
        return result
    if record and record.archive and (record.archive.holds or not link.quotes):
        return result
    copy = yield from find_copy(link, context.services, context.copies.get(link.url, ()))
    return replace(result, observation=replace(seen, archive=copy))


def _check_page(link: CitedLink, record: LinkRecord | None, context: VisitContext) -> RequestSteps[CheckResult]:
    reply = yield from _fetch(link, Request(link.url, headers=_unless_changed(link, record)))
    if record and record.etag and isinstance(reply, Response) and reply.status == 304:
        return _unchanged(link, record)
    reply, twice = yield from _asked_again(reply, link, context)
    result = judge(link, reply, twice=twice)
    seen = result.observation
    if not seen or seen.outcome not in (State.OK, State.REDIRECTED, State.MOVED) or not result.text.strip():
        return result
    if any(state in (QuoteState.FOUND, QuoteState.MOVED) for state in seen.quotes.values()):
        return result
    if (yield from context.soft404.matches_error_page(seen.final_url or link.url, result.text)):
        return as_soft_404(result, "its host says the same of a page that cannot exist")
    return result


def _fetch(link: CitedLink, request: Request) -> RequestSteps[Reply]:
    """Return the reply at the end of all redirects, those too by which a page leads on without any status."""
    reply = yield from follow(request)
    while isinstance(reply, Response) and (target := refresh_of(link, reply)):
        # browsers follow such a page at once, and nobody can read it
        redirects = (*reply.redirects, Redirect(302, target))
        if len(redirects) > MAX_REDIRECTS or target.partition("#")[0] in visited(request, reply):
            break
        if reply.url.startswith("https:") and not target.startswith("https:"):
            return Failure(FailureKind.DOWNGRADED, f"it leads on from https to {in_reports(target)}", reply.url)
        reply = yield from follow(Request(target), redirects)
    return reply


def _asked_again(reply: Reply, link: CitedLink, context: VisitContext) -> RequestSteps[tuple[Reply, bool]]:
    """Return the reply that counts, and whether it is the same certain bad news a second time."""
    gone = says_gone(reply, link.url)
    if not gone and not is_temporary(reply):
        return reply, False
    second = yield from _fetch(link, Request(link.url, after=context.retry_delay))
    if isinstance(second, Failure) and second.kind in (FailureKind.POSTPONED, FailureKind.OFFLINE):
        # bad news that was heard once is not recorded; that a server is too busy is
        return (second if gone else reply), False
    if isinstance(second, Failure) and second.kind is FailureKind.NXDOMAIN:
        return second, gone and isinstance(reply, Failure)
    return second, gone and isinstance(reply, Response) and says_gone(second, link.url)


def _unless_changed(link: CitedLink, record: LinkRecord | None) -> Mapping[str, str]:
    """Return the header that spares server and us a page that is known to hold every quote."""
    if not record or not record.etag or record.state is not State.OK or not record.text_sha256:
        return {}
    known = all(record.quotes.get(quote.key) is QuoteState.FOUND for quote in link.quotes)
    return {"If-None-Match": record.etag} if known else {}


def _unchanged(link: CitedLink, record: LinkRecord) -> CheckResult:
    quotes = {quote.key: record.quotes[quote.key] for quote in link.quotes}
    return CheckResult(
        Observation(
            outcome=State.OK, http=record.http, title=record.title, etag=record.etag,
            text_sha256=record.text_sha256, quotes=quotes,
        )
    )  # fmt: skip
