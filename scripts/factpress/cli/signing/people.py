"""`factpress people`: who may sign; `people add` adds somebody."""

from __future__ import annotations

import argparse
import sys

from factpress.cli.book import open_settings, print_lines
from factpress.escaping import json_text
from factpress.model.signoff import Person
from factpress.model.vocabulary import Shown
from factpress.problems import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    add = actions.add_parser("add", help="add somebody who may sign", description="Add somebody who may sign.")
    add.add_argument("--id", metavar="ID", help="by which sign-offs name the person (default: made from the name)")
    add.add_argument("--name", metavar="NAME", help="as readers see it")
    add.add_argument("--role", metavar="ROLE", help="such as history teacher")
    add.add_argument("--orcid", metavar="ID", help="ORCID iD")
    add.add_argument("--email", metavar="EMAIL", action="append", help="that git has (default: git's, here)")
    add.add_argument("--no-email", action="store_true", help="somebody who signs on paper only")
    add.add_argument("--hide-name", action="store_true", help="editions print the id instead of the name")


def run(args: argparse.Namespace) -> int:
    """List who may sign, or add a person."""
    return _add(args) if args.action == "add" else _list(args)


def _list(args: argparse.Namespace) -> int:
    from factpress.files.book import read_book
    from factpress.files.signing.people import git_email, person_of_email

    settings = open_settings(args)
    people = read_book(settings)[0].ledger.people
    here = person_of_email(people, git_email(settings))
    if args.format == "json":
        print(json_text([_data(p) | {"here": p is here} for p in people]))
    elif people:
        for p in people:
            hidden = ", shown as its id" if p.shown is Shown.NO else ""
            print_lines([f"{p.id}: {p.name}, {p.role}{hidden}{' (you)' if p is here else ''}"])
    else:
        print_lines(["Nobody may sign yet. Add somebody with `factpress people add`."])
    return 0


def _data(person: Person) -> dict[str, object]:
    """Return a person without e-mails, which stand in no output."""
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "orcid": person.orcid,
        "shown": person.shown is not Shown.NO,
    }


def _add(args: argparse.Namespace) -> int:
    from factpress.files.book import read_book
    from factpress.files.signing.people import add_person, free_id, git_email

    settings = open_settings(args)
    people = read_book(settings)[0].ledger.people
    name = args.name or _asked("Name, as readers see it: ", "--name")
    role = args.role or _asked("Role, such as history teacher: ", "--role")
    emails = () if args.no_email else tuple(args.email or filter(None, [git_email(settings)]))
    if not emails and not args.no_email:
        raise UsageError("git has no e-mail here.", "Give one with --email, or --no-email for who signs on paper only.")
    person = Person(
        id=args.id or free_id(name, people), name=name, role=role, orcid=args.orcid, emails=emails,
        shown=Shown.NO if args.hide_name else None,
    )  # fmt: skip
    add_person(settings, person)
    print_lines([f"{person.id} may sign: {person.name}, {person.role}. Written to docs/claims/people.yaml."])
    if emails:
        print_lines(["The e-mail stands in that file, by which git's user.email says who signs, and in no edition."])
    return 0


def _asked(question: str, flag: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError(f"{flag} is missing.", "Give it, or call the command in a terminal, which asks for it.")
    try:
        return input(question).strip()
    except EOFError:
        return ""
