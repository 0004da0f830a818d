"""One door for all warnings of the extension, each with a kind and a place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from docutils import nodes
from sphinx.util import logging

from factpress.problems import Problem

_logger = logging.getLogger(__name__)


class Kind(StrEnum):
    """What a warning is about; `suppress_warnings = ["factpress.KIND"]` silences it."""

    UNKNOWN_CLAIM = "unknown_claim"
    UNKNOWN_FIGURE = "unknown_figure"
    UNKNOWN_TERM = "unknown_term"
    BOOK = "book"
    PDF = "pdf"


def warn(kind: Kind, sentence: str, location: nodes.Node | str | None = None) -> None:
    """Warn about something in the book that should change."""
    _logger.warning(sentence, location=location, type="factpress", subtype=str(kind))


def warn_of(found: Iterable[Problem]) -> None:
    """Warn of problems of a project that is not checked by `factpress check`."""
    for one in found:
        _logger.warning(str(one), type="factpress", subtype=one.code)


def problems(found: Iterable[Problem]) -> None:
    """Tell problems as errors, in the words of every other command."""
    for one in found:
        _logger.error(str(one), type="factpress", subtype=one.code)
