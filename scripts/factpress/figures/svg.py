"""From matplotlib's SVG to one for a page of any edition: paths and text, in the colour of the text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+\.\d+")
#: what stands on the root, and so on no part
SHARED = {"font-family": "Source Sans Pro", "font-size": "8.8", "font-weight": "400", "text-anchor": "start"}
KEPT = ("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-weight", "text-anchor")


def embeddable_svg(drawn: str, *, anchor: str, title: str, alt: str, ink: str) -> str:
    """Return matplotlib's SVG without ids, styles and groups; `ink` becomes `currentColor`."""
    root = ElementTree.fromstring(drawn)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root.get("viewBox")}" role="img" '
        f'aria-labelledby="{anchor}-title {anchor}-desc" color="{ink}" fill="none" stroke-linejoin="round" '
        f'font-family="{SHARED["font-family"]}" font-size="{SHARED["font-size"]}">\n'
        f'<title id="{anchor}-title">{escape(title)}</title>\n<desc id="{anchor}-desc">{escape(alt)}</desc>\n'
    )
    return head + "".join(_parts(root, ink)) + "</svg>\n"


def _parts(root: ElementTree.Element, ink: str) -> Iterator[str]:
    for element in root.iter():
        if element.tag == f"{SVG}path":
            yield f'<path{_attributes(_style(element), ink)} d="{_path(element.get("d", ""))}"/>\n'
        elif element.tag == f"{SVG}text":
            style = {"fill": "#000000"} | _style(element)
            words = escape(element.text or "", quote=False)
            yield f"<text{_place(element)}{_attributes(style, ink)}>{words}</text>\n"


def _place(element: ElementTree.Element) -> str:
    place = "".join(f' {name}="{_short(element.get(name, ""))}"' for name in ("x", "y") if name in element.attrib)
    transform = element.get("transform", "")
    return place if transform.startswith("rotate(-0 ") or not transform else f'{place} transform="{_short(transform)}"'


def _style(element: ElementTree.Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    # WeasyPrint takes the space after a comma for part of a family's name (svg/text.py)
    return {name.strip(): value.strip().replace("'", "").replace(", ", ",") for name, _, value in pairs if name.strip()}


def _attributes(style: dict[str, str], ink: str) -> str:
    attributes = []
    for name in KEPT:
        value = style.get(name)
        if value is not None and value not in ("none", SHARED.get(name)):
            shown = value.removesuffix("px").replace(ink, "currentColor")
            attributes.append(f' {name}="{escape(shown)}"')
    return "".join(attributes)


def _path(text: str) -> str:
    return _short(" ".join(text.split())).replace("M ", "M").replace("L ", "L").replace(" L", "L").replace(" M", "M")


def _short(text: str) -> str:
    """Return a text with two places after the point: hundredths of a point are finer than any printer."""
    return NUMBER.sub(lambda number: f"{round(float(number[0]), 2) + 0.0:g}", text)
