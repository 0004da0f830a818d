"""The canonical writer: idempotent, keeps every comment and every value, and reads back as it was."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleanbook import CLEAN, STUDY
from factpress.files.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from factpress.files.yaml.records import read_list, read_record
from factpress.files.yaml.tree import parse_yaml
from factpress.files.yaml.writer import file_record, format_text, render_tree
from factpress.model.claim import NOWHERE
from factpress.model.record_fields import record_fields
from factpress.model.signoff import Person
from factpress.model.text.characters import forbidden_characters

MESSY = """\
# about the file

# about the claim
- claim: "It was: opened"   # said of the claim
  # above the id
  id: C001 # behind the id
  units: [S01.P1.1,
    S01.P1.2] # behind the units
  kind: date
  finding: # behind finding
    statement: >-  # behind the fold
      A long text that goes on
      and on # no comment
    verdict: supported
    reasoning: |
      one

      two # no comment
    # above proposed-by
    proposed-by: {date: 2026-11-23, kind: machine}
    evidence:
    # above the evidence
    - {source: abc, stance: supports, says: "a # b", grade: primary, locator: 12,
       consulted: excerpt, date: '2026-11-23'}
- id: C002
  units: [S01.P1.1]
  claim: Yes
  kind: date
  # below the last field
# the end
"""
TIDY = """\
# about the file

# about the claim
# above the id
- id: C001  # behind the id
  units: [S01.P1.1, S01.P1.2]  # behind the units
  claim: "It was: opened"  # said of the claim
  kind: date
  finding:  # behind finding
    verdict: supported
    statement: "A long text that goes on and on # no comment"  # behind the fold
    reasoning: |-
      one

      two # no comment
    # above proposed-by
    proposed-by: {kind: machine, date: "2026-11-23"}
    evidence:
      # above the evidence
      - source: abc
        stance: supports
        grade: primary
        locator: "12"
        says: "a # b"
        consulted: excerpt
        date: "2026-11-23"

- id: C002
  units: [S01.P1.1]
  claim: "Yes"
  kind: date
# below the last field
# the end
"""
NAME = "docs/claims/01-x.yaml"


def values(text: str) -> object:
    tree, problems = parse_yaml(text, NAME)
    kind = file_record("01-x.yaml")
    assert tree and kind
    return read_list(kind[0], tree, problems), problems


def test_fields_are_put_in_order_and_comments_stay_where_they_belong() -> None:
    assert format_text(MESSY, NAME) == (TIDY, [])


def test_formatting_twice_changes_nothing_more() -> None:
    assert format_text(TIDY, NAME) == (TIDY, [])


def test_formatting_changes_no_value() -> None:
    assert values(MESSY) == values(TIDY)


def test_a_file_with_problems_is_left_alone() -> None:
    broken = MESSY.replace("kind: date", "kind: dates")
    text, problems = format_text(broken, NAME)
    assert text == broken and [p.code for p in problems] == ["unknown-word", "unknown-word"]


@pytest.mark.parametrize(
    "path", sorted(f for b in (CLEAN, STUDY) for f in b.glob("docs/*/*.yaml")), ids=lambda p: p.name
)
def test_the_clean_book_is_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(text, path.name) == (text, [])


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t :#-'\"[]{},|>&*!%@`=~?"), min_size=1
)


@settings(deadline=None)
@given(TEXT, st.lists(TEXT, max_size=3))
@example("2026-11-23", ["on", "~", "1e3", "12:30:45", "0x1F", ".5", "null", "-", "- a", "a: b", "a #b", "#"])
@example("a\n  b\n\nc", ["x " * 100, "word", "\u2028", "\ufeff", "---", "[", "it's", '"', "\\"])
@example(" ".join(["word:"] * 60), ["a  b", "é" * 200, "\U0001f4e3 " * 60])
def test_any_text_reads_back_as_it_was(name: str, emails: list[str]) -> None:
    stripped = [text.strip() for text in (name, *emails)]
    if not all(stripped) or any(chain(*map(forbidden_characters, stripped))):
        return  # no text, or one that the reader refuses
    person = Person(id="a.b", name=stripped[0], role="x", emails=tuple(stripped[1:]))
    text = render_tree(node_of((person,)), Person)
    problems: list[object] = []
    tree, unread = parse_yaml(text, "people.yaml")
    assert {found.code for found in unread} <= {"character-hidden"}, (unread, text)
    assert read_list(Person, tree, problems) == (person,), text  # type: ignore[arg-type]
    assert tree and render_tree(tree, Person, text) == text


def node_of(value: object) -> Node:
    """Return the tree of a record, a tuple or a text, without the fields that are not set."""
    if isinstance(value, str):
        return ScalarNode(str(value), NOWHERE, 0, 0)
    if isinstance(value, tuple):
        return SequenceNode(tuple(map(node_of, value)), NOWHERE, 0, 0)
    entries = [(one.key, getattr(value, one.name)) for one in record_fields(type(value)).values()]
    texts = tuple((ScalarNode(key, NOWHERE, 0, 0), node_of(part)) for key, part in entries if part not in (None, ()))
    return MappingNode(texts, NOWHERE, 0, 0)


def test_an_empty_list_stays_one() -> None:
    assert format_text("[]\n", "people.yaml") == ("[]\n", [])
    assert format_text("# nobody yet\n", "people.yaml") == ("# nobody yet\n[]\n", [])
    assert format_text("# nobody yet\n[]\n", "people.yaml") == ("# nobody yet\n[]\n", [])


def test_a_missing_part_of_a_record_is_named() -> None:
    tree, problems = parse_yaml("name: A\n", "x")
    assert tree and read_record(Person, tree, problems) is None
    assert [p.message for p in problems] == ["person needs the field id.", "person needs the field role."]
