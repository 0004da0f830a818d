"""Makes the editions: one read of the book, then a process for each edition, then publishing all at once."""

from __future__ import annotations

import importlib
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

from factpress.build import page_marks, publish, working_files
from factpress.build.downloads import WEB, finished_site
from factpress.build.inputs import (
    MARKED,
    current_booklet,
    digest_of_inputs,
    digest_of_tools,
    output_names,
    requested_editions,
)
from factpress.build.progress import Progress
from factpress.build.sphinx_run import EditionResult, run_builder
from factpress.press.sheets.impose import impose
from factpress.press.sheets.job import ImpositionJob
from factpress.problems import BookError, FactpressError, ToolError, sorted_problems
from factpress.processes import end_with_parent
from factpress.settings import Settings
from factpress.volumes import PAPERS, requested_volumes

#: two A5 pages are 16.6 mm wider than Letter paper: their outer margin of 19.5 mm gives up what is too much
SHEET_JOBS = {"a4": ImpositionJob("a4"), "letter": ImpositionJob("letter", cut_outer=8.3)}
assert tuple(SHEET_JOBS) == PAPERS
EDITION_TITLES = {"html": "web site", "epub": "EPUB", "pdf": "PDF"}


@dataclass
class BuildReport:
    """The files that a build wrote, notes for a person, and the seconds of each phase."""

    written: list[Path] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)  #: by phase
    notes: list[str] = field(default_factory=list)


def build_editions(settings: Settings, editions: Sequence[str], book: str, progress: Progress) -> BuildReport:
    """Return the report of making and publishing these editions; `book` is `inputs.digest_of_book`, for the record.

    Raises:
        BookError: the book has problems; nothing is published.
        ToolError, FileError: an edition could not be made or written; what was published before stands.
    """
    report = BuildReport()
    publish.make_build_folder(settings.build)
    with publish.build_lock(settings.build):
        publish.undo_interrupted(settings.build)
        tools = digest_of_tools()
        working_files.begin_build(settings, tools)
        outside: set[str] = set()
        for result in _make_all(settings, editions, progress):
            report.seconds = result.seconds | report.seconds  # the first edition reads for all
            report.notes += result.notes
            outside |= set(result.outside)
            if result.problems:
                raise BookError(sorted_problems(result.problems))
            if result.failure:
                raise result.failure
        working_files.finish_build(settings, tools)
        names = requested_editions(settings, editions)
        digest = digest_of_inputs(book, settings, outside)
        inputs, outputs = dict.fromkeys(names, digest), _outputs(settings, names)
        booklet = current_booklet(settings, editions, book)
        with progress.phase("pages", "naming the pages"), _timed(report.seconds, "pages"):
            report.notes += page_marks.mark_editions(settings, editions, booklet)
        of_booklet = publish.output_digest(booklet) if booklet else ""
        marks = {edition: of_booklet for edition in MARKED if edition in editions}
        with progress.phase("publish", "publishing"), _timed(report.seconds, "publish"):
            if WEB in outputs:  # after the pages were named: the site holds the EPUB
                outputs[WEB] = finished_site(settings, outputs, digest)
            report.written = publish.publish_outputs(settings, outputs, inputs, outside, marks)
    return report


def _outputs(settings: Settings, editions: Sequence[str]) -> dict[str, Path]:
    """Return the paths where the outputs were made, by their names in build/."""
    work = settings.work
    folders = {"html": work, "epub": work / "epub"}
    return {
        name: folders.get(edition, work / "pdf") / name
        for edition in editions
        for name in output_names(settings, edition)
    }


def _make_all(settings: Settings, editions: Sequence[str], progress: Progress) -> Iterator[EditionResult]:
    """Yield the results of all editions, made here but for the PDF: that takes longest and has its own process."""
    first, *others = sorted(editions, key=("html", "epub", "pdf").index)
    process = EditionProcess(settings, "pdf") if "pdf" in others else None
    try:
        for edition in (first, *others):
            with progress.phase(edition, f"making the {EDITION_TITLES[edition]}"):
                if process and edition == "pdf":
                    yield process.result()
                else:
                    yield make_edition(
                        settings, edition, process.start_writing if process and edition == first else None
                    )
    finally:
        if process:
            process.stop()


class EditionProcess:
    """A process that makes one edition; it starts early, loads what it needs, and waits until all is read."""

    def __init__(self, settings: Settings, edition: str) -> None:
        """Start the process."""
        # a fork has Sphinx and the book already; systems without a safe fork load them again
        context: Any = multiprocessing.get_context("fork" if sys.platform.startswith("linux") else "spawn")
        self.edition = edition
        self.connection, theirs = context.Pipe()
        # no daemon: those may not start processes, and the PDF's parts are laid out side by side
        self.process = context.Process(target=_process_main, args=(settings, edition, self.connection, theirs))
        self.process.start()
        theirs.close()

    def start_writing(self) -> None:
        """Let the process write: all pages are read."""
        with suppress(ConnectionError):  # it has ended already; result() says so
            self.connection.send("all is read")

    def result(self) -> EditionResult:
        """Return the result of the process, when it has one; a failure if the process ended without."""
        try:
            result = self.connection.recv()
        except EOFError:
            self.process.join()
            status = f"its process ended with status {self.process.exitcode}"
            return EditionResult(
                self.edition, failure=ToolError(f"The {self.edition} edition was not made: {status}.", HINT)
            )
        assert isinstance(result, EditionResult)
        return result

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.process.terminate()
        self.process.join()


def _process_main(settings: Settings, edition: str, ours: Connection, theirs: Connection) -> None:
    end_with_parent()
    ours.close()  # the other process's end: held here too, it would stay open when that process is killed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells both; the other process ends this one
    importlib.import_module("weasyprint")  # while the other process reads
    # the parent has failed and reports why, or is gone
    with suppress(EOFError, ConnectionError):
        theirs.recv()
        theirs.send(make_edition(settings, edition))


def make_edition(settings: Settings, edition: str, when_read: Callable[[], None] | None = None) -> EditionResult:
    """Return the result of making one edition in build/.work, the PDF with its sheets."""
    result = run_builder(settings, edition, when_read)
    if edition == "pdf" and not result.problems and not result.failure:
        try:
            with _timed(result.seconds, "sheets"):
                for volume in requested_volumes(settings):
                    if volume.has_sheets:
                        result.notes += _sheets(settings.work / "pdf" / volume.file(settings))
        except FactpressError as error:
            result.failure = error
    return result


def _sheets(pdf: Path) -> Iterator[str]:
    """Write the sheets beside the book and yield what a person has to know of each."""
    for paper, job in SHEET_JOBS.items():
        plan = impose(pdf, pdf.with_name(f"{pdf.stem}-sheets-{paper}.pdf"), job)
        yield f"Sheets: {' '.join(plan.summary())}"


@contextmanager
def _timed(seconds: dict[str, float], phase: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds[phase] = time.perf_counter() - start


HINT = "What was published before is untouched."
