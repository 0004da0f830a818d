"""Writes the files of a book in their one canonical form, and the schemas beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from factpress.files.atomic import write_atomically
from factpress.files.bibtex.fix import AppliedFix, fix_file
from factpress.files.ledger import claim_files, study_aid_files
from factpress.files.link_record.lock import LOCK_NAME, read_lock
from factpress.files.text import read_text, relative_name
from factpress.files.yaml.writer import format_text
from factpress.model.links.redirects import https_twins
from factpress.model.schema import ledger_schema, study_aids_schema
from factpress.model.subject import load_subjects, study_files
from factpress.problems import Problem, sorted_problems
from factpress.settings import Settings


def texts_to_write(settings: Settings) -> tuple[dict[Path, str], list[Problem]]:
    """Return the new text of every file that is not in canonical form; files with problems are left alone."""
    claims, article = settings.docs / "claims", settings.docs / "article"
    beside = [claims / "people.yaml", claims / "signoffs.yaml", article / "outline.yaml", article / "provenance.yaml"]
    changed: dict[Path, str] = {}
    subjects = load_subjects(settings.subjects)
    study = study_files(subjects)
    problems: list[Problem] = []
    optional = [
        claims / "seen.yaml",
        claims / "history.yaml",
        article / "draft.yaml",
        *study_aid_files(settings.docs, subjects).values(),
        settings.docs / "figures/figures.yaml",
    ]
    for path in [*claim_files(claims), *beside, *(path for path in optional if path.exists())]:
        text, file_problems = read_text(path, settings.root)
        problems += file_problems
        if text is not None:
            written, file_problems = format_text(text, relative_name(path, settings.root), study)
            problems += file_problems
            # a byte order mark and the line ends of other systems are not canonical either
            if not file_problems and path.read_bytes() != written.encode():
                changed[path] = written
    return changed | outdated_schemas(settings), sorted_problems(problems)


def write_canonical(settings: Settings) -> tuple[list[str], list[Problem]]:
    """Write what is not in canonical form; return the names of the files written, and the problems of the others.

    Raises:
        FileError: a file cannot be written.
    """
    changed, problems = texts_to_write(settings)
    for path, text in changed.items():
        write_atomically(path, text)
    return [relative_name(path, settings.root) for path in changed], problems


@dataclass(frozen=True, slots=True)
class FixedBook:
    """The corrections in the files of a book."""

    written: list[str]  #: names of files
    changes: list[AppliedFix]  #: in the bibliography
    problems: list[Problem]  #: why a bibliography was left alone

    @property
    def lines(self) -> list[str]:
        """Return what was done, a line each."""
        return [*(f"{change}." for change in self.changes), *(f"Wrote {name}." for name in self.written)]


def fix_book(settings: Settings) -> FixedBook:
    """Return the corrections of all files, written: canonical form, and values and order of the bibliography.

    Raises:
        FileError: a file cannot be written.
    """
    written, _ = write_canonical(settings)  # the check reports again what could not be read
    file = settings.root / "references.bib"
    if not file.is_file():
        return FixedBook(written, [], [])
    recorded, _ = read_lock(settings.docs / "claims" / LOCK_NAME, settings.root)
    fixed = fix_file(file, file.name, https_twins(recorded))
    return FixedBook([*written, *([file.name] if fixed.changes else [])], fixed.changes, fixed.problems)


def outdated_schemas(settings: Settings) -> dict[Path, str]:
    """Return the schemas that are missing or not what the declarations say, with their text."""
    wanted: dict[Path, str] = {}
    if (claims := settings.docs / "claims").is_dir():
        wanted[claims / "ledger.schema.json"] = ledger_schema()
    subjects = load_subjects(settings.subjects)
    if any(path.exists() for path in study_aid_files(settings.docs, subjects).values()):
        wanted[settings.docs / "back" / "study.schema.json"] = study_aids_schema(study_files(subjects))
    return {path: text for path, text in wanted.items() if not _holds(path, text)}


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
