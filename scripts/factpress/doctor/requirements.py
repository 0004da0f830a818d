"""What is native: libraries and programs that no Python package brings, looked for before work starts."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from factpress.problems import ToolError

Purpose = Literal["build", "tests"]
Manager = Literal["apt", "dnf", "brew"]
MANAGERS: dict[Manager, str] = {"apt": "apt-get install", "dnf": "dnf install", "brew": "brew install"}
PANGO = (1, 44, 0)  #: the oldest that WeasyPrint 70 works with


class Machine(Protocol):
    """The machine as the search sees it; tests hand in another."""

    def library(self, names: Sequence[str]) -> tuple[str, ctypes.CDLL] | None:
        """Return the first library of these names that loads, and under which name."""

    def program(self, names: Sequence[str]) -> str | None:
        """Return the path of the first program of these names."""

    def file(self, paths: Sequence[str]) -> str | None:
        """Return the first of these files that is there."""


@dataclass(frozen=True, slots=True)
class Found:
    """A piece that is there: where, and its version where it says so itself."""

    where: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something native: what needs it, how it is looked for, and the packages that bring it."""

    name: str
    title: str
    why: str  #: what needs it; the end of a sentence
    purpose: Purpose
    apt: str
    dnf: str  #: empty: the package manager has none that fits
    brew: str
    look: Callable[[Machine], Found | str]  #: a text says what is wrong with what was found; empty: nothing was


@dataclass(frozen=True, slots=True)
class Missing:
    """A piece that is not there, or not good enough."""

    piece: Piece
    found: str = ""  #: what was found instead

    def __str__(self) -> str:
        """Return what is missing, why it matters and how to install it, in one line."""
        state = f"is {self.found}" if self.found else "is missing"
        return f"{self.piece.title} {state}: {self.piece.why}. Install: {install_line(self.piece)}"


def missing(purpose: Purpose, machine: Machine | None = None) -> list[Missing]:
    """Return what this machine lacks; tests need all that builds need, and more."""
    results = ((piece, piece.look(machine or ThisMachine())) for piece in needed(purpose))
    return [Missing(piece, found) for piece, found in results if isinstance(found, str)]


def lacking(names: Sequence[str], machine: Machine | None = None) -> list[Missing]:
    """Return which of the pieces of these names this machine lacks."""
    results = ((BY_NAME[name], BY_NAME[name].look(machine or ThisMachine())) for name in names)
    return [Missing(piece, found) for piece, found in results if isinstance(found, str)]


def where(name: str, machine: Machine | None = None) -> str:
    """Return the path of the piece of this name; without it, raise a ToolError that says how to get it."""
    found = BY_NAME[name].look(machine or ThisMachine())
    if isinstance(found, str):
        raise ToolError(str(Missing(BY_NAME[name], found)))
    return found.where


def require(purpose: Purpose, machine: Machine | None = None) -> None:
    """Raise a ToolError that names every missing piece."""
    if lacks := missing(purpose, machine):
        raise ToolError(as_text(lacks), "`factpress doctor` shows what was looked for.")


def needed(purpose: Purpose) -> tuple[Piece, ...]:
    """Return the pieces that a purpose needs."""
    return tuple(piece for piece in PIECES if purpose == "tests" or piece.purpose == "build")


def as_text(lacks: Sequence[Missing]) -> str:
    """Return a line for each."""
    return "\n".join(map(str, lacks))


def packages(lacks: Sequence[Missing], manager: Manager) -> list[str]:
    """Return the packages that bring what is missing, each once, in order."""
    names = (name for lack in lacks for name in getattr(lack.piece, manager).split())
    return list(dict.fromkeys(names))


def install_line(piece: Piece) -> str:
    """Return the install command of a piece for each package manager."""
    lines = [f"{command} {getattr(piece, name)}" for name, command in MANAGERS.items() if getattr(piece, name)]
    lines += [f"{name} has no package for it" for name in MANAGERS if not getattr(piece, name)]
    return " · ".join(lines)


class ThisMachine:
    """Looks as WeasyPrint does, so that what is found here is what it will load."""

    def library(self, names: Sequence[str]) -> tuple[str, ctypes.CDLL] | None:
        """Try the plain names first: the search by short name starts a compiler or reads the loader's cache."""
        for search in (lambda name: name, ctypes.util.find_library):
            for name in names:
                if found := search(name):
                    try:
                        return found, ctypes.CDLL(found)
                    except OSError:
                        continue
        return None

    def program(self, names: Sequence[str]) -> str | None:
        """Return the path of the first program that is on PATH, or that a name with a slash points to."""
        return next(filter(None, map(shutil.which, names)), None)

    def file(self, paths: Sequence[str]) -> str | None:
        """Return the first of these files that is there."""
        return next((path for path in paths if Path(path).is_file()), None)


