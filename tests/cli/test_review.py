"""`factpress review` as it is run: one desk a book, closed by Ctrl C, and nothing left behind when it is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from signing import own_book


@contextmanager
def review(root: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command until the block ends; yield the process and the link that it printed."""
    command = [sys.executable, "-m", "factpress", "--root", str(root), "review", "--no-browser", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        lines = [process.stdout.readline()]
        if "already" in lines[0]:
            lines.append(process.stdout.readline())
        link = re.search(r"http://\S+", lines[-1])
        assert link, lines
        yield process, link[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=30)


def entered(link: str) -> str:
    """Follow a link as a browser does, and return the first page."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    return str(browser.open(link, timeout=60).read().decode())


def test_the_link_leads_to_the_queue_once_and_ctrl_c_closes_the_desk(tmp_path: Path) -> None:
    settings = own_book(tmp_path / "book")
    with review(settings.root) as (process, link):
        page = entered(link)
        assert "wait for a person" in page and "Signing as Alma Rivera" in page
        with pytest.raises(urllib.error.HTTPError) as refused:
            entered(link)
        assert refused.value.code == 403
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=30)
        assert "The desk is closed." in out and "Traceback" not in errors
    assert not list((settings.work / "desk" / "keys").glob("*"))


def test_a_second_desk_leads_to_the_first_and_a_killed_one_is_no_hindrance(tmp_path: Path) -> None:
    settings = own_book(tmp_path / "book")
    with review(settings.root) as (first, link):
        with review(settings.root) as (second, other):
            assert other.partition("/enter")[0] == link.partition("/enter")[0]
            assert second.wait(30) == 0
            assert "wait for a person" in entered(other)
        os.kill(first.pid, signal.SIGKILL)
        first.wait(30)
    with review(settings.root) as (_, again):
        assert "wait for a person" in entered(again)


def test_an_article_that_is_not_the_outlines_is_refused(tmp_path: Path) -> None:
    settings = own_book(tmp_path / "book")
    other = tmp_path / "other.txt"
    other.write_text("Another text.\n", encoding="utf-8")
    command = [sys.executable, "-m", "factpress", "--root", str(settings.root), "review", "--no-browser", "--article"]
    for file, status in ((other, 2), (tmp_path / "missing.txt", 3)):
        done = subprocess.run([*command, str(file)], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == status and "Traceback" not in done.stderr, done.stderr
