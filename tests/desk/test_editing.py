"""Editing a finding at the desk: the same rules as `check`, whose finding it is, drafts, and a file that moved."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from opendesk import OpenDesk, open_desk
from test_deciding import TODAYS, text

from cleanbook import edit
from factpress.checks import check_book
from factpress.files.book import read_book
from factpress.files.yaml.writer import format_text
from factpress.model.claim import Claim
from factpress.model.vocabulary import ProposerKind
from signing import own_book

STATEMENT = "An older stone bridge stands six miles up the river."
REASONING = "A history of the county’s bridges and the survey agree on it."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(own_book(tmp_path / "book")) as opened:
        yield opened


def claim(desk: OpenDesk, claim_id: str = "C005") -> Claim:
    return read_book(desk.settings)[0].ledger.by_id[claim_id]


def fields(page: str) -> list[tuple[str, str]]:
    """Return what the form of an editing page would send, as a browser does."""
    found = lxml.html.fromstring(page).get_element_by_id("edit", None)
    return [] if found is None else [(name, value.removeprefix("\n")) for name, value in found.form_values()]


def typed(desk: OpenDesk, claim_id: str = "C005", **changed: str) -> list[tuple[str, str]]:
    """Return the form of a claim's editing page with some fields typed over; `b0__quote` is b0.quote."""
    sent = fields(desk.get(f"claims/{claim_id}/edit").text)
    names = {name.replace("__", "."): value for name, value in changed.items()}
    kept = [(name, names.pop(name, value)) for name, value in sent]
    return [*kept, *names.items()]


def test_nothing_changed_writes_nothing(desk: OpenDesk) -> None:
    before = (desk.settings.root / TODAYS).read_bytes()
    page = desk.get("claims/C005/edit").text
    assert "Nothing changed yet." in page and ">Save " not in page
    desk.follow("claims/C005/edit", typed(desk))
    assert (desk.settings.root / TODAYS).read_bytes() == before


def test_a_wording_edit_stays_its_proposers_and_the_editor_may_sign(desk: OpenDesk) -> None:
    edit(desk.settings.root, TODAYS, "    statement: An older", "    # seen twice\n    statement: An older")
    form = typed(desk, statement=STATEMENT.replace("stands six", "lies six"))
    desk.follow("claims/C005/draft", form)
    page = text(desk.get("claims/C005/edit").text)
    assert "Wording only:" in page and "You can still sign this finding." in page
    said = text(desk.follow("claims/C005/edit", form).text)
    assert "C005 is saved. You can still sign it." in said
    finding = claim(desk).finding
    assert finding and finding.statement == STATEMENT.replace("stands six", "lies six")
    assert finding.proposed_by.kind is ProposerKind.MACHINE
    written = (desk.settings.root / TODAYS).read_text(encoding="utf-8")
    assert "# seen twice" in written and format_text(written, TODAYS) == (written, [])
    assert not desk.bench.drafts.read("C005", "edit")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statement", STATEMENT.replace("six", "seven")),
        ("statement", STATEMENT.replace("stands", "never stood")),
        ("reasoning", "Nothing like it."),
        ("verdict", "disputed"),
        ("b0__says", "Another thing."),
        ("b1__quote", "some new words"),
    ],
)
def test_any_other_edit_makes_the_finding_the_editors(desk: OpenDesk, name: str, value: str) -> None:
    if name == "verdict":
        edit(
            desk.settings.root,
            TODAYS,
            "      - source: survey2001\n        stance: contradicts",
            "      - source: survey2001\n        stance: supports",
        )
    form = typed(desk, **{name: value})
    desk.follow("claims/C005/draft", form)
    page = text(desk.get("claims/C005/edit").text)
    assert (
        "it is yours and another person signs it" in page or "the finding is yours and another person signs it" in page
    )
    said = text(desk.follow("claims/C005/edit", form).text)
    assert "C005 is saved. The finding is yours now; another person signs it." in said
    proposer = claim(desk).finding.proposed_by  # type: ignore[union-attr]
    assert (proposer.kind, proposer.id, proposer.date) == (ProposerKind.PERSON, "a.rivera", "2026-11-29")
    assert "This finding is yours" in text(desk.get("claims/C005").text)
    assert not [p for p in check_book(desk.settings).problems if p.is_error and p.where.file == TODAYS]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("b1__quote", " ".join(["word"] * 16),
         "Quote of 16 words in C005; the limit is fifteen."),
        ("correction", "", "without a correction"),
        ("statement", "", "statement"),
        ("b0__says", "", "says"),
        ("b0__source", "brand1978", "Did you mean brand1977?"),
        ("b0__date", "yesterday", "yesterday"),
        ("statement", "Wrong \u202esign.", "U+202E"),
        ("verdict", "true", "true"),
    ],
)  # fmt: skip
def test_what_check_refuses_cannot_be_saved_and_is_said_at_the_field(
    desk: OpenDesk, name: str, value: str, said: str
) -> None:
    before = (desk.settings.root / TODAYS).read_bytes()
    form = typed(desk, **{name: value})
    page = desk.follow("claims/C005/edit", form).text
    assert "Nothing was saved. A field has a problem" in text(page)
    hint = re.search(rf'id="h-{re.escape(name.replace("__", "."))}".*?</div>', page, re.DOTALL)
    assert (hint and said in html.unescape(hint[0])) or said in text(page)
    assert "It can be saved when" in text(page) and ">Save " not in page
    assert (desk.settings.root / TODAYS).read_bytes() == before
    assert dict(fields(page))[name.replace("__", ".")] == value  # what was typed is still there


