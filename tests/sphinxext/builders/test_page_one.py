"""Which parts of a volume are front matter, chapters and back matter."""

import pytest

from factpress.sphinxext.builders.pdf import _classify
from factpress.sphinxext.nodes import element, make


def part(docname: str) -> element:
    made = make("section", classes="document")
    made["docname"] = docname
    return made


@pytest.mark.parametrize(
    ("documents", "kinds"),
    [
        (["index", "chapters/01-one", "back/claims"], ["front", "chapter", "back"]),
        (["index", "war-in-brief", "chapters/01-one", "back/claims"], ["front", "front", "chapter", "back"]),
        (["index", "chapters/01-one", "back/claims", "chapters/02-two"], ["front", "chapter", "back", "chapter"]),
        (["index", "back/claims"], ["front", "front"]),
    ],
)
def test_what_stands_before_the_first_chapter_is_front_matter_and_what_follows_it_back_matter(
    documents: list[str], kinds: list[str]
) -> None:
    parts = [part(name) for name in documents]
    _classify(parts, "index")
    classes = [[name for name in made["classes"] if name != "document"] for made in parts]
    assert classes == [[kinds[0], "title-page"], *([kind] for kind in kinds[1:])]
