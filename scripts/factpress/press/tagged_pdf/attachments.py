"""Files inside a PDF that belong to all of it: the data that the book was made from, for anyone who wants to compute.

PDF/A-3 allows files of any kind when each is an associated file with its relationship and media type (ISO 19005-3,
6.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to carry along."""

    name: str
    data: bytes
    media_type: str
    relationship: str  #: to the book: Data, Source, Supplement … (ISO 32000-2, 7.11.3, AFRelationship)
    description: str  #: for readers, what the file is
    date: str  #: ISO date of the edition, so that the same book gives the same bytes


def attach(pdf: Pdf, files: Sequence[Attachment]) -> None:
    """Put the files into the PDF as associated files of the whole document."""
    if not files:
        return
    specs = [(file, pdf.make_indirect(_spec(pdf, file))) for file in files]
    names = NameTree.new(pdf)
    for file, spec in specs:
        names[file.name] = spec
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = names.obj
    pdf.Root.AF = Array([spec for _, spec in specs])


def _spec(pdf: Pdf, file: Attachment) -> Dictionary:
    date = String(f"D:{file.date.replace('-', '')}000000Z")
    stream = pdf.make_stream(
        file.data,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{file.media_type}"),
        Params=Dictionary(Size=len(file.data), CreationDate=date, ModDate=date),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(file.name),
        UF=String(file.name),
        Desc=String(file.description),
        AFRelationship=Name(f"/{file.relationship}"),
        EF=Dictionary(F=stream, UF=stream),
    )
