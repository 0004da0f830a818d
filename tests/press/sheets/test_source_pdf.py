"""PDFs of anybody: damaged, or made to take all memory. Each is refused in one line, or becomes sheets."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

from factpress.press.sheets.impose import impose, plan_sheets
from factpress.press.sheets.job import ImpositionJob
from factpress.problems import FactpressError

MIB = 1024 * 1024
Objects = dict[int, bytes]


def sound() -> Pdf:
    """Return a PDF of three pages with all that a sheet takes over."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(3):
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 419, 595]),
            Resources=Dictionary(Font=Dictionary(F=font)),
            Contents=pdf.make_stream(f"BT /F 12 Tf 40 40 Td (p{number}) Tj ET".encode()),
        )
        pdf.pages.append(Page(pdf.make_indirect(page)))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "T"
    pdf.docinfo["/Title"] = String("T")
    return pdf


def odd_values(pdf: Pdf) -> dict[str, Any]:
    """Return values of every type that a PDF has."""
    return {
        "integer": 5, "negative": -1, "huge": 10**12, "name": Name.x, "string": String("x"),
        "bytes": String(b"\xff\xfe\x00\xd8"), "empty": Array([]), "mixed": Array([5, Name.x]),
        "names": Array([Name.a, Name.b, Name.c, Name.d]), "numbers": Array([0, 0, -1, 10**9]),
        "nested": Array([Array([Array([])])]), "dictionary": Dictionary(A=Dictionary(B=5)), "true": True,
        "stream": pdf.make_stream(b"x"), "damaged": pdf.make_stream(b"no", Filter=Name.FlateDecode),
        "filter": pdf.make_stream(b"x", Filter=Name.Nope), "filters": pdf.make_stream(b"x", Filter=Array([5])),
        "page": pdf.pages[0].obj, "root": pdf.Root,
    }  # fmt: skip


HOLDERS: dict[str, tuple[Callable[[Pdf], Any], tuple[str, ...]]] = {
    "page": (
        lambda pdf: pdf.pages[1].obj,
        (
            "Annots",
            "MediaBox",
            "CropBox",
            "TrimBox",
            "BleedBox",
            "Rotate",
            "UserUnit",
            "Contents",
            "Resources",
            "Group",
        ),
    ),
    "pages": (lambda pdf: pdf.Root.Pages, ("Kids", "Count", "MediaBox", "Rotate", "Resources")),
    "root": (lambda pdf: pdf.Root, ("Metadata", "Lang", "Pages", "PageLabels", "Outlines", "Names", "AcroForm")),
    "info": (lambda pdf: pdf.docinfo, ("Title", "Author", "CreationDate")),
    "trailer": (lambda pdf: pdf.trailer, ("Info", "ID")),
}
PLACES = [(holder, key) for holder, (_, keys) in HOLDERS.items() for key in keys]


@pytest.mark.parametrize(("holder", "key"), PLACES, ids=lambda part: part)
def test_a_value_of_any_type_is_refused_or_left_out(tmp_path: Path, holder: str, key: str) -> None:
    file, out, job = tmp_path / "book.pdf", tmp_path / "out.pdf", ImpositionJob("420x297", marks=("crop",))
    for label in odd_values(sound()):
        pdf = sound()
        HOLDERS[holder][0](pdf)[f"/{key}"] = odd_values(pdf)[label]
        try:
            pdf.save(file)
        except pikepdf.PdfError:
            continue  # nor could anybody else make such a file with pikepdf
        try:
            plan_sheets(file, job)
            impose(file, out, job)
        except FactpressError as error:
            assert "\n" not in str(error), label


def test_annotations_that_are_none_are_not_counted(tmp_path: Path) -> None:
    with sound() as pdf:
        pdf.pages[0].Annots = Array(
            [5, Name.x, Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))]
        )
        pdf.save(tmp_path / "book.pdf")
    assert plan_sheets(tmp_path / "book.pdf", ImpositionJob()).left_out == {"link": 1}


def test_flipped_bytes_never_end_in_a_traceback(tmp_path: Path) -> None:
    file, chance = tmp_path / "book.pdf", random.Random(20261128)
    sound().save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = file.read_bytes()
    refused = 0
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        file.write_bytes(changed)
        try:
            impose(file, tmp_path / "out.pdf")
        except FactpressError as error:
            refused += 1
            assert "\n" not in str(error)
    assert refused > 50


