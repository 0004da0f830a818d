"""The web edition: what the Nu checker says, where links lead, and what a reader meets in a real browser."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from judges import CHROMIUM_FLAGS, npm, nu
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from published import Editions, Site, ids, internal_links

from needs import need

CHAPTER = "chapters/03-us-rok-alliance.html"
PAGES = ("index.html", CHAPTER, "back/claims.html", "back/references.html", "search.html?q=armistice")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: what a finger must hit; links in running text are spaced by its lines
TARGETS = (
    ".bar a, .bar button, .toc a, .here a, .turn a, .toctree-wrapper a, .mark, .pn, .addr, .card[open] summary, "
    ".find input, .letters a, .enlarge a, .ways a, .up"
)
DESK, PHONE, NARROW = ({"width": width, "height": 800} for width in (1280, 390, 320))


expect.set_options(timeout=60_000)  # ms; on a loaded machine five seconds are not enough


@pytest.fixture(scope="module")
def site(editions: Editions) -> Site:
    return editions.site


def test_the_nu_checker_has_nothing_to_say(site: Site) -> None:
    assert not nu([site.folder / name for name in site.pages])


def test_links_and_anchors_hold(site: Site) -> None:
    anchors = {name: ids(page) for name, page in site.pages.items()}
    assert not [name for name, found in anchors.items() if len(set(found)) < len(found)]
    wrong = [
        (page, address)
        for page, address, file, anchor in internal_links(site.pages)
        if not (site.folder / file).is_file() or (anchor and anchor not in anchors[file])
    ]
    assert not wrong


def test_nothing_that_a_page_needs_comes_from_elsewhere(site: Site) -> None:
    for page in site.pages.values():
        assert not page.xpath(
            "//script/@src[contains(., '//')] | //link[not(@rel='canonical')]/@href[contains(., '//')]"
        )
        assert not page.xpath("//img/@src[contains(., '//')] | //iframe")


# in a browser


@pytest.fixture(scope="module")
def base(site: Site) -> Iterator[str]:
    """Serve the site on a free port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page; a request that would leave the machine, or an error, fails the test."""
    contexts: list[BrowserContext] = []
    outside: list[str] = []
    errors: list[str] = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=base, reduced_motion="reduce", **{"viewport": DESK, **options})
        contexts.append(context)
        context.set_default_timeout(120_000)

        def only_here(route: Any) -> None:
            if route.request.url.startswith((base, "data:")):
                route.continue_()
            else:
                outside.append(route.request.url)
                route.abort()

        context.route("**/*", only_here)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not outside
    assert not errors


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [
        pytest.param(DESK, "light", id="desk in the light"),
        pytest.param(PHONE, "dark", id="phone in the dark"),
        pytest.param(DESK, "dark", id="desk in the dark", marks=pytest.mark.thorough),
        pytest.param(PHONE, "light", id="phone in the light", marks=pytest.mark.thorough),
    ],
)
def test_axe_finds_no_barrier(reader: Callable[..., Page], viewport: dict[str, int], scheme: str) -> None:
    page = reader(PAGES[0], viewport=viewport, color_scheme=scheme)
    script = npm("axe-core/axe.min.js").read_text(encoding="utf-8")
    found = []
    for path in PAGES:
        page.goto(path)
        if path == CHAPTER:
            page.locator("a.mark").first.click()
            expect(page.locator("details.card[open]")).to_have_count(1)
        page.evaluate(script)
        # 7:1 is more than WCAG's AA asks for; in the dark only colours are others
        asked: dict[str, Any] = {"runOnly": ["color-contrast", "color-contrast-enhanced"]}
        if scheme == "light":
            asked = {"runOnly": list(RULES), "rules": {"color-contrast-enhanced": {"enabled": True}}}
        told = page.evaluate("asked => axe.run(document, {...asked, resultTypes: ['violations']})", asked)
        found += [(path, each["id"], len(each["nodes"]), each["nodes"][0]["html"][:120]) for each in told["violations"]]
    assert not found


@pytest.mark.parametrize("viewport", [DESK, PHONE, NARROW], ids=["1280", "390", "320"])
def test_each_width_shows_all_without_sideways_scrolling_and_with_targets_for_a_finger(
    reader: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = reader(PAGES[0], viewport=viewport, has_touch=True, is_mobile=viewport is not DESK)
    for path in PAGES:
        page.goto(path)
        if path == CHAPTER:
            page.locator("a.mark").first.tap()
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width == [viewport["width"]] * 2, path
        small = page.evaluate(
            """selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(e => {
                 const box = e.getBoundingClientRect();
                 return [e.textContent.trim().slice(0, 40), Math.round(box.width), Math.round(box.height)];
               }).filter(([, width, height]) => width < 24 || height < 24)""",
            TARGETS,
        )
        assert not small, path


def test_a_mark_opens_its_card_and_escape_gives_the_place_back(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    mark = page.locator("a.mark").first
    card = page.locator(f"#{mark.get_attribute('data-card')}")
    expect(card).to_be_hidden()
    mark.click()
    expect(card).to_be_visible()
    expect(card).to_contain_text(re.compile("^What the article says: C\\d+.*Article: [a-z ]+\\.", re.DOTALL))
    assert page.url.endswith(f"{CHAPTER}#{mark.get_attribute('id')}")
    for key in ("Escape", "Enter", "Escape", " "):
        page.keyboard.press(key)
        if key == "Escape":
            expect(card).to_be_hidden()
            expect(mark).to_be_focused()
        else:
            expect(card).to_be_visible()
    assert mark.get_attribute("aria-expanded") == "true"
    card.locator("summary").click()
    expect(card).to_be_hidden()
    expect(mark).to_be_focused()
    assert mark.get_attribute("aria-expanded") == "false"


def test_a_card_leads_to_the_full_entry_and_the_entry_back_to_the_prose(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    mark = page.locator("a.mark").first
    claim = (mark.get_attribute("id") or "").partition("-")[0]
    mark.click()
    page.locator("details.card[open]").get_by_role("link", name="Full entry").click()
    assert page.url.endswith(f"#{claim}")
    entry = page.locator(f"#{claim}")
    expect(entry).to_be_in_viewport()
    entry.locator(".where a").first.click()
    assert re.search(r"#p\d+-\d+$", page.url)


def test_a_tap_opens_a_card(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER, viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("a.mark").nth(1).tap()
    expect(page.locator("details.card[open]")).to_have_count(1)
    expect(page.locator("details.card[open]")).to_be_in_viewport()


def test_without_script_a_mark_leads_to_its_entry(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER, java_script_enabled=False)
    mark = page.locator("a.mark").first
    claim = (mark.get_attribute("id") or "").partition("-")[0]
    mark.click()
    assert page.url.endswith(f"#{claim}")
    expect(page.locator(f"#{claim}")).to_be_in_viewport()


def test_search_finds_a_word_and_leads_to_it(reader: Callable[..., Page]) -> None:
    page = reader("search.html")
    page.locator("input[name=q]").fill("armistice")
    page.keyboard.press("Enter")
    result = page.locator("#search-results li").first
    expect(result).to_contain_text(re.compile("armistice", re.IGNORECASE))
    result.get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("armistice")


def test_the_keyboard_gets_to_the_text_first(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#text")


def test_paper_gets_the_text_without_the_frame(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
