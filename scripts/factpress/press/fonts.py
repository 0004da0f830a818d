"""The faces of the book, found in pinned packages, so that no edition depends on a machine's fonts."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factpress.files.atomic import write_atomically
from factpress.problems import FileError, ToolError
from factpress.settings import find_face

SERIF, SANS, MARKS, HAN = "Source Serif Pro", "Source Sans Pro", "Factpress Marks", "Factpress Han"
UPRIGHT, BOTH = ("normal",), ("normal", "italic")

# What the Source families lack or draw unlike DejaVu; – ? ! ¶ → are theirs, and stay in the style of the text.
MARK_RANGE = "U+21A9, U+21BB, U+2248, U+2260, U+232B, U+25A0-25FF, U+2713, U+2717"
SPACES = "U+20, U+A0, U+2009, U+200A, U+202F"
TEXT_RANGE = (
    "U+20-7E, U+A0-17F, U+218-21B, U+2C6-2DD, U+300-304, U+306-30C, U+327, U+2002-2011, U+2013-2026, U+202F-203A, "
    "U+2044, U+2070-2094, U+20A9, U+20AC, U+2116, U+2122, U+2153-215E, U+2190-2193, U+2212, U+221E, U+2248, "
    "U+2260-2265"
)
#: of these, what nearly every page is set in: a browser loads the rest where a page has a character of it
WESTERN_RANGE = "U+20-7E, U+A0-FF, U+2002-2011, U+2013-2026, U+202F-203A, U+2190-2193"
DIGITS = "U+30-39"
FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "smcp", "onum", "lnum", "tnum", "pnum", "sups", "case")
ONLINE_FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "lnum", "tnum")  #: what the style sheets of the web ask for
MARK_SCALE = 0.9  # DejaVu is drawn large: its ✓ towers over Source Sans's capitals
SPACE_WIDTH = 0.2  # of the type size, as in Source Sans
MARK_LIFT = 0.035  # of the type size: puts the circles in the middle of the capitals
ASCENT, DESCENT = 0.984, 0.273  # of the type size, as in Source Sans: a mark must not push its line apart

TABLES_BYTES = 4096  #: of a file, in which the directory of its tables stands
DIGEST_BYTES = 32  #: of SHA-256
#: names of the files that `write_font_faces` makes
MADE_FILE_NAME = re.compile(r"[\w-]+-[0-9a-f]{10}\.(?:otf|ttf|woff2)")
RECIPE = (TEXT_RANGE, MARK_RANGE, SPACES, FEATURES, MARK_SCALE, MARK_LIFT, SPACE_WIDTH, ASCENT, DESCENT)


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, the weights and styles of the family it stands for, and the package it comes in."""

    family: str
    weights: tuple[int, ...]
    styles: tuple[str, ...]
    distribution: str  #: name to install, shown when it is missing
    module: str  #: folder of the package
    file: str  #: path in that folder
    characters: str = ""  #: the CSS unicode-range it is asked for; unset: whatever it has

    def find(self) -> Path:
        """Return the font file.

        Raises:
            ToolError: the package is not there, or not whole.
        """
        if path := find_face(f"{self.module}:{self.file}"):
            return path
        raise ToolError(
            f"The face {Path(self.file).stem} is missing: the package {self.distribution} is not installed whole.",
            f"Install it again: python -m pip install --force-reinstall {self.distribution}",
        )


def _serif(cut: str, weights: tuple[int, ...], styles: tuple[str, ...] = UPRIGHT) -> Face:
    file = f"files/SourceSerifPro-{cut}.otf"
    return Face(SERIF, weights, styles, "font-source-serif-pro", "font_source_serif_pro", file)


def _sans(cut: str, weights: tuple[int, ...], styles: tuple[str, ...] = UPRIGHT) -> Face:
    return Face(SANS, weights, styles, "font-source-sans-pro", "font_source_sans_pro", f"files/SourceSansPro-{cut}.otf")


