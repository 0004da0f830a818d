"""A picture of every kind that a person may put into a book, as small files."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageCms

SIZE = (40, 24)


def gradient(mode: str) -> Image.Image:
    """Return a picture that is dark at the left and light at the right."""
    grey = Image.linear_gradient("L").rotate(90).resize(SIZE)
    picture = Image.merge("RGB", (grey, grey, Image.new("L", SIZE, 90)))
    if mode in ("RGBA", "LA"):
        picture.putalpha(grey)
    return picture.convert(mode)


def png(bit_depth: int, colour_type: int, interlaced: bool = False) -> bytes:
    """Return a PNG by hand: Pillow does not write all that others do."""
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour_type]
    width, height = SIZE
    row = b"\0" + bytes(range(256))[: width * channels * bit_depth // 8].ljust(
        width * channels * bit_depth // 8, b"\x7f"
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, bit_depth, colour_type, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
    )


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera stood on its side
    return exif


def write_pictures(folder: Path) -> dict[str, Path]:
    """Write the pictures, and return them by their kinds."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    red = Image.new("RGB", SIZE, "red")
    frames = [gradient("P"), red.convert("P")]
    saved = {
        "png-rgb.png": (gradient("RGB"), {}),
        "png-transparent.png": (gradient("RGBA"), {}),
        "png-palette.png": (gradient("P"), {}),
        "png-palette-transparent.png": (gradient("P"), {"transparency": 3}),
        "png-black-and-white.png": (gradient("1"), {}),
        "png-grey-transparent.png": (gradient("LA"), {}),
        "jpeg-rgb.jpg": (gradient("RGB"), {}),
        "jpeg-grey.jpeg": (gradient("L"), {}),
        "jpeg-progressive.jpg": (gradient("RGB"), {"progressive": True}),
        "jpeg-cmyk.jpg": (gradient("CMYK"), {}),
        "jpeg-turned.jpg": (gradient("RGB"), {"exif": turned()}),
        "jpeg-odd-profile.jpg": (gradient("RGB"), {"icc_profile": profile}),
        "gif.gif": (gradient("P"), {}),
        "gif-animated.gif": (frames[0], {"save_all": True, "append_images": frames[1:]}),
        "webp.webp": (gradient("RGB"), {"lossless": True}),
        "webp-transparent.webp": (gradient("RGBA"), {"lossless": True}),
        "webp-animated.webp": (gradient("RGB"), {"save_all": True, "append_images": [red]}),
        "tiff.tif": (gradient("RGB"), {}),
        "tiff-cmyk.tiff": (gradient("CMYK"), {"compression": "tiff_lzw"}),
        "tiff-pages.tiff": (gradient("L"), {"save_all": True, "append_images": [red]}),
        "tiff-16-bit.tiff": (Image.new("I;16", SIZE, 40000), {}),
        "tiff-lab.tif": (gradient("LAB"), {}),
        "png-16-bit.png": (Image.new("I;16", SIZE, 40000), {}),
    }
    for name, (image, options) in saved.items():
        image.save(folder / name, **options)  # type: ignore[arg-type]  # of several types
    (folder / "png-rgb-16-bit.png").write_bytes(png(16, 2))
    (folder / "png-rgba-16-bit.png").write_bytes(png(16, 6))
    (folder / "png-interlaced.png").write_bytes(interlaced())
    data = io.BytesIO()
    gradient("RGB").save(data, "JPEG")
    (folder / "jpeg-called.png").write_bytes(data.getvalue())
    (folder / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="24"><rect width="40" height="24"/></svg>', "utf-8"
    )
    return {file.name: file for file in sorted(folder.iterdir())}


def interlaced() -> bytes:
    """Return a PNG in seven passes (Adam7), of one grey."""
    width, height = SIZE
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    rows = b"".join((b"\0" + b"\x60" * len(range(x, width, dx))) * len(range(y, height, dy)) for x, y, dx, dy in passes)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
