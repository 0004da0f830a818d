"""The text of a page as its reader sees it: nothing of scripts, templates, hidden elements and reading aids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from factpress.links.page import limits
from factpress.links.page.encoding import decode_page, is_replaced, possible_decodings
from factpress.model.links.quotation import INVISIBLE

LONGEST_IN_PROCESS = (
    2**16
)  #: characters; the time that a parser takes may grow faster than its input, so more goes to a child
MAX_DECODINGS = 12  #: encodings in which a quote is looked for
LONGEST_LINE = 300  #: characters of a title or heading that are kept
REFRESH_SECONDS = 30  #: a page that leads on after a longer time is one to be read
HEADINGS = ("h1", "h2", "h3")
#: what no reader sees, or not as text
_UNSEEN = frozenset({
    "annotation", "annotation-xml", "audio", "canvas", "datalist", "embed", "frameset", "head", "iframe", "noembed",
    "noframes", "noscript", "object", "script", "style", "svg", "title", "video",
})  # fmt: skip
#: what browsers begin on a line of its own; all other elements stand in the line, those too that nobody knows
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup",
    "option", "p", "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody", "textarea", "tfoot",
    "thead", "tr", "ul", "xmp",
})  # fmt: skip
_CELLS = ("td", "th")
#: readings of East Asian signs, what is pressed and not read, notes and their like in texts that were encoded by TEI
_AIDS = frozenset({"rt", "rp", "rtc", "button", "note", "footnote", "endnote", "fw"})
_TEI_BREAKS = ("lb", "pb", "cb", "milestone")
_KEPT_SPACES = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:left|top|right|text-indent)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\s*\(\s*[01](?:px)?\b|clip-path\s*:\s*inset\s*\(\s*(?:50|100)%|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
#: a box of one pixel, whose text only screen readers read out
_ONE_PIXEL = tuple(
    re.compile(rf"(?<![\w-]){declaration}\s*(?:!\s*important\s*)?(?:;|$)", re.IGNORECASE)
    for declaration in (r"width\s*:\s*[01](?:px)?", r"height\s*:\s*[01](?:px)?", r"overflow\s*:\s*(?:hidden|clip)")
)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_BRACE = re.compile(r"[{}]")
_CSS_DISPLAY = re.compile(r"(?<![\w-])display\s*:\s*([\w-]+)", re.IGNORECASE)
_CSS_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
_CSS_ONE_CLASS = re.compile(r"\s*(?:[a-zA-Z][\w-]*)?\.(-?[a-zA-Z_][\w-]*)\s*")
LONGEST_STYLE = 2**18  #: characters of style sheets in which hidden classes are looked for
_DISPLAY = re.compile(r"display\s*:\s*(block|flex|grid|table|list-item|flow-root|inline)", re.IGNORECASE)
#: classes by which style sheets hide what only screen readers read out
_HIDDEN_CLASS = re.compile(
    r"(?<![\w-])(?!not-)(?:[\w-]*(?:visually|visibility|accessibly)-?_?hidden|[\w-]*hidden-?_?(?:visually|accessible)"
    r"|(?:[\w-]*[-_])?(?:sr|at|screen-?reader)s?[-_]?(?:only|text)[\w-]*|screen-?reader|show-for-sr|element-invisible"
    r"|[\w-]*off-?screen|[\w-]*assistive-text|a11y-(?:hidden|only|text)|invisible)(?![\w-])",
    re.IGNORECASE,
)
#: what stands in a sentence without being of it: the mark of a note, the number of a page, a link to the place itself
_MARK = re.compile(
    r"[\[({|]?\s*(?:(?:p|pp|pg|page|s|seite|с|стр|note|fn|n|anm|прим|주|f|fol|folio|p[áa]g(?:ina)?|頁|页|쪽|페이지|ページ)"
    r"[.:]?\s*)?(?:\d{1,4}[a-z]?(?:\s*[,;/–—-]\s*\d{1,4}[a-z]?){0,9}|[ivxlcdm]{1,7}|[a-z]|[*†‡§¶#↑↩^🔗]+)\s*(?:頁|页|쪽|페이지|ページ)?\s*[\])}|]?[.:]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]]{1,40}\]")
_EMPTY_BRACKETS = re.compile(r"\s?(?:\(\s*\)|\[\s*\])")
_MARK_CLASS = re.compile(
    r"note|line-?num|(?<![a-z])line-?no(?![a-z])|verse[-_]?n(?:um|o)|(?<![a-z])fn|(?<![a-z])ref|cit(?:e|ation)|(?<![a-z])sup|anchor|permalink|page|(?<![a-z])p[bg](?![a-z])|folio",
    re.IGNORECASE,
)
_MARK_ROLE = re.compile(r"doc-(?:noteref|pagebreak|backlink)|noteref|pagebreak", re.IGNORECASE)
#: whole notes and explanations that are set beside a sentence or over it
_ASIDE_CLASS = re.compile(
    r"(?<![\w-])(?:side-?note|margin-?note|foot-?note(?:[-_]?(?:text|content|body))?|tool-?tip[-_]*(?:text|content|body)"
    r"|popover(?:-content)?|furigana|yomi(?:gana)?|pinyin|ruby-?text|print-?only|visible-print[\w-]*|mw-editsection)(?![\w-])",
    re.IGNORECASE,
)
_ASIDE_ROLE = ("tooltip", "doc-footnote", "note")
_FRAMES = {"frame": "src", "iframe": "src", "embed": "src", "object": "data"}
_FRAMED = re.compile(r"\.pdf\b|^(?!(?:\w+:)?//|(?:about|data|javascript|blob):)\s*\S", re.IGNORECASE)
_REFRESH = re.compile(r"\s*(\d+)?(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?\s*([^\"']+)", re.IGNORECASE)
#: Thai, Lao, Tibetan, Burmese and Khmer have no spaces between words either
_EAST_ASIAN_BREAK = re.compile(
    r"(?<=[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef])[ \t\r]*\n\s*"
    r"(?=[\u0e00-\u109f\u1100-\uffef])"
)

MAX_ATTRIBUTES = 500  #: of one tag; the parser compares each with all before it, so their time grows with the square
_ATTRIBUTE = r"""(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+)"""
_TOO_MANY_ATTRIBUTES = re.compile(rf"(<[a-zA-Z][^\s/>]*+{_ATTRIBUTE}{{{MAX_ATTRIBUTES}}}){_ATTRIBUTE}++")

#: parts of a text: of the sentence; raised numbers, which may be notes or powers; aids; the edge of an unknown element
_TEXT, _RAISED, _AID, _EDGE = range(4)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, and what it asks of its reader."""

    title: str = ""
    heading: str = ""  #: the first one
    text: str = ""  #: a line a block, cells divided by a space
    readings: tuple[str, ...] = field(default=(), repr=False)  #: other ways to read it: with aids, without raised marks
    scripts: int = 0
    asks_for_scripts: bool = False  #: it tells readers without scripts that it needs them
    asks_for_password: bool = False
    refresh: str = ""  #: address to which it leads by itself, before anybody can read it
    has_frames: bool = False  #: some of it stands in a frame, which we do not ask for
    is_replaced: bool = False  #: it names an encoding of which browsers show nothing
    is_complete: bool = True  #: nothing of it was left out by a limit

    @property
    def all_readings(self) -> tuple[str, ...]:
        """Return every text as which the page can be read, the most probable first, each once."""
        return tuple(dict.fromkeys(text for text in (self.text, *self.readings) if text.strip()))


