"""Errata: what findings changed since a published edition, kept once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleanbook import edit
from factpress.cli.main import main
from factpress.files.book import read_book
from factpress.settings import Settings
from signing import own_book

HISTORY = "docs/claims/history.yaml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return own_book(tmp_path / "book")


def published(settings: Settings) -> Path:
    """Return a claims.json with what the finding on C005 is now, and nothing of the others but a claim without one."""
    finding = {
        "verdict": "contradicted",
        "statement": "An older stone bridge stands six miles up  the river.",
        "correction": "It is the second oldest bridge of stone in the county.",
        "evidence": [
            {"source": "brand1977", "locator": "p. 33"}, {"source": "survey2001", "locator": "table of bridges"},
        ],
    }  # fmt: skip
    file = settings.root.parent / "claims.json"
    file.write_text(json.dumps({"claims": [{"id": "C005", "finding": finding}, {"id": "C006"}]}), encoding="utf-8")
    return file


def run(settings: Settings, *words: str) -> int:
    since = str(published(settings))
    return main(["--root", str(settings.root), "errata", "--since", since, "--edition", "0.3.0", *words])


def test_what_did_not_change_is_no_erratum(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings, "--write") == 0
    assert capsys.readouterr().out.startswith("0 changes of findings since")
    assert not (settings.root / HISTORY).exists()


def test_each_part_that_changed_is_kept_once_with_what_was_and_is(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "docs/claims/02-today.yaml"
    edit(settings.root, file, "stands six miles up", "stands seven miles up")
    edit(settings.root, file, "locator: p. 33", "locator: pp. 33–34")
    assert run(settings) == 0
    assert "C005 statement: An older stone bridge stands six" in capsys.readouterr().out
    assert not (settings.root / HISTORY).exists()
    assert run(settings, "--write") == 0 and run(settings, "--write") == 0
    assert (
        (settings.root / HISTORY).read_text("utf-8")
        == """\
- edition: 0.3.0
  date: "2026-11-20"
  claim: C005
  part: statement
  was: An older stone bridge stands six miles up the river.
  now: An older stone bridge stands seven miles up the river.

- edition: 0.3.0
  date: "2026-11-20"
  claim: C005
  part: evidence
  was: brand1977, p. 33; survey2001, table of bridges
  now: brand1977, pp. 33–34; survey2001, table of bridges
"""
    )
    assert len(read_book(settings)[0].history) == 2
    assert main(["--root", str(settings.root), "check"]) == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"claims": 3}', '{"claims": [1]}'])
def test_what_is_no_claims_json_is_said(settings: Settings, capsys: pytest.CaptureFixture[str], text: str) -> None:
    file = settings.root.parent / "x.json"
    file.write_text(text, encoding="utf-8")
    assert main(["--root", str(settings.root), "errata", "--since", str(file), "--edition", "1"]) == 2
    assert "is not a claims.json" in capsys.readouterr().err
