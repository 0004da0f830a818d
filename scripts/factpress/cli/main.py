"""The command `factpress`: one table of commands, each loaded only when it is called."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from factpress import __version__
from factpress.problems import BookError, FactpressError, FileError, error_hint

#: name: (module, what it does); in the order in which a newcomer needs them
COMMANDS = {
    "new": ("new", "make a project of its own from an article"),
    "build": ("build", "make the editions: web site, PDF, sheets and EPUB"),
    "check": ("check", "report what is wrong with the book, file and line first"),
    "sign": ("signing.command", "read one finding with its evidence and sign it"),
    "people": ("signing.people", "list who may sign, or add somebody"),
    "errata": ("signing.errata", "list what findings changed since a published edition"),
    "status": ("status.command", "count claims and units, and say what to do next"),
    "review": ("review", "open the desk, at which a person reads findings and signs them"),
    "links": ("links", "check, probe and refresh the citation links"),
    "format": ("formatting", "write the YAML files in their one canonical form"),
    "figures": ("figures", "draw the figures whose data changed"),
    "outline": ("outline", "compare an article with the outline"),
    "where": ("where", "name one place of the book in every edition"),
    "impose": ("impose", "lay out the pages of a PDF on sheets to print and fold"),
    "doctor": ("doctor", "say what this machine lacks"),
}
#: how results can be printed; reports know more forms
FORMATS = ("text", "json")
REPORT_FORMATS = {
    "check": (*FORMATS, "junit", "sarif", "github", "markdown"),
    "links": (*FORMATS, "junit", "sarif", "github"),
    "status": (*FORMATS, "markdown"),
}
EXIT_STATUSES = "Exit status: 0 clean, 1 problems, 2 usage, 3 cannot read or write, 4 a tool failed."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = _parser(words).parse_args(words)
    try:
        return int(args.run(args))
    except BookError as error:
        _show(error, args)
        return _fail(error, args)
    except FactpressError as error:
        return _fail(error, args)
    except BrokenPipeError:
        # the reader of our output has left; a second write at exit must not raise again
        sys.stdout = None
        return FileError.status  # nobody knows what was not written: a check that found problems must not look clean
    except OSError as error:
        what = f"{error.filename} cannot be read or written" if error.filename else "The system refuses"
        return _fail(FileError(f"{what}: {error.strerror or error}.", error_hint(error, "Check the path.")), args)
    except KeyboardInterrupt:
        print("factpress: stopped; what was there before is untouched.", file=sys.stderr)
        return 130


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="factpress", description="Turn an AI-assisted article into a study booklet that people can trust.",
        epilog=EXIT_STATUSES,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"factpress {__version__}")
    called = _called(words)
    formats = REPORT_FORMATS.get(called or "", FORMATS)
    add_common_arguments(parser, formats, default=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    # only the command that is called is loaded: help must not wait for Sphinx
    for name, (module, help_line) in COMMANDS.items():
        if called in (None, name):
            sub = commands.add_parser(name, help=help_line, description=_sentence(help_line), epilog=EXIT_STATUSES)
            add_common_arguments(sub, formats, default=False)
            if called:
                _load(module, sub)
    return parser


def _called(words: Sequence[str]) -> str | None:
    """Return the command among the words, None if help on all commands is asked for or none is named."""
    before = ""
    for word in words:
        if word in ("-h", "--help", "--version"):
            return None
        if not word.startswith("-") and before not in ("--root", "--format"):
            return word if word in COMMANDS else None
        before = word
    return None


def _load(module: str, parser: argparse.ArgumentParser) -> None:
    command = importlib.import_module(f"factpress.cli.{module}")
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)


def add_common_arguments(parser: argparse.ArgumentParser, formats: Sequence[str], *, default: bool) -> None:
    """Declare --root and --format, which every command has."""
    # given before or after the command; the second parser must not put its default over the first's value
    absent: dict[str, Any] = {} if default else {"default": argparse.SUPPRESS}
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="folder of the book (default: here or above)", **absent
    )
    usual = {"default": "text"} if default else absent
    parser.add_argument("--format", choices=formats, help="how to print (default: text)", **usual)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _show(error: BookError, args: argparse.Namespace) -> None:
    if args.format == "json":
        from factpress.escaping import json_text

        print(json_text([problem.as_dict() for problem in error.problems]))
    else:
        from factpress.cli.book import print_problems

        print_problems(error.problems, "", args.command, args.format)


def _fail(error: FactpressError, args: argparse.Namespace) -> int:
    if args.format == "json" and not isinstance(error, BookError):
        print(json.dumps({"error": str(error), "hint": getattr(error, "hint", ""), "status": error.status}))
    else:
        print(f"factpress: {error}", file=sys.stderr)
        if hint := getattr(error, "hint", ""):
            print(f"    {hint}", file=sys.stderr)
    return error.status


if __name__ == "__main__":
    sys.exit(main())
