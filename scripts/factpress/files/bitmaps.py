"""Bitmaps that pages show: whether every edition can show one, as it is or converted."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: formats of Pillow that are read, with the suffixes that say so; SVG is not a bitmap
SUFFIXES = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "TIFF": (".tif", ".tiff"),
}
MAX_PIXELS = 40_000_000  #: more than a page of A4 has at 600 an inch
#: modes of Pillow whose values are colours; "F" has any number for black and white
MODES = {
    "1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "LAB", "HSV",
    "I", "I;16", "I;16B", "I;16L", "I;16N",
}  # fmt: skip


@contextmanager
def strictly() -> Iterator[None]:
    """Read pictures, in this block, whole or not at all; WeasyPrint lets Pillow read what breaks off."""
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
        with strictly(), Image.open(file, formats=tuple(SUFFIXES)) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                return f"it has {width} × {height} pixels"
            if picture.mode not in MODES:
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
