"""Saving at the desk: drafts while somebody types, the file read again before it is written.

Where the file moved, both texts are shown and nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from secrets import token_hex

from factpress.desk.actions import Turn, fault_line
from factpress.desk.differences import evidence_fields
from factpress.desk.drafts import Draft
from factpress.desk.editing.fields import (
    FINDING,
    Candidate,
    Editor,
    Texts,
    folded,
    free_name,
    texts_from,
    texts_of,
)
from factpress.desk.editing.merging import Merged, choose, merge
from factpress.desk.editing.page import EditScreen
from factpress.desk.editing.sources import NewEntry, Search, new_entry, search_sources, with_piece
from factpress.desk.render import Line
from factpress.desk.workbench import Workbench, query_of
from factpress.files.atomic import write_atomically
from factpress.files.bibtex.entries import add_entries
from factpress.files.signing.append import signing_lock
from factpress.files.text import read_text
from factpress.files.yaml.replacing import replace_record
from factpress.model.claim import Claim
from factpress.problems import FactpressError, FileError

KIND = "edit"


@dataclass(frozen=True)
class Editing:
    """What somebody is writing about a claim, as its draft keeps it."""

    base: Texts
    texts: Texts
    add: str = ""
    begun: Mapping[str, str] | None = None  #: a new entry of the bibliography that is being typed
    new_sources: Mapping[str, str] = field(default_factory=dict)  #: entries in BibTeX by key
    theirs: Mapping[str, str] = field(default_factory=dict)  #: the other text of a field, of the file or another tab
    name: str = ""  #: of this draft, the same for all pages that were made from it
    writers: Mapping[str, str] = field(default_factory=dict)  #: page that wrote a field last

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be lost with it."""
        return self.texts.same(self.base) and not self.add and self.begun is None and not self.new_sources

    def as_draft(self) -> Draft:
        """Return it as a draft; an empty one has no values."""
        if self.is_empty:
            return Draft("", {})
        return Draft("", {
            "base": self.base.as_dict(), "texts": self.texts.as_dict(), "add": self.add,
            "begun": dict(self.begun) if self.begun is not None else None, "new-sources": dict(self.new_sources),
            "theirs": dict(self.theirs), "name": self.name, "writers": dict(self.writers),
        })  # fmt: skip


def editing_of(bench: Workbench, claim: Claim) -> Editing:
    """Return what was being written about a claim; a draft that cannot be read counts as none."""
    draft = bench.drafts.read(claim.id, KIND)
    with suppress(KeyError, TypeError, ValueError):
        if draft:
            kept = draft.values
            begun = kept.get("begun")
            return Editing(
                texts_from(kept["base"]), texts_from(kept["texts"]), str(kept.get("add", "")),
                {str(k): str(v) for k, v in begun.items()} if isinstance(begun, dict) else None,
                dict(kept.get("new-sources", {})), dict(kept.get("theirs", {})), str(kept.get("name", "")),
                dict(kept.get("writers", {})),
            )  # fmt: skip
    texts = texts_of(claim)
    return Editing(texts, texts, name=token_hex(8))


def shown_of(editing: Editing) -> str:
    """Return what a page shows, as its form carries it: a page of an older state must take nothing away."""
    shown = {"base": editing.base.as_dict(), "texts": editing.texts.as_dict(), "name": editing.name}
    return json.dumps(shown | {"page": token_hex(8)}, ensure_ascii=False)


def screen_of(bench: Workbench, claim: Claim, focus: str = "") -> EditScreen:
    """Return the page on which a claim is edited, with both texts where the file moved."""
    editing = editing_of(bench, claim)
    merged = merge(editing.base, editing.texts, claim)
    if not merged.differences and not editing.base.same(texts_of(claim)):
        editing = _rebased(editing, merged)
    search, entry = _search(bench, editing)
    return EditScreen(
        shown=shown_of(editing), claim=claim, book=_editor(bench, editing).with_sources(), base=editing.base,
        texts=editing.texts,
        candidate=_candidate(bench, claim, editing), language=bench.settings.language,
        person=bench.person.id if bench.person else "", chapter=bench.book.chapter_label(claim), theirs=editing.theirs,
        differences=merged.differences, taken=merged.taken if merged.differences else (), focus=focus,
        has_draft=not editing.is_empty, add=editing.add, found=search.found, add_words=search.words, new=entry,
    )  # fmt: skip


