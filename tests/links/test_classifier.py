"""What a page is known by when the bibliography says what it is called."""

from __future__ import annotations

import pytest
from driving import drive
from link_checks import FILL, URL, Web, context, link, page

from factpress.links.page.classifier import leads_to_gate
from factpress.links.visit import check_link
from factpress.model.links.state import State
from factpress.model.source import Source

PASSWORD = "<form><input type=password></form>"


def state(title: str, html: str) -> State:
    """Return the state of a page of which the bibliography says that it has this title."""
    cited = link(URL, "the Parties will consult", entries=(Source("k", "online", {"title": title}),))
    seen = drive(check_link(cited, None, context()), Web({URL: page(html)})).observation
    assert seen
    return seen.outcome


@pytest.mark.parametrize("title", ["Maintenance", "Not found", "Consent", "Access denied"])
def test_a_page_that_is_called_as_its_source_is_not_taken_for_a_gate_or_an_error(title: str) -> None:
    html = f"<title>{title} | Library</title><h1>{title}</h1>{FILL}"
    assert state(title, html) is State.OK
    assert state("A treaty", html) in (State.SOFT_404, State.BLOCKED)


def test_an_error_page_of_a_site_that_is_called_as_its_source_is_one() -> None:
    assert state("The Korean War", f"<title>Page not found - The Korean War Archive</title>{FILL}") is State.SOFT_404
    assert state("The Korean War", f"<title>Log in - The Korean War Archive</title>{PASSWORD}{FILL}") is State.BLOCKED


def test_a_box_for_log_in_on_the_page_itself_is_not_a_gate() -> None:
    words = "<p>A few words of the page, which are more than enough to be judged by, if not many."
    named = f"<title>Mutual Defense Treaty</title>{PASSWORD}{words}"
    assert state("Mutual Defense Treaty", named) is State.OK
    assert state("Mutual Defense Treaty", f"<title>Library</title>{PASSWORD}{words}") is State.BLOCKED


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("https://example.org/login", True), ("https://login.example.org/", True),
        ("https://example.org/a?next=/treaty/text", True), ("https://example.org/a?next=/other", False),
        ("https://example.org/treaty/text?lang=en", False), ("https://example.org/the-login-of-the-president", False),
        ("https://example.org/treaty/accounts-of-war", False),
        ("https://example.org/subscribe?from=/treaty/text", True),
        ("https://example.org/privacy-gate?u=/treaty/text", True),
        ("https://example.org/special-offer?from=%2Ftreaty%2Ftext", True), ("https://example.org/golden-gate", False),
        ("https://example.org/treaties/2?from=/treaty/text", False),
        ("https://example.org/golden-gate?from=/treaty/text", False),
        ("https://example.org/offer?from=/home", False),
    ],
)  # fmt: skip
def test_where_a_redirect_leads(target: str, leads: bool) -> None:
    assert leads_to_gate(URL, target) is leads
