"""One record of a file replaced: comments, order and every other record stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleanbook import copy_book
from factpress.files.ledger import read_ledger
from factpress.files.yaml.records import read_list
from factpress.files.yaml.replacing import render_record, replace_record
from factpress.files.yaml.tree import parse_yaml
from factpress.files.yaml.writer import format_text
from factpress.model.claim import Claim
from factpress.problems import FileError

NAME = "docs/claims/01-building.yaml"


@pytest.fixture
def claims(tmp_path: Path) -> tuple[str, tuple[Claim, ...]]:
    root = copy_book(tmp_path / "book")
    ledger, problems = read_ledger(root / "docs" / "claims", root)
    assert problems == []
    text = (root / NAME).read_text(encoding="utf-8")
    return text, tuple(claim for claim in ledger.claims if claim.where.file == NAME)


def read(text: str) -> tuple[Claim, ...]:
    tree, problems = parse_yaml(text, NAME)
    claims = read_list(Claim, tree, problems)
    assert problems == []
    return claims


def test_nothing_changed_gives_the_same_text(claims: tuple[str, tuple[Claim, ...]]) -> None:
    text, known = claims
    for claim in known:
        assert replace_record(text, NAME, claim) == text


def test_a_changed_field_leaves_comments_and_the_other_records(claims: tuple[str, tuple[Claim, ...]]) -> None:
    text, known = claims
    claim = known[0]
    assert claim.finding
    marked = text.replace("  kind:", "  # who asked for this\n  kind:", 1).replace(
        "    statement:", "    # short\n    statement:", 1
    )
    marked = marked.replace(f"- id: {known[1].id}", f"# about the second\n- id: {known[1].id}")
    new = replace(claim, finding=replace(claim.finding, statement='It is "so": # yes', correction="As it should be"))
    written = replace_record(marked, NAME, new)
    assert read(written) == (new, *known[1:])
    assert [line for line in written.splitlines() if "#" in line and "yes" not in line] == [
        line for line in marked.splitlines() if "#" in line
    ]
    assert written.index("# about the second") < written.index(f"- id: {known[1].id}")
    assert format_text(written, NAME) == (written, [])


def test_evidence_is_added_taken_out_and_changed(claims: tuple[str, tuple[Claim, ...]]) -> None:
    text, known = claims
    claim = next(claim for claim in known if claim.evidence)
    assert claim.finding
    first = claim.evidence[0]
    more = replace(first, locator="p. 99", quote="other words, with: signs", after="and more", url=None)
    for evidence in ((*claim.evidence, more), claim.evidence[1:], (more, *claim.evidence), (replace(first, says="Ö"),)):
        new = replace(claim, finding=replace(claim.finding, evidence=evidence))
        assert [c for c in read(replace_record(text, NAME, new)) if c.id == claim.id] == [new]


def test_what_cannot_be_changed_is_left_alone(claims: tuple[str, tuple[Claim, ...]]) -> None:
    text, known = claims
    with pytest.raises(FileError, match="no C999"):
        replace_record(text, NAME, replace(known[0], id="C999"))
    with pytest.raises(FileError, match="cannot be changed"):
        replace_record("<<<<<<< ours\n" + text, NAME, known[0])


def test_one_record_alone_reads_as_it_was(claims: tuple[str, tuple[Claim, ...]]) -> None:
    for claim in claims[1]:
        assert read(render_record(claim)) == (claim,)
