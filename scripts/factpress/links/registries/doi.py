"""DOIs: whether the registry has one, and whether it belongs to the work of the entry.

The landing page is never asked: publishers refuse machines there, and the registry knows better.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from factpress.links.http.redirects import Request, RequestSteps, follow_redirects
from factpress.links.http.replies import Failure, FailureKind, Reply, Response
from factpress.links.page.verdict import CheckResult
from factpress.links.registries.registered_work import (
    from_crossref,
    from_datacite,
    json_objects,
    mismatch_reason,
    value_at_path,
)
from factpress.links.registries.services import Services
from factpress.model.links.cited import CitedLink
from factpress.model.links.state import LinkRecord, Observation, QuoteState, State
from factpress.model.source import bare_doi

NOTICES = frozenset({"retraction", "partial_retraction", "removal", "withdrawal", "expression_of_concern"})


def check_doi(
    link: CitedLink, record: LinkRecord | None, services: Services, agencies: dict[str, str]
) -> RequestSteps[CheckResult]:
    """Return the result of asking registry and agency; `agencies` caches the agency of each prefix."""
    doi = bare_doi(unquote(link.url)).lower()
    result, code = yield from _registered(link, doi, services)
    if code != 1 or result.observation is None:
        return result
    seen = result.observation
    agency = yield from _agency(doi, services, agencies)
    work = None
    if agency == "crossref" and services.crossref:
        work = from_crossref((yield from _json(f"{services.crossref}/works/{_encoded(doi)}")))
    elif agency == "datacite" and services.datacite:
        work = from_datacite((yield from _json(f"{services.datacite}/dois/{_encoded(doi)}")))
    if work is None:
        why = f"{agency or 'no agency'} said nothing of the work, so it was not compared with the entry"
        # an agency that does not answer does not take back what it said before
        is_bad_already = record is not None and record.state in (State.METADATA_MISMATCH, State.RETRACTED)
        return CheckResult(None, why) if is_bad_already else CheckResult(replace(seen, why=why))
    seen = replace(seen, title=work.titles[0] if work.titles else None)
    for source in link.entries:
        if why := mismatch_reason(source, work):
            return CheckResult(replace(seen, outcome=State.METADATA_MISMATCH, why=f"{source.key}: {why}"))
    if agency == "crossref" and (notice := (yield from _notice(doi, services))):
        return CheckResult(replace(seen, outcome=State.RETRACTED, why=notice))
    return CheckResult(seen)


def _registered(link: CitedLink, doi: str, services: Services) -> RequestSteps[tuple[CheckResult, int]]:
    """Return what the registry says: 1 found, 100 not found, 200 no address; any other code decides nothing."""
    address = f"{services.doi}/api/handles/{_encoded(doi)}?type=URL"
    unread = {asked.key: QuoteState.UNREAD for asked in link.quotes}
    reply = yield from follow_redirects(Request(address))
    if _code(reply) == 100:
        # the second request goes past the registry's caches, to the server that holds the prefix
        reply = yield from follow_redirects(Request(f"{address}&auth=true"))
    if isinstance(reply, Failure) and reply.kind in (FailureKind.POSTPONED, FailureKind.OFFLINE):
        return CheckResult(None, reply.why), 0
    code = _code(reply)
    outcome, why = {
        1: (State.DOI_OK, ""),
        100: (State.DOI_UNKNOWN, "asked twice"),
        200: (State.DOI_NO_URL, ""),
    }.get(code, (State.UNREACHABLE, f"the registry did not answer: {_failure_words(reply)}"))
    http = reply.status if isinstance(reply, Response) else None
    return CheckResult(Observation(outcome=outcome, http=http, why=why, quotes=unread)), code


def _code(reply: Reply) -> int:
    code = value_at_path(reply.data, "responseCode") if isinstance(reply, Response) else None
    status = reply.status if isinstance(reply, Response) else 0
    # the page of a gate or a broken proxy must not decide over a DOI
    return code if isinstance(code, int) and (code, status) in ((1, 200), (100, 404), (200, 200), (200, 404)) else 0


def _agency(doi: str, services: Services, agencies: dict[str, str]) -> RequestSteps[str]:
    prefix = doi.partition("/")[0]
    if prefix not in agencies:
        data = yield from _json(f"{services.doi}/doiRA/{prefix}")
        registration = data[0] if isinstance(data, list) and data else None
        name = registration.get("RA") if isinstance(registration, dict) else None
        if not isinstance(name, str):
            return ""
        agencies[prefix] = name.lower()
    return agencies[prefix]


def _notice(doi: str, services: Services) -> RequestSteps[str]:
    """Return what a notice says of the work; it stands with the notice, not with the work."""
    data = yield from _json(f"{services.crossref}/works?filter=updates:{_encoded(doi)}&rows=20")
    for item in json_objects(value_at_path(data, "message", "items")):
        for update in json_objects(item.get("update-to")):
            kind = str(update.get("type", "")).lower().replace(" ", "_")
            if kind in NOTICES and bare_doi(str(update.get("DOI", ""))).lower() == doi:
                return f"{kind.replace('_', ' ')}: https://doi.org/{item.get('DOI', '')}"
    return ""


def _json(url: str) -> RequestSteps[Any]:
    reply = yield from follow_redirects(Request(url, headers={"Accept": "application/json"}))
    return reply.data if isinstance(reply, Response) and reply.status == 200 else None


def _encoded(doi: str) -> str:
    # SICI DOIs hold <>;()# and slashes
    return quote(doi, safe="")


def _failure_words(reply: Reply) -> str:
    return reply.why if isinstance(reply, Failure) else f"status {reply.status}"
