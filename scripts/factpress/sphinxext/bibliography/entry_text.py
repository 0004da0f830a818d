"""A source as the list of sources prints it.

It formats our own records, not the parser's fields, so the list shows the text that a sign-off covers.
Missing parts are left out; only a missing date is stated ("n.d.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from pybtex.richtext import HRef, Tag, Text

from factpress.model.dates import date_words, in_words
from factpress.model.links.addresses import split_address
from factpress.model.links.copying import copying_kind
from factpress.model.source import OTHERS, PART_TYPES, Name, Source, doi_address
from factpress.model.text.languages import language_name
from factpress.model.text.pages import DASH, are_pages, normal_pages, roman_number
from factpress.model.text.quotation_marks import curly_quotes, ends_sentence, within_quotation

ITALIC = ("book", "report", "thesis", "treaty", "hearing")
UNQUOTED = ("legal",)
OF_SERIES = ("book", "incollection", "inbook", "inproceedings", "report", "thesis")  #: types that a series counts
WHOLE = ("book", "report", "thesis")  #: types of which `pages` may count the pages

#: words that an edition is described with in English; any other text is printed as it stands
_EDITION_WORDS = {
    "and", "revised", "rev", "enlarged", "enl", "expanded", "extended", "abridged", "unabridged", "annotated",
    "new", "corrected", "updated", "augmented", "complete", "completed", "illustrated", "critical", "definitive",
    "standard", "student", "students", "teacher's", "international", "global", "paperback", "hardcover", "pocket",
    "reprint", "facsimile", "special", "limited", "anniversary", "centennial", "centenary", "bilingual", "english",
    "american", "british", "indian", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth", "tenth", "eleventh", "twelfth", "scholarly", "digital", "online", "electronic", "library",
}  # fmt: skip
_COUNTED_IN_SERIES = re.compile(r"[A-Za-z]{0,3}[-.]?\d[\w./-]*|[IVXLC]+")
#: a number with its word: of a series or of a journal
_WITH_WORD = re.compile(
    r"(?:(?i:no|nr|num|number|nummer)(?:\.\s*|\s+)|(?:№|[Nn][°º])\s*)([A-Z]{0,3}[-.]?\d[\w./–-]*|[IVXLC]+)"
)
_PART_WORD = re.compile(r"(?:vol|bd|band|heft|h|t|issue|fasc|pt|part)(?:\.\s*|\s+)\d[\w./-]*", re.IGNORECASE)
_COUNT = re.compile(r"([\divxlcdm]+(?:(?:, ?|\+)\d+)?)\s*(?:pp?\.?|pages|S\.|Seiten|с\.|стр\.|쪽|页|頁)", re.IGNORECASE)


def source_paragraph(source: Source) -> Text:
    """Return a source as a reader finds it: who, what, where, when; addresses; language; note."""
    parts = [
        responsible_names(source),
        title_and_publication(source),
        address_text(source),
        language_text(source),
        Text(curly_quotes(source.get("note"))),
    ]
    return Text(" ").join(with_full_stop(part) for part in parts if str(part))


def source_in_brief(source: Source) -> Text:
    """Return a source as a list has it that leads to a full one: short title, its work with volume, place and year."""
    held = source.get("journal") or source.get("booktitle")
    held = "" if held.startswith("[") else held
    series = _SERIES.match(held)
    volume = re.sub(r",? Volume ", " ", series[1]).replace(", Part ", "/") if series else ""
    volume = re.sub(r"\b(\d\d)(\d\d)–\1(\d\d)\b", r"\1\2–\3", volume)
    where = Text(Tag("em", _SERIES_SHORT), f" {volume}") if series else Text(Tag("em", held)) if held else Text()
    if series and (number := re.search(r"\d[\w.-]*", source.get("number"))):
        where += f", doc. {number[0]}"
    short, year = source.short, source.year
    known = year and (year in short or year in str(where))
    parts = [
        Text(short),
        *([where] if held and str(where) not in short else []),
        *([] if known or not year else [Text(year)]),
    ]
    return with_full_stop(Text(", ").join(parts))


#: the series that a book cites most has a name that everyone shortens: `1952–1954 XV, Part 1`
_SERIES = re.compile(r"Foreign Relations of the United States,? (.*)")
_SERIES_SHORT = "FRUS"


def note_paragraph(source: Source) -> Text:
    """Return a source as a note at its citation says it: who, what, where, when, and the host of its page as a link."""
    url, doi = source.get("url"), source.get("doi")
    to = doi_address(doi) if doi else "" if copying_kind(url) else url
    host = Text(HRef(link_target(to), (split_address(to).hostname or to).removeprefix("www."))) if to else Text("")
    parts = [responsible_names(source), title_and_publication(source), host]
    return Text(" ").join(with_full_stop(part) for part in parts if str(part))


def with_full_stop(text: Text) -> Text:
    """Return text with a full stop, unless it ends as a sentence does; `“Quoted.”` does."""
    return text if ends_sentence(str(text)) else text + "."


def responsible_names(source: Source) -> Text:
    """Return the people or the body that the list is sorted by, the first of them family first."""
    people = source.responsible
    role = ""
    if people and source.is_edited:
        role = ", ed." if len(people) == 1 else ", eds"
    return Text(names_text([people[0].inverted, *(name.in_order for name in people[1:])]) + role if people else "")


def title_and_publication(source: Source) -> Text:
    """Return title, container, edition, people, publisher, date and pages, separated by commas."""
    parts = [
        title_text(source),
        *container_texts(source),
        *in_series(source),
        edition_text(source.get("edition")),
        *(editors_or_translators(source, role, word) for role, word in (("editor", "ed."), ("translator", "trans."))),
        *publisher_texts(source),
        date_words(source.get("date") or source.get("year")) or "n.d.",
        page_text(source.get("pages"), counted=source.type in WHOLE and not source.is_part),
        f"ISBN {source.get('isbn')}" if source.get("isbn") else "",
    ]
    return Text(", ").join(part for part in parts if str(part))


def title_text(source: Source) -> Text:
    """Return the title, its case as written: italic, in quotation marks, or plain where it is our description."""
    text = curly_quotes(": ".join(filter(None, (source.get("title"), source.get("subtitle")))))
    if not text or source.type in UNQUOTED or text.startswith("["):
        return Text(text)
    if source.type in ITALIC:
        return Text(Tag("em", text))
    return Text(f"“{within_quotation(text)}”")


def container_texts(source: Source) -> Iterator[Text | str]:
    """Yield the book that it stands in, or the journal with its volume."""
    booktitle, journal, volume = (source.get(name) for name in ("booktitle", "journal", "volume"))
    if booktitle:
        stands_in = "in " if source.type in PART_TYPES or not source.get("title") else ""
        yield Text(stands_in, Tag("em", curly_quotes(booktitle)))
    if journal:
        yield Text(Tag("em", curly_quotes(journal)), f" {volume}".rstrip())
    else:
        yield numbered_text("vol.", volume)


def in_series(source: Source) -> Iterator[str]:
    """Yield number and series; a number that counts the books of a series stands behind it: `Studies 14`."""
    number, series = source.get("number"), curly_quotes(source.get("series"))
    with_word = _WITH_WORD.fullmatch(number)
    shown = f"no. {with_word[1]}" if with_word else numbered_text("no.", number)
    counted = series and source.type in OF_SERIES
    if counted and _COUNTED_IN_SERIES.fullmatch(number):
        yield f"{series} {number}"
    elif counted and (with_word or _PART_WORD.fullmatch(number)):
        yield from (series, shown)
    else:
        yield from (shown, series)


def edition_text(text: str) -> str:
    """Return `2nd ed.` for `2`, `II` and `2 ed.`, `Revised ed.` for a word of English, and any other text as it is."""
    number = re.fullmatch(r"(\d+)(?:st|nd|rd|th|\.)?(?:\s+ed(?:\.|ition)?)?", text, re.IGNORECASE)
    if number:
        return f"{ordinal(int(number[1]))} ed."
    if roman := re.fullmatch(r"([IVXL]+)\.?(?:\s+[Ee]d(?:\.|ition)?)?", text):
        return f"{ordinal(value)} ed." if (value := roman_number(roman[1])) else text
    words = re.findall(r"[^\s,.&]+", text.lower())
    if words and all(word in _EDITION_WORDS or re.fullmatch(r"\d+(?:st|nd|rd|th)", word) for word in words):
        return f"{text} ed."
    return text


def ordinal(number: int) -> str:
    """Return `1st`, `2nd`, `3rd`, `11th`."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def editors_or_translators(source: Source, role: str, word: str) -> str:
    """Return `ed. Jean Lee and Victor D. Cha`, unless the editors stand in the place of authors."""
    names: tuple[Name, ...] = () if role == "editor" and source.is_edited else source.names.get(role, ())
    return f"{word} {names_text([name.in_order for name in names])}" if names else ""


