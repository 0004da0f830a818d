"""The one table of rules. A code never changes meaning; the handbook prints this table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error fails the command, a warning is listed and counted."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a book: a sentence with fields, and what to do."""

    severity: Severity
    text: str  #: sentence; `{name}` is filled from the problem's values
    hint: str  #: what to do next, one sentence


ERROR, WARNING = Severity.ERROR, Severity.WARNING

RULES: dict[str, Rule] = {
    # files
    "not-readable": Rule(ERROR, "{file} cannot be read: {why}.", "Put the file back, or correct the path."),
    "not-permitted": Rule(
        ERROR, "{file} cannot be read: {why}.", "Change the permissions of the file, or of its folder."
    ),
    "edition-date": Rule(ERROR, "{why}", "The editions take their date from the newest heading of CHANGELOG.md."),
    "not-utf8": Rule(
        ERROR, "Byte {byte} at offset {offset} is not UTF-8.", "Save the file as UTF-8 (without any other encoding)."
    ),
    "character-forbidden": Rule(
        ERROR, "{character} stands here; no edition can hold it.", "Delete it, or write the sign that was meant."
    ),
    "character-hidden": Rule(
        ERROR,
        "{character} stands here, where nobody sees it.",
        "Delete it; where the script of a passage needs such signs, the passage may have them.",
    ),
    "character-without-face": Rule(
        ERROR,
        "No face of the book has {character}.",
        "Name a face for it in `faces` of [tool.factpress], or write it otherwise.",
    ),
    # languages
    "language-tag": Rule(
        ERROR, "{value} is not the code of a language.", "Write a tag of BCP 47, such as ru, pt-BR or zh-Hant."
    ),
    "language-missing": Rule(
        ERROR,
        "“{text}” is in {letters} without its language: write {how}.",
        "It is read aloud and hyphenated by the language that it names, a tag of BCP 47 such as ru or zh-Hant.",
    ),
    "language-script": Rule(
        ERROR, "“{text}” is in {letters}, which {language} is not written in.", "Correct the language."
    ),
    "language-by-words": Rule(
        WARNING,
        "“{text}” may be {language} and names no language: write {how}.",
        "Name the language that it is in, also where that is the book's own.",
    ),
    # YAML
    "yaml-syntax": Rule(
        ERROR,
        "This is not YAML: {why}.",
        "Fix the line, or the one before it; a text with “: ” needs quotation marks.",
    ),
    "yaml-tab": Rule(ERROR, "A tab indents this line.", "Indent with spaces."),
    "yaml-anchor": Rule(ERROR, "{mark} is an anchor or an alias.", "Write the value out wherever it is needed."),
    "yaml-tag": Rule(ERROR, "{tag} is a tag.", "Remove it: every value here is text."),
    "yaml-duplicate-key": Rule(ERROR, "{key} stands here again, after line {line}.", "Keep one of the two."),
    "yaml-key": Rule(ERROR, "The name of a field is not a plain word.", "Write fields as `name: value`."),
    "yaml-documents": Rule(ERROR, "A second document begins here.", "Remove the line `---`: one file is one document."),
    "yaml-deep": Rule(
        ERROR, "Values are nested more than {limit} deep.", "Nothing in a book is: look for a stray bracket."
    ),
    "record-shape": Rule(
        ERROR, "{what} must be {expected}, not {found}.", "See the schema beside the ledger or beside the study pages."
    ),
    "unknown-field": Rule(ERROR, "{record} has no field {field}.{near}", "Correct or remove it."),
    "missing-field": Rule(ERROR, "{record} needs the field {field}.", "Add the field."),
    "empty-value": Rule(ERROR, "{what} is empty.", "Give it a value or remove the field."),
    "unknown-word": Rule(ERROR, "{word} is not a word for {field}: {allowed}.{near}", "Use one of these words."),
    "typed-state": Rule(
        ERROR, "{what} types a review state by hand.", "Remove it: the state is computed from the sign-offs."
    ),
    "schema-outdated": Rule(ERROR, "The schema is not that of this version.", "Run `factpress format`."),
    "file-not-read": Rule(
        ERROR,
        "No part of this book reads {file}.{near}",
        "Correct its name, or name the subject that reads it in `subjects` of [tool.factpress].",
    ),
    "not-formatted": Rule(ERROR, "The file is not in canonical form.", "Run `factpress format`."),
    # ledger and sign-offs
    "claim-id": Rule(ERROR, "{id} is not a claim id.", "Write C and at least three digits, as in C017."),
    "claim-id-twice": Rule(ERROR, "{id} is already the claim at {first}.", "Give the newer claim a number never used."),
    "claim-order": Rule(ERROR, "{id} stands after {before}.", "Sort the claims of a file by id."),
    "claim-unit": Rule(ERROR, "{id} names the unit {unit}, which the outline does not have.", "Correct the unit's id."),
    "claim-without-unit": Rule(ERROR, "{id} names no unit.", "Name the unit of the article that says it."),
    "claims-without-chapter": Rule(ERROR, "No chapter {stem}.md goes with these claims.", "Give both files one name."),
    "bad-date": Rule(ERROR, "{value} is not a date.", 'Write a day of the calendar as "2026-11-23".'),
    "claim-not-alone": Rule(
        ERROR,
        "The claim {id} begins with “{word}”, which says nothing where it stands alone.",
        "Name the thing: a note, a card and the register print the claim without the one before it.",
    ),
    "finding-evidence": Rule(
        ERROR, "{id} is {verdict} without evidence.", "Add evidence: only not-found and not-checkable may go without."
    ),
    "finding-unseen": Rule(
        ERROR,
        "{id} is {verdict}, but no source that {stance} it was read.",
        "Read one in full or in excerpt, or change the verdict: a catalogue entry proves nothing.",
    ),
    "finding-one-sided": Rule(
        ERROR, "{id} is disputed, but no evidence {stance} it.", "Add the other side, or change the verdict."
    ),
    "finding-correction": Rule(
        ERROR, "{id} is {verdict} without a correction.", "Say in `correction` how the article's sentence should read."
    ),
    "finding-searched": Rule(ERROR, "{id} is not-found without `searched`.", "List what was searched."),
    "finding-proposer": Rule(ERROR, "{id} was proposed by {who}.", "Name a person of people.yaml in `id`."),
    "source-unknown": Rule(ERROR, "references.bib has no source {key}.{near}", "Add the entry or correct the key."),
    "quote-too-long": Rule(
        ERROR, "Quote of {words} words in {id}; the limit is fifteen.", "Keep the words that carry the finding."
    ),
    "number-not-in-evidence": Rule(
        WARNING,
        "The statement of {id} has {numbers}, which its evidence does not.",
        "Say in the evidence where it stands.",
    ),
    "rests-on-little": Rule(
        WARNING,
        "The verdict on {id} rests on {what}.",
        "Search further: a second source, a primary one, the full text.",
    ),
    "note-too-long": Rule(
        WARNING,
        "The note of {id} has {words} words: what the article has, the verdict and what is right; {limit} may stand.",
        "Shorten the claim or its correction: the reasoning has its place in the entry.",
    ),
    "grade-of-source": Rule(
        WARNING,
        "{id} takes {key} for primary, which is {kind}.",
        "Cite the document itself, or grade what others print of it secondary or tertiary.",
    ),
    "person-id-twice": Rule(ERROR, "{id} is already the person at {first}.", "Give each person an id of their own."),
    "person-email-twice": Rule(
        ERROR, "{id} has an e-mail that {other} has too.", "Give each person e-mails of their own: git tells by them."
    ),
    "sign-off-decision": Rule(
        ERROR, "The entry on {claim} has {what}.", "Sign with `factpress sign`: an entry decides, or asks, never both."
    ),
    "history-claim": Rule(ERROR, "The ledger has no claim {id}.", "Errata are kept for ever: restore the claim."),
    "release-unsettled": Rule(
        ERROR,
        "Whether the article has a notice of its own that an AI helped is not settled.",
        "Quote it under `disclosure`, or write `disclosure: none` if you have looked and there is none.",
    ),
    "release-drafted": Rule(
        ERROR,
        "{unit} is only drafted.",
        "Write its claim, or the reason why it has none, and take it out of the draft.",
    ),
    "release-unsigned": Rule(
        ERROR,
        "{signed} of {findings} findings are signed off; a release of this book asks for {percent} of a hundred.",
        "See `factpress status` for what waits, and for whom.",
    ),
    "sign-off-not-appended": Rule(
        ERROR,
        "{file} does not begin with what {base} holds.",
        "Restore it: a sign-off is kept for ever, and new ones stand at the end, also after a merge.",
    ),
    "sign-off-committer": Rule(
        ERROR,
        "{id} signs {claim}, and the commit {commit} is somebody else’s.",
        "Each commits their own; what was decided on paper names who entered it.",
    ),
    "sign-off-unmerged": Rule(
        ERROR,
        "The sign-off on {claim} covers a {parts} not what {base} holds.",
        "Merge the change first, then sign it: a sign-off is for what others have seen, too.",
    ),
    "sign-off-unopened": Rule(
        ERROR,
        "{id} approves {claim}, and by seen.yaml did not find the words of {pieces}.",
        "Sign with `factpress sign` or at the desk, which ask what this book asks.",
    ),
    "sign-off-date": Rule(ERROR, "The sign-off on {claim} is of {date}, a day yet to come.", "Sign it again, today."),
    "finding-proposer-kept": Rule(
        ERROR,
        "The finding on {claim} changed by more than wording, and still names who proposed the earlier one.",
        "Name in `proposed-by` who changed it, and when; somebody else signs it.",
    ),
    "sign-off-claim": Rule(ERROR, "The ledger has no claim {id}.", "A sign-off is kept for ever: restore the claim."),
    "sign-off-person": Rule(ERROR, "people.yaml has no person {id}.", "Add the person: only a named person signs."),
    "sign-off-own": Rule(ERROR, "{id} signs the finding on {claim}, which is their own.", "Ask somebody else to sign."),
    "sign-off-note": Rule(ERROR, "{id} adjudicates {claim} without a note.", "Say in `note` why it was so decided."),
    "sign-off-covers": Rule(
        ERROR,
        "The {part} of this sign-off covers {value}.",
        "Sign again with `factpress sign`: it writes the version and the SHA-256.",
    ),
    # outline and article
    "unit-id": Rule(ERROR, "{id} is not the id of a unit.", "Write section, paragraph and sentence as in S03.P1.2."),
    "unit-id-twice": Rule(
        ERROR, "{id} is already the unit at {first}.", "Number the units as they follow in the article."
    ),
    "unit-order": Rule(ERROR, "{id} stands after {before}.", "Keep the units in the order of the article."),
    "unit-section": Rule(ERROR, "The outline has no section {section}.", "Add it with a heading in our own words."),
    "unit-fingerprint": Rule(
        ERROR, "{field} of {id} is {value}.", "Write the length in digits and 64 hexadecimal digits."
    ),
    "unit-claimed": Rule(
        ERROR, "{id} leads to {claims} and also says {field}.", "Remove it: the claim accounts for the unit."
    ),
    "unit-two-reasons": Rule(ERROR, "{id} has both no-claim and open.", "Keep one of the two."),
    "unit-lost": Rule(
        ERROR, "{id} leads to no claim and gives no reason.", "Name it in a claim, or give `no-claim` or `open`."
    ),
    "draft-unit": Rule(
        ERROR,
        "{unit} is no unit of the outline.",
        "Take it out of the draft, or give the id as docs/article/outline.yaml has it.",
    ),
    "draft-twice": Rule(ERROR, "{unit} is drafted twice, first at {first}.", "Keep one of the two."),
    "draft-accounted": Rule(
        ERROR, "{unit} is drafted and has its account already: {account}.", "Take it out of the draft."
    ),
    "draft-form": Rule(
        ERROR,
        "What is drafted for {unit} is not a count of words with either a kind or a reason.",
        "Give `words` as a number, and one of `kind` and `no-claim`.",
    ),
    "unit-mark": Rule(
        ERROR, "{unit} is not drafted.", "Name one unit of docs/article/draft.yaml; a claim is marked with `{claim}`."
    ),
    "disclosure-unit": Rule(ERROR, "The disclosure is not what {unit} says.", "Quote the article's notice exactly."),
    "article-sentence": Rule(
        ERROR,
        "These are the words of {unit} in the article.",
        "Say it in our own words: the text is not ours to publish.",
    ),
    "article-changed": Rule(
        ERROR,
        "The file's SHA-256 is {found}, not {expected}.",
        "Compare it with the file received: one of them changed.",
    ),
    "article-unit": Rule(
        ERROR, "{id} is not what stands here: “{start}”.", "Compare the article with the outline here."
    ),
    "article-rest": Rule(ERROR, "No unit covers “{start}”.", "Add units to the outline for it."),
    "article-format": Rule(
        ERROR, "This file cannot be imported: {why}.", "Save the article as plain text, Markdown, HTML, DOCX or ODT."
    ),
    "article-empty": Rule(ERROR, "This file holds no text.", "Name the file that holds the article."),
    "article-encoding": Rule(ERROR, "The text cannot be read: {why}.", "Name its encoding with --encoding."),
    "article-short": Rule(ERROR, "The article ends before {id}.", "Put its end back, or take the units out."),
    # bibliography
    "bib-unclosed-brace": Rule(ERROR, "A brace of {what} opens here and is not closed.", "Close the brace."),
    "bib-unclosed-quote": Rule(
        ERROR, "A quotation mark of {what} opens here and is not closed.", "Use braces instead."
    ),
    "bib-missing-comma": Rule(
        ERROR, "No comma after the field {field}.", "Add the comma: the parser drops what follows."
    ),
    "bib-syntax": Rule(ERROR, "{expected} is missing in {what}.", "Write entries as @type{key, field = {value}, …}."),
    "bib-percent": Rule(
        ERROR, "A % stands between the fields of {what}.", "Move the comment out: BibTeX has none inside an entry."
    ),
    "bib-comment-entry": Rule(
        ERROR, "An @ stands inside @comment.", "Delete the entry: the parser would read it as a real one."
    ),
    "bib-undefined-string": Rule(ERROR, "The string {name} is not defined.", "Write the text itself in braces."),
    "bib-nested-braces": Rule(ERROR, "Braces of {what} are nested too deeply.", "Remove the braces."),
    "bib-long": Rule(ERROR, "{field} has {length} characters; {most} are read.", "Write what the page has."),
    "bib-stray-at": Rule(ERROR, "An @ stands between entries and begins none.", "Delete the text, or its @."),
    "bib-lost-text": Rule(
        ERROR, "A brace or a field stands outside any entry and is lost.", "Look for a brace too many just above."
    ),
    "bib-parser": Rule(ERROR, "The parser says: {why}.", "Correct the entry."),
    "bib-key": Rule(
        ERROR, "“{key}” is not a valid key.", "Use letters, digits and -_.:+&' only: the key is part of an address."
    ),
    "bib-duplicate-key": Rule(ERROR, "The key {key} is taken by {other}.", "Delete one entry or rename its key."),
    "bib-similar-key": Rule(
        ERROR, "The keys {key} and {other} have the same address in the book.", "Rename one of them."
    ),
    "bib-order": Rule(WARNING, "{key} stands after {other}.", "Keep the entries sorted by key."),
    "bib-type": Rule(
        ERROR,
        "{key} has the unknown type @{type}.",
        "Use one of: article book incollection inbook inproceedings online misc report thesis legal treaty hearing.",
    ),
    "bib-field": Rule(
        ERROR, "{key} has the unknown field {field}.", "Use a field the handbook lists, or move it to note."
    ),
    "bib-duplicate-field": Rule(ERROR, "{key} has the field {field} twice.", "Keep one of them."),
    "bib-month": Rule(ERROR, "{key} has a field month.", "Write the date in one field: date = {1953-10}."),
    "bib-eprint": Rule(
        ERROR,
        "{key} has the field {field}, which is not an address.",
        "Write url = {https://arxiv.org/abs/ID}: only an address is printed as a link, and checked.",
    ),
    "bib-crossref": Rule(ERROR, "{key} has a crossref, which inherits nothing.", "Write the fields into the entry."),
    "bib-missing-field": Rule(ERROR, "{key} has no {field}.", "Add the field, or choose another type."),
    "bib-no-date": Rule(WARNING, "{key} has no date.", "Add date = {YYYY-MM-DD} if it is known: “n.d.” is printed."),
    "bib-date-and-year": Rule(ERROR, "{key} has both date and year.", "Keep the date."),
    "bib-date": Rule(
        ERROR,
        "{field} = {value} is not a date.",
        "Write YYYY, YYYY-MM, YYYY-MM-DD or a range, 1950-06-25/1953-07-27; uncertain: 1950~, 195X, -0043 (44 BC).",
    ),
    "bib-name": Rule(ERROR, "The name “{name}” {why}.", "Write Family, Given; a body's name in double braces {{…}}."),
    "bib-name-order": Rule(
        ERROR, "{field} = {value} names no place in {role}.", "Write {1=family-first; 2=family-first}."
    ),
    "bib-tex": Rule(ERROR, "TeX in {field}: {found}.", "Write the letters themselves in UTF-8, without commands."),
    "bib-html": Rule(ERROR, "HTML in {field}: {found}.", "Write the letters themselves in UTF-8, without tags."),
    "bib-language": Rule(
        ERROR, "{value} is not a language we know.", "Write a code of BCP 47, as ko or ko-KR, or its name in English."
    ),
    "bib-doi": Rule(ERROR, "DOI {value}: {why}.", "Write the DOI alone, from 10. to its last character."),
    "bib-same-doi": Rule(WARNING, "{key} has the DOI of {other}.", "Keep one entry for one work."),
    "bib-url": Rule(
        ERROR, "{field} {value}: {why}.", "Write the address as a browser shows it, with http:// or https://."
    ),
    "bib-pages": Rule(
        ERROR, "pages = {value} {why}.", "Write the pages that the source has, {31--48}, or delete the field."
    ),
    "bib-isbn": Rule(ERROR, "{field} {value}: {why}.", "Copy the number again from the title page."),
    "bib-not-fixed": Rule(
        WARNING, "{file} was left as it is: {why}.", "Fix its other problems first, then run `factpress check --fix`."
    ),
    # links
    "links-syntax": Rule(
        ERROR, "The record of links cannot be read: {why}.", "Only the tool writes it: take it back from git."
    ),
    "links-conflict": Rule(
        ERROR, "A merge left both sides standing in the record of links.", "Run `factpress links merge`: it joins them."
    ),
    "links-record": Rule(
        ERROR, "The record of {url} is not sound: {why}.", "Take it back from git, or delete it: it is asked for anew."
    ),
    "links-twice": Rule(ERROR, "{url} has a second record.", "Take the file back from git and merge again."),
    "links-hand-edited": Rule(
        ERROR,
        "The record of {url} was edited by hand.",
        "Take it back from git; what a person saw goes into docs/claims/seen.yaml.",
    ),
    "link-address": Rule(ERROR, "{url}: {why}.", "Write the public address of the page alone, as a browser shows it."),
    "link-http": Rule(ERROR, "{url} is also there at https.", "Write https:// here, and one address for one page."),
    "link-unseen": Rule(
        ERROR,
        "Nobody and nothing has seen what is at {url}.",
        "Probe it with `factpress links probe`, or open it and add a line to docs/claims/seen.yaml.",
    ),
    "link-lost": Rule(ERROR, "{url}: {why}.", "Correct the address or the DOI, cite a copy, or find another source."),
    "link-rotten": Rule(
        WARNING, "{url}: {why}.", "Nothing changed here brought it about; it has to be fixed before a release."
    ),
    "link-moved": Rule(
        ERROR, "{url} has led to {to} for good since {date}.", "Run `factpress links fix --moved` and read the page."
    ),
    "link-moved-lately": Rule(
        WARNING, "{url} leads to {to} for good, first seen on {date}.", "Run `factpress links fix --moved`."
    ),
    "link-soft-404": Rule(
        WARNING,
        "{url} looked like an error page on {date}.",
        "Open it; if the page is there, add a line to docs/claims/seen.yaml.",
    ),
    "link-retracted": Rule(
        WARNING, "The registry has a retraction or a concern for {url}.", "Read the notice, and say so in the finding."
    ),
    "link-seen-long-ago": Rule(
        WARNING,
        "{url} has been {state} since {date}.",
        "Open it in a browser and add a line to docs/claims/seen.yaml.",
    ),
    "link-not-asked": Rule(
        ERROR, "{url} was last asked for on {date}.", "Run `factpress links refresh` before a release."
    ),
    "link-never-asked": Rule(
        WARNING,
        "{url} was seen when the book was written, and never asked for since.",
        "Run `factpress links refresh` where there is a network.",
    ),
    "copying-host": Rule(
        ERROR,
        "{url} is at {kind}.",
        "Give the publisher's, archive's or library's address, or none; only evidence may say it was seen there.",
    ),
    "links-never-asked": Rule(
        WARNING,
        "Nobody has asked for any of the {count} links yet.",
        "Run `factpress links refresh`; until then the editions say how each source was seen.",
    ),
    "quote-missing": Rule(
        ERROR,
        "The quoted words of {id} were not at {url} on {date}.",
        "Compare the quote with the page, letter by letter, or cite a copy that has it.",
    ),
    "quote-rotten": Rule(
        WARNING,
        "The quoted words of {id} were not at {url} on {date}.",
        "Nothing changed here brought it about; it has to be fixed before a release.",
    ),
    "quote-unread": Rule(
        ERROR,
        "Nobody has read the quoted words of {id} at {url}.",
        "Read the page, or take the quote out: a quote is copied from where it stands.",
    ),
    "seen-person": Rule(ERROR, "people.yaml has no person {id}.", "Add the person: a page is seen by somebody."),
    "seen-committer": Rule(
        ERROR, "{id} saw a page, and the commit {commit} is somebody else’s.", "Each person writes for themselves."
    ),
    "seen-unused": Rule(WARNING, "The book does not cite {url}.", "Write it as it is cited, or remove the line."),
    # chapters
    "chapter-name": Rule(
        ERROR, "{name} does not open with the chapter's number.", "Name it as in 03-us-rok-alliance.md."
    ),
    "chapter-number-twice": Rule(ERROR, "{first} has the number {number} too.", "Give each chapter its own number."),
    "chapter-empty": Rule(ERROR, "The chapter has {lacks}.", "Write it, or take the file out of docs/chapters."),
    "paragraph-unsupported": Rule(
        ERROR,
        "Paragraph {number} has neither a claim mark nor a citation.",
        "Add one, or {.connective} above it if it only leads on.",
    ),
    "chapter-too-long": Rule(
        WARNING,
        "The numbered paragraphs have {words} words; {limit} is the limit of this book.",
        "Cut what is said elsewhere, or raise `chapter-words` in pyproject.toml.",
    ),
    "quote-in-chapters": Rule(
        WARNING,
        "“{quote}” is quoted in {first} too.",
        "Quote it in one place, and say in the other what it means there.",
    ),
    "edition-date-old": Rule(
        ERROR,
        "The newest heading is of {date}; the ledger has {newest}, in {id}.",
        "Add a heading with the date of this edition.",
    ),
    "cite-syntax": Rule(ERROR, "{text} is not a list of keys.", "Write `key`, `key{p. 12}` or `{see}key, other`."),
    "claim-mark-form": Rule(ERROR, "{text} is not a list of claims.", "Write {claim}`C031` or {claim}`C031, C032`."),
    "claim-mark-twice": Rule(ERROR, "{id} stands twice in one mark.", "Name each claim once."),
    "mark-of-many": Rule(
        ERROR,
        "{count} claims share one mark; {limit} may.",
        "Divide the statement, or put what has no place in the story into an also-in-article box.",
    ),
    "marks-in-paragraph": Rule(
        WARNING,
        "Paragraph {number} has {count} marks; {limit} can be read.",
        "Let claims of one matter share a mark, or put some into the chapter's also-in-article box.",
    ),
    "also-in-article": Rule(
        WARNING,
        "{count} of the chapter's {claims} claims stand in its also-in-article box; a third may.",
        "Treat more of them in the story: the box is for opinions, generalities and repeats.",
    ),
    "claim-unknown": Rule(ERROR, "The ledger has no claim {id}.{near}", "Correct the id or add the claim."),
    "claim-unmarked": Rule(
        ERROR, "{id} is marked nowhere in {chapter}.", "Mark the sentence that says it with a {claim} of its id."
    ),
    "claim-entries": Rule(
        ERROR, "The chapter has claims and {count} places for their entries.", "End it with one :::{claim-entries}."
    ),
    "source-unused": Rule(ERROR, "{key} is neither cited nor evidence.", "Use the source or take the entry out."),
    # figures
    "figure-id": Rule(
        ERROR, "{id} is not the id of a figure.", "Use small letters, digits and hyphens, as in treaty-dates."
    ),
    "figure-id-twice": Rule(ERROR, "{id} is already the figure at {first}.", "Give each figure an id of its own."),
    "figure-alt": Rule(
        ERROR,
        "The alternative text of figure {id} {what}.",
        "Say in a sentence or two what somebody sees there who can see it.",
    ),
    "figure-without-data": Rule(
        ERROR, "Figure {id} draws {draws}, of which the book has nothing.", "Add the data, or take the figure out."
    ),
    "figure-event": Rule(
        ERROR,
        "Figure {id} names the event {event}, which timeline.yaml does not have.",
        "Correct the id, or add the event.",
    ),
    "figure-map": Rule(
        ERROR,
        "The map {id} {what}.",
        "Name parties in `around`, and in `detail` four degrees: west, south, east, north.",
    ),
    "figure-outdated": Rule(ERROR, "Figure {id} {how}.", "Run `factpress figures` and commit what it writes."),
    "figure-unknown": Rule(
        ERROR, "docs/figures/figures.yaml has no figure {id}.{near}", "Correct the id or add the figure."
    ),
    "figure-placed": Rule(
        ERROR,
        "Figure {id} stands in {count} places of the book.",
        "Place it once with :::{book-figure}, and link to it.",
    ),
    "figure-overlap": Rule(
        ERROR,
        "In figure {id} the labels “{one}” and “{other}” overlap.",
        "Shorten one of them: nothing was written.",
    ),
    "figure-edge": Rule(ERROR, "In figure {id} the label “{one}” leaves the page.", "Shorten it: nothing was written."),
    # study aids
    "apparatus-id": Rule(
        ERROR,
        "{id} is not an id for this {what}.",
        "Write small letters, digits and hyphens; a party in capitals; a question as Q307.",
    ),
    "apparatus-id-twice": Rule(ERROR, "{id} is already the {what} at {first}.", "Give the newer one another id."),
    "party-unknown": Rule(ERROR, "parties.yaml has no party {id}.{near}", "Correct the id or add the party."),
    "party-unused": Rule(ERROR, "{id} is not a party to any treaty.", "Name it in a treaty or take it out."),
    "party-twice": Rule(
        ERROR, "{treaty} has {id} as a party twice.", "Name it once, among the parties or in `joined`."
    ),
    "party-outside": Rule(
        ERROR, "{id} leaves {treaty}, to which it is not a party.", "Name it among the parties or in `joined`."
    ),
    "treaty-standing": Rule(
        ERROR, "{id} stands as {status}, and has an end: {date}.", "Correct one of the two, or leave the end open."
    ),
    "treaty-unknown": Rule(ERROR, "treaties.yaml has no treaty {id}.{near}", "Correct the id or add the treaty."),
    "treaty-order": Rule(ERROR, "{id} was signed before {before}.", "Keep the treaties in the order of signature."),
    "datum-date": Rule(
        ERROR,
        "{value} is not a date.",
        "Write a year, a month or a day, as in 1950-06-25; a slash between two for a range.",
    ),
    "datum-empty": Rule(ERROR, "This {what} has no value.", "Give it one, or say in `open` why there is none."),
    "datum-open": Rule(ERROR, "This {what} has a value and is left open.", "Keep one of the two."),
    "datum-unsourced": Rule(
        ERROR, "This {what} does not say where it is from.", "Name its `sources`, or say in `open` why there is none."
    ),
    "range-backwards": Rule(ERROR, "{start} comes after {end}.", "Correct one of the two dates."),
    "event-dated-twice": Rule(
        ERROR, "{id} types a date that {treaty} has.", "Remove the date: it comes from the table of treaties."
    ),
    "event-undated": Rule(ERROR, "{id} has neither a date nor a treaty.", "Add `date`, or `treaty` and `moment`."),
    "event-moment": Rule(
        ERROR,
        "{id} takes the date “{moment}” of {treaty}, which has none.",
        "Name one that it has in `moment` and `party`.",
    ),
    "timeline-order": Rule(ERROR, "{id} comes before {before}.", "Keep the events in the order of their dates."),
    "date-disagrees": Rule(
        ERROR, "The sentence has {printed}; the table has {table}.", "Correct the one that its source does not carry."
    ),
    "term-twice": Rule(ERROR, "{term} is already defined at {first}.", "Define it once; join the two."),
    "term-undefined": Rule(ERROR, "The glossary has no {term}.{near}", "Add the term or correct the mark."),
    "term-unused": Rule(ERROR, "{term} is marked nowhere.", "Mark it where a chapter first says it, or take it out."),
    "term-unlinked": Rule(
        ERROR, "The chapter first says {term} here, without a mark.", "Write {term}`words <id>` there, once a chapter."
    ),
    "question-chapter": Rule(
        ERROR, "{id} names the chapter {chapter}, which is not there.{near}", "Name its file without .md."
    ),
    "question-number": Rule(
        ERROR, "{id} is a question on {chapter}.", "Open its number with the chapter's, 0 for the whole book."
    ),
    "question-unasked": Rule(
        ERROR, "No page asks {id}: it needs a box {what}.", "Add the box to its chapter, or to a page at the back."
    ),
    "question-unanswered": Rule(ERROR, "No page answers {id}.", "Add the box answers to a page at the back."),
    "reading-work": Rule(ERROR, "{id} needs either a source or a work.", "Name one of the two."),
    "reading-unlisted": Rule(
        ERROR, "“{work}” is not on the page of works to consult.", "Copy title and author from docs/back/to-consult.md."
    ),
    "index-twice": Rule(ERROR, "{entry} is already an entry at {first}.", "Keep one, or give them `sub`."),
    "index-unfound": Rule(ERROR, "No chapter mentions {entry}.", "Correct the forms to look for, or take it out."),
    "see-unknown": Rule(ERROR, "{id} leads to {name}, which is not there.{near}", "Correct the id."),
    # what a page may hold
    "raw-html": Rule(
        ERROR,
        "{text} is HTML; a book shows it as text.",
        "Write it in Markdown, or put it between backticks where readers should see it.",
    ),
    "directive-refused": Rule(
        ERROR,
        "A page of a book has no directive {name}.{near}",
        "Use one that the handbook lists; `allow-directives` of [tool.factpress] opens a few others.",
    ),
    "directive-option": Rule(
        ERROR,
        "The directive {directive} has no option {option} in a book.",
        "Remove it; a value stands on one line, and what it needs stands in the page.",
    ),
    "directive-form": Rule(
        ERROR,
        "The directive {directive} cannot be read: {why}.",
        "Correct it: what Sphinx cannot read is missing from the editions.",
    ),
    "code-language": Rule(
        ERROR,
        "This code cannot be set in colours: {why}.",
        "Correct the language or the code; `text` sets it as it is.",
    ),
    "role-refused": Rule(
        ERROR, "A page of a book has no role {name}.{near}", "Use one that the handbook lists, or plain Markdown."
    ),
    "address-refused": Rule(
        ERROR,
        "A page may not link to {address}.",
        "Link with https:, http: or mailto:, or to a page of the book by its file.",
    ),
    "path-refused": Rule(
        ERROR, "The file {address} may not be published: {why}.", "Put a copy that we may publish into docs/."
    ),
    "attribute-refused": Rule(
        ERROR,
        "The attribute {text} means nothing in a book.",
        "Remove it: a block may be .subtitle or .connective, or have an id that the book does not make itself.",
    ),
    "front-matter": Rule(
        ERROR,
        "The head of the page says {text}.",
        "Only `orphan: true`, `tocdepth` and `print: booklet`, `record`, `teachers` or `none` may stand there.",
    ),
    "definition-twice": Rule(ERROR, "{label} stands here again.", "Keep one of the two, or rename it."),
    "heading-level": Rule(
        ERROR,
        "A heading of level {level} stands below {above}.",
        "Leave out no level: contents and screen readers follow them.",
    ),
    "line-parts-nothing": Rule(
        ERROR, "A line --- stands {why}.", "Remove it: a line stands between two paragraphs of one section."
    ),
    "place-unknown": Rule(
        ERROR,
        "No place of {page} is called {name}.{near}",
        "Write `(name)=` above the place, or correct the name.",
    ),
    "place-untitled": Rule(
        ERROR, "The place {name} has no title to show.", "Give the reference words of its own: `words <{name}>`."
    ),
    "place-twice": Rule(ERROR, "{first} is called {name} too.", "Rename one of the two: a link reaches only one."),
    "page-unknown": Rule(ERROR, "The book has no page {page}.{near}", "Correct the name, or add the page."),
    "file-unknown": Rule(ERROR, "There is no file {file}.", "Correct the name, or put the file there."),
    "contents-twice": Rule(
        ERROR, "{page} stands in the contents of {first} already.", "List it once: it has one place in the book."
    ),
    "contents-without": Rule(
        ERROR,
        "No list of contents has this page.",
        "Add it to the toctree of docs/index.md, or write `orphan: true` at its head.",
    ),
    "contents-untitled": Rule(ERROR, "{page} has no title to list.", "Give it a heading `# Title`."),
    "bibliography-twice": Rule(
        ERROR, "{first} lists the sources already.", "List them once: a citation leads to one place."
    ),
    "footnote-missing": Rule(ERROR, "There is no note [^{label}].", "Write the note below, or correct its name."),
    "footnote-unused": Rule(ERROR, "Nothing calls the note [^{label}].", "Call it in the text, or take it out."),
    "markup-unread": Rule(ERROR, "{text} would be printed as it stands.", "Write the words out."),
    "picture-active": Rule(
        ERROR,
        "The drawing {address} would do more than draw: {what}.",
        "Save it again as a plain SVG, or as a PNG.",
    ),
    "link-out-of-book": Rule(
        ERROR,
        "{file} is a symbolic link to a place outside the book, or to a folder.",
        "Put the files themselves there.",
    ),
    # pictures
    "picture-remote": Rule(
        ERROR,
        "The picture {address} is not in the book.",
        "Put a copy that we may publish beside the page: nothing is fetched.",
    ),
    "picture-missing": Rule(ERROR, "There is no picture {address}.", "Put the file there or correct its name."),
    "picture-huge": Rule(
        ERROR, "The picture {address} has {size}.", "Make it smaller: 40 million pixels or 10 MiB are the limit."
    ),
    "picture-unusable": Rule(
        ERROR,
        "The picture {address} cannot be shown: {reason}.",
        "Open it in a program for pictures and save it as PNG or JPEG; drawings are best as SVG.",
    ),
    # editions and sheets
    "sphinx-warning": Rule(
        ERROR, "{message}.", "Correct the page: what Sphinx warns of is missing from the editions, or wrong in them."
    ),
    "pdf-log": Rule(
        ERROR, "The layout of the PDF complains: {message}.", "Correct the page or the style sheet; nothing is ignored."
    ),
    "pdf-line-long": Rule(
        ERROR,
        "{page}: “{words}” runs {past} points out of its place.",
        "Reword it, let a long word break, or take a column from the table.",
    ),
    "pdf-pages": Rule(
        ERROR,
        "{pages} pages are {over} more than the limit of {limit}.{chapters}",
        "Cut, in this order: terms that one chapter uses, the ends of the timeline, then the text; type never shrinks.",
    ),
    "pdf-page-light": Rule(
        WARNING, "{page} is filled to {part} % of its height.", "Shorten or lengthen what ends there."
    ),
    "pdf-note-missing": Rule(
        ERROR, "{page}: the mark {mark} in “{words}” has no note at the foot of its page.", "Build the PDF again."
    ),
    "pdf-box-far": Rule(
        ERROR,
        "{page}: the note of {mark} in “{words}” leads to a box on another opening.",
        "Put the box nearer to the paragraph, or take the claim out of it: its note then says what is right.",
    ),
    "pdf-box-broken": Rule(
        ERROR, "{page}: the box “{words}” goes on on p. {other}.", "Shorten the box, or make two of it."
    ),
    "pdf-line-citation": Rule(
        ERROR, "{page}: the line “{words}” begins with a citation.", "Let no space but a fixed one stand before it."
    ),
    "pdf-font-twice": Rule(
        ERROR, "{font} is in the file {count} times.", "Build the PDF again; if it stays, the face has no file of ours."
    ),
    "pdf-view": Rule(ERROR, "The file does not open with two pages side by side.", "Build the PDF again."),
    "pdf-file-large": Rule(ERROR, "The file has {size} MB; the limit is {limit}.", "Take smaller pictures, or fewer."),
    "pdf-orphan": Rule(
        ERROR,
        "{page}: “{words}”, the first line of a paragraph, stands alone at the foot.",
        "Reword the page, or set `orphans` in the style sheet.",
    ),
    "pdf-widow": Rule(
        ERROR,
        "{page}: “{words}”, the last line of a paragraph, stands alone at the head.",
        "Reword the paragraph, or set `widows` in the style sheet.",
    ),
    "pdf-hyphens": Rule(
        ERROR, "{page}: {count} lines running end with a hyphen, the last with “{word}”.", "Reword one of the lines."
    ),
    "pdf-heading-foot": Rule(
        ERROR,
        "{page}: nothing follows the heading “{words}”.",
        "Give the heading `break-after: avoid` in the style sheet.",
    ),
    "pdf-picture-coarse": Rule(
        ERROR,
        "{page}: a picture of {size} pixels has {dpi} of them an inch; print needs {limit}.",
        "Take a larger picture, or better an SVG, or show it smaller.",
    ),
    "pdf-too-large": Rule(
        ERROR,
        "{what} is {past} points larger than page {page} of this part has room for.",
        "Take a column from the table, let its words break, show the picture smaller, or shorten the footnotes of the "
        "paragraph.",
    ),
    "pdf-glyph-missing": Rule(
        ERROR,
        "{page}: {font} draws nothing for {signs} in “{words}”.",
        "Use characters that our faces have, or name a face in `faces` of [tool.factpress].",
    ),
    "pdf-font-absent": Rule(
        ERROR, "{page}: the font {font} of “{words}” is not in the file.", "Build the PDF again: a build embeds all."
    ),
    "pdf-font-foreign": Rule(
        ERROR,
        "{page}: the font {font} of “{words}” is not one of our faces.",
        "Build the PDF again; if it stays, add the face to press/fonts.py.",
    ),
    "pdf-link-lost": Rule(ERROR, "{page}: a link or bookmark leads to {anchor}.", "Correct where it leads."),
    "pdf-anchor-twice": Rule(
        ERROR, "{page}: another place of the book is called {anchor} too.", "Rename one: a link reaches only one."
    ),
    "pdf-page-empty": Rule(
        ERROR, "{page} is empty.", "Look for a page break too many; only a left page before a new part may be empty."
    ),
    "sheets-page-turned": Rule(
        ERROR,
        "Page {page} is turned by {degrees} degrees.",
        "Make the PDF with upright pages: sheets do not turn them.",
    ),
    "sheets-page-size": Rule(
        ERROR, "Page {page} is {size}, but page 1 is {first}.", "Make all pages of one size; sheets do not scale them."
    ),
    "sheets-page-too-large": Rule(
        ERROR,
        "Page {page} is {size}, but half of {paper} paper takes {half}.",
        "Take larger paper, or cut white margin off with --cut-outer; sheets do not scale pages.",
    ),
    "sheets-page-damaged": Rule(
        ERROR,
        "Page {page} cannot be read: {why}.",
        "Build the PDF again, or print it to a new one from a viewer that shows the page.",
    ),
    "font-not-ours": Rule(
        ERROR,
        "The PDF would take the face {font} from this machine, for “{characters}” on page {page} of this part.",
        "Use characters that our faces have, or name a face in `faces` of [tool.factpress].",
    ),
    "glyph-nowhere": Rule(
        ERROR,
        "No face has the character {sign} (U+{number}) on page {page} of this part.",
        "Use characters that our faces have, or name a face in `faces` of [tool.factpress].",
    ),
}
