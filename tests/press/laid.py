"""What the tests of the press say about a PDF: where it is, how it was laid out, where its words stand."""

from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject

from factpress.press.layout.html_to_pdf import Layout


@dataclass(frozen=True)
class Laid:
    pdf: Path
    layout: Layout


def placed(page: PageObject) -> list[tuple[str, float, float]]:
    """Return the pieces of text on a page with where they stand, in points from its lower left corner."""
    found: list[tuple[str, float, float]] = []

    def note(text: str, matrix: list[float], at: list[float], *_: object) -> None:
        x = matrix[0] * at[4] + matrix[2] * at[5] + matrix[4]
        y = matrix[1] * at[4] + matrix[3] * at[5] + matrix[5]
        if text.strip():
            found.append((text.strip(), x, y))

    page.extract_text(visitor_text=note)
    return found
