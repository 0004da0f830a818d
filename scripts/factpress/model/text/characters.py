"""Characters that a text must not have: those that no page can hold, and those that hide what it says.

Control characters and noncharacters are no XML and stop an edition (XML 1.0, section 2.2). Signs that nobody sees, and
those that turn the direction of a line (Unicode Technical Report 36, section 2), let a text say one thing to a reader
and another to a search. Some scripts need some of them, which may stand in a passage that has letters of the script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: never in a text: C0 and C1 without tab and line ends, DEL, surrogates, noncharacters
_NEVER = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}-{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_TURNS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_DIRECTION = re.compile(f"[{_TURNS}]")
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_FORBIDDEN = re.compile(f"[{_NEVER}]")
_HIDDEN = re.compile(f"[{_TURNS}{_INVISIBLE}]")
REACH = 2000  #: characters before and after a sign that are looked at for the script of its passage
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
#: scripts that join or part letters by a sign without width: Arabic, Syriac, those of India, Tibetan, Myanmar …
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdcf\ufe70-\ufefc]")
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df]")  #: Thai to Khmer
_HAN_OR_MONGOLIAN = re.compile("[\u1800-\u18af\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OLD_HANGUL = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_OVERRIDES = "\u202d\u202e"  #: no language needs them
_OPENERS = "\u202a\u202b\u2066\u2067\u2068"
_OPENED_BY = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}
_SELECTOR = re.compile("[\ufe00-\ufe0d\u180b-\u180f\U000e0100-\U000e01ef]")
_AFTER_PICTOGRAPH = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


def forbidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Yield each control character, noncharacter and surrogate with its offset."""
    for found in _FORBIDDEN.finditer(text):
        yield found.start(), found[0]


def hidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sign that nobody sees, or that turns the direction, and that its passage does not need.

    A passage is a run of lines without an empty one between them.
    """
    for found in _HIDDEN.finditer(text):
        at, sign = found.start(), found[0]
        if not _is_needed(sign, text, at):
            yield at, sign


def _around(text: str, at: int, end: str) -> str:
    """Return what stands between two line ends around an offset, no more of it than is needed to know the script."""
    start = text.rfind(end, max(at - REACH, 0), at)
    stop = text.find(end, at, at + REACH)
    return text[start + len(end) if start >= 0 else max(at - REACH, 0) : stop if stop >= 0 else at + REACH]


def _is_needed(sign: str, text: str, at: int) -> bool:
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if sign in _OVERRIDES:
        return False
    if _DIRECTION.match(sign):
        return _RIGHT_TO_LEFT.search(_around(text, at, "\n\n")) is not None and _is_balanced(_around(text, at, "\n"))
    if sign in "\u200c\u200d" and _JOINING.match(before):
        return True
    if sign == "\u200d":  # joins pictographs; a selector or the colour of a skin may stand between
        return _is_pictograph(text[max(at - 4, 0) : at].rstrip(_AFTER_PICTOGRAPH)[-1:]) and _is_pictograph(after)
    if sign == "\u200b":
        return _WITHOUT_SPACES.search(_around(text, at, "\n\n")) is not None
    if sign in "\ufe0e\ufe0f":
        return _is_pictograph(before) or (before in "0123456789#*" and after == "\u20e3")
    if sign in "\u115f\u1160":
        return _OLD_HANGUL.search(before + after) is not None
    if sign in "\u17b4\u17b5":
        return _WITHOUT_SPACES.match(before) is not None
    if sign == "\u00ad":  # says where a long word may be parted
        return before.isalpha() and after.isalpha()
    return _SELECTOR.match(sign) is not None and _HAN_OR_MONGOLIAN.match(before) is not None


def _is_balanced(line: str) -> bool:
    """Return whether every direction that is opened is closed, and the other way round."""
    opened: list[str] = []
    for found in _DIRECTION.finditer(line):
        sign = found[0]
        if sign in _OPENERS:
            opened.append(sign)
        elif sign in _OPENED_BY and (not opened or opened.pop() not in _OPENED_BY[sign]):
            return False
    return not opened


def _is_pictograph(sign: str) -> bool:
    return bool(sign) and ("\u203c" <= sign <= "\u2bff" or sign >= "\U0001f000" or unicodedata.category(sign) == "So")


def character_name(sign: str) -> str:
    """Return `U+202E RIGHT-TO-LEFT OVERRIDE`; of a control character the kind."""
    kinds = {"Cc": "(a control character)", "Cs": "(a surrogate)", "Cn": "(a noncharacter)"}
    name = unicodedata.name(sign, "") or kinds.get(unicodedata.category(sign), "(without a name)")
    return f"U+{ord(sign):04X} {name}"


def mixed_scripts(host: str) -> str:
    """Return why the name of a host may not be what it seems; empty where it is what it looks like.

    A part of it with letters of two scripts (Chinese, Japanese and Korean may mix theirs), or with letters of Cyrillic
    or Greek that all look like Latin ones: Unicode Technical Standard 39, section 5.2, as browsers apply it.
    """
    labels = [unicodedata.normalize("NFKC", _decoded(label)) for label in host.rstrip(".").split(".")]
    for label in labels:
        scripts = _scripts(label)
        if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
            return f"“{label}” mixes {' and '.join(sorted(script.capitalize() for script in scripts))} letters"
        like_latin = all(sign in _LIKE_LATIN for sign in label.lower() if sign.isalpha())
        if scripts & {"CYRILLIC", "GREEK"} and like_latin and not scripts & _scripts(labels[-1]):
            return f"“{label}” is of {next(iter(scripts)).capitalize()} letters that look like Latin ones"
    return ""


_LIKE_LATIN = frozenset("асԁеһіјӏорԛѕԝхуѵοαικνρτυχγη")  # Cyrillic, Greek
_TOGETHER = (
    {"CJK", "HIRAGANA", "KATAKANA", "LATIN"},
    {"CJK", "BOPOMOFO", "LATIN"},
    {"CJK", "HANGUL", "LATIN"},
)


def _scripts(label: str) -> set[str]:
    # the mark that makes a vowel long is of both scripts of Japanese
    letters = (sign for sign in label if sign.isalpha() and sign != "ー")
    return {"LATIN" if sign.isascii() else unicodedata.name(sign, "").partition(" ")[0] for sign in letters}


def _decoded(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
