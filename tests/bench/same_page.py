"""The pages that our own PDF is laid out from, as one page for the plain WeasyPrint command: same HTML, same CSS."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import factpress.sphinxext.builders.pdf as builder

BODY = re.compile(r"(?s)(.*<body>)(.*)(</body>.*)")


def write_same_page(folder: Path) -> list[str]:
    """Join the pages that a build left in its folder; return the command that lays them out without tags."""
    pages = [page.read_text(encoding="utf-8") for page in sorted(folder.glob("d-*.html"))]
    found = [match for match in map(BODY.fullmatch, pages) if match]
    assert found and len(found) == len(pages)
    page = folder / "same-page.html"
    page.write_text(found[0][1] + "\n".join(match[2] for match in found) + found[0][3], encoding="utf-8")
    styles = ["-s", str(folder / "faces.css"), "-s", str(builder.STYLE)]
    return [sys.executable, "-m", "weasyprint", "-q", *styles, str(page), str(folder / "same-page.pdf")]
