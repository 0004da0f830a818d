"""Publishing: each file or folder in build/ is whole-old or whole-new, whatever happens on the way.

Everything is copied beside its target first. Then a journal is written, every old output is moved aside, every new
one moved in, editions.json last, and the journal removed. A journal that is still there tells the next command
that it was interrupted: it moves what was aside back.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.edition_date import edition_date
from factpress.problems import FileError, ToolError
from factpress.settings import Settings

STAGING = ".staging"
JOURNAL = ".publishing.json"
RECORD = "editions.json"
PRIVATE = (".buildinfo", ".doctrees", ".buildinfo.bak", "objects.inv")  #: of Sphinx, of no use to a reader


def publish(settings: Settings, outputs: Mapping[str, Path]) -> list[Path]:
    """Publish outputs (name in build/: where it was made) and return their paths; any failure restores the old ones."""
    build = settings.build
    staging = build / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    try:
        for name, made in outputs.items():
            _copy(made, staging / "new" / name)
        record = _record(settings, outputs, staging / "new")
        write_atomically(staging / "new" / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")
        (staging / "old").mkdir()
        stood = {name: (build / name).exists() for name in (*outputs, RECORD)}
        write_atomically(build / JOURNAL, json.dumps(stood))
        for name, stands in stood.items():
            if stands:
                (build / name).rename(staging / "old" / name)
            (staging / "new" / name).rename(build / name)
        (build / JOURNAL).unlink()
    except OSError as error:
        recover(build)
        raise FileError(
            f"{error.filename} cannot be published: {error.strerror}.", "The old editions stand."
        ) from error
    except BaseException:
        recover(build)
        raise
    shutil.rmtree(staging, ignore_errors=True)
    return [build / name for name in outputs]


def recover(build: Path) -> bool:
    """Undo a publishing that was interrupted; return whether there was one."""
    journal = build / JOURNAL
    if not journal.is_file():
        return False
    old = build / STAGING / "old"
    # may be interrupted too: what stood before is never removed unless it can be moved back
    for name, stood in json.loads(journal.read_text(encoding="utf-8")).items():
        if not stood or (old / name).exists():
            _remove(build / name)
        if (old / name).exists():
            (old / name).rename(build / name)
    journal.unlink()
    shutil.rmtree(build / STAGING, ignore_errors=True)
    return True


@contextmanager
def locked(build: Path) -> Iterator[None]:
    """Keep every other build out of this folder until the end of the block."""
    with (build / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ToolError("Another build is at work in build/.", "Wait for it, or stop it.") from error
        yield


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and digests of a folder's files."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    found = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        found.update(f"{file.relative_to(path).as_posix()}\0{digest(file)}\n".encode())
    return found.hexdigest()


def _copy(made: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if made.is_dir():
        shutil.copytree(made, to, ignore=shutil.ignore_patterns(*PRIVATE))
    else:
        shutil.copy2(made, to)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _record(settings: Settings, outputs: Mapping[str, Path], new: Path) -> dict[str, object]:
    try:
        before = json.loads((settings.build / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    digests = {name: kept for name, kept in before.get("outputs", {}).items() if (settings.build / name).exists()}
    return {
        "date": edition_date(settings),
        "title": settings.title,
        "outputs": digests | {name: digest(new / name) for name in outputs},
    }
