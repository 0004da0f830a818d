"""Records follow their declarations, and so do the schema and what a mistake is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cleanbook import CLEAN, STUDY
from factpress.files.yaml.formatting import outdated_schemas
from factpress.files.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from factpress.files.yaml.records import did_you_mean, read_list
from factpress.files.yaml.tree import parse_yaml
from factpress.model.claim import Claim, Finding
from factpress.model.place import Place
from factpress.model.record_fields import record_fields
from factpress.model.schema import ledger_schema, study_aids_schema
from factpress.model.subject import load_subjects, study_files
from factpress.problems import Problem
from factpress.settings import read_settings


def plain(node: Node) -> object:
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node.entries}
    assert isinstance(node, ScalarNode)
    return node.text


def claims(text: str) -> tuple[tuple[Claim, ...], list[Problem]]:
    tree, problems = parse_yaml(text, "x.yaml")
    return read_list(Claim, tree, problems), problems


SOUND = "- id: C001\n  units: [S01.P1.1]\n  claim: It was opened.\n  kind: date\n"


def test_a_record_keeps_its_place() -> None:
    (claim,), problems = claims(SOUND)
    assert not problems and claim.where == Place("x.yaml", 1, 3)


def test_the_order_and_the_names_of_fields_are_those_of_the_declaration() -> None:
    names = ["verdict", "statement", "reasoning", "correction", "searched", "proposed-by", "evidence"]
    assert list(record_fields(Finding)) == names
    assert [key for key, one in record_fields(Finding).items() if one.optional] == [
        "correction",
        "searched",
        "evidence",
    ]


@pytest.mark.parametrize("field", ["status", "state", "review", "sign-off", "approved", "Reviewed_By"])
def test_a_typed_state_has_a_rule_of_its_own(field: str) -> None:
    assert [p.code for p in claims(f"{SOUND}  {field}: yes\n")[1]] == ["typed-state"]


def test_all_mistakes_of_a_file_are_reported_at_once() -> None:
    found, problems = claims("- id: C001\n  kinds: date\n- units: one\n  claim: ''\n  kind: dat\n")
    assert not found
    assert [(p.code, p.where.line) for p in problems] == [
        ("unknown-field", 2),
        ("missing-field", 1),
        ("missing-field", 1),
        ("missing-field", 1),
        ("record-shape", 3),
        ("empty-value", 4),
        ("unknown-word", 5),
        ("missing-field", 3),
    ]


def test_a_sound_record_beside_a_broken_one_is_kept() -> None:
    found, problems = claims(SOUND + "- id: C002\n")
    assert [claim.id for claim in found] == ["C001"] and len(problems) == 3


def test_a_near_miss_is_suggested_and_nothing_far() -> None:
    assert did_you_mean("corection", record_fields(Finding)) == " Did you mean correction?"
    assert did_you_mean("colour", record_fields(Finding)) == ""


def test_the_schema_is_sound_and_accepts_the_clean_book() -> None:
    schema = json.loads(ledger_schema())
    Draft202012Validator.check_schema(schema)
    for path in sorted(CLEAN.glob("docs/claims/0*.yaml")):
        tree, _ = parse_yaml(path.read_text(encoding="utf-8"), path.name)
        assert tree
        Draft202012Validator(schema).validate(plain(tree))
    assert outdated_schemas(read_settings(CLEAN)) == {}


@pytest.mark.parametrize("path", sorted(STUDY.glob("docs/back/*.yaml")), ids=lambda path: path.name)
def test_the_schema_of_the_apparatus_accepts_its_files_and_no_other_field(path: Path) -> None:
    schema = json.loads(study_aids_schema(study_files(load_subjects(("treaties",)))))
    Draft202012Validator.check_schema(schema)
    tree, _ = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    assert tree
    for part in (schema, schema | {"anyOf": [{"$ref": f"#/$defs/{path.stem}"}]}):
        Draft202012Validator(part).validate(plain(tree))
        wrong = [record | {"colour": "blue"} for record in plain(tree)]
        assert not Draft202012Validator(part).is_valid(wrong)


@pytest.mark.parametrize(
    ("old", "new"), [("kind: date", "kind: dates"), ("kind: date", "sort: date"), ("[S01.P1.1]", "S01.P1.1")]
)
def test_the_schema_and_the_reader_refuse_the_same(old: str, new: str) -> None:
    text = SOUND.replace(old, new)
    tree, _ = parse_yaml(text, "x.yaml")
    assert tree and not Draft202012Validator(json.loads(ledger_schema())).is_valid(plain(tree))
    assert claims(text)[1]
