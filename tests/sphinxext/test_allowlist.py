"""What a setting opens, and what none does: files outside docs/, the network, and programs in the reader's browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from workshop import Workshop, text_of

from cleanbook import copy_book
from factpress.checks import check_book
from factpress.model.allowed_markup import (
    DIRECTIVES,
    NEVER,
    OF_LEDGER,
    ROLES,
    leads_out,
    split_options,
    svg_acts,
    svg_in_ink,
)
from factpress.problems import UsageError
from factpress.settings import read_settings
from factpress.sphinxext.blocks.registry import BLOCKS

SUBJECTS = 'subjects = ["treaties"]'
PLACE = "## What the sources say\n"


def opened(shop: Workshop, *names: str) -> Workshop:
    listed = ", ".join(f'"{name}"' for name in names)
    shop.edit("pyproject.toml", SUBJECTS, f"{SUBJECTS}\nallow-directives = [{listed}]")
    return shop


def codes(shop: Workshop) -> list[str]:
    return [one.code for one in check_book(read_settings(shop.root)).problems]


def test_a_setting_opens_a_directive_inside_docs(workshop: Workshop) -> None:
    opened(workshop, "include", "literalinclude")
    workshop.write("docs/shared.txt", "Words of two pages {cite:p}`holm1851`.\n")
    text = "```{include} ../shared.txt\n```\n\n```{literalinclude} /shared.txt\n```\n\n"
    workshop.edit("docs/chapters/02-today.md", PLACE, text + PLACE)
    assert codes(workshop) == []
    built = workshop.build("html")
    assert built.warnings == ""
    assert text_of(built.page("chapters/02-today")).count("Words of two pages") == 2


@pytest.mark.parametrize(
    "text",
    [
        "```{include} ../../secret.txt\n```",
        "```{include} /../secret.txt\n```",
        "```{literalinclude} ../../secret.txt\n```",
        "```{literalinclude} /shared.txt\n:diff: ../../secret.txt\n```",
        "```{include} /shared.txt\n:parser: rst\n```",
        "```{include} /leads.txt\n```",
    ],
)
def test_no_setting_opens_files_outside_docs(text: str, workshop: Workshop) -> None:
    opened(workshop, "include", "literalinclude")
    workshop.write("secret.txt", "nobody may read this\n")
    workshop.write("docs/shared.txt", "shared\n")
    (workshop.docs / "leads.txt").symlink_to(workshop.root / "secret.txt")
    workshop.edit("docs/chapters/02-today.md", PLACE, f"{text}\n\n{PLACE}")
    assert {"path-refused", "directive-option"} & set(codes(workshop))
    assert "nobody may read this" not in text_of(workshop.build("html").page("chapters/02-today"))


def test_what_is_included_is_read_by_the_same_table(workshop: Workshop) -> None:
    opened(workshop, "include")
    workshop.write("secret.txt", "nobody may read this\n")
    workshop.write("docs/shared.txt", "```{include} /../secret.txt\n```\n\n<script>go()</script>\n")
    workshop.edit("docs/chapters/02-today.md", PLACE, f"```{{include}} /shared.txt\n```\n\n{PLACE}")
    page = workshop.build("html").page("chapters/02-today")
    assert "nobody may read this" not in text_of(page)
    assert not page.xpath("//script[contains(., 'go()')]")


@pytest.mark.parametrize("name", sorted(NEVER))
def test_no_setting_opens_what_runs_or_asks(name: str, workshop: Workshop) -> None:
    with pytest.raises(UsageError, match=name):
        read_settings(opened(workshop, name).root)


@pytest.mark.parametrize("name", ["chapters/03-leads.md", "claims/03-leads.yaml", "pictures"])
def test_symbolic_links_out_of_the_book_are_problems(name: str, tmp_path: Path) -> None:
    root = copy_book(tmp_path / "book")
    outside = tmp_path / "outside"
    outside.mkdir()
    target = outside if name == "pictures" else outside / "file"
    (outside / "file").write_text("# nobody may read this\n", encoding="utf-8")
    (root / "docs" / name).symlink_to(target)
    found = [one for one in check_book(read_settings(root)).problems if one.code == "link-out-of-book"]
    assert [one.where.file for one in found] == [f"docs/{name}"]


def test_a_bibliography_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    root = copy_book(tmp_path / "book")
    (root / "references.bib").rename(tmp_path / "references.bib")
    (root / "references.bib").symlink_to(tmp_path / "references.bib")
    assert "link-out-of-book" in {one.code for one in check_book(read_settings(root)).problems}


def test_the_table_names_every_block_of_every_book() -> None:
    assert {block.name for block in BLOCKS} == {*OF_LEDGER, "book-figure"}
    assert set(OF_LEDGER) <= set(DIRECTIVES)
    assert not NEVER.keys() & DIRECTIVES.keys()
    assert not {"raw", "math", "eval-rst", "pep", "rfc"} & ROLES


@pytest.mark.parametrize(
    ("content", "options", "malformed"),
    [
        (":alt: words\n:width: 50%\n\nText", {"alt": "words", "width": "50%"}, 0),
        ("---\nalt: words\n---\nText", {"alt": "words"}, 0),
        ("Text\n:alt: words", {}, 0),
        ('---\n"file": x\n---\n', {}, 1),
        (':"file": x', {}, 1),
        ("---\nalt: |\n  more\n---", {"alt": "|"}, 2),
        (":::{note}\n:::", {}, 0),
    ],
)
def test_options_are_read_as_myst_reads_them(content: str, options: dict[str, str], malformed: int) -> None:
    found, wrong = split_options(content)
    assert (found, len(wrong)) == (options, malformed)


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://www.example.org/a:b", False),
        ("mailto:a@example.org", False),
        ("chapters/01.html#p1-1", False),
        ("#javascript:x", False),
        ("javascript:go()", True),
        (" java\tscript:go()", True),
        ("JAVASCRIPT:go()", True),
        ("data:text/html,x", True),
        ("file:///etc/passwd", True),
    ],
)
def test_a_finished_page_links_by_three_schemes(address: str, leads: bool) -> None:
    assert leads_out(address) is leads


@pytest.mark.parametrize(
    "inside",
    [
        "<script>go()</script>", "<svg:script/>", '<a href="javascript:go()"/>', '<image href="http://x/y"/>',
        '<use xlink:href="other.svg#a"/>', "<foreignObject/>", '<rect onload="go()"/>', "<set/>", "<animate/>",
        "<style>@import 'x'</style>", '<rect fill="url(http://x)"/>', '<!DOCTYPE svg [<!ENTITY x "y">]>',
        '<?xml-stylesheet href="x"?>', '<image href="data:image/svg+xml,x"/>',
    ],
)  # fmt: skip
def test_a_drawing_that_acts_is_known(inside: str) -> None:
    assert svg_acts(f"<svg>{inside}</svg>")


def test_a_plain_drawing_is_one() -> None:
    plain = '<?xml version="1.0"?><!-- drawn --><svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/>'
    assert not svg_acts(f'{plain}<image href="data:image/png;base64,AA=="/><g clip-path="url(#b)"/></svg>')


@pytest.mark.parametrize(
    ("colour", "refused"),
    [
        ('fill="device-cmyk(0 1 1 0)"', True),
        ('style="fill: DEVICE-CMYK(0% 100% 100% 0%)"', True),
        ('fill="color(device-cmyk 0 1 1 0)"', True),
        ('fill="&#100;evice-cmyk(0 1 1 0)"', True),
        (r'style="fill: \64 evice\-cmyk(0 1 1 0)"', True),
        ('fill="#c00"', False),
        ('fill="rgb(200 0 0)"', False),
    ],
)
def test_a_drawing_with_colours_of_inks_is_refused(colour: str, refused: bool) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1" {colour}/></svg>'
    assert svg_in_ink(drawing) == refused
