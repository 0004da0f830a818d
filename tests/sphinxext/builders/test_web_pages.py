"""What a web page says of itself in its head, what other projects may refer to, and texts that try to be markup."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
from PIL import Image
from workshop import Edition, Workshop, has, text_of

from factpress.sphinxext.blocks.addresses import report_address
from factpress.sphinxext.builders.page_head import first_sentences

SITE = "https://books.example.org/arden"
ONE, TWO = "chapters/01-building", "chapters/02-today"
CONTACT = "https://example.org/arden/issues/new"


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    workshop = Workshop(tmp_path_factory.mktemp("addressed"), study=True)
    settings = f'[tool.factpress]\nsite = "{SITE}"\ncontact = "{CONTACT}"\nrepository = "https://example.org/arden"\n'
    workshop.edit("pyproject.toml", "[tool.factpress]\n", settings)
    made = workshop.build("html")
    assert made.warnings == ""
    return made


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return Workshop(tmp_path_factory.mktemp("plain"), study=True).build("html")


def head(page: Any, attribute: str) -> dict[str, str]:
    return {tag.get(attribute): tag.get("content") for tag in page.xpath(f"//meta[@{attribute}]")}


def linked_data(page: Any) -> Any:
    (script,) = page.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


@pytest.mark.parametrize(("doc", "address"), [("index", ""), (ONE, f"{ONE}.html"), ("back/claims", "back/claims.html")])
def test_a_page_names_its_address_on_the_site(addressed: Edition, doc: str, address: str) -> None:
    page = addressed.page(doc)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}/{address}"]
    shared = head(page, "property")
    assert shared["og:url"] == f"{SITE}/{address}"
    assert shared["og:title"] and shared["og:site_name"] == "The Bridge at Arden"
    assert shared["og:description"] == head(page, "name")["description"]


def test_without_a_site_nothing_is_made_that_needs_its_address(plain: Edition) -> None:
    for doc in ("index", ONE, "back/references"):
        page = plain.page(doc)
        assert not page.xpath("//link[@rel='canonical'] | //meta[@property] | //script[@type='application/ld+json']")
        assert not page.xpath("//a[starts-with(@href, 'mailto:')]")
        assert head(page, "name")["citation_title"]
    assert not [name for name in ("sitemap.xml", "robots.txt", "404.html") if (plain.folder / name).exists()]


def test_the_book_its_chapters_and_claims_are_data_and_only_signed_findings_are_reviews(addressed: Edition) -> None:
    book = linked_data(addressed.page("index"))
    assert (book["@type"], book["@id"], book["name"]) == ("Book", f"{SITE}/", "The Bridge at Arden")
    assert [part["@id"] for part in book["hasPart"]] == [f"{SITE}/{ONE}.html", f"{SITE}/{TWO}.html"]
    graph = linked_data(addressed.page(ONE))["@graph"] + linked_data(addressed.page(TWO))["@graph"]
    assert [node["@id"] for node in graph if node["@type"] == "Chapter"] == [f"{SITE}/{ONE}.html", f"{SITE}/{TWO}.html"]
    claims = {node["name"]: node for node in graph if node["@type"] == "Claim"}
    data = json.loads((addressed.folder / "claims.json").read_text(encoding="utf-8"))["claims"]
    assert {name: node["text"] for name, node in claims.items()} == {claim["id"]: claim["claim"] for claim in data}
    reviews = {node["url"].rpartition("#")[2]: node for node in graph if node["@type"] == "ClaimReview"}
    assert reviews.keys() == {claim["id"] for claim in data if claim["state"] == "signed-off"} == {"C001"}
    assert reviews["C001"]["reviewRating"] == {"@type": "Rating", "alternateName": "Supported"}
    assert reviews["C001"]["itemReviewed"]["@id"] == claims["C001"]["@id"]
    assert not addressed.page("back/claims").xpath("//script[@type='application/ld+json']")


def test_where_a_page_is_shared_the_cover_is_shown(addressed: Edition) -> None:
    shared = head(addressed.page(ONE), "property")
    assert shared["og:image"].startswith(f"{SITE}/")
    picture = addressed.folder / shared["og:image"].removeprefix(f"{SITE}/")
    with Image.open(picture) as image:
        size = image.size
    assert size == (1200, 630) == (int(shared["og:image:width"]), int(shared["og:image:height"]))
    assert linked_data(addressed.page("index"))["image"] == shared["og:image"]
    assert head(addressed.page(ONE), "name")["twitter:card"] == "summary_large_image"


def test_the_site_has_a_map_of_all_pages(addressed: Edition) -> None:
    sitemap = (addressed.folder / "sitemap.xml").read_text(encoding="utf-8")
    files = {path.relative_to(addressed.folder).as_posix() for path in addressed.folder.rglob("*.html")}
    listed = {address.removeprefix(f"{SITE}/") or "index.html" for address in re.findall("<loc>(.*?)</loc>", sitemap)}
    assert listed == files - {"404.html", "search.html"}
    assert f"Sitemap: {SITE}/sitemap.xml" in (addressed.folder / "robots.txt").read_text(encoding="utf-8")


def test_descriptions_are_whole_sentences_of_their_pages(addressed: Edition) -> None:
    descriptions = {}
    for file in addressed.folder.rglob("*.html"):
        name = file.relative_to(addressed.folder).as_posix()
        page = html.fromstring(file.read_bytes())
        assert len(page.xpath("//meta[@name='viewport']")) == 1, name
        if name not in ("404.html", "search.html"):
            descriptions[name] = head(page, "name")["description"]
    assert all(re.search(r"[.!?…][’”)]*$", text) for text in descriptions.values()), descriptions
    assert not [text for text in descriptions.values() if re.search(r"\[\d|[✓✗◐]\d", text)], "marks are no words"
    assert len(set(descriptions.values())) == len(descriptions)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("One. Two. Three.", 10, "One. Two."),
        ("No end here", 50, "No end here"),
        ("One sentence that is too long by far.", 20, "One sentence that…"),
        ("He said “yes.” Then he left.", 16, "He said “yes.”"),
        ("In the U.S. and on 1 Oct. 1953 it was signed. More.", 47, "In the U.S. and on 1 Oct. 1953 it was signed."),
        ("x" * 400, 300, "x" * 300 + "…"),
    ],
)
def test_a_description_ends_with_a_sentence(text: str, most: int, shown: str) -> None:
    assert first_sentences(text, most) == shown


def test_an_entry_says_where_an_error_in_it_is_reported(addressed: Edition) -> None:
    (entry,) = addressed.page(ONE).xpath("//article[@id='C003']")
    (way,) = entry.xpath(f".//p[{has('report')}]/a")
    assert text_of(way) == "Report an error about C003"
    assert parse_qs(urlsplit(way.get("href")).query) == {"title": ["Error in C003: The Bridge at Arden"]}
    assert report_address("a.b+c@example.org", "Error in “C1” & more") == (
        "mailto:a.b+c@example.org?subject=Error%20in%20%E2%80%9CC1%E2%80%9D%20%26%20more"
    )
    assert report_address("https://example.org/help", "x") == "https://example.org/help"
    assert report_address("", "x") == ""


def test_another_project_refers_to_claims_paragraphs_terms_and_sources(addressed: Edition, tmp_path: Path) -> None:
    names = {
        "C003": f"{ONE}.html#C003", "p1-2": f"{ONE}.html#p1-2", "term-toll": "back/study.html#term-toll",
        "ref-brand1977": "back/references.html#ref-brand1977",
    }  # fmt: skip
    inventory = (addressed.folder / "objects.inv").as_posix()
    conf = (
        'project = "Other"\nextensions = ["sphinx.ext.intersphinx"]\n'
        f'intersphinx_mapping = {{"arden": ("{SITE}/", "{inventory}")}}\n'
    )
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    roles = "\n".join(f"- :external+arden:ref:`{name}`" for name in names)
    more = ":ref:`the claim <C001>`"
    (tmp_path / "index.rst").write_text(f"Other\n=====\n\n{roles}\n- {more}\n", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(tmp_path), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = html.fromstring((tmp_path / "out" / "index.html").read_bytes())
    found = {link.get("href"): text_of(link) for link in page.xpath(f"//a[{has('external')}]")}
    assert {f"{SITE}/{address}" for address in names.values()} - found.keys() == set(), found
    assert found[f"{SITE}/{ONE}.html#p1-2"] == "¶ 1.2"
    assert found[f"{SITE}/back/study.html#term-toll"] == "toll"
    assert found[f"{SITE}/{ONE}.html#C001"] == "the claim"


#: what may stand in a title, a claim, a definition or an entry, and must be read as it is written
EVIL = '</script><script>alert(1)</script> "it\'s" <b>&amp; javascript:alert(2) ' + "w" * 10_000


def test_text_that_looks_like_markup_stays_text_everywhere(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path, study=True)
    workshop.edit("pyproject.toml", "[tool.factpress]\n", f'[tool.factpress]\nsite = "{SITE}"\n')
    workshop.edit("pyproject.toml", "The Bridge at Arden", "</script><b>Arden</b> & 'more'")
    evil = json.dumps(EVIL)
    workshop.edit(
        "docs/claims/01-building.yaml", "claim: A stone bridge was opened at Arden in 1842.", f"claim: {evil}"
    )
    workshop.edit("docs/back/glossary.yaml", "says: Money paid for the use of a road or a bridge.", f"says: {evil}")
    workshop.edit("docs/back/glossary.yaml", "term: toll", 'term: "toll </template><i>x</i>"\n  # ')
    workshop.edit("references.bib", "Stone Bridges of the County", "Stone </template><script>alert(3)</script> Bridges")
    made = workshop.build("html")
    for file in made.folder.rglob("*.html"):
        page = html.fromstring(file.read_bytes())
        assert not page.xpath("//b | //i[not(@class)]"), file.name
        for script in page.xpath("//script"):
            assert script.get("src") or script.get("type") in ("application/json", "application/ld+json")
            if not script.get("src"):
                json.loads(script.text)
        assert not [link for link in page.xpath("//@href | //@src") if link.startswith("javascript:")]
    graph = linked_data(made.page(ONE))["@graph"]
    assert EVIL in [node.get("text") for node in graph]
    (book,) = made.page("index").xpath("//script[@id='page-data']")
    assert json.loads(book.text)["book"]["title"] == "</script><b>Arden</b> & 'more'"
    (template,) = made.page(ONE).xpath("//template")
    assert "toll </template><i>x</i>" in text_of(template)
    pages = [html.fromstring(file.read_bytes()) for file in made.folder.rglob("*.html")]
    shown = [text_of(template) for page in pages for template in page.xpath("//template")]
    assert any("Stone </template><script>alert(3)</script> Bridges" in text for text in shown)
