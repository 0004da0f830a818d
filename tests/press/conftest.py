"""One laid-out sample for all tests of the press: laying out is what takes time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from one_part import Sample, lay_out_parts

from factpress.press.fonts import write_font_faces
from factpress.press.layout.cache import Part

SAMPLE = Path(__file__).parent / "sample_book"


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faces")
    (folder / "faces.css").write_text(write_font_faces(folder, woff2=False), encoding="utf-8")
    return folder / "faces.css"


@pytest.fixture(scope="session")
def lay_out_sample(faces: Path) -> Callable[[Path], Sample]:
    def lay_out(folder: Path) -> Sample:
        book = folder / "book"
        shutil.copytree(SAMPLE, book)
        parts = [Part(book / "front.html"), Part(book / "body.html")]
        styles, licence = [faces, book / "sample.css"], "https://licence.example/by?a=1&b=2"
        return Sample(
            folder / "sample.pdf",
            lay_out_parts(parts, folder / "sample.pdf", styles, rights="CC BY 4.0", licence=licence),
        )

    return lay_out


@pytest.fixture(scope="session")
def sample(lay_out_sample: Callable[[Path], Sample], tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return lay_out_sample(tmp_path_factory.mktemp("sample"))