def keep(bench: Workbench, claim: Claim, form: Mapping[str, str], pieces: Sequence[str]) -> Turn:
    """Keep what was typed as a draft, and do what its buttons ask for: find, use, take out, a new entry."""
    here = f"{bench.home}claims/{claim.id}/edit"
    query, focus = bench.queue(query_of(form.get("within", ""))).within, ""
    editing = _typed(bench, claim, form, pieces)
    if gone := form.get("remove"):
        texts = Texts(editing.texts.values, tuple(p for p in editing.texts.pieces if p != gone))
        editing = replace(editing, texts=texts)
    if key := form.get("use"):
        if key in _editor(bench, editing).with_sources().sources:
            texts, name = with_piece(editing.texts, key, bench.today())
            editing, focus = replace(editing, texts=texts, add="", begun=None), f"{name}.quote"
    elif form.get("find"):
        search = search_sources(editing.add, bench.book.book, bench.today())
        editing = replace(editing, begun=dict(search.new) if search.new is not None else editing.begun)
    elif form.get("new") == "no":
        editing = replace(editing, begun=None, add="")
    elif form.get("new") == "yes" and editing.begun is not None:
        entry = new_entry(editing.begun, bench.book.book, bench.today())
        if entry.ready:
            key = entry.key
            texts, name = with_piece(editing.texts, key, bench.today())
            sources = {**editing.new_sources, key: entry.text}
            editing, focus = replace(editing, texts=texts, add="", begun=None, new_sources=sources), f"{name}.quote"
    try:
        bench.drafts.write(claim.id, KIND, editing.as_draft())
    except FileError as error:
        return Turn(here, f"{query}&{bench.say(fault_line(error, 'Your draft was not written.'))}")
    return Turn(here, f"{query}{f'&focus={focus}' if focus else ''}")


def decide_difference(bench: Workbench, claim: Claim, form: Mapping[str, str]) -> Turn:
    """Take one decision between both texts, and keep the rest."""
    here = f"{bench.home}claims/{claim.id}/edit"
    query = bench.queue(query_of(form.get("within", ""))).within
    editing, name, kept = editing_of(bench, claim), form.get("field", ""), form.get("keep", "")
    merged = merge(editing.base, editing.texts, claim)
    if kept not in ("mine", "file", "both") or name not in {d.name for d in merged.differences}:
        return Turn(here, query)
    base, texts = choose(editing.base, editing.texts, claim, name, kept)
    theirs = {**editing.theirs, name: merged.theirs.get(name)} if kept == "both" else editing.theirs
    editing = replace(editing, base=base, texts=texts, theirs=theirs)
    rest = merge(base, texts, claim)
    if not rest.differences:
        editing = _rebased(editing, rest)
    bench.drafts.write(claim.id, KIND, editing.as_draft())
    return Turn(here, f"{query}{f'&focus={name}' if kept == 'both' else ''}")


def save(bench: Workbench, claim: Claim, form: Mapping[str, str], pieces: Sequence[str]) -> Turn:
    """Write the finding into its file, with what came into it meanwhile; on a difference, write nothing."""
    here, within = f"{bench.home}claims/{claim.id}", query_of(form.get("within", ""))
    query = bench.queue(within).within
    keep(bench, claim, form, pieces)
    if bench.person is None:
        return Turn(f"{here}/edit", query)
    try:
        with signing_lock(bench.settings):
            bench.look_again(wrote=True)
            now = bench.book.book.ledger.by_id.get(claim.id)
            if now is None:
                raise FileError(f"{claim.id} is not in the ledger any more.", "Your draft is kept.")
            editing = editing_of(bench, now)
            merged = merge(editing.base, editing.texts, now)
            if merged.differences:
                return Turn(f"{here}/edit", query)
            editing = _rebased(editing, merged)
            candidate = _candidate(bench, now, editing)
            if candidate.claim is None or candidate.errors or editing.begun is not None:
                return Turn(
                    f"{here}/edit",
                    f"{query}&{bench.say(Line('Nothing was saved.', 'A field has a problem; it says what to do.'))}",
                )
            _write(bench, now, candidate.claim, editing)
    except FactpressError as error:
        return Turn(f"{here}/edit", f"{query}&{bench.say(fault_line(error, 'Nothing was saved. Your draft is kept.'))}")
    bench.look_again(wrote=True)
    bench.drafts.discard(claim.id, KIND)
    taken = f" {_listed(merged.taken)} came from the file meanwhile and stays." if merged.taken else ""
    whose = "You can still sign it." if candidate.is_wording else "The finding is yours now; another person signs it."
    return Turn(here, f"{query}&{bench.say(Line(f'{claim.id} is saved.', f'{whose}{taken}', True))}")


def discard(bench: Workbench, claim: Claim) -> Turn:
    """Throw a draft away."""
    bench.drafts.discard(claim.id, KIND)
    return Turn(
        f"{bench.home}claims/{claim.id}", bench.say(Line("The draft is discarded.", f"{claim.id} is as it was.", True))
    )


