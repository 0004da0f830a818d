"""Where the PDF begins to count its pages."""

import pytest

from factpress.sphinxext.builders.pdf import _classify
from factpress.sphinxext.nodes import element, make


def part(docname: str) -> element:
    made = make("section", classes="document")
    made["docname"] = docname
    return made


@pytest.mark.parametrize(
    ("documents", "place"),
    [
        (["index", "chapters/01-one", "back/claims"], 1),
        (["index", "war-in-brief", "chapters/01-one", "back/claims"], 1),
        (["index", "back/claims"], 2),
    ],
)
def test_page_1_is_the_first_page_after_the_title_page(documents: list[str], place: int) -> None:
    parts = [part(name) for name in documents]
    assert _classify(parts, "index") == place
    kinds = {p["docname"]: p["classes"] for p in parts}
    assert "title-page" in kinds["index"] and "front" in kinds["index"]
    assert all("chapter" in kinds[name] for name in documents if name.startswith("chapters/"))
    assert "front" not in kinds.get("war-in-brief", [])