def publisher_texts(source: Source) -> Iterator[str]:
    """Yield who published the source and where, each body once."""
    named = {name.literal for name in source.responsible}
    place = source.get("address")
    for name in ("publisher", "institution", "school"):
        if (body := source.get(name)) and body not in named:
            named.add(body)
            yield f"{place}: {body}" if place else body
            place = ""
    if place:
        yield place


def address_text(source: Source) -> Text:
    """Return DOI, address, day of access and archived copy; the address only where it is another place."""
    doi, urldate = source.get("doi"), source.get("urldate")
    # the check refuses a copying host; a build by Sphinx alone leaves it out
    url, archived = (at if not copying_kind(at := source.get(name)) else "" for name in ("url", "archived"))
    parts = []
    if doi:
        parts.append(Text("DOI ", HRef(doi_address(doi), doi)))
    if url and not (doi and (split_address(url).hostname or "").endswith("doi.org")):
        parts.append(Text(HRef(link_target(url), re.sub(r"^https?://|/$", "", url, flags=re.IGNORECASE))))
        if urldate:
            parts.append(Text(f"accessed {in_words(urldate)}"))
    if archived:
        parts.append(Text(HRef(link_target(archived), "archived copy")))
    return Text(", ").join(parts)


def language_text(source: Source) -> Text:
    """Return `In Korean`, `In English and French`; nothing where the source is in English alone, or in none we know."""
    names = [language_name(tag) for tag in source.languages]
    return Text("" if set(source.languages) <= {"en"} else f"In {names_text(names)}")


