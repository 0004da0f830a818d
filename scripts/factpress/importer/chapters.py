"""The first chapters of a new book: a place for each unit, with its words where these may be printed.

Nothing of the article acts as markup: whatever Markdown could take for a sign is written with a backslash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from factpress.importer.document import BlockKind
from factpress.importer.units import Article, ArticleSection, ArticleUnit
from factpress.model.outline import is_pictograph
from factpress.model.text.characters import forbidden_characters, hidden_characters

MOST_CHAPTERS = 99  #: files of the ledger are named by two digits
OPENING = "Opening"  #: heading of what stands before the first heading
LISTED = "This part of the article is a list."
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&$|~^@#]")
_ORDINAL = re.compile(r"(\d+)([.)])(?=\s|$)")
#: a line of a chapter as it is first written: what opens a block, words, the role
_PLACE = re.compile(r"(?P<opens>\s*(?:[->] )?)(?P<words>.+) \{unit\}`(?P<unit>[^`]+)`")
_IN_LISTS = (BlockKind.ITEM, BlockKind.CELL, BlockKind.NOTE)


@dataclass(frozen=True, slots=True)
class DraftChapter:
    """A chapter as it is first written."""

    name: str  #: of its file, without suffix
    text: str


def draft_chapters(article: Article, *, words: bool, left_out: Collection[str] = ()) -> tuple[DraftChapter, ...]:
    """Return a chapter for each section of the highest level that holds units; `words`: the article's may be printed.

    `left_out` are ids of units that have their account already.
    """
    units = {
        section: [unit for unit in of_section if unit.id not in left_out]
        for section, of_section in groupby(article.units, key=lambda unit: unit.section)
    }
    highest = min((section.level for section in article.sections if section.id != "S00"), default=1)
    groups: list[list[ArticleSection]] = []
    for section in article.sections:
        if not units.get(section.id):
            continue
        opens = section.id == "S00" or section.level <= highest or not groups or groups[-1][0].id == "S00"
        if opens and len(groups) < MOST_CHAPTERS:
            groups.append([section])
        else:
            groups[-1].append(section)
    return tuple(_chapter(number, group, units, words) for number, group in enumerate(groups, 1))


def _chapter(
    number: int, sections: list[ArticleSection], units: Mapping[str, list[ArticleUnit]], words: bool
) -> DraftChapter:
    title = section_heading(sections[0], words=words)
    bodies = [_body(units[section.id], words) for section in sections]
    lines = [f"# {escape_markdown(title)}", ""]
    if not any(unit.kind not in _IN_LISTS for section in sections for unit in units[section.id]):
        lines += ["{.connective}", LISTED, ""]
    lines += bodies[0]
    for section, body in zip(sections[1:], bodies[1:], strict=True):
        lines += ["", f"## {escape_markdown(section_heading(section, words=words))}", "", *body]
    return DraftChapter(f"{number:02}-{file_name(title)}", "\n".join(lines) + "\n")


def section_heading(section: ArticleSection, *, words: bool) -> str:
    """Return the heading of a section: the article's own where its words may be printed, else a number to replace."""
    if section.id == "S00":
        return OPENING
    heading = printable_words(section.heading) if words else ""
    return heading or f"Section {int(section.id[1:])}"


def _body(units: list[ArticleUnit], words: bool) -> list[str]:
    lines: list[str] = []
    before, depth = "", 0
    for _, of_block in groupby(units, key=lambda unit: unit.block):
        block = list(of_block)
        kind, in_list = block[0].kind, block[0].kind in _IN_LISTS
        if lines and not (in_list and before in _IN_LISTS):
            lines.append("")
        depth = min(block[0].level, depth + 1) if in_list and before in _IN_LISTS else 1
        indent = "  " * (depth - 1)
        first, rest = {
            BlockKind.QUOTATION: ("> ", "> "),
            **dict.fromkeys(_IN_LISTS, (f"{indent}- ", f"{indent}  ")),
        }.get(kind, ("", ""))
        for nth, unit in enumerate(block):
            said = f"{escape_markdown(shown)} " if words and (shown := printable_words(unit.text)) else ""
            lines.append(f"{rest if nth else first}{said}{{unit}}`{unit.id}`")
        before = kind
    return lines


def without_words(text: str, lines: Collection[int]) -> tuple[str, tuple[str, ...]]:
    """Return a chapter whose named lines hold the places of their units alone, and the ids of these units."""
    units: list[str] = []
    kept = text.split("\n")
    for number in lines:
        if found := _PLACE.fullmatch(kept[number - 1]):
            kept[number - 1] = f"{found['opens']}{{unit}}`{found['unit']}`"
            units.append(found["unit"])
    return "\n".join(kept), tuple(units)


def escape_markdown(text: str) -> str:
    """Return one line of text in which Markdown finds nothing to mark up."""
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    escaped = _ORDINAL.sub(r"\1\\\2", escaped, count=1) if _ORDINAL.match(escaped) else escaped
    return f"\\{escaped}" if escaped[:1] and escaped[0] in "-+=:%(.!" else escaped


def printable_words(text: str) -> str:
    """Return a text without pictographs, which no face of a book has, and without characters that nobody sees."""
    text = "".join(sign for sign in text if not is_pictograph(sign))
    hidden = {at for at, _ in (*forbidden_characters(text), *hidden_characters(text))}
    return " ".join("".join(sign for at, sign in enumerate(text) if at not in hidden).split())


def file_name(title: str) -> str:
    """Return a name for a file of a title: small Latin letters, digits and hyphens, `part` where it has none."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "part"


def lost_signs(article: Article) -> Iterator[str]:
    """Yield each character of the article that the chapters leave out, once."""
    seen: set[str] = set()
    for unit in article.units:
        for sign in dict.fromkeys(unit.text):
            if sign not in seen and not sign.isspace() and sign not in printable_words(sign):
                seen.add(sign)
                yield sign
