"""Progress on a terminal; nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Shows which phase runs, and leaves a line for each that is done."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Show on `stream`, else on standard error, if it is a terminal."""
        self.stream = stream or sys.stderr
        self.shown = self.stream.isatty()

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
