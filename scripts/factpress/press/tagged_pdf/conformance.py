"""What WeasyPrint's tagged PDF/A-3a still lacks to be PDF/UA-1 as well: first of each part, then of the whole book."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from factpress.press.tagged_pdf.split_elements import SplitElements
from factpress.press.tagged_pdf.structure import (
    CALLS_NAME,
    ORIGIN_NAME,
    drop_empty,
    is_footnote_area,
    link_footnotes,
    name_footnotes,
    repair_elements,
    walk_elements,
)
from factpress.press.tagged_pdf.xmp import add_conformance_claims

BEGIN_MARKED_CONTENT = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")  # as WeasyPrint writes it
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def repair_structure(pdf: Pdf, link_texts: Sequence[Sequence[str]]) -> dict[str, str]:
    """Repair the structure and links of a book, or of a part of one; return the characters set in each font.

    `link_texts` describe the link annotations of each page, in their order.
    """
    document = pdf.Root.StructTreeRoot.K[0]
    name_footnotes(document)
    link_footnotes(document)  # first: what is empty is gone after the merging
    SplitElements(document, ORIGIN_NAME).merge([element for element in document.K if not is_footnote_area(element)])
    for element in reversed(list(walk_elements(document))):  # what holds nothing but empty elements is empty
        drop_empty(element)
        for name in (ORIGIN_NAME, CALLS_NAME):
            if name in element:
                del element[name]
    _mark_artifacts(pdf, repair_elements(pdf, document))
    _describe_links(pdf, link_texts)
    return _characters_by_font(pdf)


def complete_document(pdf: Pdf, rights: str, licence: str, *, in_spreads: bool) -> tuple[str, ...]:
    """Add what a whole document has once; return the number printed on each page: the cover is page 1.

    With `in_spreads` its first view is as the folded book lies open: the cover alone, at the right.
    """
    _complete_catalog(pdf, rights, licence)
    if in_spreads:
        pdf.Root.PageLayout = Name.TwoPageRight
    return _label_pages(pdf)


def to_bytes(pdf: Pdf) -> bytes:
    """Return the file, compressed, the same bytes each time."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and "/Filter" not in item and item.get("/Type") != Name.Metadata:
            item.write(zlib.compress(item.read_raw_bytes(), 9), filter=Name.FlateDecode)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    # some readers take the CR at the end of a stream and the LF after it for one line end: make it CR, CR
    return out.getvalue().replace(b"\r\nendstream\nendobj", b"\r\rendstream\nendobj")


def _complete_catalog(pdf: Pdf, rights: str, licence: str) -> None:
    language = str(pdf.Root.get("/Lang", ""))
    packet = add_conformance_claims(pdf.Root.Metadata.read_bytes(), language=language, rights=rights, licence=licence)
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)  # ISO 14289-1, 7.1
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Interpolate"):
            item.Interpolate = False  # ISO 19005-3, 6.2.8


def _mark_artifacts(pdf: Pdf, reached: set[tuple[int, int]]) -> None:
    """Make artifacts of the marked content whose element is not in the tree.

    WeasyPrint marks the text of page margins as content, with elements that are in no tree: it is neither content
    nor, as it should be, an artifact (ISO 14289-1, 7.1 and 7.8).
    """
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        elements = parents[int(page.obj.StructParents)]
        loose = {str(number).encode() for number, element in enumerate(elements) if element.objgen not in reached}
        if loose:
            page.obj.Contents.write(_as_artifacts(page.obj.Contents.read_bytes(), loose))
            for number in loose:
                elements[int(number)] = None


def _as_artifacts(content: bytes, mcids: set[bytes]) -> bytes:
    return BEGIN_MARKED_CONTENT.sub(lambda mark: ARTIFACT if mark[1] in mcids else mark[0], content)


def _describe_links(pdf: Pdf, texts: Sequence[Sequence[str]]) -> None:
    # ISO 14289-1, 7.18.3: pages with annotations are tabbed by structure; 7.18.5: a link has Contents
    for number, page in enumerate(pdf.pages):
        annotations = page.get("/Annots", Array())
        if len(annotations):
            page.Tabs = Name.S
        described = texts[number] if number < len(texts) else ()
        for index, annotation in enumerate(annotations):
            if index < len(described) and described[index]:
                annotation.Contents = String(described[index])


def _label_pages(pdf: Pdf) -> tuple[str, ...]:
    labels = pikepdf.NumberTree.new(pdf)
    labels[0] = Dictionary(S=Name.D)
    pdf.Root.PageLabels = labels.obj
    return tuple(str(page.label) for page in pdf.pages)


def _characters_by_font(pdf: Pdf) -> dict[str, str]:
    """Return the characters set in each font, by its name without the subset's prefix."""
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
