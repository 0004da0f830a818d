"""Pictures that pages show: how large one is, and whether every edition can show it, as it is or converted."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import imagesize

#: formats of Pillow that are read, with the suffixes that say so; SVG is not a bitmap
FORMAT_SUFFIXES = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
}
MAX_PIXELS = 40_000_000  #: more than a page of A4 has at 600 an inch
#: modes of Pillow whose values are colours; "F" has any number for black and white
COLOUR_MODES = {
    "1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "LAB", "HSV",
    "I", "I;16", "I;16B", "I;16L", "I;16N",
}  # fmt: skip


def pixel_size(file: Path) -> tuple[int, int]:
    """Return width and height in pixels as the picture is shown, turned as its EXIF data say; (0, 0) if unknown.

    A drawing (SVG) has no pixels. Only the first bytes are read: opening it whole is what a huge one must not lead to.
    """
    if file.suffix.lower() == ".svg":
        return 0, 0
    width, height = imagesize.get(file)  # (-1, -1) for what it does not know, never an exception
    return max(width, 0), max(height, 0)


def read_drawing_text(file: Path) -> str:
    """Return what an SVG file says; of one that is not plain UTF-8, a text that counts as one that acts."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return "<!not readable"


@contextmanager
def refuse_truncated() -> Iterator[None]:
    """Let Pillow refuse truncated pictures in this block; WeasyPrint sets it to read them as far as they go."""
    from PIL import ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def bitmap_fault(file: Path) -> str:
    """Return why a picture cannot be shown, in words that follow "cannot be shown:"; "" if it can, or is a drawing.

    All of it is decoded, as a picture that breaks off shows only then; what is larger than MAX_PIXELS is not.
    """
    if file.suffix.lower() in (".svg", ".svgz"):
        return ""
    from PIL import Image, UnidentifiedImageError

    try:
        with refuse_truncated(), Image.open(file, formats=tuple(FORMAT_SUFFIXES)) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                return f"it has {width} × {height} pixels"
            if picture.mode not in COLOUR_MODES:
                return f"its colours are of the kind {picture.mode}"
            picture.load()
            highest: Any = picture.getextrema()[1]
            if picture.mode == "I" and highest > 0xFFFF:
                return "its colours have more than 16 bits"
    except UnidentifiedImageError:
        return "it is not a PNG, JPEG, GIF, WebP, TIFF or SVG"
    except Exception as error:  # Pillow's readers raise nearly every kind on damaged data
        reason = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        return f"it is damaged ({reason})"
    return ""
