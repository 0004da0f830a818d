"""Where a path of the book leads: what lies outside docs/ is never published, whatever links to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

#: folders of docs/ that are not for readers: people.yaml has their addresses, outline.yaml is of somebody else's text
_WORKING = frozenset({"claims", "article", "manual", "_templates", "_build"})
_PROGRAMS = frozenset({".py", ".pyc", ".toml"})  #: suffixes, conf.py among them


def outside_of(docs: Path, folder: Path) -> Callable[[str], str]:
    """Return a function from a path, as a page of `folder` writes it, to why it may not be read; empty where it may.

    Symbolic links are followed: where a path ends counts, not how it is written. A path that begins with a slash
    counts from docs/, as in Sphinx.
    """
    home = docs.resolve()

    def outside(path: str) -> str:
        start = docs if path.startswith("/") else folder
        try:
            end = (start / path.lstrip("/")).resolve()
        except (OSError, ValueError, RuntimeError):  # a sign that no path has, or links that go in a circle
            return "no file has this name"
        if not end.is_relative_to(home):
            return "it is outside docs/"
        parts = end.relative_to(home).parts
        if any(part.startswith(".") for part in parts):
            return "it is hidden"
        if end.suffix.lower() in _PROGRAMS or (end.suffix != ".md" and parts and parts[0].lower() in _WORKING):
            return "it is a working file of the book"
        return ""

    return outside


def leaves(path: Path, root: Path) -> bool:
    """Return whether a file of the book is a symbolic link, or lies in one, that leads out of the book's folder."""
    return not path.resolve().is_relative_to(root.resolve())


def links_out(root: Path) -> Iterator[Path]:
    """Yield what of docs/ and beside it is a symbolic link to a place outside the book or to a folder, in order.

    A link to a folder may lead to one that it lies in, and Sphinx would follow it for ever.
    """
    beside = [root / name for name in ("references.bib", "CHANGELOG.md", "docs")]
    yield from (path for path in beside if leaves(path, root))
    for folder, folders, files in os.walk(root / "docs"):
        for name in sorted((*folders, *files)):
            path = Path(folder, name)
            if path.is_symlink() and (path.is_dir() or leaves(path, root)):
                yield path
