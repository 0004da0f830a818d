"""Reads a saved web page: what is hidden goes, notes are taken first, and an extractor finds the main text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from factpress.importer.document import ArticleBlock, BlockKind, Document, blocks_of, folded

#: what no reader of the page sees, or not as text
_UNSEEN = ("script", "style", "template", "noscript", "svg", "iframe", "object", "embed", "canvas", "form", "button")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: around the text of an article, where a page has no extractor's answer
_AROUND = ("nav", "aside", "footer", "header", "dialog")
_AROUND_CLASS = re.compile(r"(?:^|[\s_-])(?:share|social|comment|cookie|related|newsletter|advert)", re.IGNORECASE)
_NOTE_CLASS = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?)(?:$|[\s_-])", re.IGNORECASE)
_NOTICE_NAMES = ("ai-content-declaration", "digital-source-type", "ai-disclosure")
LONGEST_PAGE = 20 * 2**20  #: characters


def read_web_page(data: bytes) -> Document:
    """Return the article of a page in HTML.

    Raises:
        ValueError: the page holds no text that an article could be.
    """
    from lxml import html

    tree = html.fromstring(data, parser=html.HTMLParser(encoding=_encoding(data), huge_tree=False))
    title, language = (
        _title(tree),
        str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
    )
    notices = tuple(_notices(tree))
    _remove_unseen(tree)
    _name_note_calls(tree)
    notes = list(_notes(tree))
    plain, extracted = blocks_of(_walk(_article_element(tree))), _extracted(tree)
    # captions and code are lost by the extractor; where a page marks its article, that is better than a guess
    marked = tree.find(".//article") is not None and 2 * _words(plain) >= _words(extracted)
    # of a short page the extractor gives all text as one paragraph
    marked = marked or len(extracted) == 1 < len(plain)
    blocks = plain if marked or not extracted else extracted
    if not blocks:
        raise ValueError("no text")
    if blocks[0].kind is BlockKind.HEADING and folded(blocks[0].text) == title:
        blocks = blocks[1:]
    return Document(
        blocks=(*blocks, *notes),
        title=title,
        language=language,
        left_out=tuple(_difference(plain, blocks)),
        notices=notices,
    )


def read_fragment(markup: str) -> tuple[ArticleBlock, ...]:
    """Return the blocks of a piece of HTML that is all article, such as another format was turned into."""
    from lxml import html

    tree = html.fromstring(f"<article>{markup}</article>")
    notes = list(_notes(tree))
    return (*blocks_of(_walk(tree)), *notes)


def _encoding(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None  # as the page says
    return "utf-8"


def _title(tree: Any) -> str:
    for path in ("//article//h1", "//main//h1", "//h1", "//meta[@property='og:title']/@content", "//title"):
        for found in tree.xpath(path):
            if text := folded(found if isinstance(found, str) else found.text_content()):
                return text
    return ""


def _notices(tree: Any) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        if name in _NOTICE_NAMES and meta.get("content"):
            yield f"{name}: {folded(meta.get('content'))}"


def _remove_unseen(tree: Any) -> None:
    from lxml import etree

    hidden = [
        element
        for element in tree.iter()
        if not isinstance(element.tag, str)
        or element.tag in _UNSEEN
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "")
    ]
    for element in hidden:
        if element.getparent() is not None:
            element.tail, tail = None, element.tail
            _keep_tail(element, tail)
            element.getparent().remove(element)
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, with_tail=False)


def _keep_tail(element: Any, tail: str | None) -> None:
    if not tail:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent = element.getparent()
        parent.text = (parent.text or "") + tail


def _name_note_calls(tree: Any) -> None:
    """Put the number of a note in brackets where it is called: `[1]`, and no digit glued to a word."""
    for call in tree.iter("sup"):
        number = folded(call.text_content()).strip("[]")
        if number and len(number) < 4 and call.find(".//a") is not None:
            for child in list(call):
                call.remove(child)
            call.text = f"[{number}]"


def _words(blocks: tuple[ArticleBlock, ...]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _notes(tree: Any) -> Iterator[ArticleBlock]:
    """Yield the notes at the end of a page, taken out of it, with what leads back to the text left out."""
    places = [
        element
        for element in tree.iter("section", "div", "ol", "ul", "aside")
        if element.get("role") == "doc-endnotes" or _NOTE_CLASS.search(element.get("class") or "")
    ]
    outer = [
        each for each in places if not any(other is not each and each in other.iterdescendants() for other in places)
    ]
    for element in outer:
        for back in [a for a in element.iter("a") if re.fullmatch(r"[\s↩↑^⏎\ufe0e]*", a.text_content())]:
            back.drop_tree()
        for item in list(element.iter("li")) or [element]:
            if text := folded(item.text_content()):
                yield ArticleBlock(BlockKind.NOTE, text)
        element.drop_tree()


def _article_element(tree: Any) -> Any:
    """Return the largest `article`, else `main`, else the body, without what stands around a text."""
    found = [*tree.iter("article")] or [*tree.iter("main")] or [*tree.iter("body")] or [tree]
    return max(found, key=lambda element: len(element.text_content()))


def _walk(element: Any) -> Iterator[tuple[str, str, int, int]]:
    """Yield the blocks of an element in reading order, without navigation and the like."""
    stack: list[tuple[Any, str, int]] = [(element, "", 0)]
    while stack:
        here, inside, depth = stack.pop()
        if isinstance(here, str):
            yield BlockKind(inside or BlockKind.PARAGRAPH), here, max(depth, 1), 0
            continue
        tag = here.tag
        if here is not element and (tag in _AROUND or _AROUND_CLASS.search(f"{here.get('class')} {here.get('id')}")):
            continue
        if re.fullmatch(r"h[1-6]", tag):
            yield BlockKind.HEADING, here.text_content(), int(tag[1]), 0
            continue
        if tag == "pre":
            yield BlockKind.CODE, here.text_content(), 1, 0
            continue
        inside, depth = _inside(tag, inside, depth)
        stack += reversed([(part, inside, depth) for part in _parts(here)])


def _inside(tag: str, inside: str, depth: int) -> tuple[str, int]:
    if tag in ("ul", "ol"):
        return inside, depth + 1
    kinds = {"li": "item", "dt": "item", "dd": "item", "blockquote": "quotation", "td": "cell", "th": "cell"}
    kinds |= {"figcaption": "caption", "caption": "caption"}
    return kinds.get(tag, inside), depth


_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    )
)


def _parts(element: Any) -> Iterator[Any]:
    """Yield the blocks inside an element, and the text between them as strings."""
    text = element.text or ""
    for child in element:
        if child.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in child.iterdescendants()):
            if text.strip():
                yield text
            yield child
            text = child.tail or ""
        elif child.tag == "br":
            text += "\n" + (child.tail or "")
        else:
            text += (child.text_content() or "") + (child.tail or "")
    if text.strip():
        # two line breaks are how some pages part paragraphs
        yield from (
            (part for part in re.split(r"\n\s*\n", text) if part.strip()) if "\n\n" in text.replace(" ", "") else [text]
        )


def _extracted(tree: Any) -> tuple[ArticleBlock, ...]:
    """Return the blocks that the extractor takes for the article; none where it finds no article."""
    import trafilatura
    from lxml import etree

    found = trafilatura.extract(
        tree, output_format="xml", favor_recall=True, include_comments=False, include_tables=True,
        include_formatting=False, include_links=False, deduplicate=False,
    )  # fmt: skip
    if not found:
        return ()
    main = etree.fromstring(found.encode()).find("main")
    return blocks_of(_walk_extracted(main)) if main is not None else ()


_EXTRACTED = {"p": "", "item": "item", "quote": "quotation", "cell": "cell", "head": "heading", "code": "code"}
_GROUPS = ("list", "table", "row")


def _walk_extracted(element: Any, inside: str = "", depth: int = 0) -> Iterator[tuple[str, str, int, int]]:
    """Yield the blocks of the extractor's own XML."""
    kind = _EXTRACTED.get(element.tag) or inside
    level = int((element.get("rend") or "h2")[-1]) if element.tag == "head" else max(depth, 1)
    if kind in ("heading", "code"):
        yield kind, "".join(element.itertext()), level, 0
        return
    held = element.text or ""
    for child in element:
        if child.tag in _EXTRACTED or child.tag in _GROUPS:
            yield kind or "paragraph", held, level, 0
            yield from _walk_extracted(child, kind, depth + (child.tag == "list"))
            held = ""
        else:
            held += " " if child.tag == "lb" else "".join(child.itertext())
        held += child.tail or ""
    yield kind or "paragraph", held, level, 0


def _difference(plain: tuple[ArticleBlock, ...], taken: tuple[ArticleBlock, ...]) -> Iterator[str]:
    """Yield a sentence for each block that only one of the two readings has, the longest first, five at most."""
    kept = " ".join(block.text for block in taken)
    missed = [block for block in plain if block.text not in kept and len(block.text) > 20]
    for block in sorted(missed, key=lambda block: -len(block.text))[:5]:
        yield f"not taken for part of the article: “{block.text[:60].rstrip()}{'…' if len(block.text) > 60 else ''}”"
    if len(missed) > 5:
        yield f"and {len(missed) - 5} more blocks"
