"""Reads files that may be hostile in a process of its own, with limits of time and memory."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from factpress.importer.document import ArticleBlock, BlockKind, Document
from factpress.problems import ToolError

SECONDS = 60.0  #: of the clock
CPU_SECONDS = 45
MEMORY_LIMIT = 2**30  #: bytes
#: kind: the package that reads it, of the extra `import`
_NEEDS = {"html": ("lxml", "trafilatura"), "docx": ("lxml", "mammoth"), "odt": ("lxml",)}
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
#: isolated, so that no variable and no folder adds code; the package is that of its parent
_START = "import sys; sys.path.insert(0, sys.argv[1]); from factpress.importer.child import main; main(sys.argv[2])"
_PACKAGE = str(Path(__file__).parents[2])


def read_in_child(kind: str, data: bytes) -> Document:
    """Return the document that a child process reads.

    Raises:
        ValueError: nothing was read within the limits; the text says why.
        ToolError: a package that reads this kind is not installed.
    """
    if missing := [name for name in _NEEDS[kind] if find_spec(name) is None]:
        raise ToolError(
            f"Reading {kind.upper()} needs {' and '.join(missing)}.",
            "Install the package with its extra: pip install 'factpress[import]'.",
        )
    try:
        process = subprocess.run(
            [sys.executable, "-I", "-c", _START, _PACKAGE, kind],
            input=data, capture_output=True, timeout=SECONDS, check=False, env=_ENVIRONMENT,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"reading it took more than {SECONDS:.0f} seconds") from error
    try:
        answer = json.loads(process.stdout)
    except ValueError as error:
        raise ValueError("reading it took more time or memory than an article needs") from error
    if "why" in answer:
        raise ValueError(answer["why"])
    blocks = tuple(ArticleBlock(BlockKind(b["kind"]), b["text"], b["level"], b["line"]) for b in answer.pop("blocks"))
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in answer.items()}
    return Document(blocks=blocks, **plain)


def main(kind: str) -> None:
    """Read standard input, write JSON, and end the process."""
    _limit()
    logging.disable()
    data = sys.stdin.buffer.read()
    try:
        answer = asdict(_read(kind, data))
    except ValueError as error:
        answer = {"why": str(error)}
    # what a broken file makes a parser raise cannot be foreseen; a process of its own bears it
    except Exception as error:
        answer = {"why": f"it cannot be read ({type(error).__name__})"}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # a huge tree of objects needs no tidying


def _read(kind: str, data: bytes) -> Document:
    from factpress.importer.office import read_docx, read_odt
    from factpress.importer.web_page import read_web_page

    return {"html": read_web_page, "docx": read_docx, "odt": read_odt}[kind](data)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is all
        return
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
