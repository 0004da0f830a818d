"""The names of an entry: split as BibTeX and biber split them, and what biber refuses or would print wrongly.

A list is split at the word `and`, a name at commas into `Family, Given` or `Family, Suffix, Given`, or written in
biber's long form, `family=Poe, given=Ann`. Text in braces is never split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pybtex.errors
from pybtex.database import Person

from factpress.files.bibtex.values import decode_tex
from factpress.model.source import EAST_ASIAN, OTHERS, Name

_AND = re.compile(r"[{}]|(?<!\S)and(?!\S)", re.IGNORECASE)
_COMMA = re.compile(r"[{},]")
_LONG_FORM = ("family", "given", "prefix", "suffix")
_SUFFIX = re.compile(r"(?:[Jj]r|[Ss]r|Ph\.?\s?D|Esq|2nd|3rd|4th)\.?|Jun\.|Sen\.|JR|SR|(?=[IVX]{2})[IVX]+\.?")
_SECOND_PART = re.compile(r"(?:Jr|Sr)\.?|[IVX]+|Ø", re.IGNORECASE)  #: of three; what stood in braces is a Ø
_BODY = re.compile(
    r"\b(?:Agency|Archives?|Army|Assembly|Association|Bureau|Center|Centre|College|Commission|Committee|Congress|Corporation"
    r"|Council|Department|Embassy|Government|House|Inc|Institute|Library|Ltd|Ministry|Museum|Nations|Office|Organi[sz]ation"
    r"|Parliament|Press|Senate|Service|Society|Treasury|University)\b"
)
_OTHERS = re.compile(
    r"(?:et\.?\s*)?al(?:ii|iae|ia)?\.?|etc\.?|u\.\s?a\.|.*\bet\.? al\b.*|.*\b(?:others|colleagues|co-?workers)\b.*",
    re.IGNORECASE | re.DOTALL,
)
#: a mark or a word that other formats have between names
_SEPARATOR = re.compile(r"[;；﹔؛、﹑､，﹐،&＆/／|]|(?:^|\s)(?:und|et|with|plus|и|és)(?=\s)(?!\s+(?:zu|zum|zur)\b)")
#: an "and" that also stands inside a family name, Ortega y Gasset: wrong only between two full names
_AND_OF_OTHERS = re.compile(r"\s(y|e|ed|i|og|och|en|ve|ja|a|oraz|і|та|και|و)\s")
_LETTER = re.compile(r"[^\W\d_]")
_GLUED = re.compile(r"(?:^|[\s.])and(?=[^\W\d_a-z])|(?<=[.,])and\b")
_ROLE = re.compile(r"^(?:edited|translated|compiled)?\s*[Bb]y\s|^(?:ed\.|eds\.?|editors?|trans\.|[Hh]rsg\.?|comp\.)$")


def split_names(value: str) -> list[str]:
    """Return the names of a list without white space around them; empty where an `and` has no name beside it."""
    return _split_outside_braces(value, _AND)


def _split_outside_braces(text: str, mark: re.Pattern[str]) -> list[str]:
    parts, start, depth = [], 0, 0
    for match in mark.finditer(text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return [*parts, text[start:].strip()]


def parse_names(value: str) -> tuple[Name, ...]:
    """Return the people and bodies of a list; a name that is empty is left out, and is a problem of the lint."""
    return tuple(parse_name(name) for name in split_names(value) if not _is_empty(name))


def _is_empty(name: str) -> bool:
    return not name.strip("{}~ \t\n")


def parse_name(text: str) -> Name:
    """Return the name that a text is, a body where it stands in braces."""
    if (parts := _long_form(text)) is not None:
        return Name(parts["family"], parts["given"], parts["prefix"], parts["suffix"])
    with pybtex.errors.capture():  # what the parser finds wrong, the lint says with its place
        person = Person(text)

    def part(words: list[str]) -> str:
        return " ".join(filter(None, (decode_tex(word).strip() for word in words)))

    given = part(person.first_names + person.middle_names)
    if not given and not person.prelast_names and not person.lineage_names and len(person.last_names) == 1:
        only = person.last_names[0]
        if only == "others":
            return OTHERS
        if only.startswith("{") and only.endswith("}"):
            return Name(literal=decode_tex(only).strip())
    family = part(person.last_names)
    name = Name(family, given, part(person.prelast_names), part(person.lineage_names))
    return with_family_first(name) if EAST_ASIAN.search(family) else name


def with_family_first(name: Name) -> Name:
    """Return the same name, printed family first."""
    return replace(name, family_first=True) if name.family else name


def family_first_positions(value: str) -> set[int]:
    """Return the numbers of names, from 1, in `1=family-first; 3=family-first`; empty if it is written otherwise."""
    matches = [re.fullmatch(r"\s*(\d{1,4})\s*=\s*family-first\s*", part) for part in value.split(";")]
    return {int(match[1]) for match in matches if match} if all(matches) else set()


def name_faults(value: str) -> Iterator[tuple[str, str]]:
    """Yield each name of a list that is wrong, and why."""
    names = split_names(value)
    for number, name in enumerate(names, 1):
        if why := _fault(name, last=number == len(names), alone=len(names) == 1):
            yield name, why


def _fault(name: str, *, last: bool, alone: bool) -> str:
    if not name:
        return "is empty: an “and” has no name beside it"
    if _is_empty(name):
        return "is empty: nothing stands in its braces"
    if name.startswith("{") and name.endswith("}") and _closes_at_end(name):
        return "" if re.search(r"[^\W_]", name) else "has no letter in it"
    if (long_form := _long_form(name)) is not None:
        return "" if _LETTER.search(long_form["family"]) else "has no letter in its family name"
    if re.match(r"\s*(?:family|given)\s*=", name):
        return "has no family name in its long form"
    if not _LETTER.search(name):
        return "has no letter in it" if not re.search(r"[\d,;&]", name) else _fault_of_text(name)
    if name == "others":
        return "has no name before it" if alone else "" if last else "stands before other names"
    return _fault_of_text(name)


def _fault_of_text(name: str) -> str:
    bare = re.sub(
        r"\{[^{}]*\}",
        lambda braced: "Ø" if re.search(r"[^\W_]", braced[0]) else "",
        re.sub(r"\\[&%_#$]", lambda match: match[0][1], name),
    )
    parts = [part.strip() for part in bare.split(",")]
    if _OTHERS.fullmatch(bare):
        return "is not a name: write “and others” at the end"
    if match := _GLUED.search(bare) or re.search(r"\}and\b|\band\{", bare := name):
        return f"has an “and” without a space beside it: “{bare[max(match.start() - 8, 0) : match.end() + 8].strip()}”"
    if match := _SEPARATOR.search(bare):
        return f"has “{match[0].strip()}” in it: names are separated by “and”"
    if match := next(filter(_is_between_names, _AND_OF_OTHERS.finditer(bare)), None):
        return f"has “{match[1]}” in it: names are separated by “and”"
    if "" in parts:
        return "has an empty part"
    if not all(map(_LETTER.search, parts)) and not re.search(r"[\d()\[\]@]", bare):
        return "has a part without a letter"
    if re.search(r"[\d()\[\]@]", bare):
        return "has digits or brackets in it: dates of life, roles and notes are not part of a name"
    if any(map(_ROLE.search, parts)):
        return "has a word in it that says what the person did, which the field says already"
    return _wrong_parts(bare, parts)


def _is_between_names(match: re.Match[str]) -> bool:
    before, after = match.string[max(match.start() - 200, 0) : match.start()], match.string[match.end() :][:200]
    if "," in after:  # Gómez Ruiz y López, Ana is one name
        return "," in before
    return ("," in before or _is_full(before)) and _is_full(after)


def _is_full(name: str) -> bool:
    """Return whether a text has two words that are not particles, as de la."""
    return sum(not word[0].islower() for word in name.split()) > 1


def _wrong_parts(bare: str, parts: list[str]) -> str:
    if len(parts) > 3 or (len(parts) == 3 and not _SECOND_PART.fullmatch(parts[1])):
        return "has too many commas"
    if len(parts) < 3 and (suffix := next((p.split()[-1] for p in parts if _ends_in_suffix(p)), "")):
        return f"has its “{suffix}” at a place where it is taken for a name: write Family, {suffix}, Given"
    if _BODY.search(bare) and len(bare.split()) > 1:
        return "looks like a body's and would be taken apart"
    if EAST_ASIAN.search(bare) and len(parts) == 1 and len(bare.split()) > 1:
        return "does not say which part is the family name"
    return ""


def _ends_in_suffix(part: str) -> bool:
    words = part.split()
    return bool(words) and (len(words) > 1 or part.endswith(".")) and bool(_SUFFIX.fullmatch(words[-1]))


def _closes_at_end(name: str) -> bool:
    """Return whether the brace that opens a text is the one that its last one closes."""
    depth = 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(name) - 1
    return False


def _long_form(text: str) -> dict[str, str] | None:
    """Return the parts of a name in biber's long form, None if it is not in it (biber manual, extended name format)."""
    if not re.match(r"\s*\w+\s*=", text):
        return None
    parts = dict.fromkeys(_LONG_FORM, "")
    for part in _split_outside_braces(text, _COMMA):
        key, equals, value = part.partition("=")
        key = key.strip().lower()
        if not equals:
            return None
        if key in _LONG_FORM:  # others say how it is sorted or shortened
            parts[key] = decode_tex(value).strip()
    return parts if parts["family"] else None
