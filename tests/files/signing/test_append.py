"""What is added at the end of a list leaves every byte before it as it was, and can be taken off again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factpress.files.signing.append import append_records, remove_last
from factpress.files.yaml.formatting import texts_to_write
from factpress.files.yaml.long_lists import RECORDS_OF_A_PART, parse_long_list
from factpress.model.signoff import Covers, SignOff
from factpress.model.vocabulary import Decision, ReviewStep, Role
from factpress.problems import BookError, FileError
from factpress.settings import Settings
from signing import SIGNOFFS, own_book

ENTRY = SignOff(
    claim="C005", by="a.rivera", role=Role.REVIEWER, decision=Decision.REJECT, did=(ReviewStep.READ_REASONING,),
    date="2026-11-29", note="b: the words do not stand there.\nNor # elsewhere: \"no\".",
    covers=Covers(claim="v1:" + "a" * 64, finding="v1:" + "b" * 64, evidence="v1:" + "c" * 64), entered_by="k.novak",
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return own_book(tmp_path / "book")


def entries(data: bytes) -> tuple[SignOff, ...]:
    found, problems = parse_long_list(SignOff, data, SIGNOFFS)
    assert problems == []
    return found


def block(claim: str) -> str:
    return f"""- claim: {claim}
  by: a.rivera
  role: reviewer
  decision: approve
  did: [read-reasoning]
  date: "2026-11-20"
  covers:
    claim: v1:{"1" * 64}
    finding: v1:{"2" * 64}
    evidence: v1:{"3" * 64}
"""


@pytest.mark.parametrize(
    "old",
    [
        b"", b"[]\n", b"[]", b"# who signed what\n[]\n", b"# nobody yet\n", b"\xef\xbb\xbf[]\n", b"\xef\xbb\xbf",
        block("C001").encode(), f"# first\n{block('C001')}# second\n\n\n{block('C002')}# at the end".encode(),
        block("C001").rstrip().encode(), block("C001").replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + block("C001").encode(),
        "".join(block(f"C{n:03}") + "\n" for n in range(1, 3 * RECORDS_OF_A_PART + 1)).encode(),
    ],
)  # fmt: skip
def test_every_byte_stays_where_it_was(settings: Settings, old: bytes) -> None:
    path = settings.root / SIGNOFFS
    path.write_bytes(old)
    before = entries(old)
    append_records(settings, path, [ENTRY])
    new = path.read_bytes()
    assert new.startswith(old.removesuffix(b"[]\n").removesuffix(b"[]"))
    assert entries(new) == (*before, ENTRY)
    append_records(settings, path, [replace(ENTRY, claim="C006")])
    assert path.read_bytes().startswith(new)
    assert remove_last(settings, path, SignOff).claim == "C006"
    assert remove_last(settings, path, SignOff) == ENTRY
    left = path.read_bytes()
    assert entries(left) == before
    assert left.rstrip() in (old.rstrip(), old.rstrip() + b"[]", old.rstrip() + b"\n[]")


def test_what_is_added_is_in_the_one_form(settings: Settings) -> None:
    append_records(settings, settings.root / SIGNOFFS, [ENTRY, replace(ENTRY, note=None, entered_by=None)])
    assert texts_to_write(settings) == ({}, [])


@pytest.mark.parametrize(
    "old",
    [
        "[{claim: C001}]\n",
        '- claim: C001\n  by: "never closed\n',
        block("C001") + "<<<<<<< HEAD\n" + block("C002") + "=======\n",
        "claim: C001\n",
        "- &a x\n- *a\n",
        "-\tclaim: C001\n",
        block("C001") + "---\n",
        "\x00",
    ],
)
def test_nothing_is_added_to_a_file_that_cannot_be_read(settings: Settings, old: str) -> None:
    path = settings.root / SIGNOFFS
    path.write_text(old, encoding="utf-8")
    with pytest.raises(BookError):
        append_records(settings, path, [ENTRY])
    assert path.read_text(encoding="utf-8") == old


def test_a_list_in_another_form_is_refused_not_rewritten(settings: Settings) -> None:
    path = settings.root / SIGNOFFS
    indented = "".join(f"  {line}\n" for line in block("C001").splitlines())
    path.write_text(indented, encoding="utf-8")
    with pytest.raises(FileError, match="in a form to which nothing can be added"):
        append_records(settings, path, [ENTRY])
    with pytest.raises(FileError, match="in a form to which nothing can be added"):
        remove_last(settings, path, SignOff)
    assert path.read_text(encoding="utf-8") == indented


def test_a_quotation_that_looks_like_an_item_is_read_as_the_whole_file_has_it() -> None:
    trap = block("C001").replace("date:", 'note: "x\n- claim: C999\n  y"\n  date:')
    text = trap * RECORDS_OF_A_PART
    whole = parse_long_list(SignOff, text.encode(), "x.yaml")
    assert [entry.claim for entry in whole[0]] == ["C001"] * RECORDS_OF_A_PART
    assert [entry.where.line for entry in whole[0]][:2] == [1, 14]


def test_parts_have_the_lines_of_the_file() -> None:
    count = 2 * RECORDS_OF_A_PART + 3
    text = "# a\n\n" + "".join(block(f"C{n:03}") for n in range(count)) + block("C999").replace("approve", "agree")
    read, problems = parse_long_list(SignOff, text.encode(), "x.yaml")
    assert [entry.where.line for entry in read] == [3 + 10 * n for n in range(count)]
    assert [(found.code, found.where.line) for found in problems] == [("unknown-word", 3 + 10 * count + 3)]


def test_undo_on_an_empty_list_says_so(settings: Settings) -> None:
    path = settings.root / SIGNOFFS
    path.write_text("[]\n", encoding="utf-8")
    with pytest.raises(FileError, match="holds nothing"):
        remove_last(settings, path, SignOff)
