"""The list of commands: `nox -l` shows it, `nox -s NAME` runs one, words after `--` go to what it runs.

Environments stand in .nox, one for each kind of work and not one for each command. They are filled from
requirements.lock with every hash checked, and again only when the lock, pyproject.toml or the folder changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nox

HERE = Path(__file__).parent.resolve()
LOCK = HERE / "requirements.lock"
NOX_LOCK = HERE / ".ci" / "nox.txt"  #: nox and what it needs, for servers
VALIDATORS = HERE / "tests" / "validators"
CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
#: folders of tests/ that only serve tests, as do those whose names are not a plain word
NO_TESTS = ("cases", "faults", "roots", "validators")
#: environments: the groups of pyproject.toml that each holds beside the package and what it depends on
KINDS = {"book": (), "tests": ("tests",), "bench": ("tests", "bench"), "lint": ("lint",)}
#: one worker a core, each file to one worker, in the order given
IN_PARALLEL = ("--numprocesses", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
THOROUGH = "--thorough"  #: of tests/conftest.py; at night and for a release
#: schemas that check-jsonschema holds, with the files they are for
SCHEMAS = {
    "vendor.github-workflows": ".github/workflows/*.yml",
    "vendor.readthedocs": ".readthedocs.yaml",
    "vendor.citation-file-format": "CITATION.cff",
}
HOOKS = (".pre-commit-config.yaml", ".pre-commit-hooks.yaml")
#: the full face from which `nox -s han` cuts; 16 MB, so no environment holds it otherwise
HAN = "cvttf-notosanscjk-regular==1.0 --hash=sha256:0a99bbb933cc4237895d3dbd95de65f7b508607872471f1f51d0eb91a5fe7766"

#: the atlas from which `nox -s land` takes shapes; the module that reads it holds the hash
LAND = "world-atlas@2.0.2"

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["lint", "tests"]
# each command runs in an environment of `environment`, none of nox's own
nox.options.default_venv_backend = "none"
# the outside may set these for other projects; they would let other packages in
for name in ("PYTHONPATH", "PYTHONHOME"):
    os.environ.pop(name, None)


@nox.session
def editions(session: nox.Session) -> None:
    """Build the web site, the PDF, its sheets and the EPUB into build/."""
    doctor(session, "build")
    run_tool(environment(session, "book"), "build", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Install what the tests need and pass them; words after -- go to pytest."""
    doctor(session, "build")
    doctor(session, "tests")
    python = environment(session, "tests")
    validators(session)
    # -P: the folder of the project is not on the path, so the installed package is what is tested
    options = [word for word in session.posargs if word == THOROUGH]
    chosen = [word for word in session.posargs if word != THOROUGH]
    session.run(python, "-P", "-m", "pytest", *options, *(chosen or [*IN_PARALLEL, *in_order_of_speed()]))


@nox.session
def lint(session: nox.Session) -> None:
    """Check the style of the code, its form and its types, and the files that servers run."""
    python = environment(session, "lint")
    session.run(python, "-m", "ruff", "check", ".")
    session.run(python, "-m", "ruff", "format", "--check", ".")
    session.run(python, "-m", "mypy")
    for schema, files in SCHEMAS.items():
        names = [path.relative_to(HERE).as_posix() for path in sorted(HERE.glob(files))]
        session.run(python, "-m", "check_jsonschema", "--quiet", "--builtin-schema", schema, *names)
    # offline: what it would ask the network for is in tests/test_ci.py
    options = ["--offline", "--pedantic", "--strict-collection", "--collect=all", "--quiet"]
    session.run(str(Path(python).with_name("zizmor")), *options, ".github", *HOOKS, external=True)


@nox.session
def links(session: nox.Session) -> None:
    """Ask the cited pages that are due, slowly, and write the results into the record; uses the network."""
    run_tool(environment(session, "book"), "links", "refresh", *session.posargs)


@nox.session
def factpress(session: nox.Session) -> None:
    """Run a command of the tool, as in: nox -s factpress -- status."""
    run_tool(environment(session, "book"), *session.posargs)


