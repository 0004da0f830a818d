"""Three editions, one book: the same words on every claim, the same addresses, and nothing of the article's text."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from bisect import bisect
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from lxml import etree
from published import WORDS, Book, Editions, by_id, ids, squeeze, text_of

ADDRESS = re.compile(r"C\d{3,}(-\d+)?|p\d+-\d+|ref-.+")


@pytest.fixture(scope="module")
def exported(editions: Editions) -> dict[str, dict[str, Any]]:
    told = json.loads((editions.site.folder / "claims.json").read_text(encoding="utf-8"))
    return {claim["id"]: claim for claim in told["claims"]}


def entries(pages: dict[str, Any]) -> dict[str, etree._Element]:
    """Return the full entries of an edition by claim."""
    found = [e for page in pages.values() for e in page.xpath("//*[local-name()='article'][starts-with(@id, 'C')]")]
    return {entry.get("id"): entry for entry in found}


def test_claims_json_says_what_the_ledger_says(editions: Editions, exported: dict[str, dict[str, Any]]) -> None:
    assert list(exported) == [claim["id"] for claim in editions.ledger]
    for claim in editions.ledger:
        told = exported[claim["id"]]
        for field in ("claim", "kind", "units"):
            assert told[field] == claim[field]
        for field in ("verdict", "statement", "reasoning"):
            assert told["finding"][field] == claim["finding"][field]
        page, anchor = told["entry"].split("#")
        assert by_id(editions.site.pages[page], anchor).tag == "article"


def test_each_entry_says_the_same_in_all_editions(editions: Editions, exported: dict[str, dict[str, Any]]) -> None:
    web, epub = entries(editions.site.pages), entries(editions.epub.pages)
    assert list(web) == list(epub) == list(exported)
    for claim in editions.ledger:
        name = claim["id"]
        verdict, state = WORDS[claim["finding"]["verdict"]], exported[name]["state-wording"]
        page = editions.record.places[name]
        paper = "".join(editions.record.squeezed[page : page + 4])
        for text in (text_of(web[name]), text_of(epub[name])):
            assert text.startswith(name) and verdict in text[:30]
            assert state in text
        for words in (claim["claim"], claim["finding"]["statement"], claim["finding"]["reasoning"]):
            for text in (web[name], epub[name]):
                assert plain(squeeze(words)) in plain(squeeze(text_of(text))), f"{name}: {words}"
            assert stands_in(plain(squeeze(words)), plain(paper)), f"{name}: {words}"


def stands_in(words: str, paper: str) -> bool:
    """Return whether words stand on paper; the end of a page may part them once, with other text drawn last."""
    cuts = range(len(words) + 1)
    beginning = bisect(cuts, False, key=lambda cut: words[:cut] not in paper) - 1  # the longest that stands there
    return words[beginning:] in paper


def test_the_same_addresses_mean_the_same_place(editions: Editions) -> None:
    web = {name for page in editions.site.pages.values() for name in ids(page) if ADDRESS.fullmatch(name)}
    epub = {name for page in editions.epub.pages.values() for name in ids(page) if ADDRESS.fullmatch(name)}
    paper = {name for volume in (editions.book, editions.record) for name in volume.places if ADDRESS.fullmatch(name)}
    assert web == epub
    assert {name for name in web if name.startswith("p")}
    # on paper, what nothing links to has no name of its own
    assert paper <= web
    assert {name for name in web if re.fullmatch(r"C\d+(-1)?|p\d+-\d+", name)} <= paper
    for name in (name for name in web if name.startswith("p")):
        words = [opening(pages, name) for pages in (editions.site.pages, editions.epub.pages)]
        assert words[0] == words[1]
        page = editions.book.places[name]
        around = "".join(editions.book.squeezed[page : page + 2])
        assert plain(words[0]) in plain(around), f"¶ {name} stands on another page"


def opening(pages: dict[str, Any], name: str) -> str:
    """Return how a numbered paragraph begins, up to its first mark or citation."""
    (block,) = (e for page in pages.values() for e in page.xpath("//*[@id=$name]", name=name))
    text = squeeze(text_of(block))
    number = name.removeprefix("p").replace("-", ".")
    return re.split(r"\[|[✓◐✗≠≈○–]\d", text.removeprefix(f"¶{number}").removeprefix(number))[0][:60]


def test_register_rows_are_the_same_everywhere(editions: Editions) -> None:
    def rows(pages: dict[str, Any]) -> list[list[str]]:
        (register,) = (deepcopy(t) for page in pages.values() for t in page.xpath("//*[@class='register']"))
        # on the web the rows stand in their chapters, with a line more in each
        found = register.xpath(".//*[local-name()='tr'][not(@class='group')]")
        for line in register.xpath(".//*[@class='facts-line']"):
            line.drop_tree()
        cells = [[text_of(cell) for cell in row if text_of(cell)] for row in found]
        return [cells[0], *sorted(cells[1:])]

    web, epub = rows(editions.site.pages), rows(editions.epub.pages)
    assert web == epub
    assert [row[0] for row in web[1:]] == sorted(claim["id"] for claim in editions.ledger)


def plain(text: str) -> str:
    """Return text with straight quotation marks."""
    return text.translate(str.maketrans("‘’“”", "''\"\""))


# the article's own text


def found_units(text: str, units: list[dict[str, str]]) -> set[str]:
    """Return the units whose fingerprint is that of a stretch of this text."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    wanted = {(int(unit["chars"]), unit["sha256"]): unit["id"] for unit in units}
    starts = np.array([0, *(m.end() for m in re.finditer(r"[\s(“‘\"']+", text))])
    ends = np.array([*(not letter.isalnum() for letter in text), True])  # places where no word goes on
    found = set()
    for length in sorted({length for length, _ in wanted}):
        reaching = starts[starts + length <= len(text)]
        for start in reaching[ends[reaching + length]]:
            digest = hashlib.sha256(text[start : start + length].encode()).hexdigest()
            if unit := wanted.get((length, digest)):
                found.add(unit)
    return found


def web_text(editions: Editions) -> str:
    return " ".join(text_of(page) for page in editions.site.pages.values())


def epub_text(editions: Editions) -> str:
    return " ".join(text_of(page) for page in editions.epub.pages.values())


def paper_text(editions: Editions) -> str:
    return join_lines(editions.book)


def join_lines(book: Book) -> str:
    return re.sub(r"[-\u2010\u00ad]\n", "", "\n".join(book.texts))


@pytest.mark.parametrize("text", [web_text, epub_text, paper_text], ids=["html", "epub", "pdf"])
def test_no_sentence_of_the_article_is_printed_but_its_notice(
    editions: Editions, text: Callable[[Editions], str]
) -> None:
    units = editions.about_article("outline")["units"]
    notice = set(editions.about_article("provenance")["disclosure"]["units"])
    told = text(editions)
    found = found_units(told, units) | found_units(plain(told), units)
    assert found & notice, "the notice should be found: this test sees nothing"
    assert found <= notice
