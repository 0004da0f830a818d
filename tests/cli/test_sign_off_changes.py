"""A branch that signs: appended, by whoever committed it, not their own finding, for what the base held."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cleanbook import edit
from factpress.cli.main import main
from factpress.cli.signing.changes import branch_review
from factpress.files.book import read_book
from factpress.files.signing.append import append_records
from factpress.files.signing.signoffs import sign
from factpress.model.claim import Claim
from factpress.settings import Settings
from signing import NOVAK, RIVERA, SIGNOFFS, TODAY, commit, digests, diligent, git, own_book

CLAIMS_1, CLAIMS_2 = "docs/claims/01-building.yaml", "docs/claims/02-today.yaml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = own_book(tmp_path / "book")
    edit(settings.root, CLAIMS_2, "        says: Upper Arden is given the earlier date.\n",
         "        says: Upper Arden is given the earlier date.\n        quote: older of the two\n"
         "        url: https://www.example.org/survey/arden\n")  # fmt: skip
    commit(settings.root, "A quotation")
    git(settings.root, "checkout", "-q", "-b", "signed")
    return settings


def codes(settings: Settings) -> list[str]:
    return [found.code for found in branch_review(settings, "main", TODAY).problems]


def sit(settings: Settings, person: str) -> None:
    git(settings.root, "config", "user.email", {RIVERA: "a.rivera@example.org", NOVAK: "k.novak@example.org"}[person])


def test_a_branch_that_signs_as_the_desk_does_is_sound(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(settings) == []
    sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    assert codes(settings) == []  # not committed yet
    commit(settings.root, "Signed")
    sign(settings, diligent(settings, "C004"), digests(settings, "C004"), TODAY)
    commit(settings.root, "Signed another")
    assert codes(settings) == []
    assert main(["--root", str(settings.root), "check", "--signoffs", "main"]) == 0
    assert "2 sign-offs since" in capsys.readouterr().out
    assert main(["--root", str(settings.root), "check", "--signoffs", "main", "--format", "markdown"]) == 0
    text = capsys.readouterr().out
    assert "- a.rivera approves C005\n- a.rivera approves C004\n" in text and "\\@" not in text and "@" not in text


def test_somebody_elses_sign_off_cannot_be_committed(settings: Settings) -> None:
    sign(settings, diligent(settings, "C005", NOVAK), digests(settings, "C005"), TODAY)
    commit(settings.root, "Signed for Karl")
    assert codes(settings) == ["seen-committer", "sign-off-committer"]


def test_what_was_decided_on_paper_is_committed_by_who_entered_it(settings: Settings) -> None:
    paper = replace(diligent(settings, "C005", NOVAK), entered_by=RIVERA)
    sign(settings, paper, digests(settings, "C005"), TODAY)
    commit(settings.root, "Entered")
    assert codes(settings) == []
    edit(settings.root, SIGNOFFS, "  entered-by: a.rivera\n", "  entered-by: k.novak\n")
    commit(settings.root, "Entered by another")
    assert "sign-off-committer" in codes(settings)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:0] + "[]\n",
        lambda text: text.replace("approve", "reject", 1),
        lambda text: text.replace('"2026-11-20"', '"2026-11-21"', 1),
        lambda text: "\n".join(reversed(text.split("\n\n"))),
    ],
)
def test_what_the_base_holds_stays_as_it_is(settings: Settings, damage: Callable[[str], str]) -> None:
    sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    path = settings.root / SIGNOFFS
    changed = damage(path.read_text(encoding="utf-8"))
    path.write_text(changed.rstrip() + "\n", encoding="utf-8")
    commit(settings.root, "Rewritten")
    assert "sign-off-not-appended" in codes(settings)


def test_what_the_same_branch_changed_is_signed_by_nobody_yet(settings: Settings) -> None:
    edit(settings.root, CLAIMS_2, "older by a century", "older by two centuries")
    edit(
        settings.root,
        CLAIMS_2,
        "    correction: It is the second oldest",
        "    correction: It may be the second oldest",
    )
    commit(settings.root, "Another finding")
    assert codes(settings) == ["finding-proposer-kept"]
    sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    commit(settings.root, "Signed")
    assert codes(settings) == ["finding-proposer-kept", "sign-off-unmerged"]


def test_an_edit_of_wording_may_be_signed_by_its_editor(settings: Settings) -> None:
    edit(settings.root, CLAIMS_2, "stands six miles up the river.", "is six miles up the river.")
    sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    commit(settings.root, "Worded better, and signed")
    assert codes(settings) == []
    edit(settings.root, CLAIMS_2, "is six miles up the river.", "is seven miles up the river.")
    commit(settings.root, "And more")
    assert codes(settings) == ["finding-proposer-kept", "sign-off-unmerged"]


def test_who_changed_a_finding_names_themselves_and_does_not_sign_it(settings: Settings) -> None:
    edit(settings.root, CLAIMS_2, "older by a century", "older by two centuries")
    text = (settings.root / CLAIMS_2).read_text("utf-8")
    head, _, tail = text.partition("correction: It is the second oldest")
    tail = tail.replace('{kind: machine, date: "2026-11-20"}', f'{{kind: person, id: a.rivera, date: "{TODAY}"}}', 1)
    (settings.root / CLAIMS_2).write_text(f"{head}correction: It is the second oldest{tail}", encoding="utf-8")
    commit(settings.root, "Mine now")
    assert codes(settings) == []
    entry = diligent(settings, "C005")
    own = entry.entry(_claim(settings, "C005"), digests(settings, "C005"), TODAY)
    append_records(settings, settings.root / SIGNOFFS, [own])
    commit(settings.root, "And signed by hand")
    assert "sign-off-own" in codes(settings)


def test_a_hand_written_approval_of_what_nobody_opened_is_found(settings: Settings) -> None:
    own = diligent(settings, "C005").entry(_claim(settings, "C005"), digests(settings, "C005"), TODAY)
    append_records(settings, settings.root / SIGNOFFS, [own])
    commit(settings.root, "By hand")
    assert codes(settings) == ["sign-off-unopened"]


def test_a_digest_of_nothing_and_a_day_to_come_are_found(settings: Settings) -> None:
    own = diligent(settings, "C006").entry(_claim(settings, "C006"), digests(settings, "C005"), "2026-12-01")
    append_records(settings, settings.root / SIGNOFFS, [own])
    commit(settings.root, "Forged")
    assert codes(settings) == ["sign-off-date", "sign-off-unmerged"]


def test_the_summary_says_what_becomes_stale_and_why(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    git(settings.root, "checkout", "-q", "main")
    sign(settings, diligent(settings, "C006"), digests(settings, "C006"), TODAY)
    commit(settings.root, "Signed on main")
    git(settings.root, "checkout", "-q", "-B", "edited")
    edit(settings.root, CLAIMS_2, "This is a matter of taste.", "This is a matter of *habit*.")
    edit(settings.root, "references.bib", "{County History}", "{County Histories}")
    commit(settings.root, "Edited")
    assert main(["--root", str(settings.root), "check", "--signoffs", "main", "--format", "markdown"]) == 0
    text = capsys.readouterr().out
    assert "1 finding that people signed moved: C006." in text
    assert "- **C006** (signed-off before, stale now): the finding moved" in text
    assert "<del>taste.</del><ins>\\*habit\\*.</ins>" in text
    assert main(["--root", str(settings.root), "check", "--signoffs", "main", "--format", "json"]) == 0
    (moved,) = json.loads(capsys.readouterr().out)["stale"]
    assert (moved["claim"], moved["changed"]) == ("C006", ["finding"])


def test_a_base_that_git_does_not_know_is_said(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(settings.root), "check", "--signoffs", "nowhere"]) == 2
    assert "no common commit" in capsys.readouterr().err
    assert main(["--root", str(settings.root), "check", "--format", "markdown"]) == 2


def _claim(settings: Settings, name: str) -> Claim:
    return read_book(settings)[0].ledger.by_id[name]


def test_a_release_asks_for_as_many_sign_offs_as_its_book_says(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = settings.root / "pyproject.toml"
    toml.write_text(toml.read_text("utf-8") + "release-signed-percent = 17\n", encoding="utf-8")
    assert main(["--root", str(settings.root), "check"]) == 0
    assert main(["--root", str(settings.root), "check", "--release"]) == 1  # one of six
    out = capsys.readouterr().out
    assert "release-unsigned: 1 of 6 findings are signed off; a release of this book asks for 17 of a hundred." in out
    toml.write_text(toml.read_text("utf-8").replace("= 17", "= 16"), encoding="utf-8")
    assert main(["--root", str(settings.root), "check", "--release"]) == 0
