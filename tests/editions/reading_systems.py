"""Two reading systems, epub.js and foliate-js, that open an EPUB in a browser as their readers see it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from judges import npm
from playwright.sync_api import Browser, Page

THEMES = {"light": ("#ffffff", "#111111"), "dark": ("#111111", "#dddddd")}  #: background and text
WIDTHS = (320, 600, 1200)
HOSTS = {
    "epubjs": """<!doctype html><meta charset="utf-8"><title>epub.js</title>
<style>html, body, #view { margin: 0; height: 100%; overflow: hidden }</style>
<script src="/npm/jszip/dist/jszip.min.js"></script><script src="/npm/epubjs/dist/epub.min.js"></script>
<div id="view"></div><script>
window.start = async (flow, background, color, href) => {
  window.book = ePub(await (await fetch("/book.epub")).arrayBuffer());
  await book.ready;
  window.rendition = book.renderTo("view", {width: "100%", height: "100%", flow, spread: "auto"});
  rendition.themes.register("chosen", {body: {background, color}});
  rendition.themes.select("chosen");
  document.body.style.background = background;
  await rendition.display(href || undefined);
};
window.show = async (href) => { await rendition.display(href); };
window.shown = () => rendition.getContents()[0].document;
window.spine = () => book.spine.spineItems.map(item => item.href);
window.cover = async () => Boolean(await book.coverUrl());
window.pages = () => book.pageList ? book.pageList.pageList.map(page => String(page.page)) : [];
</script>""",
    "foliate": """<!doctype html><meta charset="utf-8"><title>foliate-js</title>
<style>html, body { margin: 0; height: 100%; overflow: hidden } foliate-view { display: block; height: 100% }</style>
<script type="module">
import "/npm/foliate-js/view.js";
import { FootnoteHandler } from "/npm/foliate-js/footnotes.js";
window.start = async (flow, background, color, href) => {
  const blob = await (await fetch("/book.epub")).blob();
  const view = window.view = document.createElement("foliate-view");
  document.body.append(view);
  await view.open(new File([blob], "book.epub", {type: "application/epub+zip"}));
  document.body.style.background = background;
  view.renderer.setAttribute("flow", flow === "paginated" ? "paginated" : "scrolled");
  view.renderer.setStyles?.(`html { background: ${background} !important; color: ${color} } a:any-link { }`);
  const handler = new FootnoteHandler();
  window.notes = [];
  view.addEventListener("link", event => handler.handle(view.book, event));
  handler.addEventListener("before-render", event => document.body.append(event.detail.view));
  handler.addEventListener("render", event => {
    const { view: popped, type } = event.detail;
    notes.push({ type, text: popped.renderer.getContents()[0].doc.body.textContent });
  });
  await view.goTo(href || 0);
};
window.show = async (href) => { await view.goTo(href); };
window.shown = () => view.renderer.getContents()[0].doc;
window.spine = () => view.book.sections.map(section => section.id);
window.cover = async () => Boolean(await view.book.getCover());
window.pages = () => (view.book.pageList ?? []).map(page => page.label);
</script>""",
}


class ReadingSystem:
    """An EPUB opened in one of the two, at a width and in a theme."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self, href: str) -> None:
        """Turn to a document, and wait until it is laid out."""
        self.page.evaluate("href => show(href)", href)
        self.page.wait_for_timeout(300)

    def ask(self, function: str, argument: object = None) -> Any:
        """Return what a function of JavaScript says of the document that is shown, its first argument."""
        return self.page.evaluate(f"argument => ({function})(shown(), argument)", argument)

    @property
    def documents(self) -> list[str]:
        return list(self.page.evaluate("spine()"))


@contextmanager
def served(epub: Path) -> Iterator[str]:
    """Serve an EPUB and the two reading systems on a free port of this machine; yield the address."""
    modules = {name: npm(f"{name}/package.json").parent for name in ("epubjs", "foliate-js", "jszip")}

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/book.epub":
                self._send(epub.read_bytes(), "application/epub+zip")
            elif path.startswith("/npm/"):
                name, _, file = path.removeprefix("/npm/").partition("/")
                kind = "text/javascript" if file.endswith(".js") else "application/octet-stream"
                self._send((modules[name] / file).read_bytes(), kind)
            elif path.strip("/").removesuffix(".html") in HOSTS:
                self._send(HOSTS[path.strip("/").removesuffix(".html")].encode(), "text/html; charset=utf-8")
            else:
                self.send_error(404)

        def _send(self, data: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@contextmanager
def opened(
    browser: Browser,
    base: str,
    system: str,
    *,
    width: int,
    theme: str = "light",
    flow: str = "paginated",
    first: str | None = None,
) -> Iterator[ReadingSystem]:
    """Open the EPUB in a reading system, at its first document or another one."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_default_timeout(60_000)
    page.goto(f"{base}{system}.html")
    page.wait_for_function("() => Boolean(window.start)")
    page.evaluate("settings => start(...settings)", [flow, *THEMES[theme], first])
    yield ReadingSystem(page)
    page.close()
