"""What is native is looked for before work starts, and what is missing is said with one line that installs it."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from factpress.cli import doctor
from factpress.cli.main import main
from factpress.doctor import probe, requirements
from factpress.problems import ToolError


class Library:
    """Stands for a loaded library that says one version, whatever it is asked."""

    def __init__(self, version: str) -> None:
        self.version = version

    def __getattr__(self, name: str) -> object:
        return lambda: self.version.encode()


class Fake:
    """A machine that has everything but what it is told to lack."""

    def __init__(self, *lacks: str, version: str = "1.50.0") -> None:
        self.lacks, self.version = lacks, version

    def library(self, names: Sequence[str]) -> tuple[str, Library] | None:
        found = [name for name in names if not any(lack in name for lack in self.lacks)]
        return (found[0], Library(self.version)) if len(found) == len(names) else None

    def program(self, names: Sequence[str]) -> str | None:
        return next((f"/bin/{Path(name).name}" for name in names if Path(name).name not in self.lacks), None)

    def file(self, paths: Sequence[str]) -> str | None:
        return next((path for path in paths if Path(path).name not in self.lacks), None)


def test_a_machine_with_everything_lacks_nothing() -> None:
    assert requirements.missing("tests", Fake()) == []
    requirements.require("tests", Fake())


def test_a_missing_requirement_is_one_line_with_what_and_why() -> None:
    (lack,) = requirements.missing("build", Fake("harfbuzz-subset"))
    assert str(lack) == "HarfBuzz's subset library is missing: WeasyPrint cuts the fonts of the PDF with it."


def test_builds_do_not_need_what_only_tests_need() -> None:
    bare = Fake("java", "node", "npm", "pdftotext")
    assert requirements.missing("build", bare) == []
    assert [lack.requirement.name for lack in requirements.missing("tests", bare)] == [
        "java",
        "node",
        "npm",
        "pdftotext",
    ]


def test_tests_need_what_builds_need_too() -> None:
    assert "fontconfig" in [lack.requirement.name for lack in requirements.missing("tests", Fake("fontconfig"))]


def test_an_old_pango_is_not_good_enough() -> None:
    (lack,) = requirements.missing("build", Fake(version="1.42.4"))
    assert str(lack).startswith("Pango is version 1.42.4, older than 1.44.0: ")


def test_a_java_without_compiler_is_not_good_enough() -> None:
    (lack,) = requirements.missing("tests", Fake("javac"))
    assert str(lack).startswith("Java (a JDK) is a runtime without compiler: ")


def test_a_manager_without_the_package_says_so() -> None:
    (lack,) = requirements.missing("tests", Fake("jaxb-runtime.jar"))
    assert requirements.install_hint([lack], Fake()) == (
        "Install: apt-get install libjaxb-java · dnf has no package for JAXB for Java"
        " · brew has no package for JAXB for Java"
    )


def test_packages_are_named_once() -> None:
    lacks = requirements.missing("tests", Fake("pdftotext", "pdftoppm", "qpdf"))
    assert requirements.packages(lacks, "apt") == ["poppler-utils", "qpdf"]


def test_a_build_stops_with_all_that_is_missing_and_one_line_that_installs_it() -> None:
    with pytest.raises(ToolError) as stopped:
        requirements.require("build", Fake("pangoft2", "fontconfig", "java", "dnf", "brew"))
    assert str(stopped.value) == (
        "Missing here: Pango for FreeType, Fontconfig. "
        "WeasyPrint lays out the PDF with it; WeasyPrint finds the faces of the PDF with it."
    )
    assert stopped.value.hint == "Install: apt-get install libpangoft2-1.0-0 libfontconfig1"
    assert stopped.value.status == 4


def test_where_no_package_manager_is_found_the_lines_of_all_are_shown() -> None:
    lacks = requirements.missing("tests", Fake("qpdf"))
    bare = Fake("apt-get", "dnf", "brew")
    assert requirements.install_hint(lacks, bare) == (
        "Install: apt-get install qpdf · dnf install qpdf · brew install qpdf"
    )


def test_the_path_of_a_requirement_or_how_to_get_it() -> None:
    assert requirements.path_of("node", Fake()) == "/bin/node"
    with pytest.raises(ToolError, match="Node is missing") as stopped:
        requirements.path_of("node", Fake("node"))
    assert "apt-get install nodejs" in stopped.value.hint


def test_every_requirement_says_how_to_get_it() -> None:
    for requirement in requirements.REQUIREMENTS:
        assert requirement.apt, requirement.name
        assert requirement.why and not requirement.why.endswith("."), requirement.name


def test_libraries_are_looked_for_under_the_names_that_weasyprint_tries() -> None:
    spec = find_spec("weasyprint")
    assert spec is not None and spec.origin is not None
    source = (Path(spec.origin).parent / "text" / "ffi.py").read_text(encoding="utf-8")
    tried = {
        node.targets[0].id: tuple(arg.value for arg in node.value.args[1:] if isinstance(arg, ast.Constant))
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "_dlopen"
    }
    assert {name: tried[name] for name in probe.LIBRARIES} == probe.LIBRARIES


def test_this_machine_finds_a_program_and_a_file_and_no_phantoms(tmp_path: Path) -> None:
    machine = probe.ThisMachine()
    (tmp_path / "there").touch()
    assert machine.file(["/nowhere/at/all", str(tmp_path / "there")]) == str(tmp_path / "there")
    assert machine.program(["no-such-program-here"]) is None
    assert machine.library(["libno-such-library.so.0"]) is None


@pytest.fixture
def lacking_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ThisMachine", lambda: Fake("node"))
    monkeypatch.setattr(requirements, "ThisMachine", lambda: Fake("node"))


@pytest.mark.usefixtures("lacking_node")
def test_doctor_shows_all_and_fails_only_for_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "  found    Pango 1.50.0: libpango-1.0-0\n" in said
    assert "  missing  Node is missing: Ace checks the EPUB in it.\n" in said
    assert said.endswith("\nNothing needed is missing.\n")
    assert main(["doctor", "--for", "tests"]) == 1
    assert capsys.readouterr().out.endswith(
        "\nMissing here: 1.\nInstall: apt-get install nodejs · dnf install nodejs · brew install node\n"
    )


@pytest.mark.usefixtures("lacking_node")
def test_doctor_as_data_and_as_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--format", "json"]) == 0
    data = {piece["name"]: piece for piece in json.loads(capsys.readouterr().out)}
    assert data["node"]["found"] is None and data["node"]["install"]["apt"] == "apt-get install nodejs"
    assert data["pango"] == data["pango"] | {"found": "libpango-1.0-0", "version": "1.50.0", "message": ""}
    assert main(["doctor", "--for", "tests", "--missing", "apt"]) == 1
    assert capsys.readouterr().out == "nodejs\n"
