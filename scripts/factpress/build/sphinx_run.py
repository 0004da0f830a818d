"""One run of one Sphinx builder: the edition that it wrote, or the problems and the failure that stopped it."""

from __future__ import annotations

import io
import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.logging import OnceFilter, SafeEncodingWriter, WarningStreamHandler, WarningSuppressor

from factpress.model.place import Place
from factpress.problems import BookError, FactpressError, FileError, Problem, ToolError, problem
from factpress.rules import RULES
from factpress.settings import Settings
from factpress.sphinxext.allowed_markup import refused_in_pages


@dataclass
class EditionResult:
    """The result of making one edition; it is sent between processes, so it holds plain values only."""

    edition: str
    seconds: dict[str, float] = field(default_factory=dict)  #: by phase
    problems: list[Problem] = field(default_factory=list)
    failure: FactpressError | None = None
    notes: list[str] = field(default_factory=list)  #: what a person should know of the edition
    outside: list[str] = field(default_factory=list)  #: files outside of docs/ that were read, from the book's root


def run_builder(settings: Settings, edition: str, when_read: Callable[[], None] | None = None) -> EditionResult:
    """Return the result of one Sphinx builder on the shared doctrees; `when_read` is called when all are read."""
    result = EditionResult(edition)
    start = time.perf_counter()

    def all_read(app: Sphinx, _builder: Builder) -> None:
        if refused := refused_in_pages(app.env):
            raise BookError(refused)  # shown as text in the pages, but a book with it is not published
        result.seconds["parse"] = time.perf_counter() - start
        if when_read:
            when_read()

    try:
        with patch_docutils(str(settings.docs)), docutils_namespace():
            messages = io.StringIO()
            app = Sphinx(
                settings.docs, settings.docs, settings.work / edition, settings.work / "doctrees", edition,
                status=None, warning=messages,
                confoverrides={
                    "factpress_large_print": settings.large_print,
                    "factpress_chapter_handouts": list(settings.chapter_handouts),
                },
            )  # fmt: skip
            # Sphinx removes all handlers while it starts, so the warnings of conf.py are available only as text
            of_conf = [_COLOR.sub("", line) for line in messages.getvalue().splitlines()]
            app.connect("write-started", all_read)
            with warnings_as_problems(app, settings) as result.problems:
                app.build()
            result.problems += [problem("sphinx-warning", _CONF, message=line.rstrip(".")) for line in of_conf]
            result.outside = sorted(_read_outside(app, settings))
    except BookError as error:
        result.problems += error.problems
    except FactpressError as error:
        result.failure = error
    except SphinxError as error:
        _explain(error, result)
    except OSError as error:  # Sphinx does not catch errors of writing
        result.failure = FileError(
            f"{error.filename or 'A file of build/'} cannot be written: {error.strerror or error}.", HINT
        )
    result.seconds[edition] = time.perf_counter() - start - result.seconds.get("parse", 0.0)
    return result


def _explain(error: SphinxError, result: EditionResult) -> None:
    """Add what stopped Sphinx: the problems or failure that one of our handlers raised, else Sphinx's message."""
    cause = error.__cause__
    if isinstance(cause, BookError):
        result.problems += cause.problems
    elif isinstance(cause, FactpressError):
        result.failure = cause
    else:
        result.failure = ToolError(f"The {result.edition} edition was not made: {error}", HINT)


class _Collector(WarningStreamHandler):
    # a subclass of this, so that Sphinx removes it too while it delays warnings: else each would come twice
    def __init__(self, settings: Settings) -> None:
        super().__init__(SafeEncodingWriter(io.StringIO()))
        self.setLevel(logging.WARNING)
        self.problems: list[Problem] = []
        self._root = settings.root.resolve()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning as a problem; those that our extension logs are raised as problems, and left out here."""
        kind, subtype = getattr(record, "type", ""), getattr(record, "subtype", "")
        if kind == "factpress" and subtype in RULES:
            return
        # without the place, which Sphinx puts before it, and the kind, which it puts behind
        message = " ".join(logging.LogRecord.getMessage(record).split()).removesuffix(f" [{kind}.{subtype}]")
        message = message.removesuffix(f" [{kind}]").replace(f"{self._root}{os.sep}", "")
        self.problems.append(problem("sphinx-warning", self._place(record), message=message.rstrip(".")))

    def _place(self, record: logging.LogRecord) -> Place:
        if not (location := str(getattr(record, "location", None) or "")):
            return _CONF
        file, _, line = location.rpartition(":")
        if not line.isdigit():
            file, line = location.rstrip(":"), "0"  # some nodes of docutils know their file alone
        # Sphinx takes a file for the name of a document where a directive gives it as a place
        path = Path(re.sub(r"(\.md)\.md$", r"\1", file.partition(":docstring")[0]))
        if path.is_absolute() and path.is_relative_to(self._root):
            path = path.relative_to(self._root)
        return Place(path.as_posix(), int(line))


@contextmanager
def warnings_as_problems(app: Sphinx, settings: Settings) -> Iterator[list[Problem]]:
    """Yield the list of problems to which the warnings of Sphinx, docutils and MyST in the block are added."""
    collector = _Collector(settings)
    # the same filters as those of Sphinx's own handler, which runs first and turns nodes into locations
    collector.addFilter(WarningSuppressor(app))
    collector.addFilter(OnceFilter())
    logger = logging.getLogger("sphinx")
    logger.addHandler(collector)
    try:
        yield collector.problems
    finally:
        logger.removeHandler(collector)


def _read_outside(app: Sphinx, settings: Settings) -> Iterator[str]:
    """Yield the files of the book outside of docs/ that pages depend on, but for the bibliographies at its root."""
    root, docs = settings.root.resolve(), settings.docs.resolve()
    bibliographies = getattr(app.config, "bibtex_bibfiles", ())
    names = {str(name) for names in app.env.dependencies.values() for name in names} | set(bibliographies)
    for path in {Path(app.srcdir, name).resolve() for name in names}:
        at_root = path.parent == root and path.suffix == ".bib"
        if path.is_relative_to(root) and not path.is_relative_to(docs) and not at_root:
            yield path.relative_to(root).as_posix()


_CONF = Place("docs/conf.py")
_COLOR = re.compile("\x1b\\[[0-9;]*m")
HINT = "What was published before is untouched."
