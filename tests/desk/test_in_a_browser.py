"""The desk in a real browser: keys, focus, what hostile pages get, and what works without script."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from opendesk import OpenDesk, open_desk

from cleanbook import edit
from editions.judges import npm
from factpress.files.ledger import read_ledger
from needs import needs
from signing import SIGNOFFS, own_book

pytestmark = needs("chromium")

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SURVEY = "https://www.example.org/survey/arden"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    settings = own_book(tmp_path / "book")
    old = "        locator: table of bridges\n        says: Upper Arden is given the earlier date.\n"
    edit(settings.root, "docs/claims/02-today.yaml", old, f"{old}        quote: Upper Arden, 1741\n")
    with open_desk(settings) as opened:
        yield opened


@contextmanager
def at_desk(desk: OpenDesk, browser: Any, path: str = "", **options: Any) -> Iterator[Any]:
    """Yield a page of the desk in a new context, with sources answered by a page of ours."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    context.route(lambda url: not url.startswith("http://127.0.0.1"), lambda route: route.fulfill(body="A source."))
    page.goto(desk.access.link())
    if path:
        page.goto(f"{desk.access.origin}{desk.home}{path}")
    yield page
    context.close()
    assert said == []


def entries(desk: OpenDesk) -> Any:
    return read_ledger(desk.settings.docs / "claims", desk.settings.root)[0].signoffs


def test_a_claim_is_read_opened_and_signed_by_keys_alone(desk: OpenDesk, browser: Any) -> None:
    with at_desk(desk, browser) as page:
        assert page.url == f"{desk.access.origin}{desk.home}"  # the key is not in the address
        page.keyboard.press("/")
        page.keyboard.type("oldest stone")
        page.keyboard.press("Enter")
        page.get_by_text("C005", exact=True).first.click()
        page.wait_for_selector("h1.claim")
        page.wait_for_timeout(200)
        page.keyboard.press("a")  # nothing was read: no button, and letters still act
        page.wait_for_selector(".refused")
        assert page.locator("button.first").count() == 0
        page.keyboard.press("Escape")
        page.wait_for_selector(".refused", state="detached")
        page.keyboard.press("f")  # a has no page: the question stands there at once
        page.wait_for_selector("#e-a .yes")
        with page.context.expect_page() as opened:
            page.keyboard.press("o")
        assert opened.value.url.startswith(SURVEY)
        assert opened.value.evaluate("[document.referrer, window.opener]") == ["", None]
        opened.value.close()
        page.keyboard.press("f")
        page.wait_for_selector("#e-b .yes")
        page.keyboard.press("a")
        page.wait_for_selector("#note:focus")
        page.keyboard.type("a f m u s")  # letters in a field are letters
        button = page.locator("button[data-key=ctrl-enter]").inner_text()
        assert button.startswith("Sign: I read the reasoning and found the words in a and b")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#said:focus")
        entry = entries(desk)[-1]
        assert (entry.claim, entry.note, len(entry.did)) == ("C005", "a f m u s", 3)
        page.keyboard.press("u")
        page.wait_for_selector("body[data-page=claim-C005]")
        assert entries(desk)[-1].claim == "C001"


def test_no_letter_signs_and_space_backspace_and_delete_decide_nothing(desk: OpenDesk, browser: Any) -> None:
    before = (desk.settings.root / SIGNOFFS).read_bytes()
    with at_desk(desk, browser, "claims/C002") as page:
        page.wait_for_timeout(200)
        for key in (
            "a",
            "Escape",
            "Space",
            "Backspace",
            "Delete",
            "Enter",
            "y",
            "A",
            "r",
            "Escape",
            "Escape",
            "f",
            "m",
        ):
            page.keyboard.press(key)
            page.wait_for_timeout(60)
    assert (desk.settings.root / SIGNOFFS).read_bytes() == before


def test_single_keys_can_be_switched_off(desk: OpenDesk, browser: Any) -> None:
    with at_desk(desk, browser, "keys") as page:
        page.get_by_role("button", name="Turn them off").click()
        page.get_by_role("button", name="Turn them on").wait_for()
        page.goto(f"{desk.access.origin}{desk.home}claims/C002")
        page.keyboard.press("a")
        page.wait_for_timeout(150)
        assert page.locator("#note").count() == 0
    assert (desk.settings.work / "desk" / "single-keys-off").exists()


