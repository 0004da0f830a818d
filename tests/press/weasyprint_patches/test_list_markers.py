"""Text is drawn in the order in which it is read, markers too."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_part import lay_out_body, switch_off
from pypdf import PdfReader

BODY = "<h1>One</h1><ul><li>alpha</li><li><p>beta</p></li></ul><ol><li>gamma</li></ol><p>omega</p>"
STYLE = '@page { size: 105mm 74mm; margin: 10mm } html { font: 9pt/12pt "Source Sans Pro" }'


def words(folder: Path, faces: Path) -> list[str]:
    return PdfReader(lay_out_body(folder, faces, BODY, STYLE)).pages[0].extract_text().split()


def test_a_marker_is_drawn_just_before_its_item(tmp_path: Path, faces: Path) -> None:
    assert words(tmp_path, faces) == ["One", "•", "alpha", "•", "beta", "1.", "gamma", "omega"]


def test_weasyprint_alone_draws_markers_after_the_text(
    tmp_path: Path, faces: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off(monkeypatch, "draw_markers_in_order")
    assert words(tmp_path, faces)[-3:] == ["•", "•", "1."]
