"""Worksheets: findings with their evidence on A4, boxes to tick and room to write, for who does not touch a screen.

The code at the right of each are twelve digits of what it shows: a sheet of another text is not taken over.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from factpress.desk.held_book import DeskBook
from factpress.files.atomic import write_atomically
from factpress.files.signing.paper import blank_forms
from factpress.model.claim import Claim, Evidence
from factpress.model.digest import covered_digests, short_code
from factpress.model.signing.attempt import carries, copy_host, piece_letter, quoted_place
from factpress.model.source import signed_fields
from factpress.model.text.quotation_marks import curly_quotes
from factpress.press.fonts import write_font_faces
from factpress.press.layout.log import LayoutLog
from factpress.press.layout.renderer import Renderer, patched_layout, write_pdf
from factpress.press.qr_codes import QUIET_ZONE, qr_code
from factpress.problems import BookError, quantity
from factpress.settings import Settings

SIDE = 17.0  #: mm of a code without its white border
MODULE = 0.3  #: mm that each of its squares has at least
_SANS = '"Source Sans Pro", "Factpress Marks", "Factpress Han"'
_SERIF = '"Source Serif Pro", "Factpress Marks", "Factpress Han"'
STYLE = f"""
@page {{
  size: 210mm 297mm; margin: 17mm 12mm 14mm;
  @top-left {{ content: element(running); width: 186mm; vertical-align: bottom; padding-bottom: 2mm }}
  @bottom-left {{
    content: "Letters and boxes go into the CSV, row by row; then: factpress sign --from FILE";
    font: 8pt/10pt {_SANS}; width: 150mm; vertical-align: top; padding-top: 2mm
  }}
  @bottom-right {{
    content: counter(page) " / " counter(pages); font: 8pt/10pt {_SANS}; vertical-align: top; padding-top: 2mm
  }}
}}
html {{ font: 8.6pt/11pt {_SANS}; color: #161616 }}
body {{ margin: 0; font-feature-settings: "lnum" }}
.running {{ position: running(running); border-bottom: 0.8pt solid #161616; font: 9pt/12pt {_SANS} }}
.running b {{ margin-right: 4mm }}
.running .blank {{ float: right }}
section {{ break-inside: avoid; border-bottom: 0.6pt dashed #555; padding: 2.5mm 0 3mm }}
section.long {{ break-inside: auto }}
.head {{ margin: 0 0 1.5mm }}
.head b {{ font-size: 12.5pt; margin-right: 3mm }}
.head .code {{ float: right; font-size: 10.5pt; letter-spacing: 0.06em }}
.columns {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
.columns > tbody > tr > td {{ vertical-align: top; padding: 0 }}
td.finding {{ width: 47%; padding-right: 5mm !important }}
h2 {{ font: 600 7pt/10pt {_SANS}; letter-spacing: 0.06em; text-transform: uppercase; margin: 1.5mm 0 0 }}
.claim {{ font: italic 11pt/13.4pt {_SERIF}; margin: 0 0 1mm }}
.verdict {{ display: inline-block; border: 0.8pt solid #161616; border-radius: 1mm; padding: 0 2mm; font-weight: 600 }}
p {{ margin: 0.8mm 0 0 }}
.text {{ font: 9.2pt/11.6pt {_SERIF} }}
.piece {{ break-inside: avoid; margin: 0 0 2.2mm; min-height: 18mm; position: relative; padding-left: 21mm }}
.piece.wide {{ padding-left: 26mm; min-height: 23mm }}
.piece svg {{ position: absolute; left: 0; top: 0 }}
.piece p {{ margin: 0 }}
.quote {{ font: 9.2pt/11.6pt {_SERIF} }}
.boxes > span {{ margin-right: 5mm; white-space: nowrap }}
.box {{ display: inline-block; width: 2.6mm; height: 2.6mm; border: 0.7pt solid #161616; margin-right: 1.2mm }}
.decide {{ font-size: 9.6pt; line-height: 13.5pt; margin: 3mm 0 0; break-inside: avoid }}
.decide span.choice {{ margin-right: 6mm; white-space: nowrap }}
.line {{ border-bottom: 0.5pt solid #555; height: 6mm; margin: 0 }}
.entries {{ break-before: page }}
.entries p {{ break-inside: avoid; font-size: 8.4pt; line-height: 11pt }}
"""


_DECIDE = (
    '<div class="decide"><p>'
    + "".join(
        f'<span class="choice"><span class="box"></span>{words}</span> '
        for words in ("I read the reasoning", "Approve", "Second reader", "Return, because:")
    )
    + "</p>"
    + '<p class="line"></p>' * 3
    + "</div>"
)


def worksheets_pdf(settings: Settings, desk: DeskBook, claims: Sequence[Claim]) -> bytes:
    """Return the worksheets of some claims as a PDF on A4: each with its finding and evidence whole.

    Raises:
        BookError: a character has no face, or the layout is not sound.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        page, faces = folder / "worksheets.html", folder / "faces.css"
        page.write_text(worksheets_html(settings, desk, claims), encoding="utf-8")
        faces.write_text(write_font_faces(folder, woff2=False, extra=settings.faces), encoding="utf-8")
        log = LayoutLog(page)
        with patched_layout(log):
            document = Renderer([faces], folder, log).lay_out(page, STYLE)
        data = write_pdf(document, "outer", log)
    if log.problems:
        raise BookError(log.problems)
    return data


def worksheets_html(settings: Settings, desk: DeskBook, claims: Sequence[Claim]) -> str:
    """Return the worksheets as one page of HTML."""
    title = f"{settings.title}: worksheets"
    sources = sorted({item.source for claim in claims for item in claim.evidence} & desk.book.sources.keys())
    entries = "".join(f"<p><b>{escape(key)}</b> {_entry(desk, key)}</p>" for key in sources)
    running = (
        f'<p class="running"><b>{escape(settings.title)}</b> {quantity(len(claims), "worksheet")}'
        '<span class="blank">Reviewer ______________________ Date ______________</span></p>'
    )
    return (
        f'<!doctype html><html lang="{escape(settings.language)}"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title></head><body>{running}{''.join(_sheet(settings, desk, claim) for claim in claims)}"
        + (f'<div class="entries"><h2>Entries of the sources</h2>{entries}</div>' if entries else "")
        + "</body></html>"
    )


def _sheet(settings: Settings, desk: DeskBook, claim: Claim) -> str:
    finding = claim.finding
    assert finding  # only findings are printed
    needed = settings.policy.approvals_needed(finding.verdict)
    people = "one person signs" if needed == 1 else f"{needed} people sign"
    places = [f"¶ {place.label}" for place in desk.places.get(claim.id, ()) if place.label]
    where = " · ".join([*places, f"article {', '.join(claim.units)}", str(claim.kind), people])
    parts = [
        ("What the article claims", f'<p class="claim">{_text(claim.claim)}</p>'),
        ("", f'<p><span class="verdict">{finding.verdict.glyph} {finding.verdict.word}</span></p>'),
        ("", f'<p class="text">{_text(finding.statement)}</p>'),
    ]
    if finding.correction:
        parts.append(("How the sentence should read", f'<p class="text">{_text(finding.correction)}</p>'))
    if finding.searched:
        looked = "".join(f'<p class="text">{_text(place)}</p>' for place in finding.searched)
        parts.append(("Where we looked", looked))
    parts.append(("Why", f'<p class="text">{_text(finding.reasoning)}</p>'))
    for place in desk.places.get(claim.id, ()):
        if place.said:
            parts.append(("In our text", f'<p class="text">{_text(place.said)}</p>'))
    left = "".join(f"{f'<h2>{head}</h2>' if head else ''}{body}" for head, body in parts)
    right = "".join(_piece(desk, at, item) for at, item in enumerate(claim.evidence))
    words = len(f"{finding.statement} {finding.reasoning}".split()) + 30 * len(claim.evidence)
    code = short_code(covered_digests(claim, desk.book.sources))
    return (
        f'<section class="{"long" if words > 500 else "sheet"}"><p class="head"><span class="code">{code}</span>'
        f"<b>{claim.id}</b>{escape(where)}</p>"
        f'<table class="columns"><tr><td class="finding">{left}{_DECIDE}</td><td>{right}</td></tr></table></section>'
    )


def _piece(desk: DeskBook, at: int, item: Evidence) -> str:
    source = desk.book.sources.get(item.source)
    name = _text(source.short if source else item.source)
    url, copy = quoted_place(item, desk.book), copy_host(item, desk.book)
    code, wide = _code(url, f"{piece_letter(at)}: {source.short if source else item.source}") if url else ("", False)
    before, words, after = (escape(text or "") for text in (item.before, item.quote, item.after))  # as on the page
    quote = f'<p class="quote">{before} “{words}” {after}</p>'
    carried = "" if carries(item) else " (carries nothing)"
    seen = f"{str(item.grade).capitalize()}, {item.consulted.words}{f', in a copy at {escape(copy)}' if copy else ''}."
    boxes = "".join(f'<span><span class="box"></span>{word}</span>' for word in ("found", "not there", "cannot open"))
    return (
        f'<div class="piece{" wide" if wide else ""}">{code}<p><b>{piece_letter(at)}</b> '
        f"{str(item.stance).capitalize()}{carried} · {name}, {_text(item.locator)}</p>"
        f'{quote if item.quote else ""}<p>{_text(item.says)} <i>{seen}</i></p><p class="boxes">{boxes}</p></div>'
    )


def _code(url: str, title: str) -> tuple[str, bool]:
    """Return the code of an address, and whether it is wider than most."""
    code = qr_code(url)
    module = max(SIDE / code.dark, MODULE)
    size, white = module * code.side, -module * QUIET_ZONE
    drawn = (
        f'<svg viewBox="0 0 {code.side} {code.side}" width="{size:.2f}mm" height="{size:.2f}mm" '
        f'style="left:{white:.2f}mm;top:{white:.2f}mm"><title>{escape(title)}</title>'
        f'<path d="{code.path}" stroke="#000" fill="none"/></svg>'
    )
    return drawn, module * code.dark > SIDE + 1


def _entry(desk: DeskBook, key: str) -> str:
    fields = signed_fields(desk.book.sources[key])
    return " · ".join(f"{name}: {escape(text)}" for name, text in fields.items())


def _text(text: str) -> str:
    return escape(curly_quotes(text))


def write_worksheets(settings: Settings, desk: DeskBook, claims: Sequence[Claim]) -> tuple[Path, Path]:
    """Write the worksheets, and the CSV for what will be written on them; return both files.

    Raises:
        BookError: the layout is not sound.
        FileError: a file cannot be written.
    """
    pdf = settings.build / f"{settings.name}-worksheets.pdf"
    codes = [(claim.id, short_code(covered_digests(claim, desk.book.sources))) for claim in claims]
    write_atomically(pdf, worksheets_pdf(settings, desk, claims))
    write_atomically(pdf.with_suffix(".csv"), blank_forms(codes))
    return pdf, pdf.with_suffix(".csv")
