"""Checks of the files of data themselves: each is read by somebody, and the schemas beside them are current."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.files.ledger import study_aid_files
from factpress.files.text import name_of
from factpress.files.yaml.formatting import outdated_schemas
from factpress.files.yaml.records import near_miss
from factpress.model.place import Place
from factpress.model.subject import load_subjects
from factpress.problems import Problem, problem
from factpress.settings import Settings


def check_schema(settings: Settings) -> Iterator[Problem]:
    """Yield the schemas that are missing or out of date."""
    for path in outdated_schemas(settings):
        yield problem("schema-outdated", Place(name_of(path, settings.root)))


def check_unread(settings: Settings) -> Iterator[Problem]:
    """Yield the data files beside the pages of study aids that neither the book nor a subject of it reads."""
    read = {path.name for path in study_aid_files(settings.docs, load_subjects(settings.subjects)).values()}
    for path in sorted((settings.docs / "back").glob("*.y*ml")):
        if path.name not in read:
            place = Place(name_of(path, settings.root))
            yield problem("file-not-read", place, file=path.name, near=near_miss(path.name, read))
