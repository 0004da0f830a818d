"""The settings of a book are compared with what an edition can be made of, when they are read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cleanbook import copy_book
from factpress.cli.main import main
from factpress.problems import FileError, UsageError
from factpress.settings import find_face, find_root, read_settings

FAULTS = Path(__file__).parent / "faults"


def book(folder: Path, lines: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = (
        f'[project]\nname = "not this one"\n\n[tool.factpress]\ntitle = "A book"\n{lines}\n\n[tool.other]\nname = "x"\n'
    )
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "line",
    [
        'name = "../evil"', 'name = "../../escaped"', 'name = "a/b"', 'name = "a\\\\b"', 'name = ""', 'name = "."',
        'name = ".hidden"', 'name = "a..b"', 'name = "a."', 'name = "CON"', 'name = "nul.x"', 'name = "a b"',
        f'name = "{"x" * 101}"', 'name = "a\\u0000b"', 'name = "-rf"',
        'site = "javascript:alert(1)"', 'site = "//example.org"', 'site = "example.org"', 'site = "https://"',
        'site = "https://a b/"', "site = 'https://a/\"onload='", 'site = "http://[::1"', 'repository = "file:///etc"',
        'licence-url = "CC BY 4.0"', 'site = "https://example.org/<script>"', 'site = "data:text/html,x"',
        'language = "english please"', 'language = "e"', 'language = ""', 'language = "en_GB"',
        'subtitle = "a\\u001b[2Jb"', 'publisher = "a\\nb"', 'publisher = "a\\u202Eb"',
        'subtitle = "a\\u200bb"', 'subtitle = "a\\ufffeb"', 'subtitle = "a\\ufeffb"', 'subtitle = "a\\U000E0041b"',
        'publisher = "a\\u2066b\\u2069"', 'publisher = "a\\u0085b"',
        "approvals = 0", "approvals-disputed = -1", "review-max-age-days = 0", 'subjects = ["a\\u0007"]',
        'faces = ["matplotlib"]', 'faces = ["font-of-nobody:a.otf"]', 'faces = ["matplotlib:../six.ttf"]',
        'faces = ["matplotlib:mpl-data/fonts/ttf/../ttf/DejaVuSans.ttf"]', 'faces = ["matplotlib:pyplot.py"]',
        'faces = ["matplotlib:mpl-data/fonts/ttf/Nobody.ttf"]', 'faces = ["/etc:a.ttf"]',
    ],
)  # fmt: skip
def test_a_value_that_no_edition_could_be_made_with_is_refused_at_its_line(tmp_path: Path, line: str) -> None:
    name = line.partition(" ")[0]
    with pytest.raises(UsageError, match=rf"^pyproject\.toml:6: {name} is ") as refused:
        read_settings(book(tmp_path, line))
    assert "\x1b" not in str(refused.value) and refused.value.hint


@pytest.mark.parametrize(
    "line",
    [
        'name = "korean-war-alliances"', 'name = "b_2.1"', 'name = "책"', 'site = ""', 'site = "https://example.org/a/"',
        'site = "http://localhost:8000"', 'repository = "https://example.org/~a/b?c=d#e"', 'language = "pt-BR"',
        'language = "ko"', "approvals = 3", 'subtitle = "می\u200cخواهم, 한국, Łódź"',
        "large-print = true", 'subtitle = ""', "subjects = []", "faces = []",
        'faces = ["matplotlib:mpl-data/fonts/ttf/DejaVuSans.ttf"]',
        'faces = ["font-source-sans-pro:font_source_sans_pro/files/SourceSansPro-It.otf"]',
    ],
)  # fmt: skip
def test_what_a_publisher_may_want_is_taken(tmp_path: Path, line: str) -> None:
    read_settings(book(tmp_path, line))


def test_a_byte_order_mark_is_read_as_what_it_is(tmp_path: Path) -> None:
    file = book(tmp_path, 'subtitle = "x"') / "pyproject.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_settings(find_root(tmp_path)).subtitle == "x"


@pytest.mark.parametrize("line", ["approvals = true", 'approvals = "2"', "title = 7", "subjects = [1]"])
def test_another_type_is_refused_at_its_line(tmp_path: Path, line: str) -> None:
    text = line if not line.startswith("title") else ""
    folder = book(tmp_path, text)
    if not text:
        path = folder / "pyproject.toml"
        path.write_text(path.read_text("utf-8").replace('title = "A book"', line), encoding="utf-8")
    with pytest.raises(UsageError, match=r"^pyproject\.toml:[56]: [\w-]+ must be a "):
        read_settings(folder)


def test_an_unknown_setting_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^pyproject\.toml:6: .*'nam'"):
        read_settings(book(tmp_path, 'nam = "x"'))


def test_a_line_is_found_however_the_setting_is_written(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('tool.factpress.title = "A"\ntool.factpress.name = "../x"\n', "utf-8")
    with pytest.raises(UsageError, match=r"^pyproject\.toml:2: name"):
        read_settings(tmp_path)


def test_a_build_with_such_a_name_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_book(tmp_path / "a" / "book")
    shutil.copy(FAULTS / "control-settings-name-pyproject.toml", root / "pyproject.toml")
    before = sorted(tmp_path.rglob("*"))
    assert main(["--root", str(root), "build"]) == 2
    assert capsys.readouterr().err.startswith("factpress: pyproject.toml:2: name is '../../escaped', but must be")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.factpress\n")
    with pytest.raises(FileError, match=r"line 1"):
        find_root(tmp_path)


def test_a_face_in_a_package_is_found_without_running_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "evil_faces" / "inner" / "a.ttf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    for folder in (file.parent, file.parent.parent):
        (folder / "__init__.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert find_face("evil_faces:inner/a.ttf") == find_face("evil_faces.inner:a.ttf") == file
