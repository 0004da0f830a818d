"""A book that cites what it is told to, and the words that ask about it without waiting."""

from __future__ import annotations

import shutil
from pathlib import Path

from loopback import Loopback

from factpress.files.link_record.lock import read_lock
from factpress.model.links.state import LinkRecord
from factpress.settings import Settings, read_settings

CLEAN = Path(__file__).parents[1] / "clean_book"


def entry(key: str, url: str) -> str:
    return f"@online{{{key},\n  title = {{{key}}},\n  year = {{2020}},\n  url = {{{url}}},\n}}\n"


def book(root: Path, urls: list[str]) -> Settings:
    """Return a book without claims that cites these addresses."""
    shutil.copytree(CLEAN, root)
    for file in (root / "docs" / "claims").glob("[0-9]*.yaml"):
        file.write_text("[]\n", encoding="utf-8")
    entries = (entry(f"k{n:03}", url) for n, url in enumerate(urls))
    (root / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    return read_settings(root)


def recorded(settings: Settings) -> dict[str, LinkRecord]:
    records, problems = read_lock(settings.docs / "claims" / "links.lock.json", settings.root)
    assert problems == []
    return records


def words(server: Loopback, *more: str) -> list[str]:
    quiet = [f"--service={name}=" for name in ("doi", "crossref", "datacite", "archive", "snapshots")]
    rates = ["--delay=0", "--retry-delay=0", "--max-per-host=1000", f"--allow-host=127.0.0.1:{server.server_port}"]
    return ["links", more[0], *quiet, *rates, *more[1:]]
