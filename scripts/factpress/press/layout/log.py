"""WeasyPrint's warnings and errors, as problems with a place."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factpress.model.place import Place
from factpress.problems import Problem, problem

SOURCE_POSITION = re.compile(r"\bat (\d+):(\d+)")
NO_GLYPH = re.compile(r'\.notdef glyph rendered .*: "(.+)" \(U\+([0-9A-F]+)\)', re.DOTALL)


class LayoutLog(logging.Handler):
    """Collects the warnings and errors of a layout; `file` is the one being read now."""

    def __init__(self, file: Path) -> None:
        """Start with an empty list, reading `file`."""
        super().__init__(logging.WARNING)
        self.file = file
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint, at the line and column that it names."""
        message = record.getMessage().strip().rstrip(".")
        if no_glyph := NO_GLYPH.match(message):
            self.problems.append(problem("glyph-nowhere", Place(str(self.file)), sign=no_glyph[1], number=no_glyph[2]))
            return
        at = SOURCE_POSITION.search(message)
        line, column = (int(at[1]), int(at[2])) if at else (0, 0)
        self.problems.append(problem("pdf-log", Place(str(self.file), line, column), message=message))

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Take what WeasyPrint logs, and keep it from other handlers, until the end of the block."""
        logger = logging.getLogger("weasyprint")
        propagated, logger.propagate = logger.propagate, False
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)
            logger.propagate = propagated
