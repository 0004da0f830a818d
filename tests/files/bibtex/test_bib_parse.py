"""A bibliography becomes sources, and nothing in it is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factpress.files.bibtex.parse import read_bibliography
from factpress.model.source import OTHERS, Name, Source


def read(folder: Path, *texts: str | bytes) -> tuple[dict[str, Source], list[str]]:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.bib")
        paths[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
    sources, problems = read_bibliography(paths, folder)
    return sources, [f"{p.where}: {p.code}" for p in problems]


def test_an_entry_is_read_without_tex(tmp_path: Path) -> None:
    sources, problems = read(
        tmp_path,
        r"""@Report{a,
  author = {{U.S. Department of State} and de la Vall{\'e}e, Charles and others},
  translator = {Shen, Zhihua},
  title = {The {Korean} War, 1950--1953 \& after},
  institution = {{GPO}},
  date = {1953-10-01},
  doi = {10.1000/1},
  url = {https://example.org/a_b%20c},
}
""",
    )
    assert problems == []
    source = sources["a"]
    assert (source.type, source.where.line) == ("report", 1)
    assert source.get("title") == "The Korean War, 1950–1953 & after"
    assert source.get("url") == "https://example.org/a_b%20c"
    assert source.get("institution") == "GPO"
    assert source.names["author"] == (
        Name(literal="U.S. Department of State"),
        Name("Vallée", "Charles", prefix="de la"),
        OTHERS,
    )
    assert source.names["translator"] == (Name("Shen", "Zhihua"),)


@pytest.mark.parametrize(
    ("author", "order", "printed"),
    [
        ("Cha, Victor D.", "", "Victor D. Cha"),
        ("King, Jr., Martin Luther", "", "Martin Luther King, Jr."),
        (r"de la Vall{\'e}e Poussin, Charles", "", "Charles de la Vallée Poussin"),
        ("Shen, Zhihua", "1=family-first", "Shen Zhihua"),
        ("김, 구", "", "김구"),
        ("毛, 泽东", "", "毛泽东"),
        ("{Rand Corporation, Inc.}", "", "Rand Corporation, Inc."),
    ],
)
def test_a_name_is_said_in_its_own_order(tmp_path: Path, author: str, order: str, printed: str) -> None:
    extra = f", author+an = {{{order}}}" if order else ""
    sources, problems = read(tmp_path, f"@misc{{a, author = {{{author}}}{extra}, title = {{T}}, date = 1950}}")
    assert problems == []
    assert sources["a"].names["author"][0].in_order == printed


def test_a_key_in_two_files_costs_one_entry_only(tmp_path: Path) -> None:
    entry = "@misc{%s, title = {%s}, date = 1950}\n"
    sources, problems = read(tmp_path, entry % ("a", "1"), entry % ("A", "2") + entry % ("after", "3"))
    assert problems == ["1.bib:1:1: bib-duplicate-key"]
    assert {key: s.get("title") for key, s in sources.items()} == {"a": "1", "after": "3"}


def test_a_slip_costs_one_entry_only(tmp_path: Path) -> None:
    sources, problems = read(tmp_path, "@misc{a, title = {T\n\n@misc{b, title = {T}, date = 1950}\n")
    assert (list(sources), problems) == (["b"], ["0.bib:1:18: bib-unclosed-brace"])


def test_strings_reach_the_parser(tmp_path: Path) -> None:
    sources, _ = read(tmp_path, "@string{cup = {Cambridge}}\n@misc{a, title = cup # { UP}, date = 1950}\n")
    assert sources["a"].get("title") == "Cambridge UP"


def test_what_only_the_parser_refuses_is_said(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "@misc{a, title = {T}, date = 1950, tïtle = {x}}")
    assert problems == ["0.bib: bib-parser", "0.bib:1:36: bib-field"]


def test_latin_1_is_named_with_its_line(tmp_path: Path) -> None:
    assert read(tmp_path, "@misc{a,\n title = {caf\xe9}}".encode("latin-1")) == ({}, ["0.bib:2:14: not-utf8"])


def test_a_byte_order_mark_costs_nothing(tmp_path: Path) -> None:
    sources, problems = read(tmp_path, b"\xef\xbb\xbf@misc{a, title = {T}, date = 1950}")
    assert (list(sources), problems) == (["a"], [])


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    _, problems = read_bibliography([tmp_path / "none.bib"], tmp_path)
    assert [str(p.where) for p in problems] == ["none.bib"]


TEXTS = st.text(st.sampled_from("@{}()\",=#%\\ \n\r$~'^abk1é김/:"), max_size=60)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        TEXTS.map(lambda t: f"@misc{{k, title = {{{t}}}, author = {{{t}}}, editor = {{{t} and x}}}}".encode()),
        TEXTS.map(str.encode),
        st.binary(),
    )
)
def test_nothing_makes_reading_stop(tmp_path: Path, data: bytes) -> None:
    read(tmp_path, data)
