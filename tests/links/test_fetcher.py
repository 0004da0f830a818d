"""The fetcher against a real server on loopback: what it sends, how much it reads, what it makes of failures."""

from __future__ import annotations

import gzip
import random
import socket
import struct
import threading
import time
import zlib
from collections.abc import Iterator

import httpx2
import pytest
from driving import drive
from loopback import Handler, Loopback, serving

from factpress.links.http.fetcher import Fetcher, ReadLimits, transport_failure, user_agent
from factpress.links.http.guard import AllowedHost, Guard
from factpress.links.http.redirects import Request, follow_redirects
from factpress.links.http.replies import Failure, FailureKind, Reply, Response

SMALL = ReadLimits(page=10_000, pdf=30_000, refusal=1_000, seconds=0.4)


def fetcher(*allowed: str, limits: ReadLimits = SMALL) -> Fetcher:
    return Fetcher(Guard([AllowedHost.parse(a) for a in allowed or ("127.0.0.1",)]), limits=limits)


def fetch(url: str, asked: Fetcher | None = None) -> Reply:
    asked = asked or fetcher()
    return drive(follow_redirects(Request(url)), lambda ask: asked.get(ask.url, ask.headers))


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler: Handler) -> None:
    for _ in range(100):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n"[:1])
        handler.wfile.flush()
        time.sleep(0.05)


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def cut_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"only this")


def bomb(handler: Handler) -> None:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(bytes(2**20)) for _ in range(50)) + packer.flush()
    handler.say(200, data, Content_Encoding="gzip")


PLAYS = {
    "/page": lambda h: h.say(200, "<p>Grüße</p>", ETag='"a1"', Set_Cookie="secret=1; Path=/"),
    "/zipped": lambda h: h.say(200, gzip.compress(b"plain words"), Content_Encoding="gzip"),
    "/not-zipped": lambda h: h.say(200, b"plain words", Content_Encoding="gzip"),
    "/bomb": bomb,
    "/long": lambda h: h.say(200, b"x" * 20_000),
    "/pdf": lambda h: h.say(200, b"%PDF-1.7 " + b"x" * 20_000, Content_Type="application/pdf"),
    "/hidden-pdf": lambda h: h.say(200, b"%PDF-1.7 " + b"x" * 20_000, Content_Type="application/octet-stream"),
    "/long-404": lambda h: h.say(404, b"x" * 20_000),
    "/drip": drip,
    "/drip-headers": drip_headers,
    "/reset": reset,
    "/cut-off": cut_off,
    "/not-http": lambda h: h.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n"),
    "/silent": lambda h: h.connection.close(),
    "/moved": lambda h: h.say(301, Location="/page"),
    "/found": lambda h: h.say(302, Location="/moved"),
    "/see": lambda h: h.say(303, Location="/page?ü=a b#part"),
    "/loop": lambda h: h.say(302, Location="/loop-back"),
    "/loop-back": lambda h: h.say(302, Location="/loop"),
    "/endless": lambda h: h.say(302, Location=f"/endless?{len(h.server.visits)}"),
    "/nowhere": lambda h: h.say(302, Location="http://[bad"),
    "/script": lambda h: h.say(302, Location="javascript:alert(1)"),
    "/no-location": lambda h: h.say(302),
}


@pytest.fixture(scope="module")
def played() -> Iterator[Loopback]:
    with serving(PLAYS) as server:
        yield server


def test_nothing_but_our_name_is_sent_and_no_cookie_is_kept(played: Loopback) -> None:
    asked = fetcher()
    for _ in range(2):
        answer = fetch(f"{played.address}/page", asked)
        assert isinstance(answer, Response) and answer.status == 200
    assert answer.headers["etag"] == '"a1"'
    assert "set-cookie" not in answer.headers
    _, sent = played.visits[-1]
    assert sent["User-Agent"].startswith("factpress/")
    assert "://" not in sent["User-Agent"]
    assert not {"Cookie", "Referer", "Authorization"} & set(sent)
    assert sent["Host"] == played.address.removeprefix("http://")
    assert user_agent("https://example.org/").endswith("; https://example.org/)")


def test_passwords_of_the_environment_are_not_used(
    played: Loopback, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / ".netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert isinstance(fetch(f"{played.address}/page"), Response)
    assert "Authorization" not in played.visits[-1][1]


@pytest.mark.parametrize(
    ("path", "size", "truncated"),
    [
        ("/zipped", 11, False),
        ("/long", 10_000, True),
        ("/bomb", 10_000, True),
        ("/pdf", 20_009, False),
        ("/hidden-pdf", 20_009, False),
        ("/long-404", 1_000, True),
    ],
)
def test_no_more_is_read_than_the_limit_after_decompression(
    played: Loopback, path: str, size: int, truncated: bool
) -> None:
    answer = fetch(f"{played.address}{path}", fetcher(limits=ReadLimits(page=10_000, pdf=30_000, refusal=1_000)))
    assert isinstance(answer, Response)
    assert (len(answer.body), answer.truncated) == (size, truncated)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/drip", FailureKind.TIMEOUT),
        ("/drip-headers", FailureKind.TIMEOUT),
        ("/reset", FailureKind.RESET),
        ("/silent", FailureKind.RESET),
        ("/cut-off", FailureKind.RESET),
        ("/not-zipped", FailureKind.PROTOCOL),
        ("/not-http", FailureKind.PROTOCOL),
        ("/loop", FailureKind.LOOP),
        ("/endless", FailureKind.LOOP),
        ("/nowhere", FailureKind.MALFORMED),
        ("/script", FailureKind.REFUSED),
    ],
)
def test_failures_are_told_apart(played: Loopback, path: str, kind: FailureKind) -> None:
    reply = fetch(f"{played.address}{path}")
    assert isinstance(reply, Failure)
    assert reply.kind is kind, reply


