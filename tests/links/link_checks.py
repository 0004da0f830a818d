"""What tests of looks have in common: links, answers from a table, a clock that nobody waits for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent import futures
from datetime import UTC, date, datetime, timedelta
from typing import Any

from driving import drive

from factpress.links.http.redirects import Request
from factpress.links.http.replies import Failure, FailureKind, Reply, Response
from factpress.links.page.verdict import CheckResult
from factpress.links.registries.services import Services
from factpress.links.soft404 import Soft404Probe
from factpress.links.visit import VisitContext, check_link
from factpress.model.links.cited import CitedLink, CitedQuote
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import LinkKind, LinkRecord
from factpress.model.place import Place
from factpress.model.source import Source

URL = "https://example.org/treaty/text"
DAY = date(2026, 11, 23)
#: enough words that the page is not a shell
FILL = "<p>" + "A page of a library with a great many words about the history of the peninsula. " * 6


class FakeClock:
    """Time that passes only when somebody waits for it."""

    def __init__(self, day: str = "2026-11-23") -> None:
        self.start = datetime.fromisoformat(f"{day}T03:00:00").replace(tzinfo=UTC)
        self.passed = 0.0

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        return self.passed

    def wait(self, running: Collection[futures.Future[Any]], seconds: float | None) -> None:
        if running:
            futures.wait(running, return_when=futures.FIRST_COMPLETED)
        else:
            self.passed += seconds or 0.0


def asked(quote: str, before: str | None = None, after: str | None = None) -> CitedQuote:
    where = Place("docs/claims/01.yaml", 3)
    return CitedQuote(quote=quote, before=before, after=after, key=quote_key(quote), claim_id="C001", where=where)


def link(
    url: str = URL, *quotes: str, sources: tuple[str, ...] = ("k",), entries: tuple[Source, ...] = ()
) -> CitedLink:
    kind = LinkKind.DOI if "doi.org/10." in url else LinkKind.URL
    return CitedLink(
        url=url, kind=kind, places=(Place("references.bib", 2),), sources=sources,
        quotes=tuple(map(asked, quotes)), entries=entries,
    )  # fmt: skip


def page(html: str = FILL, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("", status, {"content-type": kind, **named}, html.encode())


Table = Mapping[str, Reply | list[Reply] | Callable[[Request], Reply]]


class Web:
    """Answers from a table by address; a list is answered one after the other, the last again and again."""

    def __init__(self, table: Table, other: Reply | None = None) -> None:
        self.table, self.other = table, other or page("<title>Not found</title>", 404)
        self.requests: list[Request] = []

    def __call__(self, ask: Request) -> Reply:
        self.requests.append(ask)
        found = self.table.get(ask.url, self.other)
        if callable(found):
            found = found(ask)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(found, Failure):
            return found
        return Response(ask.url, found.status, found.headers, found.body, found.truncated)

    @property
    def urls(self) -> list[str]:
        return [ask.url for ask in self.requests]


def context(**more: Any) -> VisitContext:
    none = Services(doi="https://doi.org", archive="", snapshots="")
    return VisitContext(**{"soft404": Soft404Probe(DAY), "services": none} | more)


class Honest(dict[str, str]):
    """Hosts that are all known to deny what does not exist."""

    def get(self, *_: Any) -> str:  # type: ignore[override]
        return f"{DAY:%Y-%m}"


def result(table: Table, cited: CitedLink | None = None, record: LinkRecord | None = None, **more: Any) -> CheckResult:
    return drive(check_link(cited or link(), record, context(**more)), Web(table))


def failure(kind: FailureKind) -> Failure:
    return Failure(kind, "so it is")
