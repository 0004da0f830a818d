"""What a response means for a link: the one place where statuses, gates, error pages and quotes are weighed.

The order is that of the policy: a quote that is found settles that the page is there; then come gates, then error
pages. Nothing here sends a request.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, islice

from factpress.links.http.replies import Failure, FailureKind, Reply, Response, retry_pause_words
from factpress.links.page import classifier
from factpress.links.page.html import PageText, read_decodings, read_html, read_plain_text, refresh_target
from factpress.links.page.pdf import PdfText, read_pdf
from factpress.links.page.quotations import comparable_text, find_quotes, most_similar_words, without_note_marks
from factpress.model.links.cited import CitedLink
from factpress.model.links.state import Observation, QuoteState, State

HTML = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
PLAIN = frozenset({"text/plain", "application/json", "text/markdown", "text/csv"})
#: refused to machines, or to us; none of these says that the page does not exist
_BLOCKED = {
    401: "the server asks for a password", 402: "the server asks for money", 403: "the server refuses machines",
    405: "the server refuses the request", 406: "the server refuses the request", 429: "the server is asked too often",
    451: "the page is withheld for legal reasons",
}  # fmt: skip
GONE_STATUSES = (404, 410)
REPLACED = "its encoding is one of those that browsers do not show"
TRUNCATED = "only the beginning was read, because it is too long"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check of a link."""

    observation: Observation | None  #: None: not asked in this run, nothing to record
    why: str = ""  #: why there is none
    hints: Mapping[str, str] = field(default_factory=dict)  #: by quote key: words of the page like those of the quote
    text: str = ""  #: of the page, to be compared with that of another


def is_certainly_gone(reply: Reply, url: str = "") -> bool:
    """Return whether a reply says that the page does not exist, which is certain if it comes twice."""
    if isinstance(reply, Failure):
        return reply.kind is FailureKind.NXDOMAIN
    return reply.status in GONE_STATUSES and not classifier.gate_reason(url, reply, _page(reply))


def is_temporary(reply: Reply) -> bool:
    """Return whether a second request a little later may have a better reply."""
    if isinstance(reply, Failure):
        return reply.kind.is_temporary
    return reply.status in (408, 425, 429) or reply.status >= 500


def refresh_address(link: CitedLink, response: Response) -> str:
    """Return the address to which a page refreshes, empty where it does not or has a quote of ours."""
    header = response.headers.get("refresh", "")
    if not 200 <= response.status < 300 or not (
        header or re.search(rb"refresh", response.body[: 2**16], re.IGNORECASE)
    ):
        return ""
    page = _page(response)
    target = refresh_target(header, response.url) or (page.refresh if page else "")
    if not target or page is None or not re.match(r"https?://[^/]", target, re.IGNORECASE):
        return ""
    quotes = find_quotes(link.quotes, _Texts(response, page, None))
    return "" if set(quotes.values()) & {QuoteState.FOUND, QuoteState.MOVED} else target


def judge_reply(link: CitedLink, reply: Reply, *, twice: bool = False) -> CheckResult:
    """Return the result of a check with this reply; `twice`: it is the second “does not exist”."""
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
    if why := classifier.gate_reason(link.url, reply, page, link.entries):
        return CheckResult(replace(seen, outcome=State.BLOCKED, why=why))
    if reply.status in GONE_STATUSES:
        outcome = State.SUSPECT if twice else State.UNREACHABLE
        return CheckResult(replace(seen, outcome=outcome, certain=twice, why=_gone_words(reply.status, twice)))
    if 400 <= reply.status < 500 or reply.status >= 600:
        why = f"{reply.status}: {_BLOCKED.get(reply.status, 'the server refuses the request')}"
        if reply.status == 429 and (pause := retry_pause_words(reply)):
            why = f"429: the server asks to be left alone {pause}"
        return CheckResult(replace(seen, outcome=State.BLOCKED, why=why))
    return CheckResult(replace(seen, why=f"{reply.status}: the server could not answer"))


def as_soft_404(result: CheckResult, why: str) -> CheckResult:
    """Return the result as that of an error page with a friendly status."""
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


