"""Settings of a book, read once from `[tool.factpress]` of its pyproject.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from factpress.model.markup import NEVER
from factpress.model.review import Policy
from factpress.model.subject import load_subjects
from factpress.problems import FileError, UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a publisher may set; the field's default holds where nothing is set."""

    name: str = "booklet"  #: file name of the editions, without suffix
    title: str = "Untitled booklet"
    subtitle: str = ""
    publisher: str = ""  #: author and publisher of record
    language: str = "en"
    site: str = ""  #: address of the web edition; unset: what needs it is left out
    repository: str = ""  #: address of the source; unset: what needs it is left out
    approvals: int = 1  #: sign-offs a finding needs
    approvals_contradicted: int = 2
    approvals_disputed: int = 2
    approvals_ambiguous: int = 2
    review_max_age_days: int = 730  #: older sign-offs are stale
    chapter_words: int = 0  #: words of narrative that a chapter may have; 0: any number
    subjects: tuple[str, ...] = ()  #: what the book brings along on its matter: treaties
    allow_directives: tuple[str, ...] = ()  #: that pages may use beside those of `model.markup`
    large_print: bool = False  #: also make the PDF in large print, which takes as long again
    root: Path = field(default=Path(), compare=False)  #: the folder of pyproject.toml

    @property
    def docs(self) -> Path:
        """Return the folder of what readers read."""
        return self.root / "docs"

    @property
    def build(self) -> Path:
        """Return the folder of the editions."""
        return self.root / "build"

    @property
    def work(self) -> Path:
        """Return the folder of what makes the next build short; it may be removed at any time."""
        return self.build / ".work"

    @property
    def policy(self) -> Policy:
        """Return how many sign-offs a finding needs and how long they last."""
        return Policy(
            approvals=self.approvals,
            approvals_contradicted=self.approvals_contradicted,
            approvals_disputed=self.approvals_disputed,
            approvals_ambiguous=self.approvals_ambiguous,
            max_age_days=self.review_max_age_days,
        )


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` whose pyproject.toml has a table tool.factpress."""
    for folder in (start.resolve(), *start.resolve().parents):
        file = folder / "pyproject.toml"
        if file.is_file() and "factpress" in _load(file).get("tool", {}):
            return folder
    raise FileError(
        f"No book here: neither {start} nor a folder above it has a pyproject.toml with [tool.factpress].",
        "Change into the book's folder, or name it with --root.",
    )


def read_settings(root: Path) -> Settings:
    """Return the settings of the book at `root`; unknown names and wrong types are usage errors."""
    table = _load(root / "pyproject.toml").get("tool", {}).get("factpress", {})
    known = {f.name.replace("_", "-"): f for f in fields(Settings) if f.name != "root"}
    values: dict[str, object] = {}
    for name, value in table.items():
        if name not in known:
            raise UsageError(
                f"pyproject.toml: [tool.factpress] has no setting {name!r}.", f"Known: {', '.join(known)}."
            )
        kind: type = type(known[name].default)
        if kind is tuple and isinstance(value, list) and all(isinstance(word, str) for word in value):
            value = tuple(value)
        if type(value) is not kind:
            expected = "list of words" if kind is tuple else kind.__name__
            raise UsageError(f"pyproject.toml: {name} must be a {expected}, not {value!r}.", "Correct it.")
        values[known[name].name] = value
    if shut := sorted(set(values.get("allow_directives", ())) & NEVER.keys()):  # type: ignore[call-overload]
        raise UsageError(f"pyproject.toml: no setting opens the directive {shut[0]}: {NEVER[shut[0]]}.", "Remove it.")
    found = Settings(root=root, **values)  # type: ignore[arg-type]  # types were compared above
    try:
        load_subjects(found.subjects)
    except LookupError as error:
        raise UsageError(
            f"pyproject.toml: there is no subject {error}.", "Known: treaties; or name a module that has SUBJECT."
        ) from error
    return found


def _load(file: Path) -> dict[str, dict[str, dict[str, object]]]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileError(f"{file} cannot be read: {error}.", "Put it right and try again.") from error
