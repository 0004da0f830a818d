"""Forbidden addresses: the decision is tested, before and without any connection."""

from __future__ import annotations

import socket

import pytest

from factpress.links.http import guard as module
from factpress.links.http.guard import AllowedHost, Guard
from factpress.links.http.replies import FailureKind


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        pytest.fail("a decision opened a socket or asked a name server")

    monkeypatch.setattr(socket, "getaddrinfo", opened)
    monkeypatch.setattr(socket.socket, "connect", opened)


def guard(*addresses: str, allowed: str = "") -> Guard:
    return Guard([AllowedHost.parse(a) for a in allowed.split()], lookup=lambda _: addresses or ("93.184.215.14",))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://example.org:443/a?b=c#d",
        "http://example.org./a",
        "http://bücher.example/ü",
        "http://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "http://a_b.example/",
    ],
)
def test_public_addresses_may_be_asked(url: str) -> None:
    decision = guard().decide(url)
    assert decision.refused is None
    assert decision.addresses


def test_what_is_asked_is_written_from_the_parts_that_were_checked() -> None:
    decision = guard().decide("HTTPS://BÜCHER.Example.:443/a b?c#d".replace(" ", "%20"))
    assert decision.url == "https://xn--bcher-kva.example/a%20b?c"
    assert (decision.host, decision.port) == ("xn--bcher-kva.example", 443)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("ftp://example.org/", FailureKind.REFUSED),
        ("file:///etc/passwd", FailureKind.REFUSED),
        ("javascript:alert(1)", FailureKind.REFUSED),
        ("data:text/html,x", FailureKind.REFUSED),
        ("//example.org/", FailureKind.REFUSED),
        ("#fragment", FailureKind.REFUSED),
        ("", FailureKind.REFUSED),
        ("http://example.org:8080/", FailureKind.REFUSED),
        ("http://example.org:443/", FailureKind.REFUSED),
        ("https://example.org:80/", FailureKind.REFUSED),
        ("http://example.org:22/", FailureKind.REFUSED),
        ("http://example.org:0/", FailureKind.MALFORMED),
        ("http://example.org:65536/", FailureKind.MALFORMED),
        ("http://user@example.org/", FailureKind.REFUSED),
        ("http://user:password@example.org/", FailureKind.REFUSED),
        ("http://@example.org/", FailureKind.REFUSED),
        ("http://example.org\\@127.0.0.1/", FailureKind.MALFORMED),
        ("http://example.org\r\nHost: x/", FailureKind.MALFORMED),
        ("http://example.org/\x00", FailureKind.MALFORMED),
        ("http:///nothing", FailureKind.MALFORMED),
        ("http:example.org", FailureKind.MALFORMED),
        ("http://a..b/", FailureKind.MALFORMED),
        ("http://[1:2/", FailureKind.MALFORMED),
        ("http://[v1.x]/", FailureKind.MALFORMED),
        ("http://%31%32%37.0.0.1/", FailureKind.REFUSED),
        ("http://①②⑦.⓪.⓪.①/", FailureKind.MALFORMED),
        (f"http://{'a.' * 130}org/", FailureKind.MALFORMED),
    ],
)  # fmt: skip
def test_other_forms_are_refused(url: str, kind: FailureKind) -> None:
    refused = guard().decide(url).refused
    assert refused and refused.kind is kind


FORBIDDEN = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "2002:7f00:1::1", "2002:808:808::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::7f00:1",
    "2001:db8::1", "2001:10::1", "3fff::1", "100::1", "5f00::1", "4000::1",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_that_is_not_public_is_refused_as_a_literal_and_behind_a_name(address: str) -> None:
    literal = f"[{address.replace('%', '%25')}]" if ":" in address else address
    for decision in (guard().decide(f"http://{literal}/"), guard(address).decide("http://example.org/")):
        assert decision.refused and decision.refused.kind is FailureKind.REFUSED, decision
        assert decision.addresses == ()


