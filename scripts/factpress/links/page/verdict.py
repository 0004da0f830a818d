"""What an answer says about a link: the one place where statuses, walls, error pages and quotes are weighed.

The order is that of the policy: a quote that is found settles that the page is there; then a wall against machines,
then signs of an error page. Nothing here asks anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from factpress.links.http.replies import Failure, FailureKind, Reply, Response, pause_words
from factpress.links.page import classifier
from factpress.links.page.html import Page, read_html, read_plain
from factpress.links.page.pdf import read_pdf, readings
from factpress.links.page.quotations import comparable, find_quotes, near_miss
from factpress.model.links.cited import CitedLink
from factpress.model.links.state import Observation, QuoteState, State

HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
PLAIN = frozenset({"text/plain", "application/json", "text/markdown", "text/csv"})
#: refused to machines, or to us; none of these says that there is no such page
_BLOCKED = {
    401: "the server asks for a password", 402: "the server asks for money", 403: "the server refuses machines",
    405: "the server refuses the request", 406: "the server refuses the request", 429: "the server is asked too often",
    451: "the page is withheld for legal reasons",
}  # fmt: skip
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one look at a link brought."""

    observation: Observation | None  #: None: not asked in this run, nothing to record
    why: str = ""  #: why there is none
    hints: Mapping[str, str] = field(default_factory=dict)  #: by quote key: words of the page like those of the quote
    text: str = ""  #: of the page, to be compared with that of another


def says_gone(reply: Reply) -> bool:
    """Return whether a reply is certain bad news, if it is given twice."""
    if isinstance(reply, Failure):
        return reply.kind is FailureKind.NXDOMAIN
    return reply.status in GONE and not classifier.is_gate(reply, _page(reply))


def is_temporary(reply: Reply) -> bool:
    """Return whether a second question a little later may bring a better answer."""
    if isinstance(reply, Failure):
        return reply.kind.is_temporary
    return reply.status in (408, 425, 429) or reply.status >= 500


def judge(link: CitedLink, reply: Reply, *, twice: bool = False) -> CheckResult:
    """Return what a reply says about a link; `twice`: the same certain bad news was given before, a while ago."""
    if isinstance(reply, Failure):
        return _judge_failure(link, reply, twice)
    if 200 <= reply.status < 300:
        return _judge_success(link, reply)
    page = _page(reply)
    unread = {quote.key: QuoteState.UNREAD for quote in link.quotes}
    http = reply.status if reply.status < 600 else None  # some invent their own
    seen = Observation(
        outcome=State.UNREACHABLE, http=http, final_url=_target(link, reply), quotes=unread,
        title=(page.title or None) if page else None,
    )  # fmt: skip
    if classifier.is_gate(reply, page):
        return CheckResult(replace(seen, outcome=State.BLOCKED, why="a page that keeps machines out"))
    if reply.status in GONE:
        outcome = State.SUSPECT if twice else State.UNREACHABLE
        return CheckResult(replace(seen, outcome=outcome, certain=twice, why=_said(reply.status, twice)))
    if 400 <= reply.status < 500 or reply.status >= 600:
        why = f"{reply.status}: {_BLOCKED.get(reply.status, 'the server refuses the request')}"
        if reply.status == 429 and (pause := pause_words(reply)):
            why = f"429: the server asks to be left alone {pause}"
        return CheckResult(replace(seen, outcome=State.BLOCKED, why=why))
    return CheckResult(replace(seen, why=f"{reply.status}: the server could not answer"))


def as_soft_404(result: CheckResult, why: str) -> CheckResult:
    """Return the look as one at an error page with a friendly status."""
    assert result.observation is not None
    unread = dict.fromkeys(result.observation.quotes, QuoteState.UNREAD)
    return CheckResult(replace(result.observation, outcome=State.SOFT_404, why=why, quotes=unread))


def _judge_failure(link: CitedLink, failure: Failure, twice: bool) -> CheckResult:
    if failure.kind in (FailureKind.POSTPONED, FailureKind.OFFLINE):
        return CheckResult(None, failure.why)
    gone = failure.kind is FailureKind.NXDOMAIN and twice
    unread = {quote.key: QuoteState.UNREAD for quote in link.quotes}
    outcome = State.SUSPECT if gone else State.UNREACHABLE
    why = f"nothing was sent: {failure.why}" if failure.kind is FailureKind.REFUSED else failure.why
    return CheckResult(Observation(outcome=outcome, certain=gone, why=why, quotes=unread))


