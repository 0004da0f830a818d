"""Whether a page with a friendly status is a gate, an error page, or an application shell without text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from rapidfuzz import fuzz

from factpress.links.http.replies import Response
from factpress.links.page import phrases
from factpress.links.page.html import PageText
from factpress.model.source import Source

SHELL_LENGTH = 200  #: characters; a page with fewer has no sentence to find
FEWEST_CHARACTERS = 60  #: characters; what has fewer is not a page that could be cited
LONGEST_GATE = 4000  #: characters; a page with more is not a gate, whatever its title
NEARLY_EQUAL = 95.0
_COMPARED = 20_000
_NAMED = 0.6  #: share of a title's words by which a page is known to be the one that is cited

_DIVIDERS = re.compile(r"\s+[|·•»–—-]\s+|\s*[|»]\s*")
_POINTS = re.compile("[\u0307\u0591-\u05bd\u05bf-\u05c7\u064b-\u0652]")
_ROOT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?/?)?", re.IGNORECASE)


def gate_reason(asked: str, response: Response, page: PageText | None, sources: Iterable[Source] = ()) -> str:
    """Return why a response is a gate before the page, whatever its status, empty where it is not.

    The structure decides first: where redirects led, a field for a password, a page without the words of the title.
    """
    if response.headers.get("cf-mitigated") or response.headers.get("x-amzn-waf-action"):
        return "a page that keeps machines out"
    if page is None:
        return ""
    words = len(_dense(page.text))
    asks, named = page.asks_for_password, has_cited_title(sources, page)
    if response.redirects and leads_to_gate(asked, response.url) and (asks or not named):
        return "it redirects to a page that asks who the reader is" if asks else "it redirects to a gate"
    # a line of a short page is as good as a heading, if it is a sentence and not a part of a menu
    lines = [line for line in page.text.splitlines() if len(line.split()) > 3] if words < 3 * SHELL_LENGTH else []
    if words < LONGEST_GATE and any(map(_is_gate_title, _called((page.title, page.heading, *lines), sources))):
        return "a page for readers with an account" if asks else "a page that stands before the page"
    if named:
        return ""
    if response.redirects and asks and words < LONGEST_GATE:
        return "it redirects to a page that asks for a password"
    if asks and words < SHELL_LENGTH:
        return "a page that asks for a password"
    behind = "ddos-guard" in response.headers.get("server", "").lower()
    wall = re.search(phrases.WALL_SCRIPTS, response.body[: 2**16], re.IGNORECASE)
    return "a page that keeps machines out" if words < SHELL_LENGTH and (behind or wall) else ""


def leads_to_gate(asked: str, target: str) -> bool:
    """Return whether a redirect leads from a page to an address of log-in, consent or the like."""
    before, after = urlsplit(asked), urlsplit(target)
    steps_before = set(_steps(before))
    if any(phrases.GATE_PATHS.fullmatch(step) for step in _steps(after) if step not in steps_before):
        return True
    # a parameter that brings readers back to where they wanted to go: `?return=/treaty/text`
    wanted = unquote(before.path).rstrip("/")
    names = [name for name, value in parse_qsl(after.query) if len(wanted) > 1 and wanted in unquote(value)]
    if any(map(phrases.RETURN_PARAMETERS.fullmatch, names)):
        return True
    words = (word for step in _steps(after) if step not in steps_before for word in re.split(r"[-_.]", step))
    return any(map(phrases.WEAK_RETURN_PARAMETERS.fullmatch, names)) and any(map(phrases.GATE_WORDS.fullmatch, words))


def error_page_reason(page: PageText, response: Response, sources: Iterable[Source] = ()) -> str:
    """Return why a page with a friendly status is an error page, empty where it is not."""
    host = urlsplit(response.url).hostname or " "
    words = len(_dense(page.text))
    titles = _called((page.title, page.heading), sources)
    lines = page.text.splitlines() if words < 2 * SHELL_LENGTH else []
    without_host = _called((title.replace(host, " ") for title in (page.title, *lines)), sources)
    if any(map(_is_error_title, (*titles, *without_host))):
        return f"it answers {response.status} and calls itself an error page"
    empty = words < LONGEST_GATE and any(re.fullmatch(phrases.EMPTY_SITES, title, re.IGNORECASE) for title in titles)
    if empty or any(re.fullmatch(phrases.ABANDONED, title, re.IGNORECASE) for title in titles):
        return "its site is not there any more"
    source = _source(response) if words < 10 * SHELL_LENGTH else ""
    sold = re.search(phrases.PARKED_AT, f"{response.url} {source}", re.IGNORECASE)
    return "its domain is for sale" if sold else ""


def has_cited_title(sources: Iterable[Source], page: PageText) -> bool:
    """Return whether title or heading of a page have the words of the title that a source is cited by."""
    called = set(_words(f"{page.title} {page.heading}"))
    return any(
        len(wanted & called) >= _NAMED * len(wanted)
        for source in sources
        if (wanted := set(_words(source.get("title"))))
    )


def needs_scripts(page: PageText, size: int) -> bool:
    """Return whether a page has no words until a script puts them there; `size` is its length in bytes."""
    words = len(_dense(page.text))
    if words < SHELL_LENGTH and page.scripts:
        return True
    return words < 1500 and page.asks_for_scripts and words * 20 < size


def has_few_words(page: PageText) -> bool:
    """Return whether a page has so few words that it cannot be judged by them."""
    return len(_dense(page.text)) < FEWEST_CHARACTERS


def is_root(url: str) -> bool:
    """Return whether an address is a site's front page, in whatever language."""
    parts = urlsplit(url)
    return not parts.query and bool(_ROOT.fullmatch(parts.path))


