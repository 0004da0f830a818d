"""Measure how long a book takes: ours through the command line, and the plain stack, one after the other.

Nothing here passes or fails; the figures are printed for people to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pikepdf

from . import baseline, sheets
from .generate import edit_one_word, generate
from .measure import Run, middle, run, together

EDITIONS = ("html", "epub", "pdf")
WHAT = (*EDITIONS, "all")  #: measured one after the other; what all take is counted after each alone
STEPS = {"html": ("html",), "epub": ("epub",), "pdf": ("singlehtml", "weasyprint")}
STATES = ("clean", "edited")
ROOT = Path(__file__).parents[2]
CLI = [sys.executable, "-m", "factpress"]
Figures = dict[tuple[str, str], list[Run]]  #: by phase and state


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--chapters", type=int, nargs="+", default=[10], help="sizes of book to measure (10)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, of which the median counts (3)")
    parser.add_argument("--edition", choices=WHAT, nargs="+", default=WHAT, help="measure these alone (all of them)")
    parser.add_argument("--folder", type=Path, help="keep the books here; a folder of that name must not exist")
    parser.add_argument("--links", action="store_true", help="measure the checks of links instead")
    parser.add_argument("--kills", type=int, default=1000, help="with --links: refreshes to kill (1000)")
    parser.add_argument("--fuzz", type=float, default=60, metavar="SECONDS", help="with --links: fuzz so long (60)")
    parser.add_argument("--web", action="store_true", help="measure the web edition with Lighthouse and beside Furo")
    options = parser.parse_args()
    if options.links:
        from .links import main as links

        return links(options.kills, options.fuzz)
    if options.web:
        from .web import main as web

        return web()
    print(_environment())
    for chapters in options.chapters:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (options.folder or Path(temporary)) / f"{chapters}-chapters"
            _measure(folder, chapters, options.runs, options.edition)
    return 0


def _measure(folder: Path, chapters: int, runs: int, editions: Sequence[str]) -> None:
    book, plain, narrative = folder / "ours", folder / "plain", folder / "narrative"
    generate(book, chapters)
    baseline.write_baseline(book, plain)
    baseline.write_baseline(book, narrative, narrative_only=True)
    flags = ["--timings"] if "--timings" in _help() else []
    ours, theirs = defaultdict[tuple[str, str], list[Run]](list), defaultdict[tuple[str, str], list[Run]](list)
    edits = 0
    idle: list[Run] = []  #: builds of a book in which nothing has changed
    for turn in range(runs):
        plain_runs: dict[str, list[Run]] = {state: [] for state in STATES}
        for edition in editions:
            _progress(f"{chapters} chapters, run {turn + 1} of {runs}, {edition}")
            chosen = [] if edition == "all" else ["--edition", edition]
            command = [*CLI, "--root", str(book), "build", *chosen, *flags]
            edits += 1
            for state in STATES:
                _prepare(state, book / "docs", book / "build", edits)
                ours[edition, state].append(run(command, book))
            if edition == "all":  # separate processes: all together are their sum
                idle.append(run(command, book))
                for state, found in plain_runs.items():
                    theirs["all", state].append(together(found))
                continue
            steps = [baseline.commands(plain)[name] for name in STEPS[edition]]
            for state in STATES:
                _prepare(state, plain, plain / "_build", edits)
                found = [run(step, plain) for step in steps]
                theirs[edition, state].append(together(found))
                plain_runs[state] += found
                if edition == "pdf":
                    _booklet_alone(ours, theirs, book, narrative, state, edits)
                if edition == "html":
                    theirs["parse", state].append(Run(_reading(plain), 0, found[0].status))
        for state in STATES:
            if (seconds := _phases_of(ours["html", state]).get("parse")) is not None:
                ours["parse", state].append(Run(seconds, 0, 0))
    _progress("")
    print(f"\n{chapters} chapters, median of {runs}; seconds, and MiB of the process tree at its peak\n")
    print(_table(ours, theirs))
    pages = {
        "our booklet": _pages(book / "build/bench.pdf"),
        "its record": _pages(book / "build/bench-record.pdf"),
        "baseline": _pages(plain / "_build/book.pdf"),
        "baseline of the booklet’s words": _pages(narrative / "_build/book.pdf"),
    }
    print("\npages: " + ", ".join(f"{name} {count or '–'}" for name, count in pages.items()))
    print(sheets.row(book / "build/bench.pdf", folder, runs))
    if idle:
        print(f"ours, all, nothing to do: {middle(idle).seconds:.2f} s")
    for state in STATES:
        if phases := _phases_of(ours["all", state]):
            print(f"phases of ours, all, {state}: " + ", ".join(f"{n} {s:.2f}" for n, s in phases.items()))
    for said, where in _failures({"ours": ours, "baseline": theirs}).items():
        print(f"failed: {'; '.join(where)}\n    {said}")


def _booklet_alone(ours: Figures, theirs: Figures, book: Path, narrative: Path, state: str, edit: int) -> None:
    """Add what the booklet without its other volumes takes, and what the plain stack takes for the same words."""
    out = book.with_name("booklet")
    _prepare(state, book / "docs", out, edit)
    ours["booklet", state].append(run([sys.executable, "-m", "tests.bench.booklet", str(book), str(out)], ROOT))
    _prepare(state, narrative, narrative / "_build", edit)
    steps = [baseline.commands(narrative)[name] for name in STEPS["pdf"]]
    theirs["booklet", state].append(together([run(step, narrative) for step in steps]))


def _failures(figures: dict[str, Figures]) -> dict[str, list[str]]:
    """Return the last words of the commands that failed, each with the phases that it stopped."""
    failures = defaultdict[str, list[str]](list)
    for name, measured in figures.items():
        for (phase, state), found in measured.items():
            if failed := next((r for r in found if r.status), None):
                last = "\n    ".join([f"status {failed.status}", *failed.errors.strip().splitlines()[-3:]])
                failures[last].append(f"{name} {phase} {state}")
    return failures


def _prepare(state: str, docs: Path, build: Path, edit: int) -> None:
    if state == "clean":
        shutil.rmtree(build, ignore_errors=True)
    else:
        edit_one_word(docs, edit)


def _help() -> str:
    """Return what the build command says of itself, empty while there is none."""
    found = subprocess.run([*CLI, "build", "--help"], capture_output=True, text=True, check=False)
    return found.stdout


def _phases(found: Run) -> dict[str, float]:
    """Return seconds by phase from the JSON lines among a run's messages."""
    phases: dict[str, float] = {}
    for line in found.errors.splitlines():
        if line.startswith('{"phase"'):
            record = json.loads(line)
            phases[record["phase"]] = phases.get(record["phase"], 0.0) + record["seconds"]
    return phases


