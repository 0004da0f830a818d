"""Publishing: whatever happens on the way, each output is whole-old or whole-new, and no other is touched."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from factpress.build import publish as publishing
from factpress.build.publish import build_lock, output_digest, publish_outputs, undo_interrupted
from factpress.problems import FactpressError, FileError, ToolError
from factpress.settings import Settings

HANGS = 900  #: seconds after which a test gives up
NAMES = ("html", "b.pdf", "b-sheets-a4.pdf", "b.epub")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "CHANGELOG.md").write_text("## 0.1.0 – 2026-11-20\n", encoding="utf-8")
    (tmp_path / "build").mkdir()
    return Settings(name="b", title="B", root=tmp_path)


def made(settings: Settings, words: str, names: tuple[str, ...] = NAMES) -> dict[str, Path]:
    """Return outputs as the builders leave them."""
    outputs = {name: settings.build / ".work" / words / name for name in names}
    for name, path in outputs.items():
        file = path / "sub" / "page.html" if name == "html" else path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{words} {name}", encoding="utf-8")
    if "html" in outputs:
        (outputs["html"] / f"only-{words}.html").write_text(words, encoding="utf-8")
        (outputs["html"] / ".buildinfo").write_text("of Sphinx", encoding="utf-8")
    return outputs


def published(settings: Settings) -> dict[str, str]:
    """Return every file that a reader or the next command sees in build/."""
    files = (file for file in settings.build.rglob("*") if file.is_file())
    names = {file.relative_to(settings.build).as_posix(): file for file in files}
    return {name: file.read_text(encoding="utf-8") for name, file in names.items() if name[0] != "."}


@pytest.fixture(params=["first", "again"])
def before(request: pytest.FixtureRequest, settings: Settings) -> dict[str, str]:
    """Return what stands in build/ before: nothing, or older editions."""
    if request.param == "again":
        publish_outputs(settings, made(settings, "old"))
    return published(settings)


def test_new_editions_stand_in_the_place_of_old_ones(settings: Settings) -> None:
    for words in ("old", "new"):
        assert publish_outputs(settings, made(settings, words)) == [settings.build / name for name in NAMES]
    now = published(settings)
    assert set(now) == {"html/sub/page.html", "html/only-new.html", *NAMES[1:], "editions.json"}
    assert all(text.startswith("new") for name, text in now.items() if name != "editions.json")
    assert [path.name for path in settings.build.iterdir() if path.name[0] == "."] == [".work"]


def test_the_record_holds_the_digest_of_every_edition(settings: Settings) -> None:
    publish_outputs(settings, made(settings, "old"))
    publish_outputs(settings, made(settings, "new", ("b.pdf",)))
    record = json.loads((settings.build / "editions.json").read_text(encoding="utf-8"))
    assert (record["date"], record["title"]) == ("2026-11-20", "B")
    assert record["outputs"] == {name: output_digest(settings.build / name) for name in NAMES}
    assert len(set(record["outputs"].values())) == len(NAMES)


def test_the_digest_of_a_folder_sees_names_and_contents(tmp_path: Path) -> None:
    seen = set()
    for name, text in (("a", "x"), ("b", "x"), ("a", "y")):
        folder = tmp_path / f"{name}{text}"
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        seen.add(output_digest(folder))
    assert len(seen) == 3


def test_one_edition_alone_leaves_the_others_as_they_were(settings: Settings) -> None:
    publish_outputs(settings, made(settings, "old"))
    before = published(settings)
    publish_outputs(settings, made(settings, "new", ("b.pdf", "b-sheets-a4.pdf")))
    changed = {name for name, text in published(settings).items() if text != before[name]}
    assert changed == {"b.pdf", "b-sheets-a4.pdf", "editions.json"}


# failures

ERRORS = [OSError(28, "No space left on device", "x"), KeyboardInterrupt()]


MOVES = ("_exchange", "_rename", "_unlink")  #: all that publish does to what stands in build/


@pytest.fixture(params=["exchange", "two renames"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test where two folders can be exchanged in one step, and where they cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
    return str(request.param)


def fail_at(monkeypatch: pytest.MonkeyPatch, nth: int, error: BaseException) -> Callable[[], int]:
    """Let the nth move fail, and return a function that says how many were tried."""
    tried = [0]

    def failing(move: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            tried[0] += 1
            if tried[0] == nth:
                raise error
            return move(*args)

        return call

    for name in MOVES:
        monkeypatch.setattr(publishing, name, failing(getattr(publishing, name)))
    return lambda: tried[0]


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("error", ERRORS, ids=["disk", "keyboard"])
@pytest.mark.parametrize("nth", range(1, 17))
def test_whatever_move_fails_the_old_editions_stand(
    settings: Settings, before: dict[str, str], nth: int, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = made(settings, "new")
    with monkeypatch.context() as patched:
        tried = fail_at(patched, nth, error)
        try:
            publish_outputs(settings, outputs)
        except (FileError, KeyboardInterrupt) as caught:
            assert not isinstance(caught, FileError) or "No space left on device" in str(caught)
            assert published(settings) == before
        else:
            assert 5 < tried() < nth  # each output and the record are moved
    assert not (settings.build / ".publishing.json").exists()
    publish_outputs(settings, outputs)
    assert published(settings)["b.epub"] == "new b.epub"


def test_an_edition_that_cannot_be_copied_changes_nothing(settings: Settings, before: dict[str, str]) -> None:
    outputs = made(settings, "new")
    outputs["b.epub"].unlink()
    with pytest.raises(FileError, match=r"b\.epub cannot be published"):
        publish_outputs(settings, outputs)
    assert published(settings) == before
    assert not (settings.build / ".staging").exists()  # on a full disk it would keep the room that is missing


def test_what_cannot_be_put_back_is_kept_for_the_next_command(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, _ = states(settings)
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "_exchange", lambda *_: False)
        fail_at(patched, 5, OSError(5, "Input/output error", "x"))
        patched.setattr(publishing, "_undo", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error", "x")))
        with pytest.raises(OSError, match="Input/output"):
            publish_outputs(settings, made(settings, "new"))
    assert (settings.build / ".staging" / "old").exists() and published(settings) != old
    assert undo_interrupted(settings.build)
    assert published(settings) == old


@pytest.mark.parametrize("name", [".publishing.json", "editions.json"])
def test_a_record_that_cannot_be_written_changes_nothing(
    settings: Settings, before: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = publishing.write_atomically

    def write(path: Path, data: bytes | str) -> None:
        if path.name == name:
            raise FileError(f"{path} cannot be written: No space left on device.")
        original(path, data)

    monkeypatch.setattr(publishing, "write_atomically", write)
    with pytest.raises(FactpressError):
        publish_outputs(settings, made(settings, "new"))
    assert published(settings) == before


# kills

KILLED = """
import os, signal, sys
from pathlib import Path
from factpress.build import publish
from factpress.settings import Settings

