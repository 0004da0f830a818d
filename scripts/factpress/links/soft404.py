"""Soft 404: the pages that hosts send for addresses that cannot exist, since some answer 200 for everything."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from factpress.files.atomic import write_atomically
from factpress.links.http.redirects import Request, RequestSteps, follow_redirects
from factpress.links.http.replies import Response
from factpress.links.page import classifier
from factpress.links.page.html import read_html
from factpress.links.schedule import request_host

PROBE_NAME = "links.soft404"  #: in the folder of working files


@dataclass(slots=True)
class Soft404Probe:
    """The error page of each host, requested once a run, and once a month where its status is 404."""

    day: date
    denied: dict[str, str] = field(default_factory=dict)  #: host: month in which it answered 404 for a random page
    _error_pages: dict[str, str] = field(default_factory=dict)  #: host: the text with which it answered 200

    def matches_error_page(self, url: str, text: str) -> RequestSteps[bool]:
        """Return whether a page has the text of its host's error page; a front page never has."""
        host, month = request_host(url), f"{self.day:%Y-%m}"
        if classifier.is_root(url) or self.denied.get(host) == month:
            return False
        if host not in self._error_pages:
            reply = yield from follow_redirects(Request(random_sibling_url(url, month)))
            if not isinstance(reply, Response) or reply.status in (401, 403, 429) or reply.status >= 500:
                return False  # it did not say
            if not 200 <= reply.status < 300:
                self.denied[host] = month
                return False
            kind = reply.headers.get("content-type", "")
            self._error_pages[host] = read_html(reply.body[: 2**18], kind).text
        return classifier.are_nearly_equal(text, self._error_pages[host])


def read_probe(path: Path, day: date) -> Soft404Probe:
    """Return the probe with what earlier runs of the month found; an unreadable file is an empty one."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        data = {}
    months = data.items() if isinstance(data, dict) else ()
    return Soft404Probe(day, {host: month for host, month in months if month == f"{day:%Y-%m}"})


def write_probe(path: Path, probe: Soft404Probe) -> None:
    """Write the hosts that need not be probed again this month."""
    write_atomically(path, json.dumps(probe.denied, sort_keys=True, indent=1) + "\n")


def random_sibling_url(url: str, month: str) -> str:
    """Return an address beside `url` that cannot exist; the same for a month."""
    parts = urlsplit(url)
    folder = parts.path.rstrip("/").rpartition("/")[0]
    name = hashlib.sha256(f"{month} {parts.hostname} {folder}".encode()).hexdigest()[:20]
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}", "", ""))
