"""Staying in the text: what opens in place, addresses that are copied and seen, and what stands around the text.

On the real book, with an address of the site and a contact set, in a real browser: with keys, with a finger, on a desk
and a phone, in both schemes, without script, from a folder, under a strict policy, and in a browser without popovers.
"""

from __future__ import annotations

import gzip
import http.server
import io
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from judges import CHROMIUM_FLAGS, npm
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from published import Editions, Site
from pybtex.database import parse_string

from needs import need

ROOT = Path(__file__).parents[2]
CHAPTER = "chapters/03-us-rok-alliance.html"
BASE = "/korean-war/"  #: of the site on its host
SITE = f"https://books.example.org{BASE}"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
FINGER: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
MOST_SHIFT = 0.05
MOST_KB, MOST_KB_WITH_FACES = 120, 250  #: of a chapter, compressed
CITATION = ".bibtex-citation a[aria-haspopup]"
#: sums the shifts of the layout that nobody asked for
WATCH = """window.shifted = 0; new PerformanceObserver(list => { for (const e of list.getEntries())
    if (!e.hadRecentInput) window.shifted += e.value; }).observe({type: 'layout-shift', buffered: true});"""
NO_POPOVERS = (
    "for (const name of ['showPopover', 'hidePopover', 'togglePopover', 'popover']) delete HTMLElement.prototype[name];"
)

expect.set_options(timeout=60_000)  # ms


