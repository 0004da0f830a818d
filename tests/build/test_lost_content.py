"""What a page loses on the way to an edition is a problem with file and line, and nothing is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanbook import copy_book
from factpress.cli.main import main

PAGE = "docs/back/references.md"
LOST = {
    "an unknown directive": "```{nonsense} x\nlost\n```",
    "an unknown role": "Text {nonsense}`lost` text.",
    "a target that is nowhere": "See [the place](#nowhere-at-all).",
    "a page that is nowhere": "See {doc}`nowhere`.",
    "an include that is missing": "```{include} nowhere.md\n```",
    "a picture that is missing": "![A plan](nowhere.png)",
    "a heading that skips a level": "#### Too deep",
    "a term that is nowhere": "See {ref}`nowhere`.",
}


def build(root: Path, *words: str) -> int:
    return main(["--root", str(root), "build", "--edition", "html", *words])


@pytest.mark.parametrize("what", LOST)
def test_it_is_a_problem_each_time_and_nothing_is_published(
    tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_book(tmp_path / "book")
    page = root / PAGE
    lines = page.read_text(encoding="utf-8").splitlines()
    page.write_text("\n".join([*lines, "", LOST[what], ""]), encoding="utf-8")
    for _ in range(2):  # what was read before is not taken over in silence
        assert build(root) == 1
        out, err = capsys.readouterr()
        assert out.startswith(f"{PAGE}:") and "WARNING" not in out and str(root) not in out, out
        places = [line.partition(": ")[0] for line in out.splitlines() if line.startswith("docs/")]
        assert len(places) == len(set(places)), out
        assert "\x1b" not in out + err and "Traceback" not in err
        assert err.splitlines()[-1].startswith("factpress: ") and "the build." in err
        assert not (root / "build" / "html").exists()
    page.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert build(root) == 0


def test_what_conf_py_suppresses_is_not_held_against_the_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_book(tmp_path / "book")
    with (root / "docs" / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nhtml_context = {'now': lambda: 1}\n")  # Sphinx warns that it cannot keep a function
    assert build(root) == 1
    assert "cannot cache" in capsys.readouterr().out
    with (root / "docs" / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('\nsuppress_warnings = ["config.cache"]\n')
    assert build(root) == 0, capsys.readouterr()


def test_a_mistake_in_conf_py_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_book(tmp_path / "book")
    with (root / "docs" / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nhtml_static_path = ['nowhere']\n")
    assert build(root) == 1
    assert capsys.readouterr().out.startswith("docs/conf.py: sphinx-warning: ")
