"""Reading a chapter: numbered paragraphs, marks, citations and boxes, each with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from factpress.files.markdown import cited_keys, parse_page
from factpress.model.prose import Chapter, chapter_number

TEXT = """\
---
orphan: true
---
# The *bridge*

{.subtitle}
How it came about

:::{objectives}
- One {claim}`C009`
:::

## One

A sentence {claim}`C001`.
Second, 'quoted' {cite:p}`a{p. 1}, {see}b` and {claim}`C002,
C003`.

{.connective}
And so on.

> A quotation
> of two lines {cite:t}`c`.

- a list

| a | table |
|---|---|
| b | cell {claim}`C004` |

:::{article-said} C001, C002
:class: wide
:::

% a comment

```{note}
:class: tip

Inside {cite:p}`d`.
```

(a-target)=
### Deeper

Counted too {claim:claim}`C005`.

## What the sources say

Not counted.

### Nor this

Not this.

:::{claim-entries}
:::

## After

Counted again.
"""


@pytest.fixture(scope="module")
def chapter() -> Chapter:
    page, problems = parse_page(TEXT, "docs/chapters/03-bridge.md")
    assert isinstance(page, Chapter) and not problems
    return page


def test_title_number_and_stem(chapter: Chapter) -> None:
    assert (chapter.title, chapter.number, chapter.stem) == ("The bridge", 3, "03-bridge")


def test_paragraphs_and_quotations_of_narrative_sections_are_numbered(chapter: Chapter) -> None:
    assert [(p.number, p.where.line, p.connective) for p in chapter.paragraphs] == [
        (1, 15, False),
        (2, 20, True),
        (3, 22, False),
        (4, 46, False),
        (5, 61, False),
    ]
    assert [p.is_supported for p in chapter.paragraphs] == [True, True, True, True, False]


def test_marks_citations_and_boxes_have_their_lines(chapter: Chapter) -> None:
    assert [(m.claims, m.where.line) for m in chapter.marks] == [
        (("C009",), 10),
        (("C001",), 15),
        (("C002", "C003"), 16),
        (("C004",), 29),
        (("C005",), 46),
    ]
    assert [(c.keys, c.where.line) for c in chapter.cites] == [(("a", "b"), 16), (("c",), 23), (("d",), 40)]
    assert [(d.name, d.argument, d.where.line) for d in chapter.directives] == [
        ("objectives", "", 9),
        ("article-said", "C001, C002", 31),
        ("note", "", 37),
        ("claim-entries", "", 56),
    ]


def test_marks_leave_no_trace_in_the_words(chapter: Chapter) -> None:
    assert chapter.paragraphs[0].text == "A sentence.\nSecond, ‘quoted’ and."


@pytest.mark.parametrize(
    ("name", "number"),
    [("docs/chapters/03-x.md", 3), ("chapters/03-x", 3), ("chapters/x", None), ("index", None), ("back/1-x", None)],
)
def test_only_a_page_of_chapters_has_a_number(name: str, number: int | None) -> None:
    assert chapter_number(name) == number


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b1", "{see}", "{p. 1}", "{}", ",", " ", "{"]), max_size=7).map("".join))
def test_citations_are_read_as_the_citing_part_reads_them(content: str) -> None:
    try:
        keys = tuple(target.key for target in parse_citation_targets(content))
    except ValueError:
        keys = None
    assert cited_keys(content) == keys


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    parse_page(text, "docs/chapters/01-x.md")


def test_a_box_marks_its_claims_and_links_of_the_text_have_their_places() -> None:
    links = "See [it](https://a.example/x),\n[here](b.md) and <https://c.example>."
    text = f"# A\n\n{links}\n\n:::{{also-in-article}} C001, C02 C3\n:::\n"
    page, problems = parse_page(text, "docs/back/a.md")
    assert [(mark.claims, mark.in_box, mark.where.line) for mark in page.marks] == [(("C001", "C02", "C3"), True, 6)]
    found = [(link.url, link.where.line) for link in page.links]
    assert found == [("https://a.example/x", 3), ("https://c.example", 4)]
    assert not problems


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<https://a.example/it's>", "https://a.example/it's"),
        ("so <https://a.example/caf%E9>.", "so https://a.example/caf%E9."),
        ("the 'https://a.example/it's' isn't", "the ‘https://a.example/it's’ isn’t"),
        ('"see www.a.example/o\'x"', "“see www.a.example/o'x”"),
    ],
)
def test_an_address_in_prose_is_read_as_it_is_written(text: str, shown: str) -> None:
    page, problems = parse_page(f"# A\n\n{text}\n", "docs/back/a.md")
    assert page.passages[-1].text == shown
    assert not problems
