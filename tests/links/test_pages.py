"""Every small page of the corpus is judged as a person would judge it, and as the policy says."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pytest
from answers import Case, pdf, plays
from loopback import Loopback, serving
from loopback_check import looked_at
from pages import PAGES, SCENERY

from factpress.links.page.html import parse, read_html
from factpress.links.page.pdf import read_pdf
from factpress.model.links.state import QuoteState


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with serving({**plays(PAGES), **SCENERY}) as server:
        yield server


@pytest.mark.parametrize("case", PAGES, ids=[case.name for case in PAGES])
def test_a_page_is_judged_as_a_person_would(server: Loopback, case: Case) -> None:
    record = looked_at(server.address + case.address, case)
    assert record.state is case.state, record.why
    found = set(record.quotes.values())
    if case.quote:
        assert (found == {QuoteState.FOUND}) == (case.truth == "alive")
        assert case.truth == "dead" or QuoteState.MISSING not in found


def test_each_page_has_an_address_of_its_own() -> None:
    assert [path for path, times in Counter(case.address for case in PAGES).items() if times > 1] == []


@pytest.mark.parametrize(("revision", "aes"), [(6, True), (4, True), (4, False), (3, False)])
def test_an_encrypted_pdf_that_opens_without_a_password_is_read(revision: int, aes: bool) -> None:
    assert read_pdf(encrypted(revision, "", aes=aes)).pages == ("the Parties will consult",)


def test_a_pdf_that_asks_for_a_password_says_so() -> None:
    read = read_pdf(encrypted(6, "secret", aes=True))
    assert (read.pages, read.why) == ((), "a PDF that asks for a password")


def encrypted(revision: int, password: str, *, aes: bool) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("the Parties will consult"))) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="o", user=password, R=revision, aes=aes, metadata=aes))
    return out.getvalue()


ATTRIBUTES = " ".join(f"a{n}={{}}" for n in range(80_000))
SLOW = {
    "attributes": f"<p {ATTRIBUTES}>words", "attributes after a comment": f'<!-- <p x=" --><p {ATTRIBUTES} ">words',
    "quotes": '<p x="' * 50_000, "other quotes": "<p x='" * 50_000, "tags without an end": "<a " * 50_000,
    "paragraphs": "<p>" * 50_000 + "words", "nested": "<b>" * 50_000 + "words", "raised": "<sup>" * 50_000 + "1",
    "aids": "<div class='ref note page'>" * 50_000, "ruby": "<ruby>" * 50_000, "entities": "&" * 200_000,
}  # fmt: skip


@pytest.mark.parametrize("source", SLOW.values(), ids=SLOW)
def test_the_time_of_a_page_grows_with_its_length_alone(source: str) -> None:
    for value in ("1", "'>'", '"x y"'):
        begun = time.process_time()
        parse(source.replace("{}", value))
        assert time.process_time() - begun < 8


def test_a_page_that_takes_too_long_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factpress.links.page.limits.SECONDS", {"html": 0.001})
    read = read_html(b"<p>words " * 20_000)
    assert (read.text, read.is_complete) == ("", False)