def _marks(cut: str, weights: tuple[int, ...]) -> Face:
    # declared for italic too: a missing style is answered by a font of the system
    return Face(MARKS, weights, BOTH, "matplotlib", "matplotlib", f"mpl-data/fonts/ttf/DejaVuSans{cut}.ttf")


ITALIC = ("italic",)
FACES = (
    _serif("Light", (300,)),  # the chapter's numeral
    _serif("Regular", (400,)),
    _serif("It", (400,), ITALIC),
    _serif("Semibold", (600, 700)),
    _serif("SemiboldIt", (600, 700), ITALIC),
    _sans("Regular", (400,)),
    _sans("It", (400,), ITALIC),
    _sans("Semibold", (600, 700)),
    _sans("SemiboldIt", (600, 700), ITALIC),
    _marks("", (300, 400)),
    _marks("-Bold", (600, 700)),
    # in all weights and styles: it only stands in for characters that the others lack; made by `maintenance.han`
    Face(HAN, (400, 600, 700), BOTH, "factpress", "factpress.press", "faces/factpress-han.otf"),
)
FAMILIES = tuple(dict.fromkeys(face.family for face in FACES))


def is_book_font(name: str) -> bool:
    """Return whether a font of a PDF, by its name without the subset's prefix, is one of our faces."""
    return name.startswith(tuple(family.replace(" ", "-") for family in FAMILIES))


def covered_characters(faces: Iterable[str] = ()) -> frozenset[str]:
    """Return the characters that a book can be set in: those of our faces, and of faces that its settings name.

    Raises:
        ToolError: a package is missing.
    """
    return frozenset(chr(code) for code in _covered(FACES)).union(
        *(map(chr, _covered((face,))) for face in map(_named_face, faces))
    )


def family_characters(family: str) -> frozenset[str]:
    """Return the characters that the faces of one of our families have."""
    return frozenset(map(chr, _covered(tuple(face for face in FACES if face.family == family))))


def _named_face(name: str, characters: str = "") -> Face:
    """Return a face that a book's settings name as `package:file`.

    It is one more face of the family that stands last in every style sheet's list, for what ours lack.
    """
    package, _, file = name.partition(":")
    return Face(HAN, (400, 600, 700), BOTH, package, package, file, characters or "U+0-10FFFF")


def extra_faces(names: Iterable[str]) -> tuple[Face, ...]:
    """Return the faces that a book's settings name, each for the characters that no face before it has.

    Raises:
        ToolError: a package is missing.
    """
    asked, faces = dict.fromkeys(names), []
    had = set(_covered(FACES)) if asked else set()
    for name in asked:
        if new := set(_covered((_named_face(name),))) - had:
            faces.append(_named_face(name, _unicode_range(new)))
            had |= new
    return tuple(faces)


def _covered(faces: tuple[Face, ...]) -> list[int]:
    """Return the code points of faces, of the marks only those that are asked of them."""
    files = [(face, face.find().read_bytes()) for face in faces]
    digest = hashlib.sha256(repr(MARK_RANGE).encode())
    for face, content in files:
        digest.update(face.family.encode() + hashlib.sha256(content).digest())

    def read() -> bytes:
        from fontTools.subset import parse_unicodes  # type: ignore[import-untyped]
        from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

        marks = set(parse_unicodes(MARK_RANGE.replace("U+", "")))
        codes: set[int] = set()
        for face, content in files:
            try:
                known = TTFont(io.BytesIO(content), fontNumber=0, lazy=True).getBestCmap() or {}
            except (TTLibError, struct.error, AssertionError, ValueError, KeyError) as error:
                why = f"{face.module}:{face.file} is no font that can be read: {error}."
                raise ToolError(why, "Install its package again, or name another face in `faces`.") from error
            codes |= known.keys() & marks if face.family == MARKS else known.keys()
        return " ".join(map(str, sorted(codes))).encode()

    return [int(code) for code in _cached(f"characters-{digest.hexdigest()[:16]}", read).split()]


def _unicode_range(codes: Iterable[int]) -> str:
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in ranges)


