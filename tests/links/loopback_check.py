"""One look at a case of the stage, over a real connection and without waiting."""

from __future__ import annotations

from datetime import date

from answers import Case
from driving import drive

from factpress.links.http.fetcher import Fetcher, ReadLimits
from factpress.links.http.guard import AllowedHost, Guard, Lookup
from factpress.links.registries.services import Services
from factpress.links.soft404 import Soft404Probe
from factpress.links.visit import VisitContext, check_link
from factpress.model.links.cited import CitedLink, CitedQuote
from factpress.model.links.policy import record_after, unchecked_record
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import LinkKind, LinkRecord
from factpress.model.place import Place

TODAY = "2026-11-23"
NOBODY = Services("", "", "", "", "")


def link_to(url: str, case: Case) -> CitedLink:
    asked = CitedQuote(
        quote=case.quote, before=case.before, after=case.after, key=quote_key(case.quote), claim_id="C001",
        where=Place("docs/claims/01.yaml", 3),
    )  # fmt: skip
    quotes = (asked,) if case.quote else ()
    return CitedLink(url=url, kind=LinkKind.URL, places=(), sources=("a1950",), quotes=quotes)


def looked_at(
    url: str,
    case: Case,
    *,
    before: LinkRecord | None = None,
    today: str = TODAY,
    lookup: Lookup | None = None,
    hosts: str = "127.0.0.0/30",
) -> LinkRecord:
    """Return the record after one look, with no waiting between two questions."""
    guard = Guard([AllowedHost.parse(hosts), AllowedHost.parse("localhost")], lookup)
    fetcher = Fetcher(guard, limits=ReadLimits(page=2**20, seconds=0.5))
    context = VisitContext(Soft404Probe(date.fromisoformat(today)), NOBODY, retry_delay=0)
    result = drive(check_link(link_to(url, case), before, context), lambda ask: fetcher.get(ask.url, ask.headers))
    assert result.observation
    return record_after(before or unchecked_record(url, LinkKind.URL), result.observation, today)
