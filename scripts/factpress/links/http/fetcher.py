"""Sends one GET and reads no more of the response than the limits allow."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore2
import httpx2

from factpress import __version__
from factpress.links.http.guard import AddressDecision, Guard
from factpress.links.http.replies import Failure, FailureKind, Reply, Response
from factpress.links.http.transport import Deadline, PinnedTransport

#: the headers that a verdict may rest on; no other is kept
KEPT = (
    *("content-type", "etag", "location", "retry-after", "server", "link", "refresh"),
    *("cf-mitigated", "x-amzn-waf-action"),
)


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much of a response is read: bytes after decompression, and seconds for one request."""

    page: int = 5 * 2**20
    pdf: int = 20 * 2**20
    refusal: int = 2**18  #: of a response without success only the beginning tells anything
    seconds: float = 40.0


def user_agent(contact: str = "") -> str:
    """Return the User-Agent, with an address to write to where one is set."""
    return f"factpress/{__version__} (checks that citations still hold{'; ' + contact if contact else ''})"


class Fetcher:
    """Sends one GET at a time and returns a response or a typed failure, never an exception.

    No cookie, password or referrer is ever sent; proxies of the environment are not used, because they would look
    names up behind the guard's back.
    """

    def __init__(
        self,
        guard: Guard,
        transport: httpx2.BaseTransport | None = None,
        agent: str = "",
        limits: ReadLimits = ReadLimits(),
    ) -> None:
        """Send through `transport`, which tests replace."""
        self.guard = guard
        self._transport = transport or PinnedTransport()
        self._agent = agent or user_agent()
        self._limits = limits

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Return what the server of `url` says, without following a redirect."""
        decision = self.guard.decide(url)
        if decision.refused:
            return decision.refused
        try:
            return self._send(decision, headers or {})
        except Exception as error:
            return failure(error, decision.url)

    def _send(self, decision: AddressDecision, headers: Mapping[str, str]) -> Reply:
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
            answer = Response(decision.url, response.status_code, kept)
            if wrong := _wrong_encoding(response.headers.get("content-encoding", "")):
                return Failure(FailureKind.PROTOCOL, wrong, decision.url)
            body, truncated = self._read(response, answer)
        finally:
            response.close()
        return Response(decision.url, response.status_code, kept, body, truncated)

    def _read(self, response: httpx2.Response, answer: Response) -> tuple[bytes, bool]:
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


def _wrong_encoding(encoding: str) -> str:
    """Return what is wrong with a Content-Encoding, empty where it can be read within the limits."""
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    if len(names) > 1:
        # each packing may hold a thousand times its size
        return "the answer is packed more than once"
    unknown = set(names) - {"gzip", "x-gzip", "deflate", "identity"}
    return f"the answer is packed by {min(unknown)[:20]!r}, for which nobody asked" if unknown else ""


#: the first that fits; what the exceptions of the transport mean to a person
_MEANINGS: tuple[tuple[tuple[type[Exception], ...], FailureKind, str], ...] = (
    ((ssl.SSLError,), FailureKind.TLS, "the certificate or the encryption is not accepted"),
    ((httpcore2.ConnectTimeout, httpx2.ConnectTimeout), FailureKind.TIMEOUT, "no connection in time"),
    ((httpcore2.TimeoutException, httpx2.TimeoutException, TimeoutError), FailureKind.TIMEOUT, "no answer in time"),
    ((httpcore2.ConnectError, httpx2.ConnectError), FailureKind.NO_CONNECTION, "no connection"),
    ((httpcore2.NetworkError, httpx2.NetworkError, ConnectionError), FailureKind.RESET, "the connection broke off"),
    ((httpx2.DecodingError,), FailureKind.PROTOCOL, "the answer is not in the encoding that it names"),
    (
        (httpcore2.ProtocolError, httpx2.ProtocolError, httpx2.InvalidURL),
        FailureKind.PROTOCOL,
        "the answer is not HTTP",
    ),
    ((OSError,), FailureKind.RESET, "the connection broke off"),
)


def failure(error: Exception, url: str) -> Failure:
    """Return what an exception of the transport means; one that means nothing known is raised again."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and isinstance(cause, Exception):
        chain.append(cause)
    if re.search("disconnected|peer closed", str(error)):  # both count as protocol errors there
        return Failure(FailureKind.RESET, "the connection broke off", url)
    for kinds, kind, meaning in _MEANINGS:
        if met := next((link for link in chain if isinstance(link, kinds)), None):
            return Failure(kind, f"{meaning}: {_short(met)}" if str(met) else meaning, url)
    raise error


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
