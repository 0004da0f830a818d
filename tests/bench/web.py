"""The web edition as a browser meets it: Lighthouse on five pages, the largest paint beside Furo's on the same text.

The book is built with the address at which it is then served, on loopback, compressed as hosts do.
Lighthouse comes from npm, into tests/bench/lighthouse, by the lock that stands there.
"""

from __future__ import annotations

import gzip
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from factpress.doctor.requirements import requirement_path
from factpress.model.prose import EXTENSIONS

ROOT = Path(__file__).parents[2]
LIGHTHOUSE = Path(__file__).parent / "lighthouse"
CHAPTER = "chapters/03-us-rok-alliance.html"
#: the title page by the address that it names as its own
PAGES = ("", CHAPTER, "back/claims.html", "back/references.html", "back/glossary.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
WIDTHS = (390, 1280)
RUNS = 5  #: of each page for the largest paint, of which the median counts
PAINT = """new PerformanceObserver(list => { for (const entry of list.getEntries()) window.paint = entry.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
    window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())
    if (!entry.hadRecentInput) window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});"""


def main() -> int:
    """Print a table of Lighthouse's scores and one of paints."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        with _served(work / "book" / "build" / "html") as ours, _served(work / "furo") as theirs:
            _build_ours(work / "book", ours)
            _build_furo(work / "source", work / "furo")
            print(_scores(ours, work), flush=True)
            print(_paints({"ours": ours, "Furo": theirs}), flush=True)
    return 0


def _build_ours(root: Path, address: str) -> None:
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("_build"))
    for name in ("references.bib", "CHANGELOG.md"):
        shutil.copy(ROOT / name, root / name)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    with_site = settings.replace("[tool.factpress]\n", f'[tool.factpress]\nsite = "{address}"\n', 1)
    (root / "pyproject.toml").write_text(with_site, encoding="utf-8")
    command = [sys.executable, "-m", "factpress", "--root", str(root), "build", "--edition", "html"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _build_furo(source: Path, out: Path) -> None:
    """Build the chapters with their marks, cards, entries and references as a project in Furo."""
    shutil.copytree(ROOT / "docs" / "chapters", source / "chapters")
    shutil.copytree(ROOT / "docs" / "claims", source / "claims")
    shutil.copy(ROOT / "references.bib", source)
    conf = (
        'project = "Alliances and the Korean War"\nextensions = ["factpress.sphinxext"]\nhtml_theme = "furo"\n'
        f'bibtex_bibfiles = ["references.bib"]\nmyst_enable_extensions = {sorted(EXTENSIONS)!r}\n'
    )
    (source / "conf.py").write_text(conf, encoding="utf-8")
    index = "# Alliances and the Korean War\n\n```{toctree}\n:glob:\n\nchapters/*\nreferences\n```\n"
    (source / "index.md").write_text(index, encoding="utf-8")
    (source / "references.md").write_text("# References\n\n```{bibliography}\n:all:\n```\n", encoding="utf-8")
    # the glossary and what stands in the back of the book are not there, so some terms lead nowhere
    command = [sys.executable, "-m", "sphinx", "-q", "-Q", "-b", "html", "-d", str(source.parent / "doctrees")]
    subprocess.run([*command, str(source), str(out)], check=True)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port, texts compressed, and yield its address."""

    class Host(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                self.send_error(404)
                return
            body, kind = path.read_bytes(), self.guess_type(path)
            is_text = kind.startswith("text/") or "javascript" in kind or "json" in kind or "svg" in kind
            if is_text:
                body = gzip.compress(body, 6)
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
            if is_text:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=31536000" if "/_static/" in self.path else "max-age=600")
            self.end_headers()
            self.wfile.write(body)

    def host(*arguments: object) -> Host:
        return Host(*arguments, directory=str(folder))  # type: ignore[arg-type]

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def _lighthouse() -> Path:
    """Return Lighthouse's command, installed by its lock where that changed."""
    lock, stamp = LIGHTHOUSE / "package-lock.json", LIGHTHOUSE / "node_modules" / "filled-from"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        npm = shutil.which("npm") or sys.exit("npm is missing")
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(
            [npm, "--prefix", str(LIGHTHOUSE), "ci", *options],
            env=os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        stamp.write_text(wanted, encoding="utf-8")
    return LIGHTHOUSE / "node_modules" / "lighthouse" / "cli" / "index.js"


def _scores(address: str, work: Path) -> str:
    """Return a table of what Lighthouse gives each page on a phone, and the audits that took points."""
    rows = [f"{'Lighthouse, phone':40}" + "".join(f"{name:>16}" for name in CATEGORIES) + f"{'shift':>8}"]
    for page in PAGES:
        report = work / "report.json"
        command = ["node", str(_lighthouse()), f"{address}{page}", "--quiet", "--output=json"]
        options = [f"--output-path={report}", f"--chrome-flags={' '.join(FLAGS)}"]
        env = os.environ | {"CHROME_PATH": requirement_path("chromium")}
        subprocess.run([*command, *options], env=env, check=True, stdout=subprocess.DEVNULL)
        told = json.loads(report.read_text(encoding="utf-8"))
        scores = [round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES]
        shift = told["audits"]["cumulative-layout-shift"]["numericValue"]
        rows.append(f"{page:40}" + "".join(f"{score:16d}" for score in scores) + f"{shift:8.3f}")
        for name in CATEGORIES:
            for part in told["categories"][name]["auditRefs"]:
                audit = told["audits"][part["id"]]
                if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                    rows.append(f"    {name}: {audit['title']} {audit.get('displayValue', '')}")
    return "\n".join(rows)


def _paints(sites: Mapping[str, str]) -> str:
    """Return a table of the largest paints, in milliseconds, of one chapter in each site, one after the other."""
    from playwright.sync_api import sync_playwright

    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=requirement_path("chromium"), args=list(FLAGS[1:]))
        for _ in range(RUNS):
            for width in WIDTHS:
                for name, address in sites.items():
                    context = browser.new_context(viewport={"width": width, "height": 800})
                    page = context.new_page()
                    page.add_init_script(PAINT)
                    page.goto(f"{address}{CHAPTER}", wait_until="networkidle")
                    measured = page.evaluate("[window.paint ?? 0, window.shift]")
                    found.setdefault((name, width), []).append((measured[0], measured[1]))
                    context.close()
        browser.close()
    rows = [f"{CHAPTER:40}{'width':>8}{'paint, ms':>12}{'shift, worst':>14}{'of Furo':>10}"]
    for (name, width), runs in found.items():
        paint, furo = (median(paint for paint, _ in found[who, width]) for who in (name, "Furo"))
        worst = max(shift for _, shift in runs)
        rows.append(f"{name:40}{width:8}{paint:12.0f}{worst:14.3f}{paint / furo if furo else 0:10.2f}")
    return "\n".join(rows)
