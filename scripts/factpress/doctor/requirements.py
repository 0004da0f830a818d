"""The native requirements of builds and tests: the table, which are missing, and how to install them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from factpress.doctor.probe import (
    Found,
    Machine,
    Probe,
    ThisMachine,
    find_chromium,
    find_java,
    find_jaxb,
    library_probe,
    program_probe,
)
from factpress.problems import ToolError

Purpose = Literal["build", "tests"]
Manager = Literal["apt", "dnf", "brew"]
INSTALL_COMMANDS: dict[Manager, str] = {"apt": "apt-get install", "dnf": "dnf install", "brew": "brew install"}
OLDEST_PANGO = (1, 44, 0)  #: the oldest version that WeasyPrint 70 works with


@dataclass(frozen=True, slots=True)
class Requirement:
    """A native requirement: what needs it, how it is searched for, and the packages that have it."""

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
    instead: str = ""  #: what was found and does not fit

    def __str__(self) -> str:
        """Return what is missing and why it matters, in one line."""
        state = f"is {self.instead}" if self.instead else "is missing"
        return f"{self.requirement.title} {state}: {self.requirement.why}."


def missing_requirements(purpose: Purpose, machine: Machine | None = None) -> list[Missing]:
    """Return the requirements that this machine lacks; tests need all that builds need, and more."""
    return _missing(requirements_for(purpose), machine)


def missing_by_name(names: Iterable[str], machine: Machine | None = None) -> list[Missing]:
    """Return which requirements of these names this machine lacks."""
    return _missing([REQUIREMENTS_BY_NAME[name] for name in names], machine)


def _missing(requirements: Iterable[Requirement], machine: Machine | None) -> list[Missing]:
    results = ((requirement, requirement.probe(machine or ThisMachine())) for requirement in requirements)
    return [Missing(requirement, result) for requirement, result in results if isinstance(result, str)]


def requirement_path(name: str, machine: Machine | None = None) -> str:
    """Return the path of the requirement of this name.

    Raises:
        ToolError: it is missing; the hint is the line that installs it.
    """
    result = REQUIREMENTS_BY_NAME[name].probe(machine or ThisMachine())
    if isinstance(result, Found):
        return result.where
    missing = [Missing(REQUIREMENTS_BY_NAME[name], result)]
    raise ToolError(str(missing[0]), install_hint(missing, machine))


def require(purpose: Purpose, machine: Machine | None = None) -> None:
    """Return if no requirement is missing.

    Raises:
        ToolError: names all that is missing; its hint is the one line that installs all of it, and nothing else.
    """
    if missing := missing_requirements(purpose, machine):
        titles = [lack.requirement.title + (f" ({lack.instead})" if lack.instead else "") for lack in missing]
        whys = dict.fromkeys(lack.requirement.why for lack in missing)
        raise ToolError(f"Missing here: {', '.join(titles)}. {'; '.join(whys)}.", install_hint(missing, machine))


def requirements_for(purpose: Purpose) -> tuple[Requirement, ...]:
    """Return what a purpose needs, in the order of the table."""
    return tuple(requirement for requirement in REQUIREMENTS if purpose == "tests" or requirement.purpose == "build")


def missing_packages(missing: Sequence[Missing], manager: Manager) -> list[str]:
    """Return the packages that bring what is missing, each once, in order."""
    names = (name for lack in missing for name in getattr(lack.requirement, manager).split())
    return list(dict.fromkeys(names))


def install_line(missing: Sequence[Missing], manager: Manager) -> str:
    """Return the command that installs what is missing, then what the package manager has no package for."""
    names = missing_packages(missing, manager)
    absent = [lack.requirement.title for lack in missing if not getattr(lack.requirement, manager)]
    command = [f"{INSTALL_COMMANDS[manager]} {' '.join(names)}"] if names else []
    return ", ".join([*command, *(f"{manager} has no package for {title}" for title in absent)])


def install_hint(missing: Sequence[Missing], machine: Machine | None = None) -> str:
    """Return the install line for the package manager of this machine; for all of them, if it has none."""
    this_machine = machine or ThisMachine()
    programs = {"apt": "apt-get", "dnf": "dnf", "brew": "brew"}
    managers = [name for name in INSTALL_COMMANDS if this_machine.program([programs[name]])]
    return f"Install: {' · '.join(install_line(missing, name) for name in managers or INSTALL_COMMANDS)}"


_LAYS_OUT = "WeasyPrint lays out the PDF with it"
REQUIREMENTS = (
    Requirement("gobject", "GLib (gobject)", "Pango stands on it", "build",
          "libglib2.0-0", "glib2", "glib", library_probe("gobject")),
    Requirement("pango", "Pango", _LAYS_OUT, "build",
          "libpango-1.0-0", "pango", "pango", library_probe("pango", "pango_version_string", OLDEST_PANGO)),
    Requirement("pangoft2", "Pango for FreeType", _LAYS_OUT, "build",
          "libpangoft2-1.0-0", "pango", "pango", library_probe("pangoft2")),
    Requirement("harfbuzz", "HarfBuzz", _LAYS_OUT, "build",
          "libharfbuzz0b", "harfbuzz", "harfbuzz", library_probe("harfbuzz", "hb_version_string")),
    Requirement("harfbuzz-subset", "HarfBuzz's subset library", "WeasyPrint cuts the fonts of the PDF with it", "build",
          "libharfbuzz-subset0", "harfbuzz", "harfbuzz", library_probe("harfbuzz_subset")),
    Requirement("fontconfig", "Fontconfig", "WeasyPrint finds the faces of the PDF with it", "build",
          "libfontconfig1", "fontconfig", "fontconfig", library_probe("fontconfig")),
    Requirement("java", "Java (a JDK)", "EPUBCheck, the Nu HTML checker and veraPDF's engine run on it", "tests",
          "default-jdk-headless", "java-latest-openjdk-devel", "openjdk", find_java),
    Requirement("jaxb", "JAXB for Java", "veraPDF's engine reads its profiles with it", "tests",
          "libjaxb-java", "", "", find_jaxb),
    Requirement("node", "Node", "Ace checks the EPUB in it", "tests",
          "nodejs", "nodejs", "node", program_probe("node")),
    Requirement("npm", "npm", "it installs Ace, axe and the Nu HTML checker", "tests",
          "npm", "nodejs-npm", "node", program_probe("npm")),
    Requirement("chromium", "Chromium", "axe and Ace look at the pages in it", "tests",
          "chromium", "chromium", "chromium", find_chromium),
    Requirement("pdftotext", "pdftotext", "tests read the PDF with it", "tests",
          "poppler-utils", "poppler-utils", "poppler", program_probe("pdftotext")),
    Requirement("pdftoppm", "pdftoppm", "tests look at printed pages with it", "tests",
          "poppler-utils", "poppler-utils", "poppler", program_probe("pdftoppm")),
    Requirement("qpdf", "qpdf", "it checks the structure of the PDF", "tests",
          "qpdf", "qpdf", "qpdf", program_probe("qpdf")),
)  # fmt: skip
REQUIREMENTS_BY_NAME = {requirement.name: requirement for requirement in REQUIREMENTS}
