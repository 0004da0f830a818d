"""Reads what strangers wrote in a child process that can neither run for ever nor take all memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

SECONDS = {"html": 10.0, "pdf": 30.0}  #: for one page, by kind
#: children at a time: each may take as much memory as it is allowed
_CHILDREN = threading.BoundedSemaphore(2)
#: nothing that is secret here is known to a process that reads what strangers wrote
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
#: isolated, so that no variable and no folder adds code; the package is that of its parent
_START = "import sys; sys.path.insert(0, sys.argv[1]); from factpress.links.page.child import main; main(sys.argv[2])"
_PACKAGE = str(Path(__file__).parents[3])


def run(kind: str, data: bytes, seconds: float | None = None) -> dict[str, Any] | None:
    """Return what `child.py` makes of the data, None when it cannot be read within the limits."""
    with _CHILDREN:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", _START, _PACKAGE, kind],
                input=data, capture_output=True, timeout=seconds or SECONDS[kind], check=False, env=_ENVIRONMENT,
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError):
            return None
    try:
        made = json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        return None
    return made if isinstance(made, dict) else None
