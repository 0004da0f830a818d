"""What must be read and written again: by content, not by the clock of the file system.

Sphinx compares modification times of each page's own source. A page here also shows the ledger, sign-offs,
labels of sources and places in other pages; and a second builder on the same doctrees would not notice any
of them. So each output folder is written with a stamp a page of all that the page shows.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from factpress.files.atomic import write_atomically
from factpress.model.book import Book
from factpress.sphinxext.blocks.fill import blocks_of, page_of
from factpress.sphinxext.blocks.links import shown_of_claim, shown_of_sources
from factpress.sphinxext.context import Facts, loaded
from factpress.sphinxext.domain import FactDomain

IMAGES = "_images/"  #: where Sphinx puts pictures
#: placeholders that show every claim
WHOLE_BOOK = {"title-page", "claims-register", "counts", "evidence-counts"}


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Return documents whose text is not the one that was read; handler of `env-get-outdated`."""
    texts = env.domains["fact"].data["texts"]
    return [doc for doc in env.found_docs - added - changed if doc in texts and texts[doc] != text_digest(env, doc)]


def text_digest(env: BuildEnvironment, docname: str) -> str:
    """Return a digest of a document's source, and of the .bib files that it lists."""
    cite = env.domains["cite"].data
    lists = any(key.docname == docname for key in cite["bibliographies"])
    files = [Path(env.doc2path(docname)), *(cite["bibdata"].bibfiles if lists else ())]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return documents that this output folder shows differently; handler of `env-get-updated`."""
    written = _read(_file(app.builder))
    today = env.domains["fact"].stamps = stamps(app.builder)  # type: ignore[attr-defined]  # kept for note_written
    images = {f"{IMAGES}{name}": "" for _, name in env.images.values()}
    if loaded(env).is_book:
        _remove(app.builder, written.keys() - today.keys() - images.keys())
    today |= images
    # if this build is stopped in the middle, the next one writes everything
    write_atomically(_file(app.builder), json.dumps(dict.fromkeys(written | today, "")))
    return [doc for doc, stamp in today.items() if written.get(doc) != stamp and doc not in images]


def note_written(app: Sphinx, exception: Exception | None) -> None:
    """Keep the stamps of what was written; handler of `build-finished`."""
    today = getattr(app.env.domains["fact"], "stamps", None)
    if exception is None and today is not None:
        _file(app.builder).write_text(json.dumps(today, sort_keys=True, indent=0), encoding="utf-8")


def stamps(builder: Builder) -> dict[str, str]:
    """Return a digest of everything that each document shows beside its own markup."""
    env = builder.env
    facts = loaded(env)
    domain = env.domains["fact"]
    assert isinstance(domain, FactDomain)
    labels = facts.labels
    whole_book = {key.docname for key in env.domains["cite"].data["bibliographies"]}
    lists = set(whole_book)
    whole_book |= {doc for doc, fills in domain.fills.items() if any(fill.kind in WHOLE_BOOK for fill in fills)}
    frame = _digest([facts.settings, facts.date, [(doc, env.titles[doc].astext()) for doc in facts.order]])
    everything = _digest([facts.claims, facts.reviews, facts.marks, facts.cites, labels, *_checked(facts.book)])
    claim_digests = {claim.id: _claim_digest(facts, claim.id) for claim in facts.claims}
    images: dict[str, list[str]] = {}
    for path, (docs, _) in sorted(env.images.items()):
        for doc in docs:
            images.setdefault(doc, []).append(_file_digest(Path(env.srcdir) / path))
    found = {}
    for doc in facts.order:
        shown: list[object] = [frame, domain.data["texts"].get(doc), images.get(doc)]
        if doc in whole_book:
            shown.append(everything)
        if doc in lists:
            shown += [facts.shown_in, shown_of_sources(facts)]
        shown += _study(builder, doc)
        claims = {use.key for use in domain.marks.get(doc, ())} | {claim.id for claim in facts.of_document(doc)}
        claims |= {word for fill in domain.fills.get(doc, ()) for word in fill.words} & claim_digests.keys()
        shown += [claim_digests.get(claim_id) for claim_id in sorted(claims)]
        shown += [facts.mark_ids.get((doc, n, use.key)) for n, use in enumerate(domain.marks.get(doc, ()))]
        shown += [labels.get(use.key) for use in domain.cites.get(doc, ())]
        found[doc] = _digest(shown)
    return found


def _study(builder: Builder, doc: str) -> list[object]:
    """Return what a document shows of study aids and figures: its blocks as they come out, where terms lead."""
    facts, page = loaded(builder.env), page_of(builder, doc, doc)
    known = blocks_of(facts.book)
    blocks = [(known[fill.kind], fill.words) for fill in facts.fills.get(doc, ()) if fill.kind in known]
    shown = [node.pformat() for block, words in blocks for node in block(page, words)]
    marked = builder.env.domains["fact"].data["terms"].get(doc, ())
    terms = [term.id if term else None for term in (facts.book.study_aids.term(use.key) for use in marked)]
    return [shown, terms, facts.document_with("glossary-terms")] if shown or terms else []


def _checked(book: Book) -> list[object]:
    """Return what a book holds beside its study aids and its figures."""
    return [book.ledger, book.outline, book.provenance, book.sources]


def _claim_digest(facts: Facts, claim_id: str) -> str:
    claim = facts.book.ledger.by_id[claim_id]
    sources = [facts.book.sources.get(item.source) for item in claim.evidence]
    shown = [facts.reviews[claim_id], facts.marks.get(claim_id), facts.home(claim), shown_of_claim(facts, claim)]
    return _digest([claim, sources, shown])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(_plain(value), sort_keys=True, default=str).encode()).hexdigest()[:16]


def _file_digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.is_file() else ""


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # where a record stands in its file is not shown
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value) if f.name not in HIDDEN}
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def _remove(builder: Builder, gone: Iterable[str]) -> None:
    # Sphinx forgets a document or a picture, but not what it wrote of it
    if isinstance(builder, StandaloneHTMLBuilder):
        for name in gone:
            path = Path(builder.outdir) / name if name.startswith(IMAGES) else Path(builder.get_output_path(name))
            path.unlink(missing_ok=True)


def _file(builder: Builder) -> Path:
    folder = hashlib.sha256(str(builder.outdir).encode()).hexdigest()[:8]
    return Path(builder.doctreedir) / f"written-{builder.name}-{folder}.json"


def _read(file: Path) -> dict[str, str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # nothing written yet, or a kill in the middle: write everything
    return found if isinstance(found, dict) else {}


HIDDEN = {"where", "places", "root"}
