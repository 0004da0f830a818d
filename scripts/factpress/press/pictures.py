"""Bitmaps as every edition can show them: eight bits, grey or RGB, upright, in a format of print and EPUB.

PDF/A-3 allows DeviceCMYK only with an output intent for it (ISO 19005-3, 6.2.4.3), EPUB has neither TIFF nor a way to
say that a picture is turned, and WeasyPrint 70 stops at grey of 16 bits.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from factpress.files.pictures import FORMAT_SUFFIXES, refuse_truncated
from factpress.problems import FileError

KEPT_FORMATS = ("PNG", "JPEG", "GIF")
KEPT_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
ORIENTATION = 0x0112  #: the EXIF tag that says how a picture is turned; 1: not at all
QUALITY = 95  #: of a JPEG that is made from another one


def convert_picture(file: Path) -> tuple[bytes, str] | None:
    """Return a picture as every edition can show it, and the suffix of its name; None if it is so already.

    What was a JPEG stays one; anything else becomes a PNG, without loss but for a second eight bits and all frames
    after the first. Colours are those of sRGB.

    Raises:
        FileError: it cannot be read; `check` has said so before.
    """
    from PIL import Image

    try:
        with refuse_truncated(), Image.open(file, formats=tuple(FORMAT_SUFFIXES)) as picture:
            kind = "JPEG" if picture.format == "MPO" else str(picture.format)
            upright = picture.getexif().get(ORIENTATION, 1) == 1
            if kind in KEPT_FORMATS and picture.mode in KEPT_MODES and upright and _is_srgb(picture):
                named = file.suffix.lower() in FORMAT_SUFFIXES[kind]
                return None if named else (file.read_bytes(), FORMAT_SUFFIXES[kind][0])
            return _saved(_plain(picture), "JPEG" if kind == "JPEG" else "PNG")
    except Exception as error:  # Pillow's readers raise nearly every kind on damaged data
        reason = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise FileError(f"The picture {file} cannot be read: {reason}.", "See what `factpress check` says.") from error


def _is_srgb(picture: Any) -> bool:
    """Return whether a picture's numbers are colours of sRGB; without a profile they are taken for that."""
    profile = picture.info.get("icc_profile")
    return not profile or picture.mode == "P" or b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile


def _plain(picture: Any) -> Any:
    """Return the picture upright, in grey or RGB of eight bits, with its transparency."""
    from PIL import ImageOps

    image = ImageOps.exif_transpose(picture)
    if image.mode.startswith("I"):  # grey of 16 bits
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if not _is_srgb(picture) and (in_srgb := _in_srgb(image, picture.info["icc_profile"])) is not None:
        return in_srgb
    if image.mode in ("P", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("LA" if image.mode == "La" else "RGBA")
    return image if image.mode in KEPT_MODES else image.convert("RGB")


def _in_srgb(image: Any, profile: bytes) -> Any:
    """Return an image of another colour space in sRGB; None if its profile cannot be used."""
    from PIL import Image, ImageCms

    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    opaque = image.convert(image.mode[:-1]) if alpha else image
    mode = "L" if opaque.mode == "L" else "RGB"
    try:
        source, target = ImageCms.getOpenProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        plain = ImageCms.profileToProfile(opaque, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    if plain is None:
        return None
    plain = plain.convert(mode)
    return Image.merge(f"{mode}A", (*plain.split(), alpha)) if alpha else plain


def _saved(image: Any, kind: str) -> tuple[bytes, str]:
    image.info.clear()  # no profile, place or date of the camera
    out = io.BytesIO()
    if kind == "JPEG":
        image.save(out, "JPEG", quality=QUALITY, subsampling=0, exif=b"")
    else:
        image.save(out, "PNG", compress_level=9)
    return out.getvalue(), FORMAT_SUFFIXES[kind][0]
