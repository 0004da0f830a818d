"""Where a page of the booklet begins in the text of another edition, whatever stands around the word."""

from __future__ import annotations

import pytest

from factpress.build.page_marks import mark, page_places, page_text, with_marks, without_marks
from factpress.press.preflight.page_starts import PageStart, letters_of

LONG = "x" * 10_000
PAGE = """<!DOCTYPE html><html><head><title>Not a word of the text</title></head><body>
<nav><a href="#">Contents that nobody prints</a></nav>
<section id="one"><h1><span class="chapter-number">2 </span>The bridge</h1>
<p id="p2-1"><a class="pn" href="#p2-1">2.1</a> It was <em>opened</em> in the spring of the year<a class="mark"
title="a > b" href="#C001">✓1 <span class="word">article: supported</span></a>, with a
speech [<a href="#r">12</a>, p. 4].</p>
<details class="card"><p>A card that paper has elsewhere.</p></details>
<ul><li>Tolls were taken &amp; counted</li><li id="C002-1">until the town had paid for its stones.</li></ul>
<p id="p2-2">The second paragraph begins a page of its own, as it were.</p>
</section></body></html>"""


def starts(*pages: tuple[str, str]) -> list[PageStart]:
    return [PageStart(label, [letters_of(line) for line in text.split("|")], ()) for label, text in pages]


def marked(page: str, *pages: tuple[str, str]) -> str:
    return with_marks(page, page_places(starts(*pages), {"page.html": page}), lambda label: f"[[{label}]]")


@pytest.mark.parametrize(
    ("line", "after", "before"),
    [
        ("spring of the year, with a speech|[12, p. 4]. Tolls were", "in the ", "spring"),
        ("pened in the spring of the year, with", "was <em>", "opened"),  # a word that is divided between two pages
        ("The bridge|It was opened in", "</nav>\n", '<section id="one">'),
        ("The second paragraph begins", "</ul>\n", '<p id="p2-2">'),
        ("until the town had paid for its", '<li id="C002-1">', "until"),  # nothing but items may stand in a list
        ("HEADING OF A TABLE|ON EVERY PAGE|Tolls were taken & counted until", "</details>\n", "<ul><li>Tolls"),
    ],
)
def test_a_mark_stands_before_the_word_or_the_block_that_begins_the_page(line: str, after: str, before: str) -> None:
    assert f"{after}[[7]]{before}" in marked(PAGE, ("7", line))


def test_what_only_one_edition_has_has_no_mark_and_stops_no_other() -> None:
    done = marked(PAGE, ("1", "The bridge|It was opened"), ("2", ""), ("3", "A list of contents on paper alone"),
                  ("4", "with a speech [12, p. 4]. Tolls were taken"))  # fmt: skip
    assert "[[1]]<section" in done and "[[4]]with a\nspeech" in done
    assert "[[2]]" not in done and "[[3]]" not in done


@pytest.mark.parametrize(
    "text",
    ["&lt;/script&gt; he wrote", "“quotes” 'and' \"others\"", "\u202eturned\u202c around", LONG, "a < b", "ﬁne ﬂags"],
)
def test_any_text_is_text(text: str) -> None:
    page = f'<section><p title="</p>">{text} and then the page turns in the midst of it.</p></section>'
    done = marked(page, ("9", "the page turns in the midst of it"))
    assert done.replace("[[9]]", "") == page
    assert "then [[9]]the page" in done


def test_marks_are_put_in_once_and_taken_out_again() -> None:
    places = page_places(starts(("7", "spring of the year, with a speech")), {"page.html": PAGE})
    done = with_marks(PAGE, places, lambda label: mark(label, 'Page "7" <'))
    assert done.count('id="page-7"') == 1 and "&lt;" in done
    assert without_marks(done) == PAGE
    assert page_text(done).letters == page_text(PAGE).letters
