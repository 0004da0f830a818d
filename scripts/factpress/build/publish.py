"""Publishing: each file or folder in build/ is the old one or the new one, whatever interrupts it.

Everything is copied beside its target and flushed to the disk first. Then a journal is written, every output is
exchanged with its new version, editions.json last, and the journal removed. A journal that is still there tells the
next command, whichever it is, that a publishing was interrupted: it puts the old outputs back.

The journal is a file that anything may have cut or written: only plain names of outputs are taken from it.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.edition_date import edition_date
from factpress.problems import FileError, ToolError
from factpress.settings import Settings

STAGING = ".staging"
JOURNAL = ".publishing.json"
UNREAD = ".publishing-unread.json"  #: a journal that could not be read, for people to look at
RECORD = "editions.json"
LOCK = ".lock"
JOURNAL_FORMAT = 2  #: of the journal
OUTPUT = re.compile(r"html|editions\.json|[^./\\\x00][^/\\\x00]*\.(?:pdf|epub)")  #: what an output may be called
SPHINX_FILES = (".buildinfo", ".doctrees", ".buildinfo.bak")  #: of Sphinx, of no use to a reader
#: what a web server and every reader may read, whatever the umask of the build
FILE_MODE, FOLDER_MODE = 0o644, 0o755
AT_FDCWD, RENAME_EXCHANGE = -100, 2  #: renameat2(2)
RENAME_SWAP = 2  #: renamex_np(2) of macOS


@dataclass(frozen=True, slots=True)
class EditionsRecord:
    """The digests in editions.json, without date and title."""

    inputs: Mapping[str, str]  #: digest of what went in, by edition
    outputs: Mapping[str, str]  #: digest of each output, by its name in build/
    outside: tuple[str, ...]  #: files outside of docs/ that Sphinx read, from the root
    marks: Mapping[str, str] = field(default_factory=dict)  #: digest of the booklet whose pages an edition names


def publish_outputs(
    settings: Settings,
    outputs: Mapping[str, Path],
    inputs: Mapping[str, str] | None = None,
    outside: Iterable[str] = (),
    marks: Mapping[str, str] | None = None,
) -> list[Path]:
    """Publish outputs (name in build/: where it was made) and return their paths; any failure restores the old ones.

    `inputs` is a digest of what went in, by edition; `outside` are the files of it that stand outside of docs/; `marks`
    is the digest of the booklet whose pages an edition names, by edition.

    Raises:
        FileError: something cannot be copied, written or moved; what stood before stands again.
    """
    build = settings.build
    staging = build / STAGING
    try:
        _remove(staging)
        for name, made in outputs.items():
            _copy(made, staging / "new" / name)
        record = _record(settings, outputs, staging / "new") | {"outside": sorted(outside)}
        standing = read_record(build)
        record["inputs"] = {**standing.inputs, **(inputs or {})}
        record["marks"] = {**standing.marks, **(marks or {})}
        write_atomically(staging / "new" / RECORD, json.dumps(record, indent=1, sort_keys=True) + "\n")
        (staging / "old").mkdir()
        _flush(staging)
        moves = {name: (build / name).exists() for name in (*outputs, RECORD)}
        _write_journal(build, {name: (stood, _inode(staging / "new" / name)) for name, stood in moves.items()})
        for name, stood in moves.items():
            if stood:
                _swap(staging / "new" / name, build / name, staging / "old" / name)
            else:
                _rename(staging / "new" / name, build / name)
        _flush_folder(build)
        _unlink(build / JOURNAL)
    except OSError as error:
        undo_interrupted(build)
        raise FileError(
            f"{error.filename} cannot be published: {error.strerror}.", "The old editions stand."
        ) from error
    except BaseException:
        undo_interrupted(build)
        raise
    finally:
        if not was_interrupted(build):  # else the old outputs are in there
            shutil.rmtree(staging, ignore_errors=True)
    return [build / name for name in outputs]


def make_build_folder(build: Path) -> None:
    """Make build/ with mode 755, whatever the umask; an existing folder keeps its mode."""
    if not build.is_dir():
        build.mkdir(parents=True)
        build.chmod(FOLDER_MODE)


def undo_interrupted(build: Path) -> str:
    """Undo a publishing that was interrupted and return a sentence that says so, empty if there was none.

    A journal that cannot be read is moved aside, as `UNREAD`: outputs that are missing are taken from what had been
    moved away, and the digests of editions.json tell the next build which of the others have to be made again.
    """
    journal, staging = build / JOURNAL, build / STAGING
    if not os.path.lexists(journal):
        return ""
    moves = _read_journal(journal)
    for name, (stood, inode) in (_moved_aside(staging) if moves is None else moves).items():
        _undo(name, stood, inode, build)
    if moves is None:
        _remove(build / UNREAD)
        _rename(journal, build / UNREAD)
    else:
        _remove(journal)
    _remove(staging)
    if moves is not None:
        return "A publishing that was interrupted has been undone: the old editions stand."
    return f"The journal of a publishing could not be read; it is {UNREAD} now. The next build makes what is missing."


def was_interrupted(build: Path) -> bool:
    """Return whether a publishing was interrupted and not undone yet."""
    return os.path.lexists(build / JOURNAL)


@contextmanager
def build_lock(build: Path) -> Iterator[None]:
    """Keep every other build out of this folder until the end of the block.

    Raises:
        ToolError: another build is at work.
    """
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(build / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise ToolError("Another build is at work in build/.", "Wait for it, or stop it.") from error
    try:
        yield
    finally:
        lock.release()


def output_digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and digests of a folder's files."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    total = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        total.update(f"{file.relative_to(path).as_posix()}\0{output_digest(file)}\n".encode())
    return total.hexdigest()


def read_record(build: Path) -> EditionsRecord:
    """Return the digests in editions.json; none where it is missing, cut or not ours."""
    try:
        data = json.loads((build / RECORD).read_text(encoding="utf-8"))
        inputs, outputs = ({str(k): str(v) for k, v in data[name].items()} for name in ("inputs", "outputs"))
        marks = {str(k): str(v) for k, v in data.get("marks", {}).items()}
        return EditionsRecord(inputs, outputs, tuple(str(name) for name in data["outside"]), marks)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return EditionsRecord({}, {}, ())


def _record(settings: Settings, outputs: Mapping[str, Path], new: Path) -> dict[str, object]:
    standing = read_record(settings.build).outputs.items()
    kept = {name: value for name, value in standing if OUTPUT.fullmatch(name) and (settings.build / name).exists()}
    return {
        "date": edition_date(settings),
        "title": settings.title,
        "outputs": kept | {name: output_digest(new / name) for name in outputs},
    }


# the journal


def _write_journal(build: Path, moves: Mapping[str, tuple[bool, int]]) -> None:
    outputs = {name: {"stood": stood, "inode": inode} for name, (stood, inode) in moves.items()}
    write_atomically(build / JOURNAL, json.dumps({"format": JOURNAL_FORMAT, "outputs": outputs}))
    _flush_file(build / JOURNAL)
    _flush_folder(build)


def _read_journal(journal: Path) -> dict[str, tuple[bool, int]] | None:
    """Return the outputs of a journal: whether each stood before, and the inode of its new version; None if unsound."""
    try:
        data = json.loads(journal.read_text(encoding="utf-8"))
        if data["format"] != JOURNAL_FORMAT or not all(OUTPUT.fullmatch(name) for name in data["outputs"]):
            return None
        return {name: (bool(move["stood"]), int(move["inode"])) for name, move in data["outputs"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _moved_aside(staging: Path) -> dict[str, tuple[bool, int]]:
    """Return the outputs that were moved aside, which an unreadable journal must have listed."""
    try:
        return {path.name: (True, 0) for path in (staging / "old").iterdir() if OUTPUT.fullmatch(path.name)}
    except OSError:
        return {}


def _undo(name: str, stood: bool, inode: int, build: Path) -> None:
    """Put the old version of an output back, wherever the exchange was interrupted, this undoing included."""
    target, new, old = build / name, build / STAGING / "new" / name, build / STAGING / "old" / name
    if os.path.lexists(target) and _inode(target) == inode:  # the new version stands there
        if not stood:
            _remove(target)
        elif old.exists():
            _rename(target, new)
        elif new.exists():
            _swap(new, target, old)
    if old.exists() and not os.path.lexists(target):
        _rename(old, target)


# moves


def _swap(new: Path, target: Path, old: Path) -> None:
    """Exchange `new` and `target` in one step where the system can; else move `target` to `old` and `new` there."""
    if not _exchange(new, target):
        _rename(target, old)
        _rename(new, target)


def _exchange(path: Path, other: Path) -> bool:
    """Exchange two files or folders in one step; return whether this system and file system can."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = (os.fsencode(path), os.fsencode(other))
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        return bool(library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)  # type: ignore[union-attr]
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*names, RENAME_SWAP) == 0)  # type: ignore[union-attr]
    return False


def _rename(path: Path, target: Path) -> None:
    path.rename(target)


def _unlink(path: Path) -> None:
    path.unlink()


def _inode(path: Path) -> int:
    return path.lstat().st_ino


def _remove(path: Path) -> None:
    # a link is removed, never followed
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# what is staged


def _copy(made: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if made.is_dir():
        shutil.copytree(made, to, ignore=shutil.ignore_patterns(*SPHINX_FILES), copy_function=shutil.copyfile)
    else:
        shutil.copyfile(made, to)
    for path in [to, *to.rglob("*")]:
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def _flush(folder: Path) -> None:
    """Write a folder through to the disk, so that no crash leaves a name without its content."""
    for path in folder.rglob("*"):
        (_flush_folder if path.is_dir() else _flush_file)(path)
    _flush_folder(folder)


def _flush_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    with contextlib.suppress(PermissionError):  # Windows opens no folder, and needs none opened
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
