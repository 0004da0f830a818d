"""Finds what a page of a book may not hold while its tokens are read; the table is `model.allowed_markup`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from markdown_it.token import Token

from factpress.files.directive_forms import (
    TOO_DEEP,
    Parse,
    code_fault,
    directive_faults,
    line_numbers_fault,
    picture_attribute_fault,
)
from factpress.files.inside import links_out, outside_of
from factpress.files.text import relative_name
from factpress.model.allowed_markup import Markup, Refusal, attribute_refusal, front_matter, html, markup_of, plain
from factpress.model.place import Place
from factpress.model.subject import load_subjects
from factpress.problems import Problem, problem
from factpress.settings import Settings


def markup_of_book(settings: Settings) -> Markup:
    """Return what the pages of a book may hold."""
    subjects = load_subjects(settings.subjects)
    blocks = frozenset(block for one in subjects for block in one.blocks)
    return markup_of(blocks, frozenset(settings.allow_directives))


def link_problems(root: Path) -> Iterator[Problem]:
    """Yield the symbolic links among the files of the book that lead to a place outside it, or to a folder."""
    for path in links_out(root):
        file = relative_name(path, root)
        yield problem("link-out-of-book", Place(file), file=file)


class RefusedMarkup:
    """What is refused on one page, as problems."""

    def __init__(self, markup: Markup, docs: Path, page: Path, file: str) -> None:
        """Remember where the page lies; `file` is its name in problems."""
        self._markup = markup
        self._outside = outside_of(docs, page.parent)
        self._file = file
        self._problems: list[Problem] = []
        self._calls: dict[str, int] = {}  # of footnotes, by label: the line of the first
        self._notes: dict[str, int] = {}

    @property
    def problems(self) -> list[Problem]:
        """Return what was refused, and the footnotes that are called and not there, or there and not called."""
        refusals = list(self._problems)
        for code, here, there in (
            ("footnote-missing", self._calls, self._notes), ("footnote-unused", self._notes, self._calls)
        ):  # fmt: skip
            lost = [label for label in here if label not in there]
            refusals += [problem(code, Place(self._file, here[label]), label=label) for label in lost]
        return refusals

    @property
    def notes(self) -> Mapping[str, int]:
        """Return the footnotes: the line of each, by its label."""
        return self._notes

    def block(self, token: Token, line: int, *, at_top: bool) -> None:
        """Look at a token that is neither a directive nor text; `at_top`: it stands in no other block."""
        if token.type == "hr" and not at_top:
            self._problems.append(problem("line-parts-nothing", Place(self._file, line), why="inside another block"))
        if not token.type.startswith("myst_"):  # those have classes of the parser's own
            self._attributes(token, line)
        if token.type == "footnote_reference_open":
            label = str(token.meta["label"])
            if label in self._notes:
                self._problems.append(problem("definition-twice", Place(self._file, line), label=f"[^{label}]:"))
            self._notes.setdefault(label, line)
        elif token.type == "html_block":
            self._refuse([html(token.content)], line)
        elif token.type == "front_matter":
            self._refuse(front_matter(token.content), line)
        elif token.type == "myst_target":
            self._refuse(self._markup.target(token.content), line)
        elif token.type in ("fence", "code_block"):
            self._code(token, line)
        elif token.type == "colon_fence" and (name := token.info.strip().partition(" ")[0]):
            self._refuse(self._markup.attributes({"class": name}), line)

    def inline(self, child: Token, line: int) -> None:
        """Look at a token of a run of text."""
        self._attributes(child, line)
        if child.type == "footnote_ref":
            self._calls.setdefault(str(child.meta["label"]), line)
        elif child.type == "html_inline":
            self._refuse([html(child.content)], line)
        elif child.type == "myst_role":
            self._refuse(self._markup.role(child.meta["name"], child.content, self._outside), line)
        elif child.type == "link_open":
            self._refuse(self._markup.address(str(child.attrs["href"]), self._outside), line)
        elif child.type == "image":
            self._refuse(self._markup.picture(str(child.attrs["src"]), self._outside), line)
            faults = (picture_attribute_fault(key, str(value)) for key, value in child.attrs.items())
            self._refuse((attribute_refusal(fault) for fault in faults if fault), line)
        elif child.type == "text" and "{{" in child.content:
            self._refuse(plain(child.content), line)

    def directive(self, name: str, argument: str, content: str, line: int, parse: Parse, *, at_top: bool) -> None:
        """Look at a directive; `parse` reads the text in it, `at_top`: it stands in no other block."""
        if refused := list(self._markup.directive(name, argument, content, self._outside)):
            self._refuse(refused, line)
        elif name not in self._markup.opened:
            for fault in directive_faults(name, argument, content, parse, at_top=at_top):
                where = Place(self._file, line + fault.line)
                self._problems.append(problem("directive-form", where, directive=name, why=fault.why.rstrip(".")))

    def too_deep(self, name: str, line: int) -> None:
        """Refuse a directive that stands in too many others, unread."""
        self._problems.append(problem("directive-form", Place(self._file, line), directive=name, why=TOO_DEEP))

    def _code(self, token: Token, line: int) -> None:
        language = token.info.strip().partition(" ")[0]
        if why := code_fault(language, token.content):
            self._problems.append(problem("code-language", Place(self._file, line), why=why))
        lines = str(token.attrs.get("emphasize-lines", ""))
        if lines and line_numbers_fault(lines, len(token.content.splitlines())):
            self._refuse([attribute_refusal(f"emphasize-lines={lines}")], line)

    def _attributes(self, token: Token, line: int) -> None:
        if token.attrs or "insecure_attrs" in token.meta:  # there the parser puts away what would act
            self._refuse(self._markup.attributes({**token.attrs, **token.meta.get("insecure_attrs", {})}), line)

    def _refuse(self, refusals: Iterable[Refusal], line: int) -> None:
        self._problems += [problem(one.code, Place(self._file, line), **dict(one.values)) for one in refusals]
