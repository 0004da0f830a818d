"""What the desk refuses: each row of the table of threats (docs/manual/the-desk.md), on the real server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from opendesk import OpenDesk, open_desk, path_of

from factpress.desk.access import HEADERS, MISSES, EntryKeys
from factpress.desk.app import BODY_LIMIT
from factpress.desk.server import DeskFolder
from signing import SIGNOFFS, own_book

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_other_machines_only_loopback_listens(desk: OpenDesk) -> None:
    listening = [
        line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"
    ]  # fmt: skip
    port = f"{desk.access.port:04X}"
    assert [where for where in listening if where.endswith(f":{port}")] == [f"0100007F:{port}"]
    assert not [line for line in Path("/proc/net/tcp6").read_text().splitlines()[1:] if f":{port} " in line]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost:{port}", "127.0.0.1:1", "evil.example:{port}", "127.0.0.1:{port}.evil.example", ""]
)
def test_dns_rebinding_any_other_host_is_refused(desk: OpenDesk, host: str) -> None:
    headers = desk.headers(Host=host.format(port=desk.access.port))
    for method, path in (("GET", desk.home), ("GET", path_of(desk.access.link())), ("POST", f"{desk.home}undo")):
        assert desk.raw(method, path, headers).status == 403


def test_dns_rebinding_two_hosts_are_refused(desk: OpenDesk) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", desk.access.port)) as line:
        line.sendall(f"GET {desk.home} HTTP/1.1\r\nHost: {desk.access.host}\r\nHost: evil.example\r\n\r\n".encode())
        assert line.recv(100).split(b" ")[1] in (b"400", b"403")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "Same-Origin"])
def test_csrf_a_form_of_another_site_writes_nothing(desk: OpenDesk, site: str) -> None:
    headers = desk.headers(Origin=desk.access.origin) | {"Sec-Fetch-Site": site} | FORM
    if not site:
        del headers["Sec-Fetch-Site"]
    _refuses_to_sign(desk, headers)


@pytest.mark.parametrize("origin", ["null", "", "http://127.0.0.1", "http://127.0.0.1:1", "http://evil.example"])
def test_csrf_a_form_of_another_origin_writes_nothing(desk: OpenDesk, origin: str) -> None:
    headers = desk.headers(Origin=origin) | FORM
    if not origin:
        del headers["Origin"]
    _refuses_to_sign(desk, headers)


def test_csrf_a_stranger_without_the_cookie_writes_nothing(desk: OpenDesk) -> None:
    headers = desk.headers(Origin=desk.access.origin) | FORM
    del headers["Cookie"]
    _refuses_to_sign(desk, headers)


def _refuses_to_sign(desk: OpenDesk, headers: dict[str, str]) -> None:
    """Send what signs when the desk's own page sends it, with other headers."""
    desk.read("C002")
    body = f"covers={desk.covers('C002').replace(' ', '+')}&note=hello".encode()
    before = (desk.settings.root / SIGNOFFS).read_bytes()
    assert desk.raw("POST", f"{desk.home}claims/C002/approve", headers, body).status == 403
    assert (desk.settings.root / SIGNOFFS).read_bytes() == before
    sent = desk.headers(Origin=desk.access.origin) | FORM
    assert desk.raw("POST", f"{desk.home}claims/C002/approve", sent, body).status == 303
    assert b"C002" in (desk.settings.root / SIGNOFFS).read_bytes().removeprefix(before)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_other_method_is_answered(desk: OpenDesk, method: str) -> None:
    assert desk.raw(method, desk.home, desk.headers(Origin=desk.access.origin)).status == 405


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_somebody_else_loads_nothing(desk: OpenDesk, site: str) -> None:
    for path in (desk.home, f"{desk.home}assets/desk.css", f"{desk.home}claims/C001"):
        assert desk.raw("GET", path, desk.headers() | {"Sec-Fetch-Site": site}).status == 403


def test_the_link_opens_once_and_gives_a_session_cookie(desk: OpenDesk) -> None:
    link = path_of(desk.access.link())
    assert len(link.partition("key=")[2]) >= 43  # 256 bits
    headers = {"Host": desk.access.host, "Sec-Fetch-Site": "none"}
    answer = desk.raw("GET", link, headers)
    assert (answer.status, answer.location) == (303, desk.home)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"desk-{desk.access.port}={desk.access.session};")
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "HttpOnly", f"Path={desk.home.rstrip('/')}", "SameSite=strict",
    }  # fmt: skip
    assert len(desk.home.strip("/")) >= 22  # 128 bits
    again = desk.raw("GET", link, headers)
    assert again.status == 403 and "set-cookie" not in again.headers


def test_a_link_opened_from_a_file_leads_on_from_our_own_page(desk: OpenDesk) -> None:
    answer = desk.raw("GET", path_of(desk.access.link()), {"Host": desk.access.host, "Sec-Fetch-Site": "cross-site"})
    assert answer.status == 200 and f"url={desk.home}" in answer.text and "set-cookie" in answer.headers


