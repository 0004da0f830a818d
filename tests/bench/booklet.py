"""Make the booklet of a book without its other volumes: what is measured beside the plain stack on the same words."""

from __future__ import annotations

import sys
from unittest.mock import patch

from sphinx.cmd.build import build_main

from factpress.sphinxext.builders import volumes
from factpress.volumes import BOOKLET


def main(book: str, out: str) -> int:
    """Build `book` into `out` and return the exit status of Sphinx."""
    with patch.object(volumes, "requested_volumes", lambda _settings: iter([BOOKLET])):
        return build_main(["-q", "-b", "pdf", "-d", f"{out}/doctrees", f"{book}/docs", f"{out}/pdf"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
