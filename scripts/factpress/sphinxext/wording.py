"""Every sentence of ours that readers see in the editions, by name; none promises more than was done.

Words of verdicts and review states stand in `model.vocabulary`, those of links in `model.links.wording`, headings that
steer what is counted in `model.prose`; licence, publisher and what the book says of its article are settings.
A second language is a second table with the same names and placeholders in `TABLES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from string import Formatter

from docutils import nodes
from docutils.utils.smartquotes import educateQuotes

Forms = tuple[str, str]  #: of one, and of any other `count`
Table = Mapping[str, str | Forms]  #: sentences by name

ENGLISH: Table = {
    # marks, notes, cards
    "article-verdict": "article: {verdict}",
    "unchecked": "Unchecked",
    "mark-label": "claim {number}, {verdict}",
    "see-box": " {box}.",
    "see-box-link": "See the box",
    "full-entry": "full entry",
    "full-entry-sentence": "Full entry",
    "full-entry-evidence": "Full entry and all evidence",
    "back-to-mark": "Back to claim {number}",
    "card-close": "close",
    "card-summary": "What the article says: {claims}",
    "and": "{listed} and {last}",
    "notes-heading": "Notes on the claims",
    # footnotes of authors
    "footnotes-heading": "Footnotes",
    "footnote-call": "Footnote {label}",
    "footnote-back": "Back to call {label}",
    # pages and paragraphs
    "page-of": "{link}, p.\u202f{page}",
    "paragraph": "¶\u00a0{label}",
    "paragraph-label": "Paragraph {label}",
    "paragraph-spoken": "¶ {label}",
    "in-the-text": "the text",
    "in-the-box": "the box",
    # volumes of the printed edition
    "title-of-record": "{title}: the record",
    "title-of-corrections": "{title}: corrections of the article",
    "title-of-teachers": "{title}: for teachers",
    "title-of-chapter": "{title}: chapter {number}",
    "title-of-large-print": "{title}, in large print",
    "way-to-record": "All evidence on this chapter: {file}, p.\u202f{page}",
    "way-to-record-whole": "All evidence: {file}",
    "supported-line": "Supported, with the leading source: {claims}",
    "blank-pages": "Notes",
    "imprint-licence": "The text may be shared and adapted under {licence}.",
    "imprint-cite": "To cite: {publisher}, {title}, edition of {date}{site}.",
    "imprint-site": ", {site}",
    "imprint-contact": "Errors are corrected, and the correction is shown: {contact}",
    # entries
    "finding": "Finding.",
    "correction": "It should read.",
    "reasoning": "Why.",
    "searched": "Where we looked.",
    "said-in": "Said in {places} · article {units}",
    "units": "article {units}",
    "evidence-says": ", {locator}: {says}",
    "seen": "{grade} · {consulted} {date}",
    "not-seen": "{grade} · {consulted}",
    "copy-at": " · in a copy at {host}",
    "page-seen": "page seen",
    "archived-copy": "archived copy",
    "doi-not-asked": "DOI not yet looked up",
    # list of sources
    "source-of-grade": "{grade} source",
    "source-cited-only": "Cited for what we added; no claim rests on it",
    "source-of-study-only": "Used for the study pages; no claim rests on it",
    "source-bears": "Bears on {places}.",
    "source-cited": "Cited in {places}.",
    "source-shown": "Shown in {places}.",
    "sources-primary": "Primary sources",
    "sources-secondary": "Secondary sources",
    "sources-tertiary": "Tertiary sources",
    "sources-added": "Sources of what we added",
    # boxes and the register
    "box-title": "The article said, the sources say",
    "also-title": "Also in the article",
    "column-claim": "Claim",
    "column-article": "The article said",
    "column-sources": "The sources say",
    "column-verdict-review": "Verdict, review",
    "column-article-claim": "The article’s claim, in our words",
    "column-where": "Where",
    # counts
    "column-verdict": "Verdict on the article’s claim",
    "column-review": "Review",
    "column-claims": "Claims",
    "column-meaning": "What it means",
    "column-evidence": "Evidence",
    "column-count": "Count",
    "column-of-what": "Of what",
    "evidence-items": "evidence items",
    "only-excerpts": "Only excerpts",
    "only-one-source": "Only one source",
    "only-tertiary-sources": "Only tertiary sources",
    "findings-on-no-more": "findings that rest on no more",
    "chapter-claims": ("{count} claim in this chapter", "{count} claims in this chapter"),
    "chapter-verdict": "{glyph} {count} {verdict}",
    "chapter-checked": "{count} checked by a person",
    # title page and metadata
    "article-says": "What the article says of itself",
    "article-says-inline": "The article says of itself: “{disclosure}”",
    "article-is": "The article is “{title}”, published on {published}, received {received}.",
    "edition-of": "Edition of {date} · {publisher}",
    "cover-units": ("{count} sentence of {article}", "{count} sentences of {article}"),
    "cover-claims": ("{count} claim", "{count} claims"),
    "cover-unchecked": "{count} unchecked",
    "cover-no-claims": "none yet",
    "cover-bar": ("Bar of the one claim: {counts}", "Bar of all {count} claims, a part for each: {counts}"),
    "cover-written": "What an AI wrote.",
    "cover-behind": "Who stands behind it.",
    "edition": "Edition of {date}",
    "cover-checked": "{count} checked by a person so far",
    "all-accounted": ("The one sentence of the article is accounted for.",
                      "All {count} sentences of the article are accounted for."),
    "some-accounted": (
        "{accounted} of the article’s {units} sentences are accounted for in this edition; "
        "{count} waits for a chapter that is not written yet.",
        "{accounted} of the article’s {units} sentences are accounted for in this edition; "
        "{count} wait for chapters that are not written yet.",
    ),
    "none-checked":
        "No person has checked any finding yet. Every one was drafted with a machine’s help from the sources named.",
    "some-checked": (
        "{count} of {findings} findings has been checked and signed by a person.",
        "{count} of {findings} findings have been checked and signed by a person.",
    ),
    "copyright": "{year}, {publisher}",
    "copyright-licence": "{year}, {publisher}. Text {licence}",
    "copyright-licence-code": "{year}, {publisher}. Text {licence}, code {code}",
    "rights": "Text: {licence}. Edition of {date}.",
    "rights-unset": "Edition of {date}.",
    "contents": "Contents",
    "attached-claims": "Every claim with its finding, evidence and review state",
    "attached-sources": "Every source, as BibTeX",
    # figures
    "figure-title": "Figure {number}. {title}",
    "figure-data-folded": "The data as a table",
    "figure-data-label": "Data of figure {number}",
    "figure-data-under": " Its table stands under “{page}”.",
    "to-figure": "To the figure",
    # codes to scan
    "code-title": "QR code of the page {address}, with all evidence",
    "code-words": "All evidence:",
    # study aids
    "objectives": "After this chapter you can",
    "open": "Left open: {why}.",
    "not-seen-by-us": "Not seen by us: {why}.",
    "open-in-short": "Left open",
    "not-seen-in-short": "Not seen by us",
    "no-source": " No source: {why}.",
    "no-date": "no date is given",
    "the-date": "the date",
    "note": " ({note})",
    "chapter": "Chapter {number}: {title}",
    "whole-book": "The whole book",
    "chapters": ("Chapter {chapters}", "Chapters {chapters}"),
    "terms-see": " See {terms}.",
    "terms-claims": "Claims ",
    "terms-uses": "In the text at {places}",
    "landmark-glossary": "Glossary",
    "landmark-index": "Index",
    "index-see": "see",
    "index-see-also": "See also",
    "questions-answered": "They are answered under “{page}” at the back.",
    "question-online": " (needs the online edition)",
    "question-answer": "Answer to {question}",
    "question-claims": "Rests on ",
    "reading-year": ", {year}",
    "no-year": "n.d.",
    "reading-not-seen": "not seen by us",
    "times-chapter": "Chapter",
    "times-words": "Words",
    "times-reading": "To read",
    "times-questions": "Questions",
    "times-answering": "To answer",
    "times-together": "Together",
    "times-minutes": "{minutes} min",
    "times-each": "{minutes} for each {question}",
    "times-check-yourself": "check-yourself question",
    "times-recall": "recall question",
    "times-source-criticism": "exercise in source criticism",
    "times-argument": "question for argument",
    "times-assumed":
        "Counted with {pace} words a minute for the numbered paragraphs, and in minutes: {each}; "
        "both rounded up to {step} minutes. The entries under “{sources}” are not counted. "
        "These are assumptions, not measurements.",
    # record volume
    "record-volume": "The record",
    "record-title": "How to read this record",
    "record-what":
        "This is the second volume of the booklet. It has the entry of every claim with its evidence, a register, "
        "every source in full, how we checked, and an index. The numbers of claims, paragraphs and sources are those "
        "of the booklet, the web site and the EPUB.",
    "record-once": "Said once, for all",
    "record-usual-state": "Who stands behind a finding, where its entry does not say otherwise: {state}",
    "record-usual-sighting": "How evidence was seen, where an item does not say otherwise: {seen}.",
    "record-entry": "What stands in an entry",
    "record-numbers":
        "Sign and number as in the booklet, and the verdict on the article’s claim; the claim in our words, in "
        "italics; what the sources say; how the article’s sentence should read, where they do not carry it; and why.",
    "record-letters":
        "Then the evidence that supports the claim, contradicts it or gives context. Each piece has a letter after "
        "the claim’s number: 31b is the second in the entry of claim 31. What several claims rest on stands at the "
        "first of them; the others name it by that number.",
    "record-grades": "After it a letter for how near the source stands to the fact: {grades}. In the list of sources, "
                     "{none} marks those on which no claim rests.",
    "record-grade": "{mark} {grade}",
    "record-places":
        "The last line says where the booklet marks the claim, with paragraph and page, and which sentences of the "
        "article it is about: S03.P1.2 is the second sentence of the first paragraph of its section 3.",
    "record-brackets": "Numbers in brackets are those of the list of sources, which follows the entries.",
    "record-see": ": see {numbers}",
    "record-said-in": "In the booklet: {places} · article {units}",
    "record-line": "entry p.\u202f{page} · {places}",
    "record-register": "For each claim the page of its entry here, and where the booklet marks it.",
    "record-sources":
        "In the order of their numbers: a letter for how near a source stands to the facts it is used for, the source, "
        "how it was seen where that is not as for most, the claims it bears on, and the paragraphs that cite it. "
        "Pages were opened on {date} where no other day is given.",
    "record-uses": ("Claim {claims}", "Claims {claims}"),
    # a chapter on its own
    "handout-marks":
        "A mark such as ✗34 judges what {article} claims on the matter, never the sentence before it; the note at the "
        "foot has the claim and what is right: {signs}. Numbers in brackets are sources.",
    # corrections sheet
    "corrections-title": "What the article got wrong, or left doubtful",
    "corrections-article": "Of “{title}”, published on {place}, parts of which were written with an AI’s help.",
    "corrections-count": ("{count} of its {total} claims is listed here.",
                          "{count} of its {total} claims are listed here."),
    "corrections-supported": ("One is supported by the sources we read.",
                              "{count} are supported by the sources we read."),
    "corrections-opinions": ("One is an opinion or a forecast, which no source can settle.",
                             "{count} are opinions or forecasts, which no source can settle."),
    "corrections-unchecked": ("One has not been checked.", "{count} have not been checked."),
    "corrections-lead": "Claims are in italics, in our words; an arrow names the leading source.",
    "corrections-contradicted": "– the sources we read say otherwise",
    "corrections-disputed": "– good sources disagree",
    "corrections-ambiguous": "– right in one sense of the words, not in another",
    "corrections-not-found": "– we looked and found nothing for or against it",
    "corrections-partly-supported": "– a part of each claim holds; so it should read:",
    "corrections-more": "each number leads to its entry in the booklet’s record",
    # templates of the web site and the EPUB
    "web-skip": "Skip to the text",
    "web-book": "Book",
    "web-claims": "Claims",
    "web-sources": "Sources",
    "web-chapters": "Chapters",
    "web-pages": "Pages",
    "web-foot": "Every finding says who stands behind it; none is more than its sources.",
    "epub-landmarks": "Landmarks",
    "epub-accessibility":
        "Every mark says in words how the article's claim fared, as in “article: contradicted”; signs, lines and "
        "colours only repeat it. {figures} All text reflows and takes the reader's own size and colours. Checked by "
        "programs (EPUBCheck, Ace); no person has assessed it yet.",
    "epub-figures": "Every figure has an alternative text and its data as a table. ",
}  # fmt: skip
TABLES: Mapping[str, Table] = {"en": ENGLISH}  #: by the language of a book, without its region


class Wording:
    """The sentences of one language; called with a sentence's name and what its placeholders stand for."""

    def __init__(self, language: str, more: Iterable[Mapping[str, Table]] = ()) -> None:
        """Take the table of a language, or the English one where there is none yet; `more` holds those of subjects."""
        tag = language.partition("-")[0].lower()
        self.table: dict[str, str | Forms] = {}
        for tables in (TABLES, *more):
            self.table |= tables.get(tag, tables["en"])

    def _form(self, name: str, values: Mapping[str, object]) -> str:
        forms = self.table[name]
        return forms if isinstance(forms, str) else forms[values["count"] != 1]

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a sentence; `count` chooses between one and many."""
        return self._form(name, values).format_map(values)

    def around(self, name: str, /, **values: nodes.Node | Sequence[nodes.Node | str] | str | int) -> list[nodes.Node]:
        """Return a sentence as nodes, in which nodes stand for some or all placeholders."""
        parts: list[nodes.Node] = []
        text = ""
        for words, place, _, _ in Formatter().parse(self._form(name, values)):
            text += words
            if place is None:
                continue
            value = values[place]
            if isinstance(value, str | int) and not isinstance(value, nodes.Node):
                text += str(value)
                continue
            parts += [nodes.Text(text)] if text else []
            text = ""
            inner = [value] if isinstance(value, nodes.Node) else value
            parts += [nodes.Text(part) if isinstance(part, str) and not isinstance(part, nodes.Node) else part
                     for part in inner]  # fmt: skip
        return [*parts, nodes.Text(text)] if text else parts


def typeset(text: str) -> str:
    """Return ledger text with typographic quotation marks; quotations of sources are never passed through this."""
    return str(educateQuotes(text))


def typeset_sentence(text: str) -> str:
    """Return text as a reader sees it, with a full stop where it ends without one."""
    shown = typeset(text.strip())
    return shown if re.search(r"[.!?…][’”)]*$", shown) else f"{shown}."
