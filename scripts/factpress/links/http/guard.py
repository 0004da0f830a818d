"""Decides whether an address may be asked, before anything is sent; connections go to what was decided.

A name is looked up once, every address behind it is checked, and the connection is made to one of these: a name that
answers differently a moment later cannot lead us elsewhere. Each redirect is decided anew.
"""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network

import httpx2

from factpress.links.http.replies import Failure, FailureKind
from factpress.model.links.addresses import is_loopback, why_not_public

PORTS = {"http": 80, "https": 443}
LOOKUP_SECONDS = 10.0
#: a last label that browsers and resolvers read as a number: 0x7f.1, 2130706433, 0177.0.0.1
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")

Lookup = Callable[[str], Sequence[str]]  #: name to addresses; raises socket.gaierror or TimeoutError


@dataclass(frozen=True, slots=True)
class AddressDecision:
    """Whether an address may be asked, and where exactly."""

    url: str  #: as it will be sent, without fragment
    scheme: str = ""
    host: str = ""  #: for the Host header and the certificate, as ASCII
    port: int = 0
    addresses: tuple[str, ...] = ()  #: all of them checked
    refused: Failure | None = None


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """A host of the tests on this machine: `127.0.0.1`, `127.0.0.1:8080`, `[::1]:8080`, `127.0.0.0/8` or a name."""

    host: str
    port: int = 0  #: 0: any

    @classmethod
    def parse(cls, text: str) -> AllowedHost:
        """Return the host that `--allow-host` names.

        Raises:
            ValueError: the text is not `HOST[:PORT]`.
        """
        match = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^\s:@\[\]]+)(?::(\d{1,5}))?", text)
        if not match:
            raise ValueError(f"{text!r} is not HOST[:PORT]")
        return cls(match[1].strip("[]").lower(), int(match[2] or 0))

    def covers(self, host: str, port: int) -> bool:
        """Return whether a host and port are meant."""
        return self.port in (0, port) and (host == self.host or self._holds(host))

    def _holds(self, host: str) -> bool:
        try:
            return "/" in self.host and ip_address(host) in ip_network(self.host)
        except ValueError:
            return False


class Guard:
    """Decides which addresses may be requested; a decision about a host and port is kept as long as it lives."""

    def __init__(self, allowed: Sequence[AllowedHost] = (), lookup: Lookup | None = None, control: str = "") -> None:
        """Allow loopback for the hosts named, look names up with `lookup`, and `control` when one is not found."""
        self._allowed = tuple(allowed)
        self._lookup = lookup or look_up_addresses
        self._known: dict[tuple[str, int], AddressDecision] = {}
        self._control = control
        self._control_found: bool | None = None
        self._asking = threading.Lock()

    def decide(self, url: str) -> AddressDecision:
        """Return whether `url` may be asked, with all addresses behind its name checked."""
        asked = _parse(url)
        if asked.refused:
            return asked
        allowed = any(a.covers(asked.host, asked.port) for a in self._allowed)
        if asked.port != PORTS[asked.scheme] and not allowed:
            return _refuse(url, f"port {asked.port} is not {PORTS[asked.scheme]}")
        decision = self._known.get((asked.host, asked.port))
        if decision is None:
            decision = self._check(asked, allowed)
            if not decision.refused:
                self._known[asked.host, asked.port] = decision
        if decision.refused:
            return AddressDecision(url, refused=decision.refused)
        return AddressDecision(asked.url, asked.scheme, asked.host, asked.port, decision.addresses)

    def _offline(self) -> bool:
        """Return whether this machine resolves no name at all, not even `control`."""
        if not self._control or any(not _is_address(host) for host, _ in tuple(self._known)):
            return False
        with self._asking:
            if self._control_found is None:
                try:
                    self._control_found = bool(self._lookup(self._control))
                except (OSError, UnicodeError):
                    self._control_found = False
        return not self._control_found

    def _check(self, asked: AddressDecision, allowed: bool) -> AddressDecision:
        try:
            addresses = (asked.host,) if _is_address(asked.host) else tuple(dict.fromkeys(self._lookup(asked.host)))
        except (OSError, UnicodeError) as error:
            if not isinstance(error, UnicodeError) and self._offline():
                return AddressDecision(
                    asked.url,
                    refused=Failure(FailureKind.OFFLINE, "no name is found on this machine, as without a network"),
                )
            return AddressDecision(asked.url, refused=_not_found(asked.host, error))
        if not addresses:
            return AddressDecision(
                asked.url, refused=Failure(FailureKind.NXDOMAIN, f"{asked.host} has no address", asked.url)
            )
        if allowed and all(map(is_loopback, addresses)):
            return AddressDecision(asked.url, asked.scheme, asked.host, asked.port, addresses)
        for address in addresses:
            if why := why_not_public(address):
                through = "" if address == asked.host else f"{asked.host} leads to "
                return _refuse(asked.url, f"{through}{address}: {why}")
        return AddressDecision(asked.url, asked.scheme, asked.host, asked.port, addresses)


