"""How large a bitmap is, from its first bytes: opening it whole is what a huge one must not lead to."""

from __future__ import annotations

from pathlib import Path

FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  #: segments of a JPEG that say how large it is


def pixels(file: Path) -> tuple[int, int]:
    """Return width and height of a PNG, GIF or JPEG file, (0, 0) for any other."""
    with file.open("rb") as opened:
        head = opened.read(24)
        if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) == 24:
            return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
        if head[:6] in (b"GIF87a", b"GIF89a"):
            return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
        at = 2 if head.startswith(b"\xff\xd8") else 0
        while at:
            opened.seek(at)
            part = opened.read(9)
            if len(part) < 9 or part[0] != 0xFF:
                break
            if part[1] in FRAMES:
                return int.from_bytes(part[7:9]), int.from_bytes(part[5:7])
            at += 2 + int.from_bytes(part[2:4])
    return 0, 0


def read_drawing_text(file: Path) -> str:
    """Return what an SVG file says; of one that is not plain UTF-8, a text that counts as one that acts."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return "<!not readable"
