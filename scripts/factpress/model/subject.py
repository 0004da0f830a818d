"""A subject: records, checks, blocks and figures of one kind of matter, named in a book's settings.

What needs Sphinx or draws is named as `module:function`, so that reading a book loads neither.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from factpress.model.figures.data import FigureKind
from factpress.model.record_fields import RecordField, record_fields
from factpress.model.study.records import Event
from factpress.model.study.study_aids import StudyAids


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Records of `docs/back`, their checks, the blocks that show them and the figures drawn from them."""

    name: str
    records: type  #: its fields are files of `docs/back`; it keeps `study_aids.SubjectRecords`
    event: type[Event] = Event  #: of the timeline, with the fields that tie it to a record
    checks: tuple[str, ...] = ()  #: functions of book and prose that yield problems
    blocks: Mapping[str, str] = field(default_factory=dict)  #: directive: function of page and block use that fills it
    brief: Mapping[str, str] = field(default_factory=dict)  #: likewise, as the booklet prints them
    wording: str = ""  #: the sentences of its blocks, by language: a table like that of `sphinxext.wording`
    shown_by: str = ""  #: the block that shows its data, and their sources
    figures: Mapping[str, FigureKind] = field(default_factory=dict)  #: by the word after `draws`


@cache
def load_subjects(names: tuple[str, ...]) -> tuple[Subject, ...]:
    """Return the subjects of these names: one of this package, or the dotted name of a module of another.

    Raises:
        LookupError: no module has this name, or it has no `SUBJECT`; the message is the name.
    """
    return tuple(_load(name) for name in names)


def _load(name: str) -> Subject:
    module = name if "." in name else f"factpress.subjects.{name}"
    try:
        subject = importlib.import_module(module).SUBJECT
    except (ImportError, AttributeError) as error:
        raise LookupError(name) from error
    if not isinstance(subject, Subject):
        raise LookupError(name)
    return subject


def study_files(subjects: Iterable[Subject]) -> dict[str, RecordField]:
    """Return the files of `docs/back` by name without suffix: those of the subjects, then those of every book."""
    listed = tuple(subjects)
    files = {key: field for subject in listed for key, field in record_fields(subject.records).items()}
    files |= record_fields(StudyAids)
    for subject in listed:
        if subject.event is not Event:
            files["timeline"] = files["timeline"].of_kind(subject.event)
    return files
