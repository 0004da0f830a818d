"""Kills a refresh at any moment, again and again; each run goes on where the one before stopped."""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from link_checks import FILL
from loopback import Loopback, serving
from small_book import book, recorded, words

from factpress.links.journal import Journal, merge_journal
from factpress.settings import Settings

FORKER = Path(__file__).with_name("forker.py")
PAGES = 50


def kill_refreshes(folder: Path, wanted: int, seed: int = 6) -> int:
    """Return how many refreshes were killed, at least as many as wanted, in as many books as that takes.

    AssertionError: something that was recorded or noted is not any more, a record cannot be read, or a page that was
    noted was asked again.
    """
    chance = random.Random(seed)
    plays = {f"/p/{n}": (lambda h: (time.sleep(0.01), h.say(200, FILL))) for n in range(PAGES)}
    kills = number = 0
    with serving(plays) as server, _forker(server) as forker:
        urls = [f"{server.address}/p/{n}" for n in range(PAGES)]
        while kills < wanted:
            number += 1
            server.visits.clear()
            settings = book(folder / str(number), urls)
            here = _until_done(settings, forker, chance)
            assert set(recorded(settings)) == set(urls)
            # a run loses the page it waits for, and asks for one that cannot exist
            assert len(server.visits) <= PAGES + 2 * (here + 1)
            kills += here
    return kills


@contextlib.contextmanager
def _forker(server: Loopback) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(FORKER), *words(server, "refresh")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as forker:
        yield forker
        assert forker.stdin
        forker.stdin.close()


def _until_done(settings: Settings, forker: subprocess.Popen[str], chance: random.Random) -> int:
    assert forker.stdin and forker.stdout
    journal = settings.work / "links.journal"
    known: set[str] = set()
    kills = 0
    while True:
        print(settings.root, file=forker.stdin)
        child = int(forker.stdout.readline())
        _wait_a_moment(journal, forker.stdout, chance)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        status = int(forker.stdout.readline())
        now = set(merge_journal(recorded(settings), Journal(journal).records()))
        assert now >= known
        known = now
        if status == 0:
            return kills
        assert status == -signal.SIGKILL
        kills += 1


def _wait_a_moment(journal: Path, ended: IO[str], chance: random.Random) -> None:
    """Wait for some time, or for bytes in the journal: killed always before the first answer, it would never end."""
    until = time.monotonic() + chance.choice((chance.uniform(0, 0.2), 20))
    more = _size(journal) + chance.randrange(1, 1500)
    while time.monotonic() < until and _size(journal) < more:
        if select.select([ended], [], [], 0.002)[0]:
            return  # it has ended by itself


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
