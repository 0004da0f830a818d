"""Sources as CSL-JSON, the form in which citation managers exchange entries (Citation Style Language 1.0.2).

Text is that of our own records, so what a citation manager gets is what the list of sources prints. Of a field that
CSL has no variable for, nothing is made up: it is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from factpress.model.dates import PublicationDate, parse_dates, publication_dates
from factpress.model.links.copying import copying_kind
from factpress.model.source import OTHERS, Name, Source, bare_doi
from factpress.model.text.languages import language_tags
from factpress.model.text.quotation_marks import curly_quotes

#: CSL's type of each type of ours
TYPES = {
    "article": "article-journal",
    "book": "book",
    "hearing": "hearing",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "legal": "legislation",
    "misc": "document",
    "online": "webpage",
    "report": "report",
    "thesis": "thesis",
    "treaty": "treaty",
    "unpublished": "manuscript",
}
#: CSL's variable of each field that is taken over as it stands
FIELDS = {
    "shorttitle": "title-short", "volume": "volume", "pages": "page", "publisher": "publisher",
    "address": "publisher-place", "series": "collection-title", "edition": "edition", "note": "note", "isbn": "ISBN",
}  # fmt: skip
SPRING = 21  #: of `PublicationDate.month`
#: types whose number is that of the work, not of an issue
NUMBERED = ("report", "treaty", "legal", "hearing")


def csl_json(sources: Iterable[Source]) -> str:
    """Return the text of a file of CSL-JSON: the sources in the order of their keys."""
    items = [csl_item(source) for source in sorted(sources, key=lambda source: source.key)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def csl_item(source: Source) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON, its key as its id."""
    item: dict[str, Any] = {"id": source.key, "type": TYPES.get(source.type, "document")}
    title = curly_quotes(": ".join(filter(None, (source.get("title"), source.get("subtitle")))))
    container = curly_quotes(source.get("booktitle") or source.get("journal"))
    publisher = source.get("publisher") or source.get("institution") or source.get("school")
    url = source.get("url")
    item |= {
        "title": title or None,
        "container-title": container or None,
        **{variable: curly_quotes(source.get(name)) or None for name, variable in FIELDS.items()},
        "publisher": curly_quotes(publisher) or None,
        "number" if source.type in NUMBERED else "issue": source.get("number") or None,
        "DOI": bare_doi(source.get("doi")) or None,
        # the address of a copying host is never given as that of the work
        "URL": url if url.startswith(("https://", "http://")) and not copying_kind(url) else None,
        "language": ", ".join(language_tags(source.get("language") or source.get("langid"))) or None,
        "issued": _issued(source.get("date") or source.get("year")),
        "accessed": _day(source.get("urldate")),
    }
    for role, names in source.names.items():
        item[role] = [_name(name) for name in names if name != OTHERS]
    if not source.names.get("author") and source.get("institution"):
        item["author"] = [{"literal": source.get("institution")}]
    return {name: value for name, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.prefix, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}


def _issued(text: str) -> dict[str, Any] | None:
    """Return a date of publication; one that is uncertain, masked or open as the words that it was written in."""
    if not text:
        return None
    ends = publication_dates(text)
    known = [end for end in ends if isinstance(end, PublicationDate) and not end.masked]
    if not ends or len(known) != len(ends):
        return {"literal": text}
    about: dict[str, Any] = {"circa": True} if any(end.qualifier for end in known) else {}
    if len(known) == 1 and known[0].month > SPRING - 1:
        return {"date-parts": [[known[0].year]], "season": known[0].month - SPRING + 1, **about}
    return {"date-parts": [list(end.numbers) for end in known], **about}


def _day(text: str) -> dict[str, Any] | None:
    dates = parse_dates(text)
    return {"date-parts": [list(dates[0])]} if dates else None
