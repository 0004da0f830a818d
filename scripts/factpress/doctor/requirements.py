"""What builds and tests need that no Python package brings: the table, what of it is missing, and how to install it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from factpress.doctor.probe import Found, Machine, Probe, ThisMachine, chromium, java, jaxb, library, program
from factpress.problems import ToolError

Purpose = Literal["build", "tests"]
Manager = Literal["apt", "dnf", "brew"]
INSTALL: dict[Manager, str] = {"apt": "apt-get install", "dnf": "dnf install", "brew": "brew install"}
PANGO = (1, 44, 0)  #: the oldest version that WeasyPrint 70 works with


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something native: what needs it, how it is looked for, and the packages that bring it."""

    name: str
    title: str
    why: str  #: what needs it; the end of a sentence
    purpose: Purpose
    apt: str
    dnf: str  #: empty: the package manager has none that fits
    brew: str
    probe: Probe


@dataclass(frozen=True, slots=True)
class Missing:
    """A requirement that is not met."""

    requirement: Requirement
    instead: str = ""  #: what was found, and is not good enough

    def __str__(self) -> str:
        """Return what is missing and why it matters, in one line."""
        state = f"is {self.instead}" if self.instead else "is missing"
        return f"{self.requirement.title} {state}: {self.requirement.why}."


def missing(purpose: Purpose, machine: Machine | None = None) -> list[Missing]:
    """Return what this machine lacks; tests need all that builds need, and more."""
    return _missing(needed(purpose), machine)


def missing_of(names: Iterable[str], machine: Machine | None = None) -> list[Missing]:
    """Return which requirements of these names this machine lacks."""
    return _missing([BY_NAME[name] for name in names], machine)


def _missing(requirements: Iterable[Requirement], machine: Machine | None) -> list[Missing]:
    results = ((requirement, requirement.probe(machine or ThisMachine())) for requirement in requirements)
    return [Missing(requirement, result) for requirement, result in results if isinstance(result, str)]


def path_of(name: str, machine: Machine | None = None) -> str:
    """Return the path of the requirement of this name.

    Raises:
        ToolError: it is missing; the hint is the line that installs it.
    """
    result = BY_NAME[name].probe(machine or ThisMachine())
    if isinstance(result, Found):
        return result.where
    lacks = [Missing(BY_NAME[name], result)]
    raise ToolError(str(lacks[0]), install_hint(lacks, machine))


def require(purpose: Purpose, machine: Machine | None = None) -> None:
    """Return if nothing is missing.

    Raises:
        ToolError: names all that is missing; its hint is the one line that installs all of it, and nothing else.
    """
    if lacks := missing(purpose, machine):
        titles = [lack.requirement.title + (f" ({lack.instead})" if lack.instead else "") for lack in lacks]
        whys = dict.fromkeys(lack.requirement.why for lack in lacks)
        raise ToolError(f"Missing here: {', '.join(titles)}. {'; '.join(whys)}.", install_hint(lacks, machine))


def needed(purpose: Purpose) -> tuple[Requirement, ...]:
    """Return what a purpose needs, in the order of the table."""
    return tuple(each for each in REQUIREMENTS if purpose == "tests" or each.purpose == "build")


def packages(lacks: Sequence[Missing], manager: Manager) -> list[str]:
    """Return the packages that bring what is missing, each once, in order."""
    names = (name for lack in lacks for name in getattr(lack.requirement, manager).split())
    return list(dict.fromkeys(names))


def install_line(lacks: Sequence[Missing], manager: Manager) -> str:
    """Return the command that installs all that is missing; what the package manager does not have is said after it."""
    names = packages(lacks, manager)
    absent = [lack.requirement.title for lack in lacks if not getattr(lack.requirement, manager)]
    command = [f"{INSTALL[manager]} {' '.join(names)}"] if names else []
    return ", ".join([*command, *(f"{manager} has no package for {title}" for title in absent)])


def install_hint(lacks: Sequence[Missing], machine: Machine | None = None) -> str:
    """Return the install line for the package manager that is here; for all of them, where none is."""
    here = machine or ThisMachine()
    programs = {"apt": "apt-get", "dnf": "dnf", "brew": "brew"}
    managers = [name for name in INSTALL if here.program([programs[name]])]
    return f"Install: {' · '.join(install_line(lacks, name) for name in managers or INSTALL)}"


_LAYS_OUT = "WeasyPrint lays out the PDF with it"
REQUIREMENTS = (
    Requirement("gobject", "GLib (gobject)", "Pango stands on it", "build",
          "libglib2.0-0", "glib2", "glib", library("gobject")),
    Requirement("pango", "Pango", _LAYS_OUT, "build",
          "libpango-1.0-0", "pango", "pango", library("pango", "pango_version_string", PANGO)),
    Requirement("pangoft2", "Pango for FreeType", _LAYS_OUT, "build",
          "libpangoft2-1.0-0", "pango", "pango", library("pangoft2")),
    Requirement("harfbuzz", "HarfBuzz", _LAYS_OUT, "build",
          "libharfbuzz0b", "harfbuzz", "harfbuzz", library("harfbuzz", "hb_version_string")),
    Requirement("harfbuzz-subset", "HarfBuzz's subset library", "WeasyPrint cuts the fonts of the PDF with it", "build",
          "libharfbuzz-subset0", "harfbuzz", "harfbuzz", library("harfbuzz_subset")),
    Requirement("fontconfig", "Fontconfig", "WeasyPrint finds the faces of the PDF with it", "build",
          "libfontconfig1", "fontconfig", "fontconfig", library("fontconfig")),
    Requirement("java", "Java (a JDK)", "EPUBCheck, the Nu HTML checker and veraPDF's engine run on it", "tests",
          "default-jdk-headless", "java-latest-openjdk-devel", "openjdk", java),
    Requirement("jaxb", "JAXB for Java", "veraPDF's engine reads its profiles with it", "tests",
          "libjaxb-java", "", "", jaxb),
    Requirement("node", "Node", "Ace checks the EPUB in it", "tests", "nodejs", "nodejs", "node", program("node")),
    Requirement("npm", "npm", "it installs Ace, axe and the Nu HTML checker", "tests",
          "npm", "nodejs-npm", "node", program("npm")),
    Requirement("chromium", "Chromium", "axe and Ace look at the pages in it", "tests",
          "chromium", "chromium", "chromium", chromium),
    Requirement("pdftotext", "pdftotext", "tests read the PDF with it", "tests",
          "poppler-utils", "poppler-utils", "poppler", program("pdftotext")),
    Requirement("pdftoppm", "pdftoppm", "tests look at printed pages with it", "tests",
          "poppler-utils", "poppler-utils", "poppler", program("pdftoppm")),
    Requirement("qpdf", "qpdf", "it checks the structure of the PDF", "tests", "qpdf", "qpdf", "qpdf", program("qpdf")),
)  # fmt: skip
BY_NAME = {requirement.name: requirement for requirement in REQUIREMENTS}
