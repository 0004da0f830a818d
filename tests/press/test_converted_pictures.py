"""Each kind of picture is shown as it is or converted; what cannot be is named by the check in words."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from every_picture import SIZE, write_pictures
from factpress.files.pictures import MAX_PIXELS, bitmap_fault
from factpress.press.pictures import convert_picture
from factpress.problems import FileError

AS_THEY_ARE = {
    "gif-animated.gif", "gif.gif", "jpeg-grey.jpeg", "jpeg-progressive.jpg", "jpeg-rgb.jpg", "png-black-and-white.png",
    "png-grey-transparent.png", "png-interlaced.png", "png-palette-transparent.png", "png-palette.png",
    "png-rgb-16-bit.png", "png-rgb.png", "png-rgba-16-bit.png", "png-transparent.png",
}  # fmt: skip


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    written = write_pictures(tmp_path_factory.mktemp("pictures"))
    del written["drawing.svg"]
    return written


def opened(made: tuple[bytes, str] | None) -> Image.Image:
    assert made
    return Image.open(io.BytesIO(made[0]))


def test_every_kind_can_be_shown(pictures: dict[str, Path]) -> None:
    assert {name: fault for name, file in pictures.items() if (fault := bitmap_fault(file))} == {}


def test_what_all_editions_show_stays_as_it_is_and_the_rest_becomes_such(pictures: dict[str, Path]) -> None:
    assert {name for name, file in pictures.items() if convert_picture(file) is None} == AS_THEY_ARE
    for name in pictures.keys() - AS_THEY_ARE:
        made = convert_picture(pictures[name])
        picture = opened(made)
        kind = "JPEG" if name.startswith("jpeg") else "PNG"
        assert (picture.format, made and made[1]) == (kind, ".jpg" if kind == "JPEG" else ".png"), name
        assert picture.mode in ("L", "LA", "RGB", "RGBA"), name
        assert not {"icc_profile", "exif"} & picture.info.keys(), name
        assert picture.size == (SIZE[::-1] if name == "jpeg-turned.jpg" else SIZE), name


def test_the_same_picture_is_converted_to_the_same_bytes(pictures: dict[str, Path]) -> None:
    for name in pictures.keys() - AS_THEY_ARE:
        assert convert_picture(pictures[name]) == convert_picture(pictures[name]), name


def test_colours_and_transparency_are_those_of_the_picture(pictures: dict[str, Path]) -> None:
    plain = Image.open(pictures["png-rgb.png"])
    for name in ("tiff.tif", "webp.webp", "tiff-cmyk.tiff"):
        assert opened(convert_picture(pictures[name])).tobytes() == plain.tobytes(), name
    clear = Image.open(pictures["png-transparent.png"])
    seen = opened(convert_picture(pictures["webp-transparent.webp"]))
    assert seen.getchannel("A").tobytes() == clear.getchannel("A").tobytes()
    for name in ("png-16-bit.png", "tiff-16-bit.tiff"):
        assert set(opened(convert_picture(pictures[name])).tobytes()) == {40000 // 257}
    left, right = (opened(convert_picture(pictures["jpeg-cmyk.jpg"])).getpixel((x, 12)) for x in (1, 38))
    assert max(left[:2]) < 30 and min(right[:2]) > 225  # type: ignore[index]  # of several channels
    top, foot = (opened(convert_picture(pictures["jpeg-turned.jpg"])).getpixel((12, y)) for y in (1, 38))
    assert max(top[:2]) < 30 and min(foot[:2]) > 225  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data[:-60], "it is damaged"),
        (lambda data: data[:20], "it is damaged"),
        (lambda data: data[:0], "it is not a PNG, JPEG"),
        (lambda data: b"%PDF-1.7\n" + data, "it is not a PNG, JPEG"),
        (lambda data: b"<svg/>" + data, "it is not a PNG, JPEG"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    pictures: dict[str, Path], tmp_path: Path, change: Callable[[bytes], bytes], said: str
) -> None:
    for name in ("png-rgb.png", "jpeg-rgb.jpg", "gif.gif", "webp.webp", "tiff.tif"):
        file = tmp_path / name
        file.write_bytes(change(pictures[name].read_bytes()))
        fault = bitmap_fault(file)
        assert fault.startswith(("it is damaged", "it is not")) and "\n" not in fault, (name, fault)
    assert bitmap_fault(tmp_path / "png-rgb.png").startswith(said)


@pytest.mark.parametrize("name", ["jpeg-cmyk.jpg", "tiff.tif", "webp.webp"])
def test_what_cannot_be_converted_is_an_error_that_names_it(
    pictures: dict[str, Path], tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    file = tmp_path / name
    data = pictures[name].read_bytes()
    file.write_bytes(data[: len(data) // 2])
    with pytest.raises(FileError, match=f"The picture .*{name} cannot be read: "):
        convert_picture(file)
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_numbers_that_are_not_colours_are_refused(tmp_path: Path) -> None:
    Image.new("F", SIZE, 0.5).save(tmp_path / "float.tiff")
    Image.new("I", SIZE, 1 << 20).save(tmp_path / "wide.tiff")
    assert bitmap_fault(tmp_path / "float.tiff") == "its colours are of the kind F"
    assert bitmap_fault(tmp_path / "wide.tiff") == "its colours have more than 16 bits"


def test_a_huge_picture_is_not_decoded(tmp_path: Path) -> None:
    file = tmp_path / "huge.png"
    Image.new("1", (MAX_PIXELS // 1000 + 1, 1000)).save(file)
    assert file.stat().st_size < 100_000
    assert bitmap_fault(file) == f"it has {MAX_PIXELS // 1000 + 1} × 1000 pixels"
