"""Link checking beside lychee, linkchecker and Sphinx's linkcheck: who judges which case right, and how long it takes.

All of it on loopback, in a network namespace that has nothing else.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from factpress.model.links.state import LinkRecord, QuoteState, State

from .checkers import ALIVE, CHECKERS, DEAD, UNSURE, lychee_command
from .loopback_only import alone
from .many_hosts import HOSTS, PAGES, served
from .measure import Run, run

sys.path.insert(0, str(Path(__file__).parents[1] / "links"))
from answers import CASES, Case, plays
from fuzz import fuzz_for  # the tests of links are not a package
from killing import kill_refreshes  # the tests of links are not a package
from loopback import Loopback, serving
from loopback_check import looked_at
from pages import PAGES as SMALL_PAGES
from pages import SCENERY
from small_book import book

OURS = "factpress"
APART = 2.0  #: seconds between two requests to one host, for all who know such a thing
#: cases with which a checker would not come to an end: Sphinx waits as long as a server says, be it a day
ENDLESS = {"Sphinx linkcheck": ("429 for a day",)}
EVERY = (*CASES, *SMALL_PAGES)
SEEN = {"alive": "fine", "dead": "broken", "unsure": "cannot tell", "": "no word"}


def main(kills: int, fuzz: float) -> int:
    """Print the table of cases, the times, and what kills and fuzzing left."""
    alone()
    print(_table(_judged()), flush=True)
    print(_times(), flush=True)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        killed = kill_refreshes(Path(folder), kills)
    print(f"\n{killed} refreshes killed in {time.perf_counter() - start:.0f} s: nothing recorded was lost", flush=True)
    if fuzz:
        print(fuzz_for(fuzz))
    return 0


def verdict(record: LinkRecord) -> str:
    """Return what our record of one check says of a link."""
    if record.state in (State.SUSPECT, State.GONE, State.SOFT_404):
        return DEAD
    read = set(record.quotes.values()) <= {QuoteState.FOUND}
    return ALIVE if read and record.state in (State.OK, State.REDIRECTED, State.MOVED) else UNSURE


def _judged() -> dict[str, dict[str, str]]:
    """Return the verdict of every checker on every case, by name."""
    found: dict[str, dict[str, str]] = {}
    with _stage() as urls:
        found[OURS] = {case.name: verdict(looked_at(urls[case.name], case, hosts="127.0.0.0/16")) for case in EVERY}
    for name, check in CHECKERS.items():
        with _stage() as urls, tempfile.TemporaryDirectory() as folder:
            asked = [url for case, url in urls.items() if case not in ENDLESS.get(name, ())]
            said = check(asked, Path(folder))
            found[name] = {case.name: said.get(urls[case.name], "") for case in EVERY}
    return found


@contextmanager
def _stage() -> Iterator[dict[str, str]]:
    """Play all cases afresh, each on a host of its own: a checker that slows down for one is not slow for all."""
    with serving({**plays(EVERY), **SCENERY}, "0.0.0.0") as server:  # in this namespace, loopback is all there is
        yield {case.name: _address(server, case, host) for host, case in enumerate(EVERY, 1)}


def _address(server: Loopback, case: Case, host: int) -> str:
    return f"http://127.0.{host // 250}.{host % 250 + 1}:{server.server_port}{case.address}"


def _kinds() -> dict[str, list[Case]]:
    """Return the small pages by kind: `form 3, …` and `form 4, …` are of one."""
    kinds: dict[str, list[Case]] = {}
    for case in SMALL_PAGES:
        kind = re.sub(r"^(encoding|form|line end|east asian|inline)\b.*", r"\1", case.name.partition(",")[0])
        kinds.setdefault(kind, []).append(case)
    return kinds


def _table(found: Mapping[str, Mapping[str, str]]) -> str:
    names = list(found)
    width = max(len(case.name) for case in CASES)
    rows = [f"\n{len(EVERY)} cases; * where a checker is wrong\n"]
    rows.append("  ".join([f"{'':{width}}  {'is':11}", *(f"{name:16}" for name in names)]).rstrip())
    for case in CASES:
        cells = []
        for name in names:
            said = found[name][case.name]
            cells.append(f"{SEEN[said]}{'' if said == case.truth else ' *':16}"[:16].ljust(16))
        rows.append("  ".join([f"{case.name:{width}}  {SEEN[case.truth]:11}", *cells]).rstrip())
    for kind, cases in _kinds().items():
        right = [f"{sum(found[name][case.name] == case.truth for case in cases)} of {len(cases)}" for name in names]
        rows.append("  ".join([f"{kind[:width]:{width}}  {'':11}", *(f"{count:16}" for count in right)]).rstrip())
    right = [f"{sum(found[name][case.name] == case.truth for case in EVERY)} right" for name in names]
    return "\n".join([*rows, "  ".join([f"{'':{width}}  {'':11}", *(f"{count:16}" for count in right)]).rstrip()])


def _times() -> str:
    """Return seconds and memory for many links, each checker one request at a time and `APART` seconds a host."""
    rows = [f"\n{HOSTS * PAGES} links on {HOSTS} hosts, one request at a time for each host, {APART:g} s apart\n"]
    rows.append(f"{'':28}{'seconds':>9}{'peak MiB':>10}")
    with served() as urls:
        few = _ours(urls[: HOSTS // 2])
        ours, theirs = _ours(urls), _lychee(urls)
    rows.append(f"{OURS + f', {HOSTS // 2} links':28}{few.seconds:9.1f}{few.peak:10.0f}")
    rows += [f"{name:28}{r.seconds:9.1f}{r.peak:10.0f}" for name, r in ((OURS, ours), ("lychee", theirs))]
    rows.append(f"{'ratio':28}{ours.seconds / theirs.seconds:9.2f}")
    rows += [f"failed: {r.errors.strip()[-300:]}" for r in (few, ours) if r.status]
    return "\n".join(rows)


def _ours(urls: Sequence[str]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        settings = book(Path(folder) / "book", list(urls))
        port = urls[0].split(":")[2].partition("/")[0]
        # one request more a host than it has pages: whether it denies one that cannot exist
        pace = [
            f"--delay={APART}",
            f"--max-per-host={PAGES + 2}",
            f"--workers={HOSTS}",
            f"--allow-host=127.0.1.0/24:{port}",
        ]
        command = [sys.executable, "-m", "factpress", "--root", str(settings.root), "links", "refresh", *pace]
        return run(command, settings.root)


def _lychee(urls: Sequence[str]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        pace = ["--host-concurrency", "1", "--host-request-interval", f"{APART:g}s", "--max-concurrency", str(HOSTS)]
        return run(lychee_command(urls, Path(folder), *pace), Path(folder))
