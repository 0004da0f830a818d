"""Write a complete, valid booklet of any number of chapters, the same for the same seed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from random import Random

from factpress.files.yaml.formatting import write_canonical
from factpress.model.outline import fingerprint, normal_form
from factpress.settings import read_settings

from .words import ADJECTIVES, PLACES, SURNAMES, heading, lengths, sentence

WORDS, CITATIONS, CLAIMS, SOURCES = 1500, 12, 10, 6  #: of one chapter
SECTIONS, PARAGRAPHS, SENTENCES, MEAN = 5, 3, 5, 20  #: five sections of three paragraphs of five sentences

REPOSITORY = Path(__file__).resolve().parents[2]
DATE = "2026-11-23"
DISCLOSURE = "This article was drafted with the help of an AI and may contain errors."

#: Ten verdicts in turn with a kind of claim and the stances of the two evidence items.
FINDINGS = (
    ("supported", "date", ("supports", "supports")),
    ("supported", "legal", ("supports", "context")),
    ("partly-supported", "cause", ("supports", "context")),
    ("supported", "quantity", ("supports", "supports")),
    ("contradicted", "date", ("contradicts", "contradicts")),
    ("disputed", "cause", ("supports", "contradicts")),
    ("supported", "attribution", ("supports", "context")),
    ("partly-supported", "comparison", ("supports", "contradicts")),
    ("not-found", "quantity", ("context", "context")),
    ("not-checkable", "judgement", ("context", "context")),
)

CONF = """\
extensions = ["myst_parser", "sphinxcontrib.bibtex", "factpress.sphinxext"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
bibtex_bibfiles = ["../references.bib"]
"""
INDEX = """\
# Bench

```{toctree}
:glob:

chapters/*
back/*
```
"""
REFERENCES = """\
# References

```{bibliography}
```
"""

#: What binds a page to the real book's contents, so that it cannot stand in another book.
BOUND = re.compile(
    r"\{(?:cite|claim\}|term|doc|numref|figure|image|glossary|include|literalinclude|csv-table)|C\d{3}|chapters/\d|figures/"
)
#: figures show the real book's data
FIGURE = re.compile(r"^:::\{book-figure\} .*\n:::\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a chapter stands: its place from 0, its file stem, its claims and its sources."""

    place: int
    stem: str
    claims: list[str]
    sources: list[str]


def generate(folder: Path, chapters: int, seed: int = 1) -> None:
    """Write a booklet of `chapters` chapters into `folder`, which must be new or empty.

    Chapters are numbered from 01; a book of exactly 100 is numbered 00 to 99, because the names of
    ledger files open with two digits.
    """
    if not 1 <= chapters <= 100:
        raise ValueError("a generated book has 1 to 100 chapters")
    random = Random(seed)
    plan = _plan(random, chapters)
    _write(
        folder / "pyproject.toml",
        '[tool.factpress]\nname = "bench"\ntitle = "A generated booklet"\n'
        'subtitle = "For measuring"\npublisher = "The factpress contributors"\n'
        'subjects = ["treaties"]\n',
    )
    _write(folder / "CHANGELOG.md", f"# Changelog\n\n## 0.1.0 – {DATE}\n\n- A generated booklet.\n")
    keys = [key for chapter in plan for key in chapter.sources]
    _write(
        folder / "references.bib",
        "\n".join(_source(random, n, key) for n, key in sorted(enumerate(keys), key=lambda p: p[1])),
    )
    _copy_pages(folder / "docs")
    units: list[dict[str, str]] = []
    article: list[str] = []
    for chapter in plan:
        title, markdown = _chapter(random, chapter)
        _write(folder / f"docs/chapters/{chapter.stem}.md", markdown)
        section = f"S{chapter.place:02d}"
        said = [DISCLOSURE if not chapter.place else sentence(random, 9) + "."]
        said += [sentence(random, random.randint(12, 26)) + "." for _ in chapter.claims]
        ids = [f"{section}.P1.1"] + [f"{section}.P2.{n}" for n in range(1, len(said))]
        for at, (unit, text) in enumerate(zip(ids, said, strict=True)):
            record = {"id": unit, "chars": str(len(text)), "sha256": fingerprint(normal_form(text))}
            if not at:
                record["no-claim"] = "navigation" if chapter.place else "disclosure"
            units.append(record)
        article += [title, said[0], " ".join(said[1:])]
        claims = [_claim(random, n, chapter, ids[n + 1]) for n in range(CLAIMS)]
        _write(folder / f"docs/claims/{chapter.stem}.yaml", _yaml(claims))
    for name in ("people", "signoffs", "seen"):
        _write(folder / f"docs/claims/{name}.yaml", "[]\n")
    headings = [{"id": f"S{c.place:02d}", "heading": f"Part {c.place + 1}"} for c in plan]
    _write(folder / "docs/article/outline.yaml", _yaml({"sections": headings, "units": units}))
    provenance = {
        "title": "A generated article",
        "published-at": "nowhere, it was generated",
        "received": DATE,
        "sha256": hashlib.sha256("\n\n".join(article).encode()).hexdigest(),
        "disclosure": {"text": DISCLOSURE, "units": ["S00.P1.1"], "scope": "whole"},
    }
    _write(folder / "docs/article/provenance.yaml", _yaml(provenance))
    write_canonical(read_settings(folder))


def edit_one_word(docs: Path, number: int) -> None:
    """Change one word of the prose of a chapter in the middle; another `number` makes another change."""
    files = sorted((docs / "chapters").glob("*.md"))
    file = files[len(files) // 2]
    lines = file.read_text(encoding="utf-8").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("## "))
    at = next(n for n, line in enumerate(lines) if n > start and line.startswith("The ") and not set("`[") & set(line))
    words = lines[at].split(" ")
    word = ADJECTIVES[number % len(ADJECTIVES)]
    words[1] = word if word != words[1] else "changed"
    lines[at] = " ".join(words)
    _write(file, "\n".join(lines))


def _plan(random: Random, chapters: int) -> list[Chapter]:
    first = 0 if chapters == 100 else 1
    return [
        Chapter(
            place=n,
            stem=f"{n + first:02d}-{random.choice(ADJECTIVES)}-{random.choice(PLACES).lower()}",
            claims=[f"C{n * CLAIMS + c:03d}" for c in range(1, CLAIMS + 1)],
            sources=[
                f"{random.choice(SURNAMES).lower()}{1950 + (n * SOURCES + s) % 70}-{n * SOURCES + s + 1:03d}"
                for s in range(SOURCES)
            ],
        )
        for n in range(chapters)
    ]


def _chapter(random: Random, chapter: Chapter) -> tuple[str, str]:
    """Return the chapter's title and its Markdown: every paragraph carries a mark or a citation."""
    count = SECTIONS * PARAGRAPHS * SENTENCES
    lines = [sentence(random, size) for size in lengths(random, count, MEAN, 8)]
    paragraphs = list(range(0, count, SENTENCES))
    # one place in every paragraph first, then others, so that no paragraph is without
    places = [p + random.randrange(SENTENCES) for p in paragraphs]
    rest = [n for n in range(count) if n not in places]
    places += random.sample(rest, CLAIMS + CITATIONS - len(places))
    marks = [f"{{claim}}`{claim}`" for claim in chapter.claims]
    for n in range(CITATIONS):
        key = chapter.sources[n % SOURCES]
        marks.append(f"{{cite:p}}`{key}{{p. {random.randint(2, 300)}}}`" if n % 2 else f"{{cite:p}}`{key}`")
    shuffled = marks[:]
    random.shuffle(shuffled)
    for place, mark in zip(sorted(places), shuffled, strict=True):
        lines[place] += f" {mark}"
    title = heading(random, 6)
    said = [mark for mark in shuffled if mark.startswith("{claim}")]
    text = [f"# {title}", "", "{.subtitle}", sentence(random, 8), ""]
    text += [":::{objectives}", *(f"- {sentence(random, 9)}" for _ in range(3)), ":::", ""]
    for section in range(SECTIONS):
        text += [f"## {heading(random, 6)}", ""]
        for paragraph in range(PARAGRAPHS):
            start = (section * PARAGRAPHS + paragraph) * SENTENCES
            text += [*(f"{line}." for line in lines[start : start + SENTENCES]), ""]
        if section == 1:
            boxed = [mark.split("`")[1] for mark in said[:2]]
            text += [f":::{{article-said}} {', '.join(boxed)}", ":::", ""]
    text += ["## What the sources say", "", ":::{claim-entries}", ":::"]
    return title, "\n".join(text) + "\n"


def _claim(random: Random, number: int, chapter: Chapter, unit: str) -> dict[str, object]:
    verdict, kind, stances = FINDINGS[number]
    finding: dict[str, object] = {
        "verdict": verdict,
        "statement": f"{sentence(random, 16)}. {sentence(random, 13)}.",
        "reasoning": f"{sentence(random, 18)}. {sentence(random, 14)}.",
    }
    if verdict in ("partly-supported", "contradicted"):
        finding["correction"] = sentence(random, 17) + "."
    if verdict == "not-found":
        finding["searched"] = [f"the catalogue of the archive in {place}" for place in random.sample(PLACES, 2)]
    finding["proposed-by"] = {"kind": "machine", "date": DATE}
    finding["evidence"] = [
        {
            "source": key,
            "stance": stance,
            "grade": random.choice(["primary", "secondary"]),
            "locator": f"p. {random.randint(2, 300)}",
            "says": sentence(random, 15) + ".",
            "quote": sentence(random, random.randint(7, 14)).removeprefix("The "),
            "consulted": random.choice(["full-text", "excerpt"]),
            "date": DATE,
        }
        for stance, key in zip(stances, random.sample(chapter.sources, 2), strict=True)
    ]
    return {
        "id": chapter.claims[number],
        "units": [unit],
        "claim": sentence(random, 15) + ".",
        "kind": kind,
        "finding": finding,
    }


def _source(random: Random, number: int, key: str) -> str:
    """Return an entry; the types take turns, two of them unknown to BibTeX's own styles."""
    surname = key.partition("-")[0].rstrip("0123456789").capitalize()
    person = f"{surname}, {random.choice('ABCDEFGHJKLMNPRSTW')}."
    title = heading(random, random.randint(6, 10))
    year = str(1950 + number % 70)
    address = {"url": f"https://www.example.org/{key}", "urldate": DATE}
    publisher = f"{random.choice(PLACES)} University Press"
    pages = f"{number + 10}--{number + 30}"
    kinds: list[tuple[str, dict[str, str]]] = [
        ("book", {"author": person, "title": title, "publisher": publisher, "year": year, "isbn": _isbn(number)}),
        (
            "article",
            {
                "author": person,
                "title": title,
                "journal": f"{random.choice(PLACES)} Review of History",
                "volume": str(number % 40 + 1),
                "pages": pages,
                "year": year,
                "doi": f"10.5555/{key}",
            },
        ),
        (
            "report",
            {
                "author": person,
                "title": title,
                "institution": f"{random.choice(PLACES)} Institute",
                "date": f"{year}-06-25",
            },
        ),
        (
            "incollection",
            {
                "author": person,
                "title": title,
                "booktitle": f"{{Essays on {random.choice(PLACES)}}}",
                "publisher": publisher,
                "pages": pages,
                "year": year,
            },
        ),
        ("online", {"author": person, "title": title, "year": year, "urldate": DATE}),
        (
            "treaty",
            {
                "author": f"{{Governments meeting in {random.choice(PLACES)}}}",
                "title": f"{{{title}}}",
                "date": f"{year}-10-01",
            },
        ),
    ]
    kind, fields = kinds[number % len(kinds)]
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in (fields | address).items())
    return f"@{kind}{{{key},\n{body}}}\n"


