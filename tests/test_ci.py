"""What runs on servers is pinned, has no more rights than it needs, and calls only commands that exist."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factpress import __version__
from factpress.cli.main import _parser
from factpress.doctor.requirements import REQUIREMENTS

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
HOOKS = ROOT / ".pre-commit-hooks.yaml"
#: rights beyond reading, by job; what asks foreign pages has none
RIGHTS = {
    "nightly.propose": {"contents", "pull-requests", "issues"},
    "release.files": {"contents"},
    "release.site": {"actions"},
    "publish.publish": {"pages", "id-token"},
}


def load(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        for name, job in load(path)["jobs"].items():
            yield f"{path.stem}.{name}", job


JOBS = dict(jobs())
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]


def test_the_gates_have_their_workflows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["nightly", "publish", "pull-request", "release"]


def test_every_action_is_pinned_to_a_commit_and_names_its_version() -> None:
    lines = [line.strip() for path in WORKFLOWS for line in path.read_text(encoding="utf-8").splitlines()]
    uses = [line.removeprefix("- ") for line in lines if re.match(r"(?:- )?uses:", line)]
    assert uses
    assert [
        line for line in uses if not re.fullmatch(r"uses: actions/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line)
    ] == []


def test_no_value_from_outside_becomes_part_of_a_script() -> None:
    assert [step["run"] for _, step in STEPS if "${{" in step.get("run", "")] == []


def test_a_job_has_no_more_rights_than_it_needs() -> None:
    for path in WORKFLOWS:
        assert load(path)["permissions"] == {}
    for name, job in JOBS.items():
        rights = {right for right, what in job.get("permissions", {}).items() if what == "write"}
        assert rights == RIGHTS.get(name, set()), name
        assert job["timeout-minutes"] <= 90 and job["runs-on"] == "ubuntu-24.04"


def test_a_checkout_leaves_no_token_behind() -> None:
    checkouts = [step for _, step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_nox_is_installed_at_the_hashes_of_its_lock() -> None:
    files = [*WORKFLOWS, ROOT / ".readthedocs.yaml", ROOT / ".ci" / "run", ROOT / ".ci" / "setup"]
    installs = [
        line.strip() for path in files for line in path.read_text("utf-8").splitlines() if "pip install" in line
    ]
    pinned = [line for line in installs if "--require-hashes" in line and ".ci/nox.txt" in line]
    # the line of the README, after .ci/setup: it finds what is there
    assert len(pinned) == 2 and [line for line in installs if line not in pinned] == [
        '"$python" -m venv .venv && .venv/bin/python -m pip install -q nox && '
        '.venv/bin/python -m nox --non-interactive -s "$@"'
    ]
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert run.index(".ci/setup ||") < run.index("pip install -q nox")


def test_a_release_starts_the_web_site_and_nothing_else_does() -> None:
    # pages may not be deployed from a tag, and not before the tests of the release
    assert list(load(ROOT / ".github/workflows/publish.yml")["on"]) == ["workflow_dispatch"]
    site = JOBS["release.site"]
    assert site["needs"] == "files" and JOBS["release.files"]["needs"] == "make"
    assert 'gh workflow run publish.yml --ref "$MAIN" -f tag="$TAG"' in site["steps"][0]["run"]


def test_each_push_to_main_is_judged_and_a_failed_shard_does_not_lose_the_night() -> None:
    pull = load(ROOT / ".github/workflows/pull-request.yml")["concurrency"]
    assert "github.sha" in pull["group"] and "pull_request" in pull["cancel-in-progress"]
    assert "!cancelled()" in JOBS["nightly.propose"]["if"]
    keep, upload = JOBS["nightly.refresh"]["steps"][-2:]
    assert "!cancelled()" in keep["if"] and "!cancelled()" in upload["if"]


def test_what_they_run_is_there() -> None:
    files = (*WORKFLOWS, ROOT / ".readthedocs.yaml", ROOT / ".ci" / "run")
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    sessions = {
        node.name
        for node in ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(d) == "nox.session" for d in node.decorator_list)
    }
    called = set(re.findall(r"nox -s ([\w-]+)", text))
    assert called and called <= sessions
    scripts = set(re.findall(r"\.ci/\w+\b(?!\.)", text))
    assert scripts and all(os.access(ROOT / script, os.X_OK) for script in scripts)


def commands() -> Iterator[list[str]]:
    """Yield the words after `factpress` wherever a server calls it, also through the session of the links."""
    files = (*WORKFLOWS, ROOT / ".ci" / "links", ROOT / ".pre-commit-config.yaml", HOOKS)
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for words in re.findall(
        r"nox -s factpress -- (.+)|(?<=entry: )factpress (.+)|^ +factpress (.+)", text, re.MULTILINE
    ):
        yield shlex.split(re.split(r" (?:[>|;#]|done)", "".join(words))[0].rstrip(";"))
    for words in re.findall(r"nox -s links -- (.+)", text):
        yield ["links", "refresh", *shlex.split(words)]


def test_the_tool_knows_the_words_that_servers_say_to_it() -> None:
    said = list(commands())
    assert {" ".join(words[:2]) for words in said} >= {"links check", "links probe", "links refresh", "links merge"}
    for words in said:
        _parser(words).parse_args(words)  # exits where it does not know one


def test_read_the_docs_installs_what_is_native() -> None:
    build = load(ROOT / ".readthedocs.yaml")["build"]
    table = {package for piece in REQUIREMENTS if piece.purpose == "build" for package in piece.apt.split()}
    # those that the named ones bring along
    assert set(build["apt_packages"]) == table - {"libglib2.0-0", "libharfbuzz0b", "libfontconfig1"}


def test_the_hooks_are_commands_of_ours_and_take_no_file_names() -> None:
    local = load(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    for hook in (*load(HOOKS), *local):
        assert re.search(r"\bcheck(?: --fix)?$", hook["entry"]) and hook["pass_filenames"] is False
        assert re.search(hook["files"], "docs/claims/01-a.yaml") and re.search(hook["files"], "references.bib")
        assert not re.search(hook["files"], "README.md")


GH = """#!/bin/sh
printf '%s\\n' "$*" >>"$GH_LOG"
case "$1 $2" in
  "pr list") cat "$GH_STATE/pr" 2>/dev/null || true ;;
  "issue list") cat "$GH_STATE/issue" 2>/dev/null || true ;;
  "pr create") echo 7 >"$GH_STATE/pr" ;;
  "issue create") echo 8 >"$GH_STATE/issue" ;;
  "issue close") rm "$GH_STATE/issue" ;;
