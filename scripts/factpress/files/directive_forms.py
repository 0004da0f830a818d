"""What a directive of a book must look like: its argument, its options, its text, and the shape of its table or code.

Sphinx leaves out a directive that it cannot read and warns, which stops a build; the same converters and the same
parser of options say it here, before anything is built.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from markdown_it.token import Token

from factpress.model.allowed_markup import DIRECTIVES

DEEPEST_DIRECTIVES = 20  #: directives in directives; each level is parsed again
TOO_DEEP = f"it stands in {DEEPEST_DIRECTIVES} others"

Parse = Callable[[str], list[Token]]  #: from a text to the tokens of its blocks


class Fault(NamedTuple):
    """Why a directive cannot be read."""

    why: str
    line: int = 0  #: of the directive, 0 for its first


@dataclass(frozen=True)
class DirectiveForm:
    """What one directive takes."""

    required: int = 0  #: arguments
    optional: int = 0
    spaces: bool = False  #: whether the last argument may hold some
    text: bool = True  #: whether text may stand in it
    needs_text: bool = False
    at_top: bool = False  #: whether it may stand in a section alone, in nothing else
    options: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


@cache
def forms() -> Mapping[str, DirectiveForm]:
    """Return the forms of directives, by name, as docutils 0.22 and Sphinx 9.0 declare them."""
    # here, so that commands that read no page do not wait for docutils
    from docutils.parsers.rst import directives as of
    from docutils.parsers.rst.directives.images import Figure, Image
    from docutils.parsers.rst.directives.tables import CSVTable, RSTTable

    named = {"name": of.unchanged}
    picture = {key: Image.option_spec[key] for key in DIRECTIVES["image"]}
    framed = {**picture, "align": Figure.option_spec["align"], "figwidth": Figure.option_spec["figwidth"]}
    table = {key: RSTTable.option_spec[key] for key in ("name", "align", "width", "widths")}
    rows = {
        **table,
        "widths": CSVTable.option_spec["widths"],
        "header-rows": of.nonnegative_int,
        "stub-columns": of.nonnegative_int,
    }
    separated = {key: CSVTable.option_spec[key] for key in DIRECTIVES["csv-table"]}
    code = {
        **dict.fromkeys(("name",), of.unchanged),
        **dict.fromkeys(("caption", "emphasize-lines"), of.unchanged_required),
        **dict.fromkeys(("force", "linenos"), of.flag),
        "lineno-start": int,
        "dedent": _whole_number_or_nothing,
    }
    contents = {
        **dict.fromkeys(("glob", "hidden", "includehidden", "titlesonly", "reversed"), of.flag),
        "maxdepth": int,
        "name": of.unchanged,
        "caption": of.unchanged_required,
        "numbered": lambda value: 999 if value is None else int(value),
    }
    boxes = ("attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning")
    titled = DirectiveForm(0, 1, spaces=True, needs_text=True, options=rows)
    return {
        **dict.fromkeys(boxes, DirectiveForm(spaces=True, needs_text=True, options=named)),
        "admonition": DirectiveForm(1, spaces=True, needs_text=True, options=named),
        "topic": DirectiveForm(1, spaces=True, needs_text=True, at_top=True, options=named),
        "sidebar": DirectiveForm(0, 1, spaces=True, needs_text=True, at_top=True,
                        options={**named, "subtitle": of.unchanged_required}),
        **dict.fromkeys(("epigraph", "highlights", "pull-quote"), DirectiveForm(needs_text=True)),
        "rubric": DirectiveForm(1, spaces=True, text=False, options=named),
        **dict.fromkeys(("parsed-literal", "line-block"), DirectiveForm(needs_text=True, options=named)),
        "toctree": DirectiveForm(options=contents),
        "hlist": DirectiveForm(options={"columns": int}),
        "table": DirectiveForm(0, 1, spaces=True, needs_text=True, options=table),
        "list-table": titled,
        "csv-table": DirectiveForm(0, 1, spaces=True, needs_text=True, options=separated),
        "image": DirectiveForm(1, spaces=True, text=False, options=picture),
        "figure": DirectiveForm(1, spaces=True, options=framed),
        **dict.fromkeys(("code-block", "sourcecode"), DirectiveForm(0, 1, options=code)),
        "code": DirectiveForm(0, 1, needs_text=True, options={"name": of.unchanged, "force": of.flag}),
        "book-figure": DirectiveForm(1, text=False),
        "objectives": DirectiveForm(),
        "bibliography": DirectiveForm(0, 1, spaces=True, options=dict.fromkeys(("all", "cited", "notcited"), of.flag)),
    }  # fmt: skip


_BLOCK = DirectiveForm(0, 1, spaces=True, text=False)  #: of those that are filled from the book's data


def directive_faults(name: str, argument: str, content: str, parse: Parse, *, at_top: bool) -> Iterator[Fault]:
    """Yield why a directive that the book allows cannot be read.

    `parse` reads the text in it, as the page itself is read; `at_top`: it stands in a section, not in another block.
    """
    from docutils.parsers.rst import Directive
    from docutils.parsers.rst.states import MarkupError
    from myst_parser.parsers.directives import parse_directive_text

    form = forms().get(name, _BLOCK if name in DIRECTIVES or ":" in name else None)
    if form is None:  # opened by a setting, or a subject's own
        return
    kind = type("Read", (Directive,), {
        "required_arguments": form.required, "optional_arguments": form.optional, "has_content": form.text,
        "final_argument_whitespace": form.spaces, "option_spec": dict(form.options),
    })  # fmt: skip
    try:
        read = parse_directive_text(kind, argument, content, line=0)
    except MarkupError as error:
        yield Fault(str(error))
        return
    yield from (Fault(warning.msg, warning.lineno or 0) for warning in read.warnings)
    if "name" in read.options and not read.options["name"]:
        yield Fault("its name is empty")
    if form.at_top and not at_top:
        yield Fault("it may stand in a section alone, not in another block")
    if form.needs_text and not any(line.strip() for line in read.body):
        yield Fault("it needs text")
    elif not read.warnings and name in _SHAPES:
        body = "\n".join(read.body)
        yield from map(Fault, _SHAPES[name](parse, body, read.arguments, read.options))


def code_fault(language: str, text: str, *, force: bool = False) -> str:
    """Return why code cannot be set in colours, empty where it can: an unknown language, or signs it does not have."""
    from pygments.lexers import (
        PythonConsoleLexer,
        PythonLexer,
        get_lexer_by_name,
        guess_lexer,
    )
    from pygments.token import Error
    from pygments.util import ClassNotFound

    if language in ("", "none", "default", "text"):  # these never fail
        return ""
    if language in ("py", "python", "py3", "python3", "pycon", "pycon3"):
        console = text.startswith(">>>") or language.startswith("pycon")
        lexer: Any = (PythonConsoleLexer if console else PythonLexer)(stripnl=False)
    else:
        try:
            lexer = guess_lexer(text) if language == "guess" else get_lexer_by_name(language)
        except ClassNotFound:
            return f"no language {language} is known"
    if not force and (wrong := next((value for kind, value in lexer.get_tokens(text) if kind is Error), "")):
        return f"{wrong!r} is not {language}"
    return ""


def line_numbers_fault(lines: str, total: int) -> str:
    """Return why a list of lines, `1,3-5`, cannot be taken from so many; empty where it can."""
    for part in lines.split(","):
        ends = part.strip().split("-")
        try:
            if ends == ["", ""] or len(ends) > 2:
                raise ValueError
            start = int(ends[0] or 1)
            end = int(ends[-1] or max(start, total))
        except ValueError:
            return f"{lines} is not a list of lines"
        if start > end:
            return f"{lines} is not a list of lines"
        if end > total or start < 1:
            return f"of the lines {lines} it has {total}"
    return ""


def picture_attribute_fault(name: str, value: str) -> str:
    """Return why an attribute cannot be given to a picture, empty where it can."""
    from docutils.parsers.rst import directives as of

    convert: Callable[[str], Any]
    match name:
        case "width" | "w":
            convert = of.length_or_percentage_or_unitless
        case "height" | "h":
            convert = of.length_or_unitless
        case "align" | "a":
            convert = _beside
        case _:
            return ""
    try:
        convert(value)
    except ValueError:
        return f"{name}={value}"
    return ""


def _beside(value: str) -> Any:
    from docutils.parsers.rst import directives as of

    return of.choice(value, ("left", "center", "right"))


def _whole_number_or_nothing(value: str | None) -> int | None:
    if value is None:
        return None
    if int(value) < 0:
        raise ValueError("it is negative")
    return int(value)


# shapes


def _list_table(parse: Parse, body: str, _arguments: Sequence[str], options: Mapping[str, Any]) -> Iterator[str]:
    tokens = parse(body)
    if not _is_one(tokens, "bullet_list"):
        yield "its text is one list, of rows that are lists of cells"
        return
    rows: list[int] = []
    for row in _items([token for token in tokens if token.level]):
        if not _is_one(row, "bullet_list"):
            yield f"row {len(rows) + 1} is not a list of cells"
            return
        rows.append(len(_items(row[1:-1])))
        if rows[-1] != rows[0]:
            yield f"row {len(rows)} has {rows[-1]} cells, the first has {rows[0]}"
            return
    yield from _dimensions(rows, options, rows[0])


def _csv_table(_parse: Parse, body: str, _arguments: Sequence[str], options: Mapping[str, Any]) -> Iterator[str]:
    try:
        head = _values(options["header"], options) if "header" in options else []
        rows = [len(row) for _, row in _values(body, options)]
    except (csv.Error, TypeError) as error:
        yield f"its text is not a table of values: {error}"
        return
    yield from _dimensions(rows, options, max([*rows, *(len(row) for _, row in head)]))


def cells_of_csv(body: str, written: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the cells of a csv-table, each with the line at which its row ends, 0 for the first; none if unsound.

    `written` are its options as they stand on the page.
    """
    from docutils.parsers.rst.directives.tables import CSVTable

    signs = ("delim", "quote", "escape", "keepspace")
    try:
        options = {key: CSVTable.option_spec[key](written[key]) for key in signs if written.get(key)}
        return [(line, cell) for line, row in _values(body, options) for cell in row]
    except (csv.Error, TypeError, ValueError):
        return []