def test_no_server_at_all() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        reply = fetch(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert isinstance(reply, Failure) and reply.kind is FailureKind.NO_CONNECTION


def test_a_server_without_encryption_is_a_failure_of_tls(played: Loopback) -> None:
    reply = fetch(f"{played.address.replace('http:', 'https:')}/page")
    assert isinstance(reply, Failure) and reply.kind is FailureKind.TLS


def test_redirects_are_followed_and_remembered(played: Loopback) -> None:
    answer = fetch(f"{played.address}/found")
    assert isinstance(answer, Response)
    assert [(hop.status, hop.url) for hop in answer.redirects] == [
        (302, f"{played.address}/moved"),
        (301, f"{played.address}/page"),
    ]
    assert not answer.moved_for_good
    moved = fetch(f"{played.address}/moved")
    assert isinstance(moved, Response) and moved.moved_for_good
    assert isinstance(answer := fetch(f"{played.address}/see"), Response)
    assert answer.url == f"{played.address}/page?%C3%BC=a%20b"
    assert isinstance(answer := fetch(f"{played.address}/no-location"), Response) and answer.status == 302


def test_a_redirect_to_another_address_of_this_machine_has_no_visitors() -> None:
    with serving({}, "127.0.0.2") as other:
        table = {
            "/literal": lambda h: h.say(302, Location=f"{other.address}/"),
            "/name": lambda h: h.say(302, Location=f"http://other.example:{other.server_port}/"),
            "/chain": lambda h: h.say(302, Location="/literal"),
        }
        with serving(table) as server:
            guard = Guard([AllowedHost.parse("127.0.0.1")], lookup=lambda _: ["127.0.0.2"])
            for path in table:
                reply = fetch(f"{server.address}{path}", Fetcher(guard, limits=SMALL))
                assert isinstance(reply, Failure) and reply.kind is FailureKind.REFUSED, reply
            assert len(server.visits) == 4
        assert other.visits == []


def test_the_connection_goes_to_the_checked_address_under_the_name_that_was_asked() -> None:
    with serving({"/": lambda h: h.say(200, "here")}) as server:
        looked_up: list[str] = []

        def lookup(name: str) -> list[str]:
            looked_up.append(name)
            return ["127.0.0.9", "127.0.0.1"]  # at the first nobody listens

        guard = Guard([AllowedHost("book.example", server.server_port)], lookup=lookup)
        answer = fetch(f"http://book.example:{server.server_port}/", Fetcher(guard, limits=ReadLimits()))
        assert isinstance(answer, Response) and answer.body == b"here"
        assert server.visits[0][1]["Host"] == f"book.example:{server.server_port}"
        assert looked_up == ["book.example"]


def test_https_never_leads_to_http() -> None:
    def reply(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(301, headers={"Location": "http://example.org/plain"})

    guard = Guard(lookup=lambda _: ["93.184.215.14"])
    result = fetch("https://example.org/", Fetcher(guard, httpx2.MockTransport(reply)))
    assert isinstance(result, Failure) and result.kind is FailureKind.DOWNGRADED


def test_a_mistake_of_ours_is_no_failure_of_the_page() -> None:
    with pytest.raises(KeyError):
        transport_failure(KeyError("x"), "http://example.org/")


def test_many_requests_at_once_share_one_fetcher(played: Loopback) -> None:
    asked, found = fetcher(limits=ReadLimits()), []
    threads = [threading.Thread(target=lambda: found.append(asked.get(f"{played.address}/page"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [r.status for r in found if isinstance(r, Response)] == [200] * 8


PIECES = [
    b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\n", b"HTTP/2 200\r\n", b"HTTP/1.0 404 x\r\n", b"HTTP/1.1 999 \r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 101 Switching\r\n", b"HTTP/1.1 204 No\r\n", b"Content-Length: 5\r\n",
    b"Content-Length: -5\r\n", b"Content-Length: 99999999999999999999\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n", b"Content-Encoding: deflate, gzip\r\n",
    b"Content-Encoding: \xff\r\n", b"Content-Type: text/html; charset=\xfc\r\n", b"Location: http://[\r\n",
    b"Location: \xff\xfe\r\n", b"Location: http://xn--a/\r\n", b"Location: //\r\n", b"Location: \r\n", b"X: y\x00\r\n",
    b": empty\r\n", b" folded\r\n", b"\r\n", b"\r\n\r\n", b"5\r\nhello\r\n0\r\n\r\n", b"zz\r\n", b"hello",
    gzip.compress(b"hello"), gzip.compress(b"hello")[:9], zlib.compress(b"hi"), b"\x1b\x00\x00", b"\n",
]  # fmt: skip


def test_whatever_bytes_come_it_is_an_answer_or_a_failure() -> None:
    chance = random.Random(6)

    def nonsense(handler: Handler) -> None:
        handler.wfile.write(b"".join(chance.choice(PIECES[:8] if n == 0 else PIECES) for n in range(8)))
        handler.close_connection = True

    with serving({"/": nonsense}) as server:
        asked = fetcher()
        kinds = {type(fetch(f"{server.address}/", asked)) for _ in range(200)}
    assert kinds == {Response, Failure}
