"""The cover: title, one bar of all claims by verdict, what an AI wrote, what was found, and who stands behind it.

The same nodes are page 1 of the booklet, the cover of the EPUB and the web's sharing picture; only style sheets differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from docutils import nodes

from factpress.model.dates import in_words
from factpress.model.vocabulary import ReviewState, Verdict
from factpress.sphinxext.blocks.marks import glyph_element
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.blocks.title_page import article_notice, notice_inline, review_status
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.domain import BlockUse
from factpress.sphinxext.nodes import element, make

UNCHECKED = "unchecked"  #: how `BookContext.by_verdict` counts claims without a finding
#: four tints that a copier keeps apart, in the order of the bar, each with the verdicts that it stands for
TINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("#161616", (Verdict.SUPPORTED,)),
    ("#bdbdbd", (Verdict.PARTLY_SUPPORTED,)),
    ("#6e6e6e", (Verdict.CONTRADICTED, Verdict.DISPUTED, Verdict.AMBIGUOUS)),
    ("#fff", (Verdict.NOT_FOUND, Verdict.NOT_CHECKABLE, UNCHECKED)),
)
INK, PAPER = "#161616", "#fff"
WIDTH, HEIGHT = 115.0, 8.0  #: of the bar, in mm on the page of the booklet
LEAST_PART = 0.45  #: mm: narrower parts are drawn as one
LEAST_TINT = 0.7  #: mm that a tint has at least, so that one claim of two thousand is seen
LINE = 0.09  #: mm between two parts

MEASURE = 326.0  #: points that a line of the title has
LETTER = 0.52  #: of the type size: the mean width of a letter, rather too much
#: names of the sizes in the style sheet, largest first: type size in points and how many lines there is room for
TITLE_SIZES = (("display", 40, 5), ("large", 31, 6), ("medium", 25, 7), ("small", 20, 9))


def cover(context: BookContext) -> element:
    """Return the cover as one section."""
    say, settings = context.say, context.settings
    found = make("p", say("cover-units", count=len(context.book.outline.units), article=settings.article), " · ",
                 say("cover-claims", count=len(context.claims)), classes="cover-counted")  # fmt: skip
    checked = say("cover-checked", count=context.by_state()[ReviewState.SIGNED_OFF])
    edition = " · ".join(filter(None, (say("edition", date=in_words(context.date)), settings.publisher)))
    return make(
        "section",
        make("p", settings.subtitle, classes="cover-subtitle"),
        make("h1", settings.title, classes=f"cover-title {title_size(settings.title)}"),
        *([_bar(context)] if context.claims else []),
        found,
        _legend(context),
        make("p", checked, classes="cover-checked"),
        make("div", *_statements(context), classes="cover-statements"),
        make("p", edition, classes="cover-edition"),
        classes="cover",
    )


def cover_and_notice(page: EditionPage, _use: BlockUse) -> list[nodes.Node]:
    """Return the cover of the booklet, and the head of its second page: what the article says of itself, in full."""
    context = page.context
    notice = make("section", make("h2", context.say("article-says")), *article_notice(context), classes="notice")
    return [cover(context), notice]


def title_size(title: str) -> str:
    """Return the name of the largest size in which a title has room, by a guess at its lines; else of the smallest."""
    for name, size, lines in TITLE_SIZES:
        if _lines(title, MEASURE / (size * LETTER)) <= lines:
            return name
    return TITLE_SIZES[-1][0]


def _lines(title: str, letters: float) -> int:
    """Return how many lines a title takes, with so many letters to a line; a longer word is broken."""
    lines, room = 1, letters
    for word in title.split():
        length = len(word) + 1
        if length > room + 1 and room < letters:
            lines, room = lines + 1, letters
        broken = max(0, ceil((length - 1 - room) / letters))
        lines, room = lines + broken, room + broken * letters - length
    return lines


def _statements(context: BookContext) -> Iterator[element]:
    """Yield what an AI wrote, as the article says it, and who stands behind the findings."""
    say, provenance = context.say, context.book.provenance
    if provenance:
        yield make("p", make("strong", say("cover-written")), " ", notice_inline(context))
    yield make("p", make("strong", say("cover-behind")), " ", review_status(context))


def _tints(context: BookContext) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Yield each tint that is used, with the verdicts that it stands for and their counts."""
    counts = context.by_verdict()
    for tint, verdicts in TINTS:
        if counted := [(verdict, counts[verdict]) for verdict in verdicts if counts[verdict]]:
            yield tint, counted


def _words(context: BookContext, verdict: str, count: int) -> str:
    if verdict == UNCHECKED:
        return context.say("cover-unchecked", count=count)
    return f"{count} {Verdict(verdict).counted}"


def _legend(context: BookContext) -> element:
    """Return the counts in words, a line for each tint of the bar."""
    lines = []
    for tint, counted in _tints(context):
        words: list[nodes.Node | str] = []
        for verdict, count in counted:
            sign = ReviewState.UNCHECKED.glyph if verdict == UNCHECKED else Verdict(verdict).glyph
            words += [" · "] if words else []
            words += [glyph_element(sign), "\u00a0", _words(context, verdict, count).replace(" ", "\u00a0")]
        lines.append(make("li", _swatch(tint), "\u00a0", *words))
    if not lines:
        return make("p", context.say("cover-no-claims"), classes="cover-legend")
    return make("ul", *lines, classes="cover-legend")


def _swatch(tint: str) -> element:
    return make("span", classes="swatch", style=f"background-color: {tint}")  # no picture: it would need a description


def tint_widths(counts: list[int]) -> list[float]:
    """Return the mm that each tint takes of the bar: by its count, and none less than can be seen."""
    least = [max(0.0, LEAST_TINT - WIDTH * count / sum(counts)) for count in counts]
    rest = sum(count for count, lacks in zip(counts, least, strict=True) if not lacks)
    room = WIDTH - LEAST_TINT * sum(1 for lacks in least if lacks)
    return [LEAST_TINT if lacks else room * count / rest for count, lacks in zip(counts, least, strict=True)]


def _bar(context: BookContext) -> element:
    """Return the bar: a part for each claim, ordered by verdict."""
    tints = [(tint, sum(count for _, count in counted)) for tint, counted in _tints(context)]
    said = ", ".join(_words(context, verdict, count) for _, counted in _tints(context) for verdict, count in counted)
    drawn: list[nodes.Node] = [make("title", context.say("cover-bar", count=len(context.claims), counts=said))]
    left = 0.0
    for (tint, count), width in zip(tints, tint_widths([count for _, count in tints]), strict=True):
        drawn.append(make("rect", x=f"{left:.3f}", y="0", width=f"{width:.3f}", height=f"{HEIGHT:g}", fill=tint))
        if width / count >= LEAST_PART and count > 1:
            between = "".join(f"M{left + width * nth / count:.3f} 0v{HEIGHT:g}" for nth in range(1, count))
            line = INK if tint == PAPER else PAPER
            drawn.append(make("path", d=between, stroke=line, stroke_width=f"{LINE:g}", fill="none"))
        left += width
    frame = make("rect", x="0.1", y="0.1", width=f"{WIDTH - 0.2:g}", height=f"{HEIGHT - 0.2:g}", stroke=INK,
                 stroke_width="0.2", fill="none")  # fmt: skip
    box = f"0 0 {WIDTH:g} {HEIGHT:g}"
    bar = make("svg", *drawn, frame, viewBox=box, preserveAspectRatio="none", role="img")
    return make("div", bar, classes="cover-bar")
