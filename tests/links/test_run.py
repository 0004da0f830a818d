"""Runs over a small book: what is asked, what is recorded, what a kill and a second run leave."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from killing import kill_refreshes
from link_checks import FILL, FakeClock, link
from loopback import Loopback, serving
from small_book import CLEAN, book, entry, recorded, words

from factpress.cli.main import main
from factpress.links.commands import probe, refresh
from factpress.links.http.guard import AllowedHost
from factpress.links.journal import Journal, merge_journal, run_lock
from factpress.links.page.classifier import shared_targets
from factpress.links.registries.services import Services, parse_services
from factpress.links.run import RunOptions, links_of_shard, links_to_ask_again, named_links
from factpress.links.schedule import RateLimits
from factpress.model.links.state import LinkRecord, State
from factpress.problems import BookError, FileError, UsageError
from factpress.reporting.report import ResultLevel
from factpress.settings import read_settings

NOBODY = Services(doi="", crossref="", datacite="", archive="", snapshots="")


def options(server: Loopback, day: str = "2026-11-23", **rates: float) -> RunOptions:
    allowed = [AllowedHost("127.0.0.0/8", server.server_port)]
    quick = {"min_interval": 0.0, "retry_delay": 0.0, "max_requests": 1000} | rates
    return RunOptions(RateLimits(**quick), NOBODY, allowed, clock=FakeClock(day))  # type: ignore[arg-type]


@pytest.fixture
def served() -> Iterator[Loopback]:
    plays = {f"/p/{n}": (lambda h: h.say(200, FILL)) for n in range(40)}
    with serving(plays) as server:
        yield server


def test_a_refresh_records_what_it_saw_and_asks_again_only_when_it_is_due(served: Loopback, tmp_path: Path) -> None:
    good, bad = f"{served.address}/p/1", f"{served.address}/gone"
    settings = book(tmp_path / "b", [good, bad])
    assert refresh(settings, [], options(served)).status == 0
    states = {url: (record.state, record.strikes) for url, record in recorded(settings).items()}
    assert states == {good: (State.OK, ()), bad: (State.SUSPECT, ("2026-11-23",))}
    visits = len(served.visits)
    again = refresh(settings, [], options(served))
    assert len(served.visits) == visits
    assert again.summary == "Nothing to check."
    for day in ("2026-11-27", "2026-11-30"):
        refresh(settings, [], options(served, day))
    assert recorded(settings)[bad].state is State.GONE
    assert [path for path, _ in served.visits].count("/p/1") == 1
    refresh(settings, [bad], options(served, "2026-12-30"))
    assert recorded(settings)[bad].last_checked == "2026-12-30"


def test_a_probe_fails_on_certain_bad_news_alone(served: Loopback, tmp_path: Path) -> None:
    served.plays["/refused"] = lambda h: h.say(403)
    urls = [f"{served.address}/{path}" for path in ("p/1", "gone", "refused")]
    settings = book(tmp_path / "b", urls)
    found = {r.url: r.level for r in probe(settings, "", urls, options(served)).results}
    assert found == dict(zip(urls, (ResultLevel.PASS, ResultLevel.FAIL, ResultLevel.NOTICE), strict=True))
    assert probe(settings, "", urls[:1], options(served)).status == 0


def test_a_missing_quote_fails_at_its_line_with_what_the_page_has(served: Loopback, tmp_path: Path) -> None:
    settings = read_settings(shutil.copytree(CLEAN, tmp_path / "b"))
    target, quote = f"{served.address}/p/1", "opened to all comers this fourth day of June"
    ledger = next(file for file in settings.docs.glob("claims/[0-9]*.yaml") if quote in file.read_text("utf-8"))
    lines = ledger.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if quote in line)
    lines.insert(at + 1, f"        url: {target}")
    ledger.write_text("\n".join(lines) + "\n", encoding="utf-8")
    served.plays["/p/1"] = lambda h: h.say(200, f"{FILL}<p>{quote.replace('all', 'no')}")
    (missing,) = probe(settings, "", [target], options(served)).results
    assert missing.level is ResultLevel.FAIL
    assert missing.where.file.endswith(ledger.name) and 0 < missing.where.line <= at + 1
    assert "opened to no comers" in missing.hint
    served.plays["/p/1"] = lambda h: h.say(200, f"{FILL}<p>{quote}")
    assert probe(settings, "", [target], options(served)).status == 0


def test_two_sources_that_lead_to_one_page_lead_nowhere(served: Loopback, tmp_path: Path) -> None:
    for name in ("a", "b"):
        served.plays[f"/{name}"] = lambda h: h.say(302, Location="/p/1")
    urls = [f"{served.address}/{name}" for name in ("a", "b")]
    settings = book(tmp_path / "b", urls)
    report = refresh(settings, [], options(served))
    assert {record.state for record in recorded(settings).values()} == {State.SOFT_404}
    assert {r.rule for r in report.results} == {"soft-404"}


def test_one_page_of_one_source_under_two_addresses_is_no_dead_end() -> None:
    to = "https://new.example/x"
    assert shared_targets([("http://a.org/x", to, ["k"]), ("https://b.org/y", to, ["j"])]) == {to}
    assert not shared_targets([("http://a.org/x", to, ["k"]), ("https://b.org/y", to, ["k"])])
    assert not shared_targets([("http://a.org/x", to, ["k"]), ("https://www.a.org/x/", to, ["j"])])


def test_records_of_what_is_not_cited_any_more_go(served: Loopback, tmp_path: Path) -> None:
    one, two = f"{served.address}/p/1", f"{served.address}/p/2"
    settings = book(tmp_path / "b", [one, two])
    refresh(settings, [], options(served))
    (settings.root / "references.bib").write_text(entry("k000", two), encoding="utf-8")
    refresh(settings, [], options(served, "2026-12-30"))
    assert set(recorded(settings)) == {two}


def test_a_book_that_cannot_be_read_is_not_asked_about_and_its_record_stays(served: Loopback, tmp_path: Path) -> None:
    settings = book(tmp_path / "b", [f"{served.address}/p/1"])
    refresh(settings, [], options(served))
    lock = settings.docs / "claims" / "links.lock.json"
    kept = lock.read_bytes()
    for damage in ("<<<<<<< ours\n" + lock.read_text(), lock.read_text().replace('"ok"', '"gone"')):
        lock.write_text(damage)
        with pytest.raises(BookError):
            refresh(settings, [], options(served, "2027-01-30"))
        assert lock.read_text() == damage
    lock.write_bytes(kept)
    (settings.root / "references.bib").write_text("@misc{broken,", encoding="utf-8")
    with pytest.raises(BookError):
        refresh(settings, [], options(served, "2027-01-30"))
    assert lock.read_bytes() == kept


def test_the_record_is_written_when_a_run_is_stopped_in_the_midst(served: Loopback, tmp_path: Path) -> None:
    urls = [f"{served.address}/p/{n}" for n in range(9)]
    settings = book(tmp_path / "b", urls)
    seen: list[str] = []

    def stop(checked: object) -> None:
        seen.append(checked.link.url)  # type: ignore[attr-defined]
        if len(seen) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh(settings, [], replace(options(served), on_result=stop))
    assert set(recorded(settings)) == set(seen)


def test_what_a_killed_run_noted_is_taken_up(served: Loopback, tmp_path: Path) -> None:
    settings = book(tmp_path / "b", [f"{served.address}/p/1", f"{served.address}/p/2"])
    journal = Journal(settings.work / "links.journal")
    journal.add(LinkRecord(url=f"{served.address}/p/1", state=State.OK, since="2026-11-22", last_checked="2026-11-22"))
    with journal.path.open("ab") as stream:
        stream.write(b'{"url":"cut o')
    refresh(settings, [], options(served))
    assert [path for path, _ in served.visits] == ["/p/2", served.visits[-1][0]]
    assert {record.last_checked for record in recorded(settings).values()} == {"2026-11-22", "2026-11-23"}
    assert not journal.path.exists()


def test_a_newer_record_is_not_undone_by_an_old_note() -> None:
    old, new = (LinkRecord(url="u", last_checked=day) for day in ("2026-11-01", "2026-11-20"))
    assert merge_journal({"u": new}, {"u": old}) == {"u": new}
    assert merge_journal({"u": old}, {"u": new, "v": old}) == {"u": new, "v": old}


def test_two_runs_of_one_book_are_not_under_way_at_once(tmp_path: Path) -> None:
    with (
        run_lock(tmp_path / "x" / "run"),
        pytest.raises(FileError, match="under way"),
        run_lock(tmp_path / "x" / "run"),
    ):
        pass
    with run_lock(tmp_path / "x" / "run"):
        pass


def test_every_host_falls_to_one_machine() -> None:
    links = [link(f"https://h{host}.example/{page}") for host in range(40) for page in range(2)]
    parts = [links_of_shard(links, number, 4) for number in range(1, 5)]
    assert sorted(one.url for part in parts for one in part) == sorted(one.url for one in links)
    assert all(part for part in parts)
    hosts = [{one.url.split("/")[2] for one in part} for part in parts]
    assert sum(map(len, hosts)) == 40
    assert links_of_shard(links, 1, 1) == links


def test_a_link_is_changed_when_it_is_new_or_must_hold_other_words() -> None:
    then = [link("https://a.org/"), link("https://b.org/", "one two"), link("https://c.org/", "one two")]
    now = [
        link("https://a.org/"),
        link("https://b.org/", "one three"),
        link("https://c.org/", "one two"),
        link("https://d.org/"),
    ]
    assert [one.url for one in links_to_ask_again(now, then)] == ["https://b.org/", "https://d.org/"]
    assert links_to_ask_again(now, now) == []


def test_options_say_what_they_do_not_know() -> None:
    assert parse_services(["doi=http://127.0.0.1:1/"]).doi == "http://127.0.0.1:1"
    with pytest.raises(UsageError, match="no service"):
        parse_services(["nobody=http://127.0.0.1/"])
    with pytest.raises(UsageError, match="does not cite"):
        named_links([link("https://a.org/")], ["https://b.org/"])


def test_without_network_nothing_is_asked_and_nothing_is_called_passed(
    served: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = book(tmp_path / "b", [f"{served.address}/p/1"])
    monkeypatch.setenv("CI_NO_NETWORK", "1")
    for report in (probe(settings, "no-such", [], options(served)), refresh(settings, [], options(served))):
        assert (report.status, report.results) == (0, ())
        assert report.summary.startswith("Not run")
    assert served.visits == []


def test_the_commands_print_a_report_and_return_its_status(
    served: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = f"{served.address}/p/1", f"{served.address}/gone"
    settings = book(tmp_path / "b", [good, bad])
    assert main(["--root", str(settings.root), *words(served, "probe", good)]) == 0
    assert main(["--root", str(settings.root), *words(served, "probe", bad, "--format", "json")]) == 1
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{") :])["counts"]["fail"] == 1
    assert main(["--root", str(settings.root), *words(served, "refresh", "--all")]) == 0
    assert "references.bib" in capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("git"), reason="git is not here")
def test_a_probe_of_a_change_asks_its_links_alone(
    served: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*words: str) -> None:
        names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(settings.root), *names, *words], check=True, capture_output=True)

    settings = book(tmp_path / "b", [f"{served.address}/p/1", f"{served.address}/gone"])
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "begin")
    with (settings.root / "references.bib").open("a", encoding="utf-8") as stream:
        stream.write("\n" + entry("k100", f"{served.address}/p/2"))
    assert main(["--root", str(settings.root), *words(served, "probe", "--changed", "main")]) == 0
    assert {path for path, _ in served.visits if path.startswith(("/p/1", "/p/2", "/gone"))} == {"/p/2"}
    assert set(recorded(settings)) == {f"{served.address}/p/2"}
    assert main(["--root", str(settings.root), *words(served, "probe", "--changed", "no-such-branch")]) == 2
    assert "1 passed." in capsys.readouterr().out


def test_who_stops_a_run_is_told_what_was_kept(
    served: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    settings = book(tmp_path / "b", [f"{served.address}/p/{n}" for n in range(3)])
    monkeypatch.setattr("factpress.cli.links.network._Progress.__call__", stopped)
    assert main(["--root", str(settings.root), *words(served, "refresh")]) == 130
    assert "what was seen until now is recorded" in capsys.readouterr().err
    assert len(recorded(settings)) == 1


@pytest.mark.parametrize(
    "wrong",
    [["probe"], ["refresh", "--shard=3/2"], ["refresh", "--shard=x"], ["refresh", "--delay=0"],
     ["refresh", "--limit=nan"], ["refresh", "--delay=nan"], ["refresh", "--max-per-host=0"],
     ["refresh", "--service=doi"], ["check", "--touched="],
     ["refresh", "--max-per-host=99"], ["refresh", "--allow-host=http://x"], ["refresh", "--workers=0"],
     ["refresh", "https://not.cited/"]],
    ids=" ".join,
)  # fmt: skip
def test_what_cannot_be_meant_is_a_mistake_of_usage(wrong: list[str], tmp_path: Path) -> None:
    settings = book(tmp_path / "b", ["https://example.org/a"])
    assert main(["--root", str(settings.root), "links", *wrong]) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that split in two")
@pytest.mark.parametrize("kills", [60, pytest.param(200, marks=pytest.mark.thorough)])
def test_kills_lose_nothing_that_was_recorded_and_leave_a_readable_record(tmp_path: Path, kills: int) -> None:
    assert kill_refreshes(tmp_path, kills) >= kills
