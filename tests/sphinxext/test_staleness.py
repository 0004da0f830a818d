"""The next build shows what was edited, whichever edition it makes, and rewrites nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from workshop import ALL, BOTH, ENTRIES, Workshop, as_it_stands, rewritten, shows

from factpress.files.link_record.lock import write_lock
from factpress.model.links.state import LinkRecord, State

LEDGER = "docs/claims/01-building.yaml"
ONE, TWO, REGISTER, SOURCES = "chapters/01-building", "chapters/02-today", "back/claims", "back/references"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workshop, Path]:
    """Return the clean book with all its editions made, and a copy of all of it."""
    workshop = Workshop(tmp_path_factory.mktemp("built") / "here")
    for kind in ALL:
        assert workshop.build(kind).warnings == ""
    folder = workshop.root.parent
    return workshop, Path(shutil.copytree(folder, folder.with_name("as built")))


@pytest.fixture
def built(pristine: tuple[Workshop, Path]) -> Workshop:
    """Return the clean book with all its editions made, for a test that edits it; doctrees know their folder."""
    workshop, copy = pristine
    shutil.rmtree(workshop.root.parent)
    shutil.copytree(copy, workshop.root.parent)
    return workshop


# each kind of edit: what is done, words that must then be shown, pages that may change


def statement(workshop: Workshop) -> None:
    workshop.edit(LEDGER, "We found no record of who worked the ferry.", "No record names who worked it.")


def verdict(workshop: Workshop) -> None:
    workshop.edit(LEDGER, "verdict: not-found", "verdict: not-checkable")


def sign_off(workshop: Workshop) -> None:
    digests = "\n".join(f"    {part}: v1:{'0' * 64}" for part in ("claim", "finding", "evidence"))
    record = (
        "\n- claim: C006\n  by: a.rivera\n  role: reviewer\n  decision: approve\n  did: [read-reasoning]\n"
        f'  date: "2026-11-20"\n  covers:\n{digests}\n'
    )
    file = workshop.root / "docs/claims/signoffs.yaml"
    file.write_text(file.read_text(encoding="utf-8") + record, encoding="utf-8")


def person(workshop: Workshop) -> None:
    workshop.edit("docs/claims/people.yaml", "name: Alma Rivera", "name: Alma Rivera-Soto")


def outline(workshop: Workshop) -> None:
    workshop.edit("docs/article/outline.yaml", "open: no source on the river bed yet", "no-claim: navigation")


def provenance(workshop: Workshop) -> None:
    workshop.edit("docs/article/provenance.yaml", "title: The Old Bridge", "title: The Older Bridge")


def year(workshop: Workshop) -> None:
    workshop.edit("references.bib", "year = {1851}", "year = {1852}")


def add_source(workshop: Workshop, key: str, author: str, before: str) -> None:
    entry = f"@book{{{key},\n  author = {{{author}}},\n  title = {{All of It}},\n  year = {{{key[-4:]}}},\n}}\n\n"
    workshop.edit("references.bib", before, entry + before)


def new_source(workshop: Workshop) -> None:
    add_source(workshop, "adams1900", "Adams, Ann", before="@report{arden1842")
    workshop.edit("docs/chapters/02-today.md", "{cite:t}`survey2001`", "{cite:t}`survey2001,adams1900`")


def new_evidence(workshop: Workshop) -> None:
    add_source(workshop, "able1900", "Able, Ann", before="@article{brand1977")
    workshop.edit("docs/claims/02-today.yaml", "source: brand1977", "source: able1900")


def word(workshop: Workshop) -> None:
    workshop.edit("docs/chapters/01-building.md", "Nobody has yet found", "Nobody so far has found")


def title(workshop: Workshop) -> None:
    workshop.edit("docs/chapters/02-today.md", "# The bridge today", "# The bridge as it stands")


def publisher(workshop: Workshop) -> None:
    workshop.edit("pyproject.toml", "The Arden Schools", "The Schools of Arden")


def link_record(workshop: Workshop) -> None:
    write_lock(workshop.root / "docs/claims/links.lock.json", [SURVEY])


def link_state(workshop: Workshop) -> None:
    gone = replace(SURVEY, state=State.GONE, since="2026-11-20")
    write_lock(workshop.root / "docs/claims/links.lock.json", [gone])


def page_seen(workshop: Workshop) -> None:
    line = '  by: k.novak\n  date: "2026-11-19"\n  quote-seen: "no"\n  how: print\n'
    workshop.write("docs/claims/seen.yaml", f"- url: https://doi.org/10.5555/brand.1977\n{line}")


SURVEY = LinkRecord(
    url="https://www.example.org/survey/arden", state=State.OK, since="2026-11-18", last_ok="2026-11-18",
    last_checked="2026-11-18", http=200, etag='"a"',
)  # fmt: skip


def restored(workshop: Workshop) -> None:
    """Edit files and give them the times of files that lay in an archive for years."""
    workshop.edit("docs/chapters/01-building.md", "is better known", "is known better")
    workshop.edit(LEDGER, "The engineer blames a flood", "The builder blames a flood")
    add_source(workshop, "bell1910", "Bell, Ann", before="@article{brand1977")
    workshop.edit("docs/chapters/02-today.md", "{claim}`C005`.", "{claim}`C005` {cite:p}`bell1910`.")
    for file in ("docs/chapters/01-building.md", "docs/chapters/02-today.md", LEDGER, "references.bib"):
        os.utime(workshop.root / file, (1_500_000_000, 1_500_000_000))


#: what is edited, what must then be shown, and the pages that may change in the web edition
EDITS = {
    statement: ("No record names who worked it.", {ONE}),
    verdict: ('class="entry not-checkable" id="C002"', {ONE, "index", REGISTER}),
    person: ("Alma Rivera-Soto", {ONE}),
    sign_off: ("the claim, finding and evidence have changed since.", {TWO, "index", REGISTER}),
    outline: ("All 10 sentences of the article are accounted for.", {"index"}),
    provenance: ("The Older Bridge", {"index"}),
    year: ("Holm 1852", {ONE, SOURCES, "index", REGISTER}),  # what was signed rests on it
    new_source: ("Adams, Ann", {ONE, TWO, SOURCES}),
    new_evidence: ("Able 1900", {ONE, TWO, SOURCES}),
    link_record: ("page read by a machine 18 November 2026", {TWO, SOURCES}),
    link_state: ("the page is gone, since 20 November 2026", {TWO, SOURCES}),
    page_seen: ("seen by Karl Novak, 19 November 2026", {SOURCES}),
    word: ("Nobody so far has found", {ONE}),
    title: ("The bridge as it stands", {"index", ONE, TWO, REGISTER, SOURCES}),
    publisher: ("The Schools of Arden", {"index", ONE, TWO, REGISTER, SOURCES}),
    restored: ("Bell, Ann", {ONE, TWO, SOURCES}),
}
#: an EPUB has neither the list of chapters nor the publisher on each page
IN_EPUB = {title: {"index", TWO}, publisher: {"index"}}


#: the first to be built reads what was edited, the others find it read
ORDERS = (("html", "epub", "pdf"), ("epub", "pdf", "html"), ("pdf", "html", "epub"))


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return a book that is edited again and again."""
    workshop = Workshop(tmp_path_factory.mktemp("edited"))
    for kind in ALL:
        assert workshop.build(kind).warnings == ""
    return workshop


