"""Pictures that not every edition can show are converted when a page is written; what readers get is one picture."""

from __future__ import annotations

import hashlib
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms.images import BaseImageConverter

from factpress.files.atomic import write_atomically
from factpress.press.pictures import convert_picture


class PictureConverter(BaseImageConverter):
    """Puts a converted copy in the place of a picture; see `factpress.press.pictures`."""

    default_priority = 200  # as Sphinx's own converters, before builders collect the files

    def match(self, node: nodes.image) -> bool:
        """Return whether the picture is a file of the book, and not a drawing."""
        return "*" in node.get("candidates", ()) and Path(node["uri"]).suffix.lower() not in (".svg", ".svgz")

    def handle(self, node: nodes.image) -> None:
        """Write the copy among the working files.

        It is named by the picture's path: two of one name stay two, whichever page is written first, and a picture
        that is edited takes the place of the old one.
        """
        source = Path(self.env.srcdir) / node["uri"]
        if not source.is_file() or (made := convert_picture(source)) is None:
            return  # what is not there was reported when the page was read
        data, suffix = made
        digest = hashlib.sha256(str(node["uri"]).encode()).hexdigest()[:10]
        copy = Path(self.imagedir) / f"{source.stem}-{digest}{suffix}"
        if not copy.is_file() or copy.read_bytes() != data:
            write_atomically(copy, data)
        node["candidates"]["*"] = node["uri"] = str(copy)
        self.env.images.add_file(self.env.current_document.docname, str(copy))
