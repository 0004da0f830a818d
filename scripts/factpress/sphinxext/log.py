"""The one function for all warnings of the extension, each with a kind and a place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from docutils import nodes
from sphinx.util import logging

from factpress.problems import Problem

_logger = logging.getLogger(__name__)


class WarningKind(StrEnum):
    """What a warning is about; `suppress_warnings = ["factpress.KIND"]` silences it."""

    UNKNOWN_CLAIM = "unknown_claim"
    UNKNOWN_FIGURE = "unknown_figure"
    UNKNOWN_TERM = "unknown_term"
    BOOK = "book"
    PDF = "pdf"


#: what is warned of a name that nothing in the book has, with the name as `{}`
UNKNOWN = {
    WarningKind.UNKNOWN_CLAIM: "no ledger file has the claim {}",
    WarningKind.UNKNOWN_FIGURE: "figures.yaml has no figure {}",
    WarningKind.UNKNOWN_TERM: "the glossary has no term {!r}",
}


def warn(kind: WarningKind, sentence: str, location: nodes.Node | str | None = None) -> None:
    """Warn about something in the book that should change."""
    _logger.warning(sentence, location=location, type="factpress", subtype=str(kind))


def warn_unknown(kind: WarningKind, name: str, location: nodes.Node) -> None:
    """Warn about a name that nothing in the book has."""
    warn(kind, UNKNOWN[kind].format(name), location)


def warn_of_problems(listed: Iterable[Problem]) -> None:
    """Warn of problems of a project that is not checked by `factpress check`."""
    for problem in listed:
        _logger.warning(str(problem), type="factpress", subtype=problem.code)


def log_problems(listed: Iterable[Problem]) -> None:
    """Log problems as errors, in the words of every other command."""
    for problem in listed:
        _logger.error(str(problem), type="factpress", subtype=problem.code)
