"""What a build leaves in build/.work for the next one: reused only if it is as a complete build left it.

Sphinx writes its files where they stand, so a kill or a full disk leaves some of them empty or cut, and an empty
`.buildinfo` or a cut doctree ends every later build in a stack trace. Here a build is begun and finished: what was
not finished, was changed since, or was made by other tools or settings, is made again. What is written atomically and
checked by its reader is kept.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.settings import Settings

MANIFEST = "manifest.json"  #: size and time of each file that the last build left; not there while a build is at work
DOCTREES = "doctrees"
#: folders of the PDF that hold laid-out parts: each is a file of its own, written atomically, found by its content
PART_FOLDERS = ("parts",)
COPIED_FOLDERS = ("_static", "_downloads")  #: folders that Sphinx fills again in each build, and takes nothing out of
FACES = ("fonts",)  #: in `_static`; they take long to make, and the same tools make the same ones
EDITIONS = ("html", "pdf", "epub")


def begin_build(settings: Settings, tools: str) -> bool:
    """Prepare build/.work for a build; return whether what the last one left can be reused.

    `tools` is a digest of what makes the files beside the book: another version may leave out what stands there.
    """
    work = settings.work
    work.mkdir(parents=True, exist_ok=True)
    sound = _read(work / MANIFEST) == _manifest(settings, tools)
    (work / MANIFEST).unlink(missing_ok=True)
    for folder in (DOCTREES, *EDITIONS):
        if not sound:
            _clear(work / folder, PART_FOLDERS)
        for name in COPIED_FOLDERS:
            _clear(work / folder / name, FACES)
    return sound


def finish_build(settings: Settings, tools: str) -> None:
    """Write the manifest of a complete build, so that the next one may reuse what it left."""
    write_atomically(settings.work / MANIFEST, json.dumps(_manifest(settings, tools), indent=0, sort_keys=True))


def _read(manifest: Path) -> object:
    try:
        return json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _manifest(settings: Settings, tools: str) -> dict[str, object]:
    return {"tools": tools, "settings": repr(replace(settings, root=Path())), "files": _states(settings.work)}


def _states(work: Path) -> dict[str, list[int]]:
    """Return size and time of modification (ns) of each file that a builder wrote, by its path."""
    files = (file for folder in (DOCTREES, *EDITIONS) for file in _files(work / folder))
    states = ((file.relative_to(work).as_posix(), file.lstat()) for file in files)
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states}


def _files(folder: Path) -> Iterable[Path]:
    return (
        file
        for file in folder.rglob("*")
        if not file.is_dir() and file.relative_to(folder).parts[0] not in PART_FOLDERS
    )


def _clear(folder: Path, kept: Sequence[str]) -> None:
    for path in _children(folder):
        if path.name in kept:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _children(folder: Path) -> Iterator[Path]:
    if folder.is_symlink():
        folder.unlink()  # its target is not ours to clear
    return folder.iterdir() if folder.is_dir() else iter(())
