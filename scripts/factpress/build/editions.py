"""Makes the editions: one read of the book, then a process for each edition, then publishing all at once."""

from __future__ import annotations

import importlib
import io
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from factpress.build import publish
from factpress.build.progress import Progress
from factpress.press.sheets.impose import impose
from factpress.press.sheets.job import ImpositionJob
from factpress.problems import BookError, FactpressError, Problem, ToolError, in_order
from factpress.settings import Settings
from factpress.sphinxext.allowlist import refused

EDITIONS = ("html", "pdf", "epub")
#: two A5 pages are 16.6 mm wider than Letter paper: their outer margin of 23 mm gives up what is too much
SHEETS = {"a4": ImpositionJob("a4"), "letter": ImpositionJob("letter", cut_outer=8.3)}


@dataclass
class Report:
    """What a build did: what it wrote, what it warns of, and how long each phase took."""

    written: list[Path] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)  #: what Sphinx said
    seconds: dict[str, float] = field(default_factory=dict)  #: by phase
    notes: list[str] = field(default_factory=list)  #: what a person should know of the editions


@dataclass(frozen=True)
class Made:
    """What came of one edition's process; sent between processes, so of plain values."""

    edition: str
    seconds: dict[str, float]
    warnings: list[str]
    problems: list[Problem]
    failure: str = ""  #: empty when the edition was made
    notes: tuple[str, ...] = ()


def build(settings: Settings, editions: Sequence[str], progress: Progress) -> Report:
    """Make and publish the editions asked for; BookError or ToolError leaves what was published untouched."""
    report = Report()
    settings.build.mkdir(parents=True, exist_ok=True)
    with publish.locked(settings.build):
        publish.recover(settings.build)
        work = settings.work
        for made in _make_all(settings, [name for name in EDITIONS if name in editions], work, progress):
            report.warnings += made.warnings
            report.seconds = made.seconds | report.seconds  # the first edition reads for all
            report.notes += made.notes
            if made.problems:
                raise BookError(in_order(made.problems))
            if made.failure:
                raise ToolError(f"The {made.edition} edition was not made: {made.failure}", HINT)
        with progress.phase("publish", "publishing"), _timed(report.seconds, "publish"):
            report.written = publish.publish(settings, _outputs(settings, editions, work))
    return report


def _outputs(settings: Settings, editions: Sequence[str], work: Path) -> dict[str, Path]:
    """Return what is published: name in build/, and where it was made."""
    name = settings.name
    outputs: dict[str, Path] = {}
    if "html" in editions:
        outputs["html"] = work / "html"
    if "pdf" in editions:
        outputs[f"{name}.pdf"] = work / "pdf" / f"{name}.pdf"
        if settings.large_print:
            outputs[f"{name}-large-print.pdf"] = work / "pdf" / f"{name}-large-print.pdf"
        outputs |= {sheets: work / "pdf" / sheets for sheets in (f"{name}-sheets-{paper}.pdf" for paper in SHEETS)}
    if "epub" in editions:
        outputs[f"{name}.epub"] = work / "epub" / f"{name}.epub"
    return outputs


def _make_all(settings: Settings, editions: list[str], work: Path, progress: Progress) -> Iterator[Made]:
    """Read and write here; the PDF, which takes longest, in a process of its own as soon as all is read."""
    first, *others = sorted(editions, key=("html", "epub", "pdf").index)
    beside = Beside(settings, "pdf", work) if "pdf" in others else None
    try:
        for edition in (first, *others):
            with progress.phase(edition, f"making the {NAMES[edition]}"):
                if beside and edition == "pdf":
                    yield beside.answer()
                else:
                    yield _make(settings, edition, work, beside.go if beside and edition == first else None)
    finally:
        if beside:
            beside.stop()


class Beside:
    """A process that makes one edition; it starts early, loads what it needs, and waits until all is read."""

    def __init__(self, settings: Settings, edition: str, work: Path) -> None:
        """Start the process."""
        # forked, it has Sphinx and the book already; where there is no safe fork it loads them anew
        context: Any = multiprocessing.get_context("fork" if sys.platform.startswith("linux") else "spawn")
        self.edition = edition
        self.here, there = context.Pipe()
        # no daemon: those may not start processes, and the PDF's parts are laid out side by side
        self.process = context.Process(target=_wait_and_make, args=(settings, edition, work, self.here, there))
        self.process.start()
        there.close()

    def go(self) -> None:
        """Tell the process that all is read."""
        with suppress(ConnectionError):  # it has ended already; answer() says so
            self.here.send("go")

    def answer(self) -> Made:
        """Wait for the edition."""
        try:
            made = self.here.recv()
        except EOFError:
            self.process.join()
            return Made(self.edition, {}, [], [], f"its process ended with status {self.process.exitcode}.")
        assert isinstance(made, Made)
        return made

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.process.terminate()
        self.process.join()


def _wait_and_make(settings: Settings, edition: str, work: Path, here: Connection, there: Connection) -> None:
    here.close()  # the other process's end: held here too, it would stay open when that process is killed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells both; the other process ends this one
    importlib.import_module("weasyprint")  # while the other process reads
    # the other process has failed, and says why, or is gone
    with suppress(EOFError, ConnectionError):
        there.recv()
        there.send(_make(settings, edition, work))


def _make(settings: Settings, edition: str, work: Path, when_read: Callable[[], None] | None = None) -> Made:
    """Run one Sphinx builder on the shared doctrees."""
    seconds: dict[str, float] = {}
    told = io.StringIO()
    problems: list[Problem] = []
    failure = ""
    notes: tuple[str, ...] = ()
    start = time.perf_counter()

    def all_read(app: Sphinx, builder: Builder) -> None:
        if found := refused(app.env):
            raise BookError(found)  # shown as text in the pages, but a book with it is not published
        seconds["parse"] = time.perf_counter() - start
        if when_read:
            when_read()

    try:
        with patch_docutils(str(settings.docs)), docutils_namespace():
            app = Sphinx(
                settings.docs, settings.docs, work / edition, work / "doctrees", edition, status=None, warning=told,
                confoverrides={"factpress_large_print": settings.large_print},
            )  # fmt: skip
            app.connect("write-started", all_read)
            app.build()
        if edition == "pdf":
            with _timed(seconds, "sheets"):
                notes = tuple(_sheets(work / "pdf" / f"{settings.name}.pdf"))
    except BookError as error:
        problems = error.problems
    except (SphinxError, FactpressError) as error:
        problems = getattr(error.__cause__, "problems", [])
        failure = str(error)
    except OSError as error:  # Sphinx writes with no net
        failure = f"{error.filename or 'a file of build/'} cannot be written: {error.strerror or error}."
    seconds[edition] = time.perf_counter() - start - seconds.get("parse", 0.0)
    return Made(edition, seconds, told.getvalue().splitlines(), problems, failure, notes)


def _sheets(pdf: Path) -> Iterator[str]:
    """Write the sheets beside the book and yield what a person has to know of each."""
    for paper, job in SHEETS.items():
        plan = impose(pdf, pdf.with_name(f"{pdf.stem}-sheets-{paper}.pdf"), job)
        yield f"Sheets: {' '.join(plan.summary())}"


@contextmanager
def _timed(seconds: dict[str, float], phase: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds[phase] = time.perf_counter() - start


NAMES = {"html": "web site", "epub": "EPUB", "pdf": "PDF"}
HINT = "What was published before is untouched; what Sphinx said stands above."
