"""The versions of what draws are those that WeasyPrint itself sees, and are told without loading it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from factpress.press.layout import versions
from factpress.press.layout.versions import drawing_versions


def test_pango_and_harfbuzz_are_those_that_weasyprint_loads() -> None:
    from weasyprint.text.ffi import harfbuzz, pango

    found = drawing_versions()
    major, minor, micro = map(int, found["pango"].split("."))
    assert pango.pango_version() == 10000 * major + 100 * minor + micro
    major, minor, micro = map(int, found["harfbuzz"].split("."))
    assert harfbuzz.hb_version_atleast(major, minor, micro)
    assert not harfbuzz.hb_version_atleast(major, minor, micro + 1)


def test_each_has_a_version() -> None:
    assert {name for name, number in drawing_versions().items() if not re.match(r"\d", number)} == set()


def test_neither_weasyprint_nor_pikepdf_is_loaded_for_it() -> None:
    script = (
        "import sys; from factpress.press.layout.versions import drawing_versions; drawing_versions();"
        "print({'weasyprint', 'pikepdf', 'fontTools', 'PIL'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_what_is_missing_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(versions.NATIVE, "pango", ("libpango-of-nobody.so",))
    monkeypatch.setattr(versions, "PACKAGES", ("weasyprint-of-nobody",))
    found = drawing_versions.__wrapped__()
    assert (found["pango"], found["weasyprint-of-nobody"]) == ("", "")
