"""Sources as CSL-JSON: what a citation manager is given, and what it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from factpress.files.bibtex.csl import TYPES, csl_item, csl_json
from factpress.files.bibtex.parse import read_bibliography

ENTRIES = r"""
@article{a, author = {Cha, Victor D. and others}, title = {``Rhee-straint''}, journal = {IJKS}, number = {1},
  volume = {15}, pages = {1--16}, date = {2011-03}, doi = {https://doi.org/10.1/X.y}, url = {https://example.org/a},
  urldate = {2026-11-20}, language = {korean}}
@report{b, institution = {County Archive}, title = {Accounts}, number = {7}, date = {1950~}}
@incollection{c, author = {{Roads Office} and de la Cruz, Ana and King, Jr., Martin}, editor = {Kim, Bo},
  title = {T}, booktitle = {B}, date = {1950/1953}, address = {Seoul}, publisher = {P}}
@misc{d, title = {Javascript}, url = {javascript:alert(1)}, date = {195X}}
@online{e, title = {</script><b>}, date = {1984-21}, url = {https://www.scribd.com/document/1/x}}
"""


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("csl")
    file = Path(root / "references.bib")
    file.write_text(ENTRIES, encoding="utf-8")
    sources, _ = read_bibliography([file], root)
    listed = json.loads(csl_json(sources.values()))
    assert [item["id"] for item in listed] == sorted(sources)
    return {item["id"]: item for item in listed}


def test_an_article(items: dict[str, Any]) -> None:
    assert items["a"] == {
        "id": "a",
        "type": "article-journal",
        "title": "“Rhee-straint”",
        "container-title": "IJKS",
        "volume": "15",
        "issue": "1",
        "page": items["a"]["page"],
        "DOI": "10.1/X.y",
        "URL": "https://example.org/a",
        "language": "ko",
        "issued": {"date-parts": [[2011, 3]]},
        "accessed": {"date-parts": [[2026, 11, 20]]},
        "author": [{"family": "Cha", "given": "Victor D."}],
    }
    assert items["a"]["page"].startswith("1") and items["a"]["page"].endswith("16")


def test_a_body_is_one_name_and_the_number_of_a_report_is_its_own(items: dict[str, Any]) -> None:
    assert items["b"]["author"] == [{"literal": "County Archive"}]
    assert (items["b"]["number"], items["b"].get("issue")) == ("7", None)
    assert items["b"]["issued"] == {"date-parts": [[1950]], "circa": True}


def test_names_keep_their_parts(items: dict[str, Any]) -> None:
    assert items["c"]["author"] == [
        {"literal": "Roads Office"},
        {"family": "Cruz", "given": "Ana", "non-dropping-particle": "de la"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ]
    assert items["c"]["editor"] == [{"family": "Kim", "given": "Bo"}]
    assert items["c"]["issued"] == {"date-parts": [[1950], [1953]]}
    assert items["c"]["publisher-place"] == "Seoul"


def test_an_address_that_is_none_of_the_work_is_left_out_and_text_stays_text(items: dict[str, Any]) -> None:
    assert "URL" not in items["d"]
    assert items["d"]["issued"] == {"literal": "195X"}
    assert items["e"]["title"] == "</script><b>"
    assert items["e"]["issued"] == {"date-parts": [[1984]], "season": 1}


def test_every_type_of_the_real_book_has_one_of_csl() -> None:
    root = Path(__file__).parents[3]
    sources, _ = read_bibliography([root / "references.bib"], root)
    assert {source.type for source in sources.values()} <= TYPES.keys()
    assert all(csl_item(source)["title"] for source in sources.values())
