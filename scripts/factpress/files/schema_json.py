"""The schema beside the ledger, which editors read: generated, never edited."""

from __future__ import annotations

from pathlib import Path

from factpress.model.schema import ledger_schema
from factpress.settings import Settings


def schema_file(settings: Settings) -> Path:
    """Return where the schema lies."""
    return settings.docs / "claims" / "ledger.schema.json"


def is_current(settings: Settings) -> bool:
    """Return whether the file is what the records' declarations say; a missing one is not."""
    try:
        return schema_file(settings).read_text(encoding="utf-8") == ledger_schema()
    except (OSError, UnicodeDecodeError):
        return False
