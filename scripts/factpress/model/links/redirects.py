"""Addresses that changed for good: what is recorded of them, and what that says of the new ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from factpress.model.links.addresses import without_tracking
from factpress.model.links.state import LinkKind, LinkRecord, State


def moved_addresses(records: Mapping[str, LinkRecord]) -> dict[str, str]:
    """Return the new address of every page that moved for good; a DOI stays, wherever it leads."""
    addresses = {}
    for url, record in records.items():
        if record.kind is LinkKind.URL and record.moved_since and record.final_url and not record.state.is_lost:
            new = without_tracking(record.final_url)
            # the part after # names a place on the page; a redirect without one keeps it
            fragment = url.partition("#")[2]
            addresses[url] = f"{new}#{fragment}" if fragment and "#" not in new else new
    return {url: new for url, new in addresses.items() if new != url}


def https_twins(records: Mapping[str, LinkRecord]) -> dict[str, str]:
    """Return the https address of every http one of which it is recorded that the same page answers there."""
    twins = {}
    for url, record in records.items():
        twin = f"https{url.removeprefix('http')}"
        twin_record = records.get(twin)
        if url.startswith("http:") and (record.final_url == twin or (twin_record and twin_record.state.is_success)):
            twins[url] = twin
    return twins


def record_for_new_address(record: LinkRecord, new: str) -> LinkRecord:
    """Return what the check of the old address says of the new one, where the page was read."""
    state = State.OK if record.state is State.MOVED else record.state
    return replace(record, url=new, state=state, final_url=None, moved_since=None)
