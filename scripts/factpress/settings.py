"""Settings of a book, read once from `[tool.factpress]` of its pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from factpress.model.allowed_markup import NEVER
from factpress.model.review import ReviewPolicy
from factpress.model.subject import load_subjects
from factpress.model.text.characters import forbidden_characters, hidden_characters
from factpress.model.vocabulary import OpenBeforeSigning
from factpress.problems import FileError, UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a publisher may set; the field's default holds where nothing is set."""

    name: str = "booklet"  #: file name of the editions, without suffix
    title: str = "Untitled booklet"
    subtitle: str = ""
    publisher: str = ""  #: author and publisher of record
    language: str = "en"
    licence: str = ""  #: of the text, in the words by which it is known; unset: no edition names one
    licence_url: str = ""  #: where its text stands
    code_licence: str = ""  #: of the tools, where the book's repository holds them too
    article: str = "an article"  #: what the cover calls what was checked: `an AI-assisted article`
    disclosure: str = ""  #: sentences that the title page adds on the article: what it names, what is printed of it
    site: str = ""  #: address of the web edition; unset: what needs it is left out
    repository: str = ""  #: address of the source; unset: what needs it is left out
    contact: str = ""  #: where an error is reported: an address of the web or of mail; unset: left out
    approvals: int = 1  #: sign-offs a finding needs
    approvals_contradicted: int = 2
    approvals_disputed: int = 2
    approvals_ambiguous: int = 2
    review_max_age_days: int = 730  #: older sign-offs are stale
    open_before_signing: str = "one"  #: pieces that carry the verdict to open before approving: none, one or all
    open_before_signing_strict: str = "all"  #: the same for high priority, contradicted, disputed and ambiguous
    release_signed_percent: int = 0  #: of the claims with a finding, how many must be signed off in a release
    chapter_words: int = 0  #: words of narrative that a chapter may have; 0: any number
    booklet_pages: int = 0  #: pages that the printed booklet may have; 0: any number
    record_pages: int = 0  #: likewise the record volume
    subjects: tuple[str, ...] = ()  #: what the book brings along on its matter: treaties
    faces: tuple[str, ...] = ()  #: `package:file`, for characters that ours lack, in the order in which they are asked
    allow_directives: tuple[str, ...] = ()  #: that pages may use beside those of `model.allowed_markup`
    large_print: bool = False  #: also make the PDF in large print, which takes as long again
    chapter_handouts: tuple[str, ...] = ()  #: numbers of chapters that are made as booklets of their own too
    root: Path = field(default=Path(), compare=False)  #: the folder of pyproject.toml

    @property
    def docs(self) -> Path:
        """Return the folder of the book's pages and data."""
        return self.root / "docs"

    @property
    def build(self) -> Path:
        """Return the folder of the editions."""
        return self.root / "build"

    @property
    def work(self) -> Path:
        """Return the folder of working files, which make the next build faster; it may be removed at any time."""
        return self.build / ".work"

    @property
    def policy(self) -> ReviewPolicy:
        """Return how many sign-offs a finding needs, what each asks of its person, and how long they last."""
        return ReviewPolicy(
            approvals=self.approvals,
            approvals_contradicted=self.approvals_contradicted,
            approvals_disputed=self.approvals_disputed,
            approvals_ambiguous=self.approvals_ambiguous,
            max_age_days=self.review_max_age_days,
            open_before=OpenBeforeSigning(self.open_before_signing),
            open_before_strict=OpenBeforeSigning(self.open_before_signing_strict),
        )


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` whose pyproject.toml has a table tool.factpress.

    Raises:
        FileError: none has, or one on the way cannot be read.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if is_book(folder):
            return folder
    raise FileError(
        f"No book here: neither {start} nor a folder above it has a pyproject.toml with [tool.factpress].",
        "Change into the book's folder, or name it with --root.",
    )


def find_face(face: str) -> Path | None:
    """Return the font file that a `package:file` names, None where there is none.

    The package is one that Python imports, `a.b` standing for the folder b in a, and the file a path in its folder; or
    it is an installed distribution, and the file one of those that it lists.
    """
    package, _, file = face.partition(":")
    path = PurePosixPath(file)
    if not _PACKAGE.fullmatch(package) or "\\" in file or path.is_absolute() or {"..", "."} & set(file.split("/")):
        return None
    if path.suffix.lower() not in FACE_SUFFIXES:
        return None
    first, *inner = package.split(".")
    # of a top-level name, find_spec imports nothing: a setting must not run a package's code
    spec = find_spec(first)
    folders = [Path(folder).joinpath(*inner) for folder in (spec.submodule_search_locations if spec else None) or ()]
    found = next((folder / file for folder in folders if (folder / file).is_file()), None)
    if found is None:
        try:
            listed = distribution(package).files or ()
        except PackageNotFoundError:
            return None
        found = next((Path(str(f.locate())) for f in listed if f.as_posix() == file and f.locate().is_file()), None)  # type: ignore[attr-defined]
    return found


def is_book(folder: Path) -> bool:
    """Return whether a folder's pyproject.toml has a table tool.factpress."""
    file = folder / "pyproject.toml"
    return file.is_file() and "factpress" in _load(file).get("tool", {})


def read_settings(root: Path) -> Settings:
    """Return the settings of the book at `root`.

    Raises:
        UsageError: a setting is unknown, of another type, or of a value that no edition could be made with; the
            sentence begins with file and line.
        FileError: pyproject.toml cannot be read.
    """
    file = root / "pyproject.toml"
    table = _load(file).get("tool", {}).get("factpress", {})
    fields_by_name = {f.name.replace("_", "-"): f for f in fields(Settings) if f.name != "root"}
    values: dict[str, object] = {}
    for name, value in table.items():
        where = f"pyproject.toml:{_line(file, name)}"
        if name not in fields_by_name:
            raise UsageError(
                f"{where}: [tool.factpress] has no setting {name!r}.", f"Known: {', '.join(fields_by_name)}."
            )
        kind: type = type(fields_by_name[name].default)
        if kind is tuple and isinstance(value, list) and all(isinstance(word, str) for word in value):
            value = tuple(value)
        if type(value) is not kind:
            expected = "list of words" if kind is tuple else kind.__name__
            raise UsageError(f"{where}: {name} must be a {expected}, not {value!r}.", "Correct it.")
        if expected := _expected(name, value):
            raise UsageError(f"{where}: {name} is {value!r}, but must be {expected}.", "Correct it.")
        values[fields_by_name[name].name] = value
    if shut := sorted(set(values.get("allow_directives", ())) & NEVER.keys()):  # type: ignore[call-overload]
        raise UsageError(f"pyproject.toml: no setting opens the directive {shut[0]}: {NEVER[shut[0]]}.", "Remove it.")
    settings = Settings(root=root, **values)  # type: ignore[arg-type]  # types were compared above
    try:
        load_subjects(settings.subjects)
    except LookupError as error:
        raise UsageError(
            f"pyproject.toml:{_line(file, 'subjects')}: there is no subject {error}.",
            "Known: treaties; or name a module that has SUBJECT.",
        ) from error
    return settings


#: device names of Windows, which are not file names there, whatever follows the dot
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_NAME = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*")
_PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*")
FACE_SUFFIXES = (".otf", ".ttf", ".ttc")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")  #: the form of a language tag, BCP 47
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS_SIGN = re.compile(r"[\w\-.~:/?#\[\]@!$&()*+,;=%]*")  #: without quotation marks, brackets and spaces


def _expected(name: str, value: object) -> str:
    """Return what a value must be, empty where it is valid."""
    if name == "release-signed-percent":
        return "" if isinstance(value, int) and 0 <= value <= 100 else "a number from 0 to 100"
    if isinstance(value, int):
        least = 0 if name in ("booklet-pages", "record-pages") else 1
        return f"at least {least}" if not isinstance(value, bool) and value < least else ""
    for text in value if isinstance(value, tuple) else (str(value),):
        if re.search(r"[\t\n\r]", text) or any(forbidden_characters(text)) or any(hidden_characters(text)):
            return "one line of text without control characters and signs that nobody sees"
    text = str(value)
    match name:
        case "open-before-signing" | "open-before-signing-strict":
            return "" if text in set(OpenBeforeSigning) else "none, one or all"
        case "name":
            fits = len(text) <= 100 and _NAME.fullmatch(text) and not _DEVICES.fullmatch(text)
            return "" if fits else "a plain file name: letters, digits, hyphens and single dots, at most 100"
        case "title":
            return "" if text.strip() else "a title"
        case "faces" if isinstance(value, tuple):
            if wrong := next((face for face in value if find_face(face) is None), ""):
                return f"a list of package:file, each an .otf, .ttf or .ttc of an installed package: not {wrong!r}"
        case "chapter-handouts" if isinstance(value, tuple):
            return "" if all(re.fullmatch(r"[1-9]\d?", word) for word in value) else "a list of numbers of chapters"
        case "language":
            return "" if _LANGUAGE.fullmatch(text) else "a language tag such as en or pt-BR"
        case "site" | "repository" | "licence-url":
            return "" if not text or _is_web_address(text) else "an address that begins with https:// or http://"
        case "contact":
            is_way = not text or _is_web_address(text) or bool(_MAIL.fullmatch(text))
            return "" if is_way else "a mail address, or one that begins with https:// or http://"
    return ""


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and bool(_ADDRESS_SIGN.fullmatch(text))
    except ValueError:  # such as a bracket that is not closed
        return False


def setting_line(root: Path, name: str) -> int:
    """Return the line of pyproject.toml on which a setting stands, by its name there; of one unset, its table's."""
    return _line(root / "pyproject.toml", name)


def _line(file: Path, name: str) -> int:
    """Return the line on which a setting of [tool.factpress] stands; tomllib keeps none."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(r"\s*\[\s*tool\s*\.\s*factpress\s*\]", line)), 0)
    setting = re.compile(rf"""\s*(?:tool\.factpress\.)?["']?{re.escape(name)}["']?\s*=""")
    return next((n for n, line in enumerate(lines[start:], start + 1) if setting.match(line)), start + 1)


def _load(file: Path) -> dict[str, dict[str, dict[str, object]]]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"{file} cannot be read: {why}.", "Correct the file, or its permissions.") from error
