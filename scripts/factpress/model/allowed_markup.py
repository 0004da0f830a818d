"""What the Markdown of a book may hold: the one table that `check` and Sphinx both ask.

Every function yields refusals; what yields none is allowed. Names that nobody has thought of are refused, so that
a directive, a role or an option of tomorrow's Sphinx opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from factpress.model.prose import PRINTED_IN
from factpress.model.text.passages import is_language_tag

#: from an address as written to why it may not be followed, empty where it may; knows the folder of the page
Outside = Callable[[str], str]


class Refusal(NamedTuple):
    """One thing that a page may not hold: a code of the table of rules, with its values."""

    code: str
    values: tuple[tuple[str, str], ...]


_NONE: frozenset[str] = frozenset()
_BOX = frozenset({"name"})
_PICTURE = frozenset({"name", "alt", "width", "height", "align", "scale", "target", "loading"})
_TABLE = frozenset({"name", "align", "width", "widths", "header-rows", "stub-columns"})
_CODE = frozenset({"name", "caption", "linenos", "lineno-start", "emphasize-lines", "force", "dedent"})

#: directives that are filled from the ledger, the study data and the figures
OF_LEDGER = (
    *("title-page", "counts", "evidence-counts", "claims-register", "article-walk", "claim-entries", "article-said"),
    *("reviewers", "ai-statement", "errata"),
    *("also-in-article", "timeline", "glossary-terms", "questions", "check-yourself", "answers"),
    *("reading-list", "book-index", "teaching-times", "online-exercises", "figure-data"),
    "imprint",
    *("data-files", "how-to-cite", "get-it"),
)
#: directives by name, each with the options that it may have
DIRECTIVES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*OF_LEDGER, "book-figure", "objectives"), _NONE),
    "bibliography": frozenset({"all", "cited", "notcited"}),
    # boxes
    **dict.fromkeys(
        ("attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning"), _BOX
    ),
    **dict.fromkeys(("admonition", "topic", "rubric"), _BOX),
    **dict.fromkeys(("epigraph", "highlights", "pull-quote"), _NONE),
    "sidebar": _BOX | {"subtitle"},
    # lists, tables, pictures, code
    "toctree": frozenset({"caption", "glob", "hidden", "includehidden", "maxdepth", "name", "numbered", "reversed",
                          "titlesonly"}),
    "hlist": frozenset({"columns"}),
    "table": _TABLE - {"header-rows", "stub-columns"},
    "list-table": _TABLE,
    "csv-table": _TABLE | {"header", "delim", "quote", "escape", "keepspace"},
    "image": _PICTURE,
    "figure": _PICTURE | {"figwidth"},
    **dict.fromkeys(("code-block", "sourcecode"), _CODE),
    "code": frozenset({"name", "force"}),
    "parsed-literal": _BOX,
    "line-block": _BOX,
}  # fmt: skip

#: directives that declare no options: lines that look like some are their text
WITHOUT_OPTIONS = frozenset({"objectives", "book-figure", "epigraph", "highlights", "pull-quote"})

#: roles by name
ROLES = frozenset({
    *("claim", "claim:claim", "term", "claim:term", "unit", "claim:unit"),
    *("cite", *(f"cite:{kind}" for kind in (
        "alp", "alps", "author", "authorpar", "authorpars", "authors", "cauthor", "cauthors", "ct", "cts", "empty",
        "label", "labelpar", "p", "ps", "t", "ts", "year", "yearpar"))),
    *("ref", "doc", "download"),
    *("emphasis", "strong", "literal", "code", "sub", "subscript", "sup", "superscript", "title-reference"),
    *("abbr", "abbreviation", "dfn", "kbd"),
})  # fmt: skip

#: what no setting opens, and why
NEVER: Mapping[str, str] = {
    "raw": "it puts text into the pages as it is, and so runs whatever it says",
    "meta": "it speaks to the reader’s browser",
    "math": "its pages load a program from the network",
    "role": "it makes roles that no table knows",
    "default-role": "it gives another meaning to what is written plainly",
    "eval-rst": "it is another language with directives of its own",
}
#: options that a directive opened by a setting may not have either: they name files or addresses
_NEVER_OPTIONS = frozenset({"file", "url", "diff", "parser", "class"})

SCHEMES = ("http", "https", "mailto")  #: of addresses that a page may link to
CLASSES = frozenset({"subtitle", "connective"})  #: that an attribute block may set
_ATTRIBUTES = frozenset({"class", "id", "lang", "width", "w", "height", "h", "align", "a", "alt", "title",
                         "lineno-start", "emphasize-lines"})  # fmt: skip
#: attributes that Markdown itself gives to links, pictures and lists
_OF_MARKDOWN = frozenset({"href", "src", "title", "alt", "start", "style"})
_IDS = re.compile(r"[a-z][a-z0-9-]*")
_BOOK_IDS = re.compile(r"c\d+.*|p\d+-\d+|i\d+-.*|(?:ref|figure|note|card|box|d|id)-.*|id\d+")
_SCHEME = re.compile(r"([^/?#:]*):")
_FRONT = re.compile(rf"(?:orphan: *true|tocdepth: *\d|print: *(?:{'|'.join(PRINTED_IN)})|\s*)")
#: suffixes of files that a browser runs when it opens them
ACTIVE = frozenset({"htm", "html", "js", "mjs", "svg", "svgz", "swf", "wasm", "xht", "xhtml", "xml"})

_KEY_LINE = re.compile(r"\s*:([A-Za-z][\w-]*):(?:[ \t]+(.*))?")
_YAML_LINE = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?")
_TARGET = re.compile(r"(?s:.*)<([^<>]*)>\s*")


@dataclass(frozen=True)
class Markup:
    """What one book allows: the table, the blocks of its subjects, and what its settings open."""

    blocks: frozenset[str] = _NONE  #: of subjects
    opened: frozenset[str] = _NONE  #: by the setting allow-directives

    @cached_property
    def known(self) -> Mapping[str, frozenset[str]]:
        """Return the options of each directive that needs no setting."""
        known = {**DIRECTIVES, **dict.fromkeys(self.blocks, _NONE)}
        return known | {f"claim:{name}": known[name] for name in (*OF_LEDGER, *self.blocks)}

    def directive(self, name: str, argument: str, content: str, outside: Outside) -> Iterator[Refusal]:
        """Yield what is wrong with a directive: its name, its options, where its paths and addresses lead."""
        if name not in self.known and name not in self.opened - NEVER.keys():
            shut = f" No setting opens it: {NEVER[name]}." if name in NEVER else _near(name, self.known)
            yield _refusal("directive-refused", name=name, near=shut)
            return
        options, malformed = split_options(content) if name not in WITHOUT_OPTIONS else ({}, [])
        yield from (_refusal("directive-option", directive=name, option=line) for line in malformed)
        if name in self.known:
            allowed = self.known[name]
            wrong = [key for key in options if key not in allowed]
            yield from (_refusal("directive-option", directive=name, option=key) for key in wrong)
            if name in ("image", "figure"):
                yield from self.picture(argument, outside)
                if (target := options.get("target")) and not is_web_address(target):
                    yield _refusal("address-refused", address=target)  # it would be written as it is: no page has it
            elif name == "toctree":
                for entry in toctree_entries(content):
                    yield from self.address(entry, outside, page=True)
        else:
            wrong = [key for key in options if key in _NEVER_OPTIONS]
            yield from (_refusal("directive-option", directive=name, option=key) for key in wrong)
            for value in (argument, *options.values()):
                if value and (why := _odd(value) or outside(value)):
                    yield _refusal("path-refused", address=value, why=why)

    def role(self, name: str, content: str, outside: Outside) -> Iterator[Refusal]:
        """Yield what is wrong with a role: its name, or the file that it publishes."""
        if name not in ROLES:
            yield _refusal("role-refused", name=name, near=_near(name, ROLES))
        elif name == "download":
            match = _TARGET.fullmatch(content)
            yield from self.address((match[1] if match else content).strip(), outside)

    def address(self, address: str, outside: Outside, *, page: bool = False) -> Iterator[Refusal]:
        """Yield why a link may not lead to an address: another scheme, or a file that is not the book's."""
        match = _SCHEME.match(address)
        scheme = match[1].strip().lower() if match else ""
        if scheme == "project":
            address = address.partition(":")[2]
        elif match:
            if scheme not in SCHEMES:
                yield _refusal("address-refused", address=address)
            return
        if address.startswith("//") or "\\" in unquote(address) or any(sign < " " for sign in unquote(address)):
            yield _refusal("address-refused", address=address)
            return
        path = unquote(re.split(r"[#?]", address, maxsplit=1)[0])
        if path and path != "self" and (why := outside(path) or ("" if page else active(path))):
            yield _refusal("path-refused", address=address, why=why)

    def picture(self, address: str, outside: Outside) -> Iterator[Refusal]:
        """Yield why a picture may not be shown; one on another host is for the checks of pictures to say."""
        if is_elsewhere(address):
            yield _refusal("picture-remote", address=unquote(address))
        elif why := outside(unquote(address)) or ("it is a pattern" if "*" in address else ""):
            yield _refusal("path-refused", address=address, why=why)

    def attributes(self, attributes: Mapping[str, object]) -> Iterator[Refusal]:
        """Yield the attributes of a block `{…}` that a book gives no meaning to."""
        for name, value in attributes.items():
            if name in _OF_MARKDOWN and not (name == "style" and not str(value).startswith("text-align:")):
                continue
            if name not in _ATTRIBUTES:
                yield _refusal("attribute-refused", text=f"{name}={value}")
            elif name == "class":
                yield from (_refusal("attribute-refused", text=f".{one}") for one in str(value).split()
                            if one not in CLASSES)  # fmt: skip
            elif name == "lang" and not is_language_tag(str(value)):
                yield _refusal("language-tag", value=shortened(str(value)))
            elif name == "id" and not is_free_id(str(value)):
                yield _refusal("attribute-refused", text=f"#{value}")

    def target(self, name: str) -> Iterator[Refusal]:
        """Yield why a target `(name)=` may not be set: its id is one that the book makes itself."""
        if not is_free_id(re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")):
            yield _refusal("attribute-refused", text=f"#{name}")


def front_matter(text: str) -> Iterator[Refusal]:
    """Yield the lines at the head of a page that would change how it is read."""
    for line in text.splitlines():
        if not _FRONT.fullmatch(line):
            yield _refusal("front-matter", text=line.strip())
            return


def attribute_refusal(text: str) -> Refusal:
    """Return the refusal of an attribute with a value that means nothing."""
    return _refusal("attribute-refused", text=text)


_UNREAD = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def plain(text: str) -> Iterator[Refusal]:
    """Yield what looks like markup of another tool and would be printed as it stands: a substitution."""
    yield from (_refusal("markup-unread", text=shortened(match[0])) for match in _UNREAD.finditer(text))


def html(text: str) -> Refusal:
    """Return the refusal of raw HTML."""
    return _refusal("raw-html", text=shortened(text))


def split_options(content: str) -> tuple[dict[str, str], list[str]]:
    """Return the options of a directive's content, and the lines among them that no option is written as.

    What MyST 5.2 reads as a block of options is read as one here too, and nothing cleverer: no value may go over
    several lines, no name may stand in quotation marks.
    """
    lines = content.splitlines()
    options: dict[str, str] = {}
    malformed: list[str] = []
    if content.startswith("---"):
        ends = (n for n, line in enumerate(lines[1:], 1) if line.startswith("---"))
        block, form = lines[1 : next(ends, len(lines))], _YAML_LINE
    elif content.lstrip().startswith(":"):
        # blank lines above end the block before it begins
        stop = next((n for n, line in enumerate(lines) if not _is_option(line)), len(lines))
        block, form = lines[:stop], _KEY_LINE
    else:
        return {}, []
    for line in block:
        if match := form.fullmatch(line):
            options[match[1].lower()] = (match[2] or "").strip().strip("\"'")
        elif line.strip() and not line.lstrip().startswith("#"):
            malformed.append(shortened(line))
    malformed += [f"{key}: {value}" for key, value in options.items() if value[:1] in ("|", ">", "&", "*", "!")]
    return options, malformed


def toctree_entries(content: str) -> Iterator[str]:
    """Yield where the entries of a toctree lead."""
    for line in content.splitlines():
        entry = line.strip()
        if entry and not _is_option(line) and not entry.startswith("---"):
            match = _TARGET.fullmatch(entry)
            yield (match[1] if match else entry).strip()


def active(path: str) -> str:
    """Return why a file may not be published, empty where it may."""
    suffix = path.rpartition(".")[2].lower()
    return "a browser would run it" if suffix in ACTIVE else ""


def is_elsewhere(address: str) -> bool:
    """Return whether a picture's address names another host, or holds the picture itself."""
    return bool(_SCHEME.match(address)) or address.startswith("//")


def is_web_address(address: str) -> bool:
    """Return whether an address names a page outside or somebody to write to."""
    match = _SCHEME.match(address)
    return bool(match) and match is not None and match[1].strip().lower() in SCHEMES


def is_free_id(text: str) -> bool:
    """Return whether a page may use an id: the book makes none of this form."""
    return bool(_IDS.fullmatch(text)) and not _BOOK_IDS.fullmatch(text)


def leads_out(address: str) -> bool:
    """Return whether a finished page may not link to this address: its scheme is none of `SCHEMES`."""
    stripped = re.sub(r"[\x00-\x20]", "", address)  # browsers pass over these
    match = _SCHEME.match(stripped)
    return bool(match) and match is not None and match[1].lower() not in SCHEMES


_SVG = re.compile(
    r"""<!(?!--)|<\?(?!xml )
      |<(?:[\w.-]+:)?(?:script|foreignObject|iframe|embed|object|audio|video|set|animate\w*|handler)\b
      |\son[a-z]+\s*=|@import|(?:java|vb)script:|\bdata:(?!image/(?:png|jpeg|gif|webp);base64,)
      |\b(?:xlink:)?href\s*=\s*(?!["'](?:\#|data:image/(?:png|jpeg|gif|webp);base64,))
      |url\(\s*["']?(?!\#)["']?(?!\#)""",
    re.IGNORECASE | re.VERBOSE,
)


_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n0-9a-fA-F]))")


