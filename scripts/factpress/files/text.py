"""Reads a text file of the book: UTF-8, a byte order mark left out, a problem for each wrong character."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from factpress.files.inside import leaves
from factpress.model.place import Place
from factpress.model.text.characters import character_name, forbidden_characters, hidden_characters
from factpress.problems import Problem, problem, unreadable_problem

MOST_REPORTED = 20  #: characters of one kind that are reported in one file


def read_text(path: Path, root: Path) -> tuple[str | None, list[Problem]]:
    """Return the file's text with a problem for each wrong character; None if it cannot be read or is not UTF-8."""
    data, problems = read_bytes(path, root)
    return (None, problems) if data is None else decode_text(data, relative_name(path, root))


def read_bytes(path: Path, root: Path) -> tuple[bytes | None, list[Problem]]:
    """Return what a file of the book holds; None with the problem if it cannot be read, or lies outside the book."""
    file = relative_name(path, root)
    if leaves(path, root):
        return None, [problem("link-out-of-book", Place(file), file=file)]
    try:
        return path.read_bytes(), []
    except OSError as error:
        return None, [unreadable_problem(Place(file), error)]


def decode_text(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return what a file holds as text with a problem for each wrong character; None if it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        lines = (data[: error.start] + b".").splitlines()
        where = Place(file, len(lines), len(lines[-1]))
        return None, [problem("not-utf8", where, byte=f"0x{data[error.start]:02X}", offset=error.start)]
    return text, wrong_characters(text, Place(file, 1, 1))


def wrong_characters(text: str, start: Place) -> list[Problem]:
    """Return a problem for each character that a text must not have; the text begins at `start`."""
    return [
        *_problems("character-forbidden", text, forbidden_characters(text), start),
        *_problems("character-hidden", text, hidden_characters(text), start),
    ]


def relative_name(path: Path, root: Path) -> str:
    """Return a path as problems name it: relative to the book's root if it lies there, with `/`."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _problems(code: str, text: str, found: Iterable[tuple[int, str]], start: Place) -> list[Problem]:
    problems = []
    for (at, sign), _ in zip(found, range(MOST_REPORTED), strict=False):
        line = start.line + text.count("\n", 0, at)
        column = at - text.rfind("\n", 0, at) + (start.column - 1 if line == start.line else 0)
        problems.append(problem(code, Place(start.file, line, column), character=character_name(sign)))
    return problems
