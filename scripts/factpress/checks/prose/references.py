"""Checks of where the pages lead inside the book: pages, files and named places, and the lists of contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from fnmatch import translate
from functools import cached_property
from pathlib import Path

from factpress.files.inside import outside_of
from factpress.files.page_structure import place_id
from factpress.files.yaml.records import did_you_mean
from factpress.model.allowed_markup import active
from factpress.model.prose import CrossReference, Leads, NamedPlace, Page, Prose
from factpress.problems import Problem, problem
from factpress.settings import Settings

ROOT = "index"  #: the page whose contents list begins the book
_SPHINX_PLACES = frozenset({"genindex", "modindex", "search"})  #: that Sphinx itself names


def check_references(prose: Prose, settings: Settings) -> Iterator[Problem]:
    """Yield what leads to a page, a file or a place that is not there, and places that have one name."""
    pages = _Pages(prose)
    yield from check_named_places(pages)
    for page in pages.by_name.values():
        for reference in page.references:
            yield from _reference(reference, page, pages, settings)
    yield from check_contents(pages)
    yield from check_bibliographies(pages)


class _Pages:
    """The pages that the editions have, and what leads to them."""

    def __init__(self, prose: Prose) -> None:
        self.by_name: Mapping[str, Page] = {page.docname: page for page in prose.book if page.is_built}

    @cached_property
    def places(self) -> Mapping[str, tuple[str, NamedPlace]]:
        """Return the named places of the book: the page and the place, by name."""
        places: dict[str, tuple[str, NamedPlace]] = {}
        for docname, page in self.by_name.items():
            for place in page.targets:
                places.setdefault(place.name, (docname, place))
        return places

    def near(self, name: str) -> str:
        return did_you_mean(name, [*self.by_name, *self.places])


def check_named_places(pages: _Pages) -> Iterator[Problem]:
    """Yield places with the name of another."""
    for page in pages.by_name.values():
        for place in page.targets:
            first = pages.places[place.name][1]
            if first is not place and not place.name.startswith("figure-"):  # a figure is counted as such
                yield problem("place-twice", place.where, first=first.where, name=place.name)


def _reference(reference: CrossReference, page: Page, pages: _Pages, settings: Settings) -> Iterator[Problem]:
    target, where = reference.target, reference.where
    leads_out = outside_of(settings.docs, settings.docs / Path(page.docname).parent)
    path = re.split("[#?]", target)[0] if reference.kind in (Leads.LINK, Leads.DOWNLOAD) else ""
    if path and (leads_out(path) or active(path)):
        return  # refused when the page was read
    match reference.kind:
        case Leads.DOC:
            if (docname := _joined(page.docname, target)) not in pages.by_name:
                yield problem("page-unknown", where, page=target, near=pages.near(docname))
        case Leads.DOWNLOAD:
            if "://" not in target and not _path(page, target, settings).is_file():
                yield problem("file-unknown", where, file=target)
        case Leads.REF:
            yield from _to_place(target.lower(), reference, pages, titled=not reference.has_words)
        case Leads.LINK:
            yield from _link(reference, page, pages, settings)


def _link(reference: CrossReference, page: Page, pages: _Pages, settings: Settings) -> Iterator[Problem]:
    """Follow a link of Markdown as MyST 5.2 does: a place of this page or of any, a page by its file, another file."""
    path, _, name = reference.target.partition("#")
    if not path:
        if name not in _names(page) and _joined(page.docname, name) not in pages.by_name:
            yield from _to_place(name, reference, pages, titled=False)
        return
    file = _path(page, path, settings)
    if file.is_file() and not path.endswith(".md"):
        return
    docname = file.relative_to(settings.docs).with_suffix("").as_posix() if file.is_file() else ""
    if not docname:
        known = _joined(page.docname, reference.target) in pages.by_name or reference.target.lower() in pages.places
        if not known:
            yield problem("page-unknown", reference.where, page=reference.target or "“”", near=pages.near(path))
    elif docname not in pages.by_name:
        yield problem("page-unknown", reference.where, page=path, near=pages.near(docname))
    elif name and name not in _own_names(pages.by_name[docname]):
        near = did_you_mean(name, _own_names(pages.by_name[docname]))
        yield problem("place-unknown", reference.where, page=path, name=name, near=near)


def _to_place(name: str, reference: CrossReference, pages: _Pages, *, titled: bool) -> Iterator[Problem]:
    found = pages.places.get(name.lower())
    if found is None and name.lower() not in _SPHINX_PLACES:
        yield problem("place-unknown", reference.where, page="the book", name=name, near=pages.near(name))
    elif found and titled and not found[1].titled:
        yield problem("place-untitled", reference.where, name=name)


def _own_names(page: Page) -> set[str]:
    """Return the names that an author gave to places of a page, and the ids that are made of them."""
    return {each for place in page.targets for each in (place.name, place_id(place.name))}


def _names(page: Page) -> set[str]:
    """Return the names of places that a page itself may lead to: its headings too."""
    words = {" ".join(heading.lower().split()) for heading in page.headings}
    return _own_names(page) | words | {place_id(heading) for heading in words}


def _joined(docname: str, name: str) -> str:
    """Return the page that a name means on a page, as Sphinx joins them."""
    return posixpath.normpath(posixpath.join(f"/{posixpath.dirname(docname)}", name)).lstrip("/")


def _path(page: Page, path: str, settings: Settings) -> Path:
    return settings.docs / _joined(page.docname, path)


def check_contents(pages: _Pages) -> Iterator[Problem]:
    """Yield entries of lists of contents that lead nowhere, pages that are listed twice, and those that are not."""
    first: dict[str, Page] = {}
    for page in sorted(pages.by_name.values(), key=lambda each: each.docname != ROOT):
        for contents in page.contents:
            left = [name for name in pages.by_name if name != page.docname]
            for entry in contents.entries:
                if "://" in entry:
                    continue
                joined = _joined(page.docname, entry.removesuffix(".md"))
                if contents.glob and re.search(r"[*?\[]", entry):
                    found = [name for name in left if re.fullmatch(translate(joined), name)]
                else:
                    found = [joined] if joined in pages.by_name and joined not in (page.docname, ROOT) else []
                if not found:
                    yield problem("page-unknown", contents.where, page=entry, near=pages.near(joined))
                for name in found:
                    if name in first and not (contents.glob and name not in left):
                        yield problem("contents-twice", contents.where, page=name, first=first[name].file)
                    first.setdefault(name, page)
                    left = [other for other in left if other != name]
                    # of a chapter, the checks of chapters say it
                    if not pages.by_name[name].title and not pages.by_name[name].in_chapters:
                        yield problem("contents-untitled", contents.where, page=name)
    for docname, page in pages.by_name.items():
        if docname != ROOT and docname not in first and not page.orphan:
            yield problem("contents-without", page.where)


def check_bibliographies(pages: _Pages) -> Iterator[Problem]:
    """Yield lists of the sources after the first."""
    listed = [box for page in pages.by_name.values() for box in page.directives_named("bibliography")]
    for box in listed[1:]:
        yield problem("bibliography-twice", box.where, first=listed[0].where)
