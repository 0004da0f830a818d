"""The generated booklet keeps its promises: the same bytes, the sizes promised, no problems."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pybtex.database import parse_file
from ruamel.yaml import YAML

from factpress.cli.main import main

from .baseline import write_baseline
from .generate import CITATIONS, CLAIMS, SOURCES, WORDS, edit_one_word, generate

MARK = re.compile(r"\{(claim|cite:p)\}`([^`]*)`")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    generate(tmp_path / "book", 2)
    return tmp_path / "book"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def prose(chapter: Path) -> list[str]:
    """Return the numbered paragraphs of a chapter."""
    narrative = chapter.read_text(encoding="utf-8").partition("\n## ")[2].partition("\n## What the sources say")[0]
    blocks = [block.strip() for block in narrative.split("\n\n")[1:]]
    return [block for block in blocks if block and not block.startswith(("#", ":::"))]


def load(file: Path) -> list[dict[str, object]]:
    return list(YAML(typ="safe").load(file))


def test_the_same_seed_gives_the_same_bytes(book: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", 2)
    generate(tmp_path / "other", 2, seed=2)
    assert contents(book) == contents(tmp_path / "again")
    assert contents(book) != contents(tmp_path / "other")


def test_a_chapter_has_the_words_citations_and_claims_promised(book: Path) -> None:
    for chapter in sorted((book / "docs/chapters").glob("*.md")):
        paragraphs = prose(chapter)
        marks = Counter(mark[1] for mark in MARK.finditer("\n".join(paragraphs)))
        assert len(MARK.sub("", " ".join(paragraphs)).replace(" .", ".").split()) == WORDS
        assert marks == {"claim": CLAIMS, "cite:p": CITATIONS}
        assert all(MARK.search(paragraph) for paragraph in paragraphs)


def test_every_source_is_cited_and_of_several_types(book: Path) -> None:
    text = "".join(chapter.read_text(encoding="utf-8") for chapter in (book / "docs/chapters").glob("*.md"))
    cited = {mark[2].partition("{")[0] for mark in MARK.finditer(text) if mark[1] == "cite:p"}
    sources = parse_file(book / "references.bib").entries
    assert cited == set(sources)
    assert len(sources) == 2 * SOURCES
    assert len({entry.type for entry in sources.values()}) >= 5


def test_the_ledger_loads_and_its_findings_have_what_their_verdicts_need(book: Path) -> None:
    claims = [claim for file in sorted((book / "docs/claims").glob("[0-9]*.yaml")) for claim in load(file)]
    assert [claim["id"] for claim in claims] == [f"C{n:03d}" for n in range(1, 2 * CLAIMS + 1)]
    for claim in claims:
        finding = claim["finding"]
        assert isinstance(finding, dict)
        assert ("correction" in finding) == (finding["verdict"] in ("partly-supported", "contradicted"))
        assert ("searched" in finding) == (finding["verdict"] == "not-found")
        assert len(finding["evidence"]) == 2
        assert all(len(item["quote"].split()) <= 15 for item in finding["evidence"])


def test_a_hundred_chapters_keep_names_of_two_digits(tmp_path: Path) -> None:
    generate(tmp_path, 100)
    names = sorted(file.name[:3] for file in (tmp_path / "docs/claims").glob("[0-9][0-9]-*.yaml"))
    assert names == [f"{n:02d}-" for n in range(100)]
    with pytest.raises(ValueError, match="1 to 100"):
        generate(tmp_path, 101)


def test_an_edit_changes_one_word_of_one_chapter_each_time(book: Path) -> None:
    for number in range(3):
        before = contents(book)
        edit_one_word(book / "docs", number)
        after = contents(book)
        changed = [name for name in before if before[name] != after[name]]
        assert len(changed) == 1
        words = zip(before[changed[0]].split(), after[changed[0]].split(), strict=True)
        assert sum(old != new for old, new in words) == 1


def test_the_baseline_has_the_words_and_none_of_the_markup(book: Path, tmp_path: Path) -> None:
    write_baseline(book, tmp_path / "plain")
    text = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "plain").rglob("*.md"))
    assert "{claim" not in text
    assert ":::" not in text
    assert text.count("C007 ✓ Supported") == 3  # its mark, its entry and its row in the register
    for claim in load(next((book / "docs/claims").glob("01-*.yaml"))):
        assert isinstance(claim["finding"], dict)
        assert claim["finding"]["reasoning"] in text
    types = {entry.type for entry in parse_file(tmp_path / "plain/references.bib").entries.values()}
    assert types == {"article", "book", "incollection", "misc", "techreport"}


def test_the_generated_booklet_has_no_problems(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from factpress.cli.main import main

    status = main(["--root", str(book), "check"])
    assert status == 0, capsys.readouterr().out


def test_it_builds_and_no_page_loses_anything(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(book), "build", "--edition", "html"]) == 0, capsys.readouterr()
