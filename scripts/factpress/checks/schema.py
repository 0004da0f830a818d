"""A check that the schemas beside the data are those that the records' declarations give."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.files.yaml.formatting import outdated_schemas
from factpress.files.yaml.tree import name_of
from factpress.problems import Place, Problem, problem
from factpress.settings import Settings


def check_schema(settings: Settings) -> Iterator[Problem]:
    """Yield the schemas that are missing or out of date."""
    for path in outdated_schemas(settings):
        yield problem("schema-outdated", Place(name_of(path, settings.root)))
