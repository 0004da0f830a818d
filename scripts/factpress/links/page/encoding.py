"""From the bytes of a page to its text, by the labels of the WHATWG Encoding Standard, whatever the server says."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import webencodings

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.{0,2000}?-->", re.DOTALL)
_DECLARED_WITHIN = 8192  #: bytes at the beginning in which a page may name its encoding
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: Python's codec of all that the standard means by a name; its codec of the same name knows fewer characters
_CODECS = {
    "gbk": "gb18030", "euc-kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs", "euc-jp": "euc_jis_2004",
    "iso-2022-jp": "iso2022_jp_ext", "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "iso-8859-8-i": "iso-8859-8", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874",
}  # fmt: skip
#: in seven bits, so that their bytes are valid UTF-8 too: their own escape sequences tell them from it
_SEVEN_BITS = ((b"\x1b$", "iso2022_jp_ext"), (b"\x1b$)C", "iso2022_kr"))
#: tried where nothing is declared and the bytes are not UTF-8, as browsers guess
_GUESSED = ("cp949", "cp932", "euc_jis_2004", "gb18030", "big5hkscs", "cp1251", "koi8-r")
#: labels of the encoding “replacement” that nothing here reads
_REPLACED = frozenset({"hz-gb-2312", "iso-2022-cn", "iso-2022-cn-ext", "replacement"})
_MOSTLY = 2  #: characters beyond ASCII for each damaged one, so that a text is still in its encoding


def decode_page(body: bytes, content_type: str = "") -> str:
    """Return the text of a page as a browser shows it."""
    return next(possible_decodings(body, content_type))


def possible_decodings(body: bytes, content_type: str = "") -> Iterator[str]:
    """Yield the texts that the bytes may be, the most probable first, each once.

    A byte-order mark wins; then UTF-8, if the bytes are valid as such, because other encodings hardly ever are by
    chance; then what the header says, then what the page says. A few stray bytes do not make another encoding of it;
    they become U+FFFD. What browsers would guess comes last.
    """
    seen = set()
    for text in _decodings(body, content_type):
        if text not in seen:
            seen.add(text)
            yield text


def is_replaced(body: bytes, content_type: str = "") -> bool:
    """Return whether browsers show nothing of a page, because it names an encoding such as `hz-gb-2312`.

    The standard replaces all of such a page by U+FFFD. ISO-2022-KR, which it replaces too, is read here.
    """
    if any(body.startswith(mark) for mark, _ in _MARKS):
        return False
    label = next((label for label, _ in _labels(body, content_type)), "")
    return label.lower() in _REPLACED


def _decodings(body: bytes, content_type: str) -> Iterator[str]:
    for mark, codec in _MARKS:
        if body.startswith(mark):
            yield body[len(mark) :].decode(codec, "replace")
            return
    declared = _declared(body, content_type)
    for escape, codec in _SEVEN_BITS:
        if escape in body and (text := _strict(body, codec)) is not None:
            yield text
    utf8 = _strict(body, "utf-8")
    if utf8 is not None:
        yield utf8
        if body.isascii():
            return
    strict = [text for codec in declared if codec != "utf-8" and (text := _strict(body, codec)) is not None]
    damaged = [text for codec in dict.fromkeys(("utf-8", *declared)) if (text := _damaged(body, codec))]
    yield from (*strict, *damaged)
    if utf8 is None and not (declared and strict):
        yield body.decode("cp1252", "replace")
        yield from (text for codec in _GUESSED if (text := _strict(body, codec)) is not None)


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the codecs that header and page name, in this order."""
    return list(dict.fromkeys(_codec(name, label) for label, name in _labels(body, content_type)))


def _labels(body: bytes, content_type: str) -> list[tuple[str, str]]:
    """Return the labels that header and page have, each with its encoding; one that nobody knows is left out."""
    header = _CHARSET.search(content_type)
    within = _DECLARED.search(_COMMENT.sub(b"", body[:_DECLARED_WITHIN]))
    labels = [header[1] if header else "", within[1].decode("ascii", "replace") if within else ""]
    known = [(label, webencodings.lookup(label)) for label in labels]
    return [(label, found.name) for label, found in known if found]


def _codec(name: str, label: str) -> str:
    # the standard shows none of these encodings, because they were used for attacks on browsers; we only read
    if name == "replacement":
        return label if label.lower().replace("_", "-") == "iso-2022-kr" else "utf-8"
    return "latin-1" if name == "x-user-defined" else _CODECS.get(name, name)


def _strict(body: bytes, codec: str) -> str | None:
    try:
        # incremental: a body cut off at the limit may end within a character
        return codecs.getincrementaldecoder(codec)("strict").decode(body)
    except (LookupError, UnicodeError, ValueError):
        return None


def _damaged(body: bytes, codec: str) -> str:
    """Return the text with U+FFFD for what is damaged, empty where too much of it is for this encoding."""
    try:
        text = body.decode(codec, "replace")
    except (LookupError, UnicodeError, ValueError):
        return ""
    beyond = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return text if text.count("\ufffd") * _MOSTLY <= beyond and beyond else ""
