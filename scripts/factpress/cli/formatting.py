"""`factpress format`: write the YAML files in their one canonical form."""

from __future__ import annotations

import argparse
import json

from factpress.cli.book import counts_line, open_settings, print_lines, print_problems
from factpress.model.place import Place
from factpress.problems import problem, sorted_problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--check", action="store_true", help="change nothing, say what would be written")


def run(args: argparse.Namespace) -> int:
    """Write the files, or with --check report them; a file with problems is left as it is."""
    from factpress.files.text import relative_name
    from factpress.files.yaml.formatting import texts_to_write, write_canonical

    settings = open_settings(args)
    names: list[str] = []
    if args.check:
        changed, problems = texts_to_write(settings)
        not_formatted = [problem("not-formatted", Place(relative_name(path, settings.root))) for path in changed]
        problems = sorted_problems([*problems, *not_formatted])
    else:
        names, problems = write_canonical(settings)
    if args.format == "json":
        data = {"written": names, "problems": [p.as_dict() for p in problems]}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for name in names:
            print_lines([f"Wrote {name}."])
        print_problems(problems, counts_line(problems) if problems else "" if names else "Nothing to write.")
    return int(bool(problems))
