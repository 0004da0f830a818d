"""Articles as files of other formats, made small: a DOCX and an ODT are ZIP archives of XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def archive(entries: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Return a ZIP archive; entries named in `stored` are not deflated."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content, zipfile.ZIP_STORED if name in stored else None)
    return data.getvalue()


def docx_entries(paragraphs: list[tuple[str, str]], before: str = "") -> dict[str, str | bytes]:
    """Return the entries of a DOCX whose paragraphs have a style and a text; `before` stands before its XML."""
    kinds = f"{R}/content-types"
    relations = f"{R}/relationships"
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    styles = dict.fromkeys(style for style, _ in paragraphs if style)
    body = "".join(
        f"<w:p><w:pPr>{f'<w:pStyle w:val={chr(34)}{style}{chr(34)}/>' if style else ''}</w:pPr>"
        f"<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
        for style, text in paragraphs
    )
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{NAMES.get(style, style)}"/></w:style>'
        for style in styles
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{document}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{document}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{named}</w:styles>',
        "word/document.xml": f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }


NAMES = {"Heading1": "heading 1", "Heading2": "heading 2"}


def docx(paragraphs: list[tuple[str, str]]) -> bytes:
    """Return a DOCX."""
    return archive(docx_entries(paragraphs))


def odt(body: str) -> bytes:
    """Return an ODT of the XML of a body."""
    names = ("office", "text", "table", "style")
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in names)
    content = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    return archive(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"{content}</office:document-content>"},
        stored=("mimetype",),
    )