def link_target(url: str) -> str:
    """Return an address as a link needs it: letters outside ASCII and brackets percent-encoded, the rest as it is."""
    if "://" not in url:
        return url  # not an address of the web: no page will link to it
    head, slash, path = url.partition("://")[2].partition("/")
    return url[: url.find("://") + 3] + head + slash + quote(path, safe="%/:;,.()+-_~*!'@$&=?#")


def numbered_text(word: str, text: str) -> str:
    """Return `no. 3` for a number, and any other text as it is."""
    text = DASH.sub("–", text) if re.match(r"[\dIVXLC]", text) else text
    return f"{word} {text}" if re.fullmatch(r"[\dIVXLC][\dIVXLC–/-]*", text) else text


def page_text(text: str, *, counted: bool = False) -> str:
    """Return `p. 7`, `pp. 1–16`, `pp. xii–xv`; `312 pp.` for a number of pages; any other text as it is.

    `counted`: a single number says how many pages there are, as it does for a whole book.
    """
    if count := _COUNT.fullmatch(text):
        return f"{count[1]} pp."
    bare = normal_pages(text)
    if not are_pages(bare):
        return text
    if counted and bare == text and re.fullmatch(r"(?:[ivxlcdm]+(?:, ?|\+))?\d+", bare):
        return f"{bare} pp."
    return f"{'pp.' if re.search('[–,+]|and|f', bare) else 'p.'} {bare}"


def names_text(names: Sequence[str]) -> str:
    """Return names as a sentence lists them; the last may be `et al.`"""
    if len(names) < 2:
        return "".join(names)
    last = names[-1] if names[-1] == OTHERS.literal else f"and {names[-1]}"
    return f"{', '.join(names[:-1])}{',' if len(names) > 2 or ',' in names[0] else ''} {last}"
