"""Worksheets that were filled in on paper: a row is signed by its reviewer's rules, entered by somebody, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanbook import edit
from factpress.cli.main import main
from factpress.cli.signing import command as sign
from factpress.files.book import read_book
from factpress.files.signing.paper import COLUMNS, PaperForm, blank_forms, read_forms
from factpress.model.digest import short_code
from factpress.model.review import reviews_by_claim
from factpress.settings import Settings
from signing import NOVAK, RIVERA, SEEN, SIGNOFFS, TODAY, digests, git, own_book


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(sign, "_today", lambda: TODAY)
    return own_book(tmp_path / "book")


def row(settings: Settings, claim: str = "C005", by: str = NOVAK, **cells: str) -> str:
    values = dict.fromkeys(COLUMNS, "") | {
        "claim": claim, "code": short_code(digests(settings, claim)), "reviewer": by, "date": "2026-11-28",
        "found": "a, b", "read-reasoning": "x", "decision": "approve",
    }  # fmt: skip
    values |= {name.replace("_", "-"): text for name, text in cells.items()}
    return ",".join(f'"{text}"' for text in values.values()) + "\n"


def enter(settings: Settings, *rows: str, head: str = ",".join(COLUMNS) + "\n") -> int:
    file = settings.root.parent / "forms.csv"
    file.write_text(head + "".join(rows), encoding="utf-8")
    return main(["--root", str(settings.root), "sign", "--from", str(file)])


def entries(settings: Settings) -> list[tuple[str, str, str | None, str, str | None]]:
    found = read_book(settings)[0].ledger.signoffs[1:]
    return [(e.claim, e.by, e.decision, e.date, e.entered_by) for e in found]


def test_a_row_is_signed_by_its_reviewer_and_entered_by_who_sits_here(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row(settings), row(settings, "C002", found="", decision="return", note="Ask the county, too.")]
    assert enter(settings, *rows) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 decisions on paper written")
    assert entries(settings) == [
        ("C005", NOVAK, "approve", "2026-11-28", RIVERA),
        ("C002", NOVAK, "reject", "2026-11-28", RIVERA),
    ]
    before = (settings.root / SIGNOFFS).read_bytes()
    assert enter(settings, *rows) == 0  # the same file once more
    assert "2 stood there already" in capsys.readouterr().out
    assert (settings.root / SIGNOFFS).read_bytes() == before
    assert enter(settings, row(settings, by=RIVERA)) == 0
    review = reviews_by_claim(read_book(settings)[0], settings.policy, TODAY)["C005"]
    assert review.wording == "Checked by Karl Novak (on paper) and Alma Rivera (on paper), 28 November 2026."


def test_a_sheet_of_another_text_is_stale_and_says_which_part_moved(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    old = row(settings)
    edit(settings.root, "docs/claims/02-today.yaml", "older by a century", "older by two centuries")
    assert enter(settings, old, row(settings, "C004")) == 1
    out = capsys.readouterr().out
    assert "forms.csv:2: C005 is stale: the evidence moved after the sheet was printed." in out
    assert "1 decision on paper written to docs/claims/signoffs.yaml, 1 refused." in out
    assert [entry[0] for entry in entries(settings)] == ["C004"]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"reviewer": "nobody"}, "people.yaml has no person nobody."),
        ({"reviewer": ""}, "It names no person."),
        ({"claim": "C999"}, "the ledger has no such claim"),
        ({"date": "2026-12-24"}, "is yet to come"),
        ({"date": "28.11.2026"}, "not a day such as"),
        ({"code": "12"}, "not twelve digits"),
        ({"found": "a"}, "left: b"),
        ({"found": "a,c"}, "the claim has no piece c"),
        ({"found": "a,b", "not_there": "b"}, "piece b has two answers"),
        ({"found": "a", "not_there": "b"}, "the words do not stand there"),
        ({"decision": "reject it"}, "not approve, return or second-reader"),
        ({"decision": "return"}, "To return a finding takes a note."),
        ({"decision": ""}, "it has no decision"),
        ({"read_reasoning": "perhaps"}, "not yes or no"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(
    settings: Settings, capsys: pytest.CaptureFixture[str], cells: dict[str, str], why: str
) -> None:
    assert (
        enter(
            settings,
            row(settings, **({"claim": "C005"} | {k: v for k, v in cells.items() if k != "claim"})).replace(
                "C005", cells.get("claim", "C005")
            ),
        )
        == 1
    )
    line = capsys.readouterr().out.splitlines()[0]
    assert "forms.csv:2: " in line and why in line
    assert entries(settings) == []


def test_the_proposer_does_not_sign_on_paper_either(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert enter(settings, row(settings, "C003")) == 1
    assert "This finding is yours" in capsys.readouterr().out
    assert entries(settings) == []


def test_nobody_enters_who_is_not_known(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    git(settings.root, "config", "user.email", "nobody@example.org")
    assert enter(settings, row(settings)) == 2
    assert "You can read, not sign" in capsys.readouterr().err


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(settings: Settings, tmp_path: Path, separator: str) -> None:
    code = short_code(digests(settings, "C005"))
    text = "Claim,Code,Reviewer,Date,Found,Decision,Read reasoning,Note\r\n"
    text += f'c005,{code.replace(" ", "-").upper()},k.novak,2026-11-28,a b,Return,yes,"A line\r\nand one more"\r\n'
    text += "C006,,,,,,,\r\n"
    file = tmp_path / "x.csv"
    file.write_bytes(b"\xef\xbb\xbf" + text.replace(",", separator).encode())
    (form,) = read_forms(file)
    assert isinstance(form, PaperForm)
    assert (form.claim, form.code, form.found, form.read_reasoning) == ("C005", code.replace(" ", ""), ("a", "b"), True)
    assert form.note == "A line\r\nand one more"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("claim,code\n", "column reviewer is missing"),
        (",".join(COLUMNS) + ",signature\n", "no column 'signature'"),
        (",".join(COLUMNS) + ",note\n", "stands twice"),
        (",".join(COLUMNS) + '\n"open', "x.csv:2"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_what_is_no_such_csv_is_said(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert main(["--root", str(settings.root), "sign", "--from", str(file)]) == 2
    assert says in capsys.readouterr().err


def test_a_blank_form_has_claim_and_code_and_nothing_decided(tmp_path: Path) -> None:
    file = tmp_path / "blank.csv"
    file.write_text(blank_forms([("C005", "8723 4529 49e7")]), encoding="utf-8")
    assert file.read_text("utf-8").splitlines() == [",".join(COLUMNS), "C005,8723-4529-49e7,,,,,,,,"]
    assert read_forms(file) == []


def test_answers_on_paper_count_for_the_link_record(settings: Settings) -> None:
    edit(settings.root, "docs/claims/02-today.yaml", "        says: Upper Arden is given the earlier date.\n",
         "        says: Upper Arden is given the earlier date.\n        quote: older of the two\n"
         "        url: https://survey.example/\n")  # fmt: skip
    assert enter(settings, row(settings)) == 0
    text = (settings.root / SEEN).read_text(encoding="utf-8")
    assert "url: https://survey.example/\n  quote: older of the two\n  by: k.novak" in text