def redirected_to_root(asked: str, response: Response) -> bool:
    """Return whether redirects led from a page to a front page."""
    return bool(response.redirects) and is_root(response.url) and not is_root(asked)


def are_nearly_equal(text: str, other: str) -> bool:
    """Return whether a page has nearly the text of another, of a page that cannot exist."""
    left, right = _dense(text)[:_COMPARED], _dense(other)[:_COMPARED]
    return min(len(left), len(right)) > 0 and fuzz.ratio(left, right, score_cutoff=NEARLY_EQUAL) > 0


def shared_targets(led: Iterable[tuple[str, str, Iterable[str]]]) -> frozenset[str]:
    """Return the addresses to which redirects lead from two or more different pages of different sources.

    `led` holds address, where it led, and the sources that it is cited for; two spellings of one page do not count.
    """
    met: dict[str, dict[str, frozenset[str]]] = {}
    for url, target, sources in led:
        pages = met.setdefault(target.partition("#")[0], {})
        pages[_page(url)] = pages.get(_page(url), frozenset()) | frozenset(sources)
    return frozenset(
        target
        for target, pages in met.items()
        if len(pages) > 1 and not any(a & b for n, a in enumerate(pages.values()) for b in list(pages.values())[:n])
    )


def _called(titles: Iterable[str], sources: Iterable[Source]) -> list[str]:
    """Return the parts of titles, without the title that a source is cited by, whatever it is: `Maintenance`."""
    cited = [set(re.findall(r"\w+", source.get("title").casefold())) for source in sources]
    called: list[str] = []
    for title in titles:
        whole, *parts = _parts(title) or [""]
        others = [part for part in parts if set(re.findall(r"\w+", part.casefold())) not in cited]
        # the whole has the cited title in it, too
        called += [whole, *others] if len(others) == len(parts) else others
    return called


def _is_error_title(title: str) -> bool:
    """Return whether a title has the words of error pages alone, and says that the page does not exist."""
    return _is_called(title, phrases.ERROR_TITLES.values(), phrases.ERROR_TOKENS.values())


def _is_called(title: str, titles: Iterable[phrases.TitlePhrases], together: Iterable[tuple[str, str]]) -> bool:
    # the capital dotted I of Turkish leaves a dot of its own; titles in Arabic or Hebrew may be pointed
    plain = _POINTS.sub("", title.casefold().replace("’", "'"))
    words = set(re.findall(r"[^\W_]+", plain))
    for language in titles:
        if not words or not words <= phrases.title_words(language):
            continue
        if re.search(language.says, plain):
            return True
        if re.search(language.of_a_page, plain) and words & set(language.nouns.split()):
            return True
    return any(re.search(says, plain) and _only(tokens).fullmatch(plain) for says, tokens in together)


@cache
def _only(tokens: str) -> re.Pattern[str]:
    # the longest first and without a way back, so that the time grows with the length alone
    longest = sorted(map(re.escape, tokens.split()), key=len, reverse=True)
    return re.compile(rf"(?>(?:{'|'.join(longest)}|\d+|[\W_])++)")


def _is_gate_title(title: str) -> bool:
    for sentence in re.split(r"[.!?。！？]\s+", title):
        several = len(sentence.split()) > 1 or not sentence.isascii()
        if several and _is_called(sentence, phrases.GATE_TITLES.values(), phrases.GATE_TOKENS.values()):
            return True
        called = sentence.casefold().replace("’", "'").strip(" .!?…。！？:：")
        if any(re.fullmatch(titles, called, re.IGNORECASE) for titles in phrases.GATES):
            return True
    return False


def _steps(url: SplitResult) -> list[str]:
    host = (url.hostname or "").split(".")[:-2]
    return [step for step in (*host, *unquote(url.path).split("/")) if step]


def _source(response: Response) -> str:
    return response.body[: 2**16].decode("latin-1")


def _page(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".lower()


def _parts(title: str) -> list[str]:
    return [part.strip(" .!?…") for part in (title, *_DIVIDERS.split(title)) if part.strip(" .!?…")]


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 3 or ord(word[0]) > 0x2E7F]


def _dense(text: str) -> str:
    return " ".join(text.split())
