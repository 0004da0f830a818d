"""What WeasyPrint's tagged PDF/A-3a still lacks to be PDF/UA-1 as well, mended in one pass."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from factpress.press.tagged_pdf.structure import mend_tags
from factpress.press.tagged_pdf.xmp import with_pdfua

MARKED = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")
HEADINGS = tuple(Name(f"/H{level}") for level in range(1, 7))
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"

Element = Object  # a dictionary of the tag tree


@dataclass(frozen=True, slots=True)
class Finished:
    """A conforming PDF, the number printed on each page, and the characters set in each of its faces."""

    data: bytes
    numbers: tuple[str, ...]
    fonts: Mapping[str, str]  #: name without the subset's prefix: the characters, in order


def make_conforming(
    data: bytes,
    *,
    first_numbered_page: int = 1,
    rights: str = "",
    licence: str = "",
    link_texts: Sequence[Sequence[str]] = (),
) -> Finished:
    """Return the PDF of WeasyPrint as PDF/UA-1 and PDF/A-3a in one, the same bytes each time.

    Page `first_numbered_page` (from 1) is number 1; those before it are i, ii … `link_texts` describe the
    link annotations of each page, in their order.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = mend(pdf, link_texts)
        numbers = finish(pdf, first_numbered_page, rights, licence)
        return Finished(saved(pdf), numbers, fonts)


def mend(pdf: Pdf, link_texts: Sequence[Sequence[str]]) -> dict[str, str]:
    """Put the tags and links of a book, or of a part of one, right; return the characters set in each face."""
    _tags(pdf)
    _links(pdf, link_texts)
    return _fonts(pdf)


def finish(pdf: Pdf, first_numbered_page: int, rights: str, licence: str) -> tuple[str, ...]:
    """Put right what a whole book has once; return the number printed on each page."""
    _catalogue(pdf, rights, licence)
    return _page_labels(pdf, first_numbered_page)


def saved(pdf: Pdf) -> bytes:
    """Return the file, compressed, the same bytes each time."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/Filter" not in item and item.get("/Type") != Name.Metadata:
            item.write(zlib.compress(item.read_raw_bytes(), 6), filter=Name.FlateDecode)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    # some readers take the CR at the end of a stream and the LF after it for one line end: make it CR, CR
    return out.getvalue().replace(b"\r\nendstream\nendobj", b"\r\rendstream\nendobj")


def _catalogue(pdf: Pdf, rights: str, licence: str) -> None:
    language = str(pdf.Root.get("/Lang", ""))
    packet = with_pdfua(pdf.Root.Metadata.read_bytes(), language=language, rights=rights, licence=licence)
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Interpolate"):
            item.Interpolate = False  # PDF/A forbids it


def _tags(pdf: Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    document = root.K[0]
    notes = count(1)
    for area in _foot_note_areas(document):
        for note in area.K:
            note.S = Name.Note
            note.ID = String(f"note-{next(notes)}")
    mend_tags(document)
    reached: set[tuple[int, int]] = set()
    _mend(pdf, document, reached, in_head=False)
    _running_heads(pdf, reached)


def _mend(pdf: Pdf, element: Element, reached: set[tuple[int, int]], in_head: bool) -> None:
    reached.add(element.objgen)
    kind, kids = element.S, _kids(element)
    if kind == Name.LI:
        _gather_body(pdf, element, kids)
    elif kind == Name.L:
        # items side by side have tagged white space between them, which becomes an artifact below
        element.K = Array([kid for kid in kids if kid.S in (Name.L, Name.LI, Name.Caption)])
        kids = _kids(element)
    elif kind == Name.TR:
        _scope(kids, in_head or all(kid.S == Name.TH for kid in kids))
    elif kind == Name.Link and not _has_annotation(element):
        element.S = Name.Span  # an `a` without href
    elif kind in HEADINGS:
        for kid in kids:
            if kind == kid.S:
                kid.S = Name.Span  # what stands beside a block in a heading, a chapter's number, is no second heading
    for kid in kids:
        _mend(pdf, kid, reached, in_head or kind == Name.THead)


def _kids(element: Element) -> list[Element]:
    # The others are marked content (a number) and references to annotations.
    return [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]


def _has_annotation(element: Element) -> bool:
    return any(isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR for kid in element.K)


def _gather_body(pdf: Pdf, item: Element, kids: list[Element]) -> None:
    # <li><p> comes out as LI > P, but a list item holds a label and a body.
    loose = [kid for kid in kids if kid.S not in (Name.Lbl, Name.LBody)]
    if not loose:
        return
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg, K=Array(loose)))
    for kid in loose:
        kid.P = body
    item.K = Array([*(kid for kid in kids if kid.S in (Name.Lbl, Name.LBody)), body])


def _scope(cells: list[Element], column: bool) -> None:
    for cell in cells:
        if cell.S == Name.TH:
            cell.A.Scope = Name.Column if column else Name.Row


def _foot_note_areas(document: Element) -> Iterator[Element]:
    """Yield the last element of each page that holds nothing but inline elements: its foot notes."""
    last: dict[tuple[int, int], Element] = {}
    for element in _kids(document):
        last[element.Pg.objgen] = element
    for element in last.values():
        kids = _kids(element)
        if kids and [element.S, *{kid.S for kid in kids}] == [Name.NonStruct, Name.Span]:
            yield element


def _running_heads(pdf: Pdf, reached: set[tuple[int, int]]) -> None:
    # WeasyPrint marks the text of page margins as content, with elements that are not in the tree: it is neither
    # content nor, as it should be, an artifact.
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        elements = parents[int(page.obj.StructParents)]
        loose = {str(number).encode() for number, element in enumerate(elements) if element.objgen not in reached}
        if loose:
            page.obj.Contents.write(_as_artifacts(page.obj.Contents.read_bytes(), loose))
            for number in loose:
                elements[int(number)] = None


def _as_artifacts(content: bytes, numbers: set[bytes]) -> bytes:
    return MARKED.sub(lambda mark: ARTIFACT if mark[1] in numbers else mark[0], content)


def _links(pdf: Pdf, texts: Sequence[Sequence[str]]) -> None:
    for number, page in enumerate(pdf.pages):
        annotations = page.get("/Annots", Array())
        if len(annotations):
            page.Tabs = Name.S
        named = texts[number] if number < len(texts) else ()
        for index, annotation in enumerate(annotations):
            if index < len(named) and named[index]:
                annotation.Contents = String(named[index])


def _page_labels(pdf: Pdf, first: int) -> tuple[str, ...]:
    labels = pikepdf.NumberTree.new(pdf)
    if first > 1:
        labels[0] = Dictionary(S=Name.r)
    labels[first - 1] = Dictionary(S=Name.D)
    pdf.Root.PageLabels = labels.obj
    return tuple(str(page.label) for page in pdf.pages)


def _fonts(pdf: Pdf) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/BaseFont" in item:
            name = str(item.BaseFont).lstrip("/").partition("+")[2] or str(item.BaseFont).lstrip("/")
            found[name] = found.get(name, "") + _characters(item.get("/ToUnicode"))
    return dict(sorted(found.items()))


def _characters(to_unicode: Object | None) -> str:
    if to_unicode is None:
        return ""
    mapping = to_unicode.read_bytes().partition(b"beginbfchar")[2]
    pairs = re.findall(rb"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", mapping)
    texts = (bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for code in pairs)
    return "".join(sorted(set("".join(texts))))