esac
"""
TOOL = """#!/bin/sh
case "$*" in
  "links merge"*) cat "$5" >"$4" ;;
  *json) cat "$GH_STATE/report.json"; exit 1 ;;
  *github) echo '| table |' >"$GITHUB_STEP_SUMMARY"; exit 1 ;;
  *) echo "tool $*" ;;
esac
"""
RECORD = "docs/claims/links.lock.json"


class Night:
    """A repository with a remote on this disk, and stand-ins for gh and for the tool."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.here = folder, folder / "here"
        self.log = folder / "log"
        (folder / "bin").mkdir()
        for name, text in {"gh": GH, "tool": TOOL}.items():
            (folder / "bin" / name).write_text(text, encoding="utf-8")
            (folder / "bin" / name).chmod(0o755)
        self.git("init", "-q", "--bare", "remote", at=folder)
        self.git("init", "-q", "-b", "main", "here", at=folder)
        (self.here / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "links", self.here / ".ci" / "links")
        self.write("first\n")
        self.git("add", ".")
        self.git("commit", "-qm", "First")
        self.git("remote", "add", "origin", str(folder / "remote"))
        self.git("push", "-q", "origin", "main")

    def git(self, *words: str, at: Path | None = None) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = subprocess.run(["git", *who, *words], cwd=at or self.here, capture_output=True, text=True, check=True)
        return done.stdout

    def write(self, text: str) -> None:
        (self.here / RECORD).parent.mkdir(parents=True, exist_ok=True)
        (self.here / RECORD).write_text(text, encoding="utf-8")

    def found(self, *levels: str) -> None:
        data = {"results": [{"level": level} for level in levels]}
        (self.folder / "report.json").write_text(json.dumps(data), encoding="utf-8")

    def run(self, *words: str) -> list[str]:
        """Return what gh was asked, without questions; each call of the script must end well."""
        asked = self.attempt(*words)
        assert self.status == 0, self.said
        return asked

    def attempt(self, *words: str) -> list[str]:
        """Return what gh was asked by a call that may fail; `status` and `said` are how it ended."""
        self.log.write_text("", encoding="utf-8")
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        more = {"PATH": path, "FACTPRESS": "tool", "GH_LOG": str(self.log), "GH_STATE": str(self.folder)}
        done = subprocess.run(
            [".ci/links", *words], cwd=self.here, env=os.environ | more, capture_output=True, text=True, check=False
        )
        self.status, self.said = done.returncode, done.stdout + done.stderr
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [" ".join(line.split()[:2]) for line in lines if line.split()[1] not in ("list", "setup-git")]

    def proposed(self) -> str:
        return self.git("--git-dir", str(self.folder / "remote"), "show", f"links-refresh:{RECORD}")


