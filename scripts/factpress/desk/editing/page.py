"""The page on which a finding is edited: its fields with what is said beside them, and how readers will see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from factpress.desk.differences import LABELS, Run, word_runs
from factpress.desk.editing.fields import FINDING, LIMITS, WHOLE, Candidate, Texts, folded, label_of
from factpress.desk.editing.merging import Difference
from factpress.desk.editing.sources import ENTRY_TYPES, NEW_FIELDS, FoundSource, NewEntry
from factpress.desk.reading import number_word
from factpress.model.book import Book
from factpress.model.claim import Claim, Evidence
from factpress.model.dates import in_words
from factpress.model.signing.attempt import piece_letter
from factpress.model.vocabulary import Consulted, Grade, ProposerKind, ReviewState, Stance, Verdict
from factpress.problems import Problem, quantity

_CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {
    "verdict": [(str(v), v.word) for v in Verdict],
    "stance": [(str(s), s.capitalize()) for s in Stance],
    "grade": [(str(g), g.capitalize()) for g in Grade],
    "consulted": [(str(c), c.words.capitalize()) for c in Consulted],
}
_ROWS = {"statement": 4, "reasoning": 7, "correction": 3, "searched": 3, "says": 3, "quote": 2}
_MAIN = ("quote", "locator", "says")
_EDIT_LABELS = {
    "verdict": "Verdict", "statement": "What readers are told", "reasoning": "Why",
    "correction": "How the sentence should read", "searched": "Where we looked, a place a line",
    "quote": "Quotation, as on the page", "locator": "Page, section or paragraph",
    "says": "What the place says, in our own words",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hint:
    """A line beside a field: `ok`, `yours` or `stop`."""

    kind: str
    text: str
    runs: tuple[Run, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field to edit."""

    name: str
    label: str
    text: str
    rows: int = 1
    limit: int = 400
    choices: Sequence[tuple[str, str]] = ()
    hints: tuple[Hint, ...] = ()
    theirs: str | None = None
    focus: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class PieceFields:
    """The fields of a piece of evidence."""

    name: str
    letter: str
    source: str
    locator: str
    main: tuple[Field, ...]
    rest: tuple[Field, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class PreviewPiece:
    """A piece of evidence as an edition prints it."""

    stance: str
    source: str
    text: str
    quote: str
    seen: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A claim's entry as the editions will print it."""

    verdict_class: str
    verdict_glyph: str
    verdict_word: str
    state_glyph: str
    state_words: str
    claim: str
    texts: tuple[tuple[str, str], ...] = ()
    pieces: tuple[PreviewPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A field that changed on both sides, each against what was there when editing began."""

    name: str
    label: str
    mine: tuple[Run, ...]
    theirs: tuple[Run, ...]


@dataclass(frozen=True)
class EditView:
    """The page."""

    id: str
    claim: str
    chapter: str
    shown: str
    fields: tuple[Field, ...]
    pieces: tuple[PieceFields, ...]
    preview: Preview
    check_words: str
    check_list: tuple[str, ...]
    sum: str
    sum_more: str
    may_save: bool
    has_draft: bool
    add: str = ""
    found: tuple[FoundSource, ...] = ()
    add_words: str = ""
    new_source: tuple[Field, ...] = ()
    differences: tuple[ShownDifference, ...] = ()
    differences_words: str = ""
    merged_words: str = ""


@dataclass(frozen=True)
class EditScreen:
    """What the page is made of."""

    shown: str  #: what the form carries of it
    claim: Claim
    book: Book  #: with the sources that are being added
    base: Texts
    texts: Texts
    candidate: Candidate
    language: str
    person: str
    chapter: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)  #: the file's text of fields of which one is to be written
    differences: tuple[Difference, ...] = ()
    taken: tuple[str, ...] = ()
    focus: str = ""
    has_draft: bool = False
    add: str = ""
    found: tuple[FoundSource, ...] = ()
    add_words: str = ""
    new: NewEntry | None = None

    def view(self) -> EditView:
        """Return the page."""
        changed = self._changed()
        return EditView(
            id=self.claim.id,
            claim=self.claim.claim,
            chapter=self.chapter,
            shown=self.shown,
            fields=tuple(self._field(name, name) for name in FINDING),
            pieces=tuple(self._piece(at, name) for at, name in enumerate(self.texts.pieces)),
            preview=self._preview(),
            check_words=self._check_words(),
            check_list=tuple(self._whole_problems()),
            sum=self._sum(changed),
            sum_more=self._sum_more(changed),
            may_save=bool(changed) and not self.candidate.errors and not self.differences and self.new is None,
            has_draft=self.has_draft,
            add=self.add,
            found=self.found,
            add_words=self.add_words,
            new_source=tuple(self._new_fields()),
            differences=tuple(
                ShownDifference(d.name, d.label, word_runs(d.base, d.mine), word_runs(d.base, d.theirs))
                for d in self.differences
            ),
            differences_words=f"{quantity(len(self.differences), 'field')} "
            f"{'was' if len(self.differences) == 1 else 'were'} changed on both sides.",
            merged_words=self._merged_words(),
        )

    def _changed(self) -> list[str]:
        names = [
            name for name in dict.fromkeys((*self.base.values, *self.texts.values))
            if ("." not in name or name.partition(".")[0] in self.texts.pieces)
            and folded(self.base.get(name)) != folded(self.texts.get(name))
        ]  # fmt: skip
        gone = [piece for piece in self.base.pieces if piece not in self.texts.pieces]
        new = {name.partition(".")[0] for name in names} - {*self.base.pieces, *FINDING}
        kept = [name for name in names if name.partition(".")[0] not in new]
        return [*kept, *sorted(new), *gone]

    def _field(self, name: str, part: str, *, short: bool = False) -> Field:
        text = self.texts.get(name)
        choices = list(_CHOICES.get(part, ()))
        if choices and text not in {value for value, _ in choices}:
            choices = [(text, text or "–"), *choices]
        return Field(
            name=name, label=_EDIT_LABELS.get(part) or LABELS[part].capitalize(), text=text, rows=_ROWS.get(part, 1),
            limit=max(LIMITS.get(part, 400), len(text)), choices=choices, hints=tuple(self._hints(name)),
            theirs=self.theirs.get(name), focus=name == self.focus, short=short,
        )  # fmt: skip

    def _piece(self, at: int, name: str) -> PieceFields:
        source = self.book.sources.get(self.texts.get(f"{name}.source"))
        rest = ("source", "stance", "grade", "consulted", "date", "before", "after", "url", "archived", "language")
        names = [part for part in rest if part in LABELS and hasattr(Evidence, part)]
        main = tuple(self._field(f"{name}.{part}", part) for part in _MAIN)
        others = tuple(self._field(f"{name}.{part}", part, short=True) for part in names)
        is_new = name not in self.base.pieces
        return PieceFields(
            name, piece_letter(at), source.short if source else self.texts.get(f"{name}.source"),
            folded(self.texts.get(f"{name}.locator")), main, others, is_new or any(f.hints for f in others),
        )  # fmt: skip

    def _hints(self, name: str) -> list[Hint]:
        hints = [
            Hint("stop" if found.is_error else "warn", f"{found.message} {found.rule.hint}")
            for where, found in self.candidate.problems
            if where == name
        ]
        old, new = self.base.get(name), self.texts.get(name)
        if folded(old) != folded(new):
            if self.candidate.is_wording:
                hints.append(
                    Hint("ok", "Wording only:", _only_changes(word_runs(old, new)), "You can still sign this finding.")
                )
            elif "." in name:
                hints.append(
                    Hint(
                        "yours",
                        "This changes the evidence: when saved, the finding is yours and another person signs it.",
                    )
                )
            else:
                hints.append(
                    Hint("yours", "This changes the finding: when saved, it is yours and another person signs it.")
                )
        return hints

    def _whole_problems(self) -> list[str]:
        shown = {f.name for f in (*(self._field(n, n) for n in FINDING),)}
        shown |= {f"{piece}.{part}" for piece in self.texts.pieces for part in LABELS}
        return [
            f"{p.message} {p.rule.hint}" for name, p in self.candidate.problems if name == WHOLE or name not in shown
        ]

    def _check_words(self) -> str:
        errors = [name for name, found in self.candidate.problems if found.is_error]
        warnings = len(self.candidate.problems) - len(errors)
        if not self.candidate.problems:
            return f"Nothing against {self.claim.id}."
        where = sorted({label_of(name.partition(".")[0], self.texts) for name in errors if name != WHOLE})
        stops = (
            f"{quantity(len(errors), 'problem')}{f', at {_and(where).lower()}' if where else ''}. " if errors else ""
        )
        warns = f"{quantity(warnings, 'warning')}." if warnings else ""
        return f"{stops}{warns}".strip()

    def _sum(self, changed: list[str]) -> str:
        if self.differences:
            return "Nothing was written."
        if not changed:
            return "Nothing changed yet."
        number = f"{number_word(len(changed)).capitalize()} {'field' if len(changed) == 1 else 'fields'}"
        return f"{number} changed, kept as a draft while you type."

    def _sum_more(self, changed: list[str]) -> str:
        if self.differences:
            return "Decide each difference; then it can be saved."
        if self.new is not None:
            return "It can be saved when the new entry is used or left out."
        if self.candidate.errors:
            places = sorted(
                {label_of(name.partition(".")[0], self.texts) for name, _ in self.candidate.errors if name != WHOLE}
            )
            what = _and([place.lower() if place.startswith("Evidence") else f"“{place}”" for place in places])
            return f"It can be saved when {what or 'the finding'} has no problem. Comments and order of the file stay."
        if changed and not self.candidate.is_wording:
            return "When saved, the finding is yours and another person signs it. Comments and order of the file stay."
        return "Comments and order of the file stay."

    def _merged_words(self) -> str:
        taken = f"Only the file changed {_and(self.taken)}; that is kept. " if self.taken else ""
        return f"{taken}Nothing else differs." if self.differences else ""

    def _new_fields(self) -> list[Field]:
        if self.new is None:
            return []
        general = [p for p in self.new.problems if not _mentions(p)]
        fields = []
        for name, label in NEW_FIELDS.items():
            hints = [_entry_hint(p) for p in self.new.problems if _mentions(p) == name]
            if name == "key":
                if not self.new.fields.get("key"):
                    hints.append(Hint("ok", f"Left empty, it is {self.new.key}."))
                hints += [_entry_hint(p) for p in general]
            if name == "title" and not self.new.fields.get("title"):
                hints.append(Hint("stop", "A source has a title."))
            choices = list(ENTRY_TYPES.items()) if name == "type" else ()
            fields.append(
                Field(f"new.{name}", label, self.new.fields.get(name, ""), 1, 1000, choices, tuple(hints), short=True)
            )
        return fields

    def _preview(self) -> Preview:
        # the editions' own words and typography
        from factpress.sphinxext.wording import Wording, typeset

        say, claim = Wording(self.language), self.candidate.claim or self.claim
        finding, verdict = claim.finding, self.texts.get("verdict")
        word = Verdict(verdict) if verdict in set(Verdict) else None
        by_person = finding and finding.proposed_by.kind is ProposerKind.PERSON
        state = ReviewState.PROPOSED
        texts = [("finding", "statement"), ("correction", "correction"), ("reasoning", "reasoning")]
        shown = [
            (say(label), typeset(folded(self.texts.get(name)))) for label, name in texts if self.texts.get(name).strip()
        ]
        places = [line.strip() for line in self.texts.get("searched").splitlines() if line.strip()]
        if places:
            joined = "; ".join(places)
            shown.append((say("searched"), f"{joined[:1].upper()}{joined[1:]}."))
        who = self.book.ledger.people_by_id.get((finding.proposed_by.id if finding else None) or self.person)
        words = (
            f"Drafted by {who.display_name if who else self.person}, not yet reviewed." if by_person
            else "Drafted with a machine’s help, not yet checked by a person."
        )  # fmt: skip
        return Preview(
            str(word or "unchecked"), word.glyph if word else ReviewState.UNCHECKED.glyph,
            word.word if word else say("unchecked"), state.glyph, words, typeset(self.claim.claim), tuple(shown),
            tuple(self._preview_piece(name, say, typeset) for name in self.texts.pieces),
        )  # fmt: skip

    def _preview_piece(self, name: str, say: object, typeset: object) -> PreviewPiece:
        assert callable(say) and callable(typeset)
        source = self.book.sources.get(self.texts.get(f"{name}.source"))
        get = {part: folded(self.texts.get(f"{name}.{part}")) for part in LABELS}
        how = Consulted(get["consulted"]).words if get["consulted"] in set(Consulted) else get["consulted"]
        day = in_words(get["date"]) if get["date"][:1].isdigit() and len(get["date"]) == 10 else get["date"]
        return PreviewPiece(
            get["stance"].capitalize(), source.short if source else get["source"],
            str(typeset(say("evidence-says", locator=get["locator"], says=get["says"]))), get["quote"],
            f"{get['grade']} · {how} {day}",
        )  # fmt: skip


def _only_changes(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the changes with the words beside them."""
    short: list[Run] = []
    for at, run in enumerate(runs):
        if run.kind != "same":
            short.append(run)
            continue
        words = run.text.split(" ")
        first, last = at == 0, at == len(runs) - 1
        if len(words) > 4:
            text = " ".join(("… " if first else "", *words[-3:])) if first else " ".join(words[:2]) + " …"
            if not first and not last:
                text = f"{' '.join(words[:2])} … {' '.join(words[-2:])}"
            short.append(Run("same", text))
        else:
            short.append(run)
    return tuple(short)


def _entry_hint(found: Problem) -> Hint:
    return Hint("stop" if found.is_error else "warn", f"{found.message} {found.rule.hint}")


def _mentions(found: Problem) -> str:
    """Return the field of an entry that a problem is about, empty where it is about the whole."""
    values = dict(found.values)
    named = values.get("field") or values.get("name") or ""
    return {"year": "date"}.get(named, named) if named in (*NEW_FIELDS, "year") else ""


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