root, nth, function, system = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
tried = 0
if system == "two renames":
    publish._exchange = lambda *_: False

def dying(original):
    def call(*args, **kwargs):
        global tried
        tried += 1
        if tried == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)
    return call

for name in ("_exchange", "_rename", "_unlink", "_remove", "_copy", "_flush", "write_atomically"):
    setattr(publish, name, dying(getattr(publish, name)))
if function == "recover":
    publish.undo_interrupted(root / "build")
else:
    work = root / "build" / ".work" / "new"
    outputs = {path.name: path for path in sorted(work.iterdir())}
    publish.publish_outputs(Settings(name="b", title="B", root=root), outputs)
"""


def killed(settings: Settings, nth: int, function: str, system: str) -> bool:
    """Run a function in a process that is killed at its nth file operation; return whether it was."""
    command = [sys.executable, "-c", KILLED, str(settings.root), str(nth), function, system]
    status = subprocess.run(command, check=False, timeout=HANGS).returncode
    assert status in (0, -signal.SIGKILL)
    return status != 0


def states(settings: Settings) -> tuple[dict[str, str], dict[str, str]]:
    """Return what readers find before and after a publishing that nothing stops."""
    publish_outputs(settings, made(settings, "old"))
    old = published(settings)
    publish_outputs(settings, made(settings, "new"))
    new = published(settings)
    publish_outputs(settings, made(settings, "old"))
    return old, new


def test_a_kill_at_any_file_operation_is_repaired_by_the_next_command(settings: Settings, system: str) -> None:
    old, new = states(settings)
    kills = 0
    for nth in range(1, 60):
        if not killed(settings, nth, "publish", system):
            break
        kills += 1
        for name in NAMES[1:]:  # each file is whole, or not there for the moment
            path = settings.build / name
            assert not path.exists() or path.read_text(encoding="utf-8") in (f"old {name}", f"new {name}")
        if system == "exchange":
            pages = {path.name for path in (settings.build / "html").iterdir()}
            assert pages in ({"sub", "only-old.html"}, {"sub", "only-new.html"})
        undo_interrupted(settings.build)
        now = published(settings)
        assert now in (old, new)
        assert not (settings.build / ".publishing.json").exists()
        if now == new:
            publish_outputs(settings, made(settings, "old"))
    assert kills > 12


def test_a_kill_of_the_repair_is_repaired_too(settings: Settings, system: str) -> None:
    old, _ = states(settings)
    kills = 0
    # by then some outputs are new; where there are two renames, one stands aside
    middle = 12 if system == "exchange" else 14
    for nth in range(1, 40):
        assert killed(settings, middle, "publish", system)
        assert (settings.build / ".publishing.json").exists()
        assert published(settings) != old
        if not killed(settings, nth, "recover", system):
            break
        kills += 1
        undo_interrupted(settings.build)
        assert published(settings) == old
    assert kills > 3
    assert published(settings) == old


def test_what_was_never_there_before_is_gone_after_the_repair(settings: Settings, system: str) -> None:
    made(settings, "new")
    assert killed(settings, 13, "publish", system)
    assert published(settings)
    assert undo_interrupted(settings.build)
    assert published(settings) == {}
    assert not undo_interrupted(settings.build)


def test_a_reader_of_the_web_site_sees_the_old_one_or_the_new_one(settings: Settings) -> None:
    publish_outputs(settings, made(settings, "old"))
    site = settings.build / "html"
    if not publishing._exchange(site, site):
        pytest.skip("this file system cannot exchange two folders in one step")
    seen: Counter[str] = Counter()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            names = {path.name for path in site.iterdir()} - {"sub"}  # an error if the folder is not there for a moment
            seen[" ".join(sorted(names))] += 1

    with ThreadPoolExecutor() as pool:
        reader = pool.submit(read)
        for words in ["new", "old"] * 20:
            publish_outputs(settings, made(settings, words))
        done.set()
        reader.result()
    # listing a folder that is being removed shows fewer names, never names of both
    assert set(seen) <= {"only-new.html", "only-old.html", ""}
    assert seen["only-new.html"] and seen["only-old.html"]


# a journal that cannot be trusted


@pytest.mark.parametrize(
    "journal",
    [
        "", "{", "[]", "7", "null", '{"format": 2}', '{"format": 2, "outputs": ["html"]}',
        '{"../../victim/keep.txt": false, "html": false}',
        '{"format": 2, "outputs": {"../victim/keep.txt": {"stood": false, "inode": INODE}}}',
        '{"format": 2, "outputs": {".work": {"stood": false, "inode": INODE}}}',
        '{"format": 2, "outputs": {"html": {"stood": "x", "inode": "y"}}}',
        "[" * 100_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_a_journal_that_is_cut_or_forged_removes_nothing(
    settings: Settings, before: dict[str, str], journal: str
) -> None:
    victim = settings.root / "victim" / "keep.txt"
    victim.parent.mkdir()
    victim.write_text("keep", encoding="utf-8")
    forged = journal.replace("INODE", str(victim.stat().st_ino))
    (settings.build / ".publishing.json").write_text(forged, encoding="utf-8")
    assert "could not be read" in undo_interrupted(settings.build)
    assert (settings.build / ".publishing-unread.json").read_text(encoding="utf-8") == forged
    assert not undo_interrupted(settings.build)
    assert victim.read_text(encoding="utf-8") == "keep"
    assert published(settings) == before
    publish_outputs(settings, made(settings, "new"))
    assert published(settings)["b.epub"] == "new b.epub"


def test_a_cut_journal_gives_back_what_had_been_moved_aside(settings: Settings) -> None:
    old, _ = states(settings)
    assert killed(settings, 14, "publish", "two renames")
    missing = set(old) - set(published(settings))
    assert missing
    (settings.build / ".publishing.json").write_text("", encoding="utf-8")
    undo_interrupted(settings.build)
    assert set(published(settings)) >= missing


def test_a_staging_folder_that_leads_elsewhere_is_not_followed(settings: Settings) -> None:
    elsewhere = settings.root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "keep.txt").write_text("keep", encoding="utf-8")
    (settings.build / ".staging").symlink_to(elsewhere)
    publish_outputs(settings, made(settings, "new"))
    assert [path.name for path in elsewhere.iterdir()] == ["keep.txt"]


def test_whoever_builds_every_reader_may_read_the_editions(settings: Settings) -> None:
    shutil.rmtree(settings.build)
    before = os.umask(0o077)
    try:
        publishing.make_build_folder(settings.build)
        publish_outputs(settings, made(settings, "new"))
    finally:
        os.umask(before)
    for path in [settings.build, *settings.build.rglob("*")]:
        if not any(part.startswith(".") for part in path.relative_to(settings.build).parts):
            assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


# one build at a time


def test_a_second_build_is_refused_while_one_runs(settings: Settings) -> None:
    with build_lock(settings.build):
        with pytest.raises(ToolError, match="Another build is at work"), build_lock(settings.build):
            pass
        done = subprocess.run(
            [sys.executable, "-c", LOCK, str(settings.build)],
            capture_output=True,
            text=True,
            check=False,
            timeout=HANGS,
        )
        assert "Another build is at work" in done.stdout
    with build_lock(settings.build):
        pass


def test_a_build_that_was_killed_locks_nobody_out(settings: Settings) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(settings.build), "wait"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "locked\n"
    with pytest.raises(ToolError), build_lock(settings.build):
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=HANGS)
    process.stdout.close()
    with build_lock(settings.build):
        pass


LOCK = """
import sys, time
from pathlib import Path
from factpress.build.publish import build_lock
try:
    with build_lock(Path(sys.argv[1])):
        print("locked", flush=True)
        time.sleep(60 if sys.argv[2:] else 0)
except Exception as error:
    print(error)
"""
