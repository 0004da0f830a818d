"""The outer shape of a BibTeX file: entries and fields with their places, and where it goes wrong.

The parser that reads the bibliography loses fields or whole entries after a slip and seldom says where;
this scanner finds the slip first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from factpress.files.bibtex.lexer import NEW_FIELD, WORD, BrokenError, Cursor, UnclosedError
from factpress.model.place import Place
from factpress.problems import Problem

_ENTRY = re.compile(rf"@\s*({WORD})\s*([{{(])")
_NEXT_ENTRY = re.compile(rf"^[ \t]*(?=@[ \t]*{WORD}\s*[{{(])", re.MULTILINE)
_LOST = re.compile(rf"[{{}}]|{NEW_FIELD}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as written, its parts joined and its strings filled in."""

    name: str  #: lower case
    value: str
    where: Place
    inner: tuple[int, int] | None = None  #: offsets of the value, if it is written as one text


@dataclass(slots=True)
class RawEntry:
    """An entry as written."""

    type: str  #: lower case
    key: str
    where: Place
    fields: list[RawField] = field(default_factory=list)
    text: str = ""  #: the entry's own text, for the parser
    start: int = 0  #: offset of its @
    sound: bool = True  #: its shape is right, so the parser may read it

    def get(self, name: str) -> RawField | None:
        """Return the first field of that name."""
        return next((f for f in self.fields if f.name == name), None)


@dataclass(slots=True)
class Scan:
    """What a file holds."""

    entries: list[RawEntry] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)  #: the text of each @string
    last_string: int = -1  #: offset of the last of them
    problems: list[Problem] = field(default_factory=list)


class Scanner(Cursor):
    """Reads one file's entries; use `scan`."""

    def __init__(self, text: str, file: str) -> None:
        """Take the text with any line ends."""
        super().__init__(text, file)
        self.result = Scan(problems=self.problems)

    def run(self) -> Scan:
        """Return everything between the first character and the last."""
        while (start := self.text.find("@", self.at)) >= 0:
            self._between(self.at, start)
            opened = _ENTRY.match(self.text, start)
            if not opened or (start and self.text[start - 1].isalnum()):
                self.report("bib-stray-at", start)
                self.at = start + 1
                continue
            self.at, kind = opened.end(), opened[1].lower()
            self.what = f"@{kind}"
            entry = RawEntry(kind, "", self.place(start), start=start)
            try:
                self._command(entry, start, "}" if opened[2] == "{" else ")")
            except BrokenError:
                entry.sound = False
                following = _NEXT_ENTRY.search(self.text, max(self.at, start + 1))
                self.at = following.end() if following else len(self.text)
            entry.text = self.text[start : self.at]
            if kind == "string":
                self.result.strings += [entry.text] if entry.sound else []
                self.result.last_string = start
            elif kind not in ("comment", "preamble"):
                self.result.entries.append(entry)
        self._between(self.at, len(self.text))
        return self.result

    def _between(self, start: int, end: int) -> None:
        if lost := _LOST.search(self.text, start, end):
            self.report("bib-lost-text", lost.end() - 1)

    def _command(self, entry: RawEntry, start: int, closing: str) -> None:
        if entry.type == "comment":
            self.at -= 1
            inner = self.delimited(lenient=True) if closing == "}" else ""
            if "@" in inner:  # the parser reads on inside a comment
                self.report("bib-comment-entry", start + self.text[start:].index("@", 1))
        elif entry.type == "preamble":
            self.value()
            self._close(start, closing)
        elif entry.type == "string":
            name = self.word("a name")
            self.expect("=")
            self.macros[name.lower()] = self.value()
            self._close(start, closing)
        else:
            self._key(entry)
            self._fields(entry, start, closing)

    def _key(self, entry: RawEntry) -> None:
        self.space()
        found = re.compile(r"[^,{}\n]*").match(self.text, self.at)
        assert found
        if "=" in found[0]:  # the key was forgotten, and this is the first field
            self.report("bib-key", self.at, key="")
            entry.sound = False
            return
        entry.key = found[0].strip()
        self.what = f"{self.what}{{{entry.key}}}"
        if not re.fullmatch(r"[\w.:+&'’-]+", entry.key):
            self.report("bib-key", self.at, key=entry.key)
            entry.sound = False
        self.at = found.end()
        self.space()
        if self.peek() == ",":
            self.at += 1

    def _fields(self, entry: RawEntry, start: int, closing: str) -> None:
        while True:
            before = len(self.problems)
            self.space()
            here = self.at
            if self.peek() == closing:
                self.at += 1
                return
            if self.peek() in ("", "@"):
                self._unclosed(start)
            name = self.word("a field name or the closing brace").lower()
            self.expect("=")
            try:
                value = self.value()
            except UnclosedError as error:
                entry.sound = False
                if error.field_at < 0:
                    raise
                self.at = error.field_at
                continue
            entry.fields.append(RawField(name, value, self.place(here), self.inner))
            end = self.at
            self.space()
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != closing and self.peek() not in ("", "@"):
                self.report("bib-missing-comma", end, field=name)
                entry.sound = False
            # An undefined string leaves a hole, but the entry can be read.
            if any(p.code != "bib-undefined-string" for p in self.problems[before:]):
                entry.sound = False

    def _close(self, start: int, closing: str) -> None:
        self.space()
        if self.peek() != closing:
            self._unclosed(start)
        self.at += 1

    def _unclosed(self, start: int) -> None:
        self.report("bib-unclosed-brace", start, what=self.what)
        raise BrokenError


def scan(text: str, file: str) -> Scan:
    """Return the entries of a BibTeX text with the problems of its shape."""
    return Scanner(text, file).run()
