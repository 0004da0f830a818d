"""Footnotes that authors write (`[^name]`): beside the notes on claims, and never to be taken for them.

A claim's mark has a sign and its number, `✗34`; a footnote is called by a plain number of its page. On paper it stands
at the foot of the page of its call, elsewhere after the text; the call leads to it and it leads back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docutils import nodes

from factpress.sphinxext.nodes import claim_mark, element, link, make
from factpress.sphinxext.wording import Wording

CALL, FOOTNOTE = "fn", "foot-note"  #: classes of a call, and of what WeasyPrint sets at the foot of the page


def set_at_foot(part: element) -> None:
    """Put the footnotes of a printed part where they are called; each call's number leads to its note, and back."""
    notes = {note_id: note for note in part.findall(nodes.footnote) for note_id in note["ids"]}
    placed: dict[str, str] = {}  # by id of a note, the id of its first call
    for call in list(part.findall(nodes.footnote_reference)):
        note_id = str(call.get("refuri", "")).removeprefix("#")
        if note_id not in notes:
            call.parent.replace(call, nodes.Text(call.astext()))
            continue
        call_id, label = call["ids"][0], call.astext()
        follows = _after_mark(call)
        made: list[nodes.Node] = [_call(call, note_id, label, call_id)]
        if note_id not in placed:
            placed[note_id] = call_id
            back = link(f"#{call_id}", label, classes="back")
            # in an inline node: Sphinx takes a link beside blocks for one around a picture
            words = nodes.inline("", "", *_run_in(notes[note_id]))
            footnote = make("span", back, " ", words, ids=note_id, classes=FOOTNOTE)
            made.append(footnote)
        call.parent.replace(call, [nodes.Text("\u202f"), *made] if follows else made)
    for note in notes.values():
        if note.parent is not None:
            note.parent.remove(note)
    for line in list(part.findall(nodes.transition)):
        if "footnotes" in line["classes"]:
            line.parent.remove(line)  # MyST draws it above the notes


class FootnoteAttributes(NamedTuple):
    """How an edition marks footnotes and their calls up."""

    note: Mapping[str, str]
    call: Mapping[str, str]
    tag: str  #: of a note


def set_below(doctree: nodes.document, say: Wording, attributes: FootnoteAttributes) -> None:
    """Gather the footnotes of a page of the web or the EPUB below its text, under a heading of their own."""
    notes = list(doctree.findall(nodes.footnote))
    calls: dict[str, list[nodes.footnote_reference]] = {}
    for call in list(doctree.findall(nodes.footnote_reference)):
        calls.setdefault(str(call.get("refid", "")), []).append(call)
    listed = []
    for note in notes:
        label, here = note[0].astext(), calls.get(note["ids"][0], [])
        back = [link(f"#{call['ids'][0]}", text, role="doc-backlink", aria_label=say("footnote-back", label=text),
                     classes="back")
                for call, text in zip(here, _labels(label, len(here)), strict=True)]  # fmt: skip
        body = [child for child in note.children if not isinstance(child, nodes.label)]
        first = make("span", *_spaced(back or [nodes.Text(label)]), " ", classes="fn-label")
        if body and isinstance(body[0], nodes.paragraph):
            body[0].insert(0, first)
        else:
            body.insert(0, make("p", first))
        listed.append(make(attributes.tag, *body, ids=note["ids"][0], classes="footnote", **attributes.note))
        note.parent.remove(note)
    for note_id, here in calls.items():
        for call in here:
            label = call.astext()
            made = link(f"#{note_id}", label, ids=call["ids"][0], classes=CALL, role="doc-noteref",
                        aria_label=say("footnote-call", label=label), **attributes.call)  # fmt: skip
            call.parent.replace(call, made)
    for line in list(doctree.findall(nodes.transition)):
        if "footnotes" in line["classes"]:
            line.parent.remove(line)
    if listed:
        section = next(iter(doctree.findall(nodes.section)), doctree)
        section.append(make("section", make("h2", say("footnotes-heading")), *listed, classes="footnotes"))


def _call(call: nodes.Node, note_id: str, label: str, call_id: str) -> element:
    above = call.parent
    while above is not None and not isinstance(above, nodes.title):
        above = above.parent
    if above is not None:  # generated, so that neither bookmark nor running head has it
        return link(f"#{note_id}", ids=call_id, classes=f"{CALL} generated", data_label=label)
    return link(f"#{note_id}", label, ids=call_id, classes=CALL)


def words_of_title(title: nodes.Element) -> str:
    """Return what a heading says where no note can be called: in contents and bookmarks."""

    def words(node: nodes.Node) -> Iterator[str]:
        if isinstance(node, nodes.Text):
            yield str(node)
        elif not isinstance(node, nodes.footnote_reference | nodes.footnote | claim_mark) and not _is_call(node):
            for child in node.children:
                yield from words(child)

    return " ".join("".join(words(title)).split())


def _is_call(node: nodes.Node) -> bool:
    return isinstance(node, element) and bool({CALL, FOOTNOTE, "mark"} & set(node["classes"]))


def _after_mark(call: nodes.Node) -> bool:
    at = call.parent.index(call)
    before = call.parent[at - 1] if at else None
    return before is not None and (_is_call(before) or isinstance(before, claim_mark))


def _labels(label: str, count: int) -> list[str]:
    return [label] if count == 1 else [f"{label}{chr(ord('a') + number % 26)}" for number in range(count)]


def _spaced(links: list[nodes.Node]) -> Iterator[nodes.Node]:
    for number, one in enumerate(links):
        if number:
            yield nodes.Text(" ")
        yield one


def _run_in(note: nodes.Element) -> list[nodes.Node]:
    """Return what a note says as one run of text: a line of the foot has no blocks in it."""
    run: list[nodes.Node] = []
    for block in _texts(note):
        if run:
            run.append(nodes.Text(" "))
        run += block.children
    for inner in [part for node in run for part in node.findall(element) if FOOTNOTE in part["classes"]]:
        if inner.parent is not None:  # a note in a note: its mark leads to the entry, which says the same
            inner.parent.remove(inner)
    return [node for node in run if not (isinstance(node, element) and FOOTNOTE in node["classes"])]


def _texts(node: nodes.Element) -> Iterator[nodes.Element]:
    for child in node.children:
        if isinstance(child, nodes.label):
            continue
        if isinstance(child, nodes.TextElement):
            yield child
        elif isinstance(child, nodes.Element):
            yield from _texts(child)
