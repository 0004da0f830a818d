"""A source names itself in short, and says what a sign-off covers of it."""

from __future__ import annotations

import pytest
from docutils.nodes import make_id

from factpress.model.dates import parse_date
from factpress.model.source import OTHERS, Name, Source, anchor, bare_doi, signed_fields

CHA, KIM, LEE = Name("Cha", "Victor D."), Name("Kim", "Il Sung", family_first=True), Name("Lee", "Jean")


@pytest.mark.parametrize(
    ("authors", "fields", "short"),
    [
        ((CHA,), {"date": "2010-01"}, "Cha 2010"),
        ((CHA, KIM), {"year": "2010"}, "Cha and Kim 2010"),
        ((CHA, KIM, LEE), {}, "Cha et al."),
        ((CHA, OTHERS), {"date": "1950-06-25/1953-07-27"}, "Cha et al. 1950–1953"),
        ((Name(literal="UN"),), {"date": "1950"}, "UN 1950"),
        ((), {"institution": "Rand", "date": "1950"}, "Rand 1950"),
        ((), {"title": "Treaty", "date": "1953"}, "Treaty 1953"),
        ((CHA,), {"shorttitle": "Powerplay", "date": "2010"}, "Powerplay"),
        ((), {}, "key"),
    ],
)
def test_a_short_name_is_who_and_when(authors: tuple[Name, ...], fields: dict[str, str], short: str) -> None:
    assert Source("key", "misc", fields, {"author": authors} if authors else {}).short == short


def test_signed_fields_do_not_move_with_spelling() -> None:
    fields = {
        "title": "Cafe\u0301  and\n tea", "doi": "https://doi.org/10.1000/ABC.", "isbn": "978-0-691-14453-5",
        "url": "https://example.org", "note": "not signed", "urldate": "2026-11-23", "publisher": "",
    }  # fmt: skip
    assert signed_fields(Source("k", "book", fields, {"author": (CHA, KIM)})) == {
        "author": "Cha, Victor D. and Kim, Il Sung",
        "doi": "10.1000/abc",
        "isbn": "9780691144535",
        "title": "Café and tea",
        "type": "book",
        "url": "https://example.org",
    }


def test_a_name_begins_a_list_with_its_family() -> None:
    names = [CHA, KIM, Name("King", "Martin", suffix="Jr."), Name(literal="UN"), Name("Poussin", "C.", prefix="de la")]
    assert [n.inverted for n in names] == [
        "Cha, Victor D.",
        "Kim Il Sung",
        "King, Martin, Jr.",
        "UN",
        "de la Poussin, C.",
    ]


def test_a_doi_is_bare() -> None:
    for written in (
        "10.1000/a_b",
        "doi:10.1000/a_b",
        "http://dx.doi.org/10.1000/a_b",
        r"10.1000/a\_b",
        "10.1000/a_b{}.",
    ):
        assert bare_doi(written) == "10.1000/a_b"
    sici = "10.1002/(SICI)1098-2736(199908)36:6<637::AID-TEA4>3.0.CO;2-9"
    assert bare_doi(sici) == sici


@pytest.mark.parametrize(
    "key", ["cha2010", "anzus-atS", "D'hForHel96", "2016A&A...595A...1G", "kąż", "a.-b", "김1", "x_"]
)
def test_a_source_has_the_id_that_docutils_gives_it(key: str) -> None:
    assert anchor(key) == make_id(f"ref-{key}")


def test_a_range_runs_forward() -> None:
    assert parse_date("1950-06-25/1953-07-27") == [(1950, 6, 25), (1953, 7, 27)]
    assert parse_date("1953-07-27/1950-06-25") == []
