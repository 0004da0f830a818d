"""How large a picture is, from its first bytes: opening it whole is what a huge one must not lead to."""

from __future__ import annotations

from pathlib import Path

import imagesize


def pixels(file: Path) -> tuple[int, int]:
    """Return width and height in pixels as the picture is shown, turned as its EXIF data say; (0, 0) if unknown.

    A drawing (SVG) has no pixels.
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
