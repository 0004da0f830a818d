"""Reads DOCX and ODT; both are ZIP archives of XML, so the archive is judged before any library opens it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from factpress.importer.document import BlockKind, Document, blocks_of
from factpress.importer.web_page import read_fragment

MAX_ENTRIES = 2000
MAX_ENTRY = 64 * 2**20  #: bytes of one entry, inflated
MAX_TOTAL = 256 * 2**20  #: bytes of all entries, inflated
MAX_RATIO = 200  #: inflated to stored
SMALL = 2**20  #: bytes, up to which an entry may have any ratio: XML of empty paragraphs folds well
#: Word's styles that mammoth does not know: a quotation stays one, and what is struck is not taken for text
_STYLES = """
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Caption'] => figcaption:fresh
"""
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _STYLE, _OFFICE = (_ODF % name for name in ("text", "table", "style", "office"))
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_docx(data: bytes) -> Document:
    """Return the document that a DOCX is.

    Raises:
        ValueError: the archive is not sound, is too large when inflated, or is not a DOCX; the text says why.
    """
    import mammoth

    entries = _checked(data)
    if "word/document.xml" not in entries:
        raise ValueError("it is not a DOCX: it has no word/document.xml")
    found = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=_no_picture)
    left_out = sorted({message.message for message in found.messages if "style" not in message.message})
    if any(posixpath.basename(name).lower() == "vbaproject.bin" for name in entries):
        left_out.append("macros were left out")
    blocks = read_fragment(_with_notes(found.value))
    title, blocks = _title_of(blocks)
    return Document(blocks=blocks, title=title or _core_title(entries), left_out=tuple(left_out))


def _title_of(blocks: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        return blocks[0].text, blocks[1:]
    return "", blocks


def _no_picture(_image: Any) -> list[Any]:
    return []


def _with_notes(markup: str) -> str:
    """Return mammoth's HTML with its list of notes, the last `ol` whose items are notes, named as one."""
    start = markup.rfind('<ol><li id="footnote-')
    if start < 0:
        start = markup.rfind('<ol><li id="endnote-')
    return markup if start < 0 else f'{markup[:start]}<section role="doc-endnotes">{markup[start:]}</section>'


def _core_title(entries: dict[str, bytes]) -> str:
    if "docProps/core.xml" not in entries:
        return ""
    found = _parse(entries["docProps/core.xml"]).find(f"{_DC}title")
    return " ".join((found.text or "").split()) if found is not None else ""


def read_odt(data: bytes) -> Document:
    """Return the document that an ODT is.

    Raises:
        ValueError: the archive is not sound, is too large when inflated, or is not an ODT; the text says why.
    """
    entries = _checked(data)
    if b"opendocument.text" not in entries.get("mimetype", b"") or "content.xml" not in entries:
        raise ValueError("it is not an ODT: it has no content.xml")
    tree = _parse(entries["content.xml"])
    styles = _style_names(tree, entries)
    body = tree.find(f"{_OFFICE}body/{_OFFICE}text")
    notes: list[tuple[str, str, int, int]] = []
    blocks = blocks_of([*(_odt_blocks(body, styles, notes) if body is not None else []), *notes])
    title, blocks = _title_of(blocks)
    language = ""
    if "meta.xml" in entries:
        meta = _parse(entries["meta.xml"])
        title = title or " ".join("".join(meta.xpath("string(//*[local-name()='title'])")).split())
        language = "".join(meta.xpath("string(//*[local-name()='language'])")).strip()
    return Document(blocks=blocks, title=title, language=language)


def _style_names(tree: Any, entries: dict[str, bytes]) -> dict[str, str]:
    """Return the style that each style of the document was made from, by its name."""
    trees = [tree, *([_parse(entries["styles.xml"])] if "styles.xml" in entries else [])]
    return {
        style.get(f"{_STYLE}name"): style.get(f"{_STYLE}parent-style-name") or style.get(f"{_STYLE}name")
        for each in trees
        for style in each.iter(f"{_STYLE}style")
    }


