"""The text of a PDF, page by page, read in a child process that can neither run for ever nor take all memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

SECONDS = 30.0
#: children at a time: each may take as much memory as it is allowed
_CHILDREN = threading.BoundedSemaphore(2)
#: nothing that is secret here is known to a process that reads what strangers wrote
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
_AT_EDGE = 2  #: lines at the head and foot of a page that may be the same on every page


def read_pdf(data: bytes, seconds: float = SECONDS) -> tuple[str, ...]:
    """Return the text of each page; nothing when the file cannot be read within the limits."""
    if b"%PDF-" not in data[:1024]:
        return ()
    with _CHILDREN:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-m", "factpress.links.page.pdf_child"],
                input=data, capture_output=True, timeout=seconds, check=False, env=_ENVIRONMENT,
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError):
            return ()
    try:
        return tuple(json.loads(done.stdout)["pages"]) if done.returncode == 0 else ()
    except (ValueError, KeyError, TypeError):
        return ()


def readings(pages: Sequence[str]) -> tuple[str, ...]:
    """Return the text as it stands, and without page numbers and running heads, over which a sentence may go on."""
    whole = "\n".join(pages)
    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    heads = _repeated([page[:_AT_EDGE] for page in lines]) | _repeated([page[-_AT_EDGE:] for page in lines])
    bare = "\n".join(line for page in lines for line in _without(page, heads))
    return (whole, bare)


def _shape(line: str) -> str:
    # a running head differs from page to page in its number alone
    return re.sub(r"\b(?:\d+|[ivxlc]+)\b|\W+", "", line.casefold())


def _repeated(edges: Iterable[Sequence[str]]) -> frozenset[str]:
    counted = Counter(shape for lines in edges for shape in {_shape(line) for line in lines})
    return frozenset({shape for shape, times in counted.items() if times > 2} | {""})


def _without(lines: Sequence[str], heads: frozenset[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        at_edge = number < _AT_EDGE or number >= len(lines) - _AT_EDGE
        if not at_edge or _shape(line) not in heads:
            yield line
