"""The README keeps its word: its commands, its links, its table of commands."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from factpress.cli.main import COMMANDS
from factpress.doctor.requirements import requirements_for

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOX = "python3 -m venv .venv && .venv/bin/python -m pip install nox && .venv/bin/python -m nox -s"
PAGES = ("README.md", "CONTRIBUTING.md", "docs/manual/index.md", "docs/manual/how-a-claim-travels.md")


@pytest.mark.parametrize("session", ["editions", "tests"])
def test_the_two_commands_stand_each_on_a_line_of_its_own(session: str) -> None:
    assert re.search(rf"^ *{re.escape(NOX)} {session}$", README, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert links
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_every_command_is_in_the_table() -> None:
    assert re.findall(r"^\| `nox -s factpress -- (\w+)", README, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("page", PAGES)
def test_every_session_named_is_in_the_noxfile_or_said_to_be_missing(page: str) -> None:
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    sessions = {
        node.name: ast.get_docstring(node)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(d) == "nox.session" for d in node.decorator_list)
    }
    assert all(sessions.values())
    text = (ROOT / page).read_text(encoding="utf-8").partition("## Not there yet")[0]
    assert set(re.findall(r"nox -s (\w+)", text)) <= set(sessions)


def test_the_packages_it_names_are_those_of_the_table() -> None:
    named = set(re.findall(r"[\w.+-]+", " ".join(re.findall(r"`apt-get install ([^`]+)`", README))))
    table = {package for piece in requirements_for("tests") for package in piece.apt.split()}
    # those that the named ones bring along
    assert table - {"libglib2.0-0", "libharfbuzz0b", "libfontconfig1"} == named


def test_it_says_that_nobody_has_signed() -> None:
    signed = (ROOT / "docs" / "claims" / "signoffs.yaml").read_text(encoding="utf-8").strip() not in ("", "[]")
    assert ("No person has signed" in README) is not signed
