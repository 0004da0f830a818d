"""The Sphinx builder `pdf`: light pages of its own markup, one a document, laid out by WeasyPrint and joined."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.display import progress_message
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from factpress.files.atomic import write_atomically
from factpress.model.dates import in_words
from factpress.model.prose import chapter_number
from factpress.press.fonts import write_font_faces
from factpress.press.layout.book import PrintJob, print_volumes
from factpress.press.layout.cache import Part
from factpress.press.layout.part_layout import BookStyle
from factpress.press.layout.workers import WorkerPool
from factpress.press.qr_codes import load_cache, save_cache
from factpress.press.tagged_pdf.attachments import Attachment
from factpress.problems import BookError
from factpress.sphinxext import log
from factpress.sphinxext.blocks.editions import Edition, page_of
from factpress.sphinxext.blocks.figures import IF_PRINTED
from factpress.sphinxext.blocks.footnotes import set_at_foot, words_of_title
from factpress.sphinxext.blocks.printed.handouts import ChapterEdition
from factpress.sphinxext.blocks.printed.print_editions import PAGE_OF, PrintEdition
from factpress.sphinxext.blocks.title_page import about_the_book
from factpress.sphinxext.builders.export import attachments
from factpress.sphinxext.builders.join_documents import join_documents, mark_cross_part_links, place_in_document
from factpress.sphinxext.builders.source_location import located_in_source
from factpress.sphinxext.builders.volumes import PRINTED, THEME, WHOLE, PrintedVolume, printed_volumes, stands_in
from factpress.sphinxext.context import BookContext, book_context, build_state, cite_domain
from factpress.sphinxext.nodes import element, link, make

PARTS = "parts"  #: folder of what the next time can take over, for each volume
#: an address in running text, without the punctuation that follows it
ADDRESS = re.compile(r"((?:[a-z][a-z+.-]*://|\bwww\.)[^\s<>\u201c\u201d]*[^\s<>\u201c\u201d.,;:!?’)\]])")
RULES = 18  #: lines to write on, of a page for notes
DEEPEST = 3  #: level of the headings that the contents list


@dataclass
class _Draft:
    """A volume on its way from documents to pages."""

    printed: PrintedVolume
    parts: list[element]  #: documents, filled and joined
    pages: list[Part] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """Return the ids of all its elements."""
        return {
            node_id for part in self.parts for node in part.findall(nodes.Element) for node_id in node.get("ids", ())
        }


class PdfBuilder(SingleFileHTMLBuilder):
    """Writes the volumes of a book, each a PDF; of another project one PDF. The web theme has no part in it."""

    name = "pdf"
    epilog = "The PDF is in %(outdir)s."
    search = False
    download_support = False  # a file beside the book has no place in it: its words are shown
    add_permalinks = False
    edition: Edition = PrintEdition()  #: of the volume that is being filled

    def init(self) -> None:
        """Start the processes of the layout, which get ready while the pages are read."""
        super().init()
        self.workers = WorkerPool()
        self.events.connect("build-finished", lambda *_: self.workers.stop(), 500)

    def write_documents(self, _docnames: Set[str]) -> None:
        """Join and fill the documents of each volume, and write a page for each, which is laid out apart."""
        self.prepare_writing(self.env.all_docs.keys())
        self.sources: dict[str, Path] = {}
        self.imgpath = "_images"
        self.secnumbers, self.fignumbers = {}, {}  # only chapters are numbered, in their titles
        codes = Path(self.outdir) / "codes.json"
        load_cache(codes)
        with progress_message("joining the documents", nonl=False):
            self.drafts = [self._draft(printed) for printed in self._volumes()]
            ids = {draft.printed.volume.name: draft.ids for draft in self.drafts}
            for draft in self.drafts:
                _lead_to_volumes(draft, ids)
                mark_cross_part_links(draft.parts)
                draft.pages = list(self._write_pages(draft))
        save_cache(codes)
        written = {part.page for draft in self.drafts for part in draft.pages}
        for page in set(Path(self.outdir).glob("*/d-*.html")) - written:
            page.unlink()

    def _volumes(self) -> list[PrintedVolume]:
        context = book_context(self.env)
        if not context.is_book:
            return [WHOLE]
        settings = replace(
            context.settings,
            large_print=bool(self.config.factpress_large_print),
            chapter_handouts=tuple(self.config.factpress_chapter_handouts),
        )
        return printed_volumes(settings)

    def _draft(self, printed: PrintedVolume) -> _Draft:
        """Return the documents of a volume, each filled as its edition has it."""
        context, root = book_context(self.env), self.config.root_doc
        self.edition = printed.edition
        state = build_state(self.env)
        assert state is not None
        state.rendered.clear()  # for the digests of pages, by another edition
        tree = inline_all_toctrees(self, set(), root, self.env.get_doctree(root), str, [root])
        tree["docname"] = root
        for start in list(tree.findall(addnodes.start_of_file)):  # side by side: those in others too
            start.parent.remove(start)
            tree.append(start)
        for document in list(tree.findall(addnodes.start_of_file)):
            if not stands_in(printed, document["docname"], self.env, context):
                tree.remove(document)
            else:
                printed.edition.cut(document, document["docname"], page_of(self, document["docname"]))
        starts = [start for start in tree.children if isinstance(start, addnodes.start_of_file)]
        for start in starts:
            tree.remove(start)
        printed.edition.cut(tree, root, page_of(self, root))
        tree += starts
        _empty_citations(self.env)
        self.env.resolve_references(tree, root, self)
        parts = printed.edition.in_order(join_documents(tree, root), context)
        _classify(parts, root, self._is_chapter)
        for part in parts:
            if printed.edition.runs_on(part["docname"], context):
                part["classes"].append("runs-on")
            printed.edition.complete(part, page_of(self, part["docname"]))
            place_in_document(part, part["docname"])
            set_at_foot(part)
        if not printed.is_handout:
            parts[0].append(_contents(parts[1:], context.say("contents"), sections=printed.lists_sections))
        return _Draft(printed, [part for part in parts if part.children])

    def _write_pages(self, draft: _Draft) -> Iterator[Part]:
        """Write a page of HTML for each part, and yield the parts."""
        folder = Path(self.outdir) / draft.printed.volume.name
        folder.mkdir(exist_ok=True)
        for number, together in enumerate(_running_on(draft.parts)):
            page = folder / f"{together[0]['ids'][0]}.html"
            self.sources[str(page)] = Path(self.env.doc2path(together[0]["docname"]))
            body = "".join(self._body(part) for part in together)
            body = f'<div class="flow">{body}</div>' if len(together) > 1 else body
            if draft.printed.blank_to and number and together[-1] is draft.parts[-1]:
                yield self._blank_pages(folder, draft.printed.blank_to)
            write_atomically(page, self._page(body, draft.printed, whole_book=number == 0))
            yield Part(page, lists_pages=any(map(_lists_pages, together)))

    def _blank_pages(self, folder: Path, multiple: int) -> Part:
        """Write the page of ruled pages for notes, as many as may be needed."""
        page = folder / "d-blank-pages.html"
        sections = [_ruled_page(book_context(self.env).say("blank-pages")) for _ in range(multiple - 1)]
        write_atomically(page, self._page(self._body(make("div", *sections)), PRINTED["booklet"], whole_book=False))
        return Part(page, fills=multiple)

    def _is_chapter(self, docname: str) -> bool:
        if book_context(self.env).is_book:
            return is_chapter_of_book(docname)
        return docname != self.config.root_doc

    def _body(self, part: element) -> str:
        document = new_document("", self.docsettings)
        document += part
        self.post_process_images(document)
        _keep_together(document)
        _bind_to_word_before(document)
        _name_addresses(document)
        visitor = self.create_translator(document, self)
        document.walkabout(visitor)
        return "".join(visitor.fragment)

    def finish(self) -> None:
        """Lay out what changed, and join it with what did not."""
        self.copy_image_files()
        pictures = Path(self.outdir) / self.imgpath
        for draft in self.drafts if pictures.is_dir() else ():
            # a page is laid out in the folder of its volume, and reads nothing outside of it
            shutil.copytree(pictures, Path(self.outdir) / draft.printed.volume.name / self.imgpath, dirs_exist_ok=True)
        settings = book_context(self.env).settings
        faces = Path(self.outdir) / "faces.css"
        css = write_font_faces(Path(self.outdir) / "fonts", woff2=False, base_url="fonts/", extra=settings.faces)
        write_atomically(faces, css)
        self._lay_out(faces)

    def _lay_out(self, faces: Path) -> None:
        """Write the PDFs of all volumes, which name each other's pages."""
        context = book_context(self.env)
        carried = attachments(context) if context.is_book else []
        with progress_message("laying out the pages", nonl=False):
            try:
                print_volumes([self._job(draft, faces, carried) for draft in self.drafts], self.workers)
            except BookError as error:
                problems = [located_in_source(problem, self.sources, context.settings) for problem in error.problems]
                log.log_problems(problems)
                raise SphinxError("no PDF was written") from BookError(problems)

    def _job(self, draft: _Draft, faces: Path, carried: Sequence[Attachment]) -> PrintJob:
        out, context, printed = Path(self.outdir), book_context(self.env), draft.printed
        styles = [faces, *(THEME / name for name in printed.styles)]
        outer = "pn" if printed.is_mirrored else ""
        return PrintJob(
            printed.volume.name, out / printed.volume.file(context.settings), draft.pages,
            BookStyle(self.config.html_title, styles, outer_class=outer, is_mirrored=printed.is_mirrored),
            cache_folder=out / PARTS / printed.volume.name, rights=_rights(context, self.config),
            licence=context.settings.licence_url, attachments=[] if printed.is_handout else carried,
        )  # fmt: skip

    def _page(self, body: str, printed: PrintedVolume, *, whole_book: bool) -> str:
        context = book_context(self.env)
        title = html.escape(_title(context, printed, self.config.html_title))
        # what changes with every finding stands in one part only: the others would be laid out again for it
        about = html.escape(about_the_book(context) if whole_book and context.is_book else context.settings.subtitle)
        return (
            f'<!doctype html>\n<html lang="{self.config.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{title}</title>\n"
            f'<meta name="author" content="{html.escape(self.config.author)}">\n'
            f'<meta name="description" content="{about}">\n'
            f'<meta name="generator" content="factpress">\n'
            f'<meta name="dcterms.created" content="{context.date}">\n'
            f'<meta name="dcterms.modified" content="{context.date}">\n'
            f"</head>\n<body>\n{body}\n</body>\n</html>\n"
        )


