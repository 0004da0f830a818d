"""Pictures of every kind that a person may put into a chapter: all editions show them, and stay valid."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from judges import epubcheck, vera
from PIL import Image
from published import Editions

from cleanbook import CLEAN, edit
from every_picture import write_pictures

FORMATS = {("PNG", ".png"), ("JPEG", ".jpg"), ("JPEG", ".jpeg"), ("GIF", ".gif")}
CHAPTER, PLACE = "docs/chapters/02-today.md", "## What the sources say\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, build: Callable[..., Editions]) -> Editions:
    root = Path(shutil.copytree(CLEAN, tmp_path_factory.mktemp("pictures") / "source"))
    names = write_pictures(root / "docs" / "pictures")
    shown = "".join(f"{{.connective}}\n![The picture called {name}](../pictures/{name})\n\n" for name in names)
    edit(root, CHAPTER, PLACE, shown + PLACE)
    return build("a book of pictures", source=root)


def test_the_pdf_is_valid_and_has_no_cmyk(book: Editions) -> None:
    failed, checks = vera(book.book.file, "PDFUA-1", "PDFA-3A")
    assert not failed
    assert min(checks.values()) > 1_000
    with pikepdf.open(book.book.file) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        spaces = {str(item.ColorSpace) for item in streams if "/ColorSpace" in item}
    assert spaces == {"/DeviceRGB", "/DeviceGray"}


def test_the_epub_is_valid_and_the_web_shows_what_it_shows(book: Editions, tmp_path: Path) -> None:
    assert not epubcheck(book.epub.file, tmp_path / "report.json")
    folder = book.root / "build" / "html" / "_images"
    pictures = {file.name: file for file in folder.iterdir() if file.suffix != ".svg"}
    assert len(pictures) == 27
    for name, file in pictures.items():
        with Image.open(io.BytesIO(file.read_bytes())) as picture:
            assert (picture.format, file.suffix) in FORMATS, name
            assert picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA"), name
            assert picture.getexif().get(0x0112, 1) == 1, name


def test_two_pictures_of_one_name_stay_two_and_an_edited_one_is_shown(
    tmp_path_factory: pytest.TempPathFactory, build: Callable[..., Editions]
) -> None:
    root = Path(shutil.copytree(CLEAN, tmp_path_factory.mktemp("same-name") / "source"))
    for folder, colour in (("a", "red"), ("b", "blue")):
        (root / "docs" / "pictures" / folder).mkdir(parents=True)
        Image.new("RGB", (8, 8), colour).save(root / "docs" / "pictures" / folder / "x.tiff")
    shown = "".join(f"{{.connective}}\n![The {folder}](../pictures/{folder}/x.tiff)\n\n" for folder in "ab")
    edit(root, CHAPTER, PLACE, shown + PLACE)
    made = build("a book", "--edition", "html", source=root)
    images = made.root / "build" / "html" / "_images"

    def colours() -> list[object]:
        return sorted(Image.open(file).getpixel((4, 4)) for file in images.glob("x*"))  # type: ignore[type-var]

    assert colours() == [(0, 0, 255), (255, 0, 0)]
    Image.new("RGB", (8, 8), (0, 128, 0)).save(made.root / "docs" / "pictures" / "a" / "x.tiff")
    subprocess.run([sys.executable, "-m", "factpress", "build", "--edition", "html"], cwd=made.root, check=True)
    assert colours() == [(0, 0, 255), (0, 128, 0)]
