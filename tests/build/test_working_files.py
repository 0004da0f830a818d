"""What the last build left is taken over only as it was left; anything else is made again, with the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cleanbook import copy_book, edit
from factpress.build import working_files
from factpress.build.publish import output_digest
from factpress.cli.main import main
from factpress.settings import Settings


def build(root: Path, *words: str) -> str:
    """Build the web site and return its digest."""
    assert main(["--root", str(root), "build", "--edition", "html", *words]) == 0
    return output_digest(root / "build" / "html")


def change(root: Path) -> None:
    page = root / "docs" / "chapters" / "02-today.md"
    page.write_text(page.read_text(encoding="utf-8").replace("# ", "# Quagga ", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_book(tmp_path_factory.mktemp("working") / "book")
    build(root)
    return root


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the digest of the changed book, built from nothing."""
    root = copy_book(tmp_path_factory.mktemp("clean") / "book")
    change(root)
    return build(root)


@pytest.mark.parametrize("content", [b"", b"\0\1cut"], ids=["empty", "garbage"])
@pytest.mark.parametrize(
    "pattern",
    ["html/.buildinfo", "doctrees/environment.pickle", "doctrees/chapters/*.doctree", "doctrees/written-*.json",
     "html/index.html", "html/search-records.js", "html/_static/faces.css", "manifest.json"],
)  # fmt: skip
def test_a_file_that_was_cut_is_made_again(
    built: Path, clean: str, tmp_path: Path, pattern: str, content: bytes
) -> None:
    root = tmp_path / "book"
    shutil.copytree(built, root)
    files = list((root / "build" / ".work").glob(pattern))
    assert files
    for file in files:
        file.write_bytes(content)
    change(root)
    assert build(root) == clean


def test_a_file_that_is_gone_or_new_is_seen(built: Path, clean: str, tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(built, root)
    html = root / "build" / ".work" / "html"
    (html / "chapters" / "01-building.html").unlink()
    (html / "not-ours.html").touch()
    change(root)
    assert build(root) == clean


def test_a_build_that_did_not_end_leaves_nothing_for_the_next(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path)
    assert not working_files.begin_build(settings, "tools")  # nothing is there
    page = settings.work / "html" / "index.html"
    part = settings.work / "pdf" / "parts" / "x.pdf"
    for file in (page, part):
        file.parent.mkdir(parents=True)
        file.write_text("x", encoding="utf-8")
    working_files.finish_build(settings, "tools")
    assert working_files.begin_build(settings, "tools")
    assert page.exists()
    working_files.finish_build(settings, "tools")
    assert not working_files.begin_build(settings, "tools of another version")
    assert not page.exists() and part.exists()
    page.touch()
    working_files.finish_build(settings, "tools")
    assert not working_files.begin_build(replace(settings, title="Other"), "tools")
    assert not page.exists() and part.exists()
    page.touch()
    # killed here: it never came to finish()
    assert not working_files.begin_build(settings, "tools")
    assert not page.exists() and part.exists()


def test_what_no_page_or_setting_brings_any_more_is_gone(tmp_path: Path) -> None:
    root = copy_book(tmp_path / "book")
    clean = build(root)
    conf, page = root / "docs" / "conf.py", root / "docs" / "back" / "references.md"
    before = {file: file.read_bytes() for file in (conf, page)}
    (root / "docs" / "_static").mkdir()
    (root / "docs" / "_static" / "more.css").touch()
    conf.write_bytes(before[conf] + b"\nhtml_static_path = ['_static']\n")
    build(root)
    assert (root / "build" / "html" / "_static" / "more.css").exists()
    shutil.rmtree(root / "docs" / "_static")
    for file, content in before.items():
        file.write_bytes(content)
    assert build(root) == clean


def test_a_folder_that_leads_elsewhere_is_not_cleared(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "keep.txt").touch()
    settings.work.mkdir(parents=True)
    (settings.work / "html").symlink_to(elsewhere)
    assert not working_files.begin_build(settings, "tools")
    assert (elsewhere / "keep.txt").exists()


def test_each_book_of_a_process_has_its_own_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, date in (("one", "2027-03-04"), ("two", "2026-12-24"), ("three", "2027-03-04")):
        root = copy_book(tmp_path / name)
        edit(root, "CHANGELOG.md", "2026-11-20", date)
        assert main(["--root", str(root), "build", "--edition", "epub"]) == 0
        with zipfile.ZipFile(root / "build" / "arden-bridge.epub") as epub:
            assert {entry.date_time[:3] for entry in epub.infolist()} == {tuple(map(int, date.split("-")))}
            assert f"{date}T00:00:00Z" in epub.read("content.opf").decode()
        assert json.loads((root / "build" / "editions.json").read_text(encoding="utf-8"))["date"] == date
        assert "SOURCE_DATE_EPOCH" not in os.environ