def _phases_of(runs: list[Run]) -> dict[str, float]:
    """Return the phases of the last run, none if this was not measured."""
    return _phases(runs[-1]) if runs else {}


def _reading(plain: Path) -> float:
    """Return the seconds in which Sphinx read the pages that it read in its last HTML run."""
    file = plain / "_build/html/sphinx-reading-durations.json"
    return sum(json.loads(file.read_text()).values()) if file.is_file() else 0.0


def _table(ours: Figures, theirs: Figures) -> str:
    head = f"{'':8}" + "".join(f"| {title:26}" for title in ("clean", "one word edited", "peak MiB, clean"))
    rows = [head, f"{'':8}" + f"| {'ours':>8}{'baseline':>9}{'ratio':>7}  " * 3]
    for phase in ("parse", *EDITIONS, "booklet", "all"):
        cells = ""
        for state, value in (("clean", "seconds"), ("edited", "seconds"), ("clean", "peak")):
            a, b = (_value(figures.get((phase, state), []), value) for figures in (ours, theirs))
            ratio = f"{a / b:.2f}" if a and b else "–"
            digits = 2 if value == "seconds" else 0
            cells += "| " + f"{_number(a, digits):>8}{_number(b, digits):>9}{ratio:>7}  "
        rows.append(f"{phase:8}{cells}")
    return "\n".join(row.rstrip() for row in rows)


def _value(runs: list[Run], name: str) -> float | None:
    if not runs or middle(runs).status:
        return None
    return middle(runs).seconds if name == "seconds" else middle(runs).peak or None


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _pages(file: Path) -> int:
    if not file.is_file():
        return 0
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def _environment() -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    parts = [f"Python {python}", *(f"{name} {version(name)}" for name in ("Sphinx", "WeasyPrint"))]
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    return ", ".join([*parts, f"{os.cpu_count()} cores", load])


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
