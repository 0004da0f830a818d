"""The EPUB as its readers meet it, in two reading systems: nothing overflows, links are seen, notes pop up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from judges import CHROMIUM_FLAGS
from playwright.sync_api import Browser, sync_playwright
from published import Editions
from reading_systems import HOSTS, WIDTHS, opened, served

from needs import need

CHAPTER = "chapters/03-us-rok-alliance.xhtml"
LISTS = ("back/references.xhtml", "back/treaties.xhtml", "back/figure-data.xhtml", "back/claims.xhtml", CHAPTER)
#: boxes that stand out at the right of the page, each as what it is
OVERFLOWING = """document => {
  const width = document.documentElement.clientWidth;
  const hidden = element => element.closest("thead, svg, [hidden]");
  return [...document.body.querySelectorAll("*")]
    .filter(element => !hidden(element) && element.getBoundingClientRect().right > width + 1)
    .map(element => element.tagName + "." + element.className + " " + element.textContent.slice(0, 40));
}"""
#: contrast of each link with the background, the least one
CONTRAST = """(document, background) => {
  const parts = color => color.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = color => parts(color).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const links = [...document.querySelectorAll("a[href]")];
  const seen = links.map(link => ratio(light(document.defaultView.getComputedStyle(link).color), light(background)));
  return [links.length, Math.min(...seen)];
}"""
RGB = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 17, 17)"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = need("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def base(editions: Editions) -> Iterator[str]:
    with served(editions.epub.file) as base:
        yield base


@pytest.mark.parametrize("system", HOSTS)
def test_nothing_is_wider_than_a_phone(browser: Browser, base: str, system: str) -> None:
    with opened(browser, base, system, width=320, flow="scrolled-doc") as reader:
        documents = reader.documents
        assert len(documents) > 20
        for document in documents if system == "epubjs" else LISTS:
            reader.show(document)
            assert reader.ask(OVERFLOWING) == [], document


@pytest.mark.parametrize("system", HOSTS)
@pytest.mark.parametrize("theme", RGB)
def test_links_are_seen_in_any_theme(browser: Browser, base: str, system: str, theme: str) -> None:
    with opened(browser, base, system, width=600, theme=theme, first=CHAPTER) as reader:
        for document in (CHAPTER, "back/references.xhtml"):
            reader.show(document)
            links, contrast = reader.ask(CONTRAST, RGB[theme])
            assert links > 50
            assert contrast >= 4.5


@pytest.mark.parametrize("width", WIDTHS)
def test_the_number_of_a_source_is_on_the_line_of_its_entry(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base, "epubjs", width=width, first="back/references.xhtml") as reader:
        apart = reader.ask("""document => [...document.querySelectorAll(".sources > li")].filter(entry => {
          const number = entry.querySelector(".label").getClientRects()[0];
          const range = document.createRange();
          range.selectNodeContents(entry.querySelector(".source"));
          const first = range.getClientRects()[0];
          return Math.abs(number.bottom - first.bottom) > 8 || first.left < number.left;
        }).map(entry => entry.textContent.slice(0, 40))""")
        assert apart == []


def test_marks_and_citations_pop_up_their_notes(browser: Browser, base: str) -> None:
    with opened(browser, base, "foliate", width=600, first=CHAPTER) as reader:
        for kind, opening in (("a.mark", "Article: "), ("a.cited", "Muccio")):
            # in the order of the page: the first of each kind
            reader.ask("(document, kind) => document.querySelector(kind).click()", kind)
            reader.page.wait_for_function("() => window.notes.length")
            (note,) = reader.page.evaluate("notes.splice(0)")
            assert note["type"] == "footnote"
            assert opening in note["text"], note["text"]
            assert reader.ask("document => document.title").startswith("3 ")  # the reader is still in the chapter


@pytest.mark.parametrize("system", HOSTS)
def test_cover_and_pages_are_found(browser: Browser, base: str, system: str, editions: Editions) -> None:
    with opened(browser, base, system, width=600) as reader:
        assert reader.page.evaluate("cover()")
        pages = reader.page.evaluate("pages()")
    labels = editions.book.reader.page_labels
    assert pages and [label for label in labels if label in pages] == pages
