"""`factpress build` on the clean book as an editor calls it, in a folder whose name has a space."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from cleanbook import copy_book, edit
from factpress.build.publish import build_lock, output_digest
from factpress.press.fonts import is_book_font
from needs import needs

pytestmark = [needs("pango"), pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups")]

HANGS = 900  #: seconds after which a test gives up; nothing is asserted of the time that something takes
NAMES = (
    "html",
    "arden-bridge.pdf",
    "arden-bridge-sheets-a4.pdf",
    "arden-bridge-sheets-letter.pdf",
    "arden-bridge-record.pdf",
    "arden-bridge-corrections.pdf",
    "arden-bridge-teachers.pdf",
    "arden-bridge.epub",
)
PDFS = {name for name in NAMES if name.endswith(".pdf")}
BUILD = (sys.executable, "-m", "factpress", "build")
#: ends the process, and says so, when anything reaches out; pipes between processes are sockets too, unconnected
WATCHED = (
    sys.executable,
    "-c",
    """
import os, sys

def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"):
        print("REACHED OUT:", event, args[1:], file=sys.stderr, flush=True)
        os._exit(99)

sys.addaudithook(watch)
from factpress.cli.main import main
sys.exit(main(["build"]))
""",
)


def run(root: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "TZ")}
    return subprocess.run(
        command, cwd=root, env=clean | env, capture_output=True, text=True, encoding="utf-8", timeout=HANGS, check=False
    )


def published(root: Path) -> dict[str, bytes]:
    """Return what stands in build/, without what the tool keeps for itself."""
    files = (file.relative_to(root / "build") for file in (root / "build").rglob("*") if file.is_file())
    return {file.as_posix(): (root / "build" / file).read_bytes() for file in sorted(files) if file.parts[0][0] != "."}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the clean book with its editions, which no test changes."""
    root = copy_book(tmp_path_factory.mktemp("as built") / "a book")
    done = run(root, *BUILD, LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"Written: {', '.join(f'build/{name}' for name in NAMES)}"
    assert "1 of the article’s 10 units is open." in done.stdout
    return root


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the built book, with editions but nothing that makes the next build short."""
    return Path(shutil.copytree(built, tmp_path / "a book", ignore=shutil.ignore_patterns(".work")))


# what is written


def test_all_editions_are_there_and_are_what_their_names_say(built: Path) -> None:
    assert {name.split("/")[0] for name in published(built)} == {*NAMES, "editions.json"}
    with pikepdf.open(built / "build" / "arden-bridge.pdf") as pdf:
        pages = len(pdf.pages)
        assert pages > 5
    for paper, width in (("a4", 842), ("letter", 792)):
        with pikepdf.open(built / "build" / f"arden-bridge-sheets-{paper}.pdf") as sheets:
            assert len(sheets.pages) == -(-pages // 4) * 2
            assert round(float(sheets.pages[0].mediabox[2])) == width
    with zipfile.ZipFile(built / "build" / "arden-bridge.epub") as epub:
        assert epub.namelist()[0] == "mimetype"
        assert epub.testzip() is None
    assert json.loads((built / "build/html/claims.json").read_text(encoding="utf-8"))["claims"][0]["id"] == "C001"


def test_the_record_is_true_of_what_stands_there(built: Path) -> None:
    record = json.loads((built / "build" / "editions.json").read_text(encoding="utf-8"))
    assert record["outputs"] == {name: output_digest(built / "build" / name) for name in NAMES}
    assert record["date"] == "2026-11-20"


def test_readers_get_nothing_of_how_it_was_made(built: Path) -> None:
    files = published(built)
    names = {name for name in files if name.startswith("html/")}
    assert not [name for name in names if any(part[0] == "." for part in name.split("/"))]
    assert not {"html/_sources", "html/genindex.html"} & names
    assert not [name for name in names if name.endswith((".doctree", ".pickle", ".bak", ".md", ".txt"))]
    for name, text in files.items():
        assert str(built).encode() not in text, f"{name} tells the folder it was made in"
        if name.endswith(".html"):
            assert b"Created using" not in text and b"Powered by" not in text


def test_the_same_book_gives_the_same_bytes_anywhere_and_reaches_nothing(built: Path, tmp_path: Path) -> None:
    other = copy_book(tmp_path / "zum Bücherregal")
    for file in other.rglob("*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    env = {
        "TZ": "Asia/Seoul",
        "LC_ALL": "C",
        "LANG": "ko_KR.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "2",
        "USER": "x",
    }
    done = run(other, *WATCHED, **env)
    assert (done.returncode, done.stderr) == (0, "")
    ours, theirs = published(built), published(other)
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_one_edition_alone_leaves_the_others_untouched(book: Path) -> None:
    before, pages = published(book), book / "build" / "html" / "index.html"
    written = pages.stat().st_mtime_ns
    edit(book, "docs/claims/01-building.yaml", "We found no record of who worked", "No record names who worked")
    done = run(book, *BUILD, "--edition", "pdf")
    assert (done.returncode, done.stderr) == (0, "")
    after = published(book)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {"arden-bridge.pdf", "arden-bridge-record.pdf", "editions.json"} <= changed <= PDFS | {"editions.json"}
    assert pages.stat().st_mtime_ns == written
    record = json.loads(after["editions.json"])
    assert record["outputs"] == {name: output_digest(book / "build" / name) for name in NAMES}


# what goes wrong


def test_a_mistake_in_the_ledger_stops_the_build_at_its_line(book: Path) -> None:
    before = published(book)
    edit(book, "docs/claims/02-today.yaml", "source: brand1977", "source: nobody1900")
    done = run(book, *BUILD)
    assert done.returncode == 1
    assert done.stdout.startswith("docs/claims/02-today.yaml:12:")
    assert "source-unknown" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert published(book) == before


def test_a_mistake_that_only_the_layout_finds_leaves_all_editions_as_they_were(book: Path) -> None:
    before = published(book)
    table = f"|{' WWWWWWWWWW |' * 30}\n|{' --- |' * 30}\n|{' W |' * 30}\n"
    edit(book, "docs/back/claims.md", "# Claims register\n", f"# Claims register\n\n{table}")
    done = run(book, *BUILD)
    assert done.returncode == 1
    assert done.stdout.startswith("docs/back/claims.md: pdf-too-large: ")
    assert "Traceback" not in done.stdout + done.stderr
    assert published(book) == before


@pytest.mark.parametrize("size", [2_000, 20_000, 120_000])
def test_a_disk_that_is_full_is_told_in_a_sentence(built: Path, book: Path, size: int) -> None:
    # with what was made before, so that it is not always the fonts that find no room
    shutil.copytree(built / "build" / ".work", book / "build" / ".work")
    edit(book, "docs/claims/01-building.yaml", "We found no record of who worked", "No record names who worked")
    done = run(book, sys.executable, "-c", SMALL.format(size=size))
    assert done.returncode in (3, 4)
    assert "File too large" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert published(book) == published(built)


SMALL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
from factpress.cli.main import main
sys.exit(main(["build"]))
"""


# who is stopped


class Running:
    """A build in a session of its own, so that everything it started can be found."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process = subprocess.Popen(
            BUILD, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def when(self, file: str) -> None:
        """Wait until the build has written a file."""
        self._until(lambda: (self.root / "build" / ".work" / file).exists(), f"{file} was not written")

    def gone(self) -> bool:
        return not list(self.left())

    def left(self) -> Iterator[int]:
        """Yield the processes of the build that live."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, parent, _, session = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(session) == self.process.pid and state != "Z" and int(parent) >= 0:
                yield int(folder.name)

    def child(self) -> int:
        """Return the process of the PDF; what is started to look for a library is soon gone."""
        found: list[int] = []

        def alone() -> bool:
            found[:] = [pid for pid in self.left() if pid != self.process.pid]
            return len(found) == 1

        self._until(alone, "the PDF has no process of its own")
        return found[0]

    def ended(self) -> tuple[int, str]:
        """Wait for the end, and return the status and what was said."""
        out, err = self.process.communicate(timeout=HANGS)
        self._until(self.gone, "a process was left behind")
        return self.process.returncode, out + err

    def _until(self, is_so: object, otherwise: str) -> None:
        limit = time.monotonic() + HANGS
        while not is_so():  # type: ignore[operator]
            assert time.monotonic() < limit, otherwise
            time.sleep(0.01)


@pytest.fixture
def running(book: Path) -> Iterator[Running]:
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not list its processes in /proc")
    edit(book, "docs/claims/01-building.yaml", "We found no record of who worked", "No record names who worked")
    started = Running(book)
    yield started
    for pid in started.left():
        os.kill(pid, signal.SIGKILL)
    started.process.communicate(timeout=HANGS)


def unlocked(root: Path) -> bool:
    with build_lock(root / "build"):
        return True


@pytest.mark.parametrize("moment", ["doctrees", "pdf/booklet/d-index.html"], ids=["reading", "laying out"])
def test_ctrl_c_ends_everything_with_a_sentence(built: Path, book: Path, running: Running, moment: str) -> None:
    running.when(moment)
    os.killpg(running.process.pid, signal.SIGINT)  # as a terminal does: to all of them
    status, said = running.ended()
    assert status == 130
    assert said.splitlines() == ["factpress: stopped; what was there before is untouched."]
    assert published(book) == published(built)
    assert unlocked(book)


def test_when_the_process_of_the_pdf_is_killed_a_sentence_says_so(built: Path, book: Path, running: Running) -> None:
    running.when("pdf/booklet/d-index.html")
    os.kill(running.child(), signal.SIGKILL)
    status, said = running.ended()
    assert status == 4
    assert "factpress: The pdf edition was not made: its process ended with status -9." in said
    assert "Traceback" not in said
    assert published(book) == published(built)
    assert unlocked(book)
    done = run(book, *BUILD, "--edition", "html")
    assert (done.returncode, done.stderr) == (0, "")
    assert b"No record names who worked" in published(book)["html/chapters/01-building.html"]


@pytest.mark.parametrize("moment", ["doctrees", "pdf/booklet/d-index.html"], ids=["reading", "laying out"])
def test_when_the_build_itself_is_killed_nothing_is_left_behind(
    built: Path, book: Path, running: Running, moment: str
) -> None:
    running.when(moment)
    running.child()
    os.kill(running.process.pid, signal.SIGKILL)
    _, said = running.ended()
    assert "Traceback" not in said
    assert published(book) == published(built)
    assert unlocked(book)
    done = run(book, *BUILD, "--edition", "html")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_word_in_a_script_that_ours_lack_is_set_in_a_face_of_the_settings(book: Path) -> None:
    edit(book, "docs/chapters/02-today.md", "six miles up", "six miles ([שלום]{lang=he}) up")
    face = "matplotlib:mpl-data/fonts/ttf/DejaVuSans.ttf"
    edit(book, "pyproject.toml", "[tool.factpress]\n", f'[tool.factpress]\nfaces = ["{face}"]\n')
    done = run(book, *BUILD)
    assert done.returncode == 0, done.stdout + done.stderr
    with pikepdf.open(book / "build" / "arden-bridge.pdf") as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
        maps = [
            font.ToUnicode.read_bytes().decode().upper()
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
            if "Factpress-Han" in str(font.BaseFont)
        ]
    assert all(is_book_font(font.partition("+")[2]) for font in fonts)
    assert any("05E9" in text for text in maps)  # ש
    with zipfile.ZipFile(book / "build" / "arden-bridge.epub") as epub:
        css = epub.read(next(name for name in epub.namelist() if name.endswith("faces.css"))).decode()
        (rule, *_) = [rule for rule in css.splitlines() if 'url("fonts/dejavusans-' in rule and "truetype" in rule]
        assert "U+5D0-" in rule and any(name.endswith(".ttf") for name in epub.namelist())
    assert rule in (book / "build" / "html" / "_static" / "faces.css").read_text("utf-8").splitlines()
