"""The metadata that a registration agency has of a DOI, and whether they fit an entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from factpress.model.dates import parse_dates
from factpress.model.source import Source

LEAST_SIMILARITY = 85.0  #: titles that are less similar are of other works


@dataclass(frozen=True, slots=True)
class RegisteredWork:
    """The metadata that a registration agency has of a DOI."""

    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  #: whole names
    years: tuple[int, ...] = ()


def from_crossref(data: Any) -> RegisteredWork | None:
    """Return the work that Crossref's answer describes."""
    message = value_at_path(data, "message")
    if not isinstance(message, dict):
        return None
    titles = [t for name in ("title", "original-title", "container-title") for t in _texts(message.get(name))]
    if titles and (subtitles := _texts(message.get("subtitle"))):
        titles.insert(1, f"{titles[0]}: {subtitles[0]}")
    people = [p for role in ("author", "editor") for p in json_objects(message.get(role))]
    names = [" ".join(_texts([p.get("given"), p.get("family"), p.get("name")])) for p in people]
    dates = [message.get(name) for name in ("issued", "published-print", "published-online", "published")]
    years = [y for date in dates if isinstance(y := value_at_path(date, "date-parts", 0, 0), int)]
    return RegisteredWork(tuple(titles), tuple(filter(None, names)), tuple(dict.fromkeys(years)))


def from_datacite(data: Any) -> RegisteredWork | None:
    """Return the work that DataCite's answer describes."""
    attributes = value_at_path(data, "data", "attributes")
    if not isinstance(attributes, dict):
        return None
    titles = [text for t in json_objects(attributes.get("titles")) for text in _texts([t.get("title")])]
    people = [*json_objects(attributes.get("creators")), *json_objects(attributes.get("contributors"))]
    names = [text for p in people for text in _texts([p.get("name")])]
    year = attributes.get("publicationYear")
    years = [int(year)] if isinstance(year, (int, str)) and str(year).isdecimal() else []
    return RegisteredWork(tuple(titles), tuple(names), tuple(years))


def mismatch_reason(source: Source, work: RegisteredWork) -> str:
    """Return why a work cannot be what an entry describes, empty where it can be; what is unknown is not compared."""
    titles = [t for name in ("title", "booktitle", "shorttitle") if (t := source.get(name)) and not t.startswith("[")]
    if titles and work.titles:
        best = max(_similar(ours, theirs) for ours in titles for theirs in work.titles)
        ours = [date[0] for date in parse_dates(source.get("date") or source.get("year"))]
        years = [abs(mine - theirs) for mine in ours for theirs in work.years]
        if best < LEAST_SIMILARITY and years and min(years) > 1:
            return f"the registry has “{work.titles[0][:120]}”, {min(work.years)}"
    people = [n for role in ("author", "editor") for n in source.names.get(role, ()) if n.family or n.literal]
    ours_named = {word for name in people for word in _name_words(name.family or name.literal)}
    theirs_named = {word for name in work.names for word in _name_words(name)}
    if ours_named and theirs_named and not ours_named & theirs_named:
        return f"the registry names {'; '.join(work.names[:3])}"
    return ""


def value_at_path(data: Any, *path: str | int) -> Any:
    """Return the value at a path of JSON data, None where the path ends early: registries may answer anything."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and len(data) > step:
            data = data[step]
        else:
            return None
    return data


def json_objects(data: Any) -> Iterable[Mapping[str, Any]]:
    """Return the objects of a list, none where it is not a list."""
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _texts(data: Any) -> list[str]:
    values = data if isinstance(data, list) else [data]
    # agencies keep markup in titles
    plain = (re.sub(r"<[^>]{0,200}>", "", value) for value in values if isinstance(value, str))
    return [" ".join(text.split()) for text in plain if text.strip()]


def _similar(ours: str, theirs: str) -> float:
    left, right = _plain(ours), _plain(theirs)
    # a title may be given without what follows its colon
    short = _plain(re.split(r"[:.?!] ", theirs)[0])
    scores = [fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right)]
    return max([*scores, fuzz.ratio(left, short), fuzz.ratio(_plain(re.split(r"[:.?!] ", ours)[0]), right)])


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def _name_words(name: str) -> set[str]:
    return {word for word in _plain(name).split() if len(word) > 1 or ord(word[0]) > 0x2E7F}
