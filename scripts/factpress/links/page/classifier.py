"""Signs that a page is not what its status says: a wall against machines, an error page, a shell without words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from factpress.links.http.replies import Response
from factpress.links.page.html import Page

SHELL = 200  #: characters; a page with fewer has no sentence to find
ALIKE = 95.0
_COMPARED = 20_000

#: whole titles, up to what follows a bar or dash
_WALL_TITLES = re.compile(
    r"just a moment|making sure you'?re not a bot|attention required|ddos[- ]guard|access denied|captcha"
    r"|pardon our interruption|are you (?:a robot|human)|human verification|security check(?:point)?"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|bot verification|client challenge|robot check|validate user"
    r"|checking your browser.*|one moment,? please|request unsuccessful.*|you have been blocked"
    r"|vercel security checkpoint|radware (?:bot manager )?captcha",
    re.IGNORECASE,
)
#: what walls leave in a page that has no words
_WALL_SCRIPTS = re.compile(
    rb"_cf_chl|challenge-platform|cdn-cgi/challenge|within\.website|anubis_challenge|__ddg|ddos-guard|sucuri_cloudproxy"
    rb"|_incapsula_|awswaf|aws-waf|captcha|perimeterx|px-captcha|datadome|kasada|akamai.{0,20}bot",
    re.IGNORECASE,
)
#: whole titles or headings, never a part of one: an article may be called "The page that was not found"
_ERROR_TITLES = re.compile(
    r"(?:http )?(?:404|error:? (?:404|410)|(?:404|410) error|410 gone)"
    r"(?:[ :.!–-]*(?:page |file |seite )?(?:not found|gone|nicht gefunden))?"
    r"|(?:error:? )?(?:the |this |requested )*(?:page|file|document|item|article|resource|content|url|record)s? "
    r"(?:you (?:requested|were looking for|are looking for) )?(?:(?:was |is |could |can |has |does |do |did )?"
    r"(?:not |no longer |n't |be |been )*|cannot be |can'?t be |couldn'?t be |doesn'?t |isn'?t |wasn'?t )"
    r"(?:found|exist|available|unavailable|removed|deleted|gone)(?: ?\(?(?:error )?404\)?)?"
    r"|(?:we )?(?:sorry,? )?(?:we )?(?:can'?t|cannot|couldn'?t|could not) find (?:that|the|this|your) page.*"
    r"|not found|nothing (?:was )?found|oops.*|seite (?:wurde )?nicht gefunden|page introuvable|page non trouvée"
    r"|página no encontrada|pagina non trovata|страница не найдена|페이지를 찾을 수 없습니다|存在しないページ.*"
    r"|(?:お探しの)?ページ(?:が|は)見つかりません.*|页面不存在|(?:找不到|未找到)(?:页面|頁面|网页)",
    re.IGNORECASE,
)
_DIVIDERS = re.compile(r"\s+[|·•»–—-]\s+|\s*[|»]\s*")
_ROOT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?/?)?", re.IGNORECASE)


def is_gate(answer: Response, page: Page | None) -> bool:
    """Return whether a server keeps machines out, whatever status it gives."""
    if answer.headers.get("cf-mitigated"):
        return True
    if page is None:
        return False
    if any(_WALL_TITLES.fullmatch(part) for part in _parts(page.title)):
        return True
    behind = "ddos-guard" in answer.headers.get("server", "").lower()
    return len(_dense(page.text)) < SHELL and (behind or bool(_WALL_SCRIPTS.search(answer.body[: 2**16])))


def needs_scripts(page: Page, size: int) -> bool:
    """Return whether a page has no words until a script puts them there; `size` is its length in bytes."""
    words = len(_dense(page.text))
    if words < SHELL and page.scripts:
        return True
    return words < 1500 and page.wants_scripts and words * 20 < size


def has_error_title(page: Page) -> bool:
    """Return whether the title or the first heading, and not just the text, says that there is no such page."""
    parts = [*_parts(page.title), page.heading]
    return any(_ERROR_TITLES.fullmatch(part.strip(" .!?")) for part in parts if part)


def is_root(url: str) -> bool:
    """Return whether an address is a site's front page, in whatever language."""
    parts = urlsplit(url)
    return not parts.query and bool(_ROOT.fullmatch(parts.path))


def redirected_to_root(asked: str, answer: Response) -> bool:
    """Return whether redirects led from a page to a front page."""
    return bool(answer.redirects) and is_root(answer.url) and not is_root(asked)


def are_nearly_equal(text: str, other: str) -> bool:
    """Return whether a page says nearly what a page says that cannot exist."""
    left, right = _dense(text)[:_COMPARED], _dense(other)[:_COMPARED]
    return min(len(left), len(right)) > 0 and fuzz.ratio(left, right, score_cutoff=ALIKE) > 0


def shared_targets(led: Iterable[tuple[str, str, Iterable[str]]]) -> frozenset[str]:
    """Return the addresses to which redirects lead from two or more different pages of different sources.

    `led` holds address, where it led, and the sources that it is cited for; two spellings of one page are no sign.
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


def _page(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".lower()


def _parts(title: str) -> list[str]:
    return [part.strip(" .!?…") for part in (title, *_DIVIDERS.split(title)) if part.strip()]


def _dense(text: str) -> str:
    return " ".join(text.split())
