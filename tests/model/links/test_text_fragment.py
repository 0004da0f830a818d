"""Addresses of quoted words: what a browser needs to find them, and nothing that it would take for syntax."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factpress.model.links.addresses import arxiv_id
from factpress.model.links.copying import copying_kind, host_of
from factpress.model.links.quotation import text_fragment_url

PAGE = "https://example.org/mdt"


@pytest.mark.parametrize(
    ("url", "quote", "address"),
    [
        (PAGE, "an armed attack", f"{PAGE}#:~:text=an%20armed%20attack"),
        (PAGE, "self-defence, if & when", f"{PAGE}#:~:text=self%2Ddefence%2C%20if%20%26%20when"),
        (PAGE, "1953年10月1日作成", f"{PAGE}#:~:text=1953%E5%B9%B410%E6%9C%881%E6%97%A5%E4%BD%9C%E6%88%90"),
        (f"{PAGE}?p=1#art3", "Article III", f"{PAGE}?p=1#art3:~:text=Article%20III"),
        (PAGE, "to consult [...] together when attacked", f"{PAGE}#:~:text=to%20consult,together%20when%20attacked"),
        (
            PAGE,
            "the Parties will consult together whenever, in the opinion of either of them, the political independence",
            f"{PAGE}#:~:text=the%20Parties%20will%20consult,them%2C%20the%20political%20independence",
        ),
        (f"{PAGE}.pdf", "Article III", f"{PAGE}.pdf"),
        (f"{PAGE}.PDF?page=3", "Article III", f"{PAGE}.PDF?page=3"),
        (f"{PAGE}?file=a.pdf", "Article III", f"{PAGE}?file=a.pdf#:~:text=Article%20III"),
        (f"{PAGE}#:~:text=mine", "Article III", f"{PAGE}#:~:text=mine"),
        (PAGE, None, PAGE),
        (PAGE, "…", PAGE),
    ],
)
def test_a_quote_has_an_address(url: str, quote: str | None, address: str) -> None:
    assert text_fragment_url(url, quote) == address


def test_the_words_around_a_quote_tell_two_places_apart() -> None:
    around = text_fragment_url(PAGE, "an armed attack", "in the view of each Party, ...", "... on the other, or so")
    assert around == f"{PAGE}#:~:text=view%20of%20each%20Party%2C-,an%20armed%20attack,-on%20the%20other%2C%20or"


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120), st.text(max_size=9).map(lambda t: t + "x"))
def test_nothing_of_a_quote_is_taken_for_syntax(quote: str, around: str) -> None:
    around = around.encode("utf-8", "replace").decode()
    address = text_fragment_url(PAGE, quote, around, around)
    fragment = address.removeprefix(f"{PAGE}#:~:text=") if address != PAGE else "x"
    assert re.fullmatch(r"(?:[\w.~%]+-,)?[\w.~%]+(?:,[\w.~%]+)?(?:,-[\w.~%]+)?", fragment, re.ASCII)
    assert "\ufffd" in quote + around or "\ufffd" not in unquote(fragment)


@pytest.mark.parametrize(
    "url", ["http://[x", "http://[x/a.pdf", "http://a]/", "http://[::1]x/", "http://℀.org/", "", "x"]
)
def test_an_address_that_is_none_stops_nothing(url: str) -> None:
    assert text_fragment_url(url, None) == url
    assert (copying_kind(url), arxiv_id(url)) == ("", "")
    assert host_of(url) in ("", "::1")
