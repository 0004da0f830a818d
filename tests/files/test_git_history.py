"""The past of a book is read from git, and the work tree stays as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from factpress.files.git_history import read_merge_base
from factpress.problems import UsageError
from factpress.settings import read_settings

CLEAN = Path(__file__).parents[1] / "clean_book"
pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not here")


def git(folder: Path, *words: str) -> str:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *names, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book in a folder of a repository, with a branch that changed it after the main line went on."""
    root = tmp_path / "books" / "one"
    shutil.copytree(CLEAN, root)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "begin")
    git(tmp_path, "checkout", "-q", "-b", "branch")
    bibliography = root / "references.bib"
    bibliography.write_text(bibliography.read_text() + "\n@misc{zz-new,\n  title = {New},\n  year = {2020},\n}\n")
    git(tmp_path, "commit", "-q", "-am", "a source more")
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "rm", "-q", "books/one/references.bib")
    git(tmp_path, "commit", "-q", "-m", "main went on")
    git(tmp_path, "checkout", "-q", "branch")
    return root


def test_the_book_is_that_of_the_common_commit_and_nothing_else_changes(book: Path) -> None:
    (book / "references.bib").write_text("@broken{")
    before = git(book, "status", "--porcelain"), (book / "references.bib").read_text()
    past = read_merge_base(read_settings(book), "main")
    assert past.sources and "zz-new" not in past.sources
    assert past.ledger.claims
    assert (git(book, "status", "--porcelain"), (book / "references.bib").read_text()) == before


def test_a_book_that_was_not_there_has_nothing(book: Path) -> None:
    shutil.copytree(CLEAN, book.parent / "two")
    assert not read_merge_base(read_settings(book.parent / "two"), "main").sources


@pytest.mark.parametrize("base", ["no-such-branch", "--help", "-n", ""])
def test_what_is_no_commit_is_a_mistake_of_usage(book: Path, base: str) -> None:
    with pytest.raises(UsageError, match="common commit"):
        read_merge_base(read_settings(book), base)
