"""In print, the way from paper to proof: at a chapter's opening a QR code of the page that has its record online."""

from __future__ import annotations

import re

from factpress.press.qr_codes import QUIET_ZONE, qr_code
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.nodes import element, link, make

SIDE = 18.0  #: mm of a code without its white border
LEAST_MODULE = 0.36  #: mm that a square has at least, so that a telephone reads it at ease
LONGEST_PRINTED = 90  #: characters of an address that anybody would type
ENTRIES = "what-the-sources-say"  #: id of the section of a chapter that has the entries, in the web edition


def chapter_code(page: EditionPage) -> element | None:
    """Return the code of a chapter's record online, with its address; None without a site, or with one too long."""
    site = page.context.settings.site
    if not site:
        return None
    address = f"{site.rstrip('/')}/{page.docname}.html#{ENTRIES}"
    code = qr_code(address)
    module = SIDE / code.dark
    shown = re.sub(r"^https?://", "", address.partition("#")[0])
    if module < LEAST_MODULE or len(shown) > LONGEST_PRINTED:
        return None
    size, white = f"{module * code.side:.2f}mm", f"{-module * QUIET_ZONE:.2f}mm"
    title = make("title", page.say("code-title", address=shown))
    drawn = make(
        "svg", title, make("path", d=code.path, stroke="#000", fill="none"),
        viewBox=f"0 0 {code.side} {code.side}", width=size, height=size,
        style=f"margin:{white}",  # the dark squares line up with the text, not their white border
    )  # fmt: skip
    words = make("p", page.say("code-words"), " ", link(address, shown, classes="address"))
    return make("div", drawn, words, classes="code")
