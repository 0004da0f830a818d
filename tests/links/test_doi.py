"""DOIs: what the registry and the agencies say, and the invented citation that a machine is so good at."""

from __future__ import annotations

import json
from typing import Any

import pytest
from driving import drive
from link_checks import Table, Web, failure, link, page

from factpress.links.http.replies import FailureKind, Reply
from factpress.links.page.verdict import CheckResult
from factpress.links.registries.doi import check_doi
from factpress.links.registries.registered_work import RegisteredWork, from_crossref, from_datacite, mismatch_reason
from factpress.links.registries.services import Services
from factpress.model.links.state import LinkRecord, State
from factpress.model.source import Name, Source, doi_address

DOI = "10.5555/brand.1977"
BASE = "https://doi.org/api/handles/10.5555%2Fbrand.1977?type=URL"
AGENCY = "https://doi.org/doiRA/10.5555"
WORK = "https://api.crossref.org/works/10.5555%2Fbrand.1977"
NOTICE = "https://api.crossref.org/works?filter=updates:10.5555%2Fbrand.1977&rows=20"


def source(
    title: str = "Stone Bridges of the County", date: str = "1977", family: str = "Brand", **fields: str
) -> Source:
    names = {"author": (Name(family=family, given="Ida"),)} if family else {}
    return Source("brand1977", "article", {"title": title, "date": date, **fields}, names)


def data(value: Any, status: int = 200) -> Reply:
    return page(json.dumps(value), status, kind="application/json")


def registered(code: int = 1, status: int = 200) -> Reply:
    return data({"responseCode": code, "handle": DOI}, status)


def crossref(title: str = "Stone Bridges of the County", year: int = 1977, family: str = "Brand") -> Reply:
    author = [{"given": "Ida", "family": family}] if family else []
    return data({"message": {"title": [title], "author": author, "issued": {"date-parts": [[year, 3]]}}})


FINE: Table = {
    BASE: registered(), AGENCY: data([{"DOI": "10.5555", "RA": "Crossref"}]), WORK: crossref(),
    NOTICE: data({"message": {"items": []}}),
}  # fmt: skip


def state(table: Table, entry: Source | None = None) -> State:
    seen = judged(table, entry)[0].observation
    assert seen is not None
    return seen.outcome


def judged(table: Table, entry: Source | None = None, record: LinkRecord | None = None) -> tuple[CheckResult, Web]:
    web = Web({**FINE, **table}, other=page("", 500))
    cited = link(doi_address(DOI), entries=(entry or source(),))
    return drive(check_doi(cited, record, Services(), {}), web), web


def test_the_landing_page_is_never_asked() -> None:
    result, web = judged({})
    assert result.observation and (result.observation.outcome, result.observation.why) == (State.DOI_OK, "")
    assert web.urls == [BASE, AGENCY, WORK, NOTICE]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({BASE: registered(200)}, State.DOI_NO_URL),
        ({BASE: registered(2, 500)}, State.UNREACHABLE),
        ({BASE: page("", 503)}, State.UNREACHABLE),
        ({BASE: page("<title>Just a moment...</title>", 404)}, State.UNREACHABLE),
        ({BASE: data({"responseCode": 100})}, State.UNREACHABLE),
        ({BASE: data({"responseCode": "1"})}, State.UNREACHABLE),
        ({BASE: data([])}, State.UNREACHABLE),
        ({BASE: failure(FailureKind.TIMEOUT)}, State.UNREACHABLE),
        ({BASE: registered(100, 404), f"{BASE}&auth=true": registered(100, 404)}, State.DOI_UNKNOWN),
        ({BASE: registered(100, 404), f"{BASE}&auth=true": registered()}, State.DOI_OK),
        ({BASE: registered(100, 404), f"{BASE}&auth=true": page("", 503)}, State.UNREACHABLE),
        ({AGENCY: data([{"DOI": "10.5555", "RA": "JaLC"}])}, State.DOI_OK),
        ({AGENCY: page("", 500)}, State.DOI_OK),
        ({AGENCY: data({"RA": "Crossref"})}, State.DOI_OK),
        ({WORK: page("", 404)}, State.DOI_OK),
        ({WORK: data([1])}, State.DOI_OK),
        ({WORK: data({"message": {}})}, State.DOI_OK),
        ({WORK: data({"message": {"title": 3, "author": "x", "issued": {"date-parts": [[None]]}}})}, State.DOI_OK),
        ({WORK: crossref(title="The Economics of Railways", year=2004)}, State.METADATA_MISMATCH),
        ({WORK: crossref(family="Someone")}, State.METADATA_MISMATCH),
        ({WORK: crossref(title="The Economics of Railways")}, State.DOI_OK),
        ({WORK: crossref(year=2004)}, State.DOI_OK),
    ],
)
def test_only_what_the_registry_is_sure_of_decides(table: Table, expected: State) -> None:
    assert state(table) is expected


