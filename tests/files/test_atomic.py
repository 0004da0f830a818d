from pathlib import Path

import pytest

from factpress.files.atomic import write_atomically
from factpress.problems import FileError


def test_writes_text_as_utf8_with_its_line_ends_and_makes_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "new" / "text.txt"
    write_atomically(file, "¶ one\r\ntwo\n")
    assert file.read_bytes() == "¶ one\r\ntwo\n".encode()
    assert file.stat().st_mode & 0o777 == 0o644


def test_keeps_the_mode_of_the_file_it_replaces(tmp_path: Path) -> None:
    file = tmp_path / "run.sh"
    file.write_text("old")
    file.chmod(0o755)
    write_atomically(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o755)


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FileError, match=r"book\.pdf cannot be written: No space left"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_in_the_place_of_the_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(FileError, match="out cannot be written"):
        write_atomically(tmp_path / "out", b"x")
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]
