"""The inputs of the editions, as digests: a build whose inputs have not changed has nothing to do.

An input is a file of the book, a setting, the edition's date, our own code, the version of an installed package, of
Python, of Pango or of HarfBuzz. What is compared stands in editions.json, beside the digests of what was made.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from factpress.build.publish import EditionsRecord, output_digest, read_record
from factpress.files.edition_date import edition_date
from factpress.press.layout.versions import drawing_versions
from factpress.settings import Settings
from factpress.volumes import VOLUMES, requested_volumes, volume_named

EDITIONS = ("html", "pdf", "epub")
MARKED = ("html", "epub")  #: editions whose text names the pages of the booklet
FOLDERS_LEFT_OUT = ("manual", "_build")  #: folders of docs/ that no edition shows


def output_names(settings: Settings, edition: str) -> list[str]:
    """Return the names of an edition's outputs in build/; a volume on request is an edition of its own."""
    name = settings.name
    if edition == "pdf":
        return [file for volume in VOLUMES if not volume.on_request for file in volume.files(settings)]
    if edition in EDITIONS:
        return {"html": ["html"], "epub": [f"{name}.epub"]}[edition]
    return volume_named(edition).files(settings)


def requested_editions(settings: Settings, editions: Iterable[str]) -> list[str]:
    """Return the editions as the record lists them: with the PDF, the volumes that are made on request."""
    asked = [volume.name for volume in requested_volumes(settings) if volume.on_request]
    return [
        name
        for edition in EDITIONS
        if edition in editions
        for name in ([edition, *asked] if edition == "pdf" else [edition])
    ]


def stale_editions(settings: Settings, editions: Sequence[str], book: str) -> list[str]:
    """Return which of these editions have to be made: their inputs or their outputs have changed.

    `book` is what `digest_of_book` returns.
    """
    record = read_record(settings.build)
    inputs = digest_of_inputs(book, settings, record.outside)
    return [
        edition
        for edition in editions
        if not _is_current(settings, edition, record, inputs)
        or _lacks_marks(settings, edition, record, editions)
        or (edition == "html" and not _site_holds(settings, editions, record, inputs))
    ]


def _site_holds(settings: Settings, editions: Sequence[str], record: EditionsRecord, inputs: str) -> bool:
    """Return whether the published site has a copy of each other edition that stands or is asked for, as it stands."""
    standing = [edition for edition, known in record.inputs.items() if known == inputs]
    others = [
        name
        for edition in dict.fromkeys((*editions, *standing))
        if edition != "html"
        for name in output_names(settings, edition)
    ]
    copies = ((settings.build / "html" / name, record.outputs.get(name)) for name in others)
    return all(copy.is_file() and digest in (None, output_digest(copy)) for copy, digest in copies)


def current_booklet(settings: Settings, editions: Iterable[str], book: str) -> Path | None:
    """Return the booklet whose pages the other editions name: that just made, or one that stands and is of the same.

    `editions` are those that were made; `book` is what `digest_of_book` returns.
    """
    name = f"{settings.name}.pdf"
    if "pdf" in editions:
        return settings.work / "pdf" / name
    return None if stale_editions(settings, ["pdf"], book) else settings.build / name


def _lacks_marks(settings: Settings, edition: str, record: EditionsRecord, editions: Sequence[str]) -> bool:
    """Return whether an edition does not name the pages of the booklet that stands or is about to be made."""
    if edition not in MARKED:
        return False
    booklet = record.outputs.get(f"{settings.name}.pdf", "")
    marks = record.marks.get(edition, "")
    if "pdf" in editions and not booklet:
        return True
    return bool(booklet) and record.inputs.get("pdf") == record.inputs.get(edition) and marks != booklet


def _is_current(settings: Settings, edition: str, record: EditionsRecord, inputs: str) -> bool:
    outputs = output_names(settings, edition)
    return record.inputs.get(edition) == inputs and all(
        (settings.build / name).exists() and record.outputs.get(name) == output_digest(settings.build / name)
        for name in outputs
    )


def digest_of_book(settings: Settings) -> str:
    """Return one SHA-256 of all inputs of the editions, but for files that only Sphinx knows of."""
    return _digest(_inputs(settings))


def digest_of_tools() -> str:
    """Return one SHA-256 of the tools: our code, packages, Python, and the libraries of `drawing_versions`."""
    python = f"Python {platform.python_version()} {sys.implementation.cache_tag} {platform.machine()}"
    return _digest([*_package_digest(), *_packages(), python, *_drawing()])


def digest_of_inputs(book: str, settings: Settings, outside: Iterable[str]) -> str:
    """Return `digest_of_book` joined with the files outside of docs/ that Sphinx read, by their paths from the root."""
    lines = [line for name in sorted(outside) for line in _file(settings.root, settings.root / name)]
    return _digest([book, *lines]) if lines else book


def _digest(lines: Iterable[str]) -> str:
    total = hashlib.sha256()
    for line in lines:
        total.update(f"{line}\n".encode(errors="surrogateescape"))
    return total.hexdigest()


def _inputs(settings: Settings) -> Iterator[str]:
    # volumes on request are editions of their own in the record
    for field in dataclasses.fields(settings):
        if field.name not in ("root", "large_print", "chapter_handouts"):
            yield f"{field.name} = {getattr(settings, field.name)!r}"
    yield f"date {edition_date(settings)}"
    yield from _files(settings.root, [settings.docs, *sorted(settings.root.glob("*.bib"))])
    yield digest_of_tools()


def _files(root: Path, starts: Iterable[Path]) -> Iterator[str]:
    """Yield the path and digest of each file, in order of the paths."""
    for start in starts:
        for folder, folders, names in os.walk(start):
            left_out = FOLDERS_LEFT_OUT if folder == str(start) else ()
            folders[:] = sorted(name for name in folders if name != "__pycache__" and name not in left_out)
            for name in sorted(names):
                yield from _file(root, Path(folder, name))
        if start.is_file():
            yield from _file(root, start)


def _file(root: Path, path: Path) -> Iterator[str]:
    try:
        content = path.read_bytes()
    except OSError as error:  # the build reports it if it matters
        yield f"{path.relative_to(root).as_posix()} {error.strerror}"
    else:
        yield f"{path.relative_to(root).as_posix()} {hashlib.sha256(content).hexdigest()}"


def _package_digest() -> Iterator[str]:
    yield f"factpress {_digest(_files(_PACKAGE, [_PACKAGE]))}"


def _packages() -> Iterator[str]:
    """Yield names and versions of installed packages, as the names of their metadata folders have them."""
    # importlib.metadata opens a file of each package, which takes ten times as long
    names = {name for folder in dict.fromkeys(sys.path) if folder for name in _listed(folder)}
    yield from sorted(names)


def _listed(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir() if path.suffix in (".dist-info", ".egg-info")]
    except OSError:
        return []


def _drawing() -> Iterator[str]:
    yield from (f"{name} {version}" for name, version in drawing_versions().items())


_PACKAGE = Path(__file__).parents[1]
