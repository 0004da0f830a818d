"""Reads a Markdown page with MyST's parser, without Sphinx: its claim marks, citations and text, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from factpress.files.directive_forms import DEEPEST_DIRECTIVES, cells_of_csv
from factpress.files.page_structure import heading_problems, is_orphan, line_problems
from factpress.files.refused_markup import RefusedMarkup
from factpress.files.text import read_text, relative_name, wrong_characters
from factpress.files.written_addresses import keep_addresses
from factpress.model.allowed_markup import OF_LEDGER, WITHOUT_OPTIONS, Markup, split_options, toctree_entries
from factpress.model.links.addresses import split_address
from factpress.model.place import Place
from factpress.model.prose import (
    ALSO_IN_ARTICLE,
    EXTENSIONS,
    SOURCES_HEADING,
    Chapter,
    Cite,
    Contents,
    CrossReference,
    Directive,
    Leads,
    Link,
    Mark,
    NamedPlace,
    Page,
    Paragraph,
    Passage,
    Picture,
    TermMark,
    UnitMark,
    box_ids,
    chapter_number,
    claim_ids,
    in_book,
)
from factpress.model.text.characters import mixed_scripts
from factpress.problems import Problem, problem

VERBATIM_DIRECTIVES = frozenset(("code", "code-block", "sourcecode", "literalinclude", "raw", "math", "toctree"))
UNIT_ROLES = ("unit", "claim:unit")
#: directives whose argument names something, and is no text
WORDLESS_ARGUMENTS = frozenset(
    ("image", "figure", "code", "code-block", "sourcecode", "toctree", "bibliography", "book-figure", "include",
     "literalinclude", "raw")
)  # fmt: skip

_DIRECTIVE = re.compile(r"\{([^\s}]+)\}\s*(.*)")
_OPTIONS = re.compile(r"(?:[ \t]*:[\w-]+:.*(?:\n|\Z))+|---\n(?s:.*?)\n---(?:\n|\Z)")
_TARGET = re.compile(r"\s*<[^<>]*>\s*\Z")
_EXPLICIT = re.compile(r"(?s:.+?)\s*<(.*?)>", re.DOTALL)  #: words and target of a role, as Sphinx 9.0 divides them
# the syntax of sphinxcontrib-bibtex 2.7: {before}key{after}, key
_CITED = re.compile(r"\s*(?:\{[^{}]+\})?\s*([^{}\s,]+)\s*(?:\{[^{}]+\})?\s*(?:,|\Z)")


def read_page(path: Path, root: Path, markup: Markup | None = None) -> tuple[Page | None, list[Problem]]:
    """Return the page or chapter in a file; None, with the problem, if it cannot be read.

    With `markup`, what a page of the book may not hold is a problem too; the handbook of the tools is not part of it.
    """
    text, problems = read_text(path, root)
    if text is None:
        return None, problems
    file = relative_name(path, root)
    guard = RefusedMarkup(markup, root / "docs", path, file) if markup and in_book(file) else None
    page, page_problems = parse_page(text, file, guard)
    return page, problems + page_problems


def parse_page(text: str, file: str, guard: RefusedMarkup | None = None) -> tuple[Page, list[Problem]]:
    """Return the page or chapter that a text makes, and what is wrong with its markup."""
    reading = _Reading(file, guard)
    tokens = reading.parse(text, 0)
    reading.take(tokens, 0, at_top=True)
    if guard:
        reading.problems += [*guard.problems, *heading_problems(tokens, file), *line_problems(tokens, file)]
        reading.problems += _footnotes_and_places(reading, guard)
    if "&" in text:
        reading.problems += _written_as_entities(text, reading.passages)
    page = Page(
        file=file,
        title=_title(tokens),
        marks=tuple(reading.marks),
        cites=tuple(reading.cites),
        terms=tuple(reading.terms),
        units=tuple(reading.units),
        directives=tuple(reading.directives),
        passages=tuple(reading.passages),
        pictures=tuple(reading.pictures),
        links=tuple(reading.links),
        references=tuple(reading.references),
        targets=tuple(reading.targets),
        headings=tuple(reading.headings),
        contents=tuple(reading.contents),
        orphan=is_orphan(tokens),
        where=Place(file),
    )
    number = chapter_number(file)
    if number is None:
        return page, reading.problems
    shared = {name: getattr(page, name) for name in Page.__dataclass_fields__}
    return Chapter(number=number, paragraphs=_paragraphs(tokens, file), **shared), reading.problems


@dataclass
class _Reading:
    """What has been collected from the tokens so far."""

    file: str
    guard: RefusedMarkup | None = None  #: checks everything that a page may hold
    marks: list[Mark] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)
    terms: list[TermMark] = field(default_factory=list)
    units: list[UnitMark] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    references: list[CrossReference] = field(default_factory=list)
    targets: list[NamedPlace] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    contents: list[Contents] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    depth: int = 0  #: of directives in directives
    marked: int = 0  #: how many blocks around this place are marked as being in another language
    environment: dict[str, Any] = field(default_factory=dict)  #: the parser's: definitions of links, shared by all text

    def parse(self, text: str, above: int) -> list[Token]:
        """Return the tokens of text that stands below `above` lines of the file."""
        known = len(self.environment.get("duplicate_refs", ()))
        tokens = _parser().parse(text, self.environment)
        for twice in self.environment.get("duplicate_refs", ())[known:]:
            where = Place(self.file, above + twice["map"][0] + 1)
            self.problems.append(problem("definition-twice", where, label=f"[{twice['label'].lower()}]:"))
        return tokens

    def take(self, tokens: list[Token], above: int, *, at_top: bool = False) -> None:
        """Read tokens whose first line stands below `above` lines of the file; `at_top`: in no other block."""
        blocks: list[bool] = []  # open ones, and whether each is marked with a language
        for at, token in enumerate(tokens):
            line = above + (token.map[0] if token.map else 0) + 1
            if token.nesting == 1:
                blocks.append("lang" in _written_attributes(token))
                self.marked += blocks[-1]
            elif token.nesting == -1 and blocks:
                self.marked -= blocks.pop()
            if token.type in ("colon_fence", "fence") and (opening := _DIRECTIVE.match(token.info)):
                self._directive(token, opening[1], opening[2].strip(), line, at_top=at_top and not token.level)
                continue
            if self.guard:
                self.guard.block(token, line, at_top=at_top and not token.level)
            if token.type == "myst_target":
                self._target(token.content, line, titled=_has_title(tokens[at + 1 :]))
            elif "id" in token.attrs and token.nesting >= 0:
                self._target(str(token.attrs["id"]), line, titled=token.type == "heading_open")
            if token.type == "inline":
                self._inline(token, line)
                if tokens[at - 1].type == "heading_open" and not _cites(token):  # the citation would be in its id
                    self.headings.append(" ".join(plain_text(token).split()))
            elif token.type == "colon_fence":  # a box without a directive, whose text is read as any other
                if not self._is_too_deep(":::", line):
                    self.depth += 1
                    self.take(self.parse(token.content, line), line)
                    self.depth -= 1
            elif token.content:
                # comments, code and raw HTML are published too
                self._say(token.content, line)

    def _inline(self, token: Token, line: int) -> None:
        spans = [] if self.marked else list(_marked_spans(token))
        self._say(plain_text(token), line, spans)
        children = token.children or ()
        for at, child in enumerate(children):
            if self.guard:
                self.guard.inline(child, line)
            if "id" in child.attrs and child.nesting >= 0:
                self._target(str(child.attrs["id"]), line, titled=False)
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "myst_role":
                self._role(child.meta["name"], child.content, Place(self.file, line))
            elif child.type == "link_open":
                has_words = children[at + 1].type != "link_close"
                self._link(str(child.attrs.get("href")), Place(self.file, line), has_words=has_words)
            elif child.type == "image":
                self.pictures.append(Picture(unquote(str(child.attrs["src"])), Place(self.file, line)))

    def _target(self, name: str, line: int, *, titled: bool) -> None:
        self.targets.append(NamedPlace(" ".join(name.lower().split()), titled, Place(self.file, line)))

    def _link(self, url: str, where: Place, *, has_words: bool) -> None:
        if re.match(r"https?:", url, re.IGNORECASE):
            self.links.append(Link(url, where))
        elif not re.match(r"(?!project:)[A-Za-z][A-Za-z0-9+.-]*:", url):
            target = unquote(url).removeprefix("project:")
            self.references.append(CrossReference(Leads.LINK, target, has_words, where))
        if why := mixed_scripts(split_address(url).hostname or ""):
            self.problems.append(problem("link-address", where, url=url, why=why))

    def _role(self, name: str, content: str, where: Place) -> None:
        if name == "claim" or name.endswith(":claim"):
            self._mark(Mark(claim_ids(content), where), content or "“”")
        elif name in UNIT_ROLES:
            self.units.append(UnitMark(content.strip(), where))
        elif name == "term":
            named = _TARGET.search(content)
            self.terms.append(TermMark((named[0].strip()[1:-1] if named else content).strip(), where))
        elif name in ("ref", "doc", "download") and not content.startswith("!"):
            named = _EXPLICIT.fullmatch(content)
            target = " ".join((named[1] if named else content).split())
            self.references.append(CrossReference(Leads(name), target, bool(named), where))
        elif name.startswith("cite"):
            keys = cited_keys(content)
            self.cites.append(Cite(keys or (), where))
            if keys is None:
                self.problems.append(problem("cite-syntax", where, text=content))

    def _mark(self, mark: Mark, written: str) -> None:
        self.marks.append(mark)
        if not mark.claims or not all(re.fullmatch(r"C\d+", one) for one in mark.claims):
            self.problems.append(problem("claim-mark-form", mark.where, text=written))

    def _directive(self, token: Token, name: str, argument: str, line: int, *, at_top: bool) -> None:
        self.directives.append(Directive(name, argument, Place(self.file, line)))
        if self._is_too_deep(name, line):
            return
        if self.guard:
            self.guard.directive(name, argument, token.content, line, _parser().parse, at_top=at_top)
        options = split_options(token.content)[0] if name not in WITHOUT_OPTIONS else {}
        if named := options.get("name"):
            self._target(named, line, titled=_shows_title(name, argument, token.content))
        if name == "book-figure":
            self._target(f"figure-{argument}", line, titled=True)
        elif name == "toctree":
            entries = tuple(toctree_entries(token.content))
            self.contents.append(Contents(entries, "glob" in options, Place(self.file, line)))
        if name.removeprefix("claim:") == ALSO_IN_ARTICLE:
            self._mark(
                Mark(box_ids(argument), Place(self.file, line), in_box=True),
                argument or f"{ALSO_IN_ARTICLE} without claims",
            )
        if name in ("figure", "image"):
            self.pictures.append(Picture(argument, Place(self.file, line)))
        if name in WORDLESS_ARGUMENTS or name.removeprefix("claim:") in OF_LEDGER:
            self._say(argument, line)
        else:
            self._words(argument, line)
        shown = [options.get("subtitle", ""), options.get("caption", "") if name != "toctree" else ""]
        shown += [cell for _, cell in cells_of_csv(options.get("header", ""), options)]
        for words in filter(None, shown):
            self._words(words, line)
        self.depth += 1
        self._body(name, options, token.content, line)
        self.depth -= 1

    def _words(self, text: str, line: int) -> None:
        """Read a title, a caption or other text that is one run of words."""
        for token in _parser().parseInline(text, self.environment):
            self._inline(token, line)

    def _is_too_deep(self, name: str, line: int) -> bool:
        """Return whether a block stands in too many others to be read, and say so."""
        if self.depth < DEEPEST_DIRECTIVES:
            return False
        if self.guard:
            self.guard.too_deep(name, line)
        return True

    def _body(self, name: str, options: Mapping[str, str], body: str, line: int) -> None:
        if block := _OPTIONS.match(body):
            self._say(block[0], line + 1)
            # blank lines instead, so that the lines below keep their numbers
            body = "\n" * block[0].count("\n") + body[block.end() :]
        if name in VERBATIM_DIRECTIVES:
            self._say(body, line + 1)
        elif name == "parsed-literal":
            self._words(body, line + 1)
        elif name == "csv-table":
            for below, cell in cells_of_csv(body, options):
                above = line + below - cell.count("\n")
                self.take(self.parse(cell, above), above)
        else:
            self.take(self.parse(body, line), line)

    def _say(self, text: str, line: int, marked: Iterable[tuple[int, int]] = ()) -> None:
        if text.strip():
            spans = [(0, len(text))] if self.marked else marked
            self.passages.append(Passage(text, Place(self.file, line), tuple(spans)))


def _written_attributes(token: Token) -> dict[str, object]:
    return {**token.attrs, **token.meta.get("insecure_attrs", {})}


def _marked_spans(token: Token) -> Iterator[tuple[int, int]]:
    """Yield start and end, in the words of an inline token, of what `[…]{lang=ru}` marks."""
    opened: list[tuple[bool, int]] = []
    children = list(token.children or ())
    for at, child in enumerate(children):
        if child.nesting == 1:
            begins = len(_plain(children[:at])) if "lang" in _written_attributes(child) else 0
            opened.append(("lang" in _written_attributes(child), begins))
        elif child.nesting == -1 and opened:
            marked, start = opened.pop()
            if marked:
                yield start, len(_plain(children[:at]))


def _written_as_entities(text: str, passages: list[Passage]) -> Iterator[Problem]:
    """Yield the wrong characters that a page writes as `&#x202E;`; what stands in the file itself was found before."""
    for passage in passages:
        for wrong in wrong_characters(passage.text, passage.where):
            sign = chr(int(dict(wrong.values)["character"].split()[0][2:], 16))
            if sign not in text:
                yield wrong


def cited_keys(content: str) -> tuple[str, ...] | None:
    """Return the keys that a citation names, None if sphinxcontrib-bibtex would refuse it."""
    keys: list[str] = []
    at = 0
    while at < len(content) or not keys or content.rstrip().endswith(","):
        match = _CITED.match(content, at)
        if not match or (match.end() == at):
            return None
        keys.append(match[1])
        at = match.end()
        if at == len(content) and content.endswith(","):
            return None
    return tuple(keys)


def plain_text(token: Token) -> str:
    """Return the words of an inline token as a reader sees them, without marks and citations."""
    return _plain(token.children or ())


def _plain(children: Iterable[Token]) -> str:
    text = ""
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif child.type == "image":
            text += plain_text(child)
        elif child.type == "myst_role":
            name = child.meta["name"]
            if name.startswith("cite") or name == "claim" or name.endswith(":claim") or name in UNIT_ROLES:
                text = text.rstrip(" ")  # the mark belongs to the words before it
            else:
                text += _TARGET.sub("", child.content)
        elif child.type != "html_inline":
            text += child.content
    return text


def _has_title(following: list[Token]) -> bool:
    """Return whether what stands after a target has a title that a reference to it shows."""
    for token in following:
        if token.type == "heading_open" or token.type == "dl_open":
            return True
        if token.type in ("colon_fence", "fence") and (opening := _DIRECTIVE.match(token.info)):
            return _shows_title(opening[1], opening[2].strip(), token.content)
        if token.type not in ("myst_target", "myst_line_comment"):
            break
    return False


def _shows_title(name: str, argument: str, content: str) -> bool:
    if name in ("table", "list-table", "csv-table", "rubric"):
        return bool(argument)
    if name == "figure":
        return bool(_OPTIONS.sub("", content, count=1).strip())
    return name in ("toctree", "code-block", "sourcecode") and "caption" in split_options(content)[0]


def _cites(token: Token) -> bool:
    return any(child.type == "myst_role" and child.meta["name"].startswith("cite") for child in token.children or ())


def _footnotes_and_places(reading: _Reading, guard: RefusedMarkup) -> Iterator[Problem]:
    """Yield footnotes with the name of a place: to Sphinx they are one."""
    for place in reading.targets:
        if place.name in guard.notes:
            where = Place(reading.file, guard.notes[place.name])
            yield problem("place-twice", where, first=place.where, name=place.name)


def _title(tokens: list[Token]) -> str:
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return " ".join(plain_text(inside).split())
    return ""


def _paragraphs(tokens: list[Token], file: str) -> tuple[Paragraph, ...]:
    """Return the numbered paragraphs: top-level paragraphs and quotations of the narrative sections."""
    paragraphs: list[Paragraph] = []
    level, sources = 0, 0  # of the heading above; of the heading of the section that is not counted
    for at, token in enumerate(tokens):
        if token.level:
            continue
        if token.type == "heading_open":
            level = int(token.tag[1])
            if sources and level <= sources:
                sources = 0
            if plain_text(tokens[at + 1]).strip() == SOURCES_HEADING:
                sources = level
        elif token.type in ("paragraph_open", "blockquote_open") and level and not sources:
            classes = str(token.attrs.get("class", "")).split()
            if "subtitle" not in classes:
                paragraphs.append(
                    replace(_paragraph(tokens, at, file, len(paragraphs) + 1), connective="connective" in classes)
                )
    return tuple(paragraphs)


def _paragraph(tokens: list[Token], at: int, file: str, number: int) -> Paragraph:
    end = next(n for n in range(at + 1, len(tokens)) if tokens[n].level == 0)
    reading = _Reading(file)
    reading.take(tokens[at + 1 : end], 0)
    return Paragraph(
        number=number,
        text="\n\n".join(passage.text for passage in reading.passages),
        marks=tuple(reading.marks),
        cites=tuple(reading.cites),
        terms=tuple(reading.terms),
        units=tuple(reading.units),
        where=Place(file, (tokens[at].map or [0])[0] + 1),
    )


@cache
def _parser() -> MarkdownIt:
    """Return MyST's own parser with the extensions of `model.prose.EXTENSIONS`, as `sphinxext.config` sets them."""
    # here, so that commands that read no page do not wait for docutils, which comes with MyST
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    parser = create_md_parser(MdParserConfig(enable_extensions=set(EXTENSIONS)), RendererHTML)
    # `model.allowed_markup` says what a link may lead to; by itself the parser leaves a `javascript:` link as text
    parser.validateLink = lambda _url: True  # type: ignore[method-assign,assignment]
    keep_addresses(parser)
    return parser.disable("wordcount")
