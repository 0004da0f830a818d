"""Marks the pages of the printed booklet in the web site and the EPUB: at the very word with which each begins.

No edition knows how another is laid out. What a page begins with is read from the finished booklet and found again in
the text of the others, between the numbered paragraphs that stand before it and on it: so all three say the same.
The marks are put in when all editions are made; their cost does not depend on what was edited.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path

from factpress.build.inputs import MARKED
from factpress.files.atomic import write_atomically
from factpress.files.edition_date import edition_date
from factpress.model.dates import in_words
from factpress.press.epub_zip import change_epub
from factpress.press.preflight.page_starts import PageStart, letters_of, read_page_starts
from factpress.settings import Settings
from factpress.sphinxext.builders.web import ORDER
from factpress.sphinxext.wording import Wording

WITHOUT = (
    "The pages of the booklet are not named in the web site and the EPUB made now: build the PDF too, and they are."
)

PROBE, LEAST_PROBE = 48, 20  #: letters that a page's beginning is looked for with, at most and at least
#: ids that stand in the same order in all editions
ORDERED = re.compile(r"p\d+-\d+|C\d{3,}-\d+")
#: classes and elements whose words other editions have elsewhere, or not at all
LEFT_OUT_CLASSES = frozenset({
    "mark", "pn", "card", "note", "claim-notes", "cited-notes", "footnotes", "footnote", "fn", "foot-note",
    "page-mark", "skip", "bar", "toc", "turn", "foot",
})  # fmt: skip
LEFT_OUT_TAGS = frozenset({"head", "script", "style", "svg", "nav", "header", "footer", "title", "template", "button"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset({
    "a", "abbr", "b", "cite", "code", "dfn", "em", "i", "kbd", "q", "s", "small", "span", "strong", "sub", "sup", "u",
})  # fmt: skip
#: elements in which a mark may stand beside blocks
FLOW = frozenset({"article", "aside", "blockquote", "body", "dd", "details", "div", "figure", "li", "main", "section",
                  "td"})  # fmt: skip
_TOKEN = re.compile(r"<!--.*?-->|<[!?][^>]*>|<(/?)([A-Za-z][\w:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|[^<]+", re.DOTALL)
_CLASS = re.compile(r'\sclass="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_WORD = re.compile(r"&(?:#\w+|\w+);|[^\W\d_]+")
MARK = re.compile(r'<span class="page-mark"[^>]*></span>')


@dataclass
class MarkupWords:
    """The words of a page of markup, as the printed edition has them, with the places where a mark may stand."""

    letters: str = ""  #: small, without spaces, digits and punctuation
    starts: list[int] = field(default_factory=list)  #: place of each word among the letters
    places: list[int] = field(default_factory=list)  #: place of each word in the markup, or of the block that it opens
    anchors: dict[str, int] = field(default_factory=dict)  #: id: place among the letters


def page_text(markup: str) -> MarkupWords:
    """Return what a page says, without what only its own edition has."""
    text, words = MarkupWords(), []
    stack: list[tuple[str, bool]] = []  # open elements, and whether their words count
    block: int | None = None  # where the blocks opened that had no word yet
    length = 0
    for token in _TOKEN.finditer(markup):
        counted = not stack or stack[-1][1]
        if not token[2]:
            if counted and token[0][0] != "<":
                for word in _WORD.finditer(token[0]):
                    if not (letters := letters_of(unescape(word[0]))):
                        continue
                    text.starts.append(length)
                    text.places.append(token.start() + word.start() if block is None else block)
                    words.append(letters)
                    length += len(letters)
                    block = None
            continue
        tag = token[2].lower()
        if token[1]:
            while stack and stack.pop()[0] != tag:
                pass
            if tag not in INLINE:
                block = None
        else:
            attributes = token[3]
            classes = set(found[1].split()) if (found := _CLASS.search(attributes)) else set()
            counts = counted and tag not in LEFT_OUT_TAGS and not classes & LEFT_OUT_CLASSES
            # the innermost: around the text of a web page stand blocks that are set beside each other
            if counted and tag not in INLINE and (not stack or stack[-1][0] in FLOW):
                block = token.start()
            if counted and (found := _ID.search(attributes)):
                text.anchors.setdefault(found[1], length)
            if tag not in VOID and not attributes.endswith("/"):
                stack.append((tag, counts))
    text.letters = "".join(words)
    return text


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page of the booklet begins in another edition."""

    label: str  #: number printed on it
    file: str  #: page of the edition
    offset: int  #: in its markup


