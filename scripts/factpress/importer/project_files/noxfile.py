"""The list of commands: `nox -l` shows it, `nox -s NAME` runs one, words after `--` go to what it runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nox

HERE = Path(__file__).parent.resolve()
nox.options.sessions = ["tests", "editions"]
nox.options.default_venv_backend = "none"


@nox.session
def editions(session: nox.Session) -> None:
    """Build the web site, the PDF, its sheets and the EPUB into build/."""
    run_tool(session, "build", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Check the book: no problems, and each edition can be made."""
    session.run(environment(session), "-m", "pytest", *session.posargs)


@nox.session
def factpress(session: nox.Session) -> None:
    """Run a command of the tool, as in: nox -s factpress -- status."""
    run_tool(session, *session.posargs)


def run_tool(session: nox.Session, *words: str) -> None:
    """Run a command of the tool; its exit status is that of nox."""
    status = subprocess.run([environment(session), "-m", "factpress", *words], check=False).returncode
    if status:
        sys.exit(status if status > 0 else 128 - status)


def environment(session: nox.Session) -> str:
    """Return the Python of the environment that holds what requirements.txt says."""
    folder, wanted = HERE / ".nox" / "book", (HERE / "requirements.txt").read_text(encoding="utf-8") + sys.version
    python, stamp = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"), folder / "filled-from"
    if not python.exists() or not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        session.run(sys.executable, "-m", "virtualenv", "--quiet", "--clear", str(folder))
        session.run(str(python), "-m", "pip", "install", "--quiet", "--requirement", "requirements.txt")
        stamp.write_text(wanted, encoding="utf-8")
    return str(python)