@pytest.fixture(scope="module")
def site(build: Callable[..., Editions], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the web site of the book with an address and a contact."""
    source = tmp_path_factory.mktemp("addressed")
    shutil.copytree(ROOT / "docs", source / "docs", ignore=shutil.ignore_patterns("_build"))
    for file in ("references.bib", "CHANGELOG.md"):
        shutil.copy(ROOT / file, source / file)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    own = f'[tool.factpress]\nsite = "{SITE}"\ncontact = "errors@example.org"\n'
    (source / "pyproject.toml").write_text(settings.replace("[tool.factpress]\n", own), encoding="utf-8")
    return build("addressed", "--edition", "html", source=source).site


@pytest.fixture(scope="module")
def base(site: Site) -> Iterator[str]:
    """Serve the site where its address says, under a strict policy, with its page for addresses that lead nowhere."""

    class Host(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def translate_path(self, path: str) -> str:
            inside = path.partition("?")[0].partition("#")[0]
            return str(site.folder / inside.removeprefix(BASE)) if inside.startswith(BASE) else "/nowhere"

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def send_error(self, code: int, *_: object, **__: object) -> None:
            page = (site.folder / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
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
    """Return a function that opens a page; a console error, so also what the policy refuses, fails the test."""
    contexts: list[BrowserContext] = []
    told: list[str] = []

    def open_page(path: str, *, before: str = "", **options: Any) -> Page:
        context = browser.new_context(base_url=base, reduced_motion="reduce", **{"viewport": DESK, **options})
        contexts.append(context)
        context.set_default_timeout(120_000)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not told


def top_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("element => element.getBoundingClientRect().top"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


# light and still


#: one page of each kind
KINDS_OF_PAGE = (
    *(
        "index.html",
        "war-in-brief.html",
        "chapters/03-us-rok-alliance.html",
        "back/claims.html",
        "back/references.html",
    ),
    *("back/glossary.html", "back/timeline.html", "back/article.html", "back/in-pictures.html"),
)


@pytest.mark.parametrize(
    ("viewport", "every"),
    [
        pytest.param(PHONE, False, id="390"),
        pytest.param(PHONE, True, id="390, every page", marks=pytest.mark.thorough),
        pytest.param(DESK, True, id="1280, every page", marks=pytest.mark.thorough),
    ],
)
def test_every_page_stands_still_and_says_nothing_on_the_console(
    reader: Callable[..., Page], site: Site, viewport: dict[str, int], every: bool
) -> None:
    assert set(KINDS_OF_PAGE) <= set(site.pages)
    options = FINGER if viewport is PHONE else {}
    page = reader("index.html", before=WATCH, **options)
    moved = {}
    for name in site.pages if every else KINDS_OF_PAGE:
        page.goto(name, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        if (shift := page.evaluate("window.shifted")) >= MOST_SHIFT:
            moved[name] = shift
        assert page.locator("meta[name=viewport]").count() == 1, name
    assert not moved


def test_every_chapter_is_light(site: Site) -> None:
    heavy = {}
    for name in (name for name in site.pages if name.startswith("chapters/")):
        files = [(site.folder / name).read_bytes(), *_files_of(site, name)]
        heavy[name] = sum(len(gzip.compress(file, 6)) for file in files)
    assert len(heavy) == 9
    assert max(heavy.values()) < MOST_KB * 1000, heavy


def _files_of(site: Site, name: str) -> Iterator[bytes]:
    """Yield the style sheets and scripts that a page loads."""
    for address in site.pages[name].xpath("//link[@rel='stylesheet']/@href | //script/@src"):
        yield ((site.folder / name).parent / address.partition("?")[0]).resolve().read_bytes()


def test_a_chapter_with_its_faces_weighs_little(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, viewport=DESK)
    page = context.new_page()
    got: list[Any] = []
    page.on("response", lambda response: got.append(response))
    page.goto(CHAPTER, wait_until="networkidle")
    weights = [
        len(body if "/fonts/" in response.url else gzip.compress(body, 6))
        for response in got
        for body in (response.body(),)
    ]
    context.close()
    assert len(weights) > 8
    assert sum(weights) < MOST_KB_WITH_FACES * 1000


# what opens in place


def test_a_citation_opens_with_the_pointer_the_focus_and_a_click(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    citation = page.locator(CITATION).nth(3)
    number = citation.inner_text()
    citation.hover()
    peek = page.get_by_role("dialog", name=f"Source {number}")
    expect(peek).to_be_visible()
    expect(peek).to_contain_text(f"[{number}]")
    peek.hover()  # it stays while the pointer is on it
    page.wait_for_timeout(600)
    expect(peek).to_be_visible()
    page.mouse.move(5, 400)
    expect(peek).to_have_count(0)
    assert "#" not in page.url, "what only passes has no address"
    citation.click()
    expect(peek).to_be_visible()
    expect(citation).to_have_attribute("aria-expanded", "true")
    assert page.url.endswith(f"#{citation.get_attribute('id')}")
    assert top_of(page, CITATION) is not None
    box, line = peek.bounding_box(), citation.bounding_box()
    assert box and line and (box["y"] >= line["y"] + line["height"] or box["y"] + box["height"] <= line["y"])
    page.keyboard.press("Escape")
    expect(peek).to_have_count(0)
    expect(citation).to_be_focused()
    assert "#" not in page.url
    page.keyboard.press("Enter")
    expect(peek).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.peek') !== null"), "Tab goes on into what has opened"
    page.go_back()
    expect(peek).to_have_count(0)
    assert page.url.endswith(CHAPTER)


def test_an_address_opens_a_card_and_a_peek_again(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    for selector, shown in ((CITATION, ".peek"), ("a.term", ".peek"), ("a.mark[data-card]", "details.card[open]")):
        opener = page.locator(selector).nth(5)
        page.goto("about:blank")
        page.goto(CHAPTER)
        anchor = opener.get_attribute("id")
        page.goto("about:blank")
        page.goto(f"{CHAPTER}#{anchor}")
        expect(page.locator(shown)).to_be_visible()
        expect(opener).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.locator(shown)).to_have_count(0)
        expect(opener).to_be_focused()


def test_one_thing_is_open_at_a_time_and_one_step_back_closes_it(reader: Callable[..., Page]) -> None:
    page = reader("index.html")
    page.goto(CHAPTER)
    marks = page.locator("a.mark[data-card]")
    for nth in (0, 3, 1):
        before = marks.nth(nth).evaluate("mark => { mark.scrollIntoView({block: 'center'}); return mark.id; }")
        marks.nth(nth).click()
        expect(page.locator("details.card[open]")).to_have_count(1)
        expect(marks.nth(nth)).to_have_attribute("aria-expanded", "true")
        expect(marks.nth(nth)).to_be_in_viewport()
        assert page.url.endswith(f"#{before}")
    page.go_back()
    expect(page.locator("details.card[open]")).to_have_count(0)
    assert page.url.endswith(CHAPTER)
    page.go_back()
    expect(page.locator(".cover-line")).to_be_visible()


@pytest.mark.parametrize("options", [FINGER, {}], ids=["phone", "desk"])
def test_the_sentence_stays_on_the_screen_when_its_card_opens(
    reader: Callable[..., Page], options: dict[str, Any]
) -> None:
    page = reader(CHAPTER, **options)
    for nth in range(page.locator("a.mark[data-card]").count()):
        mark = page.locator("a.mark[data-card]").nth(nth)
        mark.evaluate("mark => mark.scrollIntoView({block: 'end'})")
        mark.tap() if options else mark.click()
        card = page.locator("details.card[open]")
        expect(card).to_be_in_viewport()
        # the end of the sentence, and the mark, are seen and not covered
        seen = mark.evaluate(
            """mark => { const box = mark.getBoundingClientRect();
            const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return mark.contains(at); }"""
        )
        assert seen, f"mark {nth} is covered or off the screen"
        said = mark.evaluate("mark => (mark.previousElementSibling ?? mark).getBoundingClientRect().bottom")
        assert 0 < said < PHONE["height"]
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)


@pytest.mark.parametrize("before", ["", NO_POPOVERS], ids=["with popovers", "without"])
def test_a_finger_opens_a_term_and_a_citation(reader: Callable[..., Page], before: str) -> None:
    page = reader(CHAPTER, before=before, **FINGER)
    assert page.evaluate("'showPopover' in HTMLElement.prototype") is (not before)
    for selector in ("a.term", CITATION):
        opener = page.locator(selector).nth(1)
        opener.evaluate("element => element.scrollIntoView({block: 'center'})")
        opener.tap()
        peek = page.locator(".peek")
        expect(peek).to_be_visible()
        box = peek.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        expect(opener).to_be_in_viewport()
        page.locator(".peek-close").tap()
        expect(peek).to_have_count(0)
        opener.tap()
        expect(peek).to_be_visible()
        page.go_back()
        expect(peek).to_have_count(0)


def test_each_use_of_a_term_opens_what_it_means(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    term = page.locator("a.term").first
    term.click()
    expect(page.get_by_role("dialog")).to_contain_text(term.inner_text(), ignore_case=True)
    page.locator(".peek .more a").click()
    assert re.search(r"glossary\.html#term-", page.url)
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_visible()  # its address brings it back


def test_without_a_script_each_link_leads_where_it_says(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER, java_script_enabled=False, **FINGER)
    expect(page.locator(".scheme")).to_be_hidden()
    expect(page.locator(".toc")).to_be_hidden()
    page.locator(".open-contents").click()
    expect(page.locator(".toc")).to_be_in_viewport()
    page.locator(".toc .close").click()
    expect(page.locator(".toc")).to_be_hidden()
    page.locator("a.term").first.click()
    assert re.search(r"glossary\.html#term-", page.url)
    page.go_back()
    page.locator(".bibtex-citation a").first.click()
    assert re.search(r"references\.html#ref-", page.url)


def test_from_a_folder_all_opens_and_nothing_is_said_on_the_console(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text))
    page.goto((site.folder / CHAPTER).as_uri())
    page.locator(CITATION).first.click()
    expect(page.locator(".peek")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".peek")).to_have_count(0)
    page.locator("a.mark[data-card]").first.click()
    expect(page.locator("details.card[open]")).to_be_visible()
    page.go_back()
    expect(page.locator("details.card[open]")).to_have_count(0)
    page.locator(".scheme").click()
    context.close()
    assert not told


def test_with_keys_alone_from_the_title_page_to_a_quoted_place_and_back(reader: Callable[..., Page]) -> None:
    page = reader("index.html", before="addEventListener('keydown', () => { window.keys = (window.keys ?? 0) + 1; });")
    pressed = 0

    def press(key: str) -> None:
        nonlocal pressed
        page.keyboard.press(key)
        pressed += 1

    def tab_to(condition: str, most: int = 60) -> None:
        for _ in range(most):
            if page.evaluate(f"(element => {condition})(document.activeElement)"):
                return
            press("Tab")
        pytest.fail(f"never came to {condition}")

    press("Tab")
    tab_to("element.getAttribute('href')?.includes('03-us-rok')")
    press("Enter")
    page.wait_for_url("**/03-us-rok-alliance.html")
    press("Tab")
    press("Enter")  # the skip link
    tab_to("element.matches('a.mark')")
    mark = page.evaluate("document.activeElement.id")
    press("Enter")
    expect(page.locator("details.card[open]")).to_be_visible()
    tab_to("element.matches('a.external')")
    there = page.evaluate("document.activeElement.href")
    assert "#:~:text=" in there
    print(f"keys from the title page to a quoted place: {pressed + 1}")
    assert pressed < 40
    press("Escape")
    expect(page.locator("details.card[open]")).to_have_count(0)
    expect(page.locator(f"#{mark}")).to_be_focused()
    # away and back without what a browser keeps of pages: the address opens the card again
    press("Enter")
    page.goto("index.html")
    page.go_back()
    expect(page.locator("details.card[open]")).to_be_visible()
    expect(page.locator(f"#{mark}")).to_be_in_viewport()


# addresses


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "selector"),
    [
        (CHAPTER, "p.numbered"), (CHAPTER, "article.entry"), (CHAPTER, "a.mark"), (CHAPTER, "section section"),
        ("back/glossary.html", "dt"), ("back/references.html", ".sources li"), ("back/timeline.html", ".timeline li"),
    ],
)  # fmt: skip
def test_where_an_address_leads_is_seen_and_not_by_colour_alone(
    reader: Callable[..., Page], path: str, selector: str, scheme: str
) -> None:
    page = reader(path, color_scheme=scheme)
    anchor = page.locator(selector).nth(2).get_attribute("id")
    page.goto(f"{path}#{anchor}")
    framed = page.evaluate(
        """() => { const target = document.querySelector(':target');
        const shown = target.matches('section') ? target.querySelector('h2') : target;
        const style = getComputedStyle(shown), paper = getComputedStyle(document.body).backgroundColor;
        return [style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor, paper]; }"""
    )
    assert framed[0] == "solid" and framed[1] >= 2
    assert contrast(framed[2], framed[3]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 has it."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("path", "selector", "place"),
    [
        (CHAPTER, "#p3-4 .pn", "¶ 3.4"),
        (CHAPTER, "#the-price-of-an-armistice h2 .addr", "“The price of an armistice”"),
        (CHAPTER, "#C037 .addr", "C037"),
        ("back/glossary.html", "#term-armistice .addr", "armistice"),
    ],
)
def test_one_click_copies_an_address_and_offers_a_citation(
    reader: Callable[..., Page], path: str, selector: str, place: str
) -> None:
    page = reader(path, permissions=["clipboard-read", "clipboard-write"])
    link = page.locator(selector)
    link.scroll_into_view_if_needed()
    link.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name=f"Address of {place}")
    expect(panel.get_by_role("status")).to_have_text("Copied: address")
    address = f"{SITE}{path}{link.get_attribute('href')}"
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert page.url.endswith(link.get_attribute("href") or "-")
    cited = f"{place}, edition of "
    panel.get_by_role("button", name=f"Copy “{cited}").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith(cited)
    panel.get_by_role("button", name="Copy as BibTeX").click()
    (entry,) = parse_string(page.evaluate("navigator.clipboard.readText()"), "bibtex").entries.values()
    assert entry.fields["url"] == address and place in entry.fields["note"]
    assert entry.fields["booktitle"] == "Alliances and the Korean War"
    panel.get_by_role("button", name="Copy as CSL-JSON").click()
    (item,) = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert item["URL"] == address and item["container-title"] == "Alliances and the Korean War"
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()


def test_an_address_that_cannot_be_copied_is_shown(reader: Callable[..., Page]) -> None:
    refused = "delete Navigator.prototype.clipboard; Document.prototype.execCommand = () => false;"
    page = reader(CHAPTER, before=refused + NO_POPOVERS)
    page.locator("#p3-4 .pn").click()
    field = page.locator(".copies input")
    expect(field).to_have_value(f"{SITE}{CHAPTER}#p3-4")


# around the text


def test_colours_are_chosen_kept_and_there_before_the_first_paint(reader: Callable[..., Page]) -> None:
    # the first background that a page has while it is read, before anything of its body is painted
    early = """new MutationObserver((_, watcher) => { if (document.body) { watcher.disconnect();
        window.first = getComputedStyle(document.body).backgroundColor; } })
        .observe(document, {childList: true, subtree: true});"""
    page = reader(CHAPTER, before=early, color_scheme="light")
    button = page.locator("button.scheme")
    expect(button).to_have_attribute("aria-label", "Colours: as the device")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    button.click()
    expect(button).to_have_attribute("aria-label", "Colours: dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert contrast(light, dark) > 10
    page.goto("back/claims.html")
    assert page.evaluate("[window.first, getComputedStyle(document.body).backgroundColor]") == [dark, dark]
    page.locator("button.scheme").click()
    assert page.evaluate("document.documentElement.dataset.scheme") is None


def test_the_section_that_is_read_is_marked(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    here = page.get_by_role("navigation", name="On this page")
    expect(here).to_be_visible()
    page.evaluate("document.getElementById('troops-aid-and-command').scrollIntoView()")
    expect(here.locator("[aria-current=location]")).to_have_text("Troops, aid and command")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(here.locator("[aria-current=location]")).to_have_text("What the sources say")
    expect(page.locator(".bar")).to_be_in_viewport()


def test_contents_stand_in_three_groups_with_the_page_in_view(reader: Callable[..., Page]) -> None:
    page = reader("back/colophon.html", viewport={"width": 1280, "height": 720})
    contents = page.get_by_role("navigation", name="Contents")
    assert contents.locator(".group").all_inner_texts() == ["Chapters", "Study pages", "Claims and sources"]
    expect(contents.locator("[aria-current=page]")).to_be_in_viewport()
    assert contents.locator("ol").nth(0).locator(":scope > li").count() == 11
    assert "Glossary" in contents.locator("ol").nth(1).inner_text()
    assert "References" in contents.locator("ol").nth(2).inner_text()


def test_arrows_turn_pages_but_not_in_a_field_or_a_table_that_scrolls(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/04-pacific-treaties.html")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/03-us-rok-alliance.html")
    page.goto("search.html")
    page.locator("input").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("search.html")


def test_on_a_phone_the_text_comes_first_and_the_contents_close_by_key_and_by_back(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER, **FINGER)
    expect(page.locator("h1")).to_be_in_viewport()
    contents = page.locator(".toc")
    for leave in (lambda: page.keyboard.press("Escape"), page.go_back, page.locator(".toc .close").tap):
        expect(contents).to_be_hidden()
        page.locator(".open-contents").tap()
        expect(contents.locator("[aria-current=page]")).to_be_in_viewport()
        leave()
    expect(contents).to_be_hidden()
    assert page.url.endswith(CHAPTER)


@pytest.mark.parametrize("name", ["in-pictures", "bonds"])
def test_a_figure_is_read_on_a_phone(reader: Callable[..., Page], name: str) -> None:
    page = reader(f"back/{name}.html", **FINGER)
    page.locator(".enlarge a").first.tap()
    dialog = page.locator("dialog.large")
    expect(dialog).to_be_visible()
    # pixels on the screen: the size of type times the scale of the drawing, whichever way the words are turned
    sizes = dialog.locator("svg text").evaluate_all(
        "texts => texts.map(t => parseFloat(getComputedStyle(t).fontSize) * "
        "Math.hypot(t.getScreenCTM().a, t.getScreenCTM().b))"
    )
    assert sizes and min(sizes) >= 12
    page.go_back()
    expect(dialog).to_have_count(0)
    page.locator(".enlarge a").first.tap()
    expect(dialog).to_be_visible()
    page.locator(".large-close").tap()
    expect(dialog).to_have_count(0)


def test_long_pages_have_letters_and_a_way_up(reader: Callable[..., Page]) -> None:
    page = reader("back/index-of-names.html", **FINGER)
    letters = page.get_by_role("navigation", name="Letters")
    letters.get_by_role("link", name="N", exact=True).tap()
    expect(page.locator("#letter-N h2")).to_be_in_viewport()
    up = page.locator(".up")
    expect(up).to_be_visible()
    up.tap()
    expect(page.locator("h1")).to_be_in_viewport()
    expect(up).to_be_hidden()
    page.goto("back/glossary.html")
    assert page.get_by_role("navigation", name="Letters").get_by_role("link").count() > 5


def test_paper_has_the_answers_and_says_where_quoted_words_stand(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    answer = page.locator("details.answer p").first.text_content() or ""
    printed = " ".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    text = re.sub(r"\s+", "", printed)
    assert re.sub(r"\s+", "", answer)[:60] in text
    assert "https://history.state.gov/historicaldocuments/frus1950v07/d174⟩" in text
    assert ":~:text" not in text
    for shut in ("Skip to the text", "On this page", "Enlarge"):
        assert re.sub(r"\s+", "", shut) not in text


def test_what_opens_has_no_barrier(reader: Callable[..., Page]) -> None:
    page = reader(CHAPTER)
    script = npm("axe-core/axe.min.js").read_text(encoding="utf-8")
    openings: list[tuple[str, Callable[[], object]]] = [
        ("citation", page.locator(CITATION).first.click),
        ("term", page.locator("a.term").first.click),
        ("copies", page.locator("#p3-4 .pn").click),
    ]
    found = []
    for name, opens in openings:
        opens()
        page.evaluate(script)
        told = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [(name, each["id"], each["nodes"][0]["html"][:160]) for each in told["violations"]]
        page.keyboard.press("Escape")
    assert not found


def test_the_page_for_addresses_that_lead_nowhere_works_at_any_depth(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, viewport=DESK)
    page = context.new_page()
    page.goto("no/such/page.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("No page here")
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "sticky", "no style sheet"
    page.get_by_role("main").get_by_role("link", name="Glossary").click()
    assert page.url.endswith("back/glossary.html")
    context.close()