def _values(text: str, options: Mapping[str, Any]) -> list[tuple[int, list[str]]]:
    from docutils.parsers.rst.directives.tables import CSVTable

    reader = csv.reader((f"{line}\n" for line in text.split("\n")), CSVTable.DocutilsDialect(options))
    return [(reader.line_num - 1, row) for row in reader]


def _table(parse: Parse, body: str, _arguments: Sequence[str], options: Mapping[str, Any]) -> Iterator[str]:
    tokens = parse(body)
    if [token.info.strip().endswith("-table}") for token in _blocks(tokens)] == [True]:
        return  # one of the other directives for tables
    if not _is_one(tokens, "table"):
        yield "its text is one table"
        return
    columns = sum(token.type == "th_open" for token in tokens)
    if isinstance(options.get("widths"), list) and len(options["widths"]) != columns:
        yield f"its widths are {len(options['widths'])}, its columns {columns}"


def _dimensions(rows: Sequence[int], options: Mapping[str, Any], columns: int) -> Iterator[str]:
    """Yield what does not fit in a table with so many cells in each row."""
    header, stub = options.get("header-rows", 0), options.get("stub-columns", 0)
    if header and len(rows) <= header:
        yield "no row is left below its heads"
    if stub and min(rows) <= stub:
        yield "no column is left beside its heads"
    if not columns:
        yield "it has no cells"
    elif isinstance(options.get("widths"), list) and len(options["widths"]) != columns:
        yield f"its widths are {len(options['widths'])}, its columns {columns}"