@pytest.mark.parametrize(("nth", "edit"), list(enumerate(EDITS)), ids=[edit.__name__ for edit in EDITS])
def test_an_edit_is_shown_by_the_next_build_of_any_edition(
    edited: Workshop, nth: int, edit: Callable[[Workshop], None]
) -> None:
    words, pages = EDITS[edit]
    assert not any(shows(edited, words).values())
    edit(edited)
    changed = rewritten(edited, ORDERS[nth % len(ORDERS)])
    assert all(shows(edited, words).values()), "an edition does not show the edit"
    for kind in BOTH:
        due = pages if kind == "html" else IN_EPUB.get(edit, pages)
        assert changed[kind] - {"search", "nav"} == due, f"{kind}: other pages were rewritten than show the edit"


def test_after_all_edits_the_editions_are_the_same_as_made_anew(edited: Workshop) -> None:
    fresh = edited.beside("fresh")
    for kind in ALL:
        assert fresh.build(kind).files() == as_it_stands(edited, kind).files(), kind


def times(workshop: Workshop) -> dict[str, int]:
    pages = (file for kind in BOTH for file in (workshop.out / kind).rglob("*") if file.suffix in (".html", ".xhtml"))
    # the others are made of the whole book, and made each time
    of_documents = (file for file in pages if file.stem not in ("search", "nav", "cover"))
    return {file.relative_to(workshop.out).as_posix(): file.stat().st_mtime_ns for file in of_documents}


