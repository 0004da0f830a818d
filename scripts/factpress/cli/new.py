"""`factpress new DIR --article FILE`: a project of its own for a new book, from an article in any file."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING

from factpress.cli.book import print_lines
from factpress.model.place import Place
from factpress.problems import BookError, FileError, Problem, UsageError, error_hint, problem, quantity

if TYPE_CHECKING:
    from factpress.importer.document import Document
    from factpress.importer.units import Article
    from factpress.model.outline import Disclosure
    from factpress.model.vocabulary import NoNotice, Rights

RIGHTS = ("ours", "licensed", "not-ours")
SHOWN_CANDIDATES = 3
SHOWN_CHARACTERS = 300  #: of a candidate
LARGEST_WHEEL = 50 * 2**20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("dir", type=Path, metavar="DIR", help="folder to make; it must not exist, or be empty")
    parser.add_argument(
        "--article", metavar="FILE", required=True, help="text, Markdown, HTML, DOCX or ODT; - for standard input"
    )
    parser.add_argument("--title", default="", help="of the book (default: that of the article)")
    parser.add_argument("--language", default="", metavar="TAG", help="of the article (default: as it says, else en)")
    parser.add_argument(
        "--publisher", metavar="NAME", help="of the book (default: the editions say that none is named)"
    )
    parser.add_argument("--licence", metavar="NAME", help="of the book, such as CC BY 4.0 (default: none is named)")
    parser.add_argument(
        "--rights", choices=RIGHTS, help="whether the article's words may be printed (default: not-ours)"
    )
    parser.add_argument("--published-at", metavar="PLACE", help="where the article was published")
    parser.add_argument("--encoding", default="", help="of a text that is not UTF-8")
    parser.add_argument("--no-disclosure", action="store_true", help="say that the article has no AI notice of its own")
    parser.add_argument(
        "--face",
        action="append",
        default=[],
        metavar="PACKAGE:FILE",
        help="font for letters that the book's faces lack",
    )
    parser.add_argument(
        "--factpress", default="", metavar="WHEEL_OR_PATH", help="where the project gets this tool (default: from here)"
    )


def run(args: argparse.Namespace) -> int:
    """Make the project and say what is next; an error leaves no files."""
    from factpress.importer.new_project import NewBook, project_files
    from factpress.importer.reader import read_article
    from factpress.importer.units import article_of

    _refuse_folder(args.dir)
    data = _article_bytes(args.article)
    document = read_article(data, "standard input" if args.article == "-" else args.article, args.encoding)
    language = args.language or document.language or "en"
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", language):
        raise UsageError(f"{language!r} is no language tag.", "Give one such as en or pt-BR with --language.")
    article = article_of(document, language)
    if not article.units:
        raise BookError([problem("article-empty", Place(args.article))])
    said = [*_report(document, article, language, args)]
    rights = _rights(args.rights)
    disclosure, sentence = _disclosure(args, document, article)
    requirement, wheel = _requirement(args.factpress)
    title = " ".join((args.title or document.title or Path(args.article).stem).split())
    book = NewBook(
        name=_name(args.dir),
        title=title if title.strip("- ") else "Untitled booklet",
        language=language,
        publisher=_typed(args.publisher, "Who publishes the book? (Enter: not settled)"),
        licence=_typed(args.licence, "Under which licence do you publish it? (Enter: not settled)"),
        rights=rights,
        disclosure=disclosure,
        published_at=args.published_at or None,
        date=date.today().isoformat(),
        requirement=requirement,
        faces=tuple(args.face),
    )
    made = project_files(book, document, article, data)
    if wheel:
        made[f"wheels/{wheel.name}"] = wheel.read_bytes()
    said += _write(args.dir, made)
    said += [sentence, _rights_sentence(rights)]
    said += [] if book.licence else ["No licence is named: set `licence` in pyproject.toml when it is settled."]
    said += [] if book.publisher else ["No publisher is named: set `publisher` there too."]
    said += [
        f"Made {args.dir}: {quantity(len(article.units), 'sentence')}, {quantity(len(made), 'file')}.",
        *_next(args.dir),
    ]
    if args.format == "json":
        from factpress.escaping import json_text

        print(json_text({"made": str(args.dir), "units": len(article.units), "files": sorted(made), "said": said}))
    else:
        print_lines(said)
    return 0


def _refuse_folder(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} exists and is not empty.", "Name a folder that does not exist yet.")


def _article_bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        sentence = f"{name} cannot be read: {error.strerror}."
        raise FileError(sentence, error_hint(error, "Name the article's file.")) from error


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(question: str, answers: Sequence[str]) -> str:
    """Return one of the answers, asked until it is given; the last where nothing is typed."""
    while True:
        given = input(f"{question} [{'/'.join(answers)}] ").strip().lower()
        if given in answers:
            return given
        if not given:
            return answers[-1]


def _rights(given: str | None) -> Rights:
    from factpress.model.vocabulary import Rights

    if given is None and _can_ask():
        given = _ask("May the article's own words be printed: is it ours, licensed, or not ours?", RIGHTS)
    return Rights(given or "not-ours")


def _rights_sentence(rights: Rights) -> str:
    if rights == "not-ours":
        return "Rights: not ours. Its words are not printed; the chapters hold a place for each sentence."
    return f"Rights: {rights}. Its words stand in the chapters, each sentence marked as unchecked."


def _typed(given: str | None, question: str) -> str:
    """Return what the command line says, else what a person types; nothing is assumed."""
    if given is None and _can_ask():
        given = input(f"{question} ")
    return " ".join((given or "").split())


def _disclosure(args: argparse.Namespace, document: Document, article: Article) -> tuple[Disclosure | NoNotice, str]:
    """Return the article's own notice or that it has none, with a sentence that says who decided it."""
    from factpress.importer.disclosure import candidates
    from factpress.importer.new_project import disclosure_of
    from factpress.model.vocabulary import NoNotice

    if args.no_disclosure:
        return NoNotice.NONE, "AI notice: none, as you said."
    found = [candidate for candidate in candidates(document) if article.of_block(candidate.position)]
    if _can_ask():
        for nth, candidate in enumerate(found[:SHOWN_CANDIDATES], 1):
            print_lines([f"{nth}. {candidate.text[:SHOWN_CHARACTERS]}", f"   {', '.join(candidate.reasons)}"])
        numbers = [str(nth) for nth in range(1, len(found[:SHOWN_CANDIDATES]) + 1)]
        question = (
            "Which is the article's own notice that an AI helped to write it?"
            if found
            else ("No such notice was found. Has the article none?")
        )
        answer = _ask(question, [*numbers, "none", "unsettled"])
        if not answer.isdecimal():
            return NoNotice(answer), f"AI notice: {answer}, as you said."
        return disclosure_of(found[int(answer) - 1], article), "AI notice: as you said."
    if found and found[0].is_proposed:
        best = found[0]
        return disclosure_of(best, article), (
            f"AI notice, taken by rules and confirmed by nobody: “{best.text}” ({', '.join(best.reasons)}). "
            "Correct it in docs/article/provenance.yaml."
        )
    seen = f" The likeliest block: “{found[0].text[:SHOWN_CHARACTERS]}”." if found else ""
    return NoNotice.UNSETTLED, (
        f"AI notice: none is sure, so it is unsettled, and the cover says so.{seen} "
        "Settle it in docs/article/provenance.yaml."
    )


