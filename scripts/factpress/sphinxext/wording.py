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

from factpress.files.written_addresses import around_addresses

Forms = tuple[str, str]  #: of one, and of any other `count`
Table = Mapping[str, str | Forms]  #: sentences by name

ENGLISH: Table = {
    # marks, notes, cards
    "article-verdict": "article: {verdict}",
    "unchecked": "Unchecked",
    "mark-label": "claim {number}, {verdict}",
    "mark-label-state": "{label}. {state}",
    "see-box": " {box}.",
    "see-box-link": "See the box",
    "full-entry": "full entry",
    "full-entry-sentence": "Full entry",
    "full-entry-evidence": "Full entry and all evidence",
    "back-to-mark": "Back to claim {number}",
    "card-close": "close",
    "card-summary": "What the article says: {claims}",
    "and": "{listed} and {last}",
    "peek-source": "Source {label}",
    "peek-source-more": "In the references, with where it is cited",
    "peek-term": "Term: {term}",
    "peek-term-more": "In the glossary, with where it is used",
    "notes-heading": "Notes on the claims",
    "cited-heading": "Sources cited above",
    "citation-call": "Source {label}: {source}",
    "citation-back": "Back to citation {number} of source {label}",
    "citation-entry": "In the list of sources",
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
    # filters of the register and the sources
    "filter-claims": "Filter the claims",
    "filter-sources": "Filter the sources",
    "filter-words-claims": "Words in the claim",
    "filter-words-sources": "Words in the entry",
    "filter-any": "any",
    "filter-all": "Show all",
    "filter-more": "More filters, and the order",
    "filtered-all-claims": ("1 claim", "All {count} claims"),
    "filtered-some-claims": "{n} of {of} claims",
    "filtered-all-sources": ("1 source", "All {count} sources"),
    "filtered-some-sources": "{n} of {of} sources",
    "filtered-evidence": "; such evidence: {n}",
    "filtered-none": "Nothing fits.",
    "facet-chapter": "Chapter",
    "facet-verdict": "Verdict",
    "facet-state": "Review",
    "facet-kind": "Kind",
    "facet-grade": "Grade of a source",
    "facet-consulted": "How it was seen",
    "facet-rests": "Rests on",
    "facet-sort": "Sort by",
    "sort-chapter": "chapter",
    "sort-number": "number",
    "sort-verdict": "verdict",
    "sort-state": "review",
    "sort-evidence": "most evidence",
    "sort-group": "grade",
    "sort-name": "name",
    "sort-claims": "most claims",
    "no-chapter": "Claims without a chapter",
    "row-evidence": ("{count} piece of evidence: {grades}", "{count} pieces of evidence: {grades}"),
    "letters-of": "{group} by letter",
    # data beside the pages
    "downloads": "Download",
    "get-pdf": "Booklet (PDF)",
    "get-sheets-a4": "Sheets to print and fold, A4 (PDF)",
    "get-sheets-letter": "Sheets to print and fold, Letter (PDF)",
    "get-record": "Record of all claims and sources (PDF)",
    "get-corrections": "What the article got wrong (PDF)",
    "get-teachers": "Handout for teachers (PDF)",
    "get-large-print": "Large print (PDF)",
    "get-epub": "E-book (EPUB)",
    "get-claims": "Claims as data (JSON)",
    "get-bibtex": "Sources (BibTeX)",
    "get-csl": "Sources (CSL-JSON)",
    "get-cards": "Cards of terms and dates (Anki)",
    "get-cards-table": "Cards of terms and dates (CSV)",
    "short-pdf": "PDF",
    "short-sheets-a4": "sheets A4",
    "short-sheets-letter": "sheets Letter",
    "short-record": "record",
    "short-corrections": "corrections",
    "short-teachers": "for teachers",
    "short-large-print": "large print",
    "short-epub": "EPUB",
    "short-claims": "claims.json",
    "short-bibtex": "BibTeX",
    "short-csl": "CSL-JSON",
    "short-cards": "cards",
    "short-cards-table": "cards as CSV",
    "consulted-full-text": "The whole text was read.",
    "consulted-excerpt": "A part of the text was seen, often a short one.",
    "consulted-catalogue": "Only a record of the source in a catalogue was seen.",
    "consulted-not-consulted": "The source itself was not seen.",
    "column-file": "File",
    "column-holds": "What it holds",
    "data-claims": "every claim with its verdict, finding, evidence and state; sources and words explained (JSON)",
    "data-schema": "the form of claims.json (JSON Schema)",
    "data-references-csl": "every source, for citation managers (CSL-JSON)",
    "data-references-bib": "every source, for LaTeX and citation managers (BibTeX)",
    "data-study": "treaties, timeline, glossary, questions, reading list and index (JSON)",
    "data-deck": "cards of the glossary’s terms and the timeline’s dates, a deck for Anki",
    "data-cards": "the same cards as a table (CSV)",
    "cite-book": "{publisher}, {title}, edition of {date}",
    "cite-site": ", {site}",
    "cite-licence": ". Text: {licence}",
    "cite-paragraph": "A place in it is cited by its paragraph or its claim, which are the same in all editions: "
        "“¶ 3.12, edition of {date}”, “{claim}, edition of {date}”.",
    "card-when": "When? {what}",
    "cards-title": "{title}: terms and dates",
    "cards-edition": "Edition of {date}. {status}",
    # search
    "find-words": "Words to find",
    "find-short": "Search  /",
    "find-how": "All words are looked for, and “words in quotation marks” as they stand. "
        "A number leads straight there: C034, 3.12, Q307, [194].",
    "find-no-script": "This page finds words by a script. Without one, these pages lead to every place:",
    "find-wait": "Loading the index …",
    "find-failed": "The index could not be loaded.",
    "find-none": "Nothing found for “{q}”.",
    "find-places": ("{count} place", "{count} places"),
    "find-all": "All {n} places",
    "find-more": "{n} more",
    "find-any": "everything",
    "find-paragraph": "Paragraph",
    "find-claim": "Claim",
    "find-term": "Term",
    "find-source": "Source",
    "find-question": "Question",
    "find-event": "Event",
    "find-section": "Section",
    "find-marked": "Marked:",
    "find-unmark": "Remove the marks",
    # the article, unit by unit
    "walk-units": ("{count} sentence", "{count} sentences"),
    "walk-chars": ("{count} character", "{count} characters"),
    "walk-treated": "Treated in {places}.",
    "walk-disclosure": "No claim: the article’s own notice, which the title page quotes.",
    "walk-list-lead-in": "No claim: it only leads in to a list.",
    "walk-navigation": "No claim: it only leads on through the article.",
    "walk-repeats": "No claim of its own: it repeats another sentence.",
    "walk-question": "No claim: it asks a question.",
    "walk-appeal": "No claim: it addresses the reader.",
    "walk-caption": "No claim: it only names what stands beside it.",
    "walk-drafted": "A machine has proposed what it says; nobody has gone through it yet.",
    "walk-open": "Not yet accounted for: {why}.",
    "walk-no-reason": "no reason is given",
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
    "notice-none": "The article has no notice that an AI helped to write it; a person has looked for one.",
    "notice-unsettled": "Whether the article has a notice that an AI helped to write it is not settled yet.",
    "some-drafted": (
        "For {count} of the article’s {units} sentences there is only what a machine proposes; "
        "nobody has gone through it yet.",
        "For {count} of the article’s {units} sentences there is only what a machine proposes; "
        "nobody has gone through it yet.",
    ),
    "unit-place": (
        "{unit}, {count} word, to be put into your own words",
        "{unit}, {count} words, to be put into your own words",
    ),
    "unit-place-ours": ("{unit}, {count} word, not yet set here", "{unit}, {count} words, not yet set here"),
    "article-is-unplaced": "The article is “{title}”, received {received}.",
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
    "no-findings": "No claim has a finding yet, and no person has checked anything.",
    "none-checked":
        "No person has checked any finding yet. Every one was drafted with a machine’s help from the sources named.",
    "some-checked": (
        "{count} of {findings} findings has been checked and signed by a person.",
        "{count} of {findings} findings have been checked and signed by a person.",
    ),
    # what people did about the findings
    "reviewers-none": "Nobody has signed a finding yet.",
    "reviewed-of": (
        "{count} of {findings} findings is signed off by people.",
        "{count} of {findings} findings are signed off by people.",
    ),
    "reviewed-partly": ("{count} waits for another reviewer.", "{count} wait for another reviewer."),
    "reviewed-stale": (
        "{count} was signed and has changed since, or was signed too long ago.",
        "{count} were signed and have changed since, or were signed too long ago.",
    ),
    "reviewed-returned": ("{count} was not accepted.", "{count} were not accepted."),
    "reviewed-conflict": ("On {count} reviewers disagree.", "On {count} reviewers disagree."),
    "column-reviewer": "Reviewer",
    "column-reviewer-role": "Who they are",
    "column-findings-signed": "Findings accepted",
    "signed-on-paper": ("{count} ({paper} on paper)", "{count} ({paper} on paper)"),
    "stale-lead": ("One sign-off no longer holds:", "{count} sign-offs no longer hold:"),
    "ai-article": "This publication examines {article}.",
    "ai-drafted": (
        "{count} of its {findings} findings was drafted with the help of an AI.",
        "{count} of its {findings} findings were drafted with the help of an AI.",
    ),
    "ai-none-drafted": "None of its findings was drafted with the help of an AI.",
    "ai-none-reviewed":
        "No person has reviewed a finding yet: what was drafted with the help of an AI is printed as it was drafted, "
        "with its sources.",
    "ai-some-reviewed": (
        "{count} of {findings} findings has been reviewed and accepted by people, for its exact words, evidence and "
        "sources: {names}. The others have not, and each says so in its entry.",
        "{count} of {findings} findings have been reviewed and accepted by people, for their exact words, evidence and "
        "sources: {names}. The others have not, and each says so in its entry.",
    ),
    "ai-all-reviewed": (
        "The finding has been reviewed and accepted by people, for its exact words, evidence and sources: {names}.",
        "All {count} findings have been reviewed and accepted by people, for their exact words, evidence and sources: "
        "{names}.",
    ),
    "ai-publisher": "Publisher of record: {publisher}.",
    "ai-record":
        "Statement on the use of AI and on human review (Regulation (EU) 2024/1689, Article 50(4)), made from the "
        "record of reviews as of {date}.",
    "errata-none": "No change of a finding since an earlier edition is recorded.",
    "errata-edition": "In the edition of {date} ({edition})",
    "errata-verdict": "has another verdict:",
    "errata-statement": "has another finding:",
    "errata-correction": "should now read otherwise:",
    "errata-evidence": "rests on other evidence:",
    "errata-nothing": "nothing",
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
    "timeline-keys": "↑ and ↓ lead from event to event.",
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
    "corrections-of": "Of “{title}”.",
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
    # addresses of places on the web
    "address-of": "Address of {place}",
    "letters": "Letters",
    "figure-enlarge": "Enlarge",
    "report-claim": "Report an error about {claim}",
    "report-page": "Report an error on this page",
    "report-subject": "Error in {place}: {title}",
    # what scripts say
    "script-cite": "{place}, edition of {date}",
    "script-paragraph": "¶ {label}",
    "script-heading": "“{heading}”",
    "script-copied": "Copied: {what}",
    "script-copy-failed": "Copy it from here:",
    "script-copy-title": "Address of {place}",
    "script-copy-address": "Copy the address",
    "script-copy-cite": "Copy “{cite}”",
    "script-copy-bibtex": "Copy as BibTeX",
    "script-copy-csl": "Copy as CSL-JSON",
    "script-address": "address",
    "script-close": "Close",
    "script-scheme-auto": "Colours: as the device",
    "script-scheme-light": "Colours: light",
    "script-scheme-dark": "Colours: dark",
    # templates of the web site and the EPUB
    "web-skip": "Skip to the text",
    "web-book": "Book",
    "web-claims": "Claims",
    "web-sources": "Sources",
    "web-contents": "Contents",
    "web-close": "Close",
    "web-chapters": "Chapters",
    "web-study": "Study pages",
    "web-record": "Claims and sources",
    "web-here": "On this page",
    "web-top": "Back to the top",
    "web-pages": "Pages",
    "web-scheme": "Colours",
    "web-licence": "Text: {licence}",
    "web-source-code": "Source of this site",
    "web-page-about": "“{page}” of “{title}”.",
    "web-lost-title": "No page here",
    "web-lost": "Nothing stands at this address. It may have been mistyped, or the page was named otherwise once.",
    "web-lost-ways": "What you looked for may be found from here:",
    "web-foot": "Every finding says who stands behind it; none is more than its sources.",
    "epub-landmarks": "Landmarks",
    "epub-cover": "Cover of “{title}”",
    "epub-pages": "Pages of the printed booklet",
    "epub-page": "Page {page}",
    "epub-page-source": "{title}, the printed booklet: {file}, edition of {date}",
    "epub-accessibility":
        "Every mark says in words how the article's claim fared, as in “article: contradicted”; signs, lines and "
        "colours only repeat it. {figures}All text reflows and takes the reader's own size and colours. The tool that "
        "made this file is tested with EPUBCheck and Ace on books of its own; neither a program nor a person has "
        "assessed this file, so it claims no conformance to a standard.",
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
    """Return ledger text with typographic quotation marks, but in addresses; no quotation of a source comes here."""
    # behind a space: docutils 0.22 takes a mark that begins a text for a closing one
    return around_addresses(text, lambda shown: str(educateQuotes(f" {shown}"))[1:])


def typeset_sentence(text: str) -> str:
    """Return text as a reader sees it, with a full stop where it ends without one."""
    shown = typeset(text.strip())
    return shown if re.search(r"[.!?…][’”)]*$", shown) else f"{shown}."
