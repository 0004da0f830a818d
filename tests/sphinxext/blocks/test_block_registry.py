"""The table of blocks: each is rendered once for its digest and its page, and has its words looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from studied import studied
from workshop import ALL, Workshop, text_of

from factpress.sphinxext.blocks import registry
from factpress.sphinxext.blocks.page import EditionPage
from factpress.sphinxext.domain import BlockUse


def test_no_two_blocks_share_a_name() -> None:
    assert len({block.name for block in registry.BLOCKS}) == len(registry.BLOCKS)


@pytest.mark.parametrize("kind", ALL)
def test_a_block_is_rendered_once_for_its_digest_and_its_page(tmp_path: Path, kind: str) -> None:
    rendered: Counter[tuple[str, BlockUse]] = Counter()

    def counted(block: registry.Block) -> registry.Block:
        def render(page: EditionPage, use: BlockUse) -> list[Any]:
            rendered[page.docname, use] += 1
            return block.render(page, use)

        return replace(block, render=render)

    def blocks_of(subjects: Any, real: Any = registry.blocks_of) -> Mapping[str, registry.Block]:
        return {name: counted(block) for name, block in real(subjects).items()}

    workshop = studied(tmp_path)
    with patch.object(registry, "blocks_of", blocks_of):
        assert workshop.build(kind).warnings == ""
    names = {use.name for _, use in rendered}
    expected = {"timeline", "glossary-terms", "treaties", "book-index", "claims-register"}
    assert expected - ({"claims-register"} if kind == "pdf" else set()) <= names  # the record has one of its own
    if kind == "pdf":  # each volume renders what it prints
        return
    # the tables of contents of an EPUB make Sphinx fill its first page again
    assert {count for (doc, _), count in rendered.items() if (kind, doc) != ("epub", "index")} == {1}


def test_a_block_stands_twice_on_a_page(tmp_path: Path) -> None:
    """What was rendered for the digest is taken once, not shared by two places of a tree."""
    workshop = studied(tmp_path)
    workshop.write("docs/back/reading.md", "# Reading\n\n:::{reading-list}\n:::\n\nAgain.\n\n:::{reading-list}\n:::\n")
    first, second = workshop.build("html").page("back/reading").xpath("//ul[@class='reading']")
    assert text_of(first) == text_of(second) != ""


@pytest.mark.parametrize("kind", ALL)
def test_words_that_name_nothing_are_warned_of_once_with_their_line(workshop: Workshop, kind: str) -> None:
    workshop.edit(
        "docs/chapters/02-today.md", "## What the sources say", ":::{article-said} C999\n:::\n\n## What the sources say"
    )
    warnings = workshop.build(kind).warnings
    assert warnings.count("no ledger file has the claim C999") == 1
    assert "02-today.md:" in warnings