# files that are small and ask for much


def written(root: bytes = b"", objects: Objects | None = None) -> bytes:
    """Return a PDF of one page, with more in its catalog and these objects."""
    listed = {
        1: b"<</Type/Catalog/Pages 2 0 R" + root + b">>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 419 595]/Contents 4 0 R/Resources<<>>>>",
        4: stream(b"", b"q Q"),
        **(objects or {}),
    }
    out, places = b"%PDF-1.5\n", []
    for number, body in sorted(listed.items()):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(listed) + 1) + b"".join(places)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(listed) + 1, len(out))
    return out + table + tail


def stream(filters: bytes, data: bytes) -> bytes:
    packed = b"/Filter " + filters if filters else b""
    return b"<</Type/Metadata/Subtype/XML%s/Length %d>>\nstream\n" % (packed, len(data)) + data + b"\nendstream"


def deflated(count: int, piece: bytes = b" " * MIB) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(map(packer.compress, itertools.repeat(piece, count))) + packer.flush()


def object_stream() -> bytes:
    """Return a PDF two objects of which stand in a stream that inflates to 320 MiB."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"4 0 5 20 <</A 1>>           <</B 1>>") + b"".join(
        packer.compress(b" " * MIB) for _ in range(320)
    )
    packed += packer.flush()
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/X 4 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 419 595]/Contents 7 0 R/Resources 4 0 R>>",
        7: stream(b"", b"q Q"),
        6: b"<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
        + packed
        + b"\nendstream",
    }
    out, places = b"%PDF-1.5\n", {}
    for number, body in bodies.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    places[8] = len(out)
    rows = b"".join(
        b"\2" + (6).to_bytes(4) + (number - 4).to_bytes(2) if number in (4, 5)
        else (b"\1" + places[number].to_bytes(4) + b"\0\0" if number in places else b"\0" * 5 + b"\xff\xff")
        for number in range(9)
    )  # fmt: skip
    head = b"8 0 obj\n<</Type/XRef/Size 9/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(rows)
    return out + head + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % places[8]


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 20) for n in range(8))
    + b"]><x>&a7;</x>"
)  # fmt: skip
BOMBS: dict[str, Callable[[], bytes]] = {
    "content": lambda: written(objects={4: stream(b"/FlateDecode", deflated(320))}),
    "content-twice": lambda: written(
        objects={4: stream(b"[/FlateDecode/FlateDecode]", zlib.compress(deflated(320), 9))}
    ),
    "content-five-times": lambda: written(objects={4: stream(b"[" + b"/FlateDecode" * 5 + b"]", b"x")}),
    "content-run-length": lambda: written(
        objects={4: stream(b"[/FlateDecode/RunLengthDecode]", deflated(16, b"\x81 " * (MIB // 2)))}
    ),
    "content-lzw": lambda: written(objects={4: stream(b"/LZWDecode", b"\x80" * 400_000)}),
    "metadata": lambda: written(b"/Metadata 5 0 R", {5: stream(b"/FlateDecode", deflated(320))}),
    "metadata-entities": lambda: written(b"/Metadata 5 0 R", {5: stream(b"", ENTITIES)}),
    "object-stream": object_stream,
    "nested": lambda: written(b"/X " + b"[" * 100_000 + b"]" * 100_000),
    "a-page-in-itself": lambda: written(objects={2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"}),
    "one-page-many-times": lambda: written(
        objects={2: b"<</Type/Pages/Kids[" + b"3 0 R " * 200_000 + b"]/Count 200000>>"}
    ),
    "content-of-itself": lambda: written(objects={4: b"[4 0 R 4 0 R]"}),
}
READ = """
import pathlib, sys
from factpress.cli.main import main
status = main(["impose", *sys.argv[1:]])
# not ru_maxrss, which begins at the size of the process that started this one
print(pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
sys.exit(status)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux only")
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_asks_for_much_is_refused_within_limits(tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(BOMBS[name]())
    assert file.stat().st_size < 2 * MIB
    command = [sys.executable, "-c", READ, str(file), str(tmp_path / "out.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in ((0,) if name == "metadata-entities" else (1, 3)), done.stderr
    assert int(done.stdout.splitlines()[-1]) < 400 * 1024
