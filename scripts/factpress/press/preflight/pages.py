"""How a problem names a page of a PDF, and a line on it."""

from __future__ import annotations

from pikepdf import Pdf

from factpress.model.place import Place
from factpress.problems import Problem, problem

LONGEST = 40  #: signs that a problem quotes of a line


class Pages:
    """The pages of a PDF, named as in `p. 12 (page 20 of 310)`; the line of a problem's place is the page."""

    def __init__(self, pdf: Pdf, file: str) -> None:
        """Take the numbers that are printed on the pages; `file` is how the PDF is called."""
        self.file, self.labels = file, [str(page.label) for page in pdf.pages]

    def problem(self, code: str, page: int, **values: object) -> Problem:
        """Return a problem on a page, counted from 1."""
        named = f"P. {self.labels[page - 1]} (page {page} of {len(self.labels)})"
        return problem(code, Place(self.file, page), page=named, **values)


def words(text: str) -> str:
    """Return the first words of a text, enough to find it on its page."""
    short = " ".join(text.split())
    return short if len(short) <= LONGEST else short[:LONGEST].rsplit(" ", 1)[0] + " …"
