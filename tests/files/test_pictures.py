"""The size of a bitmap is read from its head."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from factpress.files.pictures import pixels


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG", "WEBP", "TIFF"])
def test_the_size_is_that_of_the_picture(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    Image.new("RGB", (321, 45)).save(file, kind)
    assert pixels(file) == (321, 45)
    file.write_bytes(file.read_bytes()[:9])
    assert pixels(file) == (0, 0)


def test_a_photograph_that_is_turned_has_the_size_that_is_shown(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # Orientation
    Image.new("RGB", (321, 45)).save(tmp_path / "picture.jpg", exif=turned)
    assert pixels(tmp_path / "picture.jpg") == (45, 321)


def test_what_is_no_bitmap_has_no_size(tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    file.write_text("<svg/>", encoding="utf-8")
    assert pixels(file) == (0, 0)
