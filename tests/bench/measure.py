"""Run a command and say how long it took and how much memory its processes held at most.

Memory is sampled four times a second from /proc: the proportional share (PSS) of the process and all
its descendants, so that pages shared after a fork count once. The kernel's own peak of the largest single
process, which no sampling misses, is the lower bound. Where there is no /proc, it is all there is.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PROC = Path("/proc")
INTERVAL = 0.25  # oftener, and reading it costs what is measured an eighth of its time


@dataclass(frozen=True, slots=True)
class Run:
    """What one command cost, and what it said on standard error."""

    seconds: float
    peak: float  #: MiB
    status: int
    errors: str = ""


def run(command: Sequence[str], folder: Path | None = None) -> Run:
    """Run a command to its end, its output thrown away."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        # not waited for by Popen: wait4 also gives what the child used
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        sampler = _Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.stop()
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    return Run(seconds, max(sampler.peak, usage.ru_maxrss / 1024), process.returncode, said)


def together(runs: Sequence[Run]) -> Run:
    """Return commands run one after another as if they were one."""
    status = next((r.status for r in runs if r.status), 0)
    return Run(sum(r.seconds for r in runs), max(r.peak for r in runs), status, "".join(r.errors for r in runs))


def middle(runs: Sequence[Run]) -> Run:
    """Return the median seconds and the highest peak; a run that failed is returned as it is."""
    failed = next((r for r in runs if r.status), None)
    return failed or Run(median(r.seconds for r in runs), max(r.peak for r in runs), 0, runs[-1].errors)


class _Sampler(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(INTERVAL):
            tree = _tree(self._pid)
            if len(tree) > 1:  # a single process is measured better by the kernel
                self.peak = max(self.peak, sum(_share(pid) for pid in tree) / 1024)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    """Return the process and its descendants, as far as they still live."""
    children: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        fields = _read(stat).rpartition(")")[2].split()  # the name in brackets may hold spaces
        if fields:
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for parent in found:
        found += children.get(parent, ())
    return found


def _share(pid: int) -> int:
    """Return a process's proportional memory in KiB, 0 when it has ended."""
    pss = re.search(r"^Pss:\s+(\d+)", _read(PROC / f"{pid}/smaps_rollup"), re.M)
    return int(pss[1]) if pss else 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
