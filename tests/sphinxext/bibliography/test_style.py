"""A source is printed as its entry says, in the list and in the prose."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.backends.html import Backend as Html
from pybtex.backends.plaintext import Backend as Plain
from pybtex.database.input.bibtex import Parser
from sphinx.testing.util import SphinxTestApp

from factpress.files.bibtex.lint import FIELDS, TYPES
from factpress.model.dates import in_words
from factpress.sphinxext.bibliography.style import FactpressStyle

ENTRIES = [
    (
        "@article{a, author = {Cha, Victor D. and Lee, Jean}, title = {Powerplay: Origins of the U.S. Alliance System},"
        " journal = {International Security}, volume = {34}, number = {3}, pages = {158--196}, date = {2010-01},"
        " doi = {10.1162/isec.2010.34.3.158}, url = {https://doi.org/10.1162/isec.2010.34.3.158}}",
        "Cha, Victor D., and Jean Lee. “Powerplay: Origins of the U.S. Alliance System”, International Security 34,"
        " no. 3, January 2010, pp. 158–196. DOI 10.1162/isec.2010.34.3.158.",
    ),
    (
        '@article{a, title = {{"Rhee-straint"}: Korea\'s Origins?}, journal = {J}, date = {2011}, url = {https://x.org/a/},'
        " urldate = {2026-11-23}, archived = {https://web.archive.org/x}}",
        "“‘Rhee-straint’: Korea’s Origins?”, J, 2011. x.org/a, accessed 23 November 2026, archived copy.",
    ),
    (
        "@book{a, editor = {Smith, John and others}, title = {War}, subtitle = {A Reader}, edition = {2nd},"
        " publisher = {CUP}, address = {Cambridge}, date = {1950/1953}, isbn = {978-0-691-14453-5}}",
        "Smith, John, et al., eds. War: A Reader, 2nd ed., Cambridge: CUP, 1950–1953, ISBN 978-0-691-14453-5.",
    ),
    (
        "@incollection{a, author = {{The Editors of X}}, title = {Note}, booktitle = {FRUS 1949, Volume VII},"
        " editor = {Glennon, John P.}, number = {Document 249}, pages = {7}, date = {1949-05-17}}",
        "The Editors of X. “Note”, in FRUS 1949, Volume VII, Document 249, ed. John P. Glennon, 17 May 1949, p. 7.",
    ),
    (
        "@treaty{a, title = {Mutual Defense Treaty between the U.S. and Korea}, date = {1953-10-01},"
        " series = {5 UST 2368}}",
        "Mutual Defense Treaty between the U.S. and Korea, 5 UST 2368, 1 October 1953.",
    ),
    (
        "@report{a, author = {{Congressional Research Service}}, title = {Alliance}, number = {IF11388},"
        " institution = {Congressional Research Service}, date = {2019-12-10}}",
        "Congressional Research Service. Alliance, IF11388, 10 December 2019.",
    ),
    (
        "@thesis{a, author = {Shen, Zhihua}, author+an = {1=family-first}, title = {Mao}, school = {ANU},"
        " year = {2019}}",
        "Shen Zhihua. Mao, ANU, 2019.",
    ),
    ("@legal{a, title = {Public Law 82-6}, date = {1951}}", "Public Law 82-6, 1951."),
    ("@hearing{a, institution = {{U.S. Senate}}, title = {Hearings}, date = {1951}}", "U.S. Senate. Hearings, 1951."),
    ("@misc{a, author = {김, 구}, title = {백범일지}, language = {korean}}", "김구. “백범일지”, n.d. In Korean."),
    ("@online{a, title = {[News report]}, date = {2023-08}, note = {Seen.}}", "[News report], August 2023. Seen."),
    (
        "@inproceedings{a, author = {King, Jr., Martin Luther}, translator = {Lee, Jean}, title = {T},"
        " booktitle = {P}, publisher = {{U.N.}}}",
        "King, Martin Luther, Jr. “T”, in P, trans. Jean Lee, U.N., n.d.",
    ),
    ("@misc{a}", "n.d."),
]


def entries(text: str) -> list[Any]:
    return list(Parser().parse_string(text).entries.values())


def printed(text: str, backend: Any) -> str:
    [entry] = entries(text)
    stream = StringIO()
    stream.write(FactpressStyle().format_entry("1", entry).text.render(backend))
    return stream.getvalue()


@pytest.mark.parametrize(("entry", "expected"), ENTRIES)
def test_an_entry_is_printed_as_written(entry: str, expected: str) -> None:
    assert printed(entry, Plain()) == expected


def test_titles_of_books_are_italic() -> None:
    assert "<em>War</em>" in printed("@book{a, title = {War}, date = 1950}", Html())


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("1953-10-01", "1 October 1953"),
        ("1953-10", "October 1953"),
        ("1950-06-25/1953-07-27", "25 June 1950 – 27 July 1953"),
        ("1950/1953", "1950–1953"),
        ("undated", "undated"),
    ],
)
def test_a_date_is_written_out(date: str, words: str) -> None:
    assert in_words(date) == words


def test_sources_are_numbered_by_who_then_when() -> None:
    style = FactpressStyle()
    text = "@misc{d, title = {D}} @misc{b, author = {B, B}, year = 2001} @misc{c, author = {B, B}, date = {2002}}"
    found = style.sort(entries(text))
    assert list(zip(style.format_labels(found), (e.key for e in found), strict=True)) == [
        ("1", "b"),
        ("2", "c"),
        ("3", "d"),
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(TYPES)),
    st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(st.sampled_from("aB 1-/.,:é김%\\'\"~<&"), max_size=12)),
)
def test_no_entry_makes_the_style_stop(kind: str, fields: dict[str, str]) -> None:
    body = "".join(f",\n {name} = {{{value}}}" for name, value in fields.items())
    try:
        [entry] = entries(f"@{kind}{{k{body}}}")
    except Exception:  # the parser's own refusals are the lint's affair
        return
    FactpressStyle().format_entry("1", entry).text.render(Html())


@pytest.mark.sphinx("html", testroot="bibstyle")
def test_the_book_cites_by_number_and_by_name(app: SphinxTestApp) -> None:
    app.build()
    assert app.warning.getvalue() == ""
    page = (app.outdir / "index.html").read_text()
    text = re.sub(r"<[^>]+>", "", page)
    assert "One [2]." in text
    assert "Two [2, 6]." in text
    assert "A place [6, Art. III]." in text
    assert (
        "In words: Cha [2], U.S. Department of State [6],"
        " Agreement Concerning a Military Armistice [1], Kim et al. [3], Shen [4]." in " ".join(text.split())
    )
    assert "Years: 1953 and n.d." in text
    assert 'href="sources.html#ref-cha2010"' in page


@pytest.mark.sphinx("html", testroot="bibstyle")
def test_addresses_reach_the_page_encoded_once(app: SphinxTestApp) -> None:
    app.build()
    page = (app.outdir / "sources.html").read_text()
    assert 'href="https://doi.org/10.1175/1520-0493(1987)115%3C1606:GARSPP%3E2.0.CO;2"' in page
    assert ">10.1175/1520-0493(1987)115&lt;1606:GARSPP&gt;2.0.CO;2</a>" in page
    assert 'href="https://example.org/a%20b_c?x=1&amp;y=2">example.org/a%20b_c?x=1&amp;y=2</a>' in page
    assert "“Powerplay &lt;script&gt;alert(1)&lt;/script&gt;”" in page
    assert "<em>International Security &amp; more</em>" in page