def _columns(parse: Parse, body: str, _arguments: Sequence[str], options: Mapping[str, Any]) -> Iterator[str]:
    if not _is_one(parse(body), "bullet_list"):
        yield "its text is one list"
    elif options.get("columns", 1) < 1:
        yield "it has at least one column"


def _caption(parse: Parse, body: str, _arguments: Sequence[str], _options: Mapping[str, Any]) -> Iterator[str]:
    blocks = [token for token in _blocks(parse(body)) if token.type != "myst_target"]
    if body.strip() and (not blocks or blocks[0].type != "paragraph_open"):
        yield "its caption is a paragraph"


def _code(_parse: Parse, body: str, arguments: Sequence[str], options: Mapping[str, Any]) -> Iterator[str]:
    if why := code_fault(arguments[0] if arguments else "", body, force="force" in options):
        yield why
    lines = body.splitlines()
    if (spec := options.get("emphasize-lines")) and (why := line_numbers_fault(spec, len(lines))):
        yield why
    if (cut := options.get("dedent")) and any(line[:cut].strip() for line in lines):
        yield f"not all of its lines begin with {cut} spaces"


_SHAPES: Mapping[str, Callable[[Parse, str, Sequence[str], Mapping[str, Any]], Iterator[str]]] = {
    "list-table": _list_table,
    "csv-table": _csv_table,
    "table": _table,
    "hlist": _columns,
    "figure": _caption,
    **dict.fromkeys(("code", "code-block", "sourcecode"), _code),
}


def _is_one(tokens: Sequence[Token], kind: str) -> bool:
    """Return whether the tokens are one block of this kind."""
    return [token.type for token in _blocks(tokens)] == [f"{kind}_open"]


def _blocks(tokens: Sequence[Token]) -> list[Token]:
    """Return the beginnings of blocks, but for comments, of which nothing is shown."""
    at = tokens[0].level if tokens else 0
    unseen = ("myst_line_comment", "myst_block_break")
    return [token for token in tokens if token.level == at and token.nesting >= 0 and token.type not in unseen]


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return what stands in each item of a list, from the tokens inside the list."""
    items: list[list[Token]] = []
    for token in tokens:
        if token.level == tokens[0].level:
            if token.type == "list_item_open":
                items.append([])
        else:
            items[-1].append(token)
    return items