@pytest.fixture
def night(tmp_path: Path) -> Night:
    missing = [name for name in ("git", "jq") if not shutil.which(name)]
    if missing:
        pytest.skip(f"{' and '.join(missing)} of a server is not here")
    return Night(tmp_path)


def test_a_night_opens_one_pull_request_and_one_issue_and_later_ones_keep_them(night: Night) -> None:
    night.found("fail", "warning", "notice", "pass")
    night.run("take")
    assert night.run("propose") == ["label create", "issue create"]
    night.write("second\n")
    assert night.run("propose") == ["pr create", "issue edit"]
    assert "--title 2 links need a person" in night.log.read_text(encoding="utf-8")
    assert night.proposed() == "second\n"
    night.git("reset", "-q", "--hard", "origin/main")
    night.run("take")
    night.write("third\n")
    night.found("pass", "notice")
    assert night.run("propose") == ["issue close"]
    assert night.proposed() == "third\n"
    assert night.git("log", "--oneline", "origin/main..HEAD").count("\n") == 1


def test_one_link_is_said_in_the_singular(night: Night) -> None:
    night.found("fail", "pass")
    night.run("take")
    night.run("propose")
    assert "--title 1 link needs a person" in night.log.read_text(encoding="utf-8")


def test_a_fetch_that_fails_ends_the_night_before_anything_is_overwritten(night: Night) -> None:
    night.found()
    night.run("take")
    night.write("second\n")
    night.run("propose")
    night.git("reset", "-q", "--hard", "origin/main")
    remote = night.folder / "remote"
    remote.rename(remote.with_name("gone"))
    assert night.attempt("take") == []
    assert night.status == 3 and "did not answer" in night.said
    remote.with_name("gone").rename(remote)
    night.write("third\n")
    assert night.attempt("propose") == []
    assert night.status == 2 and "Nothing was taken" in night.said
    assert night.proposed() == "second\n"


def test_what_somebody_pushed_in_the_meantime_is_not_overwritten(night: Night) -> None:
    night.found()
    night.run("take")
    night.git("push", "-q", "origin", "HEAD:refs/heads/links-refresh")  # by another run
    night.write("second\n")
    night.attempt("propose")
    assert night.status != 0
    assert night.proposed() == "first\n"


def test_a_shard_that_failed_leaves_what_the_others_learned(night: Night) -> None:
    night.found()
    (night.here / "shards").mkdir()
    (night.here / "shards" / "shard-2.json").write_text("of the second\n", encoding="utf-8")
    night.run("take", "shards/shard-1.json", "shards/shard-2.json")
    assert (night.here / RECORD).read_text(encoding="utf-8") == "of the second\n"
    night.run("take", "shards/*.json")  # as a shell leaves it, where no shard has any


@pytest.mark.parametrize("base", ["0" * 40, "", "not-a-commit", "1" * 40])
def test_a_push_without_a_commit_to_compare_with_is_judged_as_a_whole(night: Night, base: str) -> None:
    night.found()
    night.run("judge", base)
    assert "every link is judged" in night.said and night.said.endswith("tool links check\n")


def test_a_forced_push_is_compared_with_what_both_have(night: Night) -> None:
    night.write("second\n")
    night.git("commit", "-qam", "Second")
    before = night.git("rev-parse", "HEAD").strip()
    night.git("reset", "-q", "--hard", "HEAD^")
    night.write("other\n")
    night.git("commit", "-qam", "Other")
    night.run("judge", before)  # here the old commit is still known; on a server it may not be
    assert night.said == f"tool links check --touched {before}\n"


def test_the_next_night_begins_with_what_waits(night: Night) -> None:
    assert night.run("take") == []
    assert (night.here / RECORD).read_text(encoding="utf-8") == "first\n"
    night.found()
    night.run("take")
    night.write("second\n")
    night.run("propose")
    night.git("reset", "-q", "--hard", "origin/main")
    night.run("take")
    assert (night.here / RECORD).read_text(encoding="utf-8") == "second\n"
    (night.here / "shard.json").write_text("shard\n", encoding="utf-8")
    night.run("take", "shard.json")
    assert (night.here / RECORD).read_text(encoding="utf-8") == "shard\n"


