"""What readers see of people: marks with ●, stale after one word, reviewers, errata; and no e-mail in any edition."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from lxml import html
from pypdf import PdfReader

from cleanbook import edit
from factpress.cli.main import main
from factpress.files.book import read_book
from factpress.files.signing.history import changes_since, record_changes
from factpress.files.signing.signoffs import sign
from factpress.settings import Settings, read_settings
from signing import NOVAK, PEOPLE, RIVERA, TODAY, digests, diligent, own_book

PAGE = """
## Who stands behind it

:::{reviewers}
:::

:::{ai-statement}
:::

## Errata

:::{errata}
:::
"""


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy in which C001 and C006 are signed off, C004 by one of two, C002 stale by one word, and Karl is hidden."""
    settings = own_book(tmp_path_factory.mktemp("signed") / "book")
    root = settings.root
    for claim, by in (("C006", NOVAK), ("C004", RIVERA), ("C002", RIVERA)):
        tried = diligent(settings, claim, by)
        if claim == "C006":
            tried = replace(tried, entered_by=RIVERA)
        sign(settings, tried, digests(settings, claim), TODAY)
    edit(root, "docs/claims/01-building.yaml", "begin with the bridge", "begin at the bridge")
    edit(root, PEOPLE, "  role: archivist\n", '  role: archivist\n  emails: [karl@hidden.example]\n  shown: "no"\n')
    page = root / "docs/back/how-we-checked.md"
    page.write_text(f"# How we checked\n{PAGE}", encoding="utf-8")  # the contents list all pages of back/
    before = root.parent / "claims.json"
    earlier = {
        "verdict": "supported",
        "statement": "An older stone bridge stands six miles up the river.",
        "correction": "It is the second oldest bridge of stone in the county.",
        "evidence": [],
    }
    before.write_text(json.dumps({"claims": [{"id": "C005", "finding": earlier}]}), encoding="utf-8")
    record_changes(settings, changes_since(before, read_book(settings)[0], "0.2.0", "2026-11-21"))
    assert main(["--root", str(root), "build"]) == 0
    return read_settings(root)


def page(settings: Settings, name: str) -> html.HtmlElement:
    return html.parse(str(settings.build / "html" / name)).getroot()


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_mark_has_the_sign_of_its_review_before_it_and_the_name_on_hover(signed: Settings) -> None:
    chapter = page(signed, "chapters/01-building.html")
    marks = {mark.get("id"): mark for mark in chapter.xpath("//a[contains(@class, 'mark ')]")}
    first = marks["C001-1"]
    assert words(first).startswith("● ✓1")
    assert first.get("title") == "Checked by Alma Rivera, 20 November 2026."
    assert first.get("aria-label") == "claim 1, article: supported. Checked by Alma Rivera, 20 November 2026."
    stale = marks["C002-1"]
    assert words(stale).startswith("↻ ○2")
    assert stale.get("title") == "Checked by Alma Rivera, 29 November 2026; the finding has changed since."
    assert words(marks["C004-1"]).startswith("◔ ≠4")
    drafted = marks["C003-1"]
    assert words(drafted).startswith("◐3") and drafted.get("title") is None


def test_how_we_checked_says_who_how_many_and_what_is_stale(signed: Settings) -> None:
    text = words(page(signed, "back/how-we-checked.html"))
    assert "2 of 6 findings are signed off by people. 1 waits for another reviewer." in text
    assert "1 was signed and has changed since, or was signed too long ago." in text
    rows = page(signed, "back/how-we-checked.html").xpath("//table//tbody/tr")
    assert [[words(cell) for cell in row] for row in rows] == [
        ["Alma Rivera", "history teacher", "2"],
        ["k.novak", "archivist", "1 (1 on paper)"],
    ]
    assert (
        "One sign-off no longer holds: C002 ↻ Checked by Alma Rivera, 29 November 2026; the finding has changed" in text
    )


def test_the_statement_on_ai_is_true_to_the_record(signed: Settings) -> None:
    text = words(page(signed, "back/how-we-checked.html"))
    assert (
        "This publication examines an AI-assisted article. 5 of its 6 findings were drafted with the help of an AI."
        in text
    )
    assert "2 of 6 findings have been reviewed and accepted by people" in text
    assert "k.novak" in text and "The others have not, and each says so in its entry." in text
    assert "Publisher of record: The Arden Schools." in text


def test_errata_say_what_was_and_what_is(signed: Settings) -> None:
    text = words(page(signed, "back/how-we-checked.html"))
    assert "In the edition of 21 November 2026 (0.2.0) C005 has another verdict: supported contradicted" in text
    assert "C005 rests on other evidence: nothing brand1977, p. 33; survey2001, table of bridges" in text


def test_print_and_epub_have_the_sign_too(signed: Settings) -> None:
    text = " ".join(p.extract_text() for p in PdfReader(signed.build / "arden-bridge.pdf").pages)
    assert "●✓1" in re.sub(r"\s", "", text) and "Checked by Alma Rivera" in " ".join(text.split())
    with zipfile.ZipFile(signed.build / "arden-bridge.epub") as book:
        texts = {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xhtml")}
    chapter = next(text for name, text in texts.items() if "01-building" in name)
    assert re.search(r'class="glyph reviewed"[^>]*>●\u202f<', chapter)


def test_no_edition_holds_an_e_mail_or_a_name_withdrawn_from_display(signed: Settings) -> None:
    parts: dict[str, bytes] = {}
    for file in sorted(signed.build.rglob("*")):
        if not file.is_file() or ".work" in file.parts or file.suffix in (".woff2", ".png"):
            continue
        parts[file.name] = file.read_bytes()
        if file.suffix == ".epub":
            with zipfile.ZipFile(file) as book:
                parts |= {f"epub {name}": book.read(name) for name in book.namelist()}
        elif file.suffix == ".pdf":
            with pikepdf.open(file) as pdf:
                parts |= {f"{file.name} {name}": spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
                for number, found in enumerate(pdf.objects):
                    if isinstance(found, pikepdf.Stream):
                        parts[f"{file.name} {number}"] = found.read_raw_bytes()
            parts[f"{file.name} text"] = " ".join(p.extract_text() for p in PdfReader(file).pages).encode()
    assert len(parts) > 50
    for name, data in parts.items():
        for forbidden in (b"a.rivera@", b"karl@hidden", b"hidden.example", b"Karl Novak"):
            assert forbidden not in data, (name, forbidden)


def test_claims_json_has_states_and_names_as_readers_see_them(signed: Settings) -> None:
    data = json.loads((signed.build / "html/claims.json").read_text("utf-8"))
    states = {claim["id"]: (claim["state"], claim["state-wording"]) for claim in data["claims"]}
    assert states["C006"] == ("signed-off", "Checked by k.novak (on paper), 29 November 2026.")