def test_a_sentence_of_the_article_is_refused(desk: OpenDesk) -> None:
    article = (desk.settings.root / "article.txt").read_text(encoding="utf-8").splitlines()
    sentence = next(line for line in reversed(article) if len(line) > 60).split(". ")[0].rstrip(".") + "."
    page = desk.follow("claims/C005/edit", typed(desk, reasoning=sentence)).text
    assert "These are the words of" in text(page)


def test_the_preview_has_the_editions_words_and_typography(desk: OpenDesk) -> None:
    desk.follow("claims/C005/draft", typed(desk, statement='He called it "old" in 1700.', correction="It's old."))
    page = text(desk.get("claims/C005/edit").text)
    assert "Finding. He called it “old” in 1700." in page and "It should read. It’s old." in page
    assert "Drafted by Alma Rivera, not yet reviewed." in page
    assert "number-not-in-evidence" not in page and "1700" in page


def test_a_draft_is_kept_and_found_again_by_the_next_desk(tmp_path: Path) -> None:
    settings = own_book(tmp_path / "book")
    with open_desk(settings) as desk:
        assert desk.post("claims/C005/draft", typed(desk, statement="Begun")).status == 303
        desk.post("claims/C002/note", {"note": "Begun too"})
    with open_desk(settings) as desk:
        assert dict(fields(desk.get("claims/C005/edit").text))["statement"] == "Begun"
        assert "Begun too" in desk.get("claims/C002?ask=return").text
        assert "Drafts are kept of C005, C002." in text(desk.get("finish").text)
        assert "The draft is discarded." in text(desk.follow("claims/C005/discard").text)
        assert dict(fields(desk.get("claims/C005/edit").text))["statement"] == STATEMENT
    for damage in ("{", "[]", '{"base": "", "values": {"texts": 1}}', ""):
        settings.work.joinpath("desk/drafts/C005.edit.json").write_text(damage)
        with open_desk(settings) as desk:
            assert dict(fields(desk.get("claims/C005/edit").text))["statement"] == STATEMENT


# a file that moved


def test_another_field_in_the_file_is_merged(desk: OpenDesk) -> None:
    form = typed(desk, statement="Mine.")
    desk.follow("claims/C005/draft", form)
    edit(desk.settings.root, TODAYS, "correction: It is the second oldest", "correction: It is the third oldest")
    edit(
        desk.settings.root, TODAYS, "says: Upper Arden is given the earlier date.", "says: It is given an earlier date."
    )
    said = text(desk.follow("claims/C005/edit", form).text)
    assert "C005 is saved." in said and "came from the file meanwhile and stays" in said
    finding = claim(desk).finding
    assert (
        finding
        and finding.statement == "Mine."
        and finding.correction
        and finding.correction.startswith("It is the third")
    )
    assert finding.evidence[1].says == "It is given an earlier date."


