"""Reads the book as it was where a branch began, from git alone: the work tree is neither read nor touched."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from factpress.files.book import read_book
from factpress.model.book import Book
from factpress.problems import FileError, ToolError, UsageError
from factpress.settings import Settings

BOOK_PATHS = ("pyproject.toml", "references.bib", "docs/claims", "docs/article")  #: what `read_book` reads


def read_merge_base(settings: Settings, base: str) -> Book:
    """Return the book at the merge base of `base` and the commit that is checked out, as far as it can be read.

    Raises:
        UsageError: git knows no commit that both have.
        ToolError: git is not installed, or failed.
    """
    commit = _merge_base(settings.root, base)
    top, prefix = _git(settings.root, "rev-parse", "--show-toplevel", "--show-prefix").decode().split("\n")[:2]
    with tempfile.TemporaryDirectory() as folder:
        wanted = [prefix + part for part in BOOK_PATHS]
        listed = _git(Path(top), "ls-tree", "-z", "--name-only", commit, *wanted).decode()
        if parts := [name for name in listed.split("\0") if name]:
            _unpack(_git(Path(top), "archive", "--format=tar", commit, *parts), Path(folder))
        return read_book(replace(settings, root=Path(folder, prefix)))[0]


def file_versions(root: Path, file: Path, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield what a file of the book held at each commit that changed it, with the commit, newest first.

    Without git, or outside a repository, there is nothing.
    """
    name = f"./{file.relative_to(root).as_posix()}"
    try:
        commits = _git(root, "log", f"--max-count={most}", "--format=%H", "--", name).decode().split()
    except (ToolError, FileError):
        return
    for commit in commits:
        with contextlib.suppress(ToolError):  # the commit that removed it has none
            yield commit, _git(root, "show", f"{commit}:{name}")


def committed_file(root: Path, file: Path, commit: str = "HEAD") -> bytes | None:
    """Return what a commit holds of a file of the book; None if it does not, or git or the commit is not there."""
    with contextlib.suppress(ToolError, FileError):
        name = f"{commit}:./{file.relative_to(root).as_posix()}"
        return _blob(root, _git(root, "rev-parse", "--verify", "--quiet", name).decode().strip())
    return None


@lru_cache(maxsize=8)
def _blob(root: Path, name: str) -> bytes:
    """Return the content of git's object of that name, which is its digest: it never changes."""
    return _git(root, "cat-file", "blob", name)


def commits_of(root: Path, base: str, file: Path) -> tuple[str, list[tuple[str, str, tuple[str, ...]]]]:
    """Return the merge base of `base`, and the commits since that changed a file, the oldest first.

    Of each commit its name, its parent's, empty for the first of all, and the e-mails of author and committer.

    Raises:
        UsageError: git knows no commit that both have.
        ToolError: git is not installed, or failed.
    """
    start = _merge_base(root, base)
    name = file.relative_to(root).as_posix()
    form = "--format=%H%x00%P%x00%ae%x00%ce"
    listed = _git(root, "log", "--reverse", "--no-merges", form, f"{start}..HEAD", "--", name)
    commits = []
    for line in listed.decode("utf-8", "replace").splitlines():
        commit, parents, author, committer = line.split("\0")
        commits.append((commit, parents.partition(" ")[0], tuple(dict.fromkeys((author, committer)))))
    return start, commits


def git_setting(root: Path, name: str) -> str:
    """Return a setting of git for the book's folder, empty where git or the setting is not there."""
    with contextlib.suppress(ToolError, FileError):
        return _git(root, "config", "--get", name).decode("utf-8", "replace").strip()
    return ""


def merge_sides(root: Path, file: Path) -> tuple[str, str, str]:
    """Return a file as both sides began, as ours and as theirs, where a merge stopped at it.

    Raises:
        UsageError: no merge stopped at it.
        ToolError: git is not installed, or failed.
    """
    name = f"./{file.relative_to(root).as_posix()}"
    held = _git(root, "ls-files", "--unmerged", "--", name).decode().splitlines()
    if not held:
        raise UsageError(f"No merge stopped at {file.name}.", "Name the three files: BASE OURS THEIRS.")
    stages = {line.split()[2] for line in held}
    sides = [_git(root, "show", f":{n}:{name}").decode("utf-8", "replace") if n in stages else "" for n in "123"]
    return sides[0], sides[1], sides[2]


def _unpack(packed: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            # files only: a link in the tree would lead out of the folder
            if member.isfile() and (content := archive.extractfile(member)):
                path = folder / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _merge_base(root: Path, base: str) -> str:
    try:
        commit = (
            _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").decode().strip()
        )
        return _git(root, "merge-base", commit, "HEAD").decode().strip()
    except ToolError as error:
        raise UsageError(
            f"git knows no common commit of {base!r} and what is checked out.",
            "Name a branch or commit that is there; on a server, fetch the whole history.",
        ) from error


def _git(root: Path, *words: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise ToolError("git is not installed, and the history of the book is only in it.", "Install git.")
    # git refuses a checkout of another owner, unless it is named; this one is only read
    command = [git, "-C", str(root), "-c", f"safe.directory={root.resolve()}", *words]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise FileError(f"git could not be started: {error.strerror}.", "Try it by hand.") from error
    if done.returncode:
        errors = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ToolError(f"git {words[0]} failed: {errors[0] if errors else done.returncode}.", "Try it by hand.")
    return done.stdout
