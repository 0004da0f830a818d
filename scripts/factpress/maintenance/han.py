"""Makes the small face of Hangul, Kana and Han that stands in this package: only the signs that the book uses.

Run as `nox -s han` when a page, a source or a quotation brings a sign that the face lacks; the layout of the PDF
names such a sign. The full face, Noto Sans CJK, is 16 MB and is needed for this alone.
"""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

from factpress.files.atomic import write_atomically

HAN_CHARACTERS = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
FACE = Path(__file__).parents[1] / "press" / "faces" / "factpress-han.otf"
SOURCE = ("cvttf_NotoSansCJK_Regular", "NotoSansCJKtc-Regular.otf")  #: package and file of the full face


def used_characters(root: Path) -> set[str]:
    """Return the characters of Hangul, Kana and Han that the book at `root` uses."""
    files = [root / "references.bib", *root.glob("docs/**/*.md"), *root.glob("docs/**/*.yaml")]
    return {
        sign for file in files if file.is_file() for sign in HAN_CHARACTERS.findall(file.read_text(encoding="utf-8"))
    }


def make_face(root: Path) -> int:
    """Write the face and return how many characters it has."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    spec = find_spec(SOURCE[0])
    assert spec is not None and spec.submodule_search_locations, "install cvttf-notosanscjk-regular first"
    font = TTFont(Path(spec.submodule_search_locations[0]) / SOURCE[1], recalcTimestamp=False)
    wanted = used_characters(root)
    options = subset.Options(layout_features=["locl", "ccmp"], name_IDs=["*"], notdef_outline=True, hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(wanted)) + " ")
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 16):
            record.string = "Factpress Han"
        elif record.nameID == 6:
            record.string = "FactpressHan"
    font["CFF "].cff.fontNames = ["FactpressHan"]
    font.save(FACE, reorderTables=None)
    write_atomically(FACE.with_suffix(".txt"), f"{len(wanted)} signs: {''.join(sorted(wanted))}\n")
    return len(wanted)


if __name__ == "__main__":
    print(f"{make_face(Path(sys.argv[1] if len(sys.argv) > 1 else '.'))} signs in {FACE.name}")