def svg_acts(text: str) -> str:
    """Return what of a drawing would run or load something, empty where it only draws."""
    match = _SVG.search(text)
    return shortened(text[match.start() :], 40) if match else ""


def svg_in_ink(text: str) -> bool:
    """Return whether a drawing has colours given in inks, which no PDF/A with colours for screens may have."""
    # ISO 19005-3, 6.2.4.3; the name may be written with references of XML and escapes of CSS
    plain = _CSS_ESCAPE.sub(lambda found: found[2] or chr(min(int(found[1], 16), 0x10FFFF)), unescape(text))
    return re.search(r"\bdevice-cmyk\b", plain, re.IGNORECASE) is not None


def shortened(text: str, most: int = 60) -> str:
    """Return the text on one line, cut where it is long."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most]}…"


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _odd(value: str) -> str:
    return "it is an address" if "://" in value or value.startswith("//") else ""


def _is_option(line: str) -> bool:
    stripped = line.lstrip()
    return stripped.startswith(":") and not stripped.startswith(":::")


def _refusal(code: str, **values: str) -> Refusal:
    return Refusal(code, tuple(values.items()))


@cache
def markup_of(blocks: frozenset[str], opened: frozenset[str]) -> Markup:
    """Return what a book with these blocks of subjects and these settings allows."""
    return Markup(blocks, opened)
