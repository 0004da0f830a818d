"""Worksheets as pages: whole findings, codes that a telephone reads, one sheet of A4 each at most two claims."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from cleanbook import edit
from factpress.cli.main import main
from factpress.desk.held_book import DeskBook
from factpress.desk.worksheets import worksheets_html
from factpress.files.book import read_book, read_prose
from factpress.files.signing.paper import COLUMNS
from factpress.model.digest import short_code
from factpress.press.qr_codes import qr_code
from factpress.settings import Settings
from signing import digests, own_book


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = own_book(tmp_path / "book")
    edit(settings.root, "docs/claims/02-today.yaml", "        says: Upper Arden is given the earlier date.\n",
         "        says: Upper Arden is given the earlier date.\n        quote: older <i>of</i> the two\n"
         "        url: https://docslib.org/doc/1\n")  # fmt: skip
    return settings


def test_worksheets_show_what_a_sign_off_covers_and_the_code_of_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(settings.root), "review", "--paper", "c005", "C002", "C006"]) == 0
    assert "factpress sign --from build/arden-bridge-worksheets.csv" in capsys.readouterr().out
    reader = PdfReader(settings.build / "arden-bridge-worksheets.pdf")
    assert reader.metadata and reader.metadata.title == "The Bridge at Arden: worksheets"
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for name in ("C005", "C002", "C006"):
        claim = read_book(settings)[0].ledger.by_id[name]
        assert claim.finding and short_code(digests(settings, name)) in text
        words = [claim.claim, claim.finding.statement, claim.finding.reasoning, *claim.finding.searched]
        words += [item.says for item in claim.evidence]
        for sentence in words:
            assert re.sub(r"\s|-", "", sentence) in re.sub(r"\s|-", "", text), sentence
    assert "2 people sign" in text and "in a copy at docslib.org" in text
    rows = list(csv.reader((settings.build / "arden-bridge-worksheets.csv").open(encoding="utf-8")))
    assert rows[0] == list(COLUMNS)
    assert [row[:2] for row in rows[1:]] == [
        [name, short_code(digests(settings, name)).replace(" ", "-")] for name in ("C005", "C002", "C006")
    ]


def test_each_piece_with_an_address_has_the_code_of_the_quoted_place(settings: Settings) -> None:
    desk = DeskBook(read_book(settings)[0], read_prose(settings)[0])
    html = worksheets_html(settings, desk, [desk.book.ledger.by_id["C005"]])
    place = "https://docslib.org/doc/1#:~:text=older%20%3Ci%3Eof%3C%2Fi%3E%20the%20two"
    assert qr_code(place).path in html and html.count("<svg") == 1  # the other piece has no page
    assert "older &lt;i&gt;of&lt;/i&gt; the two" in html and "<i>of</i>" not in html


def test_without_names_all_that_wait_are_printed_and_others_are_refused(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(settings.root), "review", "--paper"]) == 0
    rows = list(csv.reader((settings.build / "arden-bridge-worksheets.csv").open(encoding="utf-8")))
    assert [row[0] for row in rows[1:]] == ["C002", "C003", "C004", "C005", "C006"]  # not C001: signed
    assert main(["--root", str(settings.root), "review", "--paper", "C007"]) == 2
    assert "C007 is not a claim with a finding." in capsys.readouterr().err
