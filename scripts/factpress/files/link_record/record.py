"""The record of a link as JSON text, and back: every value is looked at, nothing is guessed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from factpress.model.dates import parse
from factpress.model.links.link_record import Archive, LinkKind, LinkRecord, QuoteState, State

#: fields of a record as they stand in the file, line by line
LINES = (
    ("url", "kind"),
    ("state", "since", "last-ok", "last-checked", "strikes"),
    ("http", "final-url", "moved-since", "etag", "title", "text-sha256"),
    ("quotes",),
    ("archive",),
    ("why", "checker", "sum"),
)
REQUIRED = ("url", "kind", "state", "since", "last-checked", "checker")


class BadRecordError(ValueError):
    """What is wrong with a record, in a few words."""


class HandEditedError(BadRecordError):
    """The record is not the one that was written."""


def block(record: LinkRecord) -> str:
    """Return the record as an object of several lines, the same text for the same record."""
    data = plain(record)
    data["sum"] = checksum(data)
    lines = ([f"{_json(name)}:{_json(data[name])}" for name in names if name in data] for names in LINES)
    return "{" + ",\n ".join(",".join(fields) for fields in lines if fields) + "}"


def plain(record: LinkRecord) -> dict[str, Any]:
    """Return the record as plain data without what it does not say."""
    data: dict[str, Any] = {
        "url": record.url,
        "kind": str(record.kind),
        "state": str(record.state),
        "since": record.since,
        "last-ok": record.last_ok,
        "last-checked": record.last_checked,
        "strikes": list(record.strikes),
        "http": record.http,
        "final-url": record.final_url,
        "moved-since": record.moved_since,
        "etag": record.etag,
        "title": record.title,
        "text-sha256": record.text_sha256,
        "quotes": _quotes(record.quotes),
        "archive": {"url": record.archive.url, "quotes": _quotes(record.archive.quotes)} if record.archive else None,
        "why": record.why,
        "checker": record.checker,
    }
    told = {name: value for name, value in data.items() if name in REQUIRED or value not in (None, "", [], {})}
    # half a character, from a page that lies about its encoding, cannot be written
    return {name: _whole(value) if isinstance(value, str) else value for name, value in told.items()}


def checksum(data: Mapping[str, Any]) -> str:
    """Return what a record's field `sum` must be: it tells a hand's edit from the tool's."""
    told = {name: value for name, value in data.items() if name != "sum"}
    return hashlib.sha256(_json(told, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def record_of(data: object) -> LinkRecord:
    """Return the record that plain data holds; BadRecordError says what is wrong with it."""
    if not isinstance(data, dict):
        raise BadRecordError("it is no object")
    for name in data:
        if name not in FIELDS and name != "sum":
            raise BadRecordError(f"it has no field {name!r}")
    for name in (*REQUIRED, "sum"):
        if name not in data:
            raise BadRecordError(f"{name} is missing")
    values = {name.replace("-", "_"): read(data[name], name) for name, read in FIELDS.items() if name in data}
    if data["sum"] != checksum(data):
        raise HandEditedError("its sum is another")
    return LinkRecord(**values)


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise BadRecordError(f"{name} is no text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadRecordError(f"{name} holds half a character")
    return value


def _filled(value: object, name: str) -> str:
    if not (text := _text(value, name)):
        raise BadRecordError(f"{name} is empty")
    return text


def _day(value: object, name: str) -> str:
    if (text := _text(value, name)) and parse(text) is None:
        raise BadRecordError(f"{name} is no date")
    return text


def _days(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadRecordError(f"{name} is no list")
    return tuple(_day(one, name) for one in value)


def _status(value: object, name: str) -> int:
    # True is an integer for Python
    if not isinstance(value, int) or isinstance(value, bool) or not 100 <= value <= 599:
        raise BadRecordError(f"{name} is no status of HTTP")
    return value


def _word(words: type[StrEnum]) -> Callable[[object, str], StrEnum]:
    def read(value: object, name: str) -> StrEnum:
        try:
            return words(_text(value, name))
        except BadRecordError:
            raise
        except ValueError:
            raise BadRecordError(f"{name} is {value!r}, which is no word for it") from None

    return read


def _states(value: object, name: str) -> dict[str, StrEnum]:
    if not isinstance(value, dict):
        raise BadRecordError(f"{name} is no object")
    return {_filled(key, name): _word(QuoteState)(state, name) for key, state in sorted(value.items())}


def _archive(value: object, name: str) -> Archive:
    if not isinstance(value, dict) or not set(value) <= {"url", "quotes"} or "url" not in value:
        raise BadRecordError(f"{name} has not url and quotes")
    states = {key: QuoteState(state) for key, state in _states(value.get("quotes", {}), name).items()}
    return Archive(_filled(value["url"], name), states)


def _quotes(quotes: Mapping[str, QuoteState]) -> dict[str, str]:
    return {key: str(state) for key, state in sorted(quotes.items())}


def _json(value: object, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))


#: how each field is read; `sum` is compared, not kept
FIELDS: dict[str, Callable[[object, str], Any]] = {
    "url": _filled,
    "kind": _word(LinkKind),
    "state": _word(State),
    "since": _day,
    "last-ok": _day,
    "last-checked": _day,
    "strikes": _days,
    "http": _status,
    "final-url": _filled,
    "moved-since": _day,
    "etag": _text,
    "title": _text,
    "text-sha256": _text,
    "quotes": _states,
    "archive": _archive,
    "why": _text,
    "checker": _filled,
}
