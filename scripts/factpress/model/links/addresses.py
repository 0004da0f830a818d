"""Addresses of pages: tracking parameters, the ids that they hold, and which belong to the public internet."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

#: tracking parameters: they follow readers and do not change which page is named
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


def tracking_parameters(url: str) -> list[str]:
    """Return the names of the parameters that only follow readers."""
    query = url.partition("#")[0].partition("?")[2]
    return [found[1] for pair in query.split("&") if (found := _TRACKING.fullmatch(pair))]


def without_tracking(url: str) -> str:
    """Return the address without the parameters that only follow readers; all else stays as written."""
    page, mark, fragment = url.partition("#")
    path, _, query = page.partition("?")
    if not tracking_parameters(url):
        return url
    kept = "&".join(pair for pair in query.split("&") if not _TRACKING.fullmatch(pair))
    return f"{path}{'?' if kept else ''}{kept}{mark}{fragment}"


def shortened_url(url: str) -> str:
    """Return the address as reports print it: a long query, in which a server may put a secret, only begun."""
    page, mark, query = url.partition("?")
    return url if len(query) <= _QUERY else f"{page}{mark}{query[: _QUERY // 2]}…"


def split_address(url: str) -> SplitResult:
    """Return the parts of an address; of one that has none, as `http://[x`, the scheme alone.

    urlsplit raises ValueError for a bracket that is not closed, and for a host that only looks like one.
    """
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult(url.partition(":")[0].lower(), "", "", "", "")


def is_arxiv_id(text: str) -> bool:
    """Return whether a text has the form of an arXiv id, of the old kind or the new."""
    return bool(_ARXIV.fullmatch(text))


def arxiv_id(url: str) -> str:
    """Return what stands in the place of the arXiv id in the address of such a page, else nothing."""
    parts = split_address(url)
    page = _ARXIV_PAGE.fullmatch(parts.path)
    return page[1] if page and re.fullmatch(r"(?:www\.|export\.)?arxiv\.org", parts.hostname or "") else ""


Address = IPv4Address | IPv6Address

#: newer than the tables of some Python versions, or public by number and private in fact
NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata service answers at 192.0.0.192
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # a cloud's metadata service
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4 holds an IPv4 address
        "3fff::/20",
    )
)
UNICAST = IPv6Network(
    "2000::/3"
)  #: all that is given out; ::1, fc00::/7, fe80::/10, 64:ff9b::/96, ::ffff:0:0/96 are outside
METADATA = frozenset(map(ip_address, ("169.254.169.254", "fd00:ec2::254", "168.63.129.16", "100.100.100.200")))


def why_not_public(text: str) -> str:
    """Return why an address must not be asked, or nothing when it belongs to the public internet."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return "it is not an address"
    if address in METADATA:
        return "a metadata service answers there"
    if address.is_loopback:
        return "it is this machine"
    if address.is_link_local or "%" in text:
        return "it is link-local"
    if isinstance(address, IPv6Address) and (inner := _inside(address)):
        return f"it stands for {inner}"
    if address.is_private:
        return "it is private"
    outside = isinstance(address, IPv6Address) and address not in UNICAST
    if outside or not address.is_global or address.is_multicast or any(address in net for net in NOT_PUBLIC):
        return "it is not on the public internet"
    return ""


def is_loopback(text: str) -> bool:
    """Return whether an address is this machine's own and nothing else."""
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def _inside(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a translator would ask instead."""
    number = int(address)
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in IPv6Network("64:ff9b::/96") or address in IPv6Network("64:ff9b:1::/48"):
        return IPv4Address(number & 0xFFFFFFFF)
    return None
