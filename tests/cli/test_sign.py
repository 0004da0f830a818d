"""Signing in a terminal and without one, and who may: what is shown, asked, refused and written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleanbook import CLEAN, edit
from factpress.cli.main import main
from factpress.cli.signing import command as sign
from factpress.cli.signing.questions import Questions
from factpress.files.book import read_book
from factpress.model.digest import short_code
from factpress.model.signing.attempt import Answer
from factpress.model.vocabulary import Decision, Role
from factpress.settings import Settings
from signing import NOVAK, PEOPLE, RIVERA, TODAY, digests, git, own_book


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(sign, "_today", lambda: TODAY)
    return own_book(tmp_path / "book")


def run(settings: Settings, *words: str) -> int:
    return main(["--root", str(settings.root), *words])


def signed(settings: Settings) -> list[tuple[str, str, str | None]]:
    return [(entry.claim, entry.by, entry.decision) for entry in read_book(settings)[0].ledger.signoffs[1:]]


def test_everything_that_a_sign_off_covers_is_shown(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    edit(settings.root, "docs/claims/02-today.yaml", "        says: Upper Arden is given the earlier date.\n",
         "        says: Upper Arden is given the earlier date.\n        quote: older of the two\n"
         "        before: Upper Arden is the\n        url: https://docslib.org/doc/1\n")  # fmt: skip
    assert run(settings, "sign", "c005", "--article", str(CLEAN / "article.txt")) == 2
    out, err = capsys.readouterr()
    plain = " ".join(out.split())
    book = read_book(settings)[0]
    claim = book.ledger.by_id["C005"]
    assert claim.finding
    texts = [claim.claim, claim.kind, *claim.units, claim.finding.statement, claim.finding.reasoning,
             claim.finding.correction or "", claim.finding.verdict.word]  # fmt: skip
    texts += [short_code(digests(settings, "C005"))]
    for item in claim.evidence:
        texts += [item.stance.capitalize(), item.grade, item.consulted.words, item.locator, item.says, item.quote or ""]
        texts += [item.before or "", book.sources[item.source].get("title")]
    for text in texts:
        assert " ".join(text.split()) in plain, text
    assert "It is the oldest bridge of stone in the county." in plain  # the sentence received, from --article alone
    assert "¶ 2.1" in plain and "An older bridge of stone stands six miles up the river." in plain
    assert "In a copy at docslib.org: https://docslib.org/doc/1#:~:text=" in out
    assert "here is no terminal to ask you in" in err
    assert signed(settings) == []


def test_the_received_sentence_is_shown_from_the_article_of_the_outline_only(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Something else.\n", encoding="utf-8")
    assert run(settings, "sign", "C005", "--article", str(other)) == 2
    assert "Only the article of the outline is shown." in capsys.readouterr().err
    assert run(settings, "sign", "C005") == 2
    assert "It is the oldest bridge of stone in the county." not in capsys.readouterr().out


def test_without_a_terminal_the_code_names_what_was_read(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(settings, "--format", "json", "sign", "C005") == 0
    code = json.loads(capsys.readouterr().out)["code"]
    words = ("sign", "C005", "--approve", "--found", "a,b", "--read-reasoning")
    assert run(settings, *words) == 2
    assert "named by the code" in capsys.readouterr().err
    edit(settings.root, "docs/claims/02-today.yaml", "older by a century", "older by two centuries")
    assert run(settings, *words, "--code", code) == 1
    assert "the evidence is not what you saw. Nothing was signed." in capsys.readouterr().err
    edit(settings.root, "docs/claims/02-today.yaml", "older by two centuries", "older by a century")
    assert run(settings, *words, "--code", code.replace(" ", "").upper()) == 0
    out = capsys.readouterr().out
    assert "◔ C005: 1 of 2 reviewers has signed. Written to docs/claims/signoffs.yaml." in out
    assert "Next: factpress sign C004 (4 left)." in out
    assert signed(settings) == [("C005", RIVERA, "approve")]
    assert run(settings, "sign", "--undo") == 0
    assert signed(settings) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("C005", "--approve", "--found", "a"), "all sources which carry the verdict were opened; left: b"),
        (("C005", "--approve", "--found", "a", "--not-there", "b"), "b: by your own answer the words do not stand"),
        (("C005", "--return"), "To return a finding takes a note."),
        (("C001", "--approve", "--found", "a,b"), "You signed this finding on 20 November 2026"),
        (("C005", "--approve", "--found", "a,c"), "C005 has no piece c."),
        (("C005", "--approve", "--found", "a", "--cannot-open", "a"), "Piece a has two answers."),
        (("C007", "--approve"), "C007 has no finding yet."),
    ],
)
def test_what_is_refused_writes_nothing(
    settings: Settings, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    code = short_code(digests(settings, words[0]))
    assert run(settings, "sign", *words, "--code", code) in (1, 2)
    assert says in capsys.readouterr().err
    assert signed(settings) == []


def test_git_says_who_signs_and_as_can_only_agree(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    code = short_code(digests(settings, "C002"))
    words = ("sign", "C002", "--approve", "--read-reasoning", "--code", code)
    assert run(settings, *words, "--as", NOVAK) == 2
    assert "git's e-mail here is that of a.rivera, not of k.novak" in capsys.readouterr().err
    git(settings.root, "config", "user.email", "nobody@example.org")
    assert run(settings, *words, "--as", RIVERA) == 2
    assert "You can read, not sign" in capsys.readouterr().err
    git(settings.root, "config", "user.email", "A.Rivera@Example.org")
    assert run(settings, *words, "--as", RIVERA) == 0
    assert signed(settings) == [("C002", RIVERA, "approve")]


def test_an_unknown_claim_is_named_with_the_nearest(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings, "sign", "C05") == 2
    assert "The ledger has no claim C05. Did you mean C005?" in capsys.readouterr().err
    assert run(settings, "sign") == 2


def asked(settings: Settings, claim: str, lines: list[str], by: str = RIVERA) -> tuple[object, list[str], list[str]]:
    book = read_book(settings)[0]
    left, said, opened = list(lines), [], []

    def show(url: str) -> bool:
        opened.append(url)
        return True

    def ask(_prompt: str) -> str:
        said.append(_prompt)
        return left.pop(0)

    asking = Questions(ask, ask, said.append, show)
    attempt = asking.attempt(book.ledger.by_id[claim], by, Role.REVIEWER, book, settings.policy, TODAY)
    assert left == []
    return attempt, said, opened


def test_a_terminal_asks_what_was_done_and_states_it_before_it_signs(settings: Settings) -> None:
    found, said, opened = asked(settings, "C005", ["f", "o", "f", "y", "a", "", "y"])
    assert found and found.answers == {0: Answer.FOUND, 1: Answer.FOUND}  # type: ignore[attr-defined]
    assert opened == ["https://www.example.org/survey/arden"]
    assert said[-1] == "Sign: I read the reasoning and found the words in a and b. [y/n] "


def test_what_is_left_to_open_is_asked_again_and_no_answer_signs_nothing(settings: Settings) -> None:
    found, said, _ = asked(settings, "C005", ["f", "", "y", "a", "", "f", "a", "", "n", "q"])
    assert found is None
    assert any("left: b" in line for line in said)
    assert asked(settings, "C005", ["", "", "n", ""])[0] is None


def test_returning_begins_the_note_with_what_is_not_there(settings: Settings) -> None:
    found, said, _ = asked(settings, "C005", ["f", "m", "y", "r", "b is another survey.", "y"])
    assert found and (found.choice, found.note) == (Decision.REJECT, "b is another survey.")  # type: ignore[attr-defined]
    assert "Your note could begin: b: the words do not stand there." in said


def test_who_proposed_a_finding_is_told_before_reading(settings: Settings) -> None:
    found, said, _ = asked(settings, "C003", [], NOVAK)
    assert found is None and said == [
        "This finding is yours: you proposed it on 20 November 2026. Somebody else signs it."
    ]


def test_people_are_added_at_the_end_and_listed_without_their_e_mails(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    path = settings.root / PEOPLE
    before = path.read_text(encoding="utf-8")
    git(settings.root, "config", "user.email", "zoe@example.org")
    assert (
        run(settings, "people", "add", "--name", "Zoë Ångström", "--role", "teacher", "--orcid", "0000-0002-1825-0097")
        == 0
    )
    assert (
        path.read_text("utf-8")
        == f"""{before}