def test_an_unchanged_book_is_neither_read_nor_written_again(built: Workshop) -> None:
    before = times(built)
    for kind in ("epub", "html", "pdf", "html"):
        assert built.build(kind).read == set()
    assert times(built) == before


def test_a_finding_changes_without_reading_a_page_and_a_word_reads_one(built: Workshop) -> None:
    statement(built)
    assert built.build("html").read == set()
    word(built)
    assert built.build("epub").read == {ONE}
    assert built.build("html").read == set()


def test_pages_that_show_nothing_of_an_edit_keep_their_file(built: Workshop) -> None:
    before = times(built)
    statement(built)
    for kind in BOTH:
        built.build(kind)
    touched = {name for name, time in times(built).items() if time != before[name]}
    assert {f"html/{TWO}.html", f"epub/{TWO}.xhtml"}.isdisjoint(touched)
    assert {f"html/{ONE}.html", f"epub/{ONE}.xhtml"} <= touched


def test_what_no_page_shows_of_a_link_rewrites_none(built: Workshop) -> None:
    link_record(built)
    for kind in BOTH:
        built.build(kind)
    before = times(built)
    write_lock(built.root / "docs/claims/links.lock.json", [replace(SURVEY, etag='"b"', http=206, title="Survey")])
    for kind in BOTH:
        assert built.build(kind).read == set()
    assert times(built) == before


def test_editions_built_long_after_the_edit_show_it_too(built: Workshop) -> None:
    statement(built)
    for kind in ("html", "epub", "html"):
        built.build(kind)
    word(built)
    built.build("epub")
    built.build("html")
    built.build("pdf")
    assert set(shows(built, "No record names who worked it.")) == set(ALL)
    assert all(shows(built, "No record names who worked it.").values())
    assert all(shows(built, "Nobody so far has found").values())


def test_a_box_about_claims_of_another_chapter_follows_them(workshop: Workshop) -> None:
    workshop.edit(
        "docs/chapters/02-today.md", "## What the sources say", ":::{article-said} C002\n:::\n\n## What the sources say"
    )
    workshop.build("html")
    statement(workshop)
    workshop.build("html")
    assert TWO in shows(workshop, "No record names who worked it.")["html"]


def images(workshop: Workshop) -> dict[str, bytes]:
    """Return the plan of the bridge as each edition has it; in print each volume has its own, and all are the same."""
    found = {kind: [file.read_bytes() for file in (workshop.out / kind).rglob("plan*.svg")] for kind in ALL}
    assert {kind: len(files) for kind, files in found.items() if kind != "pdf"} == {"html": 1, "epub": 1}
    assert found["pdf"] and {kind: len(set(files)) for kind, files in found.items()} == dict.fromkeys(ALL, 1)
    return {kind: files[0] for kind, files in found.items()}


@pytest.mark.parametrize("order", [("html", "epub", "pdf"), ("pdf", "epub", "html")], ids="-".join)
def test_a_picture_drawn_anew_is_shown_and_one_taken_out_is_gone(workshop: Workshop, order: Sequence[str]) -> None:
    plan = "![A plan](plan.svg)\n"
    workshop.write("docs/chapters/plan.svg", SVG.format("black"))
    workshop.edit("docs/chapters/02-today.md", "## What the sources say", f"{plan}\n## What the sources say")
    for kind in ALL:
        assert workshop.build(kind).warnings == ""
    workshop.write("docs/chapters/plan.svg", SVG.format("gray"))
    os.utime(workshop.docs / "chapters/plan.svg", (1_500_000_000, 1_500_000_000))
    for kind in order:
        assert workshop.build(kind).warnings == ""
    assert images(workshop) == dict.fromkeys(ALL, SVG.format("gray").encode())
    workshop.edit("docs/chapters/02-today.md", plan, "")
    for kind in order:
        assert workshop.build(kind).warnings == ""
        assert not list((workshop.out / kind).rglob("plan*.svg")) or kind == "pdf"
        assert not shows(workshop, "plan.svg")[kind]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z" fill="{}"/></svg>\n'


