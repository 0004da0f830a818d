"""The versions of everything that draws: with another version of one of them, a page may be laid out differently."""

from __future__ import annotations

import ctypes
import ctypes.util
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from factpress.press.fonts import FACES

#: distributions that lay out, draw, hyphenate, cut fonts or write PDF
PACKAGES = (
    "weasyprint", "pydyf", "pikepdf", "pyphen", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "brotli",
    "pillow", "pypdfium2", "segno",
)  # fmt: skip
#: names under which WeasyPrint looks for each native library (weasyprint/text/ffi.py), on Linux, macOS and Windows
NATIVE = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "pango-1.0"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "harfbuzz"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig"),
}


@cache
def drawing_versions() -> dict[str, str]:
    """Return the version of each package and native library that draws, "" of one that is missing.

    WeasyPrint itself, which takes most of a second to load, is not imported: the libraries are asked directly.
    """
    fonts = sorted({face.distribution for face in FACES} - {"factpress"})
    versions = {name: _installed(name) for name in (*PACKAGES, *fonts)}
    return versions | {
        "pango": _pango(),
        "harfbuzz": _harfbuzz(),
        "fontconfig": _fontconfig(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _pango() -> str:
    library = _library("pango")
    if library is None:
        return ""
    library.pango_version_string.restype = ctypes.c_char_p
    return bytes(library.pango_version_string()).decode()


def _harfbuzz() -> str:
    library = _library("harfbuzz")
    if library is None:
        return ""
    library.hb_version_string.restype = ctypes.c_char_p
    return bytes(library.hb_version_string()).decode()


def _fontconfig() -> str:
    library = _library("fontconfig")
    return str(library.FcGetVersion()) if library is not None else ""


def _library(name: str) -> ctypes.CDLL | None:
    for file in NATIVE[name]:
        try:
            return ctypes.CDLL(file)
        except OSError:
            path = ctypes.util.find_library(file)
            if path:
                return ctypes.CDLL(path)
    return None
