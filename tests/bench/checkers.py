"""Other link checkers before the same stage: what each makes of every case, as one of our three verdicts."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import which

Verdicts = Mapping[str, str]  #: by address
ALIVE, DEAD, UNSURE = "alive", "dead", "unsure"
TIMEOUT = 3  #: seconds, for all of them
PATIENCE = 300.0  #: seconds; what a checker has not said by then, it has not said


def lychee_command(urls: Sequence[str], folder: Path, *more: str) -> list[str]:
    """Return the command that checks these; what it says goes to a file."""
    options = ["--timeout", str(TIMEOUT), "--retry-wait-time", "1", "--no-progress", "--format", "json", "-vv"]
    return [_tool("lychee"), *options, *more, "--output", str(folder / "lychee.json"), str(_page(urls, folder))]


def lychee(urls: Sequence[str], folder: Path) -> Verdicts:
    """Return what lychee says; a time-out it counts by itself."""
    _run(lychee_command(urls, folder), folder)
    told = json.loads((folder / "lychee.json").read_text(encoding="utf-8"))
    kinds = {"success_map": ALIVE, "error_map": DEAD, "timeout_map": UNSURE, "excluded_map": UNSURE}
    return {
        answer["url"]: verdict for name, verdict in kinds.items() for page in told[name].values() for answer in page
    }


def linkchecker(urls: Sequence[str], folder: Path) -> Verdicts:
    """Return what linkchecker says: valid or not."""
    options = ["--check-extern", "--no-robots", "--timeout", str(TIMEOUT), "-r0", "-t", "20", "--no-status", "-v"]
    # run by root it becomes nobody, who may read and write none of our files
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), "/nonexistent")
    said = _run([_tool("linkchecker"), *options, "--stdin", "-o", "csv"], folder, "\n".join(urls), **homes)
    rows = csv.DictReader([line for line in said.splitlines() if not line.startswith("#")], delimiter=";")
    return {row["urlname"]: ALIVE if row["valid"] == "True" else DEAD for row in rows}


def linkcheck(urls: Sequence[str], folder: Path) -> Verdicts:
    """Return what Sphinx's linkcheck builder says."""
    docs = folder / "docs"
    docs.mkdir()
    settings = {"timeout": TIMEOUT, "retries": 2, "workers": 20, "rate_limit_timeout": 5.0}
    conf = "".join(f"linkcheck_{name} = {value}\n" for name, value in settings.items())
    (docs / "conf.py").write_text(conf, encoding="utf-8")
    lines = "\n".join(f"* `link {number} <{url}>`__" for number, url in enumerate(urls))
    (docs / "index.rst").write_text(f"Links\n=====\n\n{lines}\n", encoding="utf-8")
    _run([sys.executable, "-m", "sphinx", "-q", "-b", "linkcheck", str(docs), str(folder / "out")], folder)
    told = map(json.loads, (folder / "out/output.json").read_text(encoding="utf-8").splitlines())
    verdicts = {"working": ALIVE, "redirected": ALIVE, "broken": DEAD}
    return {row["uri"]: verdicts.get(row["status"], UNSURE) for row in told}


CHECKERS: Mapping[str, Callable[[Sequence[str], Path], Verdicts]] = {
    "lychee": lychee,
    "linkchecker": linkchecker,
    "Sphinx linkcheck": linkcheck,
}


def _page(urls: Sequence[str], folder: Path) -> Path:
    page = folder / "links.html"
    items = "".join(f'<li><a href="{url}">a link</a></li>\n' for url in urls)
    page.write_text(f"<!doctype html><title>Links</title><ul>\n{items}</ul>\n", encoding="utf-8")
    return page


def _run(command: Sequence[str], folder: Path, words: str = "", **env: str) -> str:
    # the status says whether some link is broken; what each is stands in the output
    with subprocess.Popen(
        command, cwd=folder, env=os.environ | env, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            return process.communicate(words, timeout=PATIENCE)[0]
        except subprocess.TimeoutExpired:
            process.kill()  # Sphinx waits as long as a server tells it to, be it a day
            return process.communicate()[0]


def _tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else which(name)
    if not found:
        raise SystemExit(f"{name} is not here: nox -s bench installs it")
    return found
