"""Progress on a terminal; nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Shows which phase runs, and leaves a line for each that is done."""

    def __init__(self, stream: TextIO = sys.stderr, quiet: bool = False) -> None:
        """Show on `stream`, if it is a terminal and `quiet` is not set."""
        self.stream = stream
        self.shown = stream.isatty() and not quiet

    @contextmanager
    def phase(self, name: str, words: str) -> Iterator[None]:
        """Show that a phase runs until the end of the block."""
        if not self.shown:
            yield
            return
        from rich.console import Console

        console = Console(file=self.stream)
        with console.status(f"{words} …"):
            yield
        console.print(f"[green]✓[/green] {name}: {words}")