def look_up_addresses(name: str) -> list[str]:
    """Return the addresses of a name; the system's lookup has no time limit, so it runs in a thread.

    Raises:
        TimeoutError: no answer came within `LOOKUP_SECONDS`.
        OSError, UnicodeError: the lookup failed.
    """
    box: queue.SimpleQueue[list[str] | BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
            box.put([str(entry[4][0]) for entry in entries])
        except BaseException as error:
            box.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        result = box.get(timeout=LOOKUP_SECONDS)
    except queue.Empty:
        raise TimeoutError(f"no answer within {LOOKUP_SECONDS:.0f} seconds") from None
    if isinstance(result, BaseException):
        raise result
    return result


def _parse(url: str) -> AddressDecision:
    if re.search(r"[\x00-\x20\x7f\\]", url):
        return AddressDecision(
            url, refused=Failure(FailureKind.MALFORMED, "it holds a space, a control character or a backslash", url)
        )
    try:
        parts = httpx2.URL(url)
        port = parts.port
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        return _malformed(url, f"it cannot be parsed: {error}")
    if parts.scheme not in PORTS:
        return _refuse(url, f"only http and https are asked, not {parts.scheme or 'an address without scheme'}")
    if parts.userinfo or "@" in re.split(r"[/?#]", url.partition("//")[2])[0]:
        return _refuse(url, "it holds a user name or password")
    host = parts.raw_host.decode("ascii").lower().removesuffix(".")
    if port == 0 or (port or 1) > 65535:
        return _malformed(url, f"{port} is not a port")
    if not _is_address(host):
        if _NUMBER.fullmatch(host.rpartition(".")[2]):
            return _refuse(url, f"{host} is a number, which is not how an address is written")
        if len(host) > 253 or not _HOST.fullmatch(host):
            return _malformed(url, f"{host or 'nothing'} is not a host")
    port = port or PORTS[parts.scheme]
    # written anew from the parts, so that what was checked is what is asked
    shown = f"[{host}]" if ":" in host else host
    beside = "" if port == PORTS[parts.scheme] else f":{port}"
    target = parts.raw_path.decode("ascii") or "/"
    return AddressDecision(f"{parts.scheme}://{shown}{beside}{target}", parts.scheme, host, port)


def _refuse(url: str, why: str) -> AddressDecision:
    return AddressDecision(url, refused=Failure(FailureKind.REFUSED, why, url))


def _malformed(url: str, why: str) -> AddressDecision:
    return AddressDecision(url, refused=Failure(FailureKind.MALFORMED, why, url))


def _not_found(host: str, error: Exception) -> Failure:
    # a name that does not exist and a name server that does not answer are not the same news
    gone = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
    if isinstance(error, socket.gaierror) and error.errno in gone:
        return Failure(FailureKind.NXDOMAIN, f"there is not a host called {host}", host)
    if isinstance(error, UnicodeError):
        return Failure(FailureKind.MALFORMED, f"{host} is not a host", host)
    return Failure(FailureKind.DNS, f"{host} could not be looked up: {error}", host)


def _is_address(host: str) -> bool:
    try:
        return isinstance(ip_address(host), IPv4Address) or ":" in host
    except ValueError:
        return False
