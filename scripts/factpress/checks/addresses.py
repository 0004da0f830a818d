"""What can be wrong with an address before anybody asks for it."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from factpress.files.bibtex.values import wrong_url
from factpress.model.links.addresses import tracking, why_not_public

#: names that no public resolver answers for
RESERVED = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "invalid", "test", "onion")


def wrong_address(url: str) -> str:
    """Return why an address must not be cited, empty when nothing speaks against it."""
    if why := wrong_url(url):
        return why
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if why := wrong_host(host):
        return why
    return f"{followed[0]} in it only follows readers" if (followed := tracking(url)) else ""


def wrong_host(host: str) -> str:
    """Return why no page of the public internet can be at a host."""
    try:
        address = str(ip_address(host))
    except ValueError:
        if any(f".{host}".endswith(f".{name}") for name in RESERVED):
            return f"{host} is a name of one network or machine only"
        # browsers take 0177.0.0.1 and 2130706433 for an address
        return "its host is written as a number" if re.fullmatch(r"(?:.*\.)?(?:0x[0-9a-f]*|\d+)", host) else ""
    return f"{host}: {why}" if (why := why_not_public(address)) else ""