def test_what_is_typed_is_kept_when_the_desk_is_closed(desk: OpenDesk, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(desk.access.link())
    page.goto(f"{desk.access.origin}{desk.home}claims/C002?ask=return")
    page.fill("#note", "Not what the archive says.")
    page.wait_for_timeout(1200)
    draft = desk.bench.drafts.read("C002", "note")
    assert draft and draft.values["note"] == "Not what the archive says."
    page.type("#note", " And more.")
    desk.bench.close()
    page.wait_for_timeout(1500)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#closed:visible")
    assert page.input_value("#note") == "Not what the archive says. And more."
    context.close()


def test_while_typing_the_fields_stay_and_what_is_said_beside_them_follows(desk: OpenDesk, browser: Any) -> None:
    with at_desk(desk, browser, "claims/C005/edit") as page:
        page.fill("#i-b1\\.quote", " ".join(["word"] * 16))
        page.wait_for_selector("text=Quote of 16 words in C005")
        assert page.locator("button[data-key=ctrl-enter]").count() == 0
        page.fill("#i-b1\\.quote", "word word")
        page.wait_for_selector("button[data-key=ctrl-enter]")
        assert page.evaluate("document.activeElement.id") == "i-b1.quote"
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("text=C005 is saved.")


def test_it_works_without_script(desk: OpenDesk, browser: Any) -> None:
    with at_desk(desk, browser, java_script_enabled=False) as page:
        page.get_by_role("link", name="All").click()
        page.get_by_role("link", name="C005").click()
        for letter in "ab":
            page.locator(f"#e-{letter}").get_by_role("button", name="Found").click()
        page.get_by_role("link", name="Approve").click()
        page.get_by_label("I read the reasoning to its end").check()
        page.get_by_label("Note, if there").fill("By hand.")
        page.get_by_role("button", name="Sign:").click()
        assert "1 of 2 reviewers has signed." in page.inner_text("#said")
        assert (entries(desk)[-1].claim, entries(desk)[-1].note) == ("C005", "By hand.")
        page.goto(f"{desk.access.origin}{desk.home}claims/C002/edit")
        page.get_by_label("Why").fill("No list that we saw begins before the bridge.")
        page.get_by_role("button", name="Keep as a draft and check").click()
        page.get_by_role("button", name="Save").click()
        assert "C002 is saved." in page.inner_text("#said")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (390, "dark"),
        pytest.param(1280, "dark", marks=pytest.mark.thorough),
        pytest.param(390, "light", marks=pytest.mark.thorough),
    ],
)
def test_axe_finds_no_barrier_and_nothing_is_cut_off(desk: OpenDesk, browser: Any, width: int, scheme: str) -> None:
    script = npm("axe-core/axe.min.js").read_text(encoding="utf-8")
    desk.read("C005", "a")
    pages = ("", "?by=source", "claims/C005", "claims/C001", "claims/C005?ask=approve", "claims/C005?ask=return",
             "claims/C005/edit", "keys", "finish", "claims/C006")  # fmt: skip
    with at_desk(desk, browser, viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        for path in pages:
            page.goto(f"{desk.access.origin}{desk.home}{path}")
            # the page's own rules let no script of ours in, so axe is run beside them
            found = page.evaluate(f"(asked) => {{ {script}; return axe.run(document, asked); }}", AXE)
            assert [f"{path}: {v['id']}: {v['nodes'][0]['html']}" for v in found["violations"]] == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


# pages of somebody else's


@contextmanager
def hostile(body: str) -> Iterator[tuple[str, list[str]]]:
    """Serve a page at another port of this machine; yield its address and every cookie that it is sent."""
    cookies: list[str] = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cookies.append(self.headers.get("Cookie", ""))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", cookies
    server.shutdown()


def _visit(desk: OpenDesk, browser: Any, body: Callable[[str, str], str]) -> tuple[list[int], list[str], Any]:
    """Open a hostile page in a browser that is at the desk; return the answers, the cookies sent, and what it got."""
    desk.read("C002")
    covers, target = desk.covers("C002"), f"{desk.access.origin}{desk.home}claims/C002/approve"
    with hostile(body(target, covers)) as (address, cookies):
        context = browser.new_context()
        page = context.new_page()
        page.goto(desk.access.link())
        answers: list[int] = []
        other = context.new_page()
        other.on("response", lambda got: answers.append(got.status) if desk.access.origin in got.url else None)
        other.goto(address)
        other.wait_for_timeout(700)
        got = other.evaluate("() => window.got || document.body.innerText")
        context.close()
    return answers, cookies, got


FORM = """<form method="post" action="{0}"><input name="covers" value="{1}"></form>
<script>document.forms[0].submit()</script>"""
FETCH = """<script>
Promise.all(['no-cors', 'cors'].map((mode) => fetch('{0}', {{method: 'POST', mode, credentials: 'include',
  body: new URLSearchParams({{covers: '{1}'}})}}).then((a) => a.text(), String))).then((all) => window.got = all)
</script>"""
FRAME = '<iframe src="{2}"></iframe><script>window.got = frames.length</script>'
READ = """<script>fetch('{2}', {{credentials: 'include'}})
  .then((a) => a.text(), String).then((t) => window.got = t)</script>"""


@pytest.mark.parametrize("attack", [FORM, FETCH], ids=["form", "fetch"])
def test_a_hostile_page_that_posts_signs_nothing(desk: OpenDesk, browser: Any, attack: str) -> None:
    before = (desk.settings.root / SIGNOFFS).read_bytes()
    answers, cookies, _ = _visit(desk, browser, lambda target, covers: attack.format(target, covers))
    assert set(answers) <= {403}
    assert (desk.settings.root / SIGNOFFS).read_bytes() == before
    assert not any(desk.access.session in cookie for cookie in cookies)


@pytest.mark.parametrize("attack", [FRAME, READ], ids=["frame", "fetch"])
def test_a_hostile_page_sees_nothing_of_the_desk(desk: OpenDesk, browser: Any, attack: str) -> None:
    home = f"{desk.access.origin}{desk.home}"
    answers, cookies, got = _visit(desk, browser, lambda target, covers: attack.format(target, covers, home))
    assert set(answers) <= {403}
    assert "Arden" not in str(got) and not any(desk.access.session in cookie for cookie in cookies)


def test_a_name_that_is_bound_to_this_machine_opens_nothing(desk: OpenDesk, browser: Any) -> None:
    from needs import need

    flags = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP evil.example 127.0.0.1"]
    rebound = browser.browser_type.launch(executable_path=need("chromium"), args=flags)
    page = rebound.new_context().new_page()
    for path in (desk.home, "/enter?key=" + desk.access.link().partition("key=")[2]):
        answer = page.goto(f"http://evil.example:{desk.access.port}{path}")
        assert answer.status == 403
    rebound.close()
