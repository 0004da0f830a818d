"""What can be wrong with one value: each function returns the reason in a few words, empty when it is right."""

from __future__ import annotations

import re
from html.entities import html5, name2codepoint
from urllib.parse import urlsplit

from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from factpress.model.links.addresses import arxiv_id, is_arxiv_id
from factpress.model.source import bare_doi
from factpress.model.text.characters import mixed_scripts

_TEX = re.compile(
    r"\\(?:[A-Za-z]+|.|\Z)(?:\{[^{}]*\})?"  # a command that is left after decoding
    r"|(?<!\\)\$[^$]*(?<!\\)\$"  # mathematics
)
# The decoder takes the space after a command: `Micha\l Nowak` becomes one word, `Fran\c cois` two names.
_EATEN_SPACE = re.compile(r"\\[A-Za-z]+\s+(?=[^\s}])(?![A-Za-z]\})")
_TAG = re.compile(r"<(?:!--|!\[CDATA\[|[!?][A-Za-z]{3})|</?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,500})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})(?![A-Za-z0-9]);?")
#: what a page knows without its semicolon, and what somebody meant: long names of HTML 4 that are no words of a title
_WITHOUT_SEMICOLON = {name for name in html5 if ";" not in name} | {
    name for name in name2codepoint if len(name) > 3 and name not in ("image", "part", "real")
}
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\\{}\"^`|]+")


def decode_tex(text: str) -> str:
    """Return text without TeX: accents as letters, braces gone, `--` as a dash."""
    text = re.sub(r"(?<!\\)%", r"\\%", text)  # the decoder drops what follows a bare %
    text = re.sub(r"(?<!\\)\\-", "", text)  # where a word may be parted
    text = re.sub(r"(?<!\s)\s*(?<!\\)\\\s+", "{} ", text)  # in braces: the decoder takes the space after a command
    text = re.sub(r"(?<![^\s({\[])''(?=[^\s'])", "``", text)  # opened by the mark that closes
    try:
        return str(Text.from_latex(text)) if re.search(r"[\\~`'-]", text) else re.sub(r"[{}]", "", text)
    except (PybtexError, UnicodeError):  # braces that do not match, a lone backslash: both are problems of the lint
        return re.sub(r"[{}]", "", text)


def remaining_tex(text: str) -> str:
    """Return the first TeX of a value that would be printed as it stands, or decoded to something else."""
    match = _EATEN_SPACE.search(text)
    if not match and "$" in text:
        match = re.search(r"(?<!\\)\$[^$]*(?<!\\)\$", text)
    if not match and "\\" in text:
        # \& and \% decode well; what keeps its backslash does not.
        return match[0] if (match := _TEX.search(decode_tex(text))) else ""
    return match[0].strip() if match else ""


def remaining_html(text: str) -> str:
    """Return the first HTML of a value: a tag, or a character's name that HTML knows."""
    if "<" in text and (tag := _TAG.search(text)):
        return tag[0]
    entities = _ENTITY.finditer(text) if "&" in text else ()
    return next((found[0] for found in entities if _is_known(found[0][1:])), "")


def _is_known(name: str) -> bool:
    return name[0] == "#" or (name in html5 if name.endswith(";") else name in _WITHOUT_SEMICOLON)


def unescaped_url(text: str) -> str:
    r"""Return an address without TeX's escapes: `a\_b` as `a_b`."""
    return re.sub(r"\\([_%#&~$])(?:\{\})?", r"\1", text.strip())


def doi_fault(text: str) -> str:
    """Return why a value is not a bare DOI, with the bare one where it can be seen."""
    bare = bare_doi(text)
    if not _DOI.fullmatch(bare):
        short = re.fullmatch(r"10/\w+", bare)
        return "a short DOI, which hides the real one" if short else "not a DOI"
    preprint = re.fullmatch(r"10\.48550/arxiv\.(.+)", bare, re.IGNORECASE)
    if preprint and not is_arxiv_id(preprint[1]):
        return f"{preprint[1]} is not an arXiv id"
    return "" if bare == text else f"the bare DOI is {bare}"


def url_fault(text: str) -> str:
    """Return why a value is not the address of a page."""
    if "\\" in text or re.search(r"[{}]", text):
        return f"TeX in an address; it is {unescaped_url(text)}"
    if re.search(r"[\s<>\"^`|]", text):
        return "a space or a character that no address has"
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        return "a % without two hexadecimal digits"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme.lower() not in ("http", "https"):
        return "not http:// or https://"
    if parts.username is not None:
        return "a user name in the address"
    if (named := arxiv_id(text)) and not is_arxiv_id(named):
        return f"{named} is not an arXiv id"
    if "&amp;" in text:
        return "HTML in an address: &amp; is &"
    host = parts.hostname or ""
    if why := mixed_scripts(host):
        return why
    return "" if re.fullmatch(r"[^\s.:/]+(\.[^\s.:/]+)+\.?|[0-9a-f:.]*:[0-9a-f:.]*", host) else "no host"


def isbn_fault(text: str) -> str:
    """Return why a value is not an ISBN; hyphens and spaces do not count."""
    digits = re.sub(r"[- ]", "", text)
    if re.fullmatch(r"\d{9}[\dXx]", digits):
        return _wrong_sum(digits, 11)
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits))
        return "the check digit is wrong" if total % 10 else ""
    return "not ten or thirteen digits"


def issn_fault(text: str) -> str:
    """Return why a value is not an ISSN."""
    return _wrong_sum(text.replace("-", ""), 11) if re.fullmatch(r"\d{4}-\d{3}[\dXx]", text) else "not 0000-0000"


def _wrong_sum(digits: str, modulus: int) -> str:
    values = [10 if d in "Xx" else int(d) for d in digits]
    total = sum(value * weight for weight, value in enumerate(reversed(values), 1))
    return "the check digit is wrong" if total % modulus else ""
