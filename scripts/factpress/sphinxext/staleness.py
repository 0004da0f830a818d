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

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from factpress.files.atomic import write_atomically
from factpress.model.book import Book
from factpress.sphinxext.blocks.editions import page_of
from factpress.sphinxext.blocks.links import shown_of_claim, shown_of_sources
from factpress.sphinxext.blocks.peeks import shown_in_peeks
from factpress.sphinxext.blocks.registry import Shows
from factpress.sphinxext.context import BookContext, book_context, build_state, cite_domain
from factpress.sphinxext.domain import claim_domain

IMAGES = "_images/"  #: where Sphinx puts pictures


def outdated_documents(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return documents whose text is not the one that was read; handler of `env-get-outdated`."""
    texts = claim_domain(env).texts
    return [doc for doc in env.found_docs - added - changed if doc in texts and texts[doc] != text_digest(env, doc)]


def text_digest(env: BuildEnvironment, docname: str) -> str:
    """Return a digest of a document's source, and of the .bib files that it lists."""
    cite = cite_domain(env)
    lists = any(key.docname == docname for key in cite.bibliographies)
    files = [Path(env.doc2path(docname)), *(cite.bibdata.bibfiles if lists else ())]
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()[:16]


def stale_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return documents that this output folder shows differently; handler of `env-get-updated`."""
    written = _read(_file(app.builder))
    state = build_state(env)
    assert state is not None
    images = {f"{IMAGES}{name}": "" for _, name in env.images.values()}
    today = page_digests(app.builder)
    if state.context.is_book:
        _remove(app.builder, written.keys() - today.keys() - images.keys())
    state.page_digests = today | images  # kept for save_page_digests
    # if this build is stopped in the middle, the next one writes everything
    write_atomically(_file(app.builder), json.dumps(dict.fromkeys(written | state.page_digests, "")))
    return [doc for doc, digest in today.items() if written.get(doc) != digest]


def save_page_digests(app: Sphinx, exception: Exception | None) -> None:
    """Keep the digests of what was written; handler of `build-finished`."""
    state = build_state(app.env)
    if exception is None and state and state.page_digests is not None:
        _file(app.builder).write_text(json.dumps(state.page_digests, sort_keys=True, indent=0), encoding="utf-8")


def page_digests(builder: Builder) -> dict[str, str]:
    """Return a digest of everything that each document shows beside its own markup."""
    env = builder.env
    context, domain = book_context(env), claim_domain(env)
    labels = context.labels
    lists = {key.docname for key in cite_domain(env).bibliographies}
    titles = [(doc, env.titles[doc].astext()) for doc in context.order]
    frame = _digest([context.settings, context.date, titles, context.languages.known])
    tables = (context.claims, context.reviews, context.marks, context.cites, labels)
    everything = _digest([*tables, *_checked(context.book)])
    claim_digests = {claim.id: _claim_digest(context, claim.id) for claim in context.claims}
    images: dict[str, list[str]] = {}
    for path, (docs, _) in sorted(env.images.items()):
        for doc in docs:
            images.setdefault(doc, []).append(_file_digest(Path(env.srcdir) / path))
    digests = {}
    for doc in context.order:
        shown: list[object] = [frame, domain.texts.get(doc), images.get(doc)]
        uses = context.block_uses.get(doc, ())
        if doc in lists or any(context.blocks[use.name].shows is Shows.ALL for use in uses):
            shown.append(everything)
        if doc in lists:
            shown += [context.shown_in, shown_of_sources(context)]
        rendered = _rendered(builder, doc)
        marked = (context.book.study_aids.term(use.key) for use in domain.terms.get(doc, ()))
        terms = [term.id if term else None for term in marked]
        if rendered or terms:
            shown += [[node.pformat() for node in rendered], terms, context.document_with("glossary-terms")]
        if context.is_book and page_of(builder, doc).edition.peeks:
            cited = [use.key for use in domain.cites.get(doc, ())]
            shown.append(shown_in_peeks(context, cited, filter(None, terms), rendered))
        claims = {use.key for use in domain.marks.get(doc, ())} | {claim.id for claim in context.of_document(doc)}
        claims |= {word for use in uses for word in use.words} & claim_digests.keys()
        shown += [claim_digests.get(claim_id) for claim_id in sorted(claims)]
        shown += [context.mark_ids.get((doc, n, use.key)) for n, use in enumerate(domain.marks.get(doc, ()))]
        shown += [labels.get(use.key) for use in domain.cites.get(doc, ())]
        digests[doc] = _digest(shown)
    return digests


def _rendered(builder: Builder, doc: str) -> list[nodes.Node]:
    """Return what a document shows of study aids and figures: its blocks as they come out.

    The blocks are kept for the page, if it is written, so that each is rendered once.
    """
    state = build_state(builder.env)
    assert state is not None
    context, page = state.context, page_of(builder, doc)
    shown: list[nodes.Node] = []
    for use in context.block_uses.get(doc, ()):
        if context.blocks[use.name].is_digested_as_rendered:
            rendered = context.blocks[use.name].render(page, use)
            shown += rendered
            state.rendered.setdefault((doc, use), []).insert(0, rendered)
    return shown


def _checked(book: Book) -> list[object]:
    """Return what a book holds beside its study aids and its figures."""
    return [book.ledger, book.outline, book.provenance, book.sources, book.draft]


def _claim_digest(context: BookContext, claim_id: str) -> str:
    claim = context.book.ledger.by_id[claim_id]
    sources = [context.book.sources.get(item.source) for item in claim.evidence]
    shown = [
        context.reviews[claim_id],
        context.marks.get(claim_id),
        context.home(claim),
        shown_of_claim(context, claim),
    ]
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
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # nothing written yet, or a kill in the middle: write everything
    return stored if isinstance(stored, dict) else {}


HIDDEN = {"where", "places", "root"}
