"""Signing on disk: what is covered, what is refused, and that whatever interrupts it leaves the files whole."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cleanbook import edit
from factpress.checks import check_book
from factpress.checks.signoffs import check_signoffs
from factpress.files.book import read_book
from factpress.files.signing import append
from factpress.files.signing.signoffs import MovedError, NotSignedError, note_answers, sign, undo
from factpress.files.yaml import long_lists
from factpress.files.yaml.long_lists import parse_long_list
from factpress.model.review import reviews_by_claim
from factpress.model.signing.attempt import Answer
from factpress.model.signing.judgement import ObstacleKind
from factpress.model.signoff import SignOff
from factpress.model.vocabulary import Asks, Decision, ReviewState
from factpress.problems import BookError, FileError
from factpress.settings import Settings
from signing import NOVAK, PEOPLE, RIVERA, SEEN, SIGNOFFS, TODAY, commit, digests, diligent, own_book

CLAIMS_2 = "docs/claims/02-today.yaml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return own_book(tmp_path / "book")


def text(settings: Settings, file: str = SIGNOFFS) -> str:
    return (settings.root / file).read_text(encoding="utf-8")


def state(settings: Settings, claim: str) -> ReviewState:
    return reviews_by_claim(read_book(settings)[0], settings.policy, TODAY)[claim].state


def test_a_sign_off_covers_what_was_shown_and_is_on_disk_at_once(settings: Settings) -> None:
    before = text(settings)
    signed = sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    assert text(settings).startswith(before)
    assert signed.review.state is ReviewState.IN_REVIEW  # contradicted: two people
    assert signed.review.wording == "1 of 2 reviewers has signed."
    again = sign(settings, diligent(settings, "C005", NOVAK), digests(settings, "C005"), TODAY)
    assert again.review.state is ReviewState.SIGNED_OFF
    assert again.review.wording == "Checked by Alma Rivera and Karl Novak, 29 November 2026."
    assert state(settings, "C005") is ReviewState.SIGNED_OFF
    assert [p for p in check_book(settings).problems if p.is_error] == []


def test_a_finding_edited_between_reading_and_signing_is_not_signed(settings: Settings) -> None:
    shown, tried = digests(settings, "C005"), diligent(settings, "C005")
    edit(settings.root, CLAIMS_2, "older by a century", "older by two centuries")
    before = text(settings)
    with pytest.raises(MovedError, match="C005 changed after you opened it; the evidence is not what you saw") as moved:
        sign(settings, tried, shown, TODAY)
    assert (moved.value.parts, text(settings)) == (("evidence",), before)
    sign(settings, tried, moved.value.today, TODAY)


def test_a_source_edited_between_reading_and_signing_is_noticed_too(settings: Settings) -> None:
    shown, tried = digests(settings, "C005"), diligent(settings, "C005")
    bib = settings.root / "references.bib"
    bib.write_text(bib.read_text("utf-8").replace("1977", "1978"), encoding="utf-8")
    with pytest.raises(MovedError):
        sign(settings, replace(tried), shown, TODAY)


def test_somebody_taken_off_people_yaml_while_reading_does_not_sign(settings: Settings) -> None:
    shown, tried, before = digests(settings, "C005"), diligent(settings, "C005"), text(settings)
    (settings.root / PEOPLE).write_text("[]\n", encoding="utf-8")
    with pytest.raises(NotSignedError) as refused:
        sign(settings, tried, shown, TODAY)
    assert [each.kind for each in refused.value.obstacles] == [ObstacleKind.UNKNOWN_PERSON]
    assert text(settings) == before


def test_nobody_signs_their_own_finding(settings: Settings) -> None:
    with pytest.raises(NotSignedError, match="This finding is yours: you proposed it on 20 November 2026"):
        sign(settings, diligent(settings, "C003", NOVAK), digests(settings, "C003"), TODAY)


def test_a_broken_file_stops_signing_before_anything_is_written(settings: Settings) -> None:
    shown, tried = digests(settings, "C005"), diligent(settings, "C005")
    for file in (SIGNOFFS, SEEN, PEOPLE, CLAIMS_2):
        path = settings.root / file
        before = path.read_bytes()
        path.write_bytes(before + b"<<<<<<< HEAD\n")
        with pytest.raises((BookError, NotSignedError)):
            sign(settings, tried, shown, TODAY)
        assert path.read_bytes() == before + b"<<<<<<< HEAD\n"
        path.write_bytes(before)
    # another chapter's file has nothing to do with it
    other = settings.root / "docs/claims/01-building.yaml"
    other.write_bytes(other.read_bytes() + b"<<<<<<< HEAD\n")
    sign(settings, tried, shown, TODAY)


@pytest.mark.parametrize("damage", [
    lambda data: data[:-40],  # truncated
    lambda data: data[:0] + b"[]\n",
    lambda data: data.replace(b"a.rivera", b"k.novak"),  # forged
    lambda data: data.replace(b"opened-source, ", b""),
])  # fmt: skip
def test_nobody_signs_below_what_is_not_as_it_was_committed(
    settings: Settings, damage: Callable[[bytes], bytes]
) -> None:
    path = settings.root / SIGNOFFS
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    with pytest.raises(FileError, match="no longer begins with what was committed"):
        sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    assert path.read_bytes() == damaged


def test_a_reordered_file_is_not_as_it_was_committed(settings: Settings) -> None:
    sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    commit(settings.root, "Signed")
    path = settings.root / SIGNOFFS
    first, second = path.read_text("utf-8").split("\n\n")
    path.write_text(f"{second}\n{first}\n", encoding="utf-8")
    with pytest.raises(FileError, match="no longer begins with what was committed"):
        sign(settings, diligent(settings, "C004"), digests(settings, "C004"), TODAY)
    # comments and form are not what was signed
    path.write_text(f"# in the one form\n{first}\n\n\n{second}\n", encoding="utf-8")
    sign(settings, diligent(settings, "C004"), digests(settings, "C004"), TODAY)


def test_asking_and_returning_are_written_too(settings: Settings) -> None:
    asks = replace(diligent(settings, "C002", choice=Asks.SECOND_READER), note="I do not read Latin.")
    assert sign(settings, asks, digests(settings, "C002"), TODAY).review.state is ReviewState.PROPOSED
    back = replace(diligent(settings, "C002", NOVAK, Decision.REJECT), note="Look in the other archive.")
    assert sign(settings, back, digests(settings, "C002"), TODAY).review.state is ReviewState.RETURNED
    book, problems = read_book(settings)
    assert problems == [] and list(check_signoffs(book)) == []
    assert [(e.asks, e.decision) for e in book.ledger.signoffs[1:]] == [(Asks.SECOND_READER, None), (None, "reject")]


def test_answers_become_lines_of_pages_seen(settings: Settings) -> None:
    edit(settings.root, CLAIMS_2, "        says: Upper Arden is given the earlier date.\n",
         "        says: Upper Arden is given the earlier date.\n        quote: the older of the two\n"
         "        url: https://survey.example/bridges\n")  # fmt: skip
    tried = diligent(settings, "C005")
    assert [line.url for line in note_answers(settings, tried, TODAY)] == ["https://survey.example/bridges"]
    assert sign(settings, tried, digests(settings, "C005"), TODAY).pages == ()
    assert text(settings, SEEN).count("survey.example") == 1
    # what was found stays found for the next claim, without a second opening
    own = replace(diligent(settings, "C005", NOVAK), answers={1: Answer.NOT_THERE})
    with pytest.raises(NotSignedError, match="by your own answer the words do not stand there"):
        sign(settings, own, digests(settings, "C005"), TODAY)
    note_answers(settings, own, TODAY)
    with pytest.raises(NotSignedError, match="by your own answer"):
        sign(settings, replace(own, answers={0: Answer.FOUND}), digests(settings, "C005"), TODAY)


def test_undo_takes_back_the_last_own_entry_until_it_is_committed(settings: Settings) -> None:
    before = text(settings)
    sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    with pytest.raises(NotSignedError, match="somebody else"):
        undo(settings, NOVAK)
    assert undo(settings, RIVERA).claim == "C005"
    assert text(settings) == before
    with pytest.raises(NotSignedError, match="committed: it stays"):
        undo(settings, RIVERA)
    sign(settings, diligent(settings, "C005"), digests(settings, "C005"), TODAY)
    commit(settings.root, "Signed")
    with pytest.raises(NotSignedError, match="committed: it stays"):
        undo(settings, RIVERA)
    # the same entry once more is another one than the committed
    append.append_records(settings, settings.root / SIGNOFFS, [read_book(settings)[0].ledger.signoffs[-1]])
    assert undo(settings, RIVERA).claim == "C005"
    assert text(settings).count("claim: C005") == 1


def test_outside_git_nothing_is_committed(settings: Settings) -> None:
    (settings.root / ".git").rename(settings.root / "x")
    assert undo(settings, RIVERA).claim == "C001"
    assert text(settings) == "[]\n"


WRITES: tuple[tuple[object, str], ...] = (
    (tempfile, "mkstemp"), (os, "fdopen"), (os, "fsync"), (Path, "chmod"), (Path, "replace"),
)  # fmt: skip


@contextmanager
def at_write(number: int, act: Callable[[], None]) -> Iterator[list[str]]:
    """Let every call that writes count, and act in the place of one of them."""
    calls: list[str] = []
    kept = [(owner, name, getattr(owner, name)) for owner, name in WRITES]

    def counted(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def wrapper(*args: object, **kwargs: object) -> object:
            if "signoffs.yaml" in repr(args) + repr(kwargs) or "seen.yaml" in repr(args) + repr(kwargs) or name in (
                "fdopen", "fsync",
            ):  # fmt: skip
                calls.append(name)
                if len(calls) == number:
                    if name == "fdopen":  # half of it is written
                        os.write(args[0], b"- cla")  # type: ignore[arg-type]
                    act()
            return call(*args, **kwargs)

        return wrapper

    try:
        for owner, name, call in kept:
            setattr(owner, name, counted(name, call))
        yield calls
    finally:
        for owner, name, call in kept:
            setattr(owner, name, call)


def with_quote(settings: Settings) -> None:
    edit(settings.root, CLAIMS_2, "        says: Upper Arden is given the earlier date.\n",
         "        says: Upper Arden is given the earlier date.\n        quote: the older of the two\n"
         "        url: https://survey.example/bridges\n")  # fmt: skip


def whole(settings: Settings, before: dict[str, bytes]) -> dict[str, bool]:
    """Return, of both files, whether each has its new content; it has the old one else, and nothing between."""
    done = {}
    for file, old in before.items():
        now = (settings.root / file).read_bytes()
        done[file] = now != old
        if done[file]:
            kept = old.removesuffix(b"[]\n")
            assert now.startswith(kept) and now.endswith(b"\n")
    assert [p for p in read_book(settings)[1] if p.is_error] == []
    return done


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that ends at once takes fork")
def test_a_kill_at_every_write_leaves_each_file_as_it_was_or_as_it_is_meant(settings: Settings) -> None:
    with_quote(settings)
    shown, tried = digests(settings, "C005"), diligent(settings, "C005")
    before = {file: (settings.root / file).read_bytes() for file in (SEEN, SIGNOFFS)}
    with at_write(0, lambda: None) as calls:
        sign(settings, tried, shown, TODAY)
    assert calls.count("replace") == 2 and calls.count("fsync") == 4
    after = {file: (settings.root / file).read_bytes() for file in before}
    outcomes = []
    for number in range(1, len(calls) + 1):
        for file, data in before.items():
            (settings.root / file).write_bytes(data)
        if not (child := os.fork()):
            with at_write(number, lambda: os._exit(9)), suppress(BaseException):
                sign(settings, tried, shown, TODAY)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        outcomes.append(tuple(whole(settings, before).values()))
        for file in before:
            assert (settings.root / file).read_bytes() in (before[file], after[file])
        # the lock went with the process, and what was half written is in nobody's way
        if not outcomes[-1][1]:
            sign(settings, tried, shown, TODAY)
            assert state(settings, "C005") is ReviewState.IN_REVIEW
    assert set(outcomes) == {(False, False), (True, False), (True, True)}


def test_a_full_disk_at_every_write_leaves_each_file_as_it_was_or_as_it_is_meant(settings: Settings) -> None:
    with_quote(settings)
    shown, tried = digests(settings, "C005"), diligent(settings, "C005")
    before = {file: (settings.root / file).read_bytes() for file in (SEEN, SIGNOFFS)}

    def full() -> None:
        raise OSError(28, "No space left on device")

    for number in range(1, 9):
        for file, data in before.items():
            (settings.root / file).write_bytes(data)
        with at_write(number, full), suppress(FileError):
            sign(settings, tried, shown, TODAY)
        done = whole(settings, before)
        assert done[SIGNOFFS] <= done[SEEN]
        assert list((settings.root / "docs/claims").glob(".*")) == []
        if not done[SIGNOFFS]:
            sign(settings, tried, shown, TODAY)


SIGN_IN_A_PROCESS = """
import sys
from pathlib import Path
from signing import TODAY, digests, diligent
from factpress.files.signing.signoffs import sign
from factpress.settings import read_settings
settings = read_settings(Path(sys.argv[1]))
for claim in sys.argv[3:]:
    if (claim, sys.argv[2]) != ("C001", "a.rivera"):  # who has signed it already
        sign(settings, diligent(settings, claim, sys.argv[2]), digests(settings, claim), TODAY)
