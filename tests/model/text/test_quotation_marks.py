"""Quotation marks and apostrophes come out typographic, and turn inside a quotation."""

from __future__ import annotations

import time

import pytest

from factpress.model.text.quotation_marks import curly, ends_sentence, within_quotation


@pytest.mark.parametrize(
    ("straight", "expected"),
    [
        ("The Crisis of the '50s", "The Crisis of the ’50s"),
        ("The 'Rollback' Plan", "The ‘Rollback’ Plan"),
        ("Korea's Origins", "Korea’s Origins"),
        ("The Allies' Plan", "The Allies’ Plan"),
        ("The 'Allies' Plan' of 1950", "The ‘Allies’ Plan’ of 1950"),
        ("O'Neill and D'Hondt", "O’Neill and D’Hondt"),
        ("Rock 'n' Roll, 'tis said", "Rock ’n’ Roll, ’tis said"),
        ('"Rhee-straint": a "history"', "“Rhee-straint”: a “history”"),
        ("\"He said 'no'\"", "“He said ‘no’”"),
        ("'No': an answer", "‘No’: an answer"),
        ("('50s)", "(’50s)"),
        ('A 5" gun', 'A 5" gun'),
        ("6'", "6'"),
        ("l'armée d'Orient", "l’armée d’Orient"),
        ("“already” and ‘so’ and Korea’s", "“already” and ‘so’ and Korea’s"),
        ("", ""),
    ],
)
def test_straight_marks_become_curly(straight: str, expected: str) -> None:
    assert curly(straight) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Rhee-straint”", "‘Rhee-straint’"),
        ("„Rollback“ heute", "‚Rollback‘ heute"),
        ("„Rollback” dziś", "‚Rollback’ dziś"),
        ("”Rollback” idag", "’Rollback’ idag"),
        ("«Rollback» aujourd’hui", "‹Rollback› aujourd’hui"),
        ("»Rollback« heute", "›Rollback‹ heute"),
        ("The “so-called ‘real’ war” of 1950", "The ‘so-called “real” war’ of 1950"),
        ("„Ein ‚kleiner‘ Krieg“", "‚Ein „kleiner“ Krieg‘"),
        ("The ‘Rollback’ Plan", "The ‘Rollback’ Plan"),
        ("Korea’s “origins”", "Korea’s ‘origins’"),
        ("The Allies’ “plan”", "The Allies’ ‘plan’"),
        ("The “Allies’ plan”", "The ‘Allies’ plan’"),
        ("of the ’50s", "of the ’50s"),
        ("a stray ” mark", "a stray ” mark"),
        ("「反攻」", "「反攻」"),
    ],
)
def test_marks_turn_inside_a_quotation(text: str, expected: str) -> None:
    assert within_quotation(text) == expected


def test_a_sentence_ends_inside_its_marks_too() -> None:
    assert all(map(ends_sentence, ("a.", "“Quoted.”", "(Seen.)", "What?", "“What?”", "U.S.", "完。", "‚Ja!‘")))
    assert not any(map(ends_sentence, ("a", "“Quoted”", "1950", "", "a.b")))


@pytest.mark.parametrize("text", ["'", '"', "“", "„“", "‘a", "s’ ", "' ", "'a' ", "s' ", "‘s’ "])
def test_a_million_characters_take_no_time(text: str) -> None:
    value = text * (1_000_000 // len(text))
    start = time.process_time()
    within_quotation(curly(value))
    assert time.process_time() - start < 4