def page_places(starts: Sequence[PageStart], pages: Mapping[str, str]) -> list[PagePlace]:
    """Return where each page of the booklet begins in the pages of an edition, given in reading order by name.

    A page with nothing that this edition has, such as a blank one, is left out.
    """
    texts = {name: page_text(markup) for name, markup in pages.items()}
    whole = "".join(text.letters for text in texts.values())
    begins: list[int] = []
    anchors: dict[str, int] = {}
    length = 0
    for text in texts.values():
        begins.append(length)
        anchors |= {name: length + place for name, place in text.anchors.items() if ORDERED.fullmatch(name)}
        length += len(text.letters)
    names = list(texts)
    found = []
    for label, place in _positions(starts, whole, anchors):
        name = names[bisect_right(begins, place) - 1]
        text = texts[name]
        word = bisect_right(text.starts, place - begins[names.index(name)]) - 1
        if word >= 0:
            found.append(PagePlace(label, name, text.places[word]))
    return found


def _positions(starts: Sequence[PageStart], whole: str, anchors: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """Yield the number of each page with the place of its first letter in the text of an edition."""
    on_page = [[anchors[name] for name in start.anchors if name in anchors] for start in starts]
    after = [len(whole)] * (len(starts) + 1)  # the first place that stands on a page or on one after it
    for number in range(len(starts) - 1, -1, -1):
        after[number] = min([after[number + 1], *on_page[number]])
    cursor = 0
    for number, start in enumerate(starts):
        place = _place_of(start.lines, whole, cursor, after[number] + PROBE)
        if place is None and on_page[number]:
            place = min(on_page[number])  # a figure or a list that is set otherwise stands above it
        if place is None or place < cursor:
            continue
        yield start.label, place
        cursor = max([place + 1, *on_page[number]])


def _place_of(lines: Sequence[str], whole: str, start: int, end: int) -> int | None:
    """Return where the first of these lines that an edition has stands, between two places of its text."""
    for skipped in range(len(lines)):
        probe = "".join(lines[skipped:])[:PROBE]
        if len(probe) < LEAST_PROBE and skipped:
            return None
        if probe and (place := whole.find(probe, start, max(end, start) + len(probe))) >= 0:
            return place
    return None


def with_marks(markup: str, places: Iterable[PagePlace], mark: Callable[[str], str]) -> str:
    """Return a page with a mark at each place; `mark` makes one of a page's number."""
    parts, at = [], 0
    for place in sorted(places, key=lambda place: place.offset):
        parts += [markup[at : place.offset], mark(place.label)]
        at = place.offset
    return "".join([*parts, markup[at:]])


def without_marks(markup: str) -> str:
    """Return a page without the marks that an earlier build put in."""
    return MARK.sub("", markup)


def mark(label: str, words: str, named_by: str = "aria-label", **attributes: str) -> str:
    """Return the mark of a page; `words` are those that a screen reader says, in the attribute `named_by`."""
    more = "".join(f' {name.replace("_", ":")}="{escape(value)}"' for name, value in attributes.items())
    return (
        f'<span class="page-mark"{more} id="page-{escape(label)}" role="doc-pagebreak" '
        f'{named_by}="{escape(words)}" data-page="{escape(label)}"></span>'
    )


def mark_editions(settings: Settings, editions: Iterable[str], booklet: Path | None) -> Iterator[str]:
    """Mark the pages of a booklet in the editions in build/.work; yield what a person should know of it.

    Without a booklet that is made of the same, the editions have no marks.

    Raises:
        FileError: the booklet cannot be read, or an edition not written.
    """
    made = [edition for edition in MARKED if edition in editions]
    if not made:
        return
    starts = read_page_starts(booklet) if booklet else []
    if "html" in made:
        _mark_site(settings, starts)
    if "epub" in made and booklet:
        _mark_epub(settings, starts, booklet.name)
    if not booklet:
        yield WITHOUT


def _mark_site(settings: Settings, starts: Sequence[PageStart]) -> None:
    site, say = settings.work / "html", Wording(settings.language)
    order = (settings.work / "doctrees" / ORDER).read_text(encoding="utf-8").split("\n")
    files = [site / name for name in order if name]
    written = {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in files if file.is_file()}
    pages = {name: without_marks(markup) for name, markup in written.items()}
    by_file = _by_file(page_places(starts, pages))

    def page_break(label: str) -> str:
        # axe knows no role of digital publishing on a span, and refuses it the other way of naming
        return mark(label, say("epub-page", page=label), "title")

    for name, markup in pages.items():
        marked = with_marks(markup, by_file.get(name, ()), page_break)
        if marked != written[name]:
            write_atomically(site / name, marked)


def _mark_epub(settings: Settings, starts: Sequence[PageStart], booklet: str) -> None:
    epub, say = settings.work / "epub" / f"{settings.name}.epub", Wording(settings.language)
    with zipfile.ZipFile(epub) as archive:
        package, navigation = (archive.read(name).decode() for name in ("content.opf", "nav.xhtml"))
        pages = {name: archive.read(name).decode() for name in _spine(package)}
    places = page_places(starts, pages)
    if not places:
        return

    def page_break(label: str) -> str:
        return mark(label, say("epub-page", page=label), epub_type="pagebreak")

    changes = {name: with_marks(pages[name], there, page_break) for name, there in _by_file(places).items()}
    listed = "\n".join(
        f'<li><a href="{escape(place.file)}#page-{escape(place.label)}">{escape(place.label)}</a></li>'
        for place in places
    )
    page_list = (
        f'<nav epub:type="page-list" role="doc-pagelist" aria-label="{escape(say("epub-pages"))}" hidden="hidden">\n'
        f"<ol>\n{listed}\n</ol>\n</nav>\n"
    )
    date = in_words(edition_date(settings))
    source = escape(say("epub-page-source", title=settings.title, file=booklet, date=date))
    metadata = (
        f'    <dc:source id="booklet">{source}</dc:source>\n'
        f'    <meta refines="#booklet" property="source-of">pagination</meta>\n'
        f'    <meta property="pageBreakSource">{source}</meta>\n'
        '    <meta property="schema:accessibilityFeature">pageBreakMarkers</meta>\n'
        '    <meta property="schema:accessibilityFeature">pageNavigation</meta>\n'
    )
    changes["nav.xhtml"] = navigation.replace("</body>", f"{page_list}</body>")
    changes["content.opf"] = package.replace("  </metadata>", f"{metadata}  </metadata>")
    change_epub(epub, {name: text.encode() for name, text in changes.items()})


def _spine(package: str) -> list[str]:
    """Return the documents of an EPUB in reading order."""
    hrefs = dict(re.findall(r'<item id="([^"]+)" href="([^"]+)"', package))
    return [unescape(hrefs[name]) for name in re.findall(r'<itemref idref="([^"]+)"', package)]


def _by_file(places: Iterable[PagePlace]) -> dict[str, list[PagePlace]]:
    by_file: dict[str, list[PagePlace]] = {}
    for place in places:
        by_file.setdefault(place.file, []).append(place)
    return by_file