def _ruled_page(title: str) -> element:
    """Return a page to write on; what stands over it is not a heading, because nothing follows it."""
    rules = [make("div", classes="rule") for _ in range(RULES)]
    return make("section", make("p", title, classes="blank-title"), *rules, classes="blank")


def _empty_citations(env: BuildEnvironment) -> None:
    """Empty the citations of the list of sources: its transform adds their text again for each volume."""
    for bibliography in cite_domain(env).bibliographies.values():
        for node in bibliography.citation_nodes.values():
            node.children = []


def _title(context: BookContext, printed: PrintedVolume, title: str) -> str:
    """Return the title of a volume, for its metadata."""
    name = printed.volume.name
    if isinstance(printed.edition, ChapterEdition):
        return context.say("title-of-chapter", title=title, number=printed.edition.chapter)
    return context.say(f"title-of-{name}", title=title) if printed is not WHOLE and printed.volume.suffix else title


def _running_on(parts: Sequence[element]) -> Iterator[list[element]]:
    """Yield the parts that stand on pages of their own, each with those that follow it without a new page."""
    together: list[element] = []
    for part in parts:
        if together and "runs-on" not in part["classes"]:
            yield together
            together = []
        together.append(part)
    if together:
        yield together


def _lead_to_volumes(draft: _Draft, ids: Mapping[str, Set[str]]) -> None:
    """Let what leads to another volume say its page there, and what leads to none lead nowhere."""
    own = ids[draft.printed.volume.name]

    def home(anchor: str) -> str:
        return next((name for name, there in ids.items() if anchor in there), "")

    for part in draft.parts:
        for node in list(part.findall(nodes.Element)):
            if isinstance(node, element) and "pages" in node["classes"]:
                named = [anchor.removeprefix("#") for anchor in node["attributes_"]["data-to"].split()]
                found = [a if a in own else f"{home(a)}:{a}" for a in named if a in own or home(a)]
                node["attributes_"]["data-to"] = " ".join(f"#{anchor}" for anchor in found)
            uri = str(node.get("refuri", ""))
            if not uri.startswith("#") or uri[1:] in own:
                continue
            if isinstance(node, element) and "page-ref" in node["classes"]:
                if home(uri[1:]):
                    node["refuri"] = f"#{home(uri[1:])}:{uri[1:]}"
                else:
                    lost = node.parent if PAGE_OF in node.parent["classes"] else node
                    lost.parent.remove(lost)
            elif IF_PRINTED in node.parent.get("classes", ()):
                node.parent.parent.remove(node.parent)
            else:
                _unlink(node)