def _write(bench: Workbench, old: Claim, new: Claim, editing: Editing) -> None:
    root = bench.settings.root
    ledger, bib = root / old.where.file, root / "references.bib"
    used = {item.source for item in new.evidence}
    entries = [text for key, text in editing.new_sources.items() if key in used and key not in bench.book.book.sources]
    text, problems = read_text(ledger, root)
    if text is None or any(found.is_error for found in problems):
        raise FileError(f"{old.where.file} cannot be read.", "Correct it first: factpress check")
    written = replace_record(text, old.where.file, new)
    bibliography = add_entries(bib.read_text(encoding="utf-8") if bib.exists() else "", entries) if entries else ""
    # an editor does not know the lock
    if read_text(ledger, root)[0] != text:
        raise FileError(f"{old.where.file} was changed by another program just now.", "Save again.")
    # an entry that nothing uses yet is a warning, a key without an entry an error
    if entries:
        write_atomically(bib, bibliography, durable=True)
    write_atomically(ledger, written, durable=True)


def _typed(bench: Workbench, claim: Claim, form: Mapping[str, str], pieces: Sequence[str]) -> Editing:
    """Return what is being written, with what a form changed of what its page showed.

    Another tab may have written the same field, or saved: then the page's own base stands for what it changed.
    """
    now = editing_of(bench, claim)
    try:
        carried = json.loads(form.get("shown", ""))
        base, shown = texts_from(carried["base"]), texts_from(carried["texts"])
        name, page = str(carried["name"]), str(carried["page"])
    except (ValueError, KeyError, TypeError):  # a form of no page of ours
        base, shown, name, page = now.base, now.texts, now.name, ""
    if now.name != name and now.is_empty:
        now = Editing(base, shown, name=name)  # nothing else is being written: go on from what the page showed
    theirs, writers, values = dict(now.theirs), dict(now.writers), dict(now.texts.values)
    order = list(now.texts.pieces)
    same = _same_pieces(base, now) if now.name != name else {}
    for field_name, text in form.items():
        piece = field_name.partition(".")[0]
        if field_name not in FINDING and ("." not in field_name or piece not in shown.pieces):
            continue
        typed = text.replace("\r\n", "\n")
        if folded(typed) == folded(shown.get(field_name)):
            continue
        target = field_name
        if piece != field_name and now.name != name:
            if piece not in same:  # the other draft does not have this piece
                same[piece] = free_name(Texts(values, tuple(order)), "n")
                order.append(same[piece])
                values |= {
                    f"{same[piece]}.{key.partition('.')[2]}": old
                    for key, old in shown.values.items() if key.startswith(f"{piece}.")
                }  # fmt: skip
            target = f"{same[piece]}.{field_name.partition('.')[2]}"
        before = values.get(target, "")
        if writers.get(target, page) != page and folded(before) not in (folded(shown.get(field_name)), folded(typed)):
            theirs[target] = before
        values[target], writers[target] = typed, page
    if now.name == name:
        gone = [piece for piece in shown.pieces if pieces and piece not in pieces]
        order = [piece for piece in order if piece not in gone]
    begun = now.begun
    if begun is not None:
        begun = {**begun, **{n.partition(".")[2]: typed for n, typed in form.items() if n.startswith("new.")}}
    return replace(
        now,
        texts=Texts(values, tuple(order)),
        add=form.get("add", now.add),
        begun=begun,
        theirs=theirs,
        writers=writers,
    )


def _same_pieces(base: Texts, now: Editing) -> dict[str, str]:
    """Return, for pieces of a page's base, the names under which another draft has them."""

    def content(texts: Texts, piece: str) -> tuple[str, ...]:
        return tuple(folded(texts.get(f"{piece}.{part}")) for part in evidence_fields())

    known = {content(now.base, piece): piece for piece in now.base.pieces if piece in now.texts.pieces}
    return {piece: known[content(base, piece)] for piece in base.pieces if content(base, piece) in known}


def _rebased(editing: Editing, merged: Merged) -> Editing:
    return replace(editing, base=merged.theirs, texts=merged.texts)


def _search(bench: Workbench, editing: Editing) -> tuple[Search, NewEntry | None]:
    book, today = bench.book.book, bench.today()
    entry = new_entry(editing.begun, book, today) if editing.begun is not None else None
    search = search_sources(editing.add, book, today) if editing.add and entry is None else Search()
    return search, entry


def _editor(bench: Workbench, editing: Editing) -> Editor:
    return Editor(bench.book.book, bench.person.id if bench.person else "", bench.today(), editing.new_sources)


def _candidate(bench: Workbench, claim: Claim, editing: Editing) -> Candidate:
    return _editor(bench, editing).candidate(claim, editing.texts)


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