"""


def test_two_who_sign_in_the_same_second_lose_nothing(settings: Settings) -> None:
    claims = ("C005", "C004", "C006", "C001", "C002")
    here = Path(__file__).parents[2]
    path = os.pathsep.join([str(here), *sys.path])
    running = [
        subprocess.Popen([sys.executable, "-c", SIGN_IN_A_PROCESS, str(settings.root), by, *claims],
                         env=os.environ | {"PYTHONPATH": path})
        for by in (RIVERA, NOVAK)
    ]  # fmt: skip
    assert [process.wait() for process in running] == [0, 0]
    entries, problems = parse_long_list(SignOff, (settings.root / SIGNOFFS).read_bytes(), SIGNOFFS)
    assert problems == []
    assert {(e.claim, e.by) for e in entries} == {(claim, by) for claim in claims for by in (RIVERA, NOVAK)}
    assert len(entries) == 10


def test_an_editor_who_saves_at_the_same_moment_is_not_overwritten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = settings.root / SIGNOFFS
    before = path.read_bytes()

    def save_first(*args: object, **kwargs: object) -> object:
        path.write_bytes(before + b"# a note\n")
        return parse_long_list(*args, **kwargs)  # type: ignore[arg-type]

    shown, tried = digests(settings, "C005"), diligent(settings, "C005")
    monkeypatch.setattr(append, "parse_long_list", save_first)
    with pytest.raises(FileError, match="changed by another program"):
        sign(settings, tried, shown, TODAY)
    assert path.read_bytes() == before + b"# a note\n"


def test_whoever_waits_too_long_for_the_lock_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(append, "LOCK_SECONDS", 0.05)
    shown, tried = digests(settings, "C005"), diligent(settings, "C005")
    script = "import sys, filelock, time\nwith filelock.FileLock(sys.argv[1]): print('held', flush=True); time.sleep(9)"
    lock = settings.work / "signing.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen([sys.executable, "-c", script, str(lock)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with pytest.raises(FileError, match="Somebody else is signing in this folder"):
            sign(settings, tried, shown, TODAY)
        holder.kill()
    sign(settings, tried, shown, TODAY)


def test_in_a_ledger_of_ten_thousand_sign_offs_one_more_takes_less_than_two_tenths_of_a_second(
    settings: Settings,
) -> None:
    path = settings.root / SIGNOFFS
    one = path.read_text(encoding="utf-8")
    path.write_text("\n".join(one.replace("C001", f"C{n}") for n in range(10_000, 20_000)), encoding="utf-8")
    commit(settings.root, "Many sign-offs")
    # what reads a part is measured, not the first reading of the file, which takes half a minute and is kept
    sample = parse_long_list(SignOff, one.encode(), SIGNOFFS)[0][0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_lists, "_read", partial(_fast, sample))
        read_book(settings)
    assert len(read_book(settings)[0].ledger.signoffs) == 10_000
    times = []
    for claim in ("C005", "C004", "C006"):
        shown, tried = digests(settings, claim), diligent(settings, claim)
        start = time.process_time()
        sign(settings, tried, shown, TODAY)
        times.append(time.process_time() - start)
    assert min(times) < 0.2, times


def _fast(sample: SignOff, record: object, part: str, file: str, line: int) -> tuple[tuple[SignOff, ...], list[object]]:
    del record, file
    ids = [row.removeprefix("- claim: ") for row in part.splitlines() if row.startswith("- claim: ")]
    place = replace(sample.where, line=line)
    return tuple(replace(sample, claim=name, where=place) for name in ids), []
