"""What somebody wrote and has not saved: kept in the work folder, one file a claim and kind of draft."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factpress.files.atomic import write_atomically

_PLAIN = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """Texts by field, with what they were written against."""

    base: str  #: digest of the content that was on the screen
    values: Mapping[str, Any]


class Drafts:
    """The drafts of one person at one book; a draft is there until it is saved or discarded, whatever stops."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made with the first draft."""
        self.folder = folder

    def read(self, claim: str, kind: str) -> Draft | None:
        """Return the draft of a claim, `note` or `edit`, None where there is none that can be read."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            data = json.loads(self._file(claim, kind).read_text(encoding="utf-8"))
            return Draft(str(data["base"]), dict(data["values"]))
        return None

    def write(self, claim: str, kind: str, draft: Draft) -> None:
        """Keep a draft; one without any text is removed.

        Raises:
            FileError: it cannot be written.
        """
        if not any(draft.values.values()):
            return self.discard(claim, kind)
        text = json.dumps({"base": draft.base, "values": dict(draft.values)}, ensure_ascii=False, indent=1)
        write_atomically(self._file(claim, kind), text + "\n")
        return None

    def discard(self, claim: str, kind: str) -> None:
        """Remove a draft, if there is one."""
        with contextlib.suppress(FileNotFoundError):
            self._file(claim, kind).unlink()

    def claims(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the claims that have a draft of a kind, sorted."""
        return tuple(sorted(path.name.removesuffix(f".{kind}.json") for path in self.folder.glob(f"*.{kind}.json")))

    def _file(self, claim: str, kind: str) -> Path:
        assert _PLAIN.fullmatch(claim) and _PLAIN.fullmatch(kind), (claim, kind)
        return self.folder / f"{claim}.{kind}.json"
