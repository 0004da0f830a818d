"""The register as a tool: what its rows can be filtered by, where counts lead, and the walk through the article."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from workshop import ALL, BOTH, Edition, Workshop, has, text_of

from factpress.sphinxext.blocks.register.filters import NONE

REGISTER, WALK = "back/claims", "back/article"
PAIR = ("grade", "consulted")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """Return the editions of the clean book with the walk and with the counts of evidence."""
    workshop = Workshop(tmp_path_factory.mktemp("walked"))
    workshop.write("docs/back/article.md", "# As the article has it\n\n:::{article-walk}\n:::\n")
    workshop.write("docs/back/counts.md", "# Counts\n\n:::{evidence-counts}\n:::\n")
    built = {kind: workshop.build(kind) for kind in ALL}
    assert {kind: edition.warnings for kind, edition in built.items()} == dict.fromkeys(ALL, "")
    return built


def rows(edition: Edition) -> list[Any]:
    return edition.page(REGISTER).xpath(f".//table[{has('register')}]/tbody/tr[@data-verdict]")  # type: ignore[no-any-return]


def fitting(edition: Edition, asked: dict[str, str]) -> list[Any]:
    """Return the rows that a filter shows, by its definition: grade and consulted hold of one piece of evidence."""
    pair = [asked.get(name) for name in PAIR]
    return [
        row
        for row in rows(edition)
        if all(value in row.get(f"data-{name}").split() for name, value in asked.items() if name not in PAIR)
        and (
            not any(pair)
            or any(
                all(not value or value == part for value, part in zip(pair, piece.split("/"), strict=True))
                for piece in row.get("data-evidence").split()
            )
        )
    ]


def count_links(edition: Edition) -> list[tuple[str, dict[str, str]]]:
    """Return the words of each count that leads to the register, and what it asks for."""
    found = []
    for docname in ("index", "back/counts", "chapters/01-building", "chapters/02-today"):
        for link in edition.page(docname).xpath("//a[contains(@href, 'claims.html')]"):
            query = parse_qs(urlsplit(link.get("href")).query)
            if query:
                found.append((text_of(link), {name: value for name, (value,) in query.items()}))
    return found


def test_every_count_leads_to_as_many_claims(walked: dict[str, Edition]) -> None:
    links = count_links(walked["html"])
    assert len(links) > 25
    for words, asked in links:
        shown = fitting(walked["html"], asked)
        count = int("".join(filter(str.isdigit, words.lstrip("✓◐✗≠≈○– ").split()[0])))
        if asked.keys() & set(PAIR):  # counted are pieces of evidence
            (name,) = asked
            pieces = [piece.split("/") for row in shown for piece in row.get("data-evidence").split()]
            assert count == sum(piece[PAIR.index(name)] == asked[name] for piece in pieces), words
        else:
            assert count == len(shown), (words, asked)


def test_what_counts_nothing_leads_nowhere(walked: dict[str, Edition]) -> None:
    for docname in ("index", "back/counts"):
        assert not [x for x in walked["html"].page(docname).xpath("//td/a") if text_of(x) == "0"]


def test_counts_lead_nowhere_in_print_and_in_the_epub(walked: dict[str, Edition]) -> None:
    for kind in ("epub", "pdf"):
        assert not walked[kind].page("index").xpath(f"//a[{has('count-link')}]")
        assert not walked[kind].record("back/counts").xpath(f"//a[{has('count-link')}]")
        assert not walked[kind].record(REGISTER).xpath("//form | //*[@data-verdict]")


def test_the_line_of_the_cover_reads_the_same_everywhere(walked: dict[str, Edition]) -> None:
    (line,) = {text_of(walked[kind].page("index").xpath(f"//p[{has('cover-line')}]")[0]) for kind in BOTH}
    assert line.startswith("10 sentences of an AI-assisted article · 7 claims · 1 supported, 1 partly supported,")
    # the cover of the booklet has it in lines of its own
    cover = walked["pdf"].page("index")
    (counted,) = cover.xpath(f"//p[{has('cover-counted')}]")
    assert line.startswith(f"{text_of(counted)} · ")
    legend = " · ".join(text_of(item) for item in cover.xpath(f"//ul[{has('cover-legend')}]/li"))
    of_verdicts = [words.strip(" ✓◐✗≠≈○–?") for words in legend.split(" · ")]
    assert len(of_verdicts) == 7 and all(words in line for words in of_verdicts), (of_verdicts, line)
    (units, *_) = walked["html"].page("index").xpath(f"//p[{has('cover-line')}]/a/@href")
    assert units == "back/article.html"


def test_rows_stand_under_their_chapters(walked: dict[str, Edition]) -> None:
    bodies = walked["html"].page(REGISTER).xpath(f".//table[{has('register')}]/tbody")
    found = {text_of(body[0]): [text_of(row[0]) for row in body[1:]] for body in bodies}
    assert found == {
        "1 Building the bridge 4 claims": ["C001", "C002", "C003", "C004"],
        "2 The bridge today 3 claims": ["C005", "C006", "C007"],
    }


def test_each_choice_of_the_form_is_a_value_that_rows_may_have(walked: dict[str, Edition]) -> None:
    page = walked["html"].page(REGISTER)
    choices = {select.get("name"): select.xpath("./option/@value") for select in page.xpath("//form//select")}
    assert list(choices) == ["chapter", "verdict", "state", "kind", "grade", "consulted", "rests", "sort"]
    for row in rows(walked["html"]):
        for name in ("chapter", "verdict", "state", "kind", "rests"):
            assert set(row.get(f"data-{name}").split()) <= set(choices[name]), name
        for piece in row.get("data-evidence").split():
            assert all(part in choices[name] for name, part in zip(PAIR, piece.split("/"), strict=True))
    assert "2 pieces of evidence: primary" in text_of(rows(walked["html"])[0])


def test_sources_have_letters_and_values(walked: dict[str, Edition]) -> None:
    page = walked["html"].page("back/references")
    letters = page.xpath(f"//nav[{has('letters')}]")
    assert [(nav.get("aria-label"), [text_of(a) for a in nav]) for nav in letters] == [
        ("Primary sources by letter", ["A", "C", "H"]),
        ("Secondary sources by letter", ["B"]),
    ]
    for link in page.xpath(f"//nav[{has('letters')}]/a/@href"):
        assert page.xpath("//li[@id=$id]", id=link.removeprefix("#"))
    (holm,) = page.xpath("//li[@id='ref-holm1851']")
    assert holm.get("data-claims") == "3"
    assert set(holm.get("data-evidence").split()) == {"primary/full-text", "primary/excerpt"}


def test_a_claim_without_a_chapter_has_its_place(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    file = workshop.docs / "claims/02-today.yaml"
    file.rename(file.with_name("03-nowhere.yaml"))
    page = workshop.build("html").page(REGISTER)
    body = page.xpath(f".//table[{has('register')}]/tbody")[-1]
    assert text_of(body[0]) == "Claims without a chapter 3 claims"
    assert {row.get("data-chapter") for row in body[1:]} == {NONE}
    assert NONE in page.xpath("//select[@name='chapter']/option/@value")


def test_the_walk_stands_in_no_volume(walked: dict[str, Edition]) -> None:
    assert not [name for name in walked["pdf"].files() if "article" in name]


@pytest.mark.parametrize("kind", BOTH)
def test_the_walk_has_every_unit_once_with_where_it_went(walked: dict[str, Edition], kind: str) -> None:
    edition = walked[kind]
    items = edition.page(WALK).xpath(f"//ul[{has('walk')}]/li")
    units = {item.get("id").rpartition("unit-")[2]: item for item in items}
    assert list(units) == [
        *("S00.P1.1", "S00.P2.1", "S00.P2.2", "S01.P1.1", "S01.P1.2", "S01.P1.3", "S01.P2.1"),
        *("S02.P1.1", "S02.P1.2", "S02.P1.3"),
    ]
    said = {unit: text_of(item).replace(", p. 00", "") for unit, item in units.items()}
    assert "53 characters" in said["S00.P1.1"]
    assert "No claim: the article’s own notice" in said["S00.P1.1"]
    assert "No claim: it only leads in to a list." in said["S01.P1.3"]
    assert "Not yet accounted for: no source on the river bed yet." in said["S01.P2.1"]
    assert "Contradicted The bridge at Arden is the oldest stone bridge in the county." in said["S02.P1.1"]
    assert "Treated in ¶ 2.1." in said["S02.P1.1"]
    assert units["S02.P1.1"].xpath(f".//a[{has('mark')}]/@href") == [edition.link("chapters/02-today", "C005")]
    headings = [text_of(heading) for heading in edition.page(WALK).xpath("//h2 | //h3")]
    assert [heading for heading in headings if heading.startswith("How it was built")] == [
        "How it was built 4 sentences"
    ]
