"""What a slip in a bibliography costs is said with its line."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from factpress.files.bibtex.lint import lint_entries
from factpress.files.bibtex.scanner import scan_bibtex
from factpress.files.bibtex.values import decode_tex, doi_fault, isbn_fault, issn_fault, remaining_tex, url_fault

GOOD = "@misc{good,\n title = {T},\n date = {1950},\n}\n"


def found(text: str) -> list[str]:
    one = scan_bibtex(text, "x.bib")
    problems = sorted([*one.problems, *lint_entries(one.entries)], key=lambda p: (p.where.line, p.code))
    return [f"{p.where.line}: {p.code}" for p in problems]


def field(line: str) -> str:
    return f"@misc{{k,\n title = {{T}},\n date = {{1950}},\n {line},\n}}\n"


SHAPES = [
    ("", []),
    ("x", []),
    (GOOD, []),
    (GOOD.replace("\n", "\r\n"), []),
    (GOOD.replace("\n", "\r"), []),
    ("% Encoding: UTF-8\nfree text, even with an apostrophe's mark\n" + GOOD, []),
    ("@string{cup = {Cambridge}}\n@misc{k, title = cup # { x}, date = 1950}", []),
    ("@preamble{{x}}\n@comment{a {b} c}\n" + GOOD, []),
    ("@MISC(k, title = {T}, date = {1950})", []),
    ("mail me@example.org\n" + GOOD, ["1: bib-stray-at"]),
    ("see @ once\n" + GOOD, ["1: bib-stray-at"]),
    ("@comment{\n@book{a, title = {x}}\n}\n" + GOOD, ["2: bib-comment-entry"]),
    # unclosed
    ("@misc{a,\n title = {T,\n date = {1950},\n}\n" + GOOD, ["2: bib-unclosed-brace"]),
    ("@misc{a,\n title = {T},\n date = {1950}\n\n" + GOOD, ["1: bib-unclosed-brace"]),
    ("@misc{a,\n title = {T},\n date = {1950\n\n" + GOOD, ["3: bib-unclosed-brace"]),
    ("@misc{a,\n title = {T {x},\n date = {1950}}\n", ["2: bib-unclosed-brace"]),
    ('@misc{a,\n title = "T,\n date = {1950},\n}\n' + GOOD, ["2: bib-unclosed-quote"]),
    ('@misc{a,\n title = "T} x", date = {1950}}\n' + GOOD, ["2: bib-unclosed-quote"]),
    ("@misc{a,\n title = {T}},\n date = {1950},\n}\n" + GOOD, ["1: bib-no-date", "3: bib-lost-text"]),
    ("@misc{a", ["1: bib-unclosed-brace"]),
    ("@misc{", ["1: bib-key", "1: bib-unclosed-brace"]),
    # between fields
    ("@misc{a,\n title = {T}\n date = {1950},\n}\n" + GOOD, ["2: bib-missing-comma"]),
    ("@misc{a,\n title = {T}, % why\n date = {1950},\n}\n" + GOOD, ["2: bib-percent"]),
    ("@misc{a, title\n {T}}\n" + GOOD, ["2: bib-syntax"]),
    ("@misc{a, title = , date = {1950}}\n" + GOOD, ["1: bib-syntax"]),
    ("@misc{a,\n title = {T},\n title = {U}, date = 1950}\n", ["3: bib-duplicate-field"]),
    ("@misc{a,\n title = nobody,\n date = 1950}\n", ["1: bib-missing-field", "2: bib-undefined-string"]),
    ("@misc{a,\n title = {" + "{" * 400 + "x" + "}" * 400 + "},\n date = 1950}\n", ["2: bib-nested-braces"]),
    # keys
    ("@misc{a b, title = {T}, date = 1950}\n", ["1: bib-key"]),
    ("@misc{, title = {T}, date = 1950}\n", ["1: bib-key"]),
    ("@misc{title = {T}, date = 1950}\n", ["1: bib-key"]),
    ("@misc{a(1), title = {T}, date = 1950}\n", ["1: bib-key"]),
    ("@misc{a/1, title = {T}, date = 1950}\n", ["1: bib-key"]),
    ("@misc{D'hForHel96, title = {T}, date = 1950}\n", []),
    ("@misc{kąż, title = {T}, date = 1950}\n", []),
    ("@misc{2016A&A...595A...1G, title = {T}, date = 1950}\n", []),
    (GOOD + GOOD, ["5: bib-duplicate-key"]),
    (GOOD + GOOD.replace("good", "Good"), ["5: bib-duplicate-key"]),
    (GOOD.replace("good", "a.b") + GOOD.replace("good", "a-b"), ["5: bib-order", "5: bib-similar-key"]),
    (GOOD + GOOD.replace("good", "earlier"), ["5: bib-order"]),
    # types and fields
    ("@techreport{a, title = {T}, date = 1950}\n", ["1: bib-type"]),
    ("@article{a, title = {T}, date = 1950}\n", ["1: bib-missing-field"]),
    ("@thesis{a, title = {T}, date = 1950}\n", ["1: bib-missing-field", "1: bib-missing-field"]),
    ("@misc{a, title = {T}}\n", ["1: bib-no-date"]),
]

VALUES = [
    ("keywords = {x}", "bib-field"),
    ("month = jan", "bib-month"),
    ('month = "10~" # jan', "bib-month"),
    ("month = January", "bib-month bib-undefined-string"),
    ("crossref = {good}", "bib-crossref"),
    ("urldate = {2026-11}", "bib-date"),
    ("urldate = {2026-11-31}", "bib-date"),
    ("urldate = {2026-11-23}", ""),
    ("doi = {10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2}", ""),
    ("doi = {10.1002/(SICI)1098-2736(199908)36:6<637::AID-TEA4>3.0.CO;2-9}", ""),
    ("doi = {10.1002/x(1996)23+<91::aid-ajpa4>3.0.co;2-c}", ""),
    ("doi = {10.3417/1055-3177(2006)16[168:ESFTNG]2.0.CO;2}", ""),
    (r"doi = {10.1007/978-3-319-55696-3\_16}", "bib-doi"),
    ("doi = {https://doi.org/10.1000/1}", "bib-doi"),
    ("doi = {doi:10.1000/1}", "bib-doi"),
    ("doi = {10.1000/1.}", "bib-doi"),
    ("doi = {10.1000/1{}}", "bib-doi"),
    ("doi = {10.1000/1)}", "bib-doi"),
    ("doi = {10/abcde}", "bib-doi"),
    (r"url = {https://example.org/a\%20b\_c}", "bib-url"),
    ("url = {https://example.org/a%20b_c?x=1&y=~z#:~:text=a,b}", ""),
    ("url = {https://[::1]:80/}", ""),
    ("url = {javascript:alert(1)}", "bib-url"),
    ("url = {https://user@example.org/}", "bib-url"),
    ("archived = {#top}", "bib-url"),
    ("archived = {https://[x/}", "bib-url"),
    ("isbn = {978-0-691-14453-5}", ""),
    ("isbn = {978-0-691-14453-6}", "bib-isbn"),
    ("issn = {0162-2889}", ""),
    ("issn = {0162-2888}", "bib-isbn"),
    (r"booktitle = {\emph{Real} things}", "bib-tex"),
    (r"booktitle = {\LaTeX{} things}", "bib-tex"),
    (r"booktitle = {\url{http://example.org}}", "bib-tex"),
    (r"booktitle = {$n \times n$}", "bib-tex"),
    # HTML
    ("shorttitle = {War &amp; Peace}", "bib-html"),
    ("note = {&quot;First published 1939.&quot;}", "bib-html"),
    ("booktitle = {On <i>Pueblo</i> and H<sub>2</sub>O}", "bib-html"),
    ("booktitle = {Caf&eacute;}", "bib-html"),
    ("booktitle = {Caf&#233; and &#xe9;}", "bib-html"),
    ("booktitle = {<jats:p>War</jats:p>}", "bib-html"),
    ("booktitle = {one<br/>two}", "bib-html"),
    *((f"booktitle = {{War {html} Peace}}", "bib-html") for html in ("&mdash", "&copy", "&lt", "&#151", "&#x97")),
    *((f"booktitle = {{War{html}Peace}}", "bib-html") for html in ("<!-- x -->", "<![CDATA[A]]>", "<?xml a?>")),
    *((f"booktitle = {{{text}}}", "") for text in ("AT&T", "R&D", "text&image", "a <!> b", "P&L and S&P")),
    ("publisher = {AT&T; and others}", ""),
    ("publisher = {Smith & Sons; London}", ""),
    ("author = {Poe, Ann &amp; Roe, Bob}", "bib-html bib-name"),
    ("url = {https://example.org/?a=1&amp;b=2}", "bib-url"),
    # languages
    *((f"{name} = {{{value}}}", "") for name in ("language", "langid") for value in ("ko-KR", "ngerman", "English")),
    ("language = {english and french}", ""),
    ("language = {Klingon}", "bib-language"),
    ("language = {In Korean}", "bib-language"),
    # pages
    *((f"pages = {{{pages}}}", "bib-pages") for pages in ("31-", "31--", "-48", "--48", "pp. -48", "?", "31-?", "--")),
    *((f"pages = {{{pages}}}", "bib-pages") for pages in ("48-31", "158--12", "xv--xii", "XX--IV", "1-9, 48~31")),
    *((f"pages = {{{pages}}}", "") for pages in ("31~48", "158--96", "xii--15", "e123", "48, 31", "31--31", "n.p.")),
    # addresses that are not what they seem
    ("url = {https://ex\u0430mple.org/}", "bib-url"),
    ("url = {https://xn--exmple-4nf.org/}", "bib-url"),
    ("url = {https://\u0430\u0440\u0440\u04cf\u0435.com/}", "bib-url"),
    ("url = {https://пример.рф/}", ""),
    ("url = {https://東京タワー.jp/}", ""),
    ("url = {https://한국abc.kr/}", ""),
    ("url = {https://bücher.de/}", ""),
    # a backslash at the end
    ("booktitle = {A {Title}\\}", "bib-tex"),
    ("booktitle = {A Title\\}", "bib-tex"),
    ("booktitle = {A---B, Something & Something, a < b > c [x](y) `code`}", ""),
    (r"booktitle = {K{\'{a}}ssio, Jan\'a{\v c}ek, D{\'\i}az, \& and 50\% or 50%}", ""),
    (r"author = {\^{\i}le, Jean}", "bib-tex"),
    (r"author = {Fran\c cois, Jean}", "bib-tex"),
    (r"author = {Haji\v c, Jan}", "bib-tex"),
    (r"author = {Micha\l Nowak}", "bib-tex"),
    (r"author = {Nowak, Micha\l and Smith, John}", "bib-tex"),
    (r"author = {Nguy{\~\^e}n, An}", "bib-tex"),
    (r"author = {Th{\'\u a}ng, An}", "bib-tex"),
    ("author = {King, Jr., Martin Luther and others}", ""),
    (r"author = {de la Vall{\'e}e Poussin, Charles}", ""),
    ("author = {{U.S. Department of State}}", ""),
    ("author = {U.S. Department of State}", "bib-name"),
    ("author = {The Rand Corporation, Inc., Extra}", "bib-name"),
    ("author = {Smith, John, et al.}", "bib-name"),
    *((f"{role} = {{{{}}}}", "bib-name") for role in ("author", "editor", "translator")),
    ("author = {김, 구}", ""),
    ("author = {김 구}", "bib-name"),
    ("author+an = {1=family-first}", "bib-name-order"),
    ("author = {Shen, Zhihua}, author+an = {1=family-first}", ""),
    ("author = {Shen, Zhihua}, author+an = {2=family-first}", "bib-name-order"),
    ("author = {Shen, Zhihua}, author+an = {first}", "bib-name-order"),
]

DATES = [
    ("1950-06-25/1953-07-27", True),
    ("1950-06/1953", True),
    ("1952-02-29", True),
    ("1953-02-29", False),
    ("1953-13", False),
    ("1953-7-27", False),
    ("1953/1950", False),
    ("October 1953", False),
    ("c. 1953", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_a_slip_in_the_shape_is_reported_where_it_begins(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("line", "codes"), VALUES)
def test_a_bad_value_is_reported_at_its_field(line: str, codes: str) -> None:
    assert found(field(line)) == [f"4: {code}" for code in codes.split()]


@pytest.mark.parametrize(("date", "right"), DATES)
def test_a_date_is_iso_and_real(date: str, right: bool) -> None:
    expected = [] if right else ["1: bib-no-date"] * (not date) + ["2: bib-date"]
    assert found(f"@misc{{k, title = {{T}},\n date = {{{date}}}}}") == expected


def test_both_date_and_year_are_one_too_many() -> None:
    assert found(field("year = {1950}")) == ["1: bib-date-and-year"]


def test_the_bare_doi_is_in_the_message() -> None:
    assert doi_fault("https://dx.doi.org/10.1000/ABC.") == "the bare DOI is 10.1000/ABC"


def test_an_entry_that_never_closes_is_named() -> None:
    [problem] = scan_bibtex("@misc{first,\n title = {T\n\n@misc{second, title = {U}, date = 1950}", "x.bib").problems
    assert str(problem.where) == "x.bib:2:10"
    assert "@misc{first}" in problem.message


def test_one_work_twice_is_a_warning() -> None:
    entry = "@misc{%s, title = {T}, date = 1950, doi = {%s}}\n"
    assert found(entry % ("a", "10.1000/x") + entry % ("b", "10.1000/X")) == ["2: bib-same-doi"]


def test_a_bare_percent_sign_is_not_the_end_of_the_text() -> None:
    assert decode_tex("50% of {Korea}") == r"50\% of Korea".replace("\\", "") == decode_tex(r"50\% of Korea")


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"A \ B", "A B"), (r"A\ B", "A B"), ("A\\\n B", "A B"), (r"Micha{\l}\ Nowak", "Michał Nowak"),
        (r"Micha\l\ Nowak", "Michał Nowak"), (r"co\-op\-er\-ate", "cooperate"),
        ("The ''Plan''", "The “Plan”"), ("``Plan''", "“Plan”"), ("''Plan'' (''B'')", "“Plan” (“B”)"),
        ("”Plan”", "”Plan”"),
    ],
)  # fmt: skip
def test_a_space_a_hyphen_and_a_mark_are_decoded(tex: str, text: str) -> None:
    assert (decode_tex(tex), remaining_tex(tex)) == (text, "")


def test_a_long_run_of_spaces_takes_no_time() -> None:
    start = time.process_time()
    assert decode_tex("A \\ B" + " " * 100_000 + "C").startswith("A B ")
    assert time.process_time() - start < 4


BIBTEX = st.text(st.sampled_from("@{}()\",=#%\\ \n\r$~'^abck1-é김/:.<>"), max_size=80)


@settings(max_examples=400, deadline=None)
@given(st.one_of(BIBTEX, BIBTEX.map(lambda t: f"@misc{{k, title = {{{t}}}, author = {{{t}}}, {t} = {t}}}"), st.text()))
@example("@misc{k,a={\\")
def test_nothing_makes_the_lint_stop(text: str) -> None:
    found(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(BIBTEX, st.text(), BIBTEX.map("https://{}".format), BIBTEX.map("10.1000/{}".format)))
def test_no_value_makes_a_check_stop(text: str) -> None:
    for check in (decode_tex, remaining_tex, doi_fault, url_fault, isbn_fault, issn_fault):
        check(text)