- id: z.angstrom
  name: Zoë Ångström
  role: teacher
  orcid: 0000-0002-1825-0097
  emails: [zoe@example.org]
"""
    )
    capsys.readouterr()
    assert run(settings, "people") == 0
    assert run(settings, "--format", "json", "people") == 0
    out = capsys.readouterr().out
    assert "z.angstrom: Zoë Ångström, teacher (you)" in out and "@" not in out
    assert run(settings, "check") == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--name", "A", "--role", "b", "--email", "A.RIVERA@example.org"), "a.rivera has this e-mail already"),
        (("--name", "A", "--role", "b", "--id", "k.novak", "--no-email"), "k.novak is already Karl Novak"),
        (("--name", "A", "--role", "b", "--id", "A B", "--no-email"), "cannot be an id"),
        (("--name", "A", "--role", "b", "--email", "nobody"), "is not an e-mail address"),
        (("--name", "A", "--role", "b", "--no-email", "--orcid", "0000-0002-1825-0098"), "is not an ORCID iD"),
        (("--role", "b"), "--name is missing"),
    ],
)
def test_a_person_that_cannot_be_is_refused(
    settings: Settings, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    before = (settings.root / PEOPLE).read_bytes()
    assert run(settings, "people", "add", *words) == 2
    assert says in capsys.readouterr().err
    assert (settings.root / PEOPLE).read_bytes() == before


def test_text_of_the_ledger_acts_on_no_terminal(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        settings.root, "docs/claims/02-today.yaml", "This is a matter of taste.", "'[red]taste[/red] [link=x]y[/link]'"
    )
    run(settings, "sign", "C006")
    assert "[red]taste[/red] [link=x]y[/link]" in capsys.readouterr().out
