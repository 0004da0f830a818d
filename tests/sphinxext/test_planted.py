"""Nothing that is planted in a book runs, asks or leaks: what check says of it, and what readers get of it."""

from __future__ import annotations

import http.server
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html
from planted import BLOCK, HEADS, INLINE, SECRET, Form, Plants, plant_everywhere
from playwright.sync_api import sync_playwright
from workshop import Workshop

from factpress.checks.pictures import check_drawings
from factpress.files.book import read_book
from factpress.files.markdown import read_page
from factpress.files.refused_markup import markup_of_book
from factpress.model.prose import Prose
from factpress.settings import read_settings
from needs import need

CHROMIUM_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
XLINK = {"xlink": "http://www.w3.org/1999/xlink"}


@dataclass(frozen=True)
class Built:
    """What was made of a book with everything planted in it."""

    plants: Plants
    folder: Path
    told: dict[str, str]  #: by edition, what Sphinx said
    asked: list[str]  #: of the host, while anything was made or looked at


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory) -> Plants:
    plants = Plants(Workshop(tmp_path_factory.mktemp("planted")), "http://127.0.0.1:1")
    plants.lay_files()
    return plants


@pytest.mark.parametrize("form", [*INLINE, *BLOCK], ids=lambda form: form.name)
def test_check_refuses_a_form_wherever_it_stands(form: Form, plants: Plants) -> None:
    for folder, name in (("chapters", "03-planted"), ("back", "planted"), ("", "planted")):
        page = plants.workshop.docs / folder / f"{name}.md"
        for place, text in plants.placed(form, folder):
            page.write_text(f"# A page\n\n## A section\n\n{text}\n", encoding="utf-8")
            assert form.code in codes(plants, page), f"{place}: {text}"
        page.unlink()


@pytest.mark.parametrize("form", HEADS, ids=lambda form: form.name)
def test_check_refuses_what_the_head_of_a_page_would_change(form: Form, plants: Plants) -> None:
    page = plants.workshop.docs / "back" / "planted.md"
    page.write_text(plants.fill(form.text, form.name) + "\n\n# A page\n", encoding="utf-8")
    assert form.code in codes(plants, page)
    page.unlink()


def codes(plants: Plants, page: Path) -> set[str]:
    """Return what check says of one page."""
    settings = read_settings(plants.workshop.root)
    read, problems = read_page(page, settings.root, markup_of_book(settings))
    assert read is not None
    found = [*problems, *check_drawings(read_book(settings)[0], Prose((read,)), settings)]
    return {one.code for one in found}


# built, and looked at


@pytest.fixture(scope="module")
def host() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server that anybody might ask, and what it was asked for."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


