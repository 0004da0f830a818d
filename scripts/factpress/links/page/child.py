"""The child process of `limits.py`: reads a PDF or a page from its input and writes what it says as JSON."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import sys
from typing import Any

CPU_SECONDS = {"html": 8, "pdf": 25}  #: by kind
MEMORY = 2**30  #: bytes
PAGES = 2000
CHARACTERS = 20 * 2**20


def main(kind: str) -> None:
    """Read standard input, write JSON, and end the process: status 0 when it was written, else 1."""
    _limit(CPU_SECONDS[kind])
    logging.disable()
    # what a broken file makes a parser raise cannot be foreseen; a process of its own bears it
    try:
        data = sys.stdin.buffer.read()
        sys.stdout.write(json.dumps(_pdf(data) if kind == "pdf" else _html(data)))
        sys.stdout.flush()
    except Exception:
        os._exit(1)
    os._exit(0)  # a huge tree of objects needs no tidying


def _pdf(data: bytes) -> dict[str, Any]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data))
    # most encrypted files open without a password: it is only asked from those who want to change them
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        return {"pages": [], "why": "a PDF that asks for a password"}
    pages, length = [], 0
    for page in reader.pages[:PAGES]:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > CHARACTERS:
            break
    return {"pages": pages, "why": ""}


def _html(data: bytes) -> dict[str, Any]:
    from factpress.links.page.html import as_data, parse

    url, _, source = data.decode("utf-8").partition("\n")
    return as_data(parse(source, url))


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is all
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