def _report(document: Document, article: Article, language: str, args: argparse.Namespace) -> list[str]:
    """Return what was read and what was not."""
    from factpress.importer.chapters import lost_signs

    said = [
        f"Read {quantity(len(article.units), 'sentence')} in {quantity(len(article.sections), 'section')}; "
        f"language {language}" + ("." if args.language or document.language else ", as nothing says another.")
    ]
    said += [f"Left out: {what}" for what in document.left_out]
    said += [f"Its metadata say: {what}" for what in document.notices]
    if signs := "".join(lost_signs(article)):
        said.append(f"Not printed in the chapters: {signs}")
    return said


def _name(folder: Path) -> str:
    from factpress.importer.chapters import file_name

    name = file_name(folder.resolve().name)
    return "booklet" if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d|part", name) else name


def _requirement(given: str) -> tuple[str, Path | None]:
    """Return the line of requirements.txt that names this tool, and the wheel that the project keeps, if any.

    The package is on no index, and its name there is nobody's: the line never holds the name alone.
    """
    path = Path(given).resolve() if given else _here()
    if path is None:
        raise UsageError(
            "Where the project gets this tool is not known.",
            "Name its wheel, or the folder of its source, with --factpress.",
        )
    if path.is_file() and path.suffix == ".whl" and path.stat().st_size <= LARGEST_WHEEL:
        return f"./wheels/{path.name}", path
    if (path / "pyproject.toml").is_file():
        return f"factpress @ {path.as_uri()}", None
    raise UsageError(f"{path} is neither a wheel nor the folder of a source.", "Name one with --factpress.")


def _here() -> Path | None:
    """Return the folder of the source that runs, or the file that the installed package came from."""
    source = Path(__file__).resolve().parents[3]
    if (source / "pyproject.toml").is_file() and (source / "scripts" / "factpress").is_dir():
        return source
    try:
        recorded = loads(distribution("factpress").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    from urllib.parse import unquote, urlsplit

    address = urlsplit(recorded.get("url", ""))
    path = Path(unquote(address.path))
    return path if address.scheme == "file" and path.exists() else None


def _write(folder: Path, made: dict[str, bytes]) -> list[str]:
    """Write the files into a folder beside, check the book that they are, and rename it.

    Return sentences on what no edition could show: words with a problem of their own give way to the unit's place.
    """
    from factpress.checks import check_book
    from factpress.settings import read_settings

    parent = folder.resolve().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise FileError(
            f"{folder} cannot be made: {error.strerror}.", error_hint(error, "Check the folder.")
        ) from error
    try:
        for path, content in made.items():
            file = staging / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        said: list[str] = []
        while errors := [found for found in check_book(read_settings(staging)).problems if found.is_error]:
            said += _set_aside(staging, errors)
        shutil.rmtree(staging / "build", ignore_errors=True)
        staging.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        staging.rename(folder)
        return said
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _set_aside(root: Path, errors: Sequence[Problem]) -> list[str]:
    """Take the words with a problem out of the chapters and say so.

    Raises:
        BookError: there are problems of other kinds, which cannot be put aside.
    """
    from factpress.importer.chapters import without_words

    said = []
    for file in dict.fromkeys(found.where.file for found in errors):
        of_file = [found for found in errors if found.where.file == file]
        if not file.startswith("docs/chapters/"):
            raise BookError(errors)
        path = root / file
        text, units = without_words(path.read_text(encoding="utf-8"), sorted({found.where.line for found in of_file}))
        if not units:
            raise BookError(errors)
        path.write_bytes(text.encode())
        said.append(f"Not printed in {file}: {', '.join(units)}. {of_file[0].message}")
    return said


def _next(folder: Path) -> list[str]:
    return [
        "Next:",
        f"  cd {folder}",
        "  python3 -m venv .venv && .venv/bin/python -m pip install nox && .venv/bin/python -m nox -s editions",
    ]
