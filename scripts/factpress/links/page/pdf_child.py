"""The child process of `pdf.py`: reads a PDF from its input and writes the text of the pages as JSON."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import sys

SECONDS = 25
MEMORY = 2**30
PAGES = 2000
CHARACTERS = 20 * 2**20


def main() -> int:
    """Return 0 when the text was written, 1 when the file is no PDF that can be read."""
    _limit()
    logging.disable()
    from pypdf import PdfReader

    # what a broken file makes the parser raise is anybody's guess; a process of its own bears it
    try:
        pages, length = [], 0
        for page in PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages[:PAGES]:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > CHARACTERS:
                break
        text = json.dumps({"pages": pages})
    except Exception:
        return 1
    sys.stdout.write(text)
    return 0


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is all
        return
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # a huge tree of objects needs no tidying