def _odt_blocks(
    element: Any, styles: dict[str, str], notes: list[tuple[str, str, int, int]], kind: str = "", depth: int = 0
) -> Iterator[tuple[str, str, int, int]]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if name == "h":
            yield BlockKind.HEADING, _odt_text(child, notes), int(child.get(f"{_TEXT}outline-level") or 1), 0
        elif name == "p":
            style = styles.get(child.get(f"{_TEXT}style-name"), child.get(f"{_TEXT}style-name") or "")
            if style == "Title":
                yield BlockKind.HEADING, _odt_text(child, notes), 1, 0
                continue
            quoted = "quot" in style.lower()
            caption = style in ("Caption", "Figure", "Illustration", "Table", "Text", "Drawing")
            of_style = "quotation" if quoted else "caption" if caption else "paragraph"
            yield BlockKind(kind or of_style), _odt_text(child, notes), max(depth, 1), 0
        elif name in ("tracked-changes", "sequence-decls", "table-of-content", "alphabetical-index"):
            continue
        else:
            inside = "item" if name == "list-item" else "cell" if name == "table-cell" else kind
            yield from _odt_blocks(child, styles, notes, inside, depth + (name == "list"))


def _odt_text(element: Any, notes: list[tuple[str, str, int, int]]) -> str:
    parts = [element.text or ""]
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name in ("s", "tab", "line-break"):
            parts.append(" ")
        elif name == "note":
            body = child.find(f"{_TEXT}note-body")
            call = (
                "".join(child.find(f"{_TEXT}note-citation").itertext())
                if child.find(f"{_TEXT}note-citation") is not None
                else ""
            )
            if body is not None:
                notes.append((BlockKind.NOTE, " ".join(" ".join(body.itertext()).split()), 1, 0))
                parts.append(f"[{call or len(notes)}]")
        elif name and name not in ("annotation", "annotation-end", "change", "change-start", "change-end", "frame"):
            parts.append(_odt_text(child, notes))
        parts.append(child.tail or "")
    return "".join(parts)


def _checked(data: bytes) -> dict[str, bytes]:
    """Return the text entries of an archive by name, inflated and counted; ValueError if one is not to be trusted."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ValueError("its archive is broken") from error
    entries, total = {}, 0
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise ValueError(f"its archive has {len(infos)} entries; {MAX_ENTRIES} are the most")
    for info in infos:
        name = info.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or "\0" in name or name in entries:
            raise ValueError(f"its archive has an entry that it should not have: {name[:40]!r}")
        content = _inflated(archive, info)
        total += len(content)
        if total > MAX_TOTAL:
            raise ValueError(f"its archive holds more than {MAX_TOTAL // 2**20} MiB")
        if name.endswith((".xml", ".rels")) and re.search(rb"<!DOCTYPE|<!ENTITY", content):
            raise ValueError(f"{name} declares a document type, which no writer of such files does")
        if name.endswith((".xml", ".rels", "mimetype")) or name.lower().endswith("vbaproject.bin"):
            entries[name] = content
    return entries


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return an entry, read in pieces: the directory's own figures may be wrong."""
    parts, size = [], 0
    if info.flag_bits & 1:
        raise ValueError("it asks for a password")
    try:
        with archive.open(info) as stream:
            while piece := stream.read(2**20):
                size += len(piece)
                if size > MAX_ENTRY:
                    raise ValueError(f"an entry of its archive is larger than {MAX_ENTRY // 2**20} MiB")
                if size > SMALL and size > MAX_RATIO * max(info.compress_size, 1):
                    raise ValueError(f"an entry of its archive grows more than {MAX_RATIO} times")
                parts.append(piece)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValueError("its archive is broken") from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2") or type(error).__name__ == "error":
            raise ValueError("its archive is broken") from error
        raise
    return b"".join(parts)


def _parse(content: bytes) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(content, parser=etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"its XML is broken: {error}") from error