@pytest.mark.parametrize(
    ("kind", "doi", "expected"),
    [
        ("retraction", DOI.upper(), State.RETRACTED),
        ("Expression of Concern", DOI, State.RETRACTED),
        ("correction", DOI, State.DOI_OK),
        ("retraction", "10.5555/other", State.DOI_OK),
    ],
)
def test_a_retraction_stands_with_the_notice(kind: str, doi: str, expected: State) -> None:
    item = {"DOI": "10.5555/notice", "update-to": [{"type": kind, "DOI": doi}]}
    assert state({NOTICE: data({"message": {"items": [item]}})}) is expected


def test_datacite_is_asked_about_its_own() -> None:
    where = "https://api.datacite.org/dois/10.5555%2Fbrand.1977"
    ours = {"titles": [{"title": "Stone Bridges of the County"}], "creators": [{"name": "Brand, Ida"}],
            "publicationYear": 1977}  # fmt: skip
    agency = {AGENCY: data([{"RA": "DataCite"}])}
    assert state({**agency, where: data({"data": {"attributes": ours}})}) is State.DOI_OK
    other = ours | {"titles": [{"title": "A Data Set"}], "creators": [{"name": "Someone"}]}
    assert state({**agency, where: data({"data": {"attributes": other}})}) is State.METADATA_MISMATCH


def test_silence_does_not_take_back_what_was_said() -> None:
    record = LinkRecord(url=doi_address(DOI), state=State.METADATA_MISMATCH)
    assert judged({WORK: page("", 503)}, record=record)[0].observation is None
    assert judged({WORK: page("", 503)})[0].observation is not None


@pytest.mark.parametrize(
    "doi",
    [
        "10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2",
        "10.1002/(SICI)1098-2736(199908)36:6<637::AID-TEA4>3.0.CO;2-9",
        "10.1002/(sici)1096-8644(1996)23+<91::aid-ajpa4>3.0.co;2-c",
        "10.3417/1055-3177(2006)16[168:ESFTNG]2.0.CO;2",
        "10.5555/a#b?c%20d",
    ],
)
def test_a_doi_is_percent_encoded_whole(doi: str) -> None:
    from urllib.parse import unquote

    web = Web({}, other=page("", 500))
    drive(check_doi(link(doi_address(doi.lower())), None, Services(), {}), web)
    path = web.urls[0].removeprefix("https://doi.org/api/handles/").removesuffix("?type=URL")
    assert unquote(path) == doi.lower()
    assert not set("/?#<>;+ []()") & set(path)


SAME = [
    (source(), RegisteredWork(("Stone bridges of the county",), ("Ida Brand",), (1977,))),
    (source("Stone Bridges"), RegisteredWork(("Stone Bridges: A History of the County",), ("I. Brand",), (1990,))),
    (source("[Title not shown]"), RegisteredWork(("Anything",), ("Ida Brand",), (1900,))),
    (source(date="1979"), RegisteredWork(("Other",), ("Brand",), (1978,))),
    (source(date=""), RegisteredWork(("Other",), ("Brand",), (1978,))),
    (source(family="Müller"), RegisteredWork((), ("Karl Muller",), ())),
    (source(family="de la Vallée Poussin"), RegisteredWork((), ("C. de La Vallee Poussin",), ())),
    (source(family="Shen"), RegisteredWork((), ("Zhihua Shen",), ())),
    (source(family="沈"), RegisteredWork((), ("沈 志华",), ())),
    (source(family=""), RegisteredWork(("Stone Bridges of the County",), ("Someone Else",), (1977,))),
    (source(), RegisteredWork(("Stone Bridges of the County",), (), (1977,))),
    (source("Chapter 3", booktitle="Bridges of Arden"), RegisteredWork(("Bridges of Arden",), ("Brand",), (2010,))),
    (source(), RegisteredWork()),
]  # fmt: skip
OTHER = [
    (source(), RegisteredWork(("The Economics of Railways",), ("Ida Brand",), (2004,))),
    (source(), RegisteredWork(("Stone Bridges of the County",), ("Peter Someone",), (1977,))),
    (source("The Sino-Soviet Alliance"), RegisteredWork(("The Sino-Indian Border",), ("Brand",), (1999,))),
]


@pytest.mark.parametrize(("entry", "work"), SAME)
def test_what_may_be_the_same_work_is_let_through(entry: Source, work: RegisteredWork) -> None:
    assert mismatch_reason(entry, work) == ""


@pytest.mark.parametrize(("entry", "work"), OTHER)
def test_another_work_is_told(entry: Source, work: RegisteredWork) -> None:
    assert "registry" in mismatch_reason(entry, work)


def test_what_agencies_write_is_read_with_their_markup() -> None:
    message = {
        "title": ["The <i>Treaty</i>"],
        "subtitle": ["Of 1953"],
        "author": [{"name": "A Body"}, {"family": "Cha"}],
        "published-online": {"date-parts": [[2010]]},
        "issued": {"date-parts": [[2009, 1, 2]]},
    }
    assert from_crossref({"message": message}) == RegisteredWork(
        ("The Treaty", "The Treaty: Of 1953"), ("A Body", "Cha"), (2009, 2010)
    )
    assert from_datacite({"data": {"attributes": {"publicationYear": "2010"}}}) == RegisteredWork(years=(2010,))
    for nonsense in (None, [], {}, {"message": []}, {"data": None}, 3, "x"):
        assert from_crossref(nonsense) is None
        assert from_datacite(nonsense) is None
