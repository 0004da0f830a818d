"""One laid-out sample for all tests of the press: laying out is what takes time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from laid import Laid

from factpress.press.fonts import write_faces
from factpress.press.layout.html_to_pdf import html_to_pdf

HERE = Path(__file__).parent
STYLE = HERE / "sample.css"


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faces")
    (folder / "faces.css").write_text(write_faces(folder, woff2=False), encoding="utf-8")
    return folder / "faces.css"


@pytest.fixture(scope="session")
def lay_out_sample(faces: Path) -> Callable[[Path], Laid]:
    def lay_out(folder: Path) -> Laid:
        page = folder / "sample.html"
        shutil.copy(HERE / "sample.html", page)
        shutil.copytree(HERE / "sample", folder / "sample")
        pdf = folder / "sample.pdf"
        return Laid(pdf, html_to_pdf(page, pdf, styles=[faces, STYLE], body="chapter-1"))

    return lay_out


@pytest.fixture(scope="session")
def sample(lay_out_sample: Callable[[Path], Laid], tmp_path_factory: pytest.TempPathFactory) -> Laid:
    return lay_out_sample(tmp_path_factory.mktemp("sample"))