# what is gone, and what was interrupted


def test_a_removed_claim_leaves_nothing_behind(built: Workshop) -> None:
    ledger = built.root / "docs/claims/02-today.yaml"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text[: text.index("- id: C007")].rstrip() + "\n", encoding="utf-8")
    built.edit("docs/chapters/02-today.md", " {claim}`C007`", "")
    assert all(shows(built, "C007").values())
    for kind in ALL:
        assert built.build(kind).warnings == ""
        for name, text_ in as_it_stands(built, kind).files().items():
            assert b"C007" not in text_, f"{kind}: {name}"


@pytest.mark.parametrize("order", [("html", "epub", "pdf"), ("pdf", "epub", "html")], ids="-".join)
def test_a_removed_chapter_leaves_nothing_behind(built: Workshop, order: Sequence[str]) -> None:
    (built.docs / "chapters/02-today.md").unlink()
    (built.docs / "claims/02-today.yaml").unlink()
    for kind in order:
        made = built.build(kind)
        assert made.warnings == ""
        assert not [name for name in made.files() if "02-today" in name]
        for name, text in made.files().items():
            assert b"02-today" not in text and b"C005" not in text and b"The bridge today" not in text, (
                f"{kind}: {name}"
            )
    assert not list((built.out / "epub").rglob("*02-today*"))


@pytest.mark.parametrize(("kind", "back"), [("html", False), ("html", True), ("epub", False)])
def test_a_build_killed_while_it_wrote_is_repaired_by_the_next(built: Workshop, kind: str, back: bool) -> None:
    old = (built.root / LEDGER).read_bytes()
    verdict(built)
    written: list[str] = []

    def die(_app: Sphinx, pagename: str, *_: object) -> None:
        written.append(pagename)
        if pagename == ONE:
            # half of a page, as a kill leaves it
            (built.out / kind / f"{ONE}{'.html' if kind == 'html' else '.xhtml'}").write_text("<p>ha", encoding="utf-8")
        if len(written) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built.build(kind, watch=lambda app: app.connect("html-page-context", die))
    assert ONE in written
    if back:
        (built.root / LEDGER).write_bytes(old)
    repaired = built.build(kind)
    assert repaired.warnings == ""
    assert repaired.files() == built.beside("fresh").build(kind).files()


def test_a_record_that_cannot_be_read_writes_everything(built: Workshop) -> None:
    before = times(built)
    for record in (built.out / "doctrees").glob("written-html-*.json"):
        record.write_text('{"index": ', encoding="utf-8")
    built.build("html")
    assert all(time > before[name] for name, time in times(built).items() if name.startswith("html/"))


def test_two_readers_and_writers_make_the_same_as_one(workshop: Workshop) -> None:
    # enough documents that reading and writing are shared out
    for number in range(3, 12):
        workshop.write(
            f"docs/chapters/{number:02}-more.md", f"# More\n\n## Of it\n\nAgain {{claim}}`C00{number % 7 + 1}`.\n"
        )
        workshop.write(f"docs/claims/{number:02}-more.yaml", f"- id: C{number:03}1\n{CLAIM}")
        path = workshop.docs / f"chapters/{number:02}-more.md"
        path.write_text(
            path.read_text(encoding="utf-8") + f"It is so {{claim}}`C{number:03}1`.\n{ENTRIES}", encoding="utf-8"
        )
    two = workshop.beside("two")
    for kind in ALL:
        serial, parallel = workshop.build(kind), two.build(kind, jobs=2)
        assert serial.warnings == parallel.warnings == ""
        assert serial.files() == parallel.files()
    claims = json.loads((two.out / "html" / "claims.json").read_text(encoding="utf-8"))["claims"]
    assert len(claims) == 16
    statement(two)
    assert b"No record names who worked it." in two.build("html", jobs=2).files()[f"{ONE}.html"]


CLAIM = """\
  units: [S02.P1.2]
  claim: It is so.
  kind: judgement
"""
