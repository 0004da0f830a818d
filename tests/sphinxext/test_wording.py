"""Sentences for readers: all of them in one table, so that a second language is a second table."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from unittest.mock import patch

import pytest
from docutils import nodes
from studied import studied
from workshop import ALL, text_of

from factpress import sphinxext
from factpress.sphinxext.builders.web import SCRIPT_WORDS
from factpress.sphinxext.wording import ENGLISH, TABLES, Wording, typeset
from factpress.subjects import treaties
from factpress.subjects.treaties import blocks

PACKAGE = Path(sphinxext.__file__).parent
MODULES = [*PACKAGE.rglob("*.py"), *Path(treaties.__file__).parent.glob("blocks.py")]
#: entries are written in the style of their bibliography, from the source alone; the handbook is not an edition
OWN_STYLE = {"entry_text.py", "style.py", "handbook.py"}
#: names that code puts together
COMPOSED = re.compile(r'f"([a-z-]+)\{')
BUILDERS = {"make": 1, "link": 1, "Text": 0}  #: the first argument that readers see


def forms(name: str) -> tuple[str, ...]:
    found = ENGLISH[name]
    return (found,) if isinstance(found, str) else found


def places(form: str) -> list[str]:
    return [place for _, place, _, _ in Formatter().parse(form) if place]


def shown_literals(module: Path) -> Iterator[str]:
    """Yield the words that a module writes into pages by itself."""
    for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        name = getattr(getattr(call, "func", None), "attr", getattr(getattr(call, "func", None), "id", ""))
        if isinstance(call, ast.Call) and name in BUILDERS:
            for argument in call.args[BUILDERS[name] :]:
                parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
                yield from (part.value for part in parts if isinstance(part, ast.Constant) and str(part.value))


@pytest.mark.parametrize("module", [m for m in MODULES if m.name not in OWN_STYLE], ids=lambda m: m.stem)
def test_no_module_writes_words_of_its_own(module: Path) -> None:
    assert not [text for text in shown_literals(module) if re.search(r"[A-Za-z]{2}", text)]


def test_every_sentence_is_used_and_every_name_is_a_sentence() -> None:
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.jinja")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files if file.name != "wording.py")
    said = set(re.findall(r"""\bsay(?:\.around)?\(\s*["']([a-z-]+)["']""", code))
    assert said <= ENGLISH.keys()
    openings = tuple(COMPOSED.findall(code))
    assert not [
        name for name in ENGLISH if not re.search(rf"""["']{name}["']""", code) and not name.startswith(openings)
    ]


def test_scripts_say_what_they_are_given_and_are_given_what_they_say() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("themes/factpress/static/*.js"))
    said = {*re.findall(r'filled\("([a-z-]+)"', code), *re.findall(r"(?:\bsay|words\(\))\.([a-z]+)", code)}
    composed = re.findall(r"say\[`([a-z-]+)\$", code)
    assert said <= set(SCRIPT_WORDS)
    assert not [name for name in SCRIPT_WORDS if name not in said and not name.startswith(tuple(composed))]


def test_both_forms_of_a_sentence_have_the_same_placeholders() -> None:
    for name in ENGLISH:
        assert len({frozenset(places(form)) - {"count"} for form in forms(name)}) == 1, name


def test_one_and_many() -> None:
    say = Wording("en-GB")
    assert say("chapter-claims", count=1) == "1 claim in this chapter"
    assert say("chapter-claims", count=0) == "0 claims in this chapter"


def test_nodes_stand_in_the_place_of_placeholders() -> None:
    place = nodes.emphasis("", "the list")
    said = Wording("en").around("way-to-record", file=place, page="7")
    assert said[1] is place
    assert "".join(node.astext() for node in said) == ENGLISH["way-to-record"].format(file="the list", page="7")


def test_a_book_in_another_language_has_no_english_sentence_of_ours(tmp_path: Path) -> None:
    """Each sentence of the other table is its name, so what still reads English was not taken from a table."""
    other = {name: " ".join([f"⟦{name}⟧", *(f"{{{place}}}" for place in places(forms(name)[-1]))]) for name in ENGLISH}
    workshop = studied(tmp_path)
    workshop.edit(
        "pyproject.toml", 'publisher = "The Arden Schools"', 'publisher = "The Arden Schools"\nlanguage = "de"'
    )
    sentences = {part.strip() for name in ENGLISH for form in forms(name) for part in re.split(r"\{\w+\}", form)}
    treaty = {name: f"⟦{name}⟧" for name in blocks.ENGLISH}
    with patch.dict(TABLES, {"de": other}), patch.dict(blocks.WORDING, {"de": treaty}):
        for kind in ALL:
            edition = workshop.build(kind)
            assert edition.warnings == ""
            for file in sorted(edition.folder.rglob("*.*html")):
                page = edition.page_file(file.relative_to(edition.folder).with_suffix("").as_posix())
                text = text_of(page)
                # shorter ones may stand in the book's own text, or among the words of verdicts and states
                assert not [part for part in sentences if part.count(" ") > 3 and part in text], file.name
                assert not file.name.startswith(("treaties", "d-back.treaties")) or "⟦treaty-today⟧" in text
                assert kind == "pdf" or not file.name.startswith("index.") or "⟦cover-claims⟧" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It's at https://example.org/o'neil's?q=a 'there'", "It’s at https://example.org/o'neil's?q=a ‘there’"),
        ("See www.example.org/it's.", "See www.example.org/it's."),
        ("The DOI 10.5555/it's-1950 isn't long", "The DOI 10.5555/it's-1950 isn’t long"),
        ("Write to o'neil@example.org, don't call", "Write to o'neil@example.org, don’t call"),
        ('"Don\'t" was said', "“Don’t” was said"),
        ("'Words' and \"1950\"", "‘Words’ and “1950”"),
    ],
)
def test_addresses_in_the_ledger_keep_their_marks(text: str, shown: str) -> None:
    assert typeset(text) == shown