@pytest.fixture(scope="module")
def built(host: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the three editions of a book in which everything is planted everywhere, as Sphinx makes them."""
    need("pango")
    root = tmp_path_factory.mktemp("built")
    plants = Plants(Workshop(root, study=True), host[0])
    plants.lay_files()
    plant_everywhere(plants)
    told = {kind: _make(plants, kind) for kind in ("html", "epub", "pdf")}
    return Built(plants, root / "out", told, host[1])


def _make(plants: Plants, kind: str) -> str:
    """Make an edition in a process of its own, whose environment holds a secret too."""
    out = plants.workshop.out
    script = (
        "import sys; from pathlib import Path; from sphinx.application import Sphinx\n"
        "docs, out, kind = sys.argv[1:]\n"
        "Sphinx(docs, docs, f'{out}/{kind}', f'{out}/doctrees', kind, status=None, warning=sys.stdout).build()\n"
    )
    command = [sys.executable, "-c", script, str(plants.workshop.docs), str(out), kind]
    env = os.environ | {"FACTPRESS_TEST_TOKEN": SECRET}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_sphinx_says_of_every_page_what_check_says(built: Built) -> None:
    settings = read_settings(built.plants.workshop.root)
    markup = markup_of_book(settings)
    for name in ("chapters/01-building", "back/claims", "index"):
        _, said = read_page(settings.docs / f"{name}.md", settings.root, markup)
        lines = re.findall(rf"docs/{name}\.md:\d+: ([\w-]+): ", built.told["html"])
        assert Counter(one.code for one in said).keys() - {"claim-mark-form", "cite-syntax"} <= set(lines)


def test_no_edition_holds_what_lies_outside_the_book(built: Built) -> None:
    files = [file for file in built.folder.rglob("*") if file.is_file() and "doctrees" not in file.parts]
    assert len(files) > 20
    for file in files:
        assert SECRET.encode() not in file.read_bytes(), file
    assert not built.asked


def test_no_script_runs_and_no_request_leaves_in_a_browser(built: Built) -> None:
    site = built.folder / "html"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=need("chromium"), args=list(CHROMIUM_FLAGS))
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for file in sorted([*site.rglob("*.html"), *(built.folder / "epub").rglob("*.xhtml")]):
            page.goto(file.as_uri())
            page.wait_for_timeout(50)
            for address in page.evaluate("[...document.links].map((a) => a.href)"):
                assert address.startswith(("http://", "https://", "mailto:", "file:")), f"{file.name}: {address}"
            ran = page.evaluate(
                "() => { for (const a of document.querySelectorAll('a[href^=java], summary, button')) a.click();"
                " return window.__ran || []; }"
            )
            assert ran == [], f"{file.name}: {ran}"
            assert page.url.startswith(file.as_uri())
        browser.close()
    outside = [url for url in asked if not url.startswith((site.as_uri(), (built.folder / "epub").as_uri(), "data:"))]
    assert not outside
    assert not built.asked


def test_links_of_the_editions_lead_only_where_a_reader_may_be_led(built: Built) -> None:
    for kind, suffix in (("html", "html"), ("epub", "xhtml")):
        for file in (built.folder / kind).rglob(f"*.{suffix}"):
            page = html.fromstring(file.read_bytes())
            for address in page.xpath("//@href | //@src | //@action | //@data | //@xlink:href", namespaces=XLINK):
                assert not re.match(r"(?!https?:|mailto:)[\w\s]*:|//", address), f"{file.name}: {address}"
            assert not page.xpath("//*[@*[starts-with(name(), 'on')]] | //iframe | //base | //object | //embed")


def test_the_pages_of_the_epub_are_xml_without_scripts(built: Built) -> None:
    for file in (built.folder / "epub").rglob("*.xhtml"):
        page = etree.parse(file)
        assert not page.xpath("//*[local-name()='script']"), file


def test_the_pdf_runs_nothing_and_links_to_no_file(built: Built) -> None:
    with pikepdf.open(built.folder / "pdf" / "arden-bridge.pdf") as pdf:
        kinds = Counter[str]()
        for found in pdf.objects:
            if not isinstance(found, pikepdf.Dictionary):
                continue
            assert not {"/JS", "/JavaScript", "/Launch", "/AA", "/OpenAction"} & set(found.keys())
            if "/S" in found and isinstance(found["/S"], pikepdf.Name):
                kinds[str(found["/S"])] += 1
            if "/URI" in found and isinstance(found["/URI"], pikepdf.String):
                assert str(found["/URI"]).startswith(("http://", "https://", "mailto:"))
        assert not {"/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData", "/Rendition"} & kinds.keys()
        for stream in pdf.objects:
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") != "/Image":
                assert SECRET.encode() not in stream.read_bytes()


def test_a_build_of_the_book_stops_with_every_problem(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.edit("docs/chapters/02-today.md", "## Its age and its use\n", "## Its age and its use\n\n<script>1</script>\n")
    said = subprocess.run(
        [sys.executable, "-m", "factpress", "build", "--edition", "html"],
        cwd=shop.root, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert said.returncode == 1
    assert "docs/chapters/02-today.md:8: raw-html:" in said.stdout + said.stderr
    assert not (shop.root / "build" / "html").exists()
