"""Reads the values of a BibTeX file with their places, and says where a brace or a quotation mark never closes."""

from __future__ import annotations

import re
from bisect import bisect_right

from factpress.model.place import Place
from factpress.problems import Problem, problem

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DEEPEST = 20  #: braces inside braces; the parser's own limit is a hundred, then it stops

WORD = r"[^\s=,{}\"#%()@]+"
# A line that begins like this inside a value says that the value was never closed.
NEW_ENTRY = r"^[ \t]*@[A-Za-z]+[ \t]*[{(][^\s,{}()\"=]*[ \t]*,"
NEW_FIELD = r"^[ \t]*[A-Za-z][A-Za-z+]*[ \t]*=[ \t]*[{\"]"
_INSIDE = re.compile(rf'(?P<mark>[{{}}"])|(?P<entry>{NEW_ENTRY})|(?P<field>{NEW_FIELD})', re.MULTILINE)
_MARK = re.compile(r"(?P<mark>[{}])")


class BrokenError(Exception):
    """The entry cannot be read on; the scanner goes to the next one."""


class UnclosedError(BrokenError):
    """A value runs into the next field or entry; `field_at` is where a next field begins, or -1."""

    def __init__(self, field_at: int) -> None:
        """Keep the place."""
        self.field_at = field_at


class Cursor:
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
