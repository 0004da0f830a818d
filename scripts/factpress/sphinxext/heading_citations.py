"""Citations in headings: contents, titles of pages and bookmarks show their label, `[12]`, not the key of the source.

Sphinx copies a heading for these while a page is read, when no label is known, and of a citation takes what was
written. So each citation of a heading gets a frame that is copied too, and is filled once all is read.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from factpress.sphinxext.bibliography.citation_domain import CitationDomain
from factpress.sphinxext.context import cite_domain
from factpress.sphinxext.nodes import heading_citation


class FrameCitations(SphinxTransform):
    """Put a frame around each citation in a heading."""

    default_priority = 430  # after chapters are numbered, before Sphinx collects titles

    def apply(self, **kwargs: object) -> None:
        """Change the tree that was just parsed."""
        for title in self.document.findall(nodes.title):
            for node in list(title.findall(addnodes.pending_xref)):
                if node.get("refdomain") == "cite":
                    frame = heading_citation("", kind=node["reftype"], target=node["reftarget"])
                    node.parent.replace(node, frame)
                    frame += node


def label_titles(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Fill the frames in the copies of headings; handler of `env-updated`."""
    domain = cite_domain(env)
    assert isinstance(domain, CitationDomain)
    for table in (env.titles, env.longtitles, env.tocs):
        for docname, title in table.items():
            for frame in title.findall(heading_citation):
                keys = {target.key for target in parse_citation_targets(frame["target"])}
                if keys <= domain.index.keys():  # an unknown key is reported where it is cited
                    cited = domain.resolve_xref(
                        env, docname, app.builder, frame["kind"], frame["target"], frame, frame
                    )  # fmt: skip
                    frame.children = []
                    frame += nodes.Text(cited.astext())
    return []