def _unlink(node: nodes.Element) -> None:
    """Leave the words of a link, with its id and its classes, and not the link."""
    if isinstance(node, element) and node["tag"] == "a":
        node["tag"] = "span"
        del node["refuri"]
    elif isinstance(node, nodes.reference):
        node.replace_self(
            make("span", *node.children, ids=next(iter(node["ids"]), ""), classes=" ".join(node["classes"]))
        )


def _rights(context: BookContext, config: Config) -> str:
    if not context.is_book:
        return str(config.copyright)
    licence, date = context.settings.licence, in_words(context.date)
    return context.say("rights" if licence else "rights-unset", licence=licence, date=date)


def _lists_pages(part: element) -> bool:
    """Return whether a part says on which pages of other parts something stands, as an index does."""
    return any("pages" in node["classes"] for node in part.findall(element) if node["tag"] == "span")


def _keep_together(document: nodes.document) -> None:
    """Let no line begin with a dot between two things, or end with the sign before a paragraph's number."""
    for text in list(document.findall(nodes.Text)):
        bound = text.replace(" · ", "\u00a0· ").replace("¶ ", "¶\u00a0")
        if bound != text and not isinstance(text.parent, nodes.raw):
            text.parent.replace(text, nodes.Text(bound))


UNBROKEN = 24  #: characters of a citation that stands on one line
BOUND = frozenset(("bibtex-citation", "mark", "src", "fn"))  #: classes of what never begins a line


