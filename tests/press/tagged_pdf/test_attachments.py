"""Files that a PDF carries, as pypdf reads them."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from pypdf import PdfReader

from factpress.press.tagged_pdf.attachments import Attachment, attach

FILES = [
    Attachment("b.json", b'{"a": 1}', "application/json", "Data", "What was counted", "2026-11-20"),
    Attachment("a.bib", "@misc{é}".encode(), "application/x-bibtex", "Source", "What was read", "2026-11-20"),
]


def made(files: list[Attachment]) -> bytes:
    pdf, out = Pdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=pikepdf.Array([])))
    attach(pdf, files)
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def test_files_come_out_as_they_went_in() -> None:
    assert PdfReader(io.BytesIO(made(FILES))).attachments == {f.name: [f.data] for f in FILES}


def test_each_is_an_associated_file_of_the_whole_document_with_all_that_pdf_a_3_asks_for() -> None:
    with pikepdf.open(io.BytesIO(made(FILES))) as pdf:
        assert "/Dests" in pdf.Root.Names
        for spec, file in zip(pdf.Root.AF, FILES, strict=True):
            assert (spec.F, spec.UF, spec.Desc) == (file.name, file.name, file.description)
            assert spec.AFRelationship == Name(f"/{file.relationship}")
            stream = spec.EF.F
            assert stream.objgen == spec.EF.UF.objgen
            assert stream.Subtype == Name(f"/{file.media_type}")
            assert (stream.Params.Size, str(stream.Params.ModDate)) == (len(file.data), "D:20261120000000Z")


def test_the_same_files_give_the_same_bytes_and_none_leave_no_trace() -> None:
    assert made(FILES) == made(FILES)
    with pikepdf.open(io.BytesIO(made([]))) as pdf:
        assert "/AF" not in pdf.Root and "/EmbeddedFiles" not in pdf.Root.Names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_names_are_found_whatever_their_order(file: Attachment) -> None:
    with pikepdf.open(io.BytesIO(made(FILES))) as pdf:
        assert pdf.attachments[file.name].get_file().read_bytes() == file.data
