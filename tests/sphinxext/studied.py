"""The clean book with its study aids, a page for each kind of block, as a real book has them."""

from __future__ import annotations

from pathlib import Path

from workshop import Workshop

PAGES = {
    "treaties": "treaties",
    "timeline": "timeline",
    "glossary": "glossary-terms",
    "questions": "questions",
    "answers": "answers",
    "reading": "reading-list",
    "teachers": "teaching-times",
    "online": "online-exercises",
    "index-of-names": "book-index",
}


def studied(folder: Path) -> Workshop:
    workshop = Workshop(folder, study=True)
    (workshop.docs / "back/study.md").unlink()
    for name, kind in PAGES.items():
        workshop.write(f"docs/back/{name}.md", f"# The {name}\n\n:::{{{kind}}}\n:::\n")
    workshop.edit("docs/back/teachers.md", "\n\n:::", "\n\nPrint it with *--large-print*.\n\n:::")
    workshop.edit("docs/index.md", "back/study", "\n".join(f"back/{name}" for name in PAGES))
    return workshop
