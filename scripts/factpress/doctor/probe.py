"""The search for what is native: libraries and programs of the machine, as WeasyPrint and the tests would find them."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Machine(Protocol):
    """The machine as the search sees it; tests pass in another."""

    def library(self, names: Sequence[str]) -> tuple[str, ctypes.CDLL] | None:
        """Return the first library of these names that loads, and under which name."""

    def program(self, names: Sequence[str]) -> str | None:
        """Return the path of the first program of these names."""

    def file(self, paths: Sequence[str]) -> str | None:
        """Return the first of these files that exists."""


@dataclass(frozen=True, slots=True)
class Found:
    """A library, program or file that is there: its path or name, and its version where it reports one."""

    where: str
    version: str = ""


#: looks on a machine; a text says what is wrong with what was found, and is empty when nothing was found
Probe = Callable[[Machine], Found | str]


class ThisMachine:
    """Searches as WeasyPrint does, so that what is found here is what it will load."""

    def library(self, names: Sequence[str]) -> tuple[str, ctypes.CDLL] | None:
        """Try the plain names first: the search by short name starts a compiler or reads the loader's cache."""
        for search in (lambda name: name, ctypes.util.find_library):
            for name in names:
                if file := search(name):
                    try:
                        return file, ctypes.CDLL(file)
                    except OSError:
                        continue
        return None

    def program(self, names: Sequence[str]) -> str | None:
        """Return the path of the first program that is on PATH, or that a name with a slash points to."""
        return next(filter(None, map(shutil.which, names)), None)

    def file(self, paths: Sequence[str]) -> str | None:
        """Return the first of these files that exists."""
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


def library(name: str, version_function: str = "", oldest: tuple[int, ...] = ()) -> Probe:
    """Return the probe of a library of `LIBRARIES`, which is refused where its version is below `oldest`."""

    def look(machine: Machine) -> Found | str:
        if not (loaded := machine.library(LIBRARIES[name])):
            return ""
        version = _version(loaded[1], version_function) if version_function else ""
        if _numbers(version) < oldest:
            return f"version {version}, older than {'.'.join(map(str, oldest))}"
        return Found(loaded[0], version)

    return look


def _version(loaded: ctypes.CDLL, function: str) -> str:
    version = getattr(loaded, function)
    version.restype = ctypes.c_char_p
    return (version() or b"").decode()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def program(*names: str) -> Probe:
    """Return the probe of a program that goes by any of these names."""

    def look(machine: Machine) -> Found | str:
        path = machine.program(names)
        return Found(path) if path else ""

    return look


def java(machine: Machine) -> Found | str:
    """Look for a JDK: starting a source file needs the compiler, which a plain runtime lacks."""
    if not (path := machine.program(("java",))):  # macOS has a stub of this name, without javac
        return ""
    beside = str(Path(path).resolve().parent / "javac")
    return Found(path) if machine.program((beside, "javac")) else "a runtime without compiler"


def chromium(machine: Machine) -> Found | str:
    """Look for Chromium or Chrome, where the environment says first."""
    names = [os.environ[name] for name in ("CHROMIUM", "CHROME_PATH") if os.environ.get(name)]
    names += ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
    if sys.platform == "darwin":
        names += [f"/Applications/{app}.app/Contents/MacOS/{app}" for app in ("Chromium", "Google Chrome")]
    path = machine.program(names)
    return Found(path) if path else ""


JAXB = "/usr/share/java/jaxb-runtime.jar"  #: where Debian's libjaxb-java puts it, with its other parts beside it


def jaxb(machine: Machine) -> Found | str:
    """Look for the jar of JAXB."""
    path = machine.file((JAXB,))
    return Found(path) if path else ""
