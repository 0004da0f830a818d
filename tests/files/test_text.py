"""A text file is read as what it is, and says where a character must not stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpress.files.edition_date import edition_date
from factpress.files.figures import chapter_titles
from factpress.files.text import MOST, read_text
from factpress.settings import Settings


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01-one.md").write_bytes(b"\xef\xbb\xbf# One\n")
    (tmp_path / "CHANGELOG.md").write_bytes(b"\xef\xbb\xbf## 1.0.0 - 2026-11-23\n")
    assert read_text(tmp_path / "chapters" / "01-one.md", tmp_path) == ("# One\n", [])
    assert chapter_titles(tmp_path) == {"01-one": "One"}
    assert edition_date(Settings(root=tmp_path)) == "2026-11-23"


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (b"ab\xe8", ["x.md:1:3: not-utf8"]),
        (b"a\nb\n\xff", ["x.md:3:1: not-utf8"]),
        (b"a\xed\xa0\x80", ["x.md:1:2: not-utf8"]),  # a surrogate, as no UTF-8 has it
        ("a\nb".encode("utf-16"), ["x.md:1:1: not-utf8"]),
        (b"a\r\nb\x1bc", ["x.md:2:2: character-forbidden"]),
        ("a\u202eb\n\x00".encode(), ["x.md:1:2: character-hidden", "x.md:2:1: character-forbidden"]),
        ("\ufeff\ufeffa".encode(), ["x.md:1:1: character-hidden"]),
        (b"", []),
        ("한국 – “é”\t\n".encode(), []),
    ],
)
def test_each_wrong_character_has_its_place(data: bytes, problems: list[str], tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(data)
    _, found = read_text(tmp_path / "x.md", tmp_path)
    assert sorted(f"{one.where}: {one.code}" for one in found) == problems


def test_a_file_full_of_them_is_not_reported_at_length(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("\x00" * 1_000_000, encoding="utf-8")
    assert len(read_text(tmp_path / "x.md", tmp_path)[1]) == MOST
