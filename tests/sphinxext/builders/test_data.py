"""The data beside the pages: claims.json explains itself, the cards are the same bytes, the search has every place."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from studied import studied
from workshop import Edition, Workshop, text_of

from factpress.model.vocabulary import ReviewState, Verdict
from factpress.sphinxext.builders.deck import plain_cell
from factpress.sphinxext.builders.search_index import KINDS

HOSTILE = "</script><img src=x onerror=alert(1)> “quoted” [sound:x.mp3] [latex]x[/latex] " + "W" * 10_000
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1+1")


@pytest.fixture(scope="module")
def workshop_of_data(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    workshop = studied(tmp_path_factory.mktemp("data"))
    workshop.edit("docs/claims/02-today.yaml", "Most visitors find the bridge beautiful.", json.dumps(HOSTILE))
    workshop.edit("docs/back/glossary.yaml", "term: toll\n", "term: '=cmd|toll'\n")
    workshop.edit("docs/back/glossary.yaml", "also: [tolls]", "also: [toll, tolls]")
    workshop.edit("docs/back/glossary.yaml", "Money paid for the use of a road or a bridge.", json.dumps(HOSTILE))
    return workshop


@pytest.fixture(scope="module")
def site(workshop_of_data: Workshop) -> Edition:
    built = workshop_of_data.build("html")
    assert built.warnings == ""
    return built


def read(site: Edition, name: str) -> Any:
    return json.loads((site.folder / name).read_text(encoding="utf-8"))


def records(site: Edition) -> dict[str, Any]:
    """Return the data of the search, as the script calls a function with them."""
    text = (site.folder / "search-records.js").read_text(encoding="utf-8")
    start = text.index("factpressRecords(") + len("factpressRecords(")
    return json.loads(text[start : text.rindex(");")])  # type: ignore[no-any-return]


# claims.json


def test_claims_json_is_as_its_schema_says(site: Edition) -> None:
    told, schema = read(site, "claims.json"), read(site, "claims.schema.json")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(told)
    assert (site.folder / told["$schema"]).is_file()
    broken = json.loads(json.dumps(told))
    broken["claims"][0]["verdikt"] = "supported"
    broken["claims"][1]["state"] = "true"
    assert len(list(Draft202012Validator(schema).iter_errors(broken))) == 2


def test_claims_json_explains_every_word_and_every_source_that_it_uses(site: Edition) -> None:
    told = read(site, "claims.json")
    assert {each["verdict"]: each["meaning"] for each in told["verdicts"]} == {v: v.meaning for v in Verdict}
    assert {each["state"] for each in told["states"]} == set(ReviewState)
    evidence = [item for claim in told["claims"] for item in claim.get("finding", {}).get("evidence", [])]
    assert {item["consulted"] for item in evidence} <= {each["consulted"] for each in told["how-consulted"]}
    assert {item["source"] for item in evidence} <= told["sources"].keys()
    assert told["sources"]["survey2001"]["url"] == "https://www.example.org/survey/arden"
    assert told["sources"]["brand1977"]["doi"] == "10.5555/brand.1977"
    assert told["sources"]["holm1851"]["text"].startswith("Holm, Anna. Notes of a Builder of Bridges")
    for entry in [claim["entry"] for claim in told["claims"]] + [each["entry"] for each in told["sources"].values()]:
        path, _, anchor = entry.partition("#")
        assert site.page(path.removesuffix(".html")).xpath("//*[@id=$id]", id=anchor), entry


def test_with_a_site_all_addresses_are_whole(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    workshop.edit("pyproject.toml", "[tool.factpress]", '[tool.factpress]\nsite = "https://example.org/bridge/"')
    site = workshop.build("html")
    told, schema = read(site, "claims.json"), read(site, "claims.schema.json")
    assert told["$schema"] == schema["$id"] == "https://example.org/bridge/claims.schema.json"
    assert told["claims"][0]["entry"] == "https://example.org/bridge/chapters/01-building.html#C001"
    assert told["sources"]["holm1851"]["entry"] == "https://example.org/bridge/back/references.html#ref-holm1851"
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(told)


def test_sources_stand_beside_the_pages_as_they_are_and_for_citation_managers(
    site: Edition, workshop_of_data: Workshop
) -> None:
    assert (site.folder / "references.bib").read_bytes() == (workshop_of_data.root / "references.bib").read_bytes()
    assert {item["id"] for item in read(site, "references.json")} == {
        *("arden1842-accounts", "brand1977", "holm1851", "survey2001"),
    }


# cards


def notes(package: bytes) -> list[tuple[str, ...]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    return [tuple(fields.split("\x1f")) for (fields,) in connection.execute("select flds from notes order by id")]


def test_the_deck_asks_for_every_term_and_every_date(site: Edition) -> None:
    (package,) = site.folder.glob("*-cards.apkg")
    found = notes(package.read_bytes())
    assert [front for front, *_ in found] == [
        *("trust", "=cmd|toll"),
        *("When? Two parishes agree to build a bridge.", "When? The bridge is opened."),
        *("When? The county joins the agreement.", "When? A weight limit holds."),
    ]
    assert found[3][1:] == ("4 June 1842", "Arden Bridge Trust 1842")
    (table,) = site.folder.glob("*-cards.csv")
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == len(found) + 1
    assert rows[2][1] == "'=cmd|toll"


def test_a_field_of_a_card_is_text(site: Edition) -> None:
    (package,) = site.folder.glob("*-cards.apkg")
    back = notes(package.read_bytes())[1][1]
    assert "<" not in back and "[" not in back
    assert "&lt;/script&gt;&lt;img src=x" in back


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert plain_cell(text) == f"'{text}"
    assert plain_cell(f"x{text}") == f"x{text}"


def test_the_same_book_makes_the_same_cards(site: Edition, workshop_of_data: Workshop) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again = workshop_of_data.beside("again").build("html")
    for file in site.folder.glob("*-cards.*"):
        assert (again.folder / file.name).read_bytes() == file.read_bytes(), file.name
    assert (again.folder / "search-records.js").read_bytes() == (site.folder / "search-records.js").read_bytes()


def test_a_book_without_terms_and_dates_has_no_cards(clean: dict[str, Edition]) -> None:
    assert not list(clean["html"].folder.glob("*-cards.*"))
    assert (clean["html"].folder / "claims.json").is_file()


# search


def test_the_search_has_every_kind_of_place_and_each_address_leads_there(site: Edition) -> None:
    data = records(site)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind, page, anchor, label, *_ in data["records"]:
        found[KINDS[kind]].append(label or anchor)
        path = data["pages"][page][0].removesuffix(".html")
        assert site.page(path).xpath("//*[@id=$id]", id=anchor), (path, anchor)
    assert found["paragraph"] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2"]
    assert found["claim"] == [f"C00{n}" for n in range(1, 8)]
    assert found["term"] == ["trust", "=cmd|toll"]
    assert found["source"] == ["1", "2", "3", "4"]
    assert {"Q101", "Q102"} <= set(found["question"]) and len(found["event"]) == 4
    assert all(found.values())


def test_text_that_is_found_has_no_marks_and_no_numbers_of_citations(site: Edition) -> None:
    texts = {label: text for kind, _, _, label, _, text in records(site)["records"] if kind == KINDS.index("paragraph")}
    assert texts["1.1"] == (
        "A bridge of stone was opened at Arden in the summer of 1842. "
        "The trust that built it closed its accounts in the same year."
    )
    page = site.page("chapters/01-building")
    assert "1842●✓1" in text_of(page).replace(" ", "")  # in the page the mark of what is signed follows without a space


def test_a_page_of_its_own_words_is_found_by_its_sections(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    workshop.write("docs/back/about.md", "# About\n\nWords [of ours](claims.md).\n\n## More\n\n- one;\n- two.\n")
    sections = [r[2:] for r in records(workshop.build("html"))["records"] if r[0] == KINDS.index("section")]
    assert ["about", "", "About", "Words of ours."] in sections
    assert ["more", "", "More", "one; two."] in sections
    # what opens a chapter is no numbered paragraph, and is found too
    assert any("an account book can prove" in text for *_, text in sections)
