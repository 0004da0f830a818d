"""Looks at links, from a table of answers: which state each case of the policy comes to."""

from __future__ import annotations

import random
from json import loads

import pytest
from driving import drive
from link_checks import DAY, FILL, URL, Table, Web, asked, context, failure, link, page, result

from factpress.files.link_record.record import parse_record, record_text
from factpress.links.http.replies import FailureKind, Reply, Response
from factpress.links.page.verdict import judge_reply
from factpress.links.registries.services import Services
from factpress.links.soft404 import Soft404Probe, random_sibling_url, read_probe, write_probe
from factpress.links.visit import check_link
from factpress.model.links.policy import record_after, unchecked_record
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import Archive, LinkKind, LinkRecord, QuoteState, State

QUOTE = "the Parties will consult"
WITH = f"{FILL}<p>Whenever needed, the Parties will consult together."
ROOT = "https://example.org/"


def moved(status: int, target: str) -> Reply:
    return page("", status, location=target)


#: name: (answers at URL, other addresses, is the quote asked for, state, certain)
CASES: dict[str, tuple[object, Table, bool, State, bool]] = {
    "page": (page(), {}, False, State.OK, False),
    "page with the quote": (page(WITH), {}, True, State.OK, False),
    "page without the quote": (page(), {}, True, State.OK, False),
    "404 twice": (page("", 404), {}, False, State.SUSPECT, True),
    "410 twice": (page("", 410), {}, False, State.SUSPECT, True),
    "404 once, then there": ([page("", 404), page()], {}, False, State.OK, False),
    "404 once, then 500": ([page("", 404), page("", 500)], {}, False, State.UNREACHABLE, False),
    "500 once, then 404": ([page("", 500), page("", 404)], {}, False, State.UNREACHABLE, False),
    "404 once, then no name": ([page("", 404), failure(FailureKind.NXDOMAIN)], {}, False, State.UNREACHABLE, False),
    "no such name, twice": (failure(FailureKind.NXDOMAIN), {}, False, State.SUSPECT, True),
    "no name server": (failure(FailureKind.DNS), {}, False, State.UNREACHABLE, False),
    "time-out once": ([failure(FailureKind.TIMEOUT), page()], {}, False, State.OK, False),
    "time-out twice": (failure(FailureKind.TIMEOUT), {}, False, State.UNREACHABLE, False),
    "broken off": (failure(FailureKind.RESET), {}, False, State.UNREACHABLE, False),
    "certificate": (failure(FailureKind.TLS), {}, False, State.UNREACHABLE, False),
    "https to http": (moved(301, "http://example.org/treaty/text"), {}, False, State.UNREACHABLE, False),
    "circle": (moved(302, URL), {}, False, State.UNREACHABLE, False),
    "refused address": (failure(FailureKind.REFUSED), {}, False, State.UNREACHABLE, False),
    "503 once": ([page("", 503), page()], {}, False, State.OK, False),
    "503 twice": (page("", 503), {}, False, State.UNREACHABLE, False),
    "429 once": ([page("", 429), page()], {}, False, State.OK, False),
    "429 twice": (page("", 429), {}, False, State.BLOCKED, False),
    **{str(s): (page("", s), {}, False, State.BLOCKED, False) for s in (401, 403, 405, 406, 418, 451, 999)},
    "400": (page("", 400), {}, False, State.BLOCKED, False),
    "redirect without target": (page("", 302), {}, False, State.UNREACHABLE, False),
    "403 with header": (page("", 403, cf_mitigated="challenge"), {}, False, State.BLOCKED, False),
    "200 behind a wall": (
        page("<title>Making sure you&#39;re not a bot!</title><h1>Making sure you're not a bot!</h1><script></script>"),
        {}, True, State.BLOCKED, False,
    ),
    "503 behind a wall": (page("<title>Just a moment...</title>", 503), {}, False, State.BLOCKED, False),
    "404 behind a wall": (page("<title>Just a moment...</title>", 404), {}, False, State.BLOCKED, False),
    "wall of script": (page("<script>window._cf_chl_opt={}</script>"), {}, True, State.BLOCKED, False),
    "guarded site that lets us in": (page(WITH, server="ddos-guard"), {}, True, State.OK, False),
    "guarded site that does not": (page("<script>x</script>", server="DDoS-Guard"), {}, True, State.BLOCKED, False),
    "shell without words": (page("<div id=root></div><script src=app.js></script>"), {}, True, State.OK_UNREAD, False),
    "page that wants scripts": (
        page(f"<noscript>Enable JavaScript</noscript><p>{'Menu ' * 60}<script>{'x' * 20_000}</script>"), {}, True,
        State.OK_UNREAD, False,
    ),
    "nothing": (page(""), {}, True, State.OK_UNREAD, False),
    "image": (page("x", kind="image/png"), {}, True, State.OK_UNREAD, False),
    "PDF without text": (page("%PDF-1.7 x", kind="application/pdf"), {}, True, State.OK_UNREAD, False),
    "text": (page(f"{QUOTE} together", kind="text/plain"), {}, True, State.OK, False),
    "error title": (page(f"<title>Page not found | Library</title>{FILL}"), {}, True, State.SOFT_404, False),
    "error heading": (page(f"<title>A</title><h1>404 – Page Not Found</h1>{FILL}"), {}, False, State.SOFT_404, False),
    "error title, Korean": (page(f"<title>페이지를 찾을 수 없습니다</title>{FILL}"), {}, False, State.SOFT_404, False),
    "error title, and the quote": (page(f"<title>Page not found</title>{WITH}"), {}, True, State.OK, False),
    "text that says it was removed": (page(f"<title>Changes</title>{FILL} This section has been removed."), {}, True,
                                      State.OK, False),
    "title about removal": (page(f"<title>The page that was not found: a history</title>{FILL}"), {}, False,
                            State.OK, False),
    "to the front page": (moved(302, "/"), {ROOT: page()}, False, State.SOFT_404, False),
    "to the front page of a language": (moved(301, "/en/"), {f"{ROOT}en/": page()}, False, State.SOFT_404, False),
    "to the front page, with the quote": (moved(302, "/"), {ROOT: page(WITH)}, True, State.REDIRECTED, False),
    "for now": (moved(302, "/b/c"), {f"{ROOT}b/c": page()}, False, State.REDIRECTED, False),
    "for good": (moved(301, "/b/c"), {f"{ROOT}b/c": page(WITH)}, True, State.MOVED, False),
    "for good, then for now": (
        moved(308, "/b/c"), {f"{ROOT}b/c": moved(307, "/d/e"), f"{ROOT}d/e": page()}, False, State.REDIRECTED, False,
    ),
    "to a page that is gone": (moved(302, "/b/c"), {f"{ROOT}b/c": page("", 404)}, False, State.SUSPECT, True),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_state_of_each_case(name: str) -> None:
    answer, others, quoted, state, certain = CASES[name]
    seen = result({**others, URL: answer}, link(URL, *([QUOTE] if quoted else []))).observation  # type: ignore[dict-item]
    assert seen is not None
    assert (seen.outcome, seen.certain) == (state, certain), seen.why
    assert seen.why or state in (State.OK, State.REDIRECTED, State.MOVED)
    assert set(seen.quotes) == ({quote_key(QUOTE)} if quoted else set())


@pytest.mark.parametrize(
    ("html", "state"),
    [(WITH, QuoteState.FOUND), (FILL, QuoteState.MISSING), ("<script>x</script>", QuoteState.UNREAD)],
)
def test_quotes_are_found_missing_or_unread(html: str, state: QuoteState) -> None:
    seen = result({URL: page(html)}, link(URL, QUOTE)).observation
    assert seen and seen.quotes == {quote_key(QUOTE): state}


def test_a_near_miss_is_told_as_a_hint() -> None:
    found = result({URL: page(f"{FILL}<p>the Parties will not consult together")}, link(URL, QUOTE))
    assert found.observation and found.observation.quotes == {quote_key(QUOTE): QuoteState.MISSING}
    assert "parties will not consult" in found.hints[quote_key(QUOTE)]


def test_what_was_cut_off_may_hold_the_quote() -> None:
    cut = Response("", 200, {"content-type": "text/html"}, FILL.encode(), truncated=True)
    seen = result({URL: cut}, link(URL, QUOTE, "a great many words")).observation
    assert seen and seen.outcome is State.OK_UNREAD
    assert seen.quotes == {quote_key(QUOTE): QuoteState.UNREAD, quote_key("a great many words"): QuoteState.FOUND}


@pytest.mark.parametrize(
    ("frame", "state"),
    [
        ('<iframe src="/text.html">', QuoteState.UNREAD), ('<object data="//cdn.example/a.pdf">', QuoteState.UNREAD),
        ('<frame src="text.html">', QuoteState.UNREAD), ('<embed src="//c.example/A.PDF?x">', QuoteState.UNREAD),
        ('<iframe src="https://films.example/1">', QuoteState.MISSING), ("<iframe>", QuoteState.MISSING),
        ('<iframe src="about:blank">', QuoteState.MISSING), ('<iframe src="//ads.example/">', QuoteState.MISSING),
        ('<noscript><iframe src="/count"></iframe></noscript>', QuoteState.MISSING),
    ],
)  # fmt: skip
def test_a_quote_may_stand_in_a_frame(frame: str, state: QuoteState) -> None:
    seen = result({URL: page(f"{FILL}{frame}")}, link(URL, QUOTE)).observation
    assert seen and seen.quotes == {quote_key(QUOTE): state}
    assert (seen.outcome is State.OK) is (state is QuoteState.MISSING)


def test_bad_news_is_asked_again_half_a_minute_later_and_a_refusal_is_not() -> None:
    for status, times in ((404, 2), (410, 2), (503, 2), (403, 1), (401, 1), (200, 1)):
        web = Web({URL: page(FILL, status)})
        drive(check_link(link(ROOT + "treaty/text"), None, context()), web)
        ours = [ask for ask in web.requests if ask.url == URL]
        assert [ask.delay for ask in ours] == [0.0, 30.0][:times], status


def test_a_machine_without_network_learns_nothing() -> None:
    assert result({URL: failure(FailureKind.OFFLINE)}).observation is None
    assert result({URL: [failure(FailureKind.NXDOMAIN), failure(FailureKind.OFFLINE)]}).observation is None


def test_bad_news_heard_once_because_the_run_ended_is_not_recorded() -> None:
    assert result({URL: [page("", 404), failure(FailureKind.POSTPONED)]}).observation is None
    assert result({URL: failure(FailureKind.POSTPONED)}).observation is None
    seen = result({URL: [page("", 429), failure(FailureKind.POSTPONED)]}).observation
    assert seen and seen.outcome is State.BLOCKED


def test_where_it_moved_keeps_the_fragment_that_was_asked_for() -> None:
    seen = result({f"{URL}#page=3": moved(301, "/b/c"), f"{ROOT}b/c": page()}, link(f"{URL}#page=3")).observation
    assert seen and seen.final_url == f"{ROOT}b/c#page=3"
    assert seen.permanent


def test_a_known_page_is_asked_only_whether_it_changed() -> None:
    known = LinkRecord(
        url=URL, state=State.OK, http=200, etag='"a1"', text_sha256="x", title="T",
        quotes={quote_key(QUOTE): QuoteState.FOUND},
    )  # fmt: skip
    web = Web({URL: page("", 304)})
    seen = drive(check_link(link(URL, QUOTE), known, context()), web).observation
    assert seen and (seen.outcome, seen.title, seen.quotes) == (State.OK, "T", known.quotes)
    assert web.requests[0].headers == {"If-None-Match": '"a1"'}
    # a new quote, or one that was not found: the page itself is needed
    for quotes in ((QUOTE, "other words"), ("other words",)):
        web = Web({URL: page(WITH)})
        drive(check_link(link(URL, *quotes), known, context()), web)
        assert web.requests[0].headers == {}


TWIN = random_sibling_url(URL, "2026-11")


def test_a_host_that_says_the_same_of_every_page_is_seen_through() -> None:
    web = Web({URL: page(), TWIN: page()})
    seen = drive(check_link(link(), None, context()), web).observation
    assert seen and seen.outcome is State.SOFT_404
    assert web.urls == [URL, TWIN]
    other = result({URL: page(WITH), TWIN: page(f"<p>{'Something else altogether. ' * 20}")}).observation
    assert other and other.outcome is State.OK


def test_a_host_is_asked_for_a_page_that_cannot_exist_once_a_month() -> None:
    shared = context()
    for url in (URL, f"{URL}2", f"{URL}3"):
        web = Web({url: page()})
        drive(check_link(link(url), None, shared), web)
        assert len(web.requests) == (2 if url == URL else 1)


@pytest.mark.parametrize("url", ["https://example.org/", "https://example.org", "https://example.org/en/index.html"])
def test_a_front_page_has_no_twin(url: str) -> None:
    web = Web({}, other=page())
    seen = drive(check_link(link(url), None, context()), web).observation
    assert seen and seen.outcome is State.OK
    assert len(web.requests) == 1


def test_a_page_with_its_quote_has_no_twin() -> None:
    web = Web({URL: page(WITH)}, other=page(WITH))
    drive(check_link(link(URL, QUOTE), None, context()), web)
    assert web.urls == [URL]


def test_honest_hosts_are_remembered_for_a_month(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "siblings"
    write_probe(path, Soft404Probe(DAY, {"a.org": "2026-11", "b.org": "2026-10"}))
    assert read_probe(path, DAY).denied == {"a.org": "2026-11"}
    path.write_bytes(b"\xff{")
    assert read_probe(path, DAY).denied == {}


ARCHIVES = Services(archive="https://archive.example", snapshots="https://web.example")
NEAREST = "https://archive.example/wayback/available?url=https%3A%2F%2Fexample.org%2Ftreaty%2Ftext"
INDEX = (
    "https://web.example/cdx/search/cdx?url=https%3A%2F%2Fexample.org%2Ftreaty%2Ftext"
    "&output=json&filter=statuscode%3A200&limit=3"
)
SNAP = "https://web.example/web/{}id_/" + URL
CLOSEST = '{"archived_snapshots":{"closest":{"available":true,"timestamp":"20130919044612","status":"200"}}}'
ROWS = '[["urlkey","timestamp","original"],["x","20120101000000","y"],["x","20140101000000","y"]]'


def json(text: str) -> Reply:
    return page(text, kind="application/json")


def archived(table: Table, **more: object) -> tuple[Archive | None, list[str]]:
    web = Web({URL: page("", 404), **table}, other=page("", 503))
    seen = drive(check_link(link(URL, QUOTE), None, context(services=ARCHIVES, **more)), web).observation
    assert seen and (seen.outcome, seen.certain) == (State.SUSPECT, True)
    return seen.archive, web.urls


def test_a_copy_with_the_quote_is_found_before_a_page_is_given_up() -> None:
    copy, _ = archived({NEAREST: json(CLOSEST), SNAP.format("20130919044612"): page(WITH)})
    assert copy == Archive(f"https://web.example/web/20130919044612/{URL}", {quote_key(QUOTE): QuoteState.FOUND})
    assert copy and copy.holds


def test_a_copy_without_the_quote_is_none_and_the_index_is_asked() -> None:
    copy, asked_for = archived(
        {
            NEAREST: json(CLOSEST), SNAP.format("20130919044612"): page(), INDEX: json(ROWS),
            SNAP.format("20120101000000"): page("", 302, location=SNAP.format("20111231000000")),
            SNAP.format("20111231000000"): page(), SNAP.format("20140101000000"): page(WITH),
        }
    )  # fmt: skip
    assert copy and copy.url == f"https://web.example/web/20140101000000/{URL}"
    assert NEAREST in asked_for and INDEX in asked_for


def test_a_copy_that_the_book_names_comes_first() -> None:
    own = f"https://web.archive.org/web/20100101000000/{URL}"
    copy, asked_for = archived({own.replace("/https", "id_/https"): page(WITH)}, copies={URL: (own,)})
    assert copy and copy.url == own
    assert NEAREST not in asked_for


@pytest.mark.parametrize(
    "answer",
    [page("", 503), page("", 429), failure(FailureKind.TIMEOUT), page("<html>", 200), json("[]"), json("{"),
     json('{"a":1}'), json('{"archived_snapshots":{"closest":[]}}'), json('[["timestamp"],[1],["x"],[]]'),
     json("[[],[]]")],
)  # fmt: skip
def test_an_archive_that_refuses_or_talks_nonsense_is_no_news(answer: Reply) -> None:
    assert archived({NEAREST: answer, INDEX: answer})[0] is None


def test_another_archive_is_asked_where_one_is_set() -> None:
    gate = f"https://gate.example/timegate/{URL}"
    services = Services(archive="", snapshots="", timegate="https://gate.example/timegate")
    memento = f"https://memento.example/2012/{URL}"
    table = {URL: page("", 404), gate: page("", 302, location=memento), memento: page(WITH)}
    seen = result(table, link(URL, QUOTE), services=services).observation
    assert seen and seen.archive and seen.archive.url == memento


def test_no_second_search_where_a_copy_is_known() -> None:
    known = LinkRecord(url=URL, archive=Archive("https://a.example/", {asked(QUOTE).key: QuoteState.FOUND}))
    web = Web({URL: page("", 404)})
    drive(check_link(link(URL, QUOTE), known, context(services=ARCHIVES)), web)
    assert set(web.urls) == {URL}


def test_whatever_a_page_holds_it_can_be_judged_and_recorded() -> None:
    chance = random.Random(6)
    pieces = [
        "<p>",
        "</p>",
        "<div hidden>",
        "<table><tr><td>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&#xD800;",
        "&shy;",
        "\x00",
        "\ufffe",
        "\ufdd0",
        "\ufdd1",
        "<sup>1</sup>",
        "<svg><title>",
        "<title>",
        "</title>",
        "<h1>",
        "404",
        "not found",
        "Just a moment...",
        "<noscript>javascript",
        "<meta charset=utf-7>",
        "<meta charset=zip>",
        "<?xml version='1.0' encoding='x'?>",
        "<plaintext>",
        "<template>",
        "<frameset>",
        "the Parties will consult",
        " - ",
        "-\n",
        "…",
        "[...]",
        "\u2028",
        "조약",
        "ﬁ",
        "ß",
        "İ",
        "́",
        "<pre>",
        "<body style='display:none'>",
        "&#0;",
        '">',
    ]
    quotes = (QUOTE, "a … b", "[...]", "-", "İ", "조약", "x" * 200, "  ", "\u00ad")
    kinds = ("text/html", 'text/html; charset="x', "text/plain", "application/xml", "", "text/html; charset=utf-16")
    for _ in range(400):
        body = bytearray("".join(chance.choice(pieces) for _ in range(chance.randrange(60))).encode())
        for _ in range(chance.choice((0, 0, 5))):
            body.insert(chance.randrange(len(body) + 1), chance.randrange(256))
        status = chance.choice((200, 200, 403, 404, 500, 999))
        answer = Response(URL, status, {"content-type": chance.choice(kinds)}, bytes(body))
        seen = judge_reply(link(URL, *chance.sample(quotes, chance.randrange(3))), answer).observation
        assert seen
        record = record_after(unchecked_record(URL, LinkKind.URL), seen, "2026-11-23")
        assert parse_record(loads(record_text(record))).state is record.state
