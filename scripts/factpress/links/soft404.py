"""What hosts say of pages that cannot exist: some answer 200 for everything."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from factpress.files.atomic import write_atomically
from factpress.links.http.redirects import Ask, Asking, follow
from factpress.links.http.replies import Answer
from factpress.links.page import classifier
from factpress.links.page.html import read_html
from factpress.links.schedule.host_queues import host_of


@dataclass(slots=True)
class Siblings:
    """What is known of each host, asked once a month and once a run."""

    day: date
    honest: dict[str, str] = field(default_factory=dict)  #: host: month in which it denied a page that cannot exist
    _texts: dict[str, str] = field(default_factory=dict)

    def twin(self, url: str, text: str) -> Asking[bool]:
        """Return whether a page says what its host says of a page that cannot exist; a front page never does."""
        host, month = host_of(url), f"{self.day:%Y-%m}"
        if classifier.is_root(url) or self.honest.get(host) == month:
            return False
        if host not in self._texts:
            reply = yield from follow(Ask(invented(url, month)))
            if not isinstance(reply, Answer) or reply.status in (401, 403, 429) or reply.status >= 500:
                return False  # it did not say
            if not 200 <= reply.status < 300:
                self.honest[host] = month
                return False
            kind = reply.headers.get("content-type", "")
            self._texts[host] = read_html(reply.body[: 2**18], kind).text
        return classifier.are_twins(text, self._texts[host])


def read_siblings(path: Path, day: date) -> Siblings:
    """Return what earlier runs of the month noted; what cannot be read is asked again."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        data = {}
    months = data.items() if isinstance(data, dict) else ()
    return Siblings(day, {host: month for host, month in months if month == f"{day:%Y-%m}"})


def write_siblings(path: Path, siblings: Siblings) -> None:
    """Note the hosts that need not be asked again this month."""
    write_atomically(path, json.dumps(siblings.honest, sort_keys=True, indent=1) + "\n")


def invented(url: str, month: str) -> str:
    """Return the address of a page beside `url` that nobody has made; the same for a month."""
    parts = urlsplit(url)
    folder = parts.path.rstrip("/").rpartition("/")[0]
    name = hashlib.sha256(f"{month} {parts.hostname} {folder}".encode()).hexdigest()[:20]
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}", "", ""))
