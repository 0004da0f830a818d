"""Every case of the stage is judged as the policy says, by the real fetcher over real connections on loopback."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme
from answers import CASES, GOOD, QUOTE, YES_CASES, Case, page, plays
from loopback import Loopback, serving
from loopback_check import TODAY, looked_at

from factpress.links.http import transport
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import LinkRecord, QuoteState, State


@pytest.fixture(scope="module")
def stage() -> Iterator[Loopback]:
    with serving(plays(CASES)) as server:
        yield server


@pytest.fixture(scope="module")
def yes() -> Iterator[Loopback]:
    with serving(plays(YES_CASES), "127.0.0.2") as server:
        server.fallback = YES_CASES[0].play
        yield server


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_recorded(stage: Loopback, case: Case) -> None:
    record = looked_at(stage.address + case.address, case)
    assert record.state is case.state, record.why
    found = set(record.quotes.values())
    if case.quote:
        assert (found == {QuoteState.FOUND}) == (case.truth == "alive")
        assert case.truth == "dead" or QuoteState.MISSING not in found


@pytest.mark.parametrize("case", YES_CASES, ids=[case.name for case in YES_CASES])
def test_a_host_that_says_yes_to_everything(yes: Loopback, case: Case) -> None:
    record = looked_at(yes.address + case.address, case)
    assert record.state is case.state, record.why


def test_no_name_is_two_cases_never_certain_the_same_way() -> None:
    def unknown(_: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def silent(_: str) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    case = CASES[0]
    assert looked_at("http://archive.example/a", case, lookup=unknown).state is State.SUSPECT
    assert looked_at("http://archive.example/a", case, lookup=silent).state is State.UNREACHABLE


def test_a_redirect_to_a_forbidden_address_is_not_followed() -> None:
    with serving({"/": page()}, "127.0.0.9") as forbidden, serving({}) as server:
        to_address = f"http://127.0.0.9:{forbidden.server_port}/"
        to_name = f"http://inside.example:{forbidden.server_port}/"
        to_port = f"http://localhost:{forbidden.server_port}/"
        for number, target in enumerate((to_address, to_name, to_port)):
            server.plays[f"/{number}"] = lambda h, target=target: h.say(302, Location=target)
            record = looked_at(f"{server.address}/{number}", CASES[0], lookup=lambda _: ["127.0.0.9"])
            if target != to_port:
                assert record.state is State.UNREACHABLE and "nothing was sent" in record.why
        assert [path for path, _ in forbidden.visits] == ["/"]  # by the name that was allowed


def test_last_weeks_failure_is_forgotten_at_the_first_success(stage: Loopback) -> None:
    url = f"{stage.address}/a-page-with-the-quote"
    last = LinkRecord(
        url=url, state=State.SUSPECT, since="2026-11-10", last_checked="2026-11-16", strikes=("2026-11-10",), http=404
    )
    record = looked_at(url, CASES[0], before=last)
    assert (record.state, record.strikes, record.since) == (State.OK, (), TODAY)


def test_gone_after_three_failures_days_apart_and_not_before(stage: Loopback) -> None:
    case = next(case for case in CASES if case.name == "404")
    record, states = None, []
    for day in ("2026-11-01", "2026-11-02", "2026-11-04", "2026-11-06", "2026-11-08"):
        record = looked_at(stage.address + case.address, case, before=record, today=day)
        states.append(record.state)
    assert states == [State.SUSPECT, State.SUSPECT, State.SUSPECT, State.SUSPECT, State.GONE]


def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    answers = []

    def play(handler: object) -> None:
        asked = handler.headers.get("If-None-Match")  # type: ignore[attr-defined]
        answers.append(asked)
        handler.say(304 if asked else 200, "" if asked else GOOD, ETag='"a1"')  # type: ignore[attr-defined]

    with serving({"/page": play}) as server:
        record = looked_at(f"{server.address}/page", CASES[0])
        again = looked_at(f"{server.address}/page", CASES[0], before=record, today="2026-12-20")
    assert answers == [None, '"a1"']
    assert (again.state, again.last_ok, again.quotes) == (State.OK, "2026-12-20", {quote_key(QUOTE): QuoteState.FOUND})


@contextmanager
def encrypted(server: Loopback, certificate: trustme.LeafCert, *, whole_chain: bool, folder: Path) -> Iterator[str]:
    """Let a server speak TLS, with or without the certificate between its own and the root."""
    chain = certificate.cert_chain_pems if whole_chain else certificate.cert_chain_pems[:1]
    file = folder / "chain.pem"
    file.write_bytes(certificate.private_key_pem.bytes() + b"".join(pem.bytes() for pem in chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    yield f"https://localhost:{server.server_port}"


@pytest.mark.parametrize(
    ("whole_chain", "trusted", "state"),
    [(True, True, State.OK), (False, True, State.UNREACHABLE), (True, False, State.UNREACHABLE)],
    ids=["good", "a certificate is missing between", "signed by nobody we know"],
)
def test_certificates(
    whole_chain: bool, trusted: bool, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = trustme.CA()
    certificate = root.create_child_ca().issue_cert("localhost")
    context = ssl.create_default_context()
    if trusted:
        root.configure_trust(context)
    monkeypatch.setattr(transport, "_trust", lambda: context)
    with (
        serving({"/page": page(), "/down": lambda h: h.say(302, Location="http://localhost/page")}) as server,
        encrypted(server, certificate, whole_chain=whole_chain, folder=tmp_path) as address,
    ):
        record = looked_at(f"{address}/page", CASES[0])
        assert record.state is state, record.why
        if state is State.OK:
            down = looked_at(f"{address}/down", CASES[0])
            assert down.state is State.UNREACHABLE and "from https to http" in down.why
