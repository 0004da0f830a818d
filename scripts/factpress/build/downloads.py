"""The web site as it is published: the other editions lie in it, and its pages name each file with its size.

What a server reads is the folder of the site alone. Its pages are written before the other editions are made, so they
hold a comment where files are to be named; it is filled in a copy of the site, when all sizes are known. A site that
Sphinx alone has made keeps the comments, and names nothing that is not there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from factpress.build.inputs import output_names
from factpress.build.publish import SPHINX_FILES, read_record
from factpress.settings import Settings
from factpress.sphinxext.blocks.register.downloads import BOX, LINE, downloads_box, downloads_line, listed_downloads

SITE, WEB = "site", "html"  #: folder of working files; the output that the site is


def finished_site(settings: Settings, made: Mapping[str, Path], inputs: str) -> Path:
    """Return a copy of the site that was made, with the other editions in it and their names on its pages.

    `made` are the outputs of this build by their names in build/. What was published before stands in the site too, if
    it was made from the same `inputs`.
    """
    site = settings.work / SITE
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(made[WEB], site, ignore=shutil.ignore_patterns(*SPHINX_FILES), copy_function=shutil.copyfile)
    for name, path in _other_outputs(settings, made, inputs):
        shutil.copyfile(path, site / name)
    sizes = {file.name: file.stat().st_size for file in site.iterdir() if file.is_file()}
    listed = listed_downloads(settings, sizes)
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        up = "../" * (len(page.relative_to(site).parts) - 1)
        filled = text.replace(BOX, downloads_box(settings, listed, up)).replace(
            LINE, downloads_line(settings, listed, up)
        )
        if filled != text:
            page.write_text(filled, encoding="utf-8", newline="\n")
    return site


def _other_outputs(settings: Settings, made: Mapping[str, Path], inputs: str) -> Iterator[tuple[str, Path]]:
    yield from ((name, path) for name, path in made.items() if name != WEB)
    for edition, known in read_record(settings.build).inputs.items():
        for name in output_names(settings, edition) if known == inputs else ():
            if name not in made and name != WEB and (settings.build / name).is_file():
                yield name, settings.build / name