def _judge_success(link: CitedLink, response: Response) -> CheckResult:
    pdf = _pdf(response)
    page = None if pdf else _page(response)
    texts = _Texts(response, page, pdf)
    quotes = find_quotes(link.quotes, texts)
    has_quote = any(state in (QuoteState.FOUND, QuoteState.MOVED) for state in quotes.values())
    outcome = State.OK
    if response.redirects:
        outcome = State.MOVED if response.moved_for_good else State.REDIRECTED
    first = next(iter(texts), None)
    seen = Observation(
        outcome=outcome, http=response.status, final_url=_target(link, response), permanent=response.moved_for_good,
        title=(page.title or None) if page else None, etag=response.headers.get("etag"), quotes=quotes,
        text_sha256=None if first is None else hashlib.sha256(first.encode("utf-8", "replace")).hexdigest(),
    )  # fmt: skip
    if not has_quote:
        if why := classifier.gate_reason(link.url, response, page, link.entries):
            return CheckResult(replace(_unread(seen), outcome=State.BLOCKED, why=why))
        if page and (why := classifier.error_page_reason(page, response, link.entries)):
            return as_soft_404(CheckResult(seen), why)
        if classifier.redirected_to_root(link.url, response):
            return as_soft_404(CheckResult(seen), "it redirects to the front page of the site")
        if why := _why_unread(response, page, pdf, quoted=bool(link.quotes)):
            return CheckResult(replace(_unread(seen), outcome=State.OK_UNREAD, why=why))
    missing = [quote for quote in link.quotes if quotes[quote.key] is QuoteState.MISSING]
    unseen = TRUNCATED if response.truncated else ""
    if page and page.has_frames:
        unseen = "a part of it stands in a frame, which was not read"
    if page and page.is_replaced:
        unseen = REPLACED
    if missing and unseen:
        quote_states = {
            key: QuoteState.UNREAD if state is QuoteState.MISSING else state for key, state in quotes.items()
        }
        return CheckResult(replace(seen, outcome=State.OK_UNREAD, quotes=quote_states, why=unseen))
    hints = {quote.key: hint for quote in missing if (hint := most_similar_words(quote.quote, islice(texts, 2)))}
    return CheckResult(seen, hints=hints, text=page.text if page else "")


class _Texts:
    """The comparable texts as which a response can be read, each made when it is first asked for."""

    def __init__(self, response: Response, page: PageText | None, pdf: PdfText | None) -> None:
        self._made: list[str] = []
        self._more = self._readings(response, page, pdf)

    def __iter__(self) -> Iterator[str]:
        for number in count():
            if number == len(self._made):
                if (text := next(self._more, None)) is None:
                    return
                self._made.append(text)
            yield self._made[number]

    @staticmethod
    def _readings(response: Response, page: PageText | None, pdf: PdfText | None) -> Iterator[str]:
        if pdf:
            yield from map(comparable_text, pdf.readings)
            return
        if page is None:
            return
        for text in page.all_readings:
            yield comparable_text(text)
            if (bare := without_note_marks(text)) != text:
                yield comparable_text(bare)
        if response.media_type in HTML and not response.body.isascii():
            kind = response.headers.get("content-type", "")
            for other in islice(read_decodings(response.body, kind, response.url), 1, None):
                yield from map(comparable_text, other.all_readings)


def _pdf(response: Response) -> PdfText | None:
    if not response.is_pdf:
        return None
    return PdfText(why=f"a PDF of which {TRUNCATED}") if response.truncated else read_pdf(response.body)


def _page(response: Response) -> PageText | None:
    kind = response.headers.get("content-type", "")
    if response.media_type in PLAIN:
        return read_plain_text(response.body, kind)
    return read_html(response.body, kind, response.url) if response.media_type in HTML else None


def _why_unread(response: Response, page: PageText | None, pdf: PdfText | None, *, quoted: bool) -> str:
    if pdf:
        return pdf.why
    if page is None:
        return f"{response.media_type} is not read"
    if page.is_replaced:
        return REPLACED
    if classifier.needs_scripts(page, len(response.body)):
        return "its words are put there by scripts"
    if not page.is_complete:
        return "too large or too deeply nested to be read whole"
    if not page.text.strip():
        return "there is no text on it"
    if response.truncated and not quoted:
        return TRUNCATED
    few = response.media_type in HTML and classifier.has_few_words(page)
    return "it has too few words to be judged by" if few else ""


def _unread(seen: Observation) -> Observation:
    return replace(seen, text_sha256=None, quotes=dict.fromkeys(seen.quotes, QuoteState.UNREAD))


def _target(link: CitedLink, answer: Response) -> str | None:
    """Return where redirects led, with the fragment that was asked for."""
    if not answer.redirects:
        return None
    target, asked = answer.redirects[-1].url, link.url.partition("#")
    return target if "#" in target or not asked[2] else f"{target}#{asked[2]}"


def _gone_words(status: int, twice: bool) -> str:
    return f"{status}, {'twice' if twice else 'once'}: the server says that the page does not exist"