def _bind_to_word_before(document: nodes.document) -> None:
    """Let no line begin with a citation or a mark: each stays with the word before it."""
    for node in list(document.findall(nodes.Element)):
        if not BOUND & set(node.get("classes", ())) or node.parent is None:
            continue
        if "bibtex-citation" in node["classes"] and len(node.astext()) <= UNBROKEN:
            node["classes"].append("short")
        at = node.parent.index(node)
        before = node.parent[at - 1] if at else None
        if isinstance(before, nodes.Text) and before.rstrip(" \n") != before and not isinstance(node.parent, nodes.raw):
            node.parent.replace(before, nodes.Text(f"{before.rstrip()}\u00a0"))


def _name_addresses(document: nodes.document) -> None:
    """Set the addresses in running text apart: none is hyphenated, and typed from paper it is the same."""
    for text in list(document.findall(nodes.Text)):
        if ("://" not in text and "www." not in text) or isinstance(text.parent, nodes.raw | nodes.FixedTextElement):
            continue
        parts = ADDRESS.split(text)
        if len(parts) > 1:
            made = [
                make("span", part, classes="address") if odd % 2 else nodes.Text(part)
                for odd, part in enumerate(parts)
                if part
            ]
            text.parent.replace(text, made)


def is_chapter_of_book(docname: str) -> bool:
    """Return whether a document is a chapter of a book by its name."""
    return chapter_number(docname) is not None


def _classify(parts: list[element], root: str, is_chapter: Callable[[str], bool] = is_chapter_of_book) -> None:
    """Name each part front, chapter or back."""
    chapters = [position for position, part in enumerate(parts) if is_chapter(part["docname"])]
    for position, part in enumerate(parts):
        before = not chapters or position < chapters[0]
        part["classes"].append("chapter" if position in chapters else "front" if before else "back")
        if part["docname"] == root:
            part["classes"].append("title-page")


def _contents(parts: list[element], heading: str, *, sections: bool) -> element:
    """Return the table of contents: titles, and the sections of chapters if asked for, with page numbers."""
    items = []
    for part in parts:
        titles = [title for section in part.findall(nodes.section) if (title := section.next_node(nodes.title))]
        below = titles[1:] if sections and "chapter" in part["classes"] else []
        listed = [make("li", _entry(title)) for title in below if _depth(title) <= DEEPEST]
        inner = [make("ol", *listed)] if listed else []
        if titles:
            items.append(make("li", _entry(titles[0]), *inner))
    return make("nav", make("h2", heading), make("ol", *items), classes="contents", aria_label=heading)


def _depth(title: nodes.Node) -> int:
    """Return the level of a heading: 1 is that of the document."""
    depth, above = 0, title.parent
    while above is not None:
        depth += isinstance(above, nodes.section)
        above = above.parent
    return depth


def _entry(title: nodes.title) -> element:
    uri = f"#{title.parent['ids'][0]}"
    reference = make("span", "00", classes="page-ref right")
    reference["refuri"] = uri
    return make("div", link(uri, words_of_title(title)), make("span", classes="dots"), reference, classes="line")