@nox.session
def manual(session: nox.Session) -> None:
    """Build the handbook of the tools into build/manual/."""
    # -W: a warning is a mistake in the handbook; the cache stands outside of what is published
    options = ["-W", "--keep-going", "-q", "-d", "build/.work/manual"]
    session.run(environment(session, "book"), "-m", "sphinx", *options, "docs/manual", "build/manual")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure time and memory of a generated book beside plain Sphinx; `-- --chapters 100` for a large one."""
    doctor(session, "build")
    session.run(environment(session, "bench"), "-m", "tests.bench", *session.posargs)


@nox.session
def release(session: nox.Session) -> None:
    """Make everything from scratch in a fresh environment, with the checksums in build/SHA256SUMS."""
    doctor(session, "build")
    python = environment(session, "book", fresh=True)
    session.run(python, "-m", "factpress", "check", "--release")
    session.run(python, "-m", "factpress", "links", "check", "--release")
    build = HERE / "build"
    shutil.rmtree(build, ignore_errors=True)
    session.run(python, "-m", "factpress", "build", *session.posargs)
    sums = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(build).as_posix()}\n"
        for file in sorted(build.rglob("*"))
        # names with a dot are the tool's own working files
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(build).parts)
    ]
    (build / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    session.log(f"build/SHA256SUMS: {len(sums)} files; check them with: cd build && sha256sum --check SHA256SUMS")


@nox.session
def han(session: nox.Session) -> None:
    """Make the small face of Hangul, Kana and Han again, after the book uses a new sign."""
    python = environment(session, "book", more=HAN)
    session.run(python, "-m", "factpress.maintenance.han", ".")


@nox.session
def land(session: nox.Session) -> None:
    """Make the shapes of lands for the map again, after its parties changed."""
    folder = HERE / ".nox" / "land"
    folder.mkdir(parents=True, exist_ok=True)
    session.run("npm", "pack", LAND, "--pack-destination", str(folder), "--silent", silent=True, external=True)
    (package,) = folder.glob("*.tgz")
    session.run(environment(session, "book"), "-m", "factpress.maintenance.land", ".", str(package))


@nox.session
def lock(session: nox.Session) -> None:
    """Write requirements.lock again; `-- --upgrade` takes the newest versions that pyproject.toml allows."""
    python = bare(HERE / ".nox" / "lock", session)
    # the lock is read by pip; only its writer needs uv
    session.run(python, "-m", "pip", "install", "--quiet", "uv>=0.9")
    groups = [*nox.project.load_toml(HERE / "pyproject.toml")["dependency-groups"]]
    groups.remove("nox")
    # nox has a lock of its own: it is there before the environments are
    for file, asked_for in ((LOCK, ["pyproject.toml", "--all-extras", *_groups(groups)]), (NOX_LOCK, _groups(["nox"]))):
        session.run(
            python, "-m", "uv", "pip", "compile", "--quiet",
            "--universal", "--python-version", "3.11",  # one lock for every platform and every Python from there on
            "--generate-hashes",
            "--no-config",  # nor what a machine's own settings would add
            *asked_for, *session.posargs, "--output-file", str(file.relative_to(HERE)),
            env={"UV_CUSTOM_COMPILE_COMMAND": "nox -s lock"},
            silent=True,
        )  # fmt: skip


def run_tool(python: str, *words: str) -> None:
    """Run a command of the tool; its exit status is that of nox, which would make 1 of any other than 0."""
    status = subprocess.run([python, "-m", "factpress", *words], check=False).returncode
    if status:
        sys.exit(status if status > 0 else 128 - status)  # a signal, as a shell says it


def doctor(session: nox.Session, purpose: str) -> None:
    """Name what is native and missing, before anything is installed; a build ends with status 4 if there is any."""
    done = subprocess.run(
        [sys.executable, "-m", "factpress", "doctor", "--for", purpose],
        env=os.environ | {"PYTHONPATH": str(HERE / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode == 0:
        return
    # with CI=true the tests may lack nothing; elsewhere those that do are skipped
    if purpose == "build" or CI:
        print(done.stdout + done.stderr, file=sys.stderr)
        sys.exit(4)
    for line in done.stdout.splitlines():
        if line.startswith(("  missing", "Install:")):
            session.warn(line.replace("  missing ", "Tests will be skipped:"))


def environment(session: nox.Session, kind: str, *, fresh: bool = False, more: str = "") -> str:
    """Return the Python of an environment that holds what the lock says for this kind of work."""
    folder = HERE / ".nox" / (kind + ("-han" if more else ""))
    stamp, wanted = folder / "filled-from", _wanted(kind, more)
    python = _python(folder)
    if not fresh and python.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return str(python)
    bare(folder, session)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    # the lock as constraints: pip installs the names asked for and what they need, at its versions and hashes
    session.run(*pip, "--constraint", LOCK.name, *_names(kind))
    if more:
        file = folder / "more.txt"
        file.write_text(more + "\n", encoding="utf-8")
        session.run(*pip, "--no-deps", "--requirement", str(file))
    # the package itself, in place; what builds it came from the lock too
    session.run(*pip[:-1], "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted, encoding="utf-8")
    return str(python)


def bare(folder: Path, session: nox.Session) -> str:
    """Make an environment that holds pip and nothing else, and return its Python."""
    # virtualenv comes with nox, and brings a pip that is new enough to check hashes of constraints
    session.run(sys.executable, "-m", "virtualenv", "--quiet", "--clear", str(folder))
    return str(_python(folder))


def validators(session: nox.Session) -> None:
    """Install the validators that come from npm, when Node is there and their lock changed."""
    package_lock, stamp = VALIDATORS / "package-lock.json", VALIDATORS / "node_modules" / "filled-from"
    if not package_lock.is_file() or not (npm := shutil.which("npm")):
        return
    wanted = hashlib.sha256(package_lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    session.run(
        npm, "--prefix", str(VALIDATORS), "ci",
        "--ignore-scripts",  # none of them needs one, and Puppeteer's would download a browser
        "--no-audit", "--no-fund", "--loglevel=error",
        env={"PUPPETEER_SKIP_DOWNLOAD": "1"},
        silent=True,
    )  # fmt: skip
    stamp.write_text(wanted, encoding="utf-8")


def in_order_of_speed() -> list[str]:
    """Return the folders and files of the tests, those that build whole editions last."""
    tests = HERE / "tests"
    folders = [
        path for path in sorted(tests.iterdir()) if path.is_dir() and path.name.isalpha() and path.name not in NO_TESTS
    ]
    slow = [folder for folder in folders if folder.name == "editions"]
    paths = [*(folder for folder in folders if folder not in slow), *sorted(tests.glob("test_*.py")), *slow]
    return [path.relative_to(HERE).as_posix() for path in paths]


def _names(kind: str) -> list[str]:
    project = nox.project.load_toml(HERE / "pyproject.toml")
    groups = nox.project.dependency_groups(project, "packaging", *KINDS[kind])
    extras = [name for names in project["project"]["optional-dependencies"].values() for name in names]
    return [*project["project"]["dependencies"], *extras, *groups]


def _groups(names: list[str]) -> list[str]:
    return [word for name in names for word in ("--group", name)]


def _wanted(kind: str, more: str) -> str:
    # the folder too: an environment that was moved or copied still points to where it was made
    parts = [LOCK.read_text(encoding="utf-8"), *_names(kind), more, sys.version, str(HERE)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