def write_font_faces(
    folder: Path, *, woff2: bool, base_url: str = "", extra: Iterable[str] = (), online: bool = False
) -> str:
    """Write the font files into `folder`, unless they are there, and return the CSS of their @font-face rules.

    For print (`woff2` false) the whole OTF files; else subsets for western text, as WOFF2. `base_url` stands
    before each file's name. `extra` are faces that the book's settings name: whole files, as their licences may
    not let a changed one keep its name. `online`: in lighter pieces, each loaded where a page has a character of it;
    those that first screens are set in are `optional`, so that none takes another's place while somebody reads. File
    names carry a digest of what they were made from, so same name, same bytes; files that were made from something
    else, by an earlier build, are removed.

    Raises:
        ToolError: a package is missing.
        FileError: the folder cannot be written.
    """
    written = [
        (face, part, _write(face, folder, woff2, part))
        for face in (*FACES, *extra_faces(extra))
        for part in _parts(face, woff2=woff2, online=online)
    ]
    names = {name for _, _, name in written}
    for file in folder.iterdir():
        if MADE_FILE_NAME.fullmatch(file.name) and file.name not in names:
            file.unlink()
    return "".join(_rules(face, base_url + name, part) for face, part, name in written)


def _parts(face: Face, *, woff2: bool, online: bool) -> tuple[str, ...]:
    """Return the ranges in which a face is cut for the screen; an empty one stands for the face as it is."""
    if not woff2 or face.family not in (SERIF, SANS):
        return ("",)
    if face.weights == (300,):
        return (DIGITS,)  # the chapter's numeral is all that is set in it
    if not online:
        return ("",)
    return WESTERN_RANGE, _without(TEXT_RANGE, WESTERN_RANGE)


def _without(characters: str, taken: str) -> str:
    from fontTools.subset import parse_unicodes

    codes = [set(parse_unicodes(text.replace("U+", ""))) for text in (characters, taken)]
    return _unicode_range(codes[0] - codes[1])


def _rules(face: Face, url: str, part: str) -> str:
    characters = part or (MARK_RANGE if face.family == MARKS else face.characters)
    extra = f"unicode-range:{characters};" if characters else ""
    kind = {".otf": "opentype", ".ttf": "truetype", ".woff2": "woff2"}[Path(url).suffix]
    if kind == "woff2":
        is_first = part in (WESTERN_RANGE, DIGITS) and face.styles == UPRIGHT
        extra += f"font-display:{'optional' if is_first else 'swap'};"
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{weight};font-style:{style};{extra}'
        f'src:url("{url}") format("{kind}")}}\n'
        for weight in face.weights
        for style in face.styles
    )


def _write(face: Face, folder: Path, woff2: bool, part: str = "") -> str:
    source = face.find()
    if face.characters:
        return _write_whole(source, folder)
    content = source.read_bytes()
    digest = hashlib.sha256(content)
    cut = (woff2 and face.family != HAN) or face.family == MARKS
    if cut or face.family == HAN:
        digest.update(repr((_tools(), *RECIPE, *((part, ONLINE_FEATURES) if part else ()))).encode())
    suffix = ".woff2" if cut and woff2 else source.suffix
    path = folder / f"{source.stem.lower()}-{digest.hexdigest()[:10]}{suffix}"
    if cut:
        content = _cached(path.name, lambda: _cut(face, content, woff2, part))
    elif face.family == HAN:
        content = _cached(path.name, lambda: _numbered_by_glyph(content))
    if not path.is_file() or path.read_bytes() != content:  # or it was changed, or broke off
        write_atomically(path, content)
    return path.name


def _write_whole(source: Path, folder: Path) -> str:
    """Write a face that a book's settings name as it is, of a collection the first."""
    content = source.read_bytes()
    digest = hashlib.sha256(content + _tools().encode()).hexdigest()[:10]
    suffix = ".otf" if b"CFF " in content[:TABLES_BYTES] else ".ttf"
    path = folder / f"{re.sub(r'[^a-z0-9]+', '-', source.stem.lower()).strip('-') or 'face'}-{digest}{suffix}"
    content = _cached(path.name, lambda: _single(content)) if suffix == ".otf" or content[:4] == b"ttcf" else content
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content)
    return path.name


