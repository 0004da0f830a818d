"""Hosts that are not a source's own address: copying sites, forums, indexes, staging hosts, pages of search results.

Where words were seen on such a page, the evidence names it; no edition leads a reader there.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from factpress.model.links.addresses import split_address

LIST = Path(__file__).with_name("copying-hosts.txt")
#: what each word of the list says to an editor
KINDS = {
    "copy": "a site that copies works of others",
    "forum": "a forum",
    "index": "an index of works, not their publisher",
    "staging": "a test or staging host",
    "search": "a page of search results",
    "person": "a private page with copies of texts",
}


def copying_kind(url: str) -> str:
    """Return what kind of copying host an address is at, in words; empty where it is at none."""
    parts = split_address(url)
    place = f"{(parts.hostname or '').rstrip('.')}{parts.path}"
    return next((KINDS[kind] for pattern, kind in _patterns() if pattern.match(place)), "")


def host_of(url: str) -> str:
    """Return the host of an address as readers see it: `docslib.org`."""
    return (split_address(url).hostname or "").removeprefix("www.")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the list's entries as patterns of host and path: a host stands for all below it, `.*` for any ending."""
    lines = (line.partition("#")[0].split() for line in LIST.read_text(encoding="utf-8").splitlines())
    return tuple((_pattern(entry), kind) for entry, kind in filter(None, lines))


def _pattern(entry: str) -> re.Pattern[str]:
    host, slash, path = entry.partition("/")
    written = re.escape(host).replace(r"\.\*", r"(?:\.[a-z]+){1,2}")
    return re.compile(rf"(?:[^/]*\.)?{written}{slash and re.escape(slash + path)}(?=/|$)", re.IGNORECASE)
