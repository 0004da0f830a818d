"""Reads untrusted pages in a child process with limits of time and memory."""

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
#: the child gets no variable of ours: it reads untrusted data, and some variables are secret
_ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
#: isolated, so that no variable and no folder adds code; the package is that of its parent
_START = "import sys; sys.path.insert(0, sys.argv[1]); from factpress.links.page.child import main; main(sys.argv[2])"
_PACKAGE = str(Path(__file__).parents[3])


def run_child(kind: str, data: bytes, seconds: float | None = None) -> dict[str, Any] | None:
    """Return the JSON object that `child.py` writes of the data, None if it cannot be read within the limits."""
    with _CHILDREN:
        try:
            process = subprocess.run(
                [sys.executable, "-I", "-c", _START, _PACKAGE, kind],
                input=data, capture_output=True, timeout=seconds or SECONDS[kind], check=False, env=_ENVIRONMENT,
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError):
            return None
    try:
        result = json.loads(process.stdout) if process.returncode == 0 else None
    except ValueError:
        return None
    return result if isinstance(result, dict) else None