def test_one_field_on_both_sides_shows_both_and_writes_nothing(desk: OpenDesk) -> None:
    form = typed(desk, reasoning=REASONING.replace("history", "chronicle"))
    desk.follow("claims/C005/draft", form)
    edit(desk.settings.root, TODAYS, "the survey agree on it", "the survey differ on it")
    before = (desk.settings.root / TODAYS).read_bytes()
    page = desk.follow("claims/C005/edit", form).text
    assert (
        "C005 was changed on disk while you were editing. Nothing was written and nothing is lost. "
        "1 field was changed on both sides." in text(page)
    )
    assert "<del>history </del><ins>chronicle </ins>" in page and "<del>agree </del><ins>differ </ins>" in page
    assert (desk.settings.root / TODAYS).read_bytes() == before
    for keep, want in (("mine", "chronicle"), ("file", "differ")):
        copy = desk.bench.drafts.read("C005", "edit")
        assert copy
        chosen = desk.follow("claims/C005/choose", {"field": "reasoning", "keep": keep}).text
        assert want in dict(fields(chosen)).get("reasoning", claim(desk).finding.reasoning)  # type: ignore[union-attr]
        desk.bench.drafts.write("C005", "edit", copy)
    both = desk.follow("claims/C005/choose", {"field": "reasoning", "keep": "both"}).text
    assert (
        "chronicle" in dict(fields(both))["reasoning"]
        and "In the file, or in another tab:" in both
        and "differ" in both
    )
    desk.follow("claims/C005/edit", [(n, "One text." if n == "reasoning" else v) for n, v in fields(both)])
    assert claim(desk).finding.reasoning == "One text."  # type: ignore[union-attr]


def test_pieces_taken_out_changed_and_new_on_either_side(desk: OpenDesk) -> None:
    root = desk.settings.root
    whole = """\
      - source: survey2001
        stance: contradicts
        grade: primary
        locator: table of bridges
        says: Upper Arden is given the earlier date.
        consulted: full-text
        date: "2026-11-20"
"""
    desk.follow("claims/C005/draft", typed(desk, b0__says="Mine."))
    edit(root, TODAYS, whole, "")
    said = text(desk.follow("claims/C005/edit", typed(desk)).text)
    assert "C005 is saved." in said and [e.source for e in claim(desk).evidence] == ["brand1977"]
    edit(root, TODAYS, "        says: Mine.\n", "        says: Mine.\n")
    desk.follow("claims/C005/draft", typed(desk, b0__says="Mine again."))
    text_now = (root / TODAYS).read_text()
    (root / TODAYS).write_text(text_now.replace("says: Mine.", "says: Theirs."))
    page = desk.get("claims/C005/edit").text
    assert "Evidence a, what it says" in page and "<ins>Theirs." in page


def test_a_piece_is_taken_out(desk: OpenDesk) -> None:
    page = desk.follow("claims/C005/draft", [*typed(desk), ("remove", "b0")]).text
    assert "Evidence b" not in page
    desk.follow("claims/C005/edit", fields(page))
    assert [e.source for e in claim(desk).evidence] == ["survey2001"]


# more evidence


def test_a_source_of_the_bibliography_is_found_by_words_and_used(desk: OpenDesk) -> None:
    page = desk.follow("claims/C005/draft", [*typed(desk, add="holm"), ("find", "yes")]).text
    assert "(holm1851)" in text(page)
    page = desk.follow("claims/C005/draft", [*fields(page), ("use", "holm1851")]).text
    assert "record needs" in text(page) or "needs the field" in text(page)
    new = {"n0.locator": "p. 3", "n0.says": "It was old then.", "n0.stance": "contradicts", "n0.grade": "primary"}
    desk.follow("claims/C005/edit", [(n, new.get(n, v)) for n, v in fields(page)])
    added = claim(desk).evidence[-1]
    assert (added.source, added.locator, added.date) == ("holm1851", "p. 3", "2026-11-29")
    assert "No source of the bibliography has all these words." in text(
        desk.follow("claims/C005/draft", [*typed(desk, add="zzz"), ("find", "yes")]).text
    )


