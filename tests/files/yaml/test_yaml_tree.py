"""Reading YAML: text only, every mistake with its place, and never an exception."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpress.files.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from factpress.files.yaml.tree import parse_yaml, read_tree
from factpress.model.place import Place

PIECES = [
    *("a", "b: c", "- ", "  ", "\n", "\n- ", "\n  ", ": ", "#", " #", "'", '"', "|\n", ">-\n", "[", "]", "{", "}", ","),
    *(
        "&x ",
        "*x",
        "!t ",
        "!!int ",
        "<<",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\t",
        "\\",
        '"\\U',
        "FFFFFFFF",
        "?",
        "@",
        "`",
    ),
    *("\r\n", "\x00", "\x85", "\u2028", "\ufeff", "\ud7ff", "\U0001f4e3", "2026-11-23", "on", "~", "1e3", "0x", "="),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    tree, problems = parse_yaml(text, "x.yaml")
    assert (tree is None) == bool(problems)
    assert all(p.where.line >= 1 for p in problems)


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(data)
    tree, problems = read_tree(file, file.parent)
    assert (tree is None) == bool(problems)


@pytest.mark.parametrize("word", ["on", "yes", "1953", "0o17", "1e3", "2026-11-23", "12:30", ".inf", "~", "null", "="])
def test_plain_values_are_text(word: str) -> None:
    tree, _ = parse_yaml(f"a: {word}", "x.yaml")
    assert isinstance(tree, MappingNode) and isinstance(tree.entries[0][1], ScalarNode)
    assert tree.entries[0][1].text == word


def test_every_node_has_its_place() -> None:
    tree, _ = parse_yaml("- a: b\n  c: [d]\n", "x.yaml")
    assert isinstance(tree, SequenceNode) and isinstance(tree.items[0], MappingNode)
    assert tree.items[0].where == Place("x.yaml", 1, 3)
    key, value = tree.items[0].entries[1]
    assert (key.where, value.where) == (Place("x.yaml", 2, 3), Place("x.yaml", 2, 6))


def test_a_bomb_of_aliases_costs_nothing() -> None:
    lines = ["a0: [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    start = time.process_time()
    tree, problems = parse_yaml("\n".join(lines), "x.yaml")
    assert tree is None and problems[0].code == "yaml-anchor"
    assert time.process_time() - start < 1


def test_depth_ends_in_a_problem() -> None:
    assert parse_yaml("[" * 100_000, "x.yaml")[1][0].code == "yaml-deep"


def test_an_empty_file_and_a_byte_order_mark_are_no_mistakes(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: b\r\n")
    tree, problems = read_tree(tmp_path / "x.yaml", tmp_path)
    assert isinstance(tree, MappingNode) and not problems
    (tmp_path / "x.yaml").write_bytes(b"")
    tree, problems = read_tree(tmp_path / "x.yaml", tmp_path)
    assert isinstance(tree, ScalarNode) and tree.is_empty and not problems
