"""Turns the bytes of a page into text, whatever the server says about its encoding."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: as browsers read these names (WHATWG Encoding)
_READ_AS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
            "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949",
            "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "iso-8859-9": "cp1254", "utf-16": "utf-16-le"}  # fmt: skip


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a page.

    A byte-order mark wins; then UTF-8, if the bytes are valid as such, because other encodings hardly ever are by
    chance; then what the header says, what the page says, and Windows-1252 at last.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    header = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", content_type, re.IGNORECASE)
    named = _DECLARED.search(body[:4096])
    # a body cut off at the limit may end within a character
    names = ("utf-8", header[1] if header else "", named[1].decode("ascii", "replace") if named else "")
    for name in filter(None, names):
        if (text := _try(body, _READ_AS.get(name.lower(), name))) is not None:
            return text
    return body.decode("cp1252", "replace")


def _try(body: bytes, name: str) -> str | None:
    try:
        b"  ".decode(name, "replace")  # refuses codecs that are no encodings, such as "zip"
        text: str = codecs.getincrementaldecoder(name)("strict").decode(body)
    except (LookupError, UnicodeError, ValueError):
        return None
    return text