@pytest.mark.parametrize("asked", ["10.1234/new.5", "https://doi.org/10.1234/new.5", "https://www.example.org/new"])
def test_a_doi_or_an_address_starts_an_entry_that_is_typed(desk: OpenDesk, asked: str) -> None:
    bib = desk.settings.root / "references.bib"
    before = bib.read_text(encoding="utf-8")
    page = desk.follow("claims/C005/draft", [*typed(desk, add=asked), ("find", "yes")]).text
    assert "New entry of the bibliography" in page and "It can be saved when the new entry is used or left out." in page
    entry = {
        "new.title": "Bridges {of} the county",
        "new.author": "Wells, Cora",
        "new.date": "2020",
        "new.journal": "County History",
        "new.volume": "3",
    }
    page = desk.follow("claims/C005/draft", [*((n, entry.get(n, v)) for n, v in fields(page)), ("new", "yes")]).text
    assert "n0.source" in page, text(page)
    assert bib.read_text(encoding="utf-8") == before
    new = {"n0.locator": "p. 3", "n0.says": "It is old.", "n0.stance": "contradicts"}
    said = text(desk.follow("claims/C005/edit", [(n, new.get(n, v)) for n, v in fields(page)]).text)
    assert "C005 is saved." in said, said
    assert claim(desk).evidence[-1].source == "wells2020"
    sources = read_book(desk.settings)[0].sources
    assert sources["wells2020"].get("title") == "Bridges of the county"
    keys = re.findall(r"^@\w+\{([^,]+),", bib.read_text(encoding="utf-8"), re.MULTILINE)
    assert keys == sorted(keys, key=str.casefold)
    assert {p.code for p in check_book(desk.settings).problems if p.is_error} <= {"edition-date-old"}
    again = text(desk.follow("claims/C005/draft", [*typed(desk, add=asked), ("find", "yes")]).text)
    assert "(wells2020)" in again


def test_a_finding_is_drafted_by_a_person_where_there_is_none(desk: OpenDesk) -> None:
    path = desk.settings.root / TODAYS
    data = path.read_text(encoding="utf-8")
    start = data.index("  finding:", data.index("- id: C006"))
    path.write_text(data[:start] + data[data.index("\n- id: C007") :], encoding="utf-8")
    page = desk.get("claims/C006").text
    assert "Nobody has drafted a finding on this claim yet." in page and 'data-key="a"' not in page
    form = typed(desk, "C006", verdict="not-checkable", statement="A matter of taste.", reasoning="Nobody asked.")
    desk.follow("claims/C006/edit", form)
    finding = claim(desk, "C006").finding
    assert finding and finding.proposed_by.id == "a.rivera"


def test_two_tabs_that_save_one_after_the_other_lose_nothing(desk: OpenDesk) -> None:
    first, second = typed(desk, statement="First tab."), typed(desk, correction="Second tab.")
    desk.follow("claims/C005/edit", first)
    desk.follow("claims/C005/edit", second)
    finding = claim(desk).finding
    assert finding and "First tab." in {finding.statement} and finding.correction == "Second tab."


def test_two_tabs_that_type_into_one_draft_keep_both_texts(desk: OpenDesk) -> None:
    first, second = typed(desk, statement="First tab."), typed(desk, statement="Second tab.", correction="Second too.")
    desk.follow("claims/C005/draft", first)
    page = desk.follow("claims/C005/draft", second).text
    assert dict(fields(page))["statement"] == "Second tab." and "In the file, or in another tab: First tab." in text(
        page
    )
    again = [(n, "First tab, more." if n == "statement" else v) for n, v in first]
    page = desk.follow("claims/C005/draft", again).text
    assert dict(fields(page))["statement"] == "First tab, more." and dict(fields(page))["correction"] == "Second too."
    assert "In the file, or in another tab: Second tab." in text(page)


def test_one_tab_that_goes_on_typing_is_no_other_tab(desk: OpenDesk) -> None:
    form = typed(desk, statement="One")
    desk.follow("claims/C005/draft", form)
    page = desk.follow("claims/C005/draft", [(n, "One two" if n == "statement" else v) for n, v in form]).text
    assert "another tab" not in page and dict(fields(page))["statement"] == "One two"


def test_a_page_that_was_open_before_somebody_saved_shows_both_texts_of_a_field(desk: OpenDesk) -> None:
    old = typed(desk, statement="Typed in a page that was left open.")
    desk.follow("claims/C005/edit", typed(desk, statement="Saved by the other page."))
    page = desk.follow("claims/C005/edit", old).text
    assert "C005 was changed on disk while you were editing." in text(page)
    assert "Typed in a page that was left open." in text(page) and "Saved by the other page." in text(page)
    assert claim(desk).finding.statement == "Saved by the other page."  # type: ignore[union-attr]


def test_whoever_may_not_sign_may_not_edit(desk: OpenDesk) -> None:
    desk.bench.email = "nobody@example.org"
    before = (desk.settings.root / TODAYS).read_bytes()
    desk.post("claims/C005/edit", typed(desk, statement="x"))
    assert (desk.settings.root / TODAYS).read_bytes() == before
