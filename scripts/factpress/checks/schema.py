"""A check that the schema beside the ledger is the one that the records' declarations give."""

from __future__ import annotations

from collections.abc import Iterator

from factpress.files.schema_json import is_current, schema_file
from factpress.files.yaml_tree import name_of
from factpress.problems import Place, Problem, problem
from factpress.settings import Settings


def check_schema(settings: Settings) -> Iterator[Problem]:
    """Yield a problem if the schema is missing or out of date."""
    if not is_current(settings):
        yield problem("schema-outdated", Place(name_of(schema_file(settings), settings.root)))
