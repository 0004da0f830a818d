"""The house is in order: nothing of one machine in any file, the layout is there, the lock fits."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", ".ci/nox.txt")
MADE = {"build", "node_modules", "__pycache__"}  #: folders that commands make; so are those with a dot

#: folders that only one machine has; what else may stand before the first slash is part of an address or a path
MACHINE = re.compile(rb"(?:(?<![\w.*/:-])|(?<=file://))/(?:work|opt|home|Users|mnt)/\w")
#: addresses of package indexes, and the options that name them; with brackets, so that this file does not hold them
INDEX = re.compile(rb"--(?:extra-)?index[-]url|--find[-]links|registry[.]npmjs|pypi[.]org/simple|localhost:\d+/simple")
LAYOUT = (
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-text", "CITATION.cff", "references.bib",
    "noxfile.py", "pyproject.toml", "requirements.lock", ".ci/run", "docs/conf.py", "docs/index.md", "docs/chapters",
    "docs/claims/signoffs.yaml", "docs/claims/people.yaml", "docs/claims/seen.yaml", "docs/claims/ledger.schema.json",
    "docs/article/outline.yaml", "docs/article/provenance.yaml", "docs/back", "docs/manual/conf.py",
    "docs/manual/how-a-claim-travels.md", "scripts/factpress", "tests/cases", "tests/clean_book", "tests/roots",
)  # fmt: skip


def files() -> list[Path]:
    """Return the files of the repository, or of the folder where there is no git."""
    return [path for path in kept() if path.is_file()]


def kept() -> list[Path]:
    """Return what the repository holds, links to folders and to nowhere too."""
    if (ROOT / ".git").exists() and (git := shutil.which("git")):
        # whoever owns the checkout: it is only read
        command = [git, "-C", str(ROOT), "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return [ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in ROOT.rglob("*") if not _made(path.relative_to(ROOT))]


def _made(path: Path) -> bool:
    return any(part.startswith(".") or part in MADE for part in path.parts[:-1] if part != ".ci")


@pytest.mark.parametrize("what", [MACHINE, INDEX], ids=["folder", "package-index"])
def test_no_file_names_a_machine_s(what: re.Pattern[bytes]) -> None:
    found = {}
    for path in files():
        if (data := path.read_bytes()) and b"\0" not in data[:1024] and (hit := what.search(data)):
            found[path.relative_to(ROOT).as_posix()] = hit[0]
    assert found == {}


def test_no_link_leads_to_a_place_of_one_machine() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in kept() if path.is_symlink()] == []


def test_the_layout_is_there() -> None:
    assert [name for name in LAYOUT if not (ROOT / name).exists()] == []


def test_the_article_itself_is_not() -> None:
    assert [path.name for path in files() if path.parent == ROOT / "docs" / "article" and path.suffix != ".yaml"] == []


@pytest.mark.parametrize("file", LOCKS)
def test_each_lock_holds_what_the_project_asks_for_with_hashes(file: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    ours = groups.pop("nox")
    asked = ours if file == ".ci/nox.txt" else [*project["project"]["dependencies"], *chain(*groups.values())]
    lock = (ROOT / file).read_text(encoding="utf-8")
    entries = [Requirement(line.removesuffix("\\")) for line in re.findall(r"^[\w.-]+==.*$", lock, re.MULTILINE)]
    for wanted in map(Requirement, asked):
        name = canonicalize_name(wanted.name)
        versions = [str(e.specifier).removeprefix("==") for e in entries if canonicalize_name(e.name) == name]
        assert versions, f"{file} lacks {wanted}: run nox -s lock"
        assert all(map(wanted.specifier.contains, versions)), f"{wanted} is not {versions}: run nox -s lock"
    blocks = re.split(r"^(?=[\w.-]+==)", lock, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(entries)
    assert [block.partition(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("file", LOCKS)
def test_no_lock_names_an_address_or_a_folder(file: str) -> None:
    lines = [line for line in (ROOT / file).read_text(encoding="utf-8").splitlines() if line.strip()]
    assert [line for line in lines if not re.match(r"\s*(#|--hash=sha256:|[\w.-]+==)", line)] == []
    assert [line for line in lines if "://" in line or " @ " in line] == []