def _isbn(number: int) -> str:
    digits = f"978{number:09d}"
    total = sum(int(d) * (1, 3)[n % 2] for n, d in enumerate(digits))
    return f"{digits}{-total % 10}"


def _copy_pages(docs: Path) -> None:
    """Copy the real book's settings, title page and back matter, as far as they suit any book.

    A page bound to the real book's contents keeps its name, label and heading, so that links to it hold.
    """
    real = REPOSITORY / "docs"
    _write(docs / "conf.py", _text(real / "conf.py") or CONF)
    for folder in ("_static", "_templates"):
        if (real / folder).is_dir():
            shutil.copytree(real / folder, docs / folder)
    _write(docs / "index.md", _text(real / "index.md") or INDEX)
    for page in sorted([*real.glob("*.md"), *(real / "back").glob("*.md")]):
        text = FIGURE.sub("", page.read_text(encoding="utf-8"))
        # what stands beside the title page is of the real book alone
        bound = BOUND.search(text) or page.parent == real
        if page.name != "index.md":
            _write(docs / page.relative_to(real), _heading(text) if bound else text)
    references = docs / "back/references.md"
    if not references.is_file():
        _write(references, REFERENCES)


def _heading(text: str) -> str:
    """Return a page's label and heading, and one sentence instead of its contents."""
    lines = text.splitlines()
    at = next((n for n, line in enumerate(lines) if line.startswith("# ")), None)
    head = [] if at is None else [*(line for line in lines[:at] if line.startswith("(")), lines[at]]
    return "\n".join([*head, "", "The generated booklet leaves this page empty.", ""])


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _yaml(value: object, indent: int = 0) -> str:
    """Return plain data as block YAML; ours is quicker than a library's and needs no more than this."""
    pad = " " * indent
    if isinstance(value, dict):
        return "".join(f"{pad}{name}:{_child(item, indent)}" for name, item in value.items())
    assert isinstance(value, list)
    return "".join(
        f"{pad}- {_yaml(item, indent + 2).lstrip()}" if isinstance(item, dict) else f"{pad}- {_scalar(item)}\n"
        for item in value
    )


def _child(value: object, indent: int) -> str:
    if isinstance(value, dict | list):
        return "\n" + _yaml(value, indent + 2)
    return f" {_scalar(value)}\n"


def _scalar(value: object) -> str:
    text = str(value)
    return text if re.fullmatch(r"[A-Za-z][\w ,.'-]*", text) else json.dumps(text, ensure_ascii=False)
