"""Addresses of pages: what in them names no page, and the ids that they hold."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: parameters that are put after an address to follow its readers; they name no other page
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok)(?:=.*)?",
    re.IGNORECASE,
)
# two digits of the year, the month, a number of four digits until 2014 and of five since; before April 2007 by subject
_ARXIV = re.compile(
    r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-8]\d)(?:0[1-9]|1[0-2])\.\d{5}"
    r"|[a-z-]+(?:\.[A-Z]{2})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})(?:v[1-9]\d*)?"
)
_QUERY = 32  #: characters of a query that a report prints whole
_ARXIV_PAGE = re.compile(r"/(?:abs|html|pdf)/(.*?)(?:\.pdf)?")


def tracking(url: str) -> list[str]:
    """Return the names of the parameters that only follow readers."""
    query = url.partition("#")[0].partition("?")[2]
    return [found[1] for pair in query.split("&") if (found := _TRACKING.fullmatch(pair))]


def without_tracking(url: str) -> str:
    """Return the address without the parameters that only follow readers; all else stays as written."""
    page, mark, fragment = url.partition("#")
    path, _, query = page.partition("?")
    if not tracking(url):
        return url
    kept = "&".join(pair for pair in query.split("&") if not _TRACKING.fullmatch(pair))
    return f"{path}{'?' if kept else ''}{kept}{mark}{fragment}"


def in_reports(url: str) -> str:
    """Return the address as reports print it: a long query, in which a server may put a secret, only begun."""
    page, mark, query = url.partition("?")
    return url if len(query) <= _QUERY else f"{page}{mark}{query[: _QUERY // 2]}…"


def is_arxiv_id(text: str) -> bool:
    """Return whether a text has the form of an arXiv id, of the old kind or the new."""
    return bool(_ARXIV.fullmatch(text))


def arxiv_id(url: str) -> str:
    """Return what stands in the place of the arXiv id in the address of such a page, else nothing."""
    parts = urlsplit(url)
    page = _ARXIV_PAGE.fullmatch(parts.path)
    return page[1] if page and re.fullmatch(r"(?:www\.|export\.)?arxiv\.org", parts.hostname or "") else ""
