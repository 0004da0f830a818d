"""The only files a layout may read: those beside the page and its style sheets. Never the network.

Import this module where it is needed: it loads WeasyPrint, which takes most of a second.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]


class LocalFile(URLFetcherResponse):  # type: ignore[misc]  # WeasyPrint has no types
    """A file under the address that the layout knows it by."""

    def __init__(self, url: str, file: Path) -> None:
        """Open `file`; an OSError becomes an error in WeasyPrint's log."""
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        super().__init__(url, file.open("rb"), {"Content-Type": kind})
        self._file = file

    @property
    def path(self) -> str:
        """Return the real path; WeasyPrint reads bitmaps from it a second time."""
        return str(self._file)


class LocalFetcher(URLFetcher):  # type: ignore[misc]
    """Answers `file:///NAME/path` from the folder called NAME, and data: addresses; refuses all others.

    The addresses are made up because WeasyPrint names images by a hash of theirs: with real ones, a book built
    in another folder would have other bytes, and links would tell where it was built.
    """

    def __init__(self, folders: Mapping[str, Path]) -> None:
        """Serve the folders by their names."""
        super().__init__(allowed_protocols={"file", "data"})
        self._folders = folders

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the file or the data that `url` names."""
        parts = urlsplit(url)
        if parts.scheme != "file":
            return super().fetch(url, headers)
        name, _, path = unquote(parts.path).lstrip("/").partition("/")
        if parts.netloc or name not in self._folders or ".." in Path(path).parts:
            raise ValueError("it is outside the folder of the page")
        return LocalFile(url, self._folders[name] / path)
