"""What a sign-off covers: each part alone, and nothing that a reader would not see as a change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factpress.model.claim import Claim, Evidence, Finding, ProposedBy
from factpress.model.digest import canonical_json, covered_digests, digest
from factpress.model.source import Source
from factpress.model.vocabulary import Consulted, Grade, Kind, Priority, ProposerKind, Stance, Verdict

EVIDENCE = Evidence(
    source="brand1977",
    stance=Stance.SUPPORTS,
    grade=Grade.PRIMARY,
    locator="p. 1",
    says="It was opened.",
    consulted=Consulted.EXCERPT,
    date="2026-11-20",
)
FINDING = Finding(
    verdict=Verdict.SUPPORTED,
    statement="It was opened in 1842.",
    reasoning="Two accounts agree.",
    proposed_by=ProposedBy(kind=ProposerKind.MACHINE, date="2026-11-20"),
    evidence=(EVIDENCE, replace(EVIDENCE, locator="p. 2")),
)
CLAIM = Claim(id="C001", units=("S00.P1.1",), claim="It was opened in 1842.", kind=Kind.DATE, finding=FINDING)
SOURCES = {"brand1977": Source("brand1977", "book", {"title": "Bridges", "year": "1977", "note": "old"})}


def moved(claim: Claim, sources: dict[str, Source] | None = None) -> tuple[str, ...]:
    return covered_digests(CLAIM, SOURCES).changed_parts(covered_digests(claim, sources or SOURCES))


def with_finding(**values: object) -> Claim:
    return replace(CLAIM, finding=replace(FINDING, **values))  # type: ignore[arg-type]


def with_evidence(**values: object) -> Claim:
    return with_finding(evidence=(replace(EVIDENCE, **values), FINDING.evidence[1]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "claim",
    [
        replace(CLAIM, claim="It  was opened\n  in 1842. "),
        with_evidence(language="ru"),
        replace(CLAIM, priority=Priority.HIGH),
        with_finding(proposed_by=ProposedBy(kind=ProposerKind.PERSON, id="k.novak", date="2026-01-01")),
        with_finding(evidence=FINDING.evidence[::-1]),
        with_evidence(date="2020-01-01", archived="https://www.example.org/copy"),
    ],
    ids=["re-wrapped", "language", "priority", "proposer", "order of evidence", "date and copy"],
)
def test_what_changes_no_digest(claim: Claim) -> None:
    assert moved(claim) == ()


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        (replace(CLAIM, claim="It was opened in 1843."), "claim"),
        (replace(CLAIM, kind=Kind.LEGAL), "claim"),
        (replace(CLAIM, units=("S00.P1.1", "S00.P1.2")), "claim"),
        (with_finding(verdict=Verdict.DISPUTED), "finding"),
        (with_finding(statement="It was opened."), "finding"),
        (with_finding(reasoning="One account."), "finding"),
        (with_finding(correction="It was opened in May."), "finding"),
        (with_finding(searched=("the archive",)), "finding"),
        (with_finding(evidence=FINDING.evidence[:1]), "evidence"),
        (with_evidence(consulted=Consulted.FULL_TEXT), "evidence"),
        (with_evidence(quote="opened"), "evidence"),
        (with_evidence(stance=Stance.CONTEXT), "evidence"),
        (with_evidence(url="https://www.example.org/"), "evidence"),
    ],
)
def test_each_part_moves_alone(claim: Claim, part: str) -> None:
    assert moved(claim) == (part,)


def test_the_entry_of_a_source_is_part_of_the_evidence() -> None:
    later = {"brand1977": Source("brand1977", "book", {"title": "Bridges", "year": "1978", "note": "old"})}
    noted = {"brand1977": Source("brand1977", "book", {"title": "Bridges", "year": "1977", "note": "new"})}
    assert moved(CLAIM, later) == ("evidence",)
    assert moved(CLAIM, noted) == ()


def test_a_digest_has_a_version_and_a_hash() -> None:
    version, _, value = digest({"a": "b"}).partition(":")
    assert version == "v1" and len(value) == 64


def test_canonical_json_is_sorted_composed_folded_and_without_nulls() -> None:
    assert canonical_json({"b": "e\u0301  x\n", "a": None, "c": ["1", None]}) == '{"b":"é x","c":["1",null]}'


def test_the_language_of_a_source_is_no_part_of_what_was_signed() -> None:
    fields = {**SOURCES["brand1977"].fields, "language": "german", "langid": "english"}
    assert moved(CLAIM, {"brand1977": Source("brand1977", "book", fields)}) == ()
