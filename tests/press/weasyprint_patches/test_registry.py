"""A patch that does not fit what is installed is named in one line, and nothing of it is left after its block."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from factpress.press.weasyprint_patches import registry
from factpress.press.weasyprint_patches.registry import BOX_NAMES, BOXES, PATCHES, Patch, Stage, Target, applied, verify
from factpress.problems import ToolError

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def unverified() -> None:
    verify.cache_clear()


def message() -> str:
    with pytest.raises(ToolError) as caught:
        verify()
    assert "\n" not in str(caught.value)
    assert "pip install" in caught.value.hint
    return str(caught.value)


def test_all_patches_fit_what_is_installed() -> None:
    verify()


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_each_patch_has_a_test_that_says_when_it_is_not_needed(patch: Patch) -> None:
    file, _, name = patch.still_needed.partition("::")
    functions = [
        node for node in ast.parse((HERE / file).read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
    ]
    (test,) = (node for node in functions if node.name == name)
    assert f'switch_off(monkeypatch, "{patch.name}")' in ast.unparse(test).replace("'", '"')


@pytest.mark.parametrize("target", sorted({t.name for p in PATCHES for t in (*p.targets, *p.needs)}))
def test_a_target_that_moved_is_named_with_the_patch_and_the_version(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    patch = next(p for p in PATCHES if target in {t.name for t in (*p.targets, *p.needs)})
    found = next(t for t in (*patch.targets, *patch.needs) if t.name == target)
    monkeypatch.delattr(found.owner(), found.attributes[-1])
    said = message()
    # one that stands inside another is missed with it
    assert said.endswith("is not there.") and f"fit {patch.package} {metadata.version(patch.package)}: " in said
    assert "The patch " in said and target.partition(":")[0] in said


def test_a_target_that_is_called_otherwise_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import inline

    def split_first_line(text: str, style: object, more: float) -> None:
        raise AssertionError(text, style, more)

    monkeypatch.setattr(inline, "split_first_line", split_first_line)
    assert "hang_trailing_space" in message()
    assert "weasyprint.layout.inline:split_first_line is called as (text, style, more)" in message()


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_what_is_installed_by_default_is_what_each_patch_is_for(patch: Patch) -> None:
    project = tomllib.loads((HERE.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = (need for need in map(Requirement, project["dependencies"]) if need.name == patch.package)
    since, until = (".".join(map(str, numbers)) for numbers in (patch.since, patch.until))
    assert wanted.specifier == SpecifierSet(f">={since},<{until}")


@pytest.mark.parametrize(
    ("number", "fits"), [("69.9", False), ("70.0", True), ("70.1", True), ("71", False), ("71.0a1", False)]
)
def test_a_weasyprint_of_another_version_is_named(number: str, fits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"weasyprint": number, "pydyf": "0.13.0"}
    monkeypatch.setattr(registry, "version", versions.__getitem__)
    if fits:
        verify()
    else:
        assert message() == (
            f"The patch keep_footnotes_with_calls does not fit weasyprint {number}: "
            "it is for versions from 70 to before 71."
        )


@pytest.mark.parametrize("name", BOX_NAMES)
def test_a_box_that_is_gone_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target(f"{BOXES}:{name}", "")
    monkeypatch.delattr(target.owner(), target.attributes[-1])
    said = message()
    # patches stand on some of the boxes, too
    assert said.endswith(f"{BOXES}:{name} is not there.") or said.startswith("The patch ")


def test_a_module_that_is_gone_is_not_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = replace(PATCHES[0], name="moved", targets=(Target("weasyprint.nowhere:thing", "()"),))
    monkeypatch.setattr(registry, "PATCHES", (moved,))
    assert "The patch moved does not fit weasyprint" in message()


@pytest.mark.parametrize("stage", Stage)
def test_nothing_is_left_after_the_block_even_when_it_fails(stage: Stage) -> None:
    targets = [target for patch in PATCHES for target in patch.targets]
    before = [target.get() for target in targets]
    with pytest.raises(ZeroDivisionError), applied(stage):
        during = [target.get() for target in targets]
        raise ZeroDivisionError
    assert [target.get() for target in targets] == before != during
