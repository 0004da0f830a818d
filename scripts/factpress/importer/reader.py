"""From the bytes of a file to a document: what it is, told by its content and not by its name, and who reads it."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import PurePath

from factpress.importer.document import Document
from factpress.importer.markdown_text import is_markdown, read_markdown
from factpress.importer.plain_text import read_plain_text
from factpress.model.place import Place
from factpress.problems import BookError, Problem, problem

MAX_BYTES = 64 * 2**20  #: of a file
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: first bytes: what such a file is
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Word"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
)
_EPUB, _ODT = b"application/epub+zip", b"application/vnd.oasis.opendocument.text"


def read_article(data: bytes, name: str, encoding: str = "") -> Document:
    """Return the document in the bytes of a file; `name` is for messages, `encoding` is what a person said.

    Raises:
        BookError: the file is not one that can be imported; the problem says why, and what to do.
    """
    kind = _kind(data, name, encoding)
    try:
        if kind in ("docx", "odt", "html"):
            document = _read_guarded(kind, data)
        else:
            text = _normal(_decoded(data, name, encoding))
            document = read_markdown(text) if kind == "markdown" or is_markdown(text) else read_plain_text(text)
    except ValueError as error:
        raise BookError([_refused(name, str(error))]) from error
    except RecursionError as error:
        raise BookError([_refused(name, "its elements are nested too deep")]) from error
    if not any(any(c.isalpha() for c in block.text) for block in document.blocks):
        raise BookError([problem("article-empty", Place(name))])
    return document


def _kind(data: bytes, name: str, encoding: str) -> str:
    if not data.strip():
        raise BookError([problem("article-empty", Place(name))])
    if len(data) > MAX_BYTES:
        raise BookError([_refused(name, f"it is larger than {MAX_BYTES // 2**20} MiB")])
    for start, what in _FORMATS:
        if data.startswith(start):
            raise BookError([_refused(name, f"it is {what}")])
    if data.startswith(b"PK"):
        if _EPUB in data[:200]:
            raise BookError([_refused(name, "it is an EPUB")])
        return "odt" if _ODT in data[:200] else "docx"
    if b"\0" in data[:4096] and not encoding and not data.startswith(tuple(mark for mark, _ in _BOMS)):
        raise BookError([_refused(name, "it holds bytes that no text has")])
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<?xml", b"<!--")):
        return "html"
    suffix = PurePath(name).suffix.lower()
    return "html" if suffix in (".html", ".htm", ".xhtml") else "markdown" if suffix in (".md", ".markdown") else "text"


def _decoded(data: bytes, name: str, encoding: str) -> str:
    """Return a text by its byte order mark, as UTF-8, or by the encoding that a person named; nothing is guessed."""
    marked = next((codec for mark, codec in _BOMS if data.startswith(mark)), "")
    codec = marked or encoding or "utf-8"
    try:
        return data.decode(codec)
    except LookupError as error:
        raise BookError([problem("article-encoding", Place(name), why=f"there is no encoding {encoding!r}")]) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        why = f"byte {error.start} (0x{data[error.start]:02X}) is not {codec.upper().removesuffix('-SIG')}"
        raise BookError([problem("article-encoding", Place(name, line), why=why)]) from error


def _normal(text: str) -> str:
    """Return a text in NFC with `\\n` at the ends of its lines, without marks that nobody sees."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    text = "".join(
        c for c in text if c in "\n\t\u200c\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn")
    )
    return unicodedata.normalize("NFC", text)


def _read_guarded(kind: str, data: bytes) -> Document:
    """Return what a child process reads of a file that may be hostile; ValueError says why it gave nothing."""
    from factpress.importer.child import read_in_child

    return read_in_child(kind, data)


def _refused(name: str, why: str) -> Problem:
    return problem("article-format", Place(name), why=why)
