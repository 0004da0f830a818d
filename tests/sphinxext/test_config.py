"""What editions say of publisher, licence and article comes from the settings of a book, and from nowhere else."""

from __future__ import annotations

import pytest
from workshop import BOTH, Workshop, text_of

LICENCE = 'licence = "CC BY 4.0"\nlicence-url = "https://creativecommons.org/licenses/by/4.0/legalcode"\n'
ARTICLE = 'article = "an AI-assisted article"\n'


def rights(workshop: Workshop, kind: str) -> str:
    edition = workshop.build(kind)
    assert edition.warnings == ""
    if kind == "html":
        return text_of(edition.page("chapters/02-today").xpath("//footer/p")[0])
    package = (edition.folder / "content.opf").read_text(encoding="utf-8")
    return package.partition("<dc:rights>")[2].partition("</dc:rights>")[0]


@pytest.mark.parametrize("kind", BOTH)
def test_the_licence_of_a_book_is_named(workshop: Workshop, kind: str) -> None:
    workshop.edit("pyproject.toml", 'licence = "CC BY 4.0"', 'licence = "CC BY-SA 4.0"')
    assert ", The Arden Schools. Text CC BY-SA 4.0." in rights(workshop, kind)


@pytest.mark.parametrize("kind", BOTH)
def test_without_a_licence_none_is_named(workshop: Workshop, kind: str) -> None:
    workshop.edit("pyproject.toml", LICENCE, "")
    said = rights(workshop, kind)
    assert ", The Arden Schools." in said
    assert "Text" not in said and "CC BY" not in said and "code" not in said


def test_the_licence_of_the_tools_is_named_where_the_web_site_is(workshop: Workshop) -> None:
    workshop.edit("pyproject.toml", LICENCE, f'{LICENCE}code-licence = "MIT"\n')
    assert ", The Arden Schools. Text CC BY 4.0, code MIT." in rights(workshop, "html")


def test_the_title_page_says_of_the_article_what_the_book_says(workshop: Workshop) -> None:
    workshop.edit("pyproject.toml", ARTICLE, 'article = "a lecture"\ndisclosure = "It was read aloud."\n')
    page = text_of(workshop.build("html").page("index"))
    assert "10 sentences of a lecture · " in page
    assert "It was read aloud." in page


def test_a_book_that_says_nothing_of_its_article_claims_nothing_of_it(workshop: Workshop) -> None:
    workshop.edit("pyproject.toml", ARTICLE, "")
    page = text_of(workshop.build("html").page("index"))
    assert "10 sentences of an article · " in page
    assert "names no sources" not in page and "AI" not in page.partition("10 sentences")[2].partition("·")[0]
