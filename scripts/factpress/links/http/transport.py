"""Connects to the address that the guard has decided on, with the original Host header and certificate name."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import httpcore2
import httpx2

CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
_TIMEOUTS = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS}


class Deadline:
    """The moment after which one request is given up."""

    def __init__(self, seconds: float) -> None:
        """Start now."""
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Return the seconds left, at most `at_most`.

        Raises:
            TimeoutError: none are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if at_most is None else min(left, at_most)


class PinnedTransport(httpx2.BaseTransport):
    """Sends a request whose extensions hold the checked `addresses` and a `deadline`.

    A connection of its own for each request: they are seconds apart, and one that a server has closed in between
    would look like a failure of the page.
    """

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer with its body still to be read; httpcore2's exceptions pass through."""
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        origin = httpcore2.Origin(request.url.raw_scheme, request.url.raw_host, port)
        backend = _Checked(request.extensions["addresses"], request.extensions["deadline"])
        connection = httpcore2.HTTPConnection(
            origin, ssl_context=_trust() if request.url.scheme == "https" else None, network_backend=backend
        )
        url = httpcore2.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=port, target=request.url.raw_path
        )
        try:
            answer = connection.handle_request(
                httpcore2.Request(
                    request.method, url, headers=request.headers.raw, extensions={"timeout": dict(_TIMEOUTS)}
                )
            )
        except BaseException:
            connection.close()
            raise
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(connection, answer))


class _Body(httpx2.SyncByteStream):
    """The body as it comes, and the end of its connection."""

    def __init__(self, connection: httpcore2.HTTPConnection, answer: httpcore2.Response) -> None:
        self._connection, self._answer = connection, answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._connection.close()


class _Checked(httpcore2.NetworkBackend):
    """Opens connections to the checked addresses only, whatever host is named."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self._addresses, self._deadline = addresses, deadline
        self._real = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002  # a name is never looked up a second time
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        error: Exception = httpcore2.ConnectError("no address")
        for address in self._addresses:
            try:
                seconds = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
                stream = self._real.connect_tcp(address, port, seconds, local_address, socket_options or ())
                return _Timed(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as met:
                error = met
        raise error


class _Timed(httpcore2.NetworkStream):
    """A stream that gives up at the deadline, however busily it drips."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        seconds = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: Deadline, timeout: float | None, over: type[Exception]) -> float:
    try:
        return deadline.left(timeout)
    except TimeoutError:
        raise over("the whole request took too long") from None


@cache
def _trust() -> ssl.SSLContext:
    # reading the system's certificates takes longer than a request
    return httpx2.create_ssl_context()