def _single(content: bytes) -> bytes:
    """Return a font on its own, with glyphs numbered as a PDF calls them."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), fontNumber=0, recalcTimestamp=False, recalcBBoxes=False)
    if content[:4] == b"ttcf":
        out = io.BytesIO()
        font.save(out, reorderTables=None)
        content = out.getvalue()
    return (
        _numbered_by_glyph(content) if "CFF " in font and hasattr(font["CFF "].cff.topDictIndex[0], "ROS") else content
    )


def _cached(name: str, make: Callable[[], bytes]) -> bytes:
    """Return a face that is made from another one, from the user's cache or made now: all take five seconds.

    In the cache its digest stands before it: what something else wrote there, or what broke off, is made again.
    """
    file = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "factpress" / f"{name}.checked"
    with contextlib.suppress(OSError):
        cached = file.read_bytes()
        digest, content = cached[:DIGEST_BYTES], cached[DIGEST_BYTES:]
        if digest == hashlib.sha256(content).digest():
            return content
    content = make()
    with contextlib.suppress(FileError):  # a cache that cannot be written costs time and nothing else
        write_atomically(file, hashlib.sha256(content).digest() + content)
    return content


def _tools() -> str:
    from importlib.metadata import version

    return f"fonttools {version('fonttools')}, brotli {version('brotli')}"


def _cut(face: Face, content: bytes, woff2: bool, part: str = "") -> bytes:
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    font = TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False)
    marks = face.family == MARKS
    if marks:
        _scale(font)
    features = list(ONLINE_FEATURES if part else FEATURES)
    options = subset.Options(layout_features=features, name_IDs=["*"], notdef_outline=True, hinting=False)
    options.drop_tables += ["FFTM"]  # FontForge's time stamps, which the subsetter warns about
    cutter = subset.Subsetter(options)
    # a run of marks takes the spaces beside it along, so the marks have spaces too
    wanted = f"{SPACES}, {MARK_RANGE}" if marks else part or TEXT_RANGE
    cutter.populate(unicodes=subset.parse_unicodes(wanted.replace("U+", "")))
    cutter.subset(font)
    _rename(font, "Factpress " + face.family.split()[1])
    font.flavor = "woff2" if woff2 else None
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _numbered_by_glyph(content: bytes) -> bytes:
    """Return a CID-keyed font with the numbers of its glyphs as CIDs, which is what WeasyPrint writes into a PDF."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False)
    top = font["CFF "].cff.topDictIndex[0]
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    glyphs = top.CharStrings.charStrings
    top.CharStrings.charStrings = {new: glyphs[old] for old, new in zip(top.charset, names, strict=True)}
    top.charset = names
    font.setGlyphOrder(names)  # the other tables are not read: they name glyphs by their numbers
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _scale(font: Any) -> None:
    # A larger em makes everything in the font smaller; WeasyPrint has no size-adjust.
    em = round(font["head"].unitsPerEm / MARK_SCALE)
    font["head"].unitsPerEm = em
    for glyph in font["glyf"].glyphs.values():
        glyph.expand(font["glyf"])
        if glyph.numberOfContours > 0:
            glyph.coordinates.translate((0, round(MARK_LIFT * em)))
    for name in ("space", "uni00A0"):
        font["hmtx"][name] = (round(SPACE_WIDTH * em), 0)
    line, system = font["hhea"], font["OS/2"]
    line.ascent = system.sTypoAscender = system.usWinAscent = round(ASCENT * em)
    line.descent = system.sTypoDescender = -round(DESCENT * em)
    system.usWinDescent = round(DESCENT * em)
    line.lineGap = system.sTypoLineGap = 0


def _rename(font: Any, name: str) -> None:
    # The licences let changed fonts be shared, but not under the reserved names "Source" and "DejaVu".
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 16):
            record.string = name
        elif record.nameID == 6:
            record.string = name.replace(" ", "")
