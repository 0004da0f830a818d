"""The board: by chapter and state, who can sign what next, what is stale since when; as text, data and a badge."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cleanbook import edit
from factpress.cli.main import main
from factpress.cli.status import command
from factpress.files.signing.signoffs import sign
from factpress.model.vocabulary import Asks
from factpress.settings import Settings
from signing import NOVAK, PEOPLE, RIVERA, TODAY, digests, diligent, own_book


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(command, "_today", lambda: TODAY)
    settings = own_book(tmp_path / "book")
    sign(settings, diligent(settings, "C005", NOVAK), digests(settings, "C005"), "2026-11-25")
    sign(settings, diligent(settings, "C006", NOVAK), digests(settings, "C006"), "2026-11-21")
    asks = replace(diligent(settings, "C002", NOVAK), choice=Asks.SECOND_READER)
    sign(settings, asks, digests(settings, "C002"), TODAY)
    return settings


def shown(settings: Settings, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["--root", str(settings.root), "status", *words]) == 0
    return capsys.readouterr().out


def test_the_board_says_where_each_chapter_stands_and_who_can_sign_what(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shown(settings, capsys)
    assert "A second reader is asked for: C002" in text
    assert "  Alma Rivera (a.rivera): C004, C003, C002, C005\n" in text
    data = json.loads(shown(settings, capsys, "--format", "json"))["board"]
    rivera, novak = data["people"]
    edit(settings.root, "docs/claims/01-building.yaml", "  kind: cause\n", "  kind: cause\n  priority: high\n")
    high = json.loads(shown(settings, capsys, "--format", "json"))["board"]["people"][0]
    assert (high["waiting"], high["next"][0]) == (4, "C004")  # not those of high priority alone
    assert (rivera["waiting"], set(rivera["next"])) == (4, {"C002", "C003", "C004", "C005"})
    # not what they proposed (C003), asked about (C002) or signed (C005, C006)
    assert (novak["waiting"], novak["next"]) == (1, ["C004"])
    assert [(row["title"][:1], row["states"]) for row in data["chapters"]] == [
        ("1", {"proposed": 3, "signed-off": 1}),
        ("2", {"unchecked": 1, "in-review": 1, "signed-off": 1}),
    ]
    assert (data["signed"], data["findings"]) == (2, 6)


def test_what_is_stale_stands_with_the_oldest_sign_off_first_and_the_part_that_moved(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(settings.root, "docs/claims/02-today.yaml", "This is a matter of taste.", "It is a matter of taste.")
    edit(settings.root, "docs/claims/01-building.yaml", "Two accounts made apart", "Two accounts that were made apart")
    text = shown(settings, capsys)
    stale = text[text.index("Stale, the oldest") :].splitlines()[1:3]
    assert stale == [
        "  C001  signed by Alma Rivera, 20 November 2026; the finding has changed since",
        "  C006  signed by Karl Novak, 21 November 2026; the finding has changed since",
    ]
    assert "- C006: signed by Karl Novak" in shown(settings, capsys, "--format", "markdown")


def test_age_is_judged_today(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_today", lambda: "2028-12-24")
    assert "C001  signed by Alma Rivera, 20 November 2026; that is longer ago than this book allows" in shown(
        settings, capsys
    )


def test_the_badge_is_a_picture_or_data(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    svg, data = settings.root.parent / "b.svg", settings.root.parent / "b.json"
    shown(settings, capsys, "--badge", str(svg))
    shown(settings, capsys, "--badge", str(data))
    assert json.loads(data.read_text("utf-8"))["message"] == "2 of 6"
    drawn = ElementTree.fromstring(svg.read_text("utf-8"))
    assert drawn.findtext("{http://www.w3.org/2000/svg}title") == "checked by people: 2 of 6 findings"
    assert main(["--root", str(settings.root), "status", "--badge", "b.png"]) == 2


def test_no_form_has_an_e_mail_and_a_withdrawn_name_is_its_id(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(settings.root, PEOPLE, "  role: archivist\n", '  role: archivist\n  shown: "no"\n')
    edit(settings.root, "docs/claims/02-today.yaml", "This is a matter of taste.", "It is a matter of taste.")
    for form in ("text", "json", "markdown"):
        text = shown(settings, capsys, "--format", form)
        assert (
            "example.org" not in text and "Karl Novak" not in text and NOVAK in text and RIVERA in text
        ) or form == "markdown"
        assert "@" not in text and "Karl Novak" not in text


def test_markdown_marks_up_nothing_of_the_book(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    edit(settings.root, PEOPLE, "  name: Karl Novak\n", "  name: '[x](javascript:1) <b>|*_'\n")
    text = shown(settings, capsys, "--format", "markdown")
    assert "\\[x\\](javascript:1) &lt;b&gt;\\|\\*\\_" in text and "<b>" not in text
