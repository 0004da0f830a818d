"""The schemas beside the ledger and the apparatus, which editors read: generated, never edited."""

from __future__ import annotations

from pathlib import Path

from factpress.files.study_aids import apparatus_files
from factpress.model.schema import apparatus_schema, ledger_schema
from factpress.model.subject import load_subjects, study_files
from factpress.settings import Settings


def outdated_schemas(settings: Settings) -> dict[Path, str]:
    """Return the schemas that are missing or not what the declarations say, with their text."""
    wanted: dict[Path, str] = {}
    if (claims := settings.docs / "claims").is_dir():
        wanted[claims / "ledger.schema.json"] = ledger_schema()
    subjects = load_subjects(settings.subjects)
    if any(path.exists() for path in apparatus_files(settings.docs, subjects).values()):
        wanted[settings.docs / "back" / "apparatus.schema.json"] = apparatus_schema(study_files(subjects))
    return {path: text for path, text in wanted.items() if not _holds(path, text)}


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
