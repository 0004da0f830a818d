"""Pure records and rules: what a claim is, what a sign-off covers, which state follows.

In the order in which data passes:

- `vocabulary`: the closed sets of words, with their glyphs and wording
- `place`: a place in a file
- `dates`: days as ISO text, dates of publication, and both in words
- `claim`: claims, findings, evidence
- `signoff`: people, sign-offs, pages seen
- `source`: entries of the bibliography
- `outline`: the units of the article, what is drafted for them, and its provenance
- `study`: the study aids
- `figures`: figures and what is drawn in them
- `links`: cited links and what is recorded of them
- `text`: characters, quotation marks and languages of any text
- `allowed_markup`: what the Markdown of a book may hold
- `prose`: pages and chapters as written
- `subject`: records, checks, blocks and figures of one kind of matter
- `book`: everything that is read before an edition is made
- `record_fields`, `schema`: the format of the YAML files, from the declarations
- `digest`: what a sign-off covers
- `review`: the state of a claim, computed from its sign-offs
- `signing`: whether a person may sign a finding, given what they did before
- `status`: counts, and what to do next
"""
