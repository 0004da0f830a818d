"""`factpress format`: write the YAML files in their one canonical form."""

from __future__ import annotations

import argparse
import json

from factpress.cli.book import open_settings, print_lines, print_problems, summary
from factpress.model.place import Place
from factpress.problems import in_order, problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--check", action="store_true", help="change nothing, say what would be written")


def run(args: argparse.Namespace) -> int:
    """Write the files, or with --check report them; a file with problems is left as it is."""
    from factpress.files.text import name_of
    from factpress.files.yaml.formatting import canonical_texts, write_canonical

    settings = open_settings(args)
    names: list[str] = []
    if args.check:
        changed, problems = canonical_texts(settings)
        not_formatted = [problem("not-formatted", Place(name_of(path, settings.root))) for path in changed]
        problems = in_order([*problems, *not_formatted])
    else:
        names, problems = write_canonical(settings)
    if args.format == "json":
        data = {"written": names, "problems": [p.as_dict() for p in problems]}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for name in names:
            print_lines([f"Wrote {name}."])
        print_problems(problems, summary(problems) if problems else "" if names else "Nothing to write.")
    return int(bool(problems))