#: the names that WeasyPrint tries, of weasyprint/text/ffi.py; a test compares them
LIBRARIES = {
    "gobject": (
        "libgobject-2.0-0", "gobject-2.0-0", "gobject-2.0", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib",
        "libgobject-2.0-0.dll",
    ),
    "pango": (
        "libpango-1.0-0", "pango-1.0-0", "pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll",
    ),
    "harfbuzz": (
        "libharfbuzz-0", "harfbuzz", "harfbuzz-0.0", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll",
    ),
    "harfbuzz_subset": (
        "libharfbuzz-subset-0", "harfbuzz-subset", "harfbuzz-subset-0.0", "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll",
    ),
    "fontconfig": (
        "libfontconfig-1", "fontconfig-1", "fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib",
        "libfontconfig-1.dll",
    ),
    "pangoft2": (
        "libpangoft2-1.0-0", "pangoft2-1.0-0", "pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib",
        "libpangoft2-1.0-0.dll",
    ),
}  # fmt: skip


def _version(library: ctypes.CDLL, function: str) -> str:
    say = getattr(library, function)
    say.restype = ctypes.c_char_p
    return (say() or b"").decode()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _library(name: str, version: str = "", oldest: tuple[int, ...] = ()) -> Callable[[Machine], Found | str]:
    def look(machine: Machine) -> Found | str:
        if not (found := machine.library(LIBRARIES[name])):
            return ""
        says = _version(found[1], version) if version else ""
        if _numbers(says) < oldest:
            return f"version {says}, older than {'.'.join(map(str, oldest))}"
        return Found(found[0], says)

    return look


def _program(*names: str) -> Callable[[Machine], Found | str]:
    def look(machine: Machine) -> Found | str:
        path = machine.program(names)
        return Found(path) if path else ""

    return look


def _java(machine: Machine) -> Found | str:
    # starting a source file needs the compiler, which a plain runtime lacks; macOS has a stub called java
    if not (java := machine.program(("java",))):
        return ""
    beside = str(Path(java).resolve().parent / "javac")
    return Found(java) if machine.program((beside, "javac")) else "a runtime without compiler"


def _chromium(machine: Machine) -> Found | str:
    names = [os.environ[name] for name in ("CHROMIUM", "CHROME_PATH") if os.environ.get(name)]
    names += ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
    if sys.platform == "darwin":
        names += [f"/Applications/{app}.app/Contents/MacOS/{app}" for app in ("Chromium", "Google Chrome")]
    path = machine.program(names)
    return Found(path) if path else ""


JAXB = "/usr/share/java/jaxb-runtime.jar"  #: where Debian's libjaxb-java puts it, with its other parts beside it


def _jaxb(machine: Machine) -> Found | str:
    path = machine.file((JAXB,))
    return Found(path) if path else ""


_LAYS_OUT = "WeasyPrint lays out the PDF with it"
PIECES = (
    Piece("gobject", "GLib (gobject)", "Pango stands on it", "build",
          "libglib2.0-0", "glib2", "glib", _library("gobject")),
    Piece("pango", "Pango", _LAYS_OUT, "build",
          "libpango-1.0-0", "pango", "pango", _library("pango", "pango_version_string", PANGO)),
    Piece("pangoft2", "Pango for FreeType", _LAYS_OUT, "build",
          "libpangoft2-1.0-0", "pango", "pango", _library("pangoft2")),
    Piece("harfbuzz", "HarfBuzz", _LAYS_OUT, "build",
          "libharfbuzz0b", "harfbuzz", "harfbuzz", _library("harfbuzz", "hb_version_string")),
    Piece("harfbuzz-subset", "HarfBuzz's subset library", "WeasyPrint cuts the fonts of the PDF with it", "build",
          "libharfbuzz-subset0", "harfbuzz", "harfbuzz", _library("harfbuzz_subset")),
    Piece("fontconfig", "Fontconfig", "WeasyPrint finds the faces of the PDF with it", "build",
          "libfontconfig1", "fontconfig", "fontconfig", _library("fontconfig")),
    Piece("java", "Java (a JDK)", "EPUBCheck, the Nu HTML checker and veraPDF's engine run on it", "tests",
          "default-jdk-headless", "java-latest-openjdk-devel", "openjdk", _java),
    Piece("jaxb", "JAXB for Java", "veraPDF's engine reads its profiles with it", "tests",
          "libjaxb-java", "", "", _jaxb),
    Piece("node", "Node", "Ace checks the EPUB in it", "tests", "nodejs", "nodejs", "node", _program("node")),
    Piece("npm", "npm", "it installs Ace, axe and the Nu HTML checker", "tests",
          "npm", "nodejs-npm", "node", _program("npm")),
    Piece("chromium", "Chromium", "axe and Ace look at the pages in it", "tests",
          "chromium", "chromium", "--cask chromium", _chromium),
    Piece("pdftotext", "pdftotext", "tests read the PDF with it", "tests",
          "poppler-utils", "poppler-utils", "poppler", _program("pdftotext")),
    Piece("pdftoppm", "pdftoppm", "tests look at printed pages with it", "tests",
          "poppler-utils", "poppler-utils", "poppler", _program("pdftoppm")),
    Piece("qpdf", "qpdf", "it checks the structure of the PDF", "tests", "qpdf", "qpdf", "qpdf", _program("qpdf")),
)  # fmt: skip
BY_NAME = {piece.name: piece for piece in PIECES}
