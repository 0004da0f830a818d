"""Pages and assets: templates that escape everything, and the fixed table of what a browser may load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from factpress.desk.access import ASSETS, Access
from factpress.model.text.characters import forbidden_characters, hidden_characters
from factpress.press.fonts import write_font_faces
from factpress.settings import Settings

FOLDER = Path(__file__).parent
STATIC = ("desk.css", "desk.js")
FACES = "faces.css"
TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".otf": "font/otf", ".ttf": "font/ttf"}
KEPT = "private, max-age=86400, immutable"  #: the desk's path is another one at each start
_URL = re.compile(r'url\("([^"]+)"\)')


class Typed(str):
    """A text as it stands in a field: nothing in it is made visible, so that saving it changes nothing."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, in one line of the page: never a dialog, and it stays."""

    strong: str
    text: str = ""
    good: bool = False
    sign: str = ""
    link: str = ""
    link_words: str = ""


class Pages:
    """The templates, filled in for one desk."""

    def __init__(self, settings: Settings, access: Access) -> None:
        """Load the templates; each is read when it is first asked for."""
        self.settings, self.access = settings, access
        self.environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined,
            finalize=visible, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self.environment.globals |= {
            "raw": Typed, "home": access.home, "language": "en", "book_title": settings.title,
            "asset": lambda name: f"{access.home}{ASSETS}/{name}",
        }  # fmt: skip

    def answer(self, template: str, /, **values: object) -> Response:
        """Return a page."""
        return HTMLResponse(self.environment.get_template(template).render(values))


class Assets:
    """What a browser may load beside the pages; nothing is looked up on the disk by a name that it sends."""

    def __init__(self, settings: Settings) -> None:
        """Read the style sheet and the script, and begin to make the faces."""
        self.table: dict[str, bytes] = {name: (FOLDER / "static" / name).read_bytes() for name in STATIC}
        maker = ThreadPoolExecutor(1, thread_name_prefix="faces")
        # the first time on a machine this takes five seconds, and the desk need not wait for it
        self._faces: Future[Mapping[str, bytes]] = maker.submit(_faces, settings)
        maker.shutdown(wait=False)

    def answer(self, name: str) -> Response:
        """Return an asset by its name, 404 for any other."""
        content = self.table.get(name)
        if content is None:
            content = self._faces.result().get(name)
        if content is None:
            return Response(status_code=404)
        kind = TYPES[Path(name).suffix]
        return Response(content, media_type=kind, headers={"Cache-Control": KEPT})


def _faces(settings: Settings) -> Mapping[str, bytes]:
    folder = settings.work / "desk" / "faces"
    folder.mkdir(parents=True, exist_ok=True)
    css = write_font_faces(folder, woff2=True, extra=settings.faces)
    files = {name: (folder / name).read_bytes() for name in _URL.findall(css)}
    return {FACES: css.encode(), **files}


def visible(value: object) -> object:
    """Return a value as it is printed: signs that nobody sees, or that turn the direction, are shown by their code."""
    if not isinstance(value, str) or isinstance(value, Markup | Typed):
        return value
    found = sorted({*forbidden_characters(value), *hidden_characters(value)}, reverse=True)
    for at, sign in found:
        value = f"{value[:at]}⟦U+{ord(sign):04X}⟧{value[at + 1 :]}"
    return value
