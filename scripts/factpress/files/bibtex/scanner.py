"""The outer shape of a BibTeX file: entries and fields with their places, and where it goes wrong.

The parser that reads the bibliography loses fields or whole entries after a syntax error and seldom says where;
this scanner finds the error first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from factpress.model.place import Place
from factpress.problems import Problem, problem

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST = 100_000  #: characters of one value; a list of three thousand authors has fewer
DEEPEST = 20  #: braces inside braces; the parser's own limit is a hundred, then it stops

WORD = r"[^\s=,{}\"#%()@]+"
# A line that begins like this inside a value says that the value was never closed.
NEW_ENTRY = r"^[ \t]*@[A-Za-z]+[ \t]*[{(][^\s,{}()\"=]*[ \t]*,"
NEW_FIELD = r"^[ \t]*[A-Za-z][A-Za-z+]*[ \t]*=[ \t]*[{\"]"
_INSIDE = re.compile(rf'(?P<mark>[{{}}"])|(?P<entry>{NEW_ENTRY})|(?P<field>{NEW_FIELD})', re.MULTILINE)
_MARK = re.compile(r"(?P<mark>[{}])")
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
    well_formed: bool = True  #: its shape is right, so the parser may read it

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


class BrokenError(Exception):
    """The entry cannot be read on; the scanner goes to the next one."""


class UnclosedError(BrokenError):
    """A value runs into the next field or entry; `field_at` is where a next field begins, or -1."""

    def __init__(self, field_at: int) -> None:
        """Keep the place."""
        self.field_at = field_at


class Lexer:
    """A place in a file's text, and what can be read there."""

    def __init__(self, text: str, file: str) -> None:
        """Take the text with any line ends."""
        self.text = re.sub(r"\r\n?", "\n", text)
        self.file = file
        self.at = 0
        self.what = ""  #: the entry, for messages
        self.problems: list[Problem] = []
        self.macros = {month: month for month in MONTHS}
        self.inner: tuple[int, int] | None = None  #: the last value's text, where it is one pair of braces or quotes
        self.starts = [0, *(m.end() for m in re.finditer("\n", self.text))]

    def place(self, at: int) -> Place:
        """Return the line and column of an offset."""
        line = bisect_right(self.starts, at)
        return Place(self.file, line, at - self.starts[line - 1] + 1)

    def report(self, code: str, at: int, **values: object) -> None:
        """Note a problem at an offset."""
        self.problems.append(problem(code, self.place(at), **values))

    def value(self) -> str:
        """Return a value, its parts joined and its strings filled in."""
        parts = []
        self.inner = None
        while True:
            self.space()
            here = self.at
            if self.peek() in ("{", '"'):
                parts.append(self.delimited())
                self.inner = (here + 1, self.at - 1) if len(parts) == 1 else None
            else:
                word = self.word("a value")
                if not word.isdecimal() and word.lower() not in self.macros:
                    self.report("bib-undefined-string", here, name=word)
                parts.append(word if word.isdecimal() else self.macros.get(word.lower(), ""))
                self.inner = None
            more = re.compile(r"\s*#").match(self.text, self.at)
            if not more:
                return "".join(parts)
            self.at = more.end()

    def delimited(self, lenient: bool = False) -> str:
        """Return what stands between braces or quotation marks; `lenient` takes entries inside for text."""
        opened, depth, quoted = self.at, 0, self.text[self.at] == '"'
        self.at += 1
        for found in (_MARK if lenient else _INSIDE).finditer(self.text, self.at):
            mark = found["mark"]
            if mark == "{":
                depth += 1
                if depth == DEEPEST:
                    self.report("bib-nested-braces", found.start(), what=self.what)
            elif mark == "}" and depth:
                depth -= 1
            elif mark == ('"' if quoted else "}") and not depth:
                self.at = found.end()
                return self.text[opened + 1 : found.start()]
            elif mark == '"':
                continue
            else:
                self.at = found.start()
                self.report(f"bib-unclosed-{'quote' if quoted else 'brace'}", opened, what=self.what)
                raise UnclosedError(found.start() if found["field"] else -1)
        self.at = len(self.text)
        self.report(f"bib-unclosed-{'quote' if quoted else 'brace'}", opened, what=self.what)
        raise UnclosedError(-1)

    def word(self, expected: str) -> str:
        """Return a name, or a number."""
        self.space()
        found = re.compile(WORD).match(self.text, self.at)
        if not found:
            self.report("bib-syntax", self.at, expected=expected, what=self.what)
            raise BrokenError
        self.at = found.end()
        return found[0]

    def expect(self, mark: str) -> None:
        """Step over one mark."""
        self.space()
        if self.peek() != mark:
            self.report("bib-syntax", self.at, expected=f"“{mark}”", what=self.what)
            raise BrokenError
        self.at += 1

    def space(self) -> None:
        """Step over white space; a comment is a problem."""
        while self.at < len(self.text):
            if self.text[self.at] == "%":  # BibTeX knows no comments inside an entry
                self.report("bib-percent", self.at, what=self.what)
                end = self.text.find("\n", self.at)
                self.at = end if end >= 0 else len(self.text)
            elif not self.text[self.at].isspace():
                return
            else:
                self.at += 1

    def peek(self) -> str:
        """Return the next character, empty at the end."""
        return self.text[self.at : self.at + 1]


class Scanner(Lexer):
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
                entry.well_formed = False
                following = _NEXT_ENTRY.search(self.text, max(self.at, start + 1))
                self.at = following.end() if following else len(self.text)
            entry.text = self.text[start : self.at]
            if kind == "string":
                self.result.strings += [entry.text] if entry.well_formed else []
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
            entry.well_formed = False
            return
        entry.key = found[0].strip()
        self.what = f"{self.what}{{{entry.key}}}"
        if not re.fullmatch(r"[\w.:+&'’-]+", entry.key):
            self.report("bib-key", self.at, key=entry.key)
            entry.well_formed = False
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
                entry.well_formed = False
                if error.field_at < 0:
                    raise
                self.at = error.field_at
                continue
            if len(value) > LONGEST:
                self.report("bib-long", here, field=name, length=len(value), most=LONGEST)
                value = value[:0]
            entry.fields.append(RawField(name, value, self.place(here), self.inner))
            end = self.at
            self.space()
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != closing and self.peek() not in ("", "@"):
                self.report("bib-missing-comma", end, field=name)
                entry.well_formed = False
            # An undefined string leaves a hole, but the entry can be read.
            if any(p.code != "bib-undefined-string" for p in self.problems[before:]):
                entry.well_formed = False

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
