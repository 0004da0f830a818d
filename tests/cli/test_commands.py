"""The commands as a person meets them: what is printed where, and the exit status."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleanbook import CLEAN, copy_book, edit
from factpress.build.publish import build_lock
from factpress.cli import main as cli
from factpress.cli.main import COMMANDS, main
from factpress.problems import BookError, ToolError, problem
from factpress.problems import Place as At


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copy_book(tmp_path / "book")


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


def run(book: Path, *words: str) -> int:
    return main(["--root", str(book), *words])


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_check_of_a_clean_book_says_so(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "check") == 0
    assert capsys.readouterr().out == "No problems.\n"


def test_check_lists_problems_with_their_places_and_counts_them(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/claims/02-today.yaml", "locator: table of bridges", "locator: on")
    edit(book, "docs/chapters/02-today.md", "{claim}`C007`", "")
    before = snapshot(book)
    assert run(book, "check") == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("docs/claims/02-today.yaml:37:3: claim-unmarked: ")
    assert out[-1] == "1 error."
    assert snapshot(book) == before


def test_warnings_fail_only_when_strict(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/claims/02-today.yaml", "        stance: contradicts\n        grade: primary", WEAK)
    assert run(book, "check") == 0
    assert capsys.readouterr().out.endswith("\n1 warning.\n")
    assert run(book, "check", "--strict") == 1


def test_warnings_are_counts_by_code_and_errors_stand_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/claims/02-today.yaml", "        stance: contradicts\n        grade: primary", WEAK)
    edit(book, "docs/chapters/02-today.md", "{claim}`C007`", "")
    assert run(book, "check") == 1
    first, hint, *end = capsys.readouterr().out.splitlines()
    assert "claim-unmarked: " in first and hint.startswith("    ")
    assert end == ["1 warning, listed by --verbose: rests-on-little 1.", "1 error, 1 warning."]
    assert run(book, "check", "--verbose") == 1
    warning, _, error, _, summary = capsys.readouterr().out.splitlines()
    assert "rests-on-little: warning: " in warning and error == first and summary == end[-1]


WEAK = "        stance: context\n        grade: primary"


def test_checks_that_wait_are_mentioned(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/claims/02-today.yaml", "kind: judgement", "kind: judgment")
    assert run(book, "check") == 1
    out = capsys.readouterr().out
    assert "Did you mean judgement?" in out
    assert out.endswith("\n1 error. Some checks wait until these files can be read.\n")


def test_json_has_the_same_problems_as_the_text(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/chapters/02-today.md", "C007", "C707")
    run(book, "check")
    text = capsys.readouterr().out
    assert run(book, "check", "--format", "json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["counts"] == {"errors": 2, "warnings": 0}
    for found in data["problems"]:
        assert f"{found['file']}:{found['line']}" in text and found["message"] in text


def test_annotations_are_escaped_and_at_most_nine_with_a_count(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    for n in range(12):
        (book / f"docs/chapters/{n + 10}-100%,x.md").write_text("", encoding="utf-8")
    assert run(book, "check") == 1
    out = capsys.readouterr().out
    stop, *log, end = out.partition("::error")[0].splitlines()
    assert stop == f"::stop-commands::{end.strip(':')}" and log[-1] == "12 errors."
    lines = out.splitlines()[len(log) + 2 :]
    assert len(lines) == 10
    assert lines[0].startswith("::error file=docs/chapters/10-100%25%2Cx.md,title=chapter-empty::The chapter has ")
    assert lines[-1] == "::error title=factpress::and 3 more, see the summary of this step"
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").count("\n| error ") == 12


@pytest.mark.parametrize(
    ("form", "start"), [("junit", "<?xml"), ("sarif", "{\n"), ("github", "::error file=docs/claims/02-today.yaml")]
)
def test_check_is_printed_in_every_form(book: Path, capsys: pytest.CaptureFixture[str], form: str, start: str) -> None:
    edit(book, "docs/chapters/02-today.md", "{claim}`C007`", "")
    assert run(book, "check", "--format", form) == 1
    out = capsys.readouterr().out
    assert out.startswith(start) and "claim-unmarked" in out


def test_format_writes_only_what_is_not_canonical(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "format") == 0
    assert capsys.readouterr().out == "Nothing to write.\n"
    edit(book, "docs/claims/people.yaml", "  name: Karl Novak\n", "  name:   'Karl Novak'  # archivist\n")
    (book / "docs/claims/ledger.schema.json").unlink()
    before = snapshot(book)
    assert run(book, "format", "--check") == 1
    assert "people.yaml: not-formatted: " in capsys.readouterr().out
    assert snapshot(book) == before
    assert run(book, "format") == 0
    assert capsys.readouterr().out == "Wrote docs/claims/people.yaml.\nWrote docs/claims/ledger.schema.json.\n"
    assert "  name: Karl Novak  # archivist\n" in (book / "docs/claims/people.yaml").read_text(encoding="utf-8")
    assert run(book, "check") == 0


def test_format_leaves_a_file_with_problems_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "docs/claims/people.yaml", "role: archivist", "rule: archivist")
    before = snapshot(book)
    assert run(book, "format") == 1
    assert "people.yaml:8:3: unknown-field: " in capsys.readouterr().out
    assert snapshot(book) == before


def test_fix_puts_the_bibliography_right_and_says_how(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "references.bib", "doi = {10.5555/brand.1977}", "doi = {https://doi.org/10.5555/Brand.1977}")
    edit(book, "references.bib", "date = {2001-03-14}", "date = {14 March 2001}")
    assert run(book, "check", "--fix") == 0
    assert capsys.readouterr().out == (
        "references.bib:15: doi https://doi.org/10.5555/Brand.1977 → 10.5555/brand.1977.\n"
        "references.bib:28: date 14 March 2001 → 2001-03-14.\n"
        "Wrote references.bib.\n"
        "No problems.\n"
    )
    assert (book / "references.bib").read_bytes() == (CLEAN / "references.bib").read_bytes()
    assert run(book, "check", "--fix", "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["written"], data["changed"]) == ([], [])


def test_fix_leaves_a_bibliography_with_a_slip_alone(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "references.bib", "year = {1977},", "year = {1977,")
    before = snapshot(book)
    assert run(book, "check", "--fix") == 1
    out = capsys.readouterr().out
    assert "references.bib: bib-not-fixed: " in out and "references.bib:14:10: bib-unclosed-brace: " in out
    assert snapshot(book) == before


def test_status_counts_and_ends_with_one_line_for_grep(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "status") == 0
    out = capsys.readouterr().out.splitlines()
    assert "Units accounted for: 9 of 10" in out
    assert out[-1] == (
        "claims 7: unchecked 1, proposed 5, in review 0, signed off 1, stale 0, returned 0, conflict 0, withdrawn 0"
        " | supported 1, partly supported 1, contradicted 1, disputed 1, ambiguous 0, not found 1, not checkable 1"
        " | units 10: claimed 7, no claim 2, open 1 | paragraphs 8: connective 1"
    )


def test_status_counts_what_was_seen_in_a_copy(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "status") == 0
    assert "in a copy" not in capsys.readouterr().out
    for locator, host in (("pp. 3–60", "docslib.org"), ("p. 17", "www.scribd.com"), ("p. 19", "docslib.org")):
        old = f"        locator: {locator}\n"
        edit(book, "docs/claims/01-building.yaml", old, f"{old}        url: https://{host}/doc/1\n")
    assert run(book, "status") == 0
    assert "Evidence seen in a copy: 3 pieces\n     2  docslib.org\n     1  scribd.com\n" in capsys.readouterr().out
    assert run(book, "status", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["copies"] == {"docslib.org": 2, "scribd.com": 1}


def test_status_counts_the_study_apparatus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_book(tmp_path / "studied", study=True)
    edit(root, "docs/back/timeline.yaml", "  sources: [survey2001]\n", "")
    assert run(root, "status") == 0
    said = capsys.readouterr().out
    assert "     1  treaties\n     4  events\n     2  terms\n     3  questions\n" in said
    counts = "treaties 1, events 4, terms 2, questions 3, works to read 2, index entries 3"
    assert said.endswith(f"study: {counts}, data 12, left open 2, without a source 1\n")


def test_status_sees_a_sign_off_go_stale(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "references.bib", "Notes of a Builder of Bridges", "Notes of a Builder")
    assert run(book, "status") == 0
    assert "signed off 0, stale 1" in capsys.readouterr().out


def test_the_date_is_that_of_the_newest_heading_or_of_the_environment(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(book, "status") == 0
    assert capsys.readouterr().out.startswith("The Bridge at Arden, as of 2026-11-20\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    assert run(book, "status") == 0
    out = capsys.readouterr().out
    assert out.startswith("The Bridge at Arden, as of 2033-05-18\n") and "signed off 0, stale 1" in out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run(book, "status") == 2


def test_outline_compares_an_article(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(book, "outline", "--check", str(CLEAN / "article.txt")) == 0
    assert capsys.readouterr().out == "The article is the one of the outline: 10 units.\n"
    assert run(book, "outline", "--check", str(book / "CHANGELOG.md")) == 1
    assert run(book, "outline", "--check", str(book / "none.txt")) == 3


def test_no_book_is_a_sentence_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "check") == 3
    out = capsys.readouterr()
    assert out.out == "" and out.err.startswith("factpress: No book here: ") and "--root" in out.err
    assert run(tmp_path, "check", "--format", "json") == 3
    assert json.loads(capsys.readouterr().out)["status"] == 3


@pytest.mark.parametrize("words", [[], ["chek"], ["check", "--loud"], ["outline"]])
def test_a_call_that_cannot_be_understood_is_a_usage_error(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2


def test_an_unknown_setting_is_a_usage_error(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(book, "pyproject.toml", "name =", "nam =")
    assert run(book, "check") == 2
    assert "'nam'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ToolError("It broke.", "Fix it."), 4),
        (KeyboardInterrupt(), 130),
        (BookError([problem("yaml-tab", At("x"))]), 1),
    ],
)
def test_errors_have_their_status_and_no_stack_trace(
    error: BaseException, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr("factpress.cli.status.command.run", fail)
    assert cli.main(["status"]) == status
    assert "Traceback" not in capsys.readouterr().err


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    command = [sys.executable, "-m", "factpress", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(f"    {name} " in done.stdout for name in COMMANDS)
    # instead of the clock, which on a loaded machine says nothing: what takes long is importing
    loaded = "import sys, factpress.cli.main as m; m._parser(['--help']); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in modules if name.startswith("factpress")}
    assert ours == {"factpress", "factpress.cli", "factpress.cli.main", *LIGHT}
    third_party = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"factpress"}
    assert not {name for name in third_party if not name.startswith(("_", "site", "editable"))} & HEAVY


LIGHT = {"factpress.model", "factpress.model.place", "factpress.escaping", "factpress.problems", "factpress.rules"}
HEAVY = {"sphinx", "docutils", "weasyprint", "ruamel", "pybtex", "markdown_it", "rich", "httpx2", "lxml", "filelock"}


def test_a_reader_who_left_does_not_make_problems_look_clean() -> None:
    command = [sys.executable, "-m", "factpress", "--root", str(CLEAN), "check", "--format", "json"]
    there, here = os.pipe()
    os.close(there)
    status = subprocess.run(command, stdout=here, stderr=subprocess.PIPE, check=False)
    os.close(here)
    assert (status.returncode, b"Traceback" in status.stderr) == (3, False)


# what went wrong, and what to do


@pytest.mark.parametrize("name", ["docs/claims/people.yaml", "references.bib", "docs/chapters/01-building.md"])
def test_a_file_that_may_not_be_read_is_told_from_one_that_is_missing(
    book: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.as_posix().endswith(name):  # whoever runs the tests may be allowed to read everything
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert run(book, "check") == 1
    out = capsys.readouterr().out
    assert f"{name}: not-permitted: {name} cannot be read: permission denied.\n    Change the permissions" in out


@pytest.mark.parametrize(
    ("number", "hint"),
    [(errno.ENOSPC, "Make room on the disk."), (errno.EACCES, "Change the permissions"), (errno.ENOENT, "Check the")],
)
def test_an_error_of_the_system_has_a_hint_that_fits(
    number: int, hint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise OSError(number, os.strerror(number), "x")

    monkeypatch.setattr("factpress.cli.status.command.run", fail)
    assert cli.main(["status"]) == 3
    said, advice = capsys.readouterr().err.splitlines()
    assert said.startswith("factpress: x cannot be read or written: ") and advice.strip().startswith(hint)


@pytest.mark.parametrize("command", ["status", "check", "format"])
def test_any_command_repairs_a_publishing_that_was_interrupted(
    book: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "build" / ".staging" / "old").mkdir(parents=True)
    (book / "build" / ".staging" / "old" / "arden-bridge.pdf").write_text("old", encoding="utf-8")
    journal = {"format": 2, "outputs": {"arden-bridge.pdf": {"stood": True, "inode": 1}}}
    (book / "build" / ".publishing.json").write_text(json.dumps(journal), encoding="utf-8")
    assert run(book, command) == 0
    assert "has been undone" in capsys.readouterr().err
    assert [path.name for path in (book / "build").iterdir() if path.name[0] != "."] == ["arden-bridge.pdf"]


def test_a_repair_that_is_not_possible_stops_no_other_command(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "build").mkdir()
    (book / "build" / ".publishing.json").write_text("", encoding="utf-8")

    def refused(_: Path) -> str:
        raise OSError(errno.EROFS, "Read-only file system", "build")

    monkeypatch.setattr("factpress.build.publish.undo_interrupted", refused)
    assert run(book, "check") == 0
    assert "cannot be undone here: Read-only file system." in capsys.readouterr().err


def test_no_command_repairs_while_a_build_is_at_work(book: Path) -> None:
    (book / "build").mkdir()
    (book / "build" / ".publishing.json").write_text("{}", encoding="utf-8")
    with build_lock(book / "build"):
        assert run(book, "status") == 0
    assert (book / "build" / ".publishing.json").exists()


def test_one_is_said_in_the_singular(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert str(BookError([problem("yaml-tab", At("x"))])) == "1 problem stops the build."
    assert str(BookError([problem("yaml-tab", At("x")), problem("yaml-tab", At("y"))])) == "2 problems stop the build."
    edit(book, "docs/chapters/02-today.md", "{claim}`C007`", "")
    run(book, "build")
    assert capsys.readouterr().err == "factpress: 1 problem stops the build.\n"
