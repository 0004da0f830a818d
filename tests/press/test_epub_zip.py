import os
import zipfile
from pathlib import Path

import pytest

from factpress.press.epub_zip import MIMETYPE, pack_epub
from factpress.problems import FileError

WHEN = 1795392000  # 23 November 2026


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "epub"
    (folder / "META-INF").mkdir(parents=True)
    (folder / "z.xhtml").write_text("<html/>" * 99, encoding="utf-8")
    (folder / "META-INF" / "container.xml").write_text("<container/>", encoding="utf-8")
    (folder / "mimetype").write_bytes(MIMETYPE)
    return folder


def test_mimetype_is_first_and_stored_and_the_rest_is_sorted(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.epub"
    pack_epub(book, out, when=WHEN)
    assert out.read_bytes()[30:58] == b"mimetype" + MIMETYPE
    with zipfile.ZipFile(out) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert [entry.filename for entry in entries] == ["mimetype", "META-INF/container.xml", "z.xhtml"]
    assert {entry.date_time for entry in entries} == {(2026, 11, 23, 0, 0, 0)}
    assert [entry.compress_type for entry in entries] == [zipfile.ZIP_STORED, *[zipfile.ZIP_DEFLATED] * 2]


def test_times_and_modes_of_the_files_do_not_matter(book: Path, tmp_path: Path) -> None:
    pack_epub(book, tmp_path / "a.epub", when=WHEN)
    for file in book.rglob("*"):
        os.utime(file, (1, 1))
    (book / "z.xhtml").chmod(0o600)
    pack_epub(book, tmp_path / "b.epub", when=WHEN)
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()


def test_only_the_named_files_are_packed(book: Path, tmp_path: Path) -> None:
    pack_epub(book, tmp_path / "a.epub", when=WHEN, names=["z.xhtml", "mimetype"])
    assert zipfile.ZipFile(tmp_path / "a.epub").namelist() == ["mimetype", "z.xhtml"]


@pytest.mark.parametrize(("when", "year"), [(0, 1980), (2**40, 2107)])
def test_times_that_a_zip_cannot_say_are_the_nearest_it_can(book: Path, tmp_path: Path, when: int, year: int) -> None:
    pack_epub(book, tmp_path / "a.epub", when=when)
    assert zipfile.ZipFile(tmp_path / "a.epub").infolist()[0].date_time[0] == year


def test_what_is_not_an_epub_is_refused_and_nothing_is_written(book: Path, tmp_path: Path) -> None:
    (book / "mimetype").unlink()
    for call in (
        lambda: pack_epub(book, tmp_path / "a.epub", when=WHEN),
        lambda: pack_epub(book, tmp_path / "a.epub", when=WHEN, names=["gone.xhtml"]),
    ):
        with pytest.raises(FileError):
            call()
    assert not (tmp_path / "a.epub").exists()