def read_html(body: bytes, content_type: str = "", url: str = "") -> PageText:
    """Return what a page says, read without network, without entities of its own, and within limits of time."""
    page = _read(decode_page(body, content_type), url)
    return replace(page, is_replaced=True) if is_replaced(body, content_type) else page


def read_decodings(body: bytes, content_type: str = "", url: str = "") -> Iterator[PageText]:
    """Yield what a page says in each encoding that its bytes may be in, the most probable first."""
    return (_read(source, url) for source in islice(possible_decodings(body, content_type), MAX_DECODINGS))


def read_plain_text(body: bytes, content_type: str = "") -> PageText:
    """Return the text of a page that is text and nothing else."""
    text, *others = (
        INVISIBLE.sub("", source) for source in islice(possible_decodings(body, content_type), MAX_DECODINGS)
    )
    return PageText(text=text, readings=tuple(others), is_replaced=is_replaced(body, content_type))


def parse_html(source: str, url: str = "") -> PageText:
    """Return what the source of a page says, in this process and for as long as it takes."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    source = _TOO_MANY_ATTRIBUTES.sub(r"\1", source.replace("\0", ""))
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return PageText()
    if root is None:
        return PageText()
    deep = any("depth" in entry.message for entry in parser.error_log)
    titles = [_line("".join(t.itertext())) for t in root.iter("title") if not _within(t, "svg")]
    headings = (h for h in root.iter(*HEADINGS) if not any(_is_unseen(e) for e in (h, *h.iterancestors())))
    heading = next((text for h in headings if (text := _line(_joined(_parts(h))))), "")
    parts = list(_parts(root, _undisplayed_classes(root)))
    return PageText(
        titles[0] if titles else "", heading, _joined(parts, without=(_AID,)),
        (_joined(parts, without=(_AID, _RAISED)), _joined(parts), _joined(parts, edge="\n")),
        scripts=sum(1 for _ in root.iter("script")),
        asks_for_scripts=any("javascript" in "".join(e.itertext()).lower() for e in root.iter("noscript")),
        asks_for_password=any(_asks_for_password(e) for e in root.iter("input")),
        refresh=_refresh(root, url), has_frames=_has_frames(root), is_complete=not deep,
    )  # fmt: skip


def page_data(page: PageText) -> dict[str, object]:
    """Return the page as plain data, for the child process to write."""
    return asdict(page)


def _read(source: str, url: str) -> PageText:
    if len(source) <= LONGEST_IN_PROCESS:
        return parse_html(source, url)
    data = limits.run_child("html", f"{url}\n{source}".encode("utf-8", "replace"))
    if data is None:
        return PageText(is_complete=False)
    return PageText(**data | {"readings": tuple(data["readings"])})


def _undisplayed_classes(root: etree._Element) -> frozenset[str]:
    """Return the classes that a style sheet in the page hides, and no rule of it shows in any state."""
    sheets = (
        "".join(style.itertext())
        for style in root.iter("style")
        if style.get("media", "all").strip().lower() in ("", "all", "screen")
    )
    css = _CSS_COMMENT.sub("", "\n".join(sheets)[:LONGEST_STYLE])
    hidden: set[str] = set()
    shown: set[str] = set()
    depth = begun = 0
    selectors = ""
    for brace in _CSS_BRACE.finditer(css):
        content, begun = css[begun : brace.start()], brace.end()
        if brace[0] == "{":
            depth += 1
            selectors = content.rpartition(";")[2]
            continue
        displays = _CSS_DISPLAY.findall(content)
        if displays and displays[-1].lower() != "none":
            shown.update(_CSS_CLASS.findall(selectors))
        elif displays and depth == 1:
            hidden.update(one[1] for selector in selectors.split(",") if (one := _CSS_ONE_CLASS.fullmatch(selector)))
        depth = max(0, depth - 1)
        selectors = ""
    return frozenset(hidden - shown)


def _parts(root: etree._Element, undisplayed: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """Yield the visible text in order, each part with its kind; `undisplayed` are classes that a style sheet hides."""
    spaces_kept = aids = 0
    skipped = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _is_unseen(element):
                walk.skip_subtree()
                skipped = element
                continue
            if name == "sup" and (_MARK.fullmatch(content := _beginning(element)) or _BRACKETED.fullmatch(content)):
                # whether it is a note or a power nobody can tell: there will be two readings
                yield _AID if aids or _is_linked(element) else _RAISED, content
                walk.skip_subtree()
                skipped = element
                continue
            aids += bool(aids or _is_aid(element, name) or _is_undisplayed(element, undisplayed))
            spaces_kept += name in _KEPT_SPACES
            yield from _gap(element, name)
            if name == "q":
                yield _RAISED, '"'
            if name == "img" and len(letter := element.get("alt", "").strip()) == 1 and letter.isalpha():
                yield _TEXT, letter  # a picture of an initial
            yield _AID if aids else _TEXT, _spaced(element.text, spaces_kept)
            continue
        # an element that was skipped ends too, and what follows it is seen
        if element is not skipped:
            spaces_kept -= name in _KEPT_SPACES
            if name == "q":
                yield _RAISED, '"'
            yield from _gap(element, name)
            aids -= bool(aids)
        if element is not root:
            yield _AID if aids else _TEXT, _spaced(element.tail, spaces_kept)


def _joined(
    parts: Iterator[tuple[int, str]] | list[tuple[int, str]], without: tuple[int, ...] = (), edge: str = ""
) -> str:
    text = "".join(edge if kind is _EDGE else text for kind, text in parts if kind not in without)
    # where the mark of a note stood: `(<a href="#n1">1</a>)`
    return INVISIBLE.sub("", _EMPTY_BRACKETS.sub("", text) if without else text)


def _is_unseen(element: etree._Element) -> bool:
    name = element.tag if isinstance(element.tag, str) else ""
    if name in _UNSEEN or element.get("hidden", "until-found").lower() != "until-found":
        return True
    if name == "template":
        return element.get("shadowrootmode") is None
    if name == "dialog":
        return element.get("open") is None
    style = element.get("style", "")
    if _HIDDEN_STYLE.search(style) or all(declaration.search(style) for declaration in _ONE_PIXEL):
        return True
    return bool(_HIDDEN_CLASS.search(element.get("class", "")))


def _is_undisplayed(element: etree._Element, classes: frozenset[str]) -> bool:
    """Return whether a style sheet hides a few words; more of them are a tab, which a reader or a script opens."""
    return not classes.isdisjoint(element.get("class", "").split()) and len(_beginning(element)) < LONGEST_LINE


def _is_aid(element: etree._Element, name: str) -> bool:
    """Return whether an element stands in a sentence without being of it, so that a reader leaves it out."""
    if name in _AIDS or element.get("aria-hidden", "").lower() == "true":
        return True
    classes, role = element.get("class", ""), f"{element.get('role', '')} {element.get('epub:type', '')}"
    if _ASIDE_CLASS.search(classes) or any(word in _ASIDE_ROLE for word in role.split()):
        return True
    named = _MARK_CLASS.search(classes) or _MARK_ROLE.search(role) or (name == "a" and "#" in element.get("href", ""))
    return bool(named and _MARK.fullmatch(_beginning(element)))


def _is_linked(element: etree._Element) -> bool:
    return element.find(".//a") is not None or any(parent.tag == "a" for parent in element.iterancestors())


def _beginning(element: etree._Element) -> str:
    """Return the text of an element, or more of it than any mark has."""
    text = ""
    for part in islice(element.itertext(), 20):
        text += part
        if len(text) > LONGEST_LINE:
            break
    return text.strip()[:LONGEST_LINE]


def _gap(element: etree._Element, name: str) -> Iterator[tuple[int, str]]:
    display = _DISPLAY.search(element.get("style", ""))
    if display and name != "br":
        if display[1].lower() != "inline":
            yield _TEXT, "\n"
    elif name in _BLOCKS:
        yield _TEXT, "\n"
    elif name in _CELLS:
        yield _TEXT, " "
    elif "-" in name or name in _TEI_BREAKS:
        # its own style sheet decides how it stands: there will be two readings
        yield _EDGE, ""


def _spaced(text: str | None, kept: int) -> str:
    if not text or kept or "\n" not in text:
        return text or ""
    # a line end in the source is a space on the page, and no hyphen before it divides a word; between East Asian
    # characters it may be none (CSS Text 3, segment break transformation)
    return "\n".join(part.replace("\n", " ").replace("\r", " ") for part in _EAST_ASIAN_BREAK.split(text))


def _line(text: str) -> str:
    return " ".join(INVISIBLE.sub("", text).split())[:LONGEST_LINE]


def _asks_for_password(element: etree._Element) -> bool:
    return bool(element.get("type", "").strip().lower() == "password")


def _refresh(root: etree._Element, url: str) -> str:
    base = next((str(element.get("href")) for element in root.iter("base") if element.get("href")), "")
    for element in root.iter("meta"):
        if element.get("http-equiv", "").strip().lower() == "refresh" and not _within(element, "noscript"):
            return refresh_target(str(element.get("content", "")), str(urljoin(url, base)))
    return ""


def refresh_target(content: str, url: str) -> str:
    """Return the address to which the content of a refresh leads at once; empty where it only loads the page anew."""
    match = _REFRESH.match(content[:2048])
    if not match or int((match[1] or "0")[:9]) > REFRESH_SECONDS:
        return ""
    try:
        target: str = urljoin(url, match[2].strip())
    except ValueError:
        return ""
    return target


def _has_frames(root: etree._Element) -> bool:
    """Return whether a page shows another of its own host, or a PDF; films and advertisements are not its text."""
    frames = (element for element in root.iter(*_FRAMES) if not _within(element, "noscript"))
    return any(_FRAMED.search(element.get(_FRAMES[element.tag], "")) for element in frames)


def _within(element: etree._Element, name: str) -> bool:
    return any(parent.tag == name for parent in element.iterancestors())
