"""The search of the web edition: one file of records, each a place that an address leads to, with its words.

The file is a script, so that it is loaded from a folder and under a strict policy too, and only when a reader searches.
`static/find.js` lists the words of the records by their stems. The stemmer is Sphinx's for the book's language, and its
script stands in the same file: lists that are made here would double what a reader loads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sphinx.environment import BuildEnvironment
from sphinx.search import IndexBuilder

from factpress.model.claim import Claim
from factpress.model.dates import in_words
from factpress.model.study.records import Question
from factpress.sphinxext.bibliography.entry_text import source_paragraph
from factpress.sphinxext.blocks.marks import verdict_word
from factpress.sphinxext.blocks.register.walk import WALK
from factpress.sphinxext.blocks.study.glossary import term_anchor
from factpress.sphinxext.blocks.study.questions import home_of_question
from factpress.sphinxext.context import BookContext
from factpress.sphinxext.wording import typeset

FILE = "search-records.js"  #: beside the pages
FORMAT = 1
#: kinds of places in the order in which a reader is told how many of each there are
KINDS = ("paragraph", "claim", "term", "source", "question", "event", "section")


@dataclass(frozen=True)
class SearchRecord:
    """A place that can be found."""

    kind: str
    docname: str
    anchor: str
    label: str  #: what a reader may type to get there: `C034`, `3.12`, `Q307`, a term
    title: str  #: words that weigh more
    text: str


def search_records(context: BookContext) -> Iterator[SearchRecord]:
    """Yield all places of a book that can be found, in reading order of each kind."""
    for docname, paragraphs in context.paragraphs.items():
        for paragraph in paragraphs:
            yield SearchRecord("paragraph", docname, paragraph.anchor, paragraph.label, "", typeset(paragraph.text))
    for claim in context.claims:
        if home := context.home(claim):
            yield _claim(context, claim, home)
    yield from _of_study_aids(context)
    for key, label in context.labels.items():
        if (source := context.book.sources.get(key)) and context.bibliography:
            yield SearchRecord("source", context.bibliography, source.anchor, label, source.short,
                               f"{source_paragraph(source)} {key}")  # fmt: skip
    for docname, sections in context.section_texts.items():
        for section in sections:
            if section.text:
                yield SearchRecord(
                    "section", docname, section.anchor, "", typeset(section.heading), typeset(section.text)
                )


def _claim(context: BookContext, claim: Claim, home: str) -> SearchRecord:
    finding = claim.finding
    texts = [claim.claim]
    if finding:
        texts += filter(None, (finding.correction, finding.statement, finding.reasoning))
    said = [f"{item.says} “{item.quote}”" if item.quote else item.says for item in claim.evidence]
    text = " ".join([*map(typeset, texts), *said])
    return SearchRecord("claim", home, claim.id, claim.id, verdict_word(context.say, claim), text)


def _of_study_aids(context: BookContext) -> Iterator[SearchRecord]:
    aids = context.book.study_aids
    if glossary := context.document_with("glossary-terms"):
        for term in aids.glossary:
            forms = ", ".join(map(typeset, term.also))
            yield SearchRecord("term", glossary, term_anchor(term.id), typeset(term.term), forms, typeset(term.says))
    for question in aids.questions:
        if home := home_of_question(context, question):
            yield _question(question, home)
    if timeline := context.document_with("timeline"):
        for event in aids.timeline:
            datum = aids.dated(event)
            date = in_words(datum.date) if datum and datum.date else ""
            text = " ".join(filter(None, (event.what, event.note)))
            yield SearchRecord("event", timeline, f"event-{event.id}", "", date, typeset(text))


def _question(question: Question, home: str) -> SearchRecord:
    return SearchRecord("question", home, question.id, question.id, "", typeset(f"{question.asks} {question.answer}"))


def search_script(
    context: BookContext, env: BuildEnvironment, target_uri: Callable[[str], str], records: Iterable[SearchRecord]
) -> str:
    """Return the script with the records and the stemmer of the book's language."""
    # Sphinx has no other way to its choice of a stemmer for a language
    builder = IndexBuilder(env, context.settings.language.replace("-", "_"), {}, "")
    listed = list(records)
    documents = list(dict.fromkeys(record.docname for record in listed))
    page = {docname: number for number, docname in enumerate(documents)}
    walk = context.document_with(WALK)
    data = {
        "format": FORMAT,
        "pages": [[target_uri(docname), context.page_titles.get(docname, docname)] for docname in documents],
        "records": [
            [KINDS.index(r.kind), page[r.docname], r.anchor, r.label, r.title, " ".join(r.text.split())] for r in listed
        ],
        "units": [target_uri(walk), *(unit.id for unit in context.book.outline.units)] if walk else [],
    }
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{builder.get_js_stemmer_code()}\nfactpressRecords({written});\n"