def test_files_are_gathered(tmp_path: Path) -> None:
    for name in ("html/claims.json", "html/_static/a.css", "b.pdf", "b.epub", "editions.json", "SHA256SUMS"):
        (tmp_path / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "build" / name).write_text(name, encoding="utf-8")
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "files", tmp_path / ".ci" / "files")
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## 0.2.0\n\n- New.\n\n## 0.1.0\n\n- Old.\n", encoding="utf-8"
    )

    def gather(what: str) -> set[str]:
        subprocess.run([".ci/files", what], cwd=tmp_path, check=True)
        found = (tmp_path / what).rglob("*")
        return {path.relative_to(tmp_path / what).as_posix() for path in found if path.is_file()}

    assert gather("site") == {"claims.json", "_static/a.css", "b.pdf", "b.epub", "editions.json"}
    assert gather("release") == {"claims.json", "b.pdf", "b.epub", "SHA256SUMS", "site.tar.gz", "notes.md"}
    assert (tmp_path / "release" / "notes.md").read_text(encoding="utf-8") == "## 0.2.0\n\n- New.\n\n"
    first = (tmp_path / "release" / "site.tar.gz").read_bytes()
    os.utime(tmp_path / "build" / "html" / "claims.json", (0, 1))
    gather("release")
    assert (tmp_path / "release" / "site.tar.gz").read_bytes() == first


# the scripts of the jobs


STUB = """#!/bin/sh
echo "$(basename "$0") $*" >>"$LOG"
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  *"doctor --missing apt"*) echo qpdf; exit 1 ;;
  *"-s editions"*) mkdir -p build/html && touch build/html/claims.json build/a.pdf build/a.epub build/editions.json ;;
  *"-s release"*) mkdir -p build/html && touch build/html/claims.json build/a.pdf build/a.epub build/SHA256SUMS ;;
esac
"""
TAG = f"v{__version__}"
VALUES = {
    "github.event.pull_request.base.sha || github.event.before": "0" * 40, "github.event.pull_request.base.sha": "BASE",
    "github.token": "token", "github.ref_name": TAG, "inputs.tag": TAG, "github.repository": "someone/book",
    "github.event.repository.default_branch": "main", "matrix.shard": "1", "matrix.of": "1",
}  # fmt: skip
#: what each job must have called, in this order
CALLS = {
    "nightly.refresh": ["python -m nox -s links -- --shard 1/1"],
    "nightly.propose": ["gh auth setup-git", "gh auth setup-git"],
    "nightly.variants": ["python -m nox --non-interactive -s tests -- --thorough"],
    "publish.make": ["sudo apt-get install -y -qq --no-install-recommends qpdf",
                     "python -m nox -s factpress -- links check --release", "python -m nox -s editions"],
    "publish.publish": [],
    "pull-request.tests": ["python -m nox --non-interactive -s tests --",
                           "python -m nox --non-interactive -s editions"],
    "pull-request.recorded-links": ["python -m nox --non-interactive -s factpress -- links check"],
    "pull-request.sign-offs": ["python -m nox -s factpress -- check --signoffs BASE"],
    "pull-request.changed-links": ["python -m nox -s factpress -- links probe --changed BASE"],
    "release.make": ["python -m nox --non-interactive -s tests -- --thorough", "python -m nox -s release"],
    "release.files": [f"gh release create {TAG} --verify-tag --title {TAG} --notes-file notes.md release/a.pdf"],
    "release.site": [f"gh workflow run publish.yml --ref main -f tag={TAG}"],
}  # fmt: skip


def filled(text: str) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: VALUES[found[1]], text)


@pytest.mark.parametrize("name", JOBS)
def test_the_script_of_each_job_runs(name: str, night: Night) -> None:
    """Each step as a runner starts it, with stand-ins for what installs and builds; git and the remote are real."""
    here, log = night.here, night.folder / "calls"
    for path in (*(ROOT / ".ci").iterdir(), ROOT / "CHANGELOG.md", ROOT / "scripts" / "factpress" / "__init__.py"):
        target = here / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for stub in ("python3", "gh", "sudo"):
        (night.folder / "bin" / stub).write_text(STUB, encoding="utf-8")
        (night.folder / "bin" / stub).chmod(0o755)
    if name == "release.files":  # what the job before handed on
        (here / "release").mkdir()
        (here / "release" / "notes.md").touch()
        (here / "release" / "a.pdf").touch()
    if name == "nightly.propose":
        (here / "shards").mkdir()
    log.touch()
    job = JOBS[name]
    path = f"{night.folder / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
    env = {"PATH": path, "LOG": str(log), "HOME": str(night.folder), "CI": "true"}
    if name == "nightly.propose":
        env["FACTPRESS"] = "tool"  # its report is read
        env |= {"GH_STATE": str(night.folder)}
        night.found()
    for step in job["steps"]:
        given = {key: filled(str(value)) for key, value in {**job.get("env", {}), **step.get("env", {})}.items()}
        if "run" in step:
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=here,
                env=env | given,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (step, done.stdout + done.stderr)
    calls = iter(log.read_text(encoding="utf-8").splitlines())
    for call in CALLS[name]:
        assert any(line.rstrip() == call for line in calls), (call, log.read_text(encoding="utf-8"))
