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

from factpress.files.bibtex.lint import FIELDS, REQUIRED_FIELDS
from factpress.model.dates import in_words
from factpress.sphinxext.bibliography.citation_domain import with_source
from factpress.sphinxext.bibliography.entry_text import edition_text, page_text
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


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # the editor of a chapter's book, of a whole book, of a journal's issue
        (
            "@incollection{a, author = {Poe}, editor = {Poe}, booktitle = {B},",
            "Poe. “T”, in B, ed. Poe, 1950.",
        ),
        ("@incollection{a, editor = {Roe, B}, booktitle = {B},", "“T”, in B, ed. B Roe, 1950."),
        ("@inbook{a, editor = {Roe, B and Doe, C}, booktitle = {B},", "“T”, in B, ed. B Roe and C Doe, 1950."),
        (
            "@inproceedings{a, author = {Poe, A}, editor = {Roe, B}, booktitle = {B},",
            "Poe, A. “T”, in B, ed. B Roe, 1950.",
        ),
        ("@article{a, editor = {Roe, B}, journal = {J},", "“T”, J, ed. B Roe, 1950."),
        ("@book{a, editor = {Roe, B},", "Roe, B, ed. T, 1950."),
        ("@book{a, author = {Poe, A}, editor = {Poe, A},", "Poe, A. T, ed. A Poe, 1950."),
        ("@book{a, author = {Poe, A}, translator = {Poe, A},", "Poe, A. T, trans. A Poe, 1950."),
        # series and their numbers
        ("@book{a, series = {Studies}, number = {14},", "T, Studies 14, 1950."),
        ("@book{a, series = {Studies}, number = {B.3},", "T, Studies B.3, 1950."),
        ("@book{a, series = {Studies}, number = {Document 3},", "T, Document 3, Studies, 1950."),
        ("@book{a, series = {Studies}, number = {no. 14},", "T, Studies, no. 14, 1950."),
        ("@book{a, series = {Studies}, number = {Nr. 14},", "T, Studies, no. 14, 1950."),
        ("@report{a, series = {Studies}, number = {№ 14a},", "T, Studies, no. 14a, 1950."),
        ("@book{a, series = {Studies}, number = {Bd. 14},", "T, Studies, Bd. 14, 1950."),
        ("@report{a, series = {Studies}, number = {No. 2, Document 3},", "T, No. 2, Document 3, Studies, 1950."),
        ("@report{a, number = {Nr. 14},", "T, no. 14, 1950."),
        ("@article{a, journal = {J}, number = {Nr. 3},", "“T”, J, no. 3, 1950."),
        ("@treaty{a, series = {UNTS}, volume = {248}, number = {3496},", "T, vol. 248, no. 3496, UNTS, 1950."),
        ("@article{a, journal = {J}, series = {new series}, number = {3},", "“T”, J, no. 3, new series, 1950."),
        # TeX's marks
        ("@misc{a, note = {The ''Plan''},", "“T”, 1950. The “Plan”."),
        ("@misc{a, subtitle = {The ''Plan''},", "“T: The ‘Plan’”, 1950."),
        # notes
        ("@misc{a, note = {“Quoted.”},", "“T”, 1950. “Quoted.”"),
        ("@misc{a, note = {He said 'no'},", "“T”, 1950. He said ‘no’."),
        ("@misc{a, note = {(Seen.)},", "“T”, 1950. (Seen.)"),
        ("@misc{a, note = {Seen?},", "“T”, 1950. Seen?"),
        # dates
        ("@misc{a, date = {1950~},", "“T”, c. 1950."),
        ("@misc{a, date = {195X},", "“T”, 1950s."),
        ("@misc{a, date = {-0043},", "“T”, 44 BC."),
        ("@misc{a, date = {1950/..},", "“T”, since 1950."),
        # languages
        ("@misc{a, language = {english and french},", "“T”, 1950. In English and French."),
        ("@misc{a, langid = {ngerman},", "“T”, 1950. In German."),
        ("@misc{a, language = {korean}, langid = {english},", "“T”, 1950. In Korean."),
        *(
            (f"@misc{{a, language = {{{name}}},", "“T”, 1950.")
            for name in ("en", "eng", "en_US", "american", "English")
        ),
        # a count of pages
        ("@book{a, pages = {312},", "T, 1950, 312 pp."),
        ("@thesis{a, pages = {xii, 312},", "T, 1950, xii, 312 pp."),
        ("@book{a, pages = {31--48},", "T, 1950, pp. 31–48."),
        ("@misc{a, pages = {312 p.},", "“T”, 1950, 312 pp."),
    ],
)
def test_each_part_stands_where_a_reader_looks_for_it(fields: str, expected: str) -> None:
    date = "" if " date =" in fields else " date = {1950},"
    assert printed(f"{fields} title = {{T}},{date}}}", Plain()) == expected


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        *((f"31{dash}48", "pp. 31–48") for dash in ("-", "--", "---", "–", "—", "‐", "‑", "−", " - ", " – ", "～")),
        *((f"31{dash}48", "pp. 31–48") for dash in ("\xa0", "~", "∼", "－", "﹣", " to ", " bis ", " through ")),
        *((f"31{mark}33", "pp. 31, 33") for mark in (";", "; ", "/", "；", "、")),
        ("IV--XX", "pp. IV–XX"),
        ("pp.\xa031 to 48", "pp. 31–48"),
        ("xii to xv; 3/4", "pp. xii–xv, 3, 4"),
        ("7", "p. 7"),
        ("xii", "p. xii"),
        ("xii--xv", "pp. xii–xv"),
        ("A1-A3", "pp. A1–A3"),
        ("S12--S19", "pp. S12–S19"),
        ("A1", "p. A1"),
        ("123a--b", "123a--b"),
        ("12-1--12-30", "pp. 12-1–12-30"),
        ("1:31--1:48", "pp. 1:31–1:48"),
        ("3, 7, 9", "pp. 3, 7, 9"),
        ("31-48, 50-52", "pp. 31–48, 50–52"),
        ("31 and 48", "pp. 31 and 48"),
        ("31ff.", "pp. 31ff."),
        ("41+", "pp. 41+"),
        ("pp. 31-48", "pp. 31–48"),
        ("p. 7", "p. 7"),
        ("S. 31-48", "pp. 31–48"),
        ("312 pages", "312 pp."),
        ("312 S.", "312 pp."),
        ("e0123456", "e0123456"),
        ("Document 3", "Document 3"),
        ("", ""),
    ],
)
def test_pages_are_printed_in_one_form(written: str, shown: str) -> None:
    assert page_text(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2", "2nd ed."), ("1", "1st ed."), ("3", "3rd ed."), ("4", "4th ed."), ("11", "11th ed."), ("22", "22nd ed."),
        ("2nd", "2nd ed."), ("2.", "2nd ed."), ("2 ed.", "2nd ed."), ("2nd edition", "2nd ed."),
        ("III", "3rd ed."), ("III.", "3rd ed."), ("II ed.", "2nd ed."), ("IX", "9th ed."), ("VX", "VX"),
        ("Revised", "Revised ed."),
        ("Second", "Second ed."), ("2nd, revised", "2nd, revised ed."),
        ("Revised and enlarged", "Revised and enlarged ed."),
        ("3., überarbeitete Auflage", "3., überarbeitete Auflage"), ("Taschenbuchausgabe", "Taschenbuchausgabe"),
        ("2e éd.", "2e éd."), ("2. Aufl.", "2. Aufl."), ("第二版", "第二版"),
        ("Revised edition", "Revised edition"), ("", ""),
    ],
)  # fmt: skip
def test_an_edition_is_printed_with_its_word_once(written: str, shown: str) -> None:
    assert edition_text(written) == shown


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


def test_letters_with_strokes_are_sorted_with_their_base_letters() -> None:
    names = ["Zimmer, D", "Øster, C", "Łoś, A", "Lukas, B", "Æthel, E", "Đilas, F", "Þór, G", "Dean, H"]
    found = FactpressStyle().sort(
        entries("".join(f"@misc{{k{n}, author = {{{name}}}}}" for n, name in enumerate(names)))
    )
    assert [with_source(entry).source.who for entry in found] == [
        *("Æthel", "Dean", "Đilas", "Łoś", "Lukas", "Øster", "Zimmer", "Þór")
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(REQUIRED_FIELDS)),
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
