"""What a process of ours does first: it ends with the process that started it, however that one ends.

A child that outlives a killed build would hold its lock and write into its folder while the next build is at work.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait

PR_SET_PDEATHSIG = 1  #: prctl(2): the signal that a process gets when its parent ends


def end_with_parent() -> None:
    """Arrange that this process is killed when its parent ends; first statement of a process of multiprocessing."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "only a process of multiprocessing has a parent to end with"
    if sys.platform.startswith("linux"):
        # the pipe that tells elsewhere is held open by later children of the same parent, so it would tell too late
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent.pid:  # it ended before we asked
            os._exit(1)
        return
    threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
