"""Every nasty input of the collected cases A (BibTeX) and B (DOI and URL) is reported with its line, or read right."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from factpress.files.bibtex.parse import read_bibliography
from factpress.model.source import Source


class Case(NamedTuple):
    """Files, the problems expected as `file:line code`, and what must have been read of the sources."""

    files: tuple[str | bytes, ...]
    problems: str = ""
    read: dict[str, str] = {}  # noqa: RUF012  # never changed; `key.field`, or `key` for its names


def entry(line: str = "", key: str = "k") -> str:
    return f"@misc{{{key},\n title = {{T}},\n date = {{1950}},\n{f' {line},' if line else ''}\n}}\n"


def one(line: str, problems: str = "", **read: str) -> Case:
    """Return the case of one field, on line 4 of an entry after which another one must still be read."""
    places = " ".join(f"0.bib:4 {code}" for code in problems.split())
    return Case(
        (entry(line) + entry(key="later"),), places, {"later.title": "T"} | {f"k.{n}": v for n, v in read.items()}
    )


def author(text: str, problems: str = "", read: str = "") -> Case:
    case = one(f"author = {{{text}}}", problems)
    return case._replace(read=case.read | ({"k": read} if read else {}))


A, B = entry(key="a"), entry(key="b")
WHOLE = entry("author = {{U.S.}},\n school = {S},\n url = {https://example.org/}", "a")
CASES = {
    "A01": [Case((A, A + entry(key="afterdup")), "1.bib:1 bib-duplicate-key", {"afterdup.title": "T"})],
    "A02": [
        Case((A + A + B,), "0.bib:6 bib-duplicate-key", {"b.title": "T"}),
        Case((A + A.replace("{a,", "{A,") + B,), "0.bib:6 bib-duplicate-key", {"b.title": "T"}),
    ],
    "A03": [Case((A, A), "1.bib:1 bib-duplicate-key", {"a.title": "T"})],
    # labels are numbers, so they differ
    "A04": [Case((A + B,), "", {"a.title": "T", "b.title": "T"})],
    "A05": [Case(("@misc{a,\n title = {T,\n date = {1950}\n}\n" + B,), "0.bib:2 bib-unclosed-brace", {"b.title": "T"})],
    "A06": [Case(('@misc{a,\n title = "T,\n date = {1950}\n}\n' + B,), "0.bib:2 bib-unclosed-quote", {"b.title": "T"})],
    "A07": [Case(("@misc{a,\n title = {T}\n date = {1950}\n}\n" + B,), "0.bib:2 bib-missing-comma", {"b.title": "T"})],
    "A08": [one("booktitle = {" + "{" * 400 + "x" + "}" * 400 + "}", "bib-nested-braces")],
    "A09": [one('SLACcitation = "%%CITATION = HEP-PH 1;%%"', "bib-field")],
    "A10": [one(r"booktitle = {a \{b\} c}", "bib-tex")],
    "A11": [author(r"K{\'{a}}ssio, An", "", "An Kássio")],
    "A12": [
        author(r"D{\'\i}az, An", "", "An Díaz"),
        author(r"{\^{\i}}le, An", "bib-tex"),
        author(r"\^{\i}le, An", "bib-tex"),
    ],
    "A13": [author(r"Fran\c cois, Jean", "bib-tex"), author(r"Haji\v c, Jan", "bib-tex")],
    "A14": [author(r"Micha\l Nowak", "bib-tex"), author(r"Nowak, Micha\l", "", "Michał Nowak")],
    "A15": [author(r"Jan\'a{\v c}ek, Leo", "", "Leo Janáček")],
    "A16": [author(r"Nguy{\~\^e}n, An", "bib-tex"), author(r"Th{\'\u a}ng, An", "bib-tex")],
    "A17": [
        author(r"Gi{\`u}, An and Gi\`{u}, Bo and {\`u}x, Cy", "", "An Giù; Bo Giù; Cy ùx"),
        author(r"\`{{u}}x, An", "bib-tex"),
    ],
    "A18": [Case((b"\xef\xbb\xbf" + A.encode(),), "", {"a.title": "T"})],
    "A19": [Case(("",)), Case(("x",)), Case((b"\xef\xbb\xbf",))],
    "A20": [Case((b"@misc{a,\n title = {caf\xe9}}",), "0.bib:2 not-utf8")],
    "A21": [
        Case((A.replace("\n", "\r\n") + B,), "", {"a.title": "T", "b.title": "T"}),
        Case((A.replace("\n", "\r") + entry("month = jan", "b").replace("\n", "\r"),), "0.bib:9 bib-month"),
    ],
    "A22": [Case(("% Encoding: UTF-8\nfree text\n" + A,), "", {"a.title": "T"})],
    "A23": [Case(("mail me@example.org\n" + A,), "0.bib:1 bib-stray-at", {"a.title": "T"})],
    "A24": [Case(("@misc{a,\n title = {T}, % why\n date = {1950}\n}\n" + B,), "0.bib:2 bib-percent", {"b.title": "T"})],
    "A25": [Case(("@comment{\n@book{a, title = {T}}\n}\n" + B,), "0.bib:2 bib-comment-entry", {"b.title": "T"})],
    "A26": [
        *(one(f"month = {value}", "bib-month") for value in ("{May}", "{jan}", "5", "jan", '"10~" # jan')),
        *(one(f"month = {{{value}}}", "bib-month") for value in ("sep~/~oct", "12~9--13,")),
        one("month = January", "bib-month bib-undefined-string"),
    ],
    "A27": [one("booktitle = nobody", "bib-undefined-string")],
    "A28": [
        Case(("@misc{a, title = {T}, date = {1953-10-01}}\n",), "", {"a.year": "1953"}),
        Case(("@misc{a, title = {T}, date = {1950-06-25/1953-07-27}}\n",), "", {"a.year": "1950–1953"}),
    ],
    "A29": [
        *(
            Case((WHOLE.replace("@misc", f"@{kind}"),), "", {"a.title": "T"})
            for kind in ("report", "online", "thesis", "legal")
        ),
        Case(("@legislation{a, title = {T}, date = 1950}\n",), "0.bib:1 bib-type"),
    ],
    "A30": [one(f"crossref = {{{key}}}", "bib-crossref") for key in ("later", "nobody", "LATER")],
    "A31": [
        Case(("@article{a,\n title = {T}, date = 1950}",), "0.bib:1 bib-missing-field"),
        Case(("@thesis{a, title = {T}, school = {S}, date = 1950}",), "0.bib:1 bib-missing-field"),
        Case(("@misc{a, title = {T}}",), "0.bib:1 bib-no-date"),
    ],
    "A32": [author("{U.S. Department of State}", "", "U.S. Department of State")],
    "A33": [author("The Extra Rand Corporation, Inc.", "bib-name"), author("Rand, Inc., of Santa Monica", "bib-name")],
    "A34": [author("Smith, John and others", "", "John Smith; et al."), author("Smith, John, et al.", "bib-name")],
    "A35": [
        author("King, Jr., Martin Luther", "", "Martin Luther King, Jr."),
        author(r"de la Vall{\'e}e Poussin, Charles", "", "Charles de la Vallée Poussin"),
    ],
    "A36": [author("구, 김", "", "구김"), author("김 구", "bib-name")],
    "A37": [Case((entry(key="D'hForHel96"),), "", {"D'hForHel96.title": "T"})],
    "A38": [Case((entry(key="kąż"),), "", {"kąż.title": "T"})],
    "A39": [Case((entry(key=key),), "", {f"{key}.title": "T"}) for key in ("2016A&A...595A...1G", "a...b")],
    "A40": [Case((entry(key=key) + B,), "0.bib:1 bib-key", {"b.title": "T"}) for key in ("a b", "", "a(1)", "a/1")],
    # the styles of this house print a title as it is written
    "A41": [one("booktitle = {Treaty between the U.S. and Korea}", "", booktitle="Treaty between the U.S. and Korea")],
    "A42": [
        *(
            one(f"booktitle = {{{tex}}}", "bib-tex")
            for tex in (r"\emph{Real}", r"\textsc{x}", r"\LaTeX{}", r"\url{x}", r"$n \times n$")
        ),
        one("booktitle = {A---B}", "", booktitle="A—B"),
    ],
    "A43": [one("booktitle = {<script> [x](y) `code`}", "bib-html", booktitle="<script> [x](y) `code`")],
    "A44": [
        one("publisher = {Something & Something}", "", publisher="Something & Something"),
        one("booktitle = {50\\% & 50%}", "", booktitle="50% & 50%"),
        one("eprint = {2101.00001}", "bib-eprint"),
        one("archivePrefix = {arXiv}", "bib-eprint"),
        one("url = {https://arxiv.org/abs/2101.00001v2}", "", url="https://arxiv.org/abs/2101.00001v2"),
        one("url = {https://arxiv.org/abs/hep-th/9901001}"),
        one("url = {https://arxiv.org/pdf/2113.00001.pdf}", "bib-url"),
        one("url = {https://arxiv.org/abs/2101.0001}", "bib-url"),
        one("doi = {10.48550/arXiv.2101.00001}"),
        one("doi = {10.48550/arXiv.2101.1}", "bib-doi"),
    ],
    "B01": [
        one("doi = {10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2}"),
        one(r"doi = {10.1175/1\ensuremath{<}6}", "bib-doi"),
    ],
    "B02": [one("doi = {10.1002/(SICI)1098-2736(199908)36:6<637::AID-TEA4>3.0.CO;2-9}")],
    "B03": [
        one(
            "doi = {10.1002/x(1996)23+<91::aid-ajpa4>3.0.co;2-c}", "", doi="10.1002/x(1996)23+<91::aid-ajpa4>3.0.co;2-c"
        )
    ],
    "B04": [one("doi = {10.3417/1055-3177(2006)16[168:ESFTNG]2.0.CO;2}")],
    "B05": [one("doi = {10.1000/a;b}", "", doi="10.1000/a;b")],
    "B06": [one(r"doi = {10.1007/978-3-319-55696-3\_16}", "bib-doi", doi="10.1007/978-3-319-55696-3_16")],
    "B07": [
        one(r"url = {https://example.org/a\%20b\_c}", "bib-url", url="https://example.org/a%20b_c"),
        one("url = {https://example.org/a%20b_c}", "", url="https://example.org/a%20b_c"),
        one("url = {https://example.org/100%}", "bib-url"),
    ],
    "B08": [one("doi = {https://doi.org/10.1000/1}", "bib-doi", doi="10.1000/1")],
    "B09": [one(f"doi = {{10.1000/1{tail}}}", "bib-doi", doi="10.1000/1") for tail in ("{}", ".", ",", ")", "]")],
    "B10": [Case((entry("doi = {10.1000/x}", "a") + entry("doi = {10.1000/X}", "b"),), "0.bib:9 bib-same-doi")],
    "B11": [
        one("doi = {10/abcde}", "bib-doi"),
        *(
            one(f"doi = {{{head}10.1000/1}}", "bib-doi", doi="10.1000/1")
            for head in ("doi:", "DOI: ", "http://dx.doi.org/")
        ),
    ],
    # what only the registry knows is not a matter of form
    "B12": [one("doi = {10.99999/not-registered}")],
    "B13": [one("doi = {10.1162/isec.2010.34.3.158}")],
    "B14": [
        *(
            one(f"url = {{{url}}}")
            for url in (
                "https://bücher.example/x",
                "https://[2001:db8::1]:8443/",
                "https://example.org/#:~:text=a%2Db,c%20d,-e",
            )
        ),
        *(
            one(f"url = {{{url}}}", "bib-url")
            for url in (
                "https://user:pass@example.org/",
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "#top",
                "//example.org/x",
                "https://example.org:99999/",
                "https://[::1",
                "https://example..org/",
                "https:///x",
            )
        ),
    ],
}
LETTERS = {"A": 44, "B": 14}


def names_of(source: Source) -> str:
    return "; ".join(name.in_order for names in source.names.values() for name in names)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{name}-{n}") for name, cases in CASES.items() for n, case in enumerate(cases)]
)
def test_a_case_is_reported_or_read_right(case: Case, tmp_path: Path) -> None:
    paths = []
    for number, file in enumerate(case.files):
        paths.append(tmp_path / f"{number}.bib")
        paths[-1].write_bytes(file if isinstance(file, bytes) else file.encode())
    sources, problems = read_bibliography(paths, tmp_path)
    assert " ".join(f"{p.where.file}:{p.where.line} {p.code}" for p in problems) == case.problems
    assert all(p.rule.hint for p in problems)
    for name, expected in case.read.items():
        # keys may hold dots
        key, _, field = (name, "", "") if name in sources else name.rpartition(".")
        source = sources[key]
        assert (getattr(source, field, None) or source.get(field) if field else names_of(source)) == expected


def test_no_case_is_left_out() -> None:
    assert sorted(CASES) == [f"{letter}{n:02}" for letter, count in LETTERS.items() for n in range(1, count + 1)]