def _judge_success(link: CitedLink, answer: Response) -> CheckResult:
    page, texts = _read(answer)
    quotes = find_quotes(link.quotes, texts)
    found = any(state in (QuoteState.FOUND, QuoteState.MOVED) for state in quotes.values())
    outcome, why = State.OK, ""
    if answer.redirects:
        outcome = State.MOVED if answer.moved_for_good else State.REDIRECTED
    seen = Observation(
        outcome=outcome, http=answer.status, final_url=_target(link, answer), permanent=answer.moved_for_good,
        title=(page.title or None) if page else None, etag=answer.headers.get("etag"), quotes=quotes,
        text_sha256=hashlib.sha256(texts[0].encode("utf-8", "replace")).hexdigest() if texts else None,
    )  # fmt: skip
    if not found:
        if classifier.is_gate(answer, page):
            return CheckResult(replace(_unread(seen), outcome=State.BLOCKED, why="a page that keeps machines out"))
        if page and classifier.has_error_title(page):
            return as_soft_404(CheckResult(seen), f"it answers {answer.status} and calls itself an error page")
        if classifier.redirected_to_root(link.url, answer):
            return as_soft_404(CheckResult(seen), "it redirects to the front page of the site")
        if why := _why_unread(answer, page, texts):
            return CheckResult(replace(_unread(seen), outcome=State.OK_UNREAD, why=why))
    missing = [quote for quote in link.quotes if quotes[quote.key] is QuoteState.MISSING]
    unseen = "only the beginning was read" if answer.truncated else ""
    if page and page.framed:
        unseen = "a part of it stands in a frame, which was not read"
    if missing and unseen:
        known = {key: QuoteState.UNREAD if state is QuoteState.MISSING else state for key, state in quotes.items()}
        unread = State.OK_UNREAD if QuoteState.UNREAD in known.values() else outcome
        return CheckResult(replace(seen, outcome=unread, quotes=known, why=unseen))
    hints = {quote.key: hint for quote in missing if (hint := near_miss(quote.quote, texts))}
    return CheckResult(replace(seen, why=why), hints=hints, text=page.text if page else "")


def _read(answer: Response) -> tuple[Page | None, tuple[str, ...]]:
    """Return the page, if it is one, and the readings of its text, none when it cannot be read."""
    if answer.is_pdf:
        pages = () if answer.truncated else read_pdf(answer.body)
        texts = tuple(dict.fromkeys(map(comparable, readings(pages))))
        return None, texts if any(texts) else ()
    page = _page(answer)
    readings_of = (page.text, page.bare) if page else ()
    return page, tuple(comparable(text) for text in readings_of if text.strip())


def _page(answer: Response) -> Page | None:
    kind = answer.headers.get("content-type", "")
    if answer.media_type in PLAIN:
        return read_plain(answer.body, kind)
    return read_html(answer.body, kind) if answer.media_type in HTML else None


def _why_unread(answer: Response, page: Page | None, texts: tuple[str, ...]) -> str:
    if answer.is_pdf:
        return "" if texts else "a PDF without text that can be read"
    if page is None:
        return f"{answer.media_type} is not read"
    if classifier.needs_scripts(page, len(answer.body)):
        return "its words are put there by scripts"
    if not page.complete:
        return "too deeply nested to be read whole"
    return "" if texts else "there are no words on it"


def _unread(seen: Observation) -> Observation:
    return replace(seen, text_sha256=None, quotes=dict.fromkeys(seen.quotes, QuoteState.UNREAD))


def _target(link: CitedLink, answer: Response) -> str | None:
    """Return where redirects led, with the fragment that was asked for."""
    if not answer.redirects:
        return None
    target, asked = answer.redirects[-1].url, link.url.partition("#")
    return target if "#" in target or not asked[2] else f"{target}#{asked[2]}"


def _said(status: int, twice: bool) -> str:
    return f"{status}, {'twice' if twice else 'once'}: the server says that there is no such page"
