"""The text of a page as its reader sees it: nothing of scripts, templates and hidden elements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from factpress.links.page.encoding import decode

#: what no reader sees, or not as text
UNSEEN = frozenset({
    "annotation", "annotation-xml", "audio", "canvas", "datalist", "embed", "frameset", "head", "iframe", "noembed",
    "noframes", "noscript", "object", "script", "style", "svg", "template", "title", "video",
})  # fmt: skip
HEADINGS = ("h1", "h2", "h3")
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "math", "mi", "mn", "mo", "ms", "mtext", "nobr", "q", "rb", "rp", "rt", "ruby",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
LINE = 300  #: characters of a title or heading that are kept
KEPT_SPACES = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
#: stands around a raised number in a text that is being put together; no character of any text
RAISED = "\ufdd1"
_RAISED_TEXT = re.compile(f"{RAISED}[^{RAISED}]*{RAISED}")
FRAMES = {"frame": "src", "iframe": "src", "embed": "src", "object": "data"}
_FRAMED = re.compile(r"\.pdf\b|^(?!(?:\w+:)?//|(?:about|data|javascript|blob):)\s*\S", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶]+)[\])]?\s*")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says."""

    title: str = ""
    heading: str = ""  #: the first one
    text: str = ""  #: a line a block, cells divided by a space
    scripts: int = 0
    wants_scripts: bool = False  #: it tells readers without scripts that it needs them
    bare: str = ""  #: the same without raised numbers, where there are some: notes, or powers
    framed: bool = False  #: some of it stands in a frame, which we do not ask for
    complete: bool = True  #: nothing of it was left out by a limit of the parser


def read_html(body: bytes, content_type: str = "") -> Page:
    """Return what a page says, read without network and without entities of its own."""
    source = decode(body, content_type).replace("\0", "").replace(RAISED, "")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return Page()
    if root is None:
        return Page()
    deep = any("depth" in entry.message for entry in parser.error_log)
    titles = [_line("".join(t.itertext())) for t in root.iter("title") if not _within(t, "svg")]
    headings = (h for h in root.iter(*HEADINGS) if not any(_unseen(e, str(e.tag)) for e in (h, *h.iterancestors())))
    heading = next((text for h in headings if (text := _line(_visible(h)))), "")
    scripts = sum(1 for _ in root.iter("script"))
    wants = any("javascript" in "".join(e.itertext()).lower() for e in root.iter("noscript"))
    text = _visible(root)
    return Page(
        titles[0] if titles else "", heading, text.replace(RAISED, ""), scripts, wants,
        bare=_RAISED_TEXT.sub("", text) if RAISED in text else "", framed=_is_framed(root), complete=not deep,
    )  # fmt: skip


def read_plain(body: bytes, content_type: str = "") -> Page:
    """Return the text of a page that is text and nothing else."""
    return Page(text=_INVISIBLE.sub("", decode(body, content_type)))


def _visible(root: etree._Element) -> str:
    parts: list[str] = []
    spaces_kept = 0
    skipped = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _unseen(element, name):
                walk.skip_subtree()
                skipped = element
                continue
            if name == "sup" and _NOTE_MARK.fullmatch("".join(element.itertext())):
                # whether it is a note or a power nobody can tell: there will be two readings
                parts += [RAISED, "".join(element.itertext()), RAISED]
                walk.skip_subtree()
                skipped = element
                continue
            spaces_kept += name in KEPT_SPACES
            parts += [_gap(name), _spaced(element.text, spaces_kept)]
            continue
        # an element that was skipped ends too, and what follows it is seen
        if element is not skipped:
            spaces_kept -= name in KEPT_SPACES
            parts.append(_gap(name))
        if element is not root:
            parts.append(_spaced(element.tail, spaces_kept))
    return _INVISIBLE.sub("", "".join(parts))


def _unseen(element: etree._Element, name: str) -> bool:
    if name in UNSEEN or element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    if name == "dialog":
        return element.get("open") is None
    return name == "sup" and _is_note_mark(element)


def _is_note_mark(element: etree._Element) -> bool:
    # a reader who copies a sentence leaves the number of its note out
    linked = element.find(".//a") is not None or any(parent.tag == "a" for parent in element.iterancestors())
    return linked and bool(_NOTE_MARK.fullmatch("".join(element.itertext())))


def _gap(name: str) -> str:
    if name in INLINE:
        return ""
    return " " if name in ("td", "th") else "\n"


def _spaced(text: str | None, kept: int) -> str:
    if not text:
        return ""
    # a line end in the source is a space on the page, and no hyphen before it divides a word
    return text if kept else text.replace("\n", " ").replace("\r", " ")


def _line(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text).replace(RAISED, "").split())[:LINE]


def _is_framed(root: etree._Element) -> bool:
    """Return whether a page shows another of its own host, or a PDF; films and advertisements are no text of its."""
    frames = (element for element in root.iter(*FRAMES) if not _within(element, "noscript"))
    return any(_FRAMED.search(element.get(FRAMES[element.tag], "")) for element in frames)


def _within(element: etree._Element, name: str) -> bool:
    return any(parent.tag == name for parent in element.iterancestors())