def test_ten_misses_close_the_entry(desk: OpenDesk) -> None:
    headers = {"Host": desk.access.host, "Sec-Fetch-Site": "none"}
    for _ in range(20):  # a page of somebody else's closes nothing
        assert desk.raw("GET", "/enter?key=guess", headers | {"Sec-Fetch-Site": "cross-site"}).status == 403
    for _ in range(MISSES - 1):
        desk.raw("GET", "/enter?key=guess", headers)
    assert desk.raw("GET", path_of(desk.access.link()), headers).status == 303
    desk.raw("GET", "/enter?key=guess", headers)
    closed = desk.raw("GET", path_of(desk.access.link()), headers)
    assert closed.status == 403 and "closed" in closed.text
    assert desk.get().status == 200  # whoever is in stays in


@pytest.mark.parametrize("cookie", ["", "{name}=", "{name}=x", "{name}={session}x", "other={session}"])
def test_without_the_cookie_no_page_is_shown(desk: OpenDesk, cookie: str) -> None:
    headers = desk.headers() | {"Cookie": cookie.format(name=desk.access.cookie, session=desk.access.session)}
    answer = desk.raw("GET", desk.home, headers)
    assert answer.status == 403 and "Arden" not in answer.text


def test_keys_are_kept_as_digests_and_for_their_owner_alone(tmp_path: Path) -> None:
    keys = EntryKeys(tmp_path / "keys")
    key = keys.make()
    (file,) = (tmp_path / "keys").iterdir()
    assert key not in file.name and file.stat().st_mode & 0o077 == 0 == (tmp_path / "keys").stat().st_mode & 0o077
    assert not keys.take(file.name) and keys.take(key) and not keys.take(key)


def test_every_answer_has_every_header(desk: OpenDesk) -> None:
    guest = {"Host": desk.access.host}
    answers = [
        desk.get(), desk.get("claims/C001"), desk.get("claims/C999"), desk.get("assets/nothing"), desk.post("undo"),
        desk.raw("GET", "/", guest), desk.raw("GET", "/enter?key=x", guest), desk.raw("POST", desk.home, guest),
        desk.raw("GET", "/", {"Host": "evil.example"}), desk.raw("PUT", "/", guest),
    ]  # fmt: skip
    for answer in answers:
        assert {name: answer.headers[name.lower()] for name in HEADERS} == HEADERS
        assert "server" not in answer.headers
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_assets_come_from_a_table_and_may_be_kept(desk: OpenDesk) -> None:
    page = desk.get().text
    for address in re.findall(r'(?:href|src)="([^"]+/assets/[^"]+)"', page):
        answer = desk.get(address)
        assert answer.status == 200 and "immutable" in answer.headers["cache-control"]
    css = desk.get("assets/faces.css").text
    for face in re.findall(r'url\("([^"]+)"\)', css):
        assert desk.get(f"assets/{face}").status == 200
    for path in ("../access.py", "..%2f..%2faccess.py", "%2e%2e/access.py", "desk.css/../../access.py", "/etc/passwd"):
        assert desk.get(f"assets/{path}").status == 404


@pytest.mark.parametrize("claim", ["C999", "..", "%2e%2e", "../../etc/passwd", "C001%00", "<script>", "C001/../C002"])
def test_ids_are_looked_up_and_never_a_path(desk: OpenDesk, claim: str) -> None:
    assert desk.get(f"claims/{claim}").status in (404, 405)
    assert desk.post(f"claims/{claim}/note", {"note": "x"}).status in (404, 405)
    assert not list(desk.settings.work.rglob("*note*"))


def test_a_form_has_a_limit(desk: OpenDesk) -> None:
    assert desk.post("claims/C001/note", {"note": "x" * 3000}).status == 204
    assert desk.post("claims/C001/note", {"note": "x" * BODY_LIMIT}).status == 413
    assert desk.post("claims/C001/note", {"note": "x" * 20_000}).status == 204
    draft = desk.bench.drafts.read("C001", "note")
    assert draft and len(draft.values["note"]) == 3000


def test_a_form_with_files_is_refused(desk: OpenDesk) -> None:
    sent = desk.headers(Origin=desk.access.origin, Content_Type="multipart/form-data; boundary=x")
    assert desk.raw("POST", f"{desk.home}claims/C001/note", sent, b"--x--").status == 415


def test_no_template_switches_escaping_off() -> None:
    for file in (Path(__file__).parents[2] / "scripts/factpress/desk/templates").iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup|<script>|\son\w+=|style=", text), file.name
    code = "".join(
        f.read_text(encoding="utf-8") for f in (Path(__file__).parents[2] / "scripts/factpress/desk").rglob("*.py")
    )
    assert "Markup(" not in code


def test_a_second_desk_finds_the_first_and_its_link_opens_it(tmp_path: Path) -> None:
    settings = own_book(tmp_path / "book")
    with open_desk(settings) as first:
        other = DeskFolder(settings).claim()
        assert other and other.origin == first.access.origin
        headers = {"Host": first.access.host, "Sec-Fetch-Site": "none"}
        assert first.raw("GET", path_of(other.link), headers).location == first.home
    with open_desk(settings) as next_one:  # the lock went with its desk
        assert next_one.access.session != first.access.session
        assert next_one.raw("GET", path_of(other.link), headers | {"Host": next_one.access.host}).status == 403
