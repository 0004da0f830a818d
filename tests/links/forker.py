"""Runs a command of factpress again and again, each time in a child that may be killed: the root of a book on its
input starts one.

The child's process id is printed when it starts, its end when it has ended. Everything is imported once.
"""

from __future__ import annotations

import os
import sys

from factpress.cli.main import main
from factpress.links import commands

if __name__ == "__main__":
    assert commands.refresh
    for root in sys.stdin:
        if not (child := os.fork()):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(main(["--root", root.strip(), *sys.argv[1:]]))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
