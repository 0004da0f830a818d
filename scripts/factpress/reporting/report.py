"""What a run of checks found, in the one form from which every output is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from factpress.model.place import Place
from factpress.problems import Problem


class ResultLevel(StrEnum):
    """What follows from a result for the command, worst first."""

    FAIL = "fail"  #: the command fails
    WARNING = "warning"  #: the book should change
    NOTICE = "notice"  #: could not be checked, or somebody should know
    PASS = "pass"

    @property
    def rank(self) -> int:
        """Return 0 for the worst."""
        return list(ResultLevel).index(self)

    def counted(self, number: int) -> str:
        """Return how many there are, in words."""
        warnings = "warning" if number == 1 else "warnings"
        words = {"fail": "failed", "warning": warnings, "notice": "could not be checked", "pass": "passed"}
        return f"{number} {words[self]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was found of one address, or at one place of the book."""

    rule: str  #: state of the link, or code of the problem
    level: ResultLevel
    message: str  #: a sentence; may hold text from outside, which writers make printable
    where: Place
    hint: str = ""  #: what to do
    url: str = ""  #: empty where it is not about one address
    date: str = ""  #: of the last check of the address, an ISO day

    @property
    def subject(self) -> str:
        """Return what the result is about."""
        return self.url or str(self.where)

    @property
    def about(self) -> str:
        """Return the address, empty where the message says it."""
        return "" if self.url in self.message else self.url

    @property
    def identity(self) -> str:
        """Return what stays the same while the book changes around it: the address and its state."""
        return "\0".join((self.url, self.rule) if self.url else (self.where.file, self.rule, self.message))

    def as_dict(self) -> dict[str, object]:
        """Return the result as plain data."""
        place = {"file": self.where.file, "line": self.where.line, "column": self.where.column}
        said = {"rule": self.rule, "level": str(self.level), "message": self.message, "hint": self.hint}
        return place | said | {"url": self.url, "date": self.date}


@dataclass(frozen=True, slots=True)
class Report:
    """The results of one command in the order of the files."""

    command: str  #: as it is called, `links check`
    results: tuple[Result, ...]
    summary: str  #: the last line: what was counted

    @property
    def counts(self) -> dict[ResultLevel, int]:
        """Return how many results there are of each kind."""
        return {level: sum(r.level is level for r in self.results) for level in ResultLevel}

    @property
    def not_passed(self) -> list[Result]:
        """Return what did not pass."""
        return [result for result in self.results if result.level is not ResultLevel.PASS]

    @property
    def status(self) -> int:
        """Return the exit status of the command."""
        return int(bool(self.counts[ResultLevel.FAIL]))


def report(command: str, results: Iterable[Result], summary: str | None = None) -> Report:
    """Return the results in order; without a summary of its own, with their counts as the last line."""
    ordered = tuple(sorted(results, key=lambda r: (r.where, r.level.rank, r.rule, r.url, r.message)))
    counted = [level.counted(n) for level, n in Report("", ordered, "").counts.items() if n]
    return Report(command, ordered, f"{', '.join(counted) or 'Nothing to check'}." if summary is None else summary)


def result_of(problem: Problem) -> Result:
    """Return a problem of the book as a result."""
    level = ResultLevel.FAIL if problem.is_error else ResultLevel.WARNING
    url = dict(problem.values).get("url", "")
    return Result(
        rule=problem.code, level=level, message=problem.message, where=problem.where, hint=problem.rule.hint, url=url
    )