@pytest.mark.parametrize(
    "host",
    ["0x7f.1", "0x7f000001", "2130706433", "127.1", "127.0.1", "0x7f.0.0.0x1", "1.2.3.4.5", "4294967296", "0X7F.1."],
)
def test_numbers_that_some_resolvers_read_as_addresses_are_refused(host: str) -> None:
    refused = guard().decide(f"http://{host}/").refused
    assert refused and refused.kind is FailureKind.REFUSED


@pytest.mark.parametrize("host", ["0177.0.0.1", "256.1.1.1", "127.0.0.01"])
def test_octal_and_overflowing_quads_are_refused(host: str) -> None:
    assert guard().decide(f"http://{host}/").refused


@pytest.mark.parametrize("host", ["127.0.0.1.", "[::1]", "[::FFFF:7F00:1]", "[0:0:0:0:0:0:0:1]"])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    refused = guard().decide(f"http://{host}/").refused
    assert refused and refused.kind is FailureKind.REFUSED


def test_every_address_behind_a_name_counts() -> None:
    refused = (
        guard("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "10.0.0.1").decide("http://a.org/").refused
    )
    assert refused and "10.0.0.1" in refused.why


def test_a_name_is_looked_up_once_so_that_a_second_answer_cannot_lead_elsewhere() -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    sly = Guard(lookup=lambda _: next(answers))
    first, second = sly.decide("http://sly.example/"), sly.decide("http://sly.example/again")
    assert first.addresses == second.addresses == ("93.184.215.14",)


def test_no_name_is_not_the_same_news_as_no_name_server() -> None:
    def failing(number: int) -> Guard:
        def lookup(_: str) -> list[str]:
            raise socket.gaierror(number, "x")

        return Guard(lookup=lookup)

    kinds = {
        n: failing(n).decide("http://a.org/").refused for n in (socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL)
    }
    assert [f.kind for f in kinds.values() if f] == [FailureKind.NXDOMAIN, FailureKind.DNS, FailureKind.DNS]


def test_where_no_name_is_found_at_all_nothing_is_said_about_any() -> None:
    def nothing(_: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "x")

    def one_name(name: str) -> list[str]:
        return ["93.184.215.14"] if name == "control.example" else nothing(name)

    kinds = [
        refused.kind
        for lookup in (nothing, one_name)
        if (refused := Guard(lookup=lookup, control="control.example").decide("http://a.org/").refused)
    ]
    assert kinds == [FailureKind.OFFLINE, FailureKind.NXDOMAIN]


def test_a_lookup_that_hangs_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    hanging = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: hanging.wait(20))
    monkeypatch.setattr(module, "LOOKUP_SECONDS", 0.01)
    refused = Guard().decide("http://slow.example/").refused
    hanging.set()
    assert refused and refused.kind is FailureKind.DNS


def test_only_the_named_host_and_port_of_this_machine_are_allowed() -> None:
    chosen = guard(allowed="127.0.0.1:8080")
    assert chosen.decide("http://127.0.0.1:8080/").addresses == ("127.0.0.1",)
    for url in ("http://127.0.0.1/", "http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://[::1]:8080/"):
        assert chosen.decide(url).refused, url
    any_port = guard(allowed="127.0.0.0/8 [::1]:8080")
    for url in ("http://127.0.0.1:81/", "https://127.9.9.9:4443/", "http://[::1]:8080/"):
        assert not any_port.decide(url).refused, url


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "192.168.0.1", "fd00::1"])
def test_allowing_a_host_never_opens_anything_but_this_machine(address: str) -> None:
    literal = f"[{address}]" if ":" in address else address
    assert guard(allowed=literal).decide(f"http://{literal}/").refused
    assert guard(address, allowed="inside.example").decide("http://inside.example/").refused
    assert guard("127.0.0.1", address, allowed="inside.example").decide("http://inside.example/").refused


@pytest.mark.parametrize("text", ["", "http://x/", "a b", "x:y", "user@x"])
def test_what_is_no_host_cannot_be_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="HOST"):
        AllowedHost.parse(text)
