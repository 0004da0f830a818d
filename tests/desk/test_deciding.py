"""Reading, answering and deciding at the desk: what is asked before signing, what is written, and what is refused."""

from __future__ import annotations

import errno
import html
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from opendesk import OpenDesk, open_desk

from cleanbook import edit
from factpress.files.book import read_book
from factpress.files.ledger import read_ledger
from factpress.model.vocabulary import Asks, Decision, ReviewStep, Role
from factpress.settings import read_settings
from signing import PEOPLE, SEEN, SIGNOFFS, commit, own_book

BUILDING, TODAYS = "docs/claims/01-building.yaml", "docs/claims/02-today.yaml"
RIVERA, NOVAK, WELLS = (f"{name}@example.org" for name in ("a.rivera", "k.novak", "c.wells"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    settings = own_book(tmp_path / "book")
    edit(settings.root, PEOPLE, "  role: archivist",
         f"  role: archivist\n  emails: [{NOVAK}]\n\n- id: c.wells\n  name: Cora Wells\n"
         f"  role: historian\n  emails: [{WELLS}]")  # fmt: skip
    commit(settings.root, "Three people")
    with open_desk(settings) as opened:
        yield opened


def entries(desk: OpenDesk):  # type: ignore[no-untyped-def]
    return read_ledger(desk.settings.docs / "claims", desk.settings.root)[0].signoffs


def text(page: str) -> str:
    """Return what a reader sees of a page, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def sign(
    desk: OpenDesk, claim: str, choice: str = "approve", note: str = "", who: str = "", answers: str = "ab"
) -> str:
    """Sign as somebody who did what is asked, and return what the next page says."""
    desk.bench.email = who or desk.bench.email
    desk.bench.reading.claims.clear()
    desk.read(claim, answers)
    return text(desk.follow(f"claims/{claim}/{choice}", {"covers": desk.covers(claim), "note": note}).text)


# reading before signing


def test_the_button_says_in_the_first_person_what_will_be_recorded(desk: OpenDesk) -> None:
    said = text(desk.get("claims/C005?ask=approve").text)
    assert "This book asks that the sources which carry the verdict were opened. o opens the next, a." in said
    assert "Sign:" not in said
    desk.read("C005", "a")
    assert "o opens the next, b." in text(desk.get("claims/C005?ask=approve").text)
    desk.read("C005", "b")
    assert "Sign: I read the reasoning and found the words in a and b" in text(desk.get("claims/C005?ask=approve").text)
    assert entries(desk)[1:] == ()


def test_with_less_done_the_button_says_less(desk: OpenDesk) -> None:
    edit(desk.settings.root, "pyproject.toml", "[tool.factpress]", '[tool.factpress]\nopen-before-signing = "none"')
    desk.bench.settings = read_settings(desk.settings.root)
    desk.read("C003")
    said = text(desk.get("claims/C003?ask=approve").text)
    assert "Sign: I read the reasoning; I opened none of the 2 sources" in said
    assert "a and b not answered" in said


def test_signing_writes_the_entry_and_shows_the_next_claim(desk: OpenDesk) -> None:
    desk.read("C005", "ab")
    page = desk.follow("claims/C005/approve", {"covers": desk.covers("C005"), "note": "Read in the archive."})
    entry = entries(desk)[-1]
    assert (entry.claim, entry.by, entry.role, entry.decision) == ("C005", "a.rivera", Role.REVIEWER, Decision.APPROVE)
    assert entry.did == tuple(ReviewStep) and entry.note == "Read in the archive."
    said = text(page.text)
    assert "◔ C005: 1 of 2 reviewers has signed. Written to signoffs.yaml." in said
    following = re.search(r"Next: (C\d+)\.", said)
    assert following and f"{following[1]} · what the article claims" in said


def test_answers_go_into_the_record_of_pages_and_count_for_the_same_words_elsewhere(desk: OpenDesk) -> None:
    root = desk.settings.root
    old = "        locator: table of bridges\n        says: Upper Arden is given the earlier date.\n"
    edit(root, TODAYS, old, f"{old}        quote: Upper Arden, 1741\n")
    old = "        locator: p. 22\n        says: The engineer names the year 1842.\n"
    edit(
        root,
        BUILDING,
        old,
        f"{old}        quote: Upper Arden, 1741\n        url: https://www.example.org/survey/arden\n",
    )
    desk.read("C005", "b")
    (line,) = read_book(desk.settings)[0].seen
    assert (line.url, line.quote, line.by) == ("https://www.example.org/survey/arden", "Upper Arden, 1741", "a.rivera")
    assert "Found at C005 b, today" in text(desk.get("claims/C001").text)
    desk.read("C005", "b")
    assert len(read_book(desk.settings)[0].seen) == 1


def test_not_there_makes_approval_give_way_to_a_return_whose_note_is_begun(desk: OpenDesk) -> None:
    desk.read("C005", "a")
    page = desk.follow("claims/C005/pieces/b", {"answer": "not-there", "covers": desk.covers("C005")})
    assert 'data-key="a"' not in page.text and "Return" in page.text
    assert "b: the words do not stand there." in text(desk.get("claims/C005?ask=return").text)
    assert "by your own answer the words do not stand there" in text(desk.get("claims/C005?ask=approve").text)


def test_a_forged_form_signs_nothing_that_was_not_read(desk: OpenDesk) -> None:
    before = (desk.settings.root / SIGNOFFS).read_bytes()
    page = desk.follow("claims/C005/approve", {"covers": desk.covers("C005"), "did": "opened-source", "read": "yes"})
    assert "Nothing was signed." in text(page.text)
    assert (desk.settings.root / SIGNOFFS).read_bytes() == before


# who may


def test_whoever_git_does_not_know_reads_and_does_not_sign(desk: OpenDesk) -> None:
    desk.bench.email = "nobody@example.org"
    page = desk.get("claims/C005").text
    assert (
        "You can read, not sign. git has no e-mail here that people.yaml knows. To sign: factpress people add"
        in text(page)
    )
    assert 'data-key="a"' not in page and 'class="ask"' not in page and 'data-key="e"' not in page
    before = (desk.settings.root / SIGNOFFS).read_bytes()
    covers = "v1:a v1:b v1:c"
    for path in ("claims/C002/approve", "claims/C005/pieces/a", "claims/C005/edit", "undo", "claims/C005/draft"):
        desk.post(path, {"covers": covers, "answer": "found", "statement": "x"})
    assert (desk.settings.root / SIGNOFFS).read_bytes() == before
    assert "statement: x" not in (desk.settings.root / TODAYS).read_text()


def test_one_does_not_sign_a_finding_of_ones_own(desk: OpenDesk) -> None:
    desk.bench.email = NOVAK
    page = desk.get("claims/C003").text
    assert "This finding is yours: you proposed it on 20 November 2026. Somebody else signs it." in text(page)
    assert 'data-key="a"' not in page
    assert "C003" not in desk.get("?priority=all").text
    assert "C003" in desk.get("?state=proposed").text


def test_a_reviewer_who_is_taken_out_of_people_signs_no_more(desk: OpenDesk) -> None:
    sign(desk, "C005")
    path = desk.settings.root / PEOPLE
    path.write_text(path.read_text().replace("a.rivera@example.org", "gone@example.org"))
    assert "You can read, not sign." in text(desk.get().text)
    covers = "v1:a v1:b v1:c"
    desk.post("claims/C002/approve", {"covers": covers})
    assert entries(desk)[-1].claim == "C005"


# two readers and a third


def test_the_second_reader_does_not_see_the_first_vote_even_where_the_state_would_betray_it(desk: OpenDesk) -> None:
    sign(desk, "C005", "return", "SECRET NOTE")
    assert "A reviewer did not accept this." in text(desk.get("claims/C005").text)  # to whoever returned it
    desk.bench.email = WELLS
    for path in ("claims/C005", "", "?state=in-review", "?state=returned", "claims/C005?ask=approve"):
        page = text(desk.get(path).text)
        assert "SECRET NOTE" not in page and "did not accept" not in page and "Alma" not in page, path
    page = text(desk.get("claims/C005").text)
    assert "1 of 2 reviewers has signed." in page and "You are the second reader." in page
    assert "C005" in desk.get("?state=in-review").text and "C005" not in text(desk.get("?state=returned").text)
    sign(desk, "C005", who=WELLS)
    after = text(desk.get("claims/C005").text)
    assert "Alma Rivera did not accept this" in after and "SECRET NOTE" in after


def test_a_third_decides_without_names_and_with_a_note(desk: OpenDesk) -> None:
    edit(
        desk.settings.root,
        PEOPLE,
        f"  emails: [{WELLS}]",
        f"  emails: [{WELLS}]\n\n- id: d.fox\n  name: Dan Fox\n  role: editor\n  emails: [fox@example.org]",
    )
    sign(desk, "C005", "return", "NOTE OF THE FIRST")
    sign(desk, "C005", who=WELLS)
    desk.bench.email = "fox@example.org"
    page = text(desk.get("claims/C005").text)
    assert "You decide as the third" in page and "One reviewer accepted this" in page and "NOTE OF THE FIRST" in page
    assert "Alma" not in page and "Cora" not in page
    assert "Decide: approve" in page and "Decide: return" in page
    assert "C005" in desk.get().text and "Reviewers disagree: you decide as the third" in text(desk.get().text)
    desk.read("C005", "ab")
    assert "Nothing was signed." in text(desk.follow("claims/C005/approve", {"covers": desk.covers("C005")}).text)
    desk.follow("claims/C005/approve", {"covers": desk.covers("C005"), "note": "The survey settles it."})
    assert (entries(desk)[-1].role, entries(desk)[-1].by) == (Role.ADJUDICATOR, "d.fox")
    assert "Alma Rivera" in text(desk.get("claims/C005").text)


def test_a_second_reader_can_be_asked_for(desk: OpenDesk) -> None:
    said = sign(desk, "C002", "second", "Is this enough?", answers="")
    assert "C002: a second reader is asked for." in said
    assert (entries(desk)[-1].asks, entries(desk)[-1].decision) == (Asks.SECOND_READER, None)
    assert "claims/C002" not in desk.get("?priority=all").text
    desk.bench.email = WELLS
    page = text(desk.get("claims/C002").text)
    assert "A reader asked that a second one looks at this." in page and "Is this enough?" not in page


# what moved


def test_what_changed_after_it_was_opened_is_not_signed_and_is_shown(desk: OpenDesk) -> None:
    desk.read("C005", "ab")
    shown = desk.covers("C005")
    edit(desk.settings.root, TODAYS, "older by a century", "younger by a century")
    page = desk.follow("claims/C005/approve", {"covers": shown, "note": "Mine."})
    said = text(page.text)
    assert (
        "C005 changed after you opened it. Nothing was signed. "
        "The evidence is not what was on your screen; claim and finding are." in said
    )
    assert len(entries(desk)) == 1
    link = re.search(r'href="([^"]+since=[^"]+)"', page.text)
    assert link
    changed = desk.get(html.unescape(link[1])).text
    assert "<del>older </del><ins>younger </ins>" in changed and "What changed since you opened it" in changed
    assert "Mine." in desk.get("claims/C005?ask=approve").text
    assert "not answered" in text(desk.get("claims/C005?ask=approve").text)  # other words were found


def test_stale_shows_only_what_moved_as_a_difference(desk: OpenDesk) -> None:
    edit(desk.settings.root, BUILDING, "quote: opened to all comers", "quote: open to all comers")
    page = desk.get("claims/C001").text
    assert "Evidence a, " in page and ": quotation" in page and "<del>opened </del><ins>open </ins>" in page
    assert "Claim and finding are as you signed them. The text you signed is from commit" in text(page)
    assert "Approve as it is now" in text(page) and "Read the whole entry" in text(page)
    assert "Changed since you signed" in text(desk.get().text)


def test_stale_by_the_entry_of_a_source_names_the_field(desk: OpenDesk) -> None:
    bib = desk.settings.root / "references.bib"
    bib.write_text(bib.read_text().replace("1851", "1852"), encoding="utf-8")
    assert "its entry, year" in text(desk.get("claims/C001").text)


def test_without_git_history_stale_says_so(desk: OpenDesk) -> None:
    edit(desk.settings.root, BUILDING, "quote: opened to all comers", "quote: open to all comers")
    edit(desk.settings.root, BUILDING, "Two accounts made apart", "Two records made apart")
    commit(desk.settings.root, "Only the new text")
    (desk.settings.root / ".git").rename(desk.settings.root / ".elsewhere")
    said = text(desk.get("claims/C001").text)
    assert "The text you signed is not in this checkout; the finding and evidence moved." in said


def test_a_change_on_disk_is_read_without_a_word_where_it_does_not_matter(desk: OpenDesk) -> None:
    desk.read("C005", "ab")
    shown = desk.covers("C005")
    edit(desk.settings.root, TODAYS, "This is a matter of taste.", "This is a question of taste.")
    page = desk.follow("claims/C005/approve", {"covers": shown})
    assert "C005: 1 of 2 reviewers has signed." in text(page.text)
    assert "This is a question of taste." in desk.get("claims/C006").text


def test_a_merge_that_is_not_finished_closes_that_file_only(desk: OpenDesk) -> None:
    path = desk.settings.root / TODAYS
    whole = path.read_text(encoding="utf-8")
    path.write_text(
        whole.replace("  kind: judgement\n", "<<<<<<< HEAD\n  kind: judgement\n=======\n  kind: cause\n>>>>>>> other\n")
    )
    said = text(desk.get().text)
    assert f"{TODAYS} holds a merge that is not finished. Its 3 claims wait until it is; the other 4 are here." in said
    assert desk.get("claims/C005").status == 404
    sign(desk, "C002", answers="")
    assert entries(desk)[-1].claim == "C002"
    path.write_text(whole)
    assert desk.get("claims/C005").status == 200


# undo, skip, pace


def test_undo_takes_back_ones_last_decision_until_it_is_committed(desk: OpenDesk) -> None:
    before = (desk.settings.root / SIGNOFFS).read_bytes()
    sign(desk, "C005", note="A note.")
    assert "Undo C005" in text(desk.get().text)
    page = desk.follow("undo")
    assert "C005: your decision is taken back. Your note is kept as a draft." in text(page.text)
    assert (desk.settings.root / SIGNOFFS).read_bytes() == before
    assert "A note." in desk.get("claims/C005?ask=approve").text
    sign(desk, "C005")
    commit(desk.settings.root, "Signed")
    desk.bench.look_again(wrote=True)
    assert "Undo C005" not in text(desk.get().text)
    assert "The last entry is committed: it stays." in text(desk.follow("undo").text)


def test_what_is_skipped_comes_back_at_the_end(desk: OpenDesk) -> None:
    order = desk.bench.queue({}).order()
    page = text(desk.follow(f"claims/{order[0]}/skip").text)
    assert f"{order[1]} · what the article claims" in page
    assert desk.bench.queue({}).order() == (*order[1:], order[0])
    assert "Skipped" in text(desk.get().text)


def test_the_pace_is_said_after_five_claims_and_kept_in_memory_only(desk: OpenDesk) -> None:
    now = [0.0]
    reading = desk.bench.reading
    reading.clock = lambda: now[0]
    for n in range(6):
        assert ("No pace yet" in reading.pace(10)) == (n < 5)
        reading.shows(f"C00{n}")
        now[0] += 120
        reading.decides(f"C00{n}", "")
    assert reading.pace(10) == "10 left: about 20 minutes at your pace, 2 minutes a claim."
    reading.shows("C009")
    now[0] += 5000  # somebody was at lunch
    reading.decides("C009", "")
    assert "2 minutes a claim" in reading.pace(10)
    assert not [
        f for f in desk.settings.work.rglob("*") if f.is_file() and b"120" in f.read_bytes() and "desk" in f.parts
    ]


# faults


def test_two_people_who_sign_in_the_same_second_both_stand_there(desk: OpenDesk) -> None:
    desk.read("C005", "ab")
    desk.read("C002")
    covers = {claim: desk.covers(claim) for claim in ("C002", "C005")}
    threads = [
        threading.Thread(target=desk.post, args=(f"claims/{claim}/approve", {"covers": covers[claim]}))
        for claim in covers
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry.claim for entry in entries(desk)[1:]} == {"C002", "C005"}


def test_sent_twice_it_is_signed_once(desk: OpenDesk) -> None:
    desk.read("C005", "ab")
    form = {"covers": desk.covers("C005")}
    desk.follow("claims/C005/approve", form)
    again = text(desk.follow("claims/C005/approve", form).text)
    assert "You signed this finding on" in again and len(entries(desk)) == 2


@pytest.mark.parametrize("file", [SIGNOFFS, SEEN])
def test_a_full_disk_writes_nothing_and_keeps_the_note(
    desk: OpenDesk, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = desk.settings.root
    old = "        locator: table of bridges\n        says: Upper Arden is given the earlier date.\n"
    edit(root, TODAYS, old, f"{old}        quote: Upper Arden, 1741\n")
    real = os.fsync

    def full(number: int) -> None:
        if Path(f"/proc/self/fd/{number}").readlink().name.startswith(f".{Path(file).name}"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(number)

    before = (root / SIGNOFFS).read_bytes(), (root / SEEN).read_bytes()
    covers = desk.covers("C005")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        if file == SEEN:
            page = desk.follow("claims/C005/pieces/b", {"answer": "found", "covers": covers})
            assert "Opened 0 of the 2" in text(page.text)
        else:
            desk.read("C005", "ab")
            before = before[0], (root / SEEN).read_bytes()
            page = desk.follow("claims/C005/approve", {"covers": covers, "note": "Mine."})
            assert "Mine." in page.text
        assert "The disk is full. Nothing was written." in text(page.text)
    assert ((root / SIGNOFFS).read_bytes(), (root / SEEN).read_bytes()) == before
    assert not [found for found in (root / "docs/claims").iterdir() if found.name.startswith(".")]
    sign(desk, "C005", note="Mine.")
    assert entries(desk)[-1].note == "Mine."


@pytest.mark.parametrize("damage", ["- claim: C005\n  by: [", "not: a list\n", "- claim: C005\n  by: a.rivera\n"])
def test_a_damaged_sign_off_file_is_named_and_nothing_is_added(desk: OpenDesk, damage: str) -> None:
    path = desk.settings.root / SIGNOFFS
    path.write_text(path.read_text() + damage)
    before = path.read_bytes()
    desk.read("C002")
    page = desk.follow("claims/C002/approve", {"covers": desk.covers("C002"), "note": "Kept."})
    assert "Nothing was signed." in text(page.text) and f"{SIGNOFFS}:" in text(page.text) and "Kept." in page.text
    assert path.read_bytes() == before


def test_script_in_every_field_is_text(desk: OpenDesk) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    path = desk.settings.root / TODAYS
    data = path.read_text(encoding="utf-8")
    for name in ("claim", "statement", "reasoning", "correction", "locator", "says"):
        data = re.sub(
            rf"^( *(?:- )?{name}: )(.*)$",
            lambda m, name=name: f"{m[1]}'{evil} {name}'",
            data,
            count=1,
            flags=re.MULTILINE,
        )
    data = re.sub(r"\n      [a-z][^\n:]*(?=\n    [a-z])", "", data)
    path.write_text(data, encoding="utf-8")
    edit(desk.settings.root, "pyproject.toml", 'title = "The Bridge at Arden"', f"title = '{evil}'")
    for page in (desk.get(), desk.get("claims/C005"), desk.get("claims/C005/edit"), desk.get(f"?words={quote(evil)}")):
        assert page.status == 200
        assert "<script>alert" not in page.text and "<img" not in page.text
    assert html.escape(evil, quote=False) in desk.get("claims/C005").text.replace("&#34;", '"')


def test_a_link_that_is_none_is_not_made_one(desk: OpenDesk) -> None:
    edit(desk.settings.root, TODAYS, "        locator: table of bridges\n", "        locator: table of bridges\n")
    path = desk.settings.root / TODAYS
    path.write_text(
        path.read_text().replace(
            "        consulted: full-text", "        url: javascript:alert(1)\n        consulted: full-text", 1
        )
    )
    page = desk.get("claims/C005").text
    assert 'href="javascript' not in page and 'href="data:' not in page


def test_signs_that_turn_the_direction_are_shown(desk: OpenDesk) -> None:
    path = desk.settings.root / "references.bib"
    path.write_text(path.read_text().replace("title = {", "title = {\u202e", 1))
    assert "⟦U+202E⟧" in desk.get("claims/C001").text


def test_no_email_address_stands_on_a_page(desk: OpenDesk) -> None:
    sign(desk, "C005")
    for path in ("", "claims/C005", "claims/C002?ask=return", "claims/C002/edit", "keys", "finish"):
        assert "@example.org" not in desk.get(path).text


def test_the_desk_writes_nothing_with_git(desk: OpenDesk) -> None:
    def state() -> list[tuple[str, bytes]]:
        git = desk.settings.root / ".git"
        return [(str(f), f.read_bytes()) for f in sorted(git.rglob("*")) if f.is_file()]

    before = state()
    sign(desk, "C005")
    desk.follow("undo")
    desk.get("finish")
    assert state() == before


def test_the_article_is_shown_and_never_written(tmp_path: Path) -> None:
    from factpress.checks.article import unit_texts

    settings = own_book(tmp_path / "book")
    data = (settings.root / "article.txt").read_bytes()
    sentences = unit_texts(data, read_book(settings)[0])
    with open_desk(settings, sentences=sentences) as desk:
        unit = read_book(settings)[0].ledger.by_id["C005"].units[0]
        assert len(sentences[unit]) > 20
        assert sentences[unit] in html.unescape(desk.get("claims/C005").text)
        desk.read("C005", "ab")
    written = [f for f in settings.work.rglob("*") if f.is_file() and sentences[unit].encode() in f.read_bytes()]
    assert written == []
    assert unit_texts(data.replace(b"bridge", b"ferry"), read_book(settings)[0]) == {}


def test_stale_hides_what_did_not_move_until_the_whole_entry_is_asked_for(desk: OpenDesk) -> None:
    edit(desk.settings.root, BUILDING, "says: The engineer names the year 1842.", "says: The engineer names a year.")
    page = desk.get("claims/C001").text
    assert 'id="e-b"' in page and "Two accounts made apart" not in page and "data-read-to" not in page
    whole = desk.get("claims/C001?whole=yes").text
    assert 'id="e-a"' in whole and "Two accounts made apart" in whole and "What changed since you signed" in whole
