import io
import re
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from factpress.press import fonts
from factpress.press.fonts import FACES, FAMILIES, HAN, MARKS, covered_characters, extra_faces, write_font_faces
from factpress.problems import ToolError
from factpress.settings import find_face

MARKS_OF_THE_BOOK = "✓◐✗≠≈○◌◔●↻↩⌫"


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_each_family_has_bold_and_italic_so_that_no_other_font_slips_in(tmp_path: Path) -> None:
    css = write_font_faces(tmp_path, woff2=False)
    declared = set(re.findall(r'font-family:"(.*?)";font-weight:(\d+);font-style:(\w+)', css))
    for family in FAMILIES:
        for weight in ("400", "600", "700"):
            assert {(family, weight, "normal"), (family, weight, "italic")} <= declared


def test_css_names_the_files_written_behind_the_base_url(tmp_path: Path) -> None:
    css = write_font_faces(tmp_path, woff2=False, base_url="_static/fonts/")
    assert set(re.findall(r'url\("_static/fonts/(.*?)"\)', css)) == set(contents(tmp_path))


def test_the_marks_have_every_mark_of_the_book_and_spaces_between_them(tmp_path: Path) -> None:
    write_font_faces(tmp_path, woff2=False)
    for file in tmp_path.glob("dejavu*"):
        known = TTFont(file).getBestCmap()
        assert {*MARKS_OF_THE_BOOK, " ", "\u00a0", "\u200a"} <= {chr(code) for code in known}
        assert ord("A") not in known


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    first = write_font_faces(tmp_path, woff2=False)
    times = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert write_font_faces(tmp_path, woff2=False) == first
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == times


def test_faces_of_an_earlier_build_are_removed_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "dejavusans-0123456789.woff2").write_bytes(b"cut otherwise")
    (tmp_path / "faces.css").write_text("", encoding="utf-8")
    css = write_font_faces(tmp_path, woff2=False)
    assert {file.name for file in tmp_path.iterdir()} == {*re.findall(r'url\("(.*?)"\)', css), "faces.css"}


@pytest.mark.parametrize("damage", [b"", b"x" * 100, None])
def test_a_face_that_was_changed_in_the_folder_or_the_cache_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(fonts, "FACES", tuple(face for face in FACES if face.file.endswith("DejaVuSans.ttf")))
    folder = tmp_path / "faces"
    write_font_faces(folder, woff2=False)
    made = contents(folder)
    (cached,) = (tmp_path / "cache" / "factpress").iterdir()
    for file in (cached, *folder.iterdir()):
        file.write_bytes(file.read_bytes()[:-50] if damage is None else damage)
    write_font_faces(folder, woff2=False)
    assert contents(folder) == made


@pytest.fixture
def two_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = [face for face in FACES if face.file.endswith(("SourceSerifPro-Regular.otf", "DejaVuSans.ttf"))]
    monkeypatch.setattr(fonts, "FACES", tuple(chosen))


@pytest.mark.usefixtures("two_faces")
def test_web_faces_are_small_the_same_each_time_and_keep_small_caps_and_old_style_figures(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert write_font_faces(tmp_path / "a", woff2=True) == write_font_faces(tmp_path / "b", woff2=True)
    made = contents(tmp_path / "a")
    assert made == contents(tmp_path / "b")
    assert all(name.endswith(".woff2") and len(data) < 60_000 for name, data in made.items())
    serif = TTFont(io.BytesIO(next(data for name, data in made.items() if "serif" in name)))
    features = {record.FeatureTag for record in serif["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "onum", "lnum", "tnum", "pnum", "liga"} <= features
    assert "kern" in {record.FeatureTag for record in serif["GPOS"].table.FeatureList.FeatureRecord}


@pytest.mark.usefixtures("two_faces")
def test_changed_fonts_drop_the_reserved_names_and_keep_copyright_and_licence(tmp_path: Path) -> None:
    write_font_faces(tmp_path, woff2=True)
    for file in tmp_path.iterdir():
        names = TTFont(file)["name"]
        assert names.getDebugName(1).startswith("Factpress ")
        assert names.getDebugName(0) and names.getDebugName(13)


def test_a_missing_package_is_named_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = fonts.Face(MARKS, (400,), ("normal",), "font-of-nobody", "font_of_nobody", "files/Nobody.otf")
    monkeypatch.setattr(fonts, "FACES", (lost,))
    with pytest.raises(ToolError, match="font-of-nobody is not installed") as caught:
        write_font_faces(tmp_path, woff2=False)
    assert "pip install" in caught.value.hint


def test_glyphs_have_the_numbers_that_a_pdf_calls_them_by(tmp_path: Path) -> None:
    write_font_faces(tmp_path, woff2=False)
    for file in tmp_path.glob("*.otf"):
        font = TTFont(file)
        if hasattr(font["CFF "].cff.topDictIndex[0], "ROS"):
            assert font.getGlyphOrder()[1:] == [f"cid{n:05d}" for n in range(1, font["maxp"].numGlyphs)]


DEJAVU = "matplotlib:mpl-data/fonts/ttf/DejaVuSans.ttf"


def test_a_face_of_the_settings_is_asked_for_what_those_before_it_lack(tmp_path: Path) -> None:
    ours = covered_characters()
    assert "a" in ours and "א" not in ours and "א" in covered_characters([DEJAVU])
    assert "✈" not in ours  # DejaVu has it, and of the marks it is not one
    bold = DEJAVU.replace("Sans", "Sans-Bold")
    faces = extra_faces([DEJAVU, DEJAVU, bold])
    assert [(face.family, face.file) for face in faces][:1] == [(HAN, DEJAVU.partition(":")[2])]
    assert len(faces) == 1 or faces[1].characters != faces[0].characters
    css = write_font_faces(tmp_path, woff2=True, extra=[DEJAVU])
    (name,) = {name for name in re.findall(r'url\("(.*?)"\)', css) if name.endswith(".ttf")}
    (characters,) = {rule for rule in re.findall(r"unicode-range:(.*?);", css) if "U+5D0" in rule}
    wanted = {chr(code) for code in subset.parse_unicodes(characters.replace("U+", ""))}
    assert wanted == {chr(code) for code in TTFont(tmp_path / name).getBestCmap()} - ours


def test_a_file_that_is_no_font_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some_faces").mkdir()
    (tmp_path / "some_faces" / "a.ttf").write_bytes(b"no font at all")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ToolError, match=r"some_faces:a\.ttf is no font"):
        covered_characters(["some_faces:a.ttf"])


def test_the_first_face_of_a_collection_stands_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some_faces").mkdir()
    collection = TTCollection()
    collection.fonts = [TTFont(find_face(DEJAVU)), TTFont(find_face(DEJAVU))]
    collection.save(tmp_path / "some_faces" / "Two of them.ttc")
    monkeypatch.syspath_prepend(str(tmp_path))
    css = write_font_faces(tmp_path / "out", woff2=False, extra=["some_faces:Two of them.ttc"])
    (name,) = set(re.findall(r'url\("(two-of-them-\w+\.ttf)"\) format\("truetype"\)', css))
    assert 0x5D0 in TTFont(tmp_path / "out" / name).getBestCmap()
