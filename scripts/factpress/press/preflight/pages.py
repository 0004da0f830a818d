"""Pages that are empty and images that are too coarse to print; and how a problem names a page and a line on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Pdf

from factpress.model.place import Place
from factpress.press.preflight.page_content import NO_MCID, PageContent
from factpress.problems import Problem, problem

LONGEST_QUOTE = 40  #: characters that a problem quotes of a line
MIN_RESOLUTION = 200  #: pixels an inch that a picture in print needs


class PageProblems:
    """The pages of a PDF, named as in `p. 12 (page 20 of 310)`; the line of a problem's place is the page."""

    def __init__(self, pdf: Pdf, file: str) -> None:
        """Take the numbers that are printed on the pages; `file` is how the PDF is called."""
        self.file, self.labels = file, [str(page.label) for page in pdf.pages]

    def problem(self, code: str, page: int, **values: object) -> Problem:
        """Return a problem on a page, counted from 1."""
        named = f"P. {self.labels[page - 1]} (page {page} of {len(self.labels)})"
        return problem(code, Place(self.file, page), page=named, **values)


def first_words(text: str) -> str:
    """Return the first words of a text, enough to find it on its page."""
    short = " ".join(text.split())
    return short if len(short) <= LONGEST_QUOTE else short[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def empty_pages(contents: Sequence[PageContent], labels: PageProblems) -> Iterator[Problem]:
    """Yield pages with nothing on them but a running head; one at the left before the next part is meant."""
    empty = [
        not content.images and not content.figure_ids and all(run.mcid == NO_MCID for run in content.runs)
        for content in contents
    ]
    for number, nothing in enumerate(empty, 1):
        meant = number % 2 == 0 and number < len(contents) and not empty[number]
        if nothing and not meant:
            yield labels.problem("pdf-page-empty", number)


def coarse_images(contents: Sequence[PageContent], labels: PageProblems) -> Iterator[Problem]:
    """Yield images that have too few pixels for their size."""
    for number, content in enumerate(contents, 1):
        for image in content.images:
            if image.resolution < MIN_RESOLUTION:
                size = "{} × {}".format(*image.pixels)
                yield labels.problem(
                    "pdf-picture-coarse", number, size=size, dpi=round(image.resolution), limit=MIN_RESOLUTION
                )
