"""Asks one address once and reads no more of the answer than the limits allow."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore2
import httpx2

from factpress import __version__
from factpress.links.http.guard import Decision, Guard
from factpress.links.http.replies import Answer, Failure, Kind, Reply
from factpress.links.http.transport import PinnedTransport
from factpress.links.schedule.clock import Deadline

#: what a judge may want to know; no other header is kept
KEPT = ("content-type", "etag", "location", "retry-after", "server", "cf-mitigated", "link")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer is read: bytes after decompression, and seconds for one request."""

    page: int = 5 * 2**20
    pdf: int = 20 * 2**20
    refusal: int = 2**18  #: of an answer that is no success only the beginning tells anything
    seconds: float = 40.0


def user_agent(contact: str = "") -> str:
    """Return the name that we give, with an address where one is set."""
    return f"factpress/{__version__} (checks that citations still hold{'; ' + contact if contact else ''})"


class Fetcher:
    """Sends one GET at a time and returns an answer or a typed failure, never an exception.

    No cookie, password or referrer is ever sent; proxies of the environment are not used, because they would look
    names up behind the guard's back.
    """

    def __init__(
        self,
        guard: Guard,
        transport: httpx2.BaseTransport | None = None,
        agent: str = "",
        limits: Limits = Limits(),
    ) -> None:
        """Send through `transport`, which tests replace."""
        self.guard = guard
        self._transport = transport or PinnedTransport()
        self._agent = agent or user_agent()
        self._limits = limits

    def hop(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Return what the server of `url` says, without following a redirect."""
        decision = self.guard.decide(url)
        if decision.refused:
            return decision.refused
        try:
            return self._ask(decision, headers or {})
        except Exception as error:
            return failure(error, decision.url)

    def _ask(self, decision: Decision, headers: Mapping[str, str]) -> Answer:
        request = httpx2.Request(
            "GET",
            decision.url,
            headers={
                "User-Agent": self._agent,
                "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
                "Accept-Language": "en,*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
                "Connection": "close",
                **headers,
            },
            extensions={"addresses": decision.addresses, "deadline": Deadline(self._limits.seconds)},
        )
        response = self._transport.handle_request(request)
        try:
            kept = {name: response.headers[name] for name in KEPT if name in response.headers}
            answer = Answer(decision.url, response.status_code, kept)
            body, truncated = self._read(response, answer)
        finally:
            response.close()
        return Answer(decision.url, response.status_code, kept, body, truncated)

    def _read(self, response: httpx2.Response, answer: Answer) -> tuple[bytes, bool]:
        if answer.location:
            return b"", False
        limit = self._limits.page if answer.status < 300 else self._limits.refusal
        body = bytearray()
        for chunk in response.iter_bytes():
            if not body and answer.status < 300 and (answer.is_pdf or chunk.lstrip().startswith(b"%PDF-")):
                limit = self._limits.pdf
            body += chunk
            if len(body) > limit:
                return bytes(body[:limit]), True
        return bytes(body), False


#: the first that fits; what the exceptions of the transport mean to a person
_MEANINGS: tuple[tuple[tuple[type[Exception], ...], Kind, str], ...] = (
    ((ssl.SSLError,), Kind.TLS, "the certificate or the encryption is not accepted"),
    ((httpcore2.ConnectTimeout, httpx2.ConnectTimeout), Kind.TIMEOUT, "no connection in time"),
    ((httpcore2.TimeoutException, httpx2.TimeoutException, TimeoutError), Kind.TIMEOUT, "no answer in time"),
    ((httpcore2.ConnectError, httpx2.ConnectError), Kind.NO_CONNECTION, "no connection"),
    ((httpcore2.NetworkError, httpx2.NetworkError, ConnectionError), Kind.RESET, "the connection broke off"),
    ((httpx2.DecodingError,), Kind.PROTOCOL, "the answer is not in the encoding that it names"),
    ((httpcore2.ProtocolError, httpx2.ProtocolError, httpx2.InvalidURL), Kind.PROTOCOL, "the answer is not HTTP"),
    ((OSError,), Kind.RESET, "the connection broke off"),
)


def failure(error: Exception, url: str) -> Failure:
    """Return what an exception of the transport means; one that means nothing known is raised again."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and isinstance(cause, Exception):
        chain.append(cause)
    if re.search("disconnected|peer closed", str(error)):  # both count as protocol errors there
        return Failure(Kind.RESET, "the connection broke off", url)
    for kinds, kind, meaning in _MEANINGS:
        if met := next((link for link in chain if isinstance(link, kinds)), None):
            return Failure(kind, f"{meaning}: {_short(met)}" if str(met) else meaning, url)
    raise error


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
