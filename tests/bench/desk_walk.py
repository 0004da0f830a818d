"""Walks through ten claims of a copy of the book at the desk, by keys alone, and says keys and seconds a claim.

    python tests/bench/desk_walk.py [FOLDER FOR PICTURES]

The signer is "test person", in a copy that is thrown away: nobody signs the real book. Sources are answered by an empty
page, and nothing is read, so the seconds are those of the desk and of the keys; what a person reads comes on top.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
PERSON = "- id: t.person\n  name: test person\n  role: tester of the desk\n  emails: [test.person@example.org]\n"
CLAIMS = 10
KEY_SECONDS = 0.28  #: a key of a practised typist, in the keystroke-level model; not measured here


def copy_of_the_book(folder: Path) -> Path:
    """Return a copy of the real book under git, at which the test person sits."""
    root = folder / "book"
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("_build", "manual"))
    for name in ("references.bib", "pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, root / name)
    (root / "docs/claims/people.yaml").write_text(PERSON, encoding="utf-8")
    for words in (("init", "-q"), ("config", "user.email", "test.person@example.org"), ("config", "user.name", "test"),
                  ("config", "commit.gpgsign", "false"), ("add", "-A"), ("commit", "-qm", "A copy")):  # fmt: skip
        subprocess.run(["git", "-C", str(root), *words], check=True)
    return root


class Walker:
    """A person at the desk who has keys only."""

    def __init__(self, page: Any, folder: Path | None) -> None:
        """Take the page, and the folder for pictures."""
        self.page, self.folder, self.keys = page, folder, 0

    def press(self, key: str) -> None:
        """Press one key."""
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.keys += len(text)
        self.page.keyboard.type(text)

    def picture(self, name: str) -> None:
        """Keep a picture of what is on the screen."""
        if self.folder:
            self.page.wait_for_timeout(150)
            self.page.screenshot(path=self.folder / f"{name}.png")

    def open_and_find(self) -> None:
        """Open the source of the piece at which the work is, come back and say that the words are there."""
        letter = self.page.locator(".piece.now").get_attribute("id")
        with self.page.context.expect_page() as opened:
            self.press("o")
        opened.value.close()
        self.page.wait_for_selector(f"#{letter}.opened")
        self.press("f")
        self.page.wait_for_selector(f"#{letter} .yes")

    def claim(self, number: int) -> tuple[str, str, int, float]:
        """Do one claim; return its id, what was decided, the keys and the seconds."""
        began, self.keys = time.perf_counter(), 0
        page = self.page
        claim = page.locator("body").get_attribute("data-page").removeprefix("claim-")
        words = page.inner_text("#ev .small")
        carrying = re.findall(r"\b[a-z]\b", words.partition(" carr")[0]) if "carr" in words else []
        while page.locator("[data-read-to]").count() and not seen_to_the_end(page):
            self.press("PageDown")
        if number == 4:  # returned with a note
            self.press("r")
            page.wait_for_selector("#note:focus")
            self.type("The locator leads to another page.")
        else:
            for _ in carrying:
                self.open_and_find()
                if number == 0 and _ == carrying[0]:
                    self.picture("one-answered")
            self.press("a")
            page.wait_for_selector("#note:focus")
        self.picture(f"sign-line-{claim}") if number in (0, 4) else None
        self.press("Control+Enter")
        page.wait_for_selector("#said")
        decided = page.inner_text("#said").split(" Written")[0].split(". It goes")[0]
        return claim, decided, self.keys, time.perf_counter() - began


def seen_to_the_end(page: Any) -> bool:
    """Return whether the end of the reasoning is above the bar."""
    script = "() => { const e = document.querySelector('[data-read-to]').getBoundingClientRect();"
    return bool(page.evaluate(f"{script} return e.top >= 0 && e.top < innerHeight || e.top < 0 }}"))


def main() -> None:
    """Walk, and print a line a claim."""
    from factpress.doctor import requirements

    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        root = copy_of_the_book(Path(folder))
        command = [sys.executable, "-m", "factpress", "--root", str(root), "review", "--no-browser"]
        for turn in ("cold", "kept"):  # the second opening finds what the first one read
            began = time.perf_counter()
            desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert desk.stdout
            link = re.search(r"http://\S+", desk.stdout.readline())
            assert link
            if turn == "cold":
                browser = started.chromium.launch(
                    executable_path=requirements.requirement_path("chromium"), args=["--no-sandbox", "--disable-gpu"]
                )
                began = time.perf_counter()
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.route(lambda url: not url.startswith("http://127.0.0.1"), lambda route: route.fulfill(body=""))
            page = context.new_page()
            page.goto(link[0])
            print(f"first page, {turn}: {time.perf_counter() - began:.1f} s")
            if turn == "cold":
                context.close()
                desk.send_signal(signal.SIGINT)
                desk.wait(20)
        walker = Walker(page, pictures)
        walker.picture("queue")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1.claim")
        walker.picture("claim")
        for number in range(CLAIMS):
            claim, decided, keys, seconds = walker.claim(number)
            print(f"{claim}  {keys:3} keys  {seconds:5.1f} s here  {keys * KEY_SECONDS:5.1f} s by hand  {decided}")
        walker.picture("after-ten")
        signed = (root / "docs/claims/signoffs.yaml").read_text(encoding="utf-8")
        print(f"{signed.count('- claim:')} entries in signoffs.yaml")
        desk.send_signal(signal.SIGINT)
        desk.wait(20)
        if pictures:
            shutil.copytree(root, pictures / "book", dirs_exist_ok=True)


if __name__ == "__main__":
    main()
