"""What is made again: what something that goes into it has changed for, and what is not as it was made."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cleanbook import copy_book, edit
from factpress.build import inputs, publish
from factpress.build.downloads import finished_site
from factpress.build.inputs import digest_of_book, digest_of_inputs, output_names, requested_editions, stale_editions
from factpress.cli.main import main
from factpress.settings import Settings, read_settings

ALL = ("html", "pdf", "epub")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(copy_book(tmp_path / "book"))


def made(settings: Settings, editions: tuple[str, ...] = ALL, outside: tuple[str, ...] = ()) -> None:
    """Publish outputs as a build would, with any content."""
    names = requested_editions(settings, editions)
    outputs = {name: settings.work / name for edition in names for name in output_names(settings, edition)}
    for name, path in outputs.items():
        file = path / "index.html" if name == "html" else path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    went_in = digest_of_inputs(digest_of_book(settings), settings, outside)
    if "html" in outputs:
        outputs["html"] = finished_site(settings, outputs, went_in)
    booklet = publish.output_digest(settings.work / f"{settings.name}.pdf") if "pdf" in editions else ""
    marks = {edition: booklet for edition in inputs.MARKED if edition in editions}
    publish.publish_outputs(settings, outputs, dict.fromkeys(names, went_in), outside, marks)


def stale(settings: Settings, editions: tuple[str, ...] = ALL) -> list[str]:
    now = read_settings(settings.root) if settings.large_print is False else settings
    return stale_editions(now, requested_editions(now, editions), digest_of_book(now))


def test_a_book_that_was_never_built_has_everything_to_make(settings: Settings) -> None:
    assert stale(settings) == list(ALL)


def test_nothing_changed_is_nothing_to_make(settings: Settings) -> None:
    made(settings)
    assert stale(settings) == []
    copy = shutil.copytree(settings.root, settings.root.with_name("another folder"))
    assert stale(read_settings(copy)) == []


def test_an_edition_made_without_the_booklet_names_its_pages_once_that_is_there(settings: Settings) -> None:
    made(settings, ("html",))
    assert stale(settings, ("html",)) == []
    assert inputs.current_booklet(settings, ("html",), digest_of_book(settings)) is None
    assert stale(settings, ("html", "pdf")) == ["html", "pdf"]
    made(settings, ("pdf",))
    assert stale(settings, ("html",)) == ["html"]
    assert inputs.current_booklet(settings, ("html",), digest_of_book(settings)) == settings.build / "arden-bridge.pdf"
    made(settings, ("html", "pdf"))
    assert stale(settings, ("html", "pdf")) == []
    (settings.build / "arden-bridge.pdf").unlink()  # made again, it is the same
    assert stale(settings, ("html", "pdf")) == ["pdf"]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a chapter": lambda root: edit(root, "docs/chapters/02-today.md", "C007", "C006"),
    "the ledger": lambda root: edit(root, "docs/claims/people.yaml", "Karl Novak", "Karla Novak"),
    "the bibliography": lambda root: edit(root, "references.bib", "Notes of a Builder of Bridges", "Notes"),
    "a setting": lambda root: edit(root, "pyproject.toml", 'title = "The Bridge', 'title = "A Bridge'),
    "the date": lambda root: edit(root, "CHANGELOG.md", "2026-11-20", "2026-11-21"),
    "conf.py": lambda root: (root / "docs/conf.py").write_text("extensions = []\n", encoding="utf-8"),
    "a new file": lambda root: (root / "docs/back/new.md").write_text("# New\n", encoding="utf-8"),
    "a removed file": lambda root: (root / "docs/back/claims.md").unlink(),
    "a renamed file": lambda root: (root / "docs/back/claims.md").rename(root / "docs/back/register.md"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_of_the_book_changes_everything_is_made_again(settings: Settings, what: str) -> None:
    made(settings)
    CHANGES[what](settings.root)
    assert stale(settings) == list(ALL)


def test_what_no_edition_shows_changes_nothing(settings: Settings) -> None:
    made(settings)
    for name in ("docs/manual/page.md", "docs/_build/x.html", "README.md", "build/.work/x"):
        (settings.root / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.root / name).write_text("x", encoding="utf-8")
    with (settings.root / "CHANGELOG.md").open("a", encoding="utf-8") as changes:
        changes.write("\nMore about an old change.\n")
    assert stale(settings) == []


def test_an_undone_edit_leaves_nothing_to_make(settings: Settings) -> None:
    made(settings)
    before = (settings.docs / "index.md").read_bytes()
    (settings.docs / "index.md").write_bytes(b"# Other\n")
    assert stale(settings) == list(ALL)
    (settings.docs / "index.md").write_bytes(before)
    assert stale(settings) == []


@pytest.mark.parametrize("name", ["_package_digest", "_packages", "_drawing"])
def test_another_version_of_what_makes_them_makes_all_again(
    settings: Settings, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(settings)
    monkeypatch.setattr(inputs, name, lambda: iter(["another version"]))
    assert stale(settings) == list(ALL)


def test_an_upgraded_package_is_seen_without_importing_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(settings)
    (tmp_path / "weasyprint-71.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert stale(settings) == list(ALL)


def test_only_what_is_missing_or_was_edited_is_made_again(settings: Settings) -> None:
    made(settings)
    (settings.build / "arden-bridge.epub").unlink()
    assert stale(settings) == ["epub"]
    (settings.build / "html" / "index.html").write_text("edited", encoding="utf-8")
    assert stale(settings) == ["html", "epub"]
    (settings.build / "html" / "index.html").write_text("html", encoding="utf-8")
    assert stale(settings) == ["epub"]
    (settings.build / "html" / "more.html").touch()
    assert stale(settings) == ["html", "epub"]
    with (settings.build / "arden-bridge-sheets-letter.pdf").open("ab") as file:
        file.write(b"\0")
    assert stale(settings) == list(ALL)


def test_one_edition_made_alone_leaves_the_others_to_make(settings: Settings) -> None:
    made(settings)
    edit(settings.root, "docs/claims/people.yaml", "Karl Novak", "Karla Novak")
    made(settings, ("pdf",))
    assert stale(settings, ("pdf",)) == []
    assert stale(settings, ("epub",)) == ["epub"]
    assert stale(settings) == ["html", "epub"]


def test_large_print_is_made_when_asked_for_and_then_current(settings: Settings) -> None:
    made(settings)
    large = replace(settings, large_print=True)
    assert stale(large) == ["html", "large-print"]  # the site holds each of the others
    made(large)
    assert stale(large) == [] and stale(settings) == []
    (settings.build / "arden-bridge-large-print.pdf").unlink()
    assert stale(settings) == [] and stale(large) == ["large-print"]
    assert stale(large, ("html",)) == []


def test_a_file_outside_of_docs_that_a_page_includes_counts(settings: Settings) -> None:
    (settings.root / "data").mkdir()
    (settings.root / "data" / "table.csv").write_text("1\n", encoding="utf-8")
    made(settings, outside=("data/table.csv",))
    assert stale(settings) == []
    (settings.root / "data" / "table.csv").write_text("2\n", encoding="utf-8")
    assert stale(settings) == list(ALL)
    (settings.root / "data" / "table.csv").unlink()
    assert stale(settings) == list(ALL)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": 7}', '{"inputs": {"html": "x"}, "outputs": []}'])
def test_a_record_that_cannot_be_read_is_made_again(settings: Settings, text: str) -> None:
    made(settings)
    (settings.build / "editions.json").write_text(text, encoding="utf-8")
    assert stale(settings) == list(ALL)


def test_the_command_says_that_there_is_nothing_to_do_and_loads_no_builder(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(settings)
    monkeypatch.setitem(sys.modules, "factpress.build.editions", None)  # an import of it is an error
    assert main(["--root", str(settings.root), "build"]) == 0
    names = [f"build/{name}" for edition in ALL for name in output_names(settings, edition)]
    assert capsys.readouterr().out == f"Nothing to do: nothing that goes into {', '.join(names)} has changed.\n"
    assert main(["--root", str(settings.root), "build", "--edition", "epub", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"written": [], "unchanged": ["build/arden-bridge.epub"]}
