"""Problems: what a check reports about our book, where it stands and what to do about it.

A problem names a rule of the one table in `rules.py`; its code never changes meaning.
A finding is about the world, a problem is about our book.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass

from factpress.escaping import printable
from factpress.model.place import Place
from factpress.rules import RULES, Rule, Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule at one place."""

    code: str  #: a key of RULES
    where: Place
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return a line with the place first, `file:line: code: sentence`, and its hint indented below."""
        kind = "" if self.is_error else "warning: "
        return printable(f"{self.where}: {self.code}: {kind}{self.message}") + f"\n    {self.rule.hint}"

    @property
    def rule(self) -> Rule:
        """Return the rule of the table that this problem breaks."""
        return RULES[self.code]

    @property
    def message(self) -> str:
        """Return the rule's sentence with this problem's values filled in."""
        return self.rule.text.format_map(dict(self.values))

    @property
    def is_error(self) -> bool:
        """Return whether this problem fails a command that is not strict."""
        return self.rule.severity is Severity.ERROR

    def as_dict(self) -> dict[str, object]:
        """Return the problem as plain data, the same that the text shows."""
        return {
            "file": self.where.file,
            "line": self.where.line,
            "column": self.where.column,
            "code": self.code,
            "severity": str(self.rule.severity),
            "message": self.message,
            "hint": self.rule.hint,
        }


def problem(code: str, where: Place, **values: object) -> Problem:
    """Return a problem whose values are shown as text."""
    return Problem(code, where, tuple((name, str(value)) for name, value in values.items()))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file, line, column and code, each once."""
    return sorted(set(problems), key=lambda p: (p.where, p.code, p.values))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is due."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def not_readable(where: Place, error: OSError) -> Problem:
    """Return the problem of a file that cannot be read, with a hint that fits the cause."""
    code = "not-permitted" if isinstance(error, PermissionError) else "not-readable"
    return problem(code, where, file=where.file, why=(error.strerror or str(error)).lower())


def advice(error: OSError, missing: str = "") -> str:
    """Return what to do about an error of the system; `missing` is for a file that is not there."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return missing
    return _ADVICE.get(error.errno or 0, "")


_ADVICE = {
    errno.EACCES: "Change the permissions of the file, or of its folder.",
    errno.EPERM: "Change the permissions of the file, or of its folder.",
    errno.EISDIR: "This is a folder: name a file.",
    errno.ENOSPC: "Make room on the disk.",
    getattr(errno, "EDQUOT", -1): "Make room on the disk: your share of it is used up.",
    errno.EROFS: "The file system takes no writing: work on a copy elsewhere.",
}


class FactpressError(Exception):
    """A command cannot go on. The text is one sentence; `status` is the command's exit status."""

    status = 4

    def __init__(self, sentence: str, hint: str = "") -> None:
        """Keep the sentence and what to do about it."""
        super().__init__(sentence)
        self.hint = hint


class UsageError(FactpressError):
    """The command was called in a way it cannot understand."""

    status = 2


class FileError(FactpressError):
    """A file cannot be read or written."""

    status = 3


class ToolError(FactpressError):
    """A tool that we stand on failed, or is not there."""

    status = 4


class BookError(FactpressError):
    """The book has problems that stop a build; `problems` lists them."""

    status = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in order."""
        self.problems = in_order(problems)
        super().__init__(
            f"{counted(len(self.problems), 'problem')} {'stops' if len(self.problems) == 1 else 'stop'} the build."
        )
