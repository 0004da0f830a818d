"""One font subset a face: each part of a book comes with its own, and a book of many parts with as many of each.

The parts number glyphs as the font file does, so what they show stays as it is when their subsets are one.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import fontTools
import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from factpress.files.atomic import write_atomically

FACE_RULE = re.compile(r'@font-face\{font-family:"([^"]+)";font-weight:(\d+);font-style:(\w+);.*?src:url\("([^"]+)"\)')
#: how Pango names weights, as far as faces of books have them
WEIGHT_NAMES = {100: "Thin", 200: "Ultra-Light", 300: "Light", 400: "", 500: "Medium", 600: "Semi-Bold", 700: "Bold",
                800: "Ultra-Bold", 900: "Heavy"}  # fmt: skip
SUBSET = ".subset"  #: ends the name of a cached subset
BFCHAR = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")


def face_files(style_sheet: Path) -> dict[str, Path]:
    """Return the font files of the faces that a style sheet of ours declares, by the names that fonts get in a PDF."""
    files: dict[str, Path] = {}
    for family, weight, style, url in FACE_RULE.findall(style_sheet.read_text(encoding="utf-8")):
        words = [family.replace(" ", "-"), WEIGHT_NAMES.get(int(weight), ""), "Italic" if style == "italic" else ""]
        files["-".join(filter(None, words))] = style_sheet.parent / url
    return files


def share_fonts(pdf: Pdf, files: Mapping[str, Path], cache: Path) -> None:
    """Let all fonts of one face be one, with the glyphs of all; one whose file is not known stays as it is.

    `cache` is a folder for the subsets, which the next time can take over.
    """
    fonts = [item for item in pdf.objects if _is_composite(item)]
    by_face: dict[str, list[Object]] = defaultdict(list)
    for font in fonts:
        by_face[str(font.BaseFont).lstrip("/").partition("+")[2]].append(font)
    merged: dict[tuple[int, int], Object] = {}
    kept: set[Path] = set()
    for name, group in sorted(by_face.items()):
        if len(group) > 1 and name in files:
            one = _merge(pdf, group, files[name], cache, kept)
            merged |= {font.objgen: one for font in group}
    for old in set(cache.glob(f"*{SUBSET}")) - kept:
        old.unlink()
    for used in _font_dictionaries(pdf):
        for key, font in list(used.items()):
            if font.objgen in merged:
                used[key] = merged[font.objgen]


def _is_composite(item: Object) -> bool:
    return isinstance(item, Dictionary) and item.get("/Type") == Name.Font and item.get("/Subtype") == Name.Type0


def _font_dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Yield the font resources of pages, forms and patterns."""
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            resources = item.get("/Resources")
            for holder in (item, resources):
                if isinstance(holder, Dictionary | Stream) and isinstance(holder.get("/Font"), Dictionary):
                    yield holder.Font


def _merge(pdf: Pdf, fonts: list[Object], file: Path, cache: Path, kept: set[Path]) -> Object:
    """Return the first of the fonts, with the widths, texts and glyphs of all."""
    widths: dict[int, Any] = {}
    texts: dict[int, bytes] = {}
    for font in fonts:
        widths |= _widths(font.DescendantFonts[0].W)
        texts |= {int(code, 16): text for code, text in BFCHAR.findall(font.ToUnicode.read_bytes())}
    first, descendant = fonts[0], fonts[0].DescendantFonts[0]
    descendant.W = Array([part for code in sorted(widths) for part in (code, Array([widths[code]]))])
    first.ToUnicode = _stream(pdf, _cmap(texts))
    descriptor = descendant.FontDescriptor
    key = next(key for key in ("/FontFile3", "/FontFile2") if key in descriptor)
    data = _subset(file.read_bytes(), {*texts, *widths}, cache, kept)
    entries = {"/Subtype": descriptor[key].Subtype} if "/Subtype" in descriptor[key] else {"/Length1": len(data)}
    descriptor[key] = _stream(pdf, data, **entries)
    return first


def _subset(face: bytes, glyphs: set[int], cache: Path, kept: set[Path]) -> bytes:
    """Return a font file with these glyphs alone, under the numbers that they have in the whole one."""
    name = hashlib.sha256(face + repr((sorted(glyphs), fontTools.version)).encode()).hexdigest()[:24]
    cached = cache / f"{name}{SUBSET}"
    kept.add(cached)
    if cached.is_file() and (data := cached.read_bytes()):
        return data
    options = subset.Options(retain_gids=True, hinting=False, desubroutinize=True, notdef_outline=True)
    options.layout_features, options.recalc_timestamp = [], False
    options.drop_tables += ["GSUB", "GPOS", "BASE", "DSIG"]
    font = TTFont(io.BytesIO(face), recalcTimestamp=False, lazy=True)
    count = font["maxp"].numGlyphs
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=[glyph for glyph in sorted(glyphs) if glyph < count])
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    write_atomically(cached, out.getvalue())
    return out.getvalue()


def _stream(pdf: Pdf, data: bytes, **entries: Any) -> Stream:
    made = pikepdf.Stream(pdf, b"")
    made.write(zlib.compress(data, 9), filter=Name.FlateDecode)
    for key, value in entries.items():
        made[key] = value
    return made


def _widths(array: Object) -> dict[int, Any]:
    """Return the width of each glyph of a W array (ISO 32000-2, 9.7.4.3)."""
    widths: dict[int, Any] = {}
    parts = list(array)  # type: ignore[call-overload]  # an array
    while parts:
        first, second = int(parts.pop(0)), parts.pop(0)
        if isinstance(second, Array):
            widths |= dict(enumerate(list(second), first))  # type: ignore[call-overload]
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), parts.pop(0))
    return widths


def _cmap(texts: Mapping[int, bytes]) -> bytes:
    """Return the map from glyphs to text that copying and reading aloud go by."""
    items = sorted(texts.items())
    blocks: Iterable[list[tuple[int, bytes]]] = (items[at : at + 100] for at in range(0, len(items), 100))
    lines = [
        b"/CIDInit /ProcSet findresource begin", b"12 dict begin", b"begincmap", b"/CIDSystemInfo",
        b"<< /Registry (Adobe)", b"/Ordering (UCS)", b"/Supplement 0", b">> def", b"/CMapName /Adobe-Identity-UCS def",
        b"/CMapType 2 def", b"1 begincodespacerange", b"<0000> <ffff>", b"endcodespacerange",
    ]  # fmt: skip
    for block in blocks:
        lines += [b"%d beginbfchar" % len(block), *(b"<%04x> <%s>" % item for item in block), b"endbfchar"]
    return b"\n".join([*lines, b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end"])
