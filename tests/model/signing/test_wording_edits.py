"""An edit of wording leaves a finding to its proposer; any other makes it the editor's, and another signs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factpress.model.claim import Finding, ProposedBy
from factpress.model.signing.wording_edits import is_wording_edit
from factpress.model.vocabulary import ProposerKind, Verdict

BEFORE = Finding(
    verdict=Verdict.CONTRADICTED,
    statement="The wording that came nearer to it was refused while the treaty was being prepared. It is likely.",
    reasoning="Two accounts agree; Dulles signed 2 of them in 1953. They are not the same.",
    correction="In 1843.",
    proposed_by=ProposedBy(kind=ProposerKind.MACHINE, date="2026-11-20"),
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("came nearer", "came closer"),
        ("was being prepared", "was in preparation"),
        ("The wording", "This wording"),
        ("agree; Dulles", "agree: Dulles"),
        ("Two accounts agree", "Two accounts fully agree"),
        ("refused while the treaty", "refused while a treaty"),
    ],
)
def test_a_few_harmless_words(old: str, new: str) -> None:
    edited = replace(BEFORE, statement=BEFORE.statement.replace(old, new), reasoning=BEFORE.reasoning.replace(old, new))
    assert edited != BEFORE and is_wording_edit(BEFORE, edited)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1953", "1954"),
        ("2 of them", "3 of them"),
        ("Two accounts", "Three accounts"),
        ("Dulles", "Dean"),
        ("are not the same", "are the same"),
        ("It is likely", "It is unlikely"),
        ("was refused", "was not refused"),
        ("was refused", "wasn’t refused"),
        ("nearer to it was", "close to what they wanted was"),
        ("It is likely.", "It is likely?"),
        ("wording that came", "“wording” that came"),
        ("Two accounts agree", "Some accounts agree"),
        ("Two accounts agree", "two accounts agree"),
        ("agree;", "agree by 5%;"),
    ],
)
def test_numbers_names_negations_and_more_than_three_words(old: str, new: str) -> None:
    edited = replace(BEFORE, statement=BEFORE.statement.replace(old, new), reasoning=BEFORE.reasoning.replace(old, new))
    assert edited != BEFORE and not is_wording_edit(BEFORE, edited)


def test_three_words_are_counted_over_both_texts() -> None:
    two = replace(BEFORE, statement=BEFORE.statement.replace("came nearer", "got closer"))
    assert is_wording_edit(BEFORE, two)
    four = replace(two, reasoning=BEFORE.reasoning.replace("accounts agree", "reports concur"))
    assert not is_wording_edit(BEFORE, four)


def test_any_other_field_is_no_wording() -> None:
    assert not is_wording_edit(BEFORE, replace(BEFORE, correction="In 1844."))
    assert not is_wording_edit(BEFORE, replace(BEFORE, verdict=Verdict.SUPPORTED))
    assert not is_wording_edit(BEFORE, replace(BEFORE, searched=("The archive",)))
    assert is_wording_edit(BEFORE, BEFORE)
