"""A network of this process alone: loopback and nothing else, so that no checker's mistake reaches anybody."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys
from shutil import which

_INSIDE = "FACTPRESS_BENCH_ALONE"
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS
_UP_AND_RUNNING = 0x1 | 0x40


def alone() -> None:
    """Start this program again in a network namespace of its own; return when in one, exit where none is had."""
    if os.environ.get(_INSIDE):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _UP_AND_RUNNING))
        return
    unshare = which("unshare")
    if not unshare:
        raise SystemExit("Not run: `unshare` (util-linux) is needed, so that no request leaves this machine.")
    own = ["--net"] if os.geteuid() == 0 else ["--map-current-user", "--net", "--keep-caps"]
    os.environ[_INSIDE] = "1"
    os.execv(unshare, [unshare, *own, sys.executable, *sys.orig_argv[1:]])
