"""A build after any order of edits writes the bytes of a clean build."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from workshop import ALL, Workshop

CHAPTER, OTHER, INDEX = "docs/chapters/01-building.md", "docs/chapters/02-today.md", "docs/index.md"
PRIVATE = (".buildinfo", ".buildinfo.bak")  #: Sphinx's, never published


def written(workshop: Workshop) -> dict[str, bytes]:
    """Return every file of the three editions."""
    return {
        file.relative_to(workshop.out).as_posix(): file.read_bytes()
        for kind in ALL
        for file in sorted((workshop.out / kind).rglob("*"))
        if file.is_file() and file.name not in PRIVATE
    }


def build(workshop: Workshop) -> dict[str, bytes]:
    for kind in ALL:
        assert workshop.build(kind).warnings == ""
    return written(workshop)


def clean(workshop: Workshop) -> dict[str, bytes]:
    """Return what a build with nothing kept writes of the same book."""
    shutil.rmtree(workshop.root / "build")
    (workshop.root / "build" / ".work").mkdir(parents=True)
    other = workshop.beside("clean")
    shutil.rmtree(other.out, ignore_errors=True)
    return build(other)


def differences(ours: dict[str, bytes], theirs: dict[str, bytes]) -> list[str]:
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))


class Editor:
    """Makes edits that leave the book without problems, in an order that depends on the seed."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.random = root, random.Random(seed)
        self.before: dict[str, str] = {}  #: text of each file before its first edit; empty: it was not there
        self.made = 0

    def edit(self) -> str:
        """Make one edit and return what it was."""
        edits = [self.add_paragraph, self.add_section, self.change_title, self.add_page, self.undo]
        return self.random.choice(edits)()

    def add_paragraph(self) -> str:
        return self._replace(self._chapter(), "\n\n", f"\n\n{{.connective}}\n{self._word()} stood there.\n\n")

    def add_section(self) -> str:
        end = "\n## What the sources say"
        return self._replace(self._chapter(), end, f"\n## {self._word()}\n{end}")

    def change_title(self) -> str:
        return self._replace(self._chapter(), "# ", f"# {self._word()} ")

    def add_page(self) -> str:
        self._write("docs/back/more.md", f"# {self._word()}\n\nText of a page that comes and goes.\n")
        if "back/more" in (self.root / INDEX).read_text(encoding="utf-8"):
            return "change a page"
        return self._replace(INDEX, "back/references", "back/references\nback/more")

    def undo(self) -> str:
        """Put every file back as it was."""
        for name, text in self.before.items():
            if text:
                (self.root / name).write_text(text, encoding="utf-8")
            else:
                (self.root / name).unlink()
        self.before = {}
        return "undo"

    def _chapter(self) -> str:
        return self.random.choice([CHAPTER, OTHER])

    def _replace(self, name: str, old: str, new: str) -> str:
        text = (self.root / name).read_text(encoding="utf-8")
        self._write(name, text.replace(old, new, 1))
        return f"{name}: {new.strip()}"

    def _write(self, name: str, text: str) -> None:
        file = self.root / name
        self.before.setdefault(name, file.read_text(encoding="utf-8") if file.exists() else "")
        file.write_text(text, encoding="utf-8")

    def _word(self) -> str:
        self.made += 1
        return f"Quagga{'abcdefghij'[self.made % 10]}"


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_edits_ends_in_the_bytes_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    workshop = Workshop(tmp_path, study=bool(seed % 2))
    build(workshop)
    editor = Editor(workshop.root, seed)
    done = []
    for _ in range(3):
        done.append(editor.edit())
        ours = build(workshop)
    done.append(editor.undo())
    ours = build(workshop)
    assert differences(ours, clean(workshop)) == [], done
