"""Builds, `format` and `check --fix` of the clean book that are killed at any moment, while somebody reads build/html.

A mixture is a web site that a reader sees with pages of two states, outputs of two states after the next command, or a
file of the book that is neither as it was nor as the command writes it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from cleanbook import copy_book
from factpress.build.publish import output_digest

CHAPTER = Path("docs", "chapters", "02-today.md")
TOOL = (sys.executable, "-m", "factpress")
BUILD = (*TOOL, "build")
PAGES = ("chapters/02-today.html", "search-records.js")  #: both show the word that the two states differ in


class Reader:
    """Somebody who reads two pages of the web site again and again, each time of one folder."""

    def __init__(self, site: Path) -> None:
        self.site, self.seen = site, Counter[str]()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._end.is_set():
            try:
                folder = os.open(self.site, os.O_RDONLY)
            except FileNotFoundError:
                self.seen["no web site"] += 1
                continue
            try:
                states = {_state(folder, page) for page in PAGES}
                self.seen["/".join(sorted(states - {"gone"}))] += 1  # an old folder is removed while it is read
                time.sleep(0.0002)  # the build needs the processor, too
            finally:
                os.close(folder)


def _state(folder: int, page: str) -> str:
    try:
        with open(os.open(page, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123  # Path knows no dir_fd
            return "new" if b"quagga" in file.read().lower() else "old"
    except FileNotFoundError:
        return "gone"


def kill_writers(kills: int, seed: int = 2) -> int:
    """Kill so many commands that write into the book, print what was seen, and return the count of mixtures."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    mixtures = 0
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(kills):
            words = ("format",) if number % 2 else ("check", "--fix")
            root = copy_book(Path(temporary) / str(number))
            _disorder(root)
            before = _texts(root)
            done = copy_book(Path(temporary) / f"{number}-done")
            _disorder(done)
            start = time.monotonic()
            subprocess.run([*TOOL, *words], cwd=done, check=True, capture_output=True)
            seconds = time.monotonic() - start
            after = _texts(done)
            process = subprocess.Popen([*TOOL, *words], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                # most of the time goes into starting: the writing is at the end
                process.wait(chance.uniform(0.6, 1.05) * seconds)
            except subprocess.TimeoutExpired:
                process.kill()
            counts["killed" if process.wait() else "ended before"] += 1
            now = _texts(root)
            wrong = [name for name in before if now.get(name) not in (before[name], after[name])]
            counts[
                "some written" if before != now != after else "none written" if now == before else "all written"
            ] += 1
            mixtures += bool(wrong)
    print(f"{kills} of format and check --fix: {dict(counts)}; mixtures {mixtures}")
    return mixtures


def _disorder(root: Path) -> None:
    """Take the book's files out of their one form, without a mistake."""
    for file in (root / "docs" / "claims").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("  date: ", "  date:    "), encoding="utf-8")
    people = root / "docs" / "claims" / "people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("  name: ", "  name:   "), encoding="utf-8")
    bibliography = root / "references.bib"
    text = bibliography.read_text(encoding="utf-8").replace(
        "{10.5555/brand.1977}", "{https://doi.org/10.5555/Brand.1977}"
    )
    bibliography.write_text(text, encoding="utf-8")


def _texts(root: Path) -> dict[str, bytes]:
    files = [root / "references.bib", *(root / "docs").rglob("*.*")]
    # what a killed command was writing stands beside its target, under a name with a dot
    return {str(f.relative_to(root)): f.read_bytes() for f in files if f.is_file() and not f.name.startswith(".")}


def kill_builds(kills: int, seed: int = 1) -> int:
    """Kill so many builds, print what was seen, and return the count of mixtures.

    The moment is taken from the time that the last build that came to its end needed; such builds are counted apart.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        root = copy_book(Path(temporary) / "book")
        states: dict[str, dict[str, str]] = {}
        for name in ("old", "new"):
            _edit(root, name)
            start = time.monotonic()
            subprocess.run(BUILD, cwd=root, check=True, capture_output=True)
            seconds = time.monotonic() - start
            states[name] = _outputs(root)
        names = {tuple(sorted(outputs.items())): name for name, outputs in states.items()}
        counts: Counter[str] = Counter()
        mixtures = orphans = 0
        standing = "new"
        with Reader(root / "build" / "html") as reader:
            while counts["killed"] < kills:
                wanted = "old" if standing == "new" else "new"
                _edit(root, wanted)
                start = time.monotonic()
                process = subprocess.Popen(
                    BUILD, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
                )
                try:
                    process.wait(chance.uniform(0.1, 1.02) * seconds)
                    seconds = time.monotonic() - start
                except subprocess.TimeoutExpired:
                    os.kill(process.pid, signal.SIGKILL)
                counts["killed" if process.wait() else "ended before"] += 1
                subprocess.run([*TOOL, "status"], cwd=root, capture_output=True, check=True)
                found = names.get(tuple(sorted(_outputs(root).items())))
                mixtures += found is None
                counts[f"{found or 'a mixture'} stands"] += 1
                standing = found or standing
                time.sleep(0.2)
                orphans += bool(_left(process.pid))
        mixed = sum(count for state, count in reader.seen.items() if state not in ("old", "new", ""))
    print(f"{kills} kills of builds: {dict(counts)}; orphans {orphans}; mixtures {mixtures + mixed}")
    print(f"A reader of build/html saw {dict(reader.seen)}.")
    return mixtures + mixed


def _edit(root: Path, state: str) -> None:
    text = (root / CHAPTER).read_text(encoding="utf-8").replace("# Quagga ", "# ", 1)
    (root / CHAPTER).write_text(text if state == "old" else text.replace("# ", "# Quagga ", 1), encoding="utf-8")


def _outputs(root: Path) -> dict[str, str]:
    paths = (path for path in (root / "build").iterdir() if not path.name.startswith("."))
    return {path.name: output_digest(path) for path in paths}


def _left(session: int) -> list[int]:
    """Return the processes of a session that live."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, of = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == session and state != "Z":
            found.append(int(folder.name))
    return found


if __name__ == "__main__":
    builds, writers = (int(word) for word in (sys.argv[1:] or ["100", "300"]))
    sys.exit(bool(kill_builds(builds) + kill_writers(writers)))
