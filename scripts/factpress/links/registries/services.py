"""The registries and archives that are asked, and the interval between requests to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from factpress.problems import UsageError

#: seconds between two requests, as far below what each service allows as its users recommend
_INTERVALS = {"doi": 1.0, "crossref": 1.0, "datacite": 1.0, "archive": 2.5, "snapshots": 2.5, "timegate": 2.5}


@dataclass(frozen=True, slots=True)
class Services:
    """Base addresses without a slash at the end; empty: not asked."""

    doi: str = "https://doi.org"  #: handle API and registration agencies
    crossref: str = "https://api.crossref.org"
    datacite: str = "https://api.datacite.org"
    archive: str = "https://archive.org"  #: says which snapshot is nearest
    snapshots: str = "https://web.archive.org"  #: holds the snapshots and their index
    timegate: str = ""  #: any other archive that speaks Memento

    @property
    def intervals(self) -> Mapping[str, float]:
        """Return the seconds between two requests by base address."""
        return {getattr(self, name): seconds for name, seconds in _INTERVALS.items()}


def parse_services(texts: Sequence[str]) -> Services:
    """Return the services with the addresses of `NAME=ADDRESS`.

    Raises:
        UsageError: a name is not that of a service, or its address is missing.
    """
    names = [f.name for f in fields(Services)]
    services = Services()
    for text in texts:
        name, given, address = text.partition("=")
        if name not in names:
            raise UsageError(f"There is no service {name!r}.", f"Known: {', '.join(names)}.")
        if not given:
            raise UsageError(f"--service {name} gives no address.", f"Write {name}=ADDRESS, or {name}= to ask none.")
        services = replace(services, **{name: address.rstrip("/")})
    return services
