"""Quotations: every case that looks alike and is not, and every one that does not look alike and is."""

from __future__ import annotations

import time

import pytest

from factpress.links.page.html import read_html
from factpress.links.page.quotations import comparable, find_quote, find_quotes, near_miss
from factpress.model.links.cited import CitedQuote
from factpress.model.links.quotation import quote_key
from factpress.model.links.state import QuoteState
from factpress.model.place import Place

FOUND, MOVED, MISSING = QuoteState.FOUND, QuoteState.MOVED, QuoteState.MISSING


def asked(quote: str, before: str | None = None, after: str | None = None) -> CitedQuote:
    return CitedQuote(
        quote=quote, before=before, after=after, key=quote_key(quote), claim_id="C001", where=Place("01.yaml", 3)
    )  # fmt: skip


def judge(quote: str, html: str, before: str | None = None, after: str | None = None) -> QuoteState:
    page = read_html(html.encode())
    return find_quote(asked(quote, before, after), map(comparable, page.all_readings))


CASES = [
    ("soft hyphen", "mutual defence treaty", "<p>mutual de&shy;fence treaty", FOUND),
    ("line-end hyphen", "mutual defence treaty", "<pre>mutual de-\nfence treaty</pre>", FOUND),
    ("line-end hyphen of the author", "a long-term treaty", "<pre>a long-\nterm treaty</pre>", FOUND),
    ("both in one quote", "a long-term defence", "<pre>a long-\nterm de-\nfence</pre>", FOUND),
    ("a hyphen that the page does not have", "re-sign the treaty", "<p>resign the treaty", MISSING),
    ("hyphen before a line end of the source", "co- operation", "<p>co-\noperation", FOUND),
    ("curly quotes on the page", "it's \"peace\"", "<p>it’s “peace”", FOUND),
    ("curly quotes in the ledger", "it’s “peace”", "<p>it's \"peace\"", FOUND),
    ("dashes", "1950-1953 - a war", "<p>1950–1953 — a war", FOUND),
    ("dash without spaces", "peace — and war", "<p>peace—and war", FOUND),
    ("non-breaking space", "the 38th parallel", "<p>the&nbsp;38th\u202fparallel", FOUND),
    ("ligature", "final office", "<p>ﬁnal oﬃce", FOUND),
    ("case", "The parties", "<p>THE PARTIES", FOUND),
    ("ellipsis in order", "the parties [...] will consult", "<p>the Parties, in due time, will consult", FOUND),
    ("ellipsis character", "the parties … consult", "<p>the Parties will consult", FOUND),
    ("ellipsis out of order", "will consult [...] the parties", "<p>the Parties, in due time, will consult", MISSING),
    ("ellipsis with one part missing", "the parties ... will fight", "<p>the Parties will consult", MISSING),
    ("negation slipped in", "would not be dangerous to its own", "<p>would be dangerous to its own peace", MISSING),
    ("negation left out", "would be dangerous to its own peace", "<p>would not be dangerous to its own peace", MISSING),
    ("one word changed", "the parties will consult together", "<p>the parties will consult immediately", MISSING),
    ("one letter changed", "the parties will consult", "<p>the party will consult", MISSING),
    ("only in a script", "will consult together", "<p>A page<script>{'t': 'will consult together'}</script>", MISSING),
    ("only in hidden text", "will consult together", "<p>A<p hidden>will consult together<p>B", MISSING),
    ("only in undisplayed text", "will consult together", "<p style='display: none'>will consult together", MISSING),
    ("only in a template", "will consult together", "<template><p>will consult together</template>", MISSING),
    ("only in a comment", "will consult together", "<p>A<!-- will consult together -->", MISSING),
    ("only in an attribute", "will consult together", "<img alt='will consult together'>", MISSING),
    ("across two cells", "Article II Consultation", "<table><td>Article II</td><td>Consultation</table>", FOUND),
    ("cells are not one word", "IIConsultation", "<table><tr><td>II</td><td>Consultation</td></table>", MISSING),
    ("across elements", "the parties will", "<p>the <b>par</b>ties <i>will</i>", FOUND),
    ("across blocks", "one two", "<div>one</div><div>two</div>", FOUND),
    ("across a break", "one two", "<p>one<br>two", FOUND),
    ("number of a note", "the treaty, and", "<p>the treaty<sup><a href='#n1'>[1]</a></sup>, and", FOUND),
    ("number of a note without link", "of the treaty", "<p>of the treaty1 ", FOUND),
    ("raised number without link", "the treaty, and", "<p>the treaty<sup>1</sup>, and", FOUND),
    ("number that is not raised", "the treaty, and", "<p>the treaty1, and", MISSING),
    ("power of a number", "ten 102", "<p>ten 10<sup>2</sup>", FOUND),
    ("end of a word", "own peace", "<p>its own peaceful", MISSING),
    ("beginning of a word", "fence treaty", "<p>defence treaty", MISSING),
    ("part of a number", "in 195", "<p>in 1950", MISSING),
    ("part of a number with commas", "lost 1,000", "<p>lost 1,000,000 men", MISSING),
    ("end of a number with commas", "000 men", "<p>lost 38,000 men", MISSING),
    ("negation at its end left out", "the parties can", "<p>the parties can’t agree", MISSING),
    ("negation before it left out", "aggression pact", "<p>a non-aggression pact", MISSING),
    ("possessive", "President Rhee", "<p>President Rhee’s letter", FOUND),
    ("number before a comma", "in 1950", "<p>in 1950, 195 men", FOUND),
    ("Hangul with a particle", "방위조약", "<p>상호방위조약은 1953년", FOUND),
    ("Chinese", "抗美援朝", "<p>中国的抗美援朝战争", FOUND),
    ("nothing", "words", "", MISSING),
    ("no words at all", "\u00ad", "<p>words", MISSING),
    ("nothing but an ellipsis", "[...]", "<p>words", MISSING),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "html", "state"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_quote_is_on_the_page_or_is_not(quote: str, html: str, state: QuoteState) -> None:
    assert judge(quote, html) is state


TWICE = "<p>In Article I: the Parties will consult. In Article II: the Parties “will consult” together."


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (None, None, FOUND),
        ("Article I: the Parties", None, FOUND),
        ("in article II: the parties", "together", FOUND),
        (None, "together.", FOUND),
        ("Article I: the Parties", "together", MOVED),
        ("Article III: the Parties", None, MOVED),
        ("icle II: the Parties", None, MOVED),
        (None, "to", MOVED),
    ],
)
def test_of_words_that_stand_there_twice_the_context_tells(
    before: str | None, after: str | None, state: QuoteState
) -> None:
    assert judge("will consult", TWICE, before, after) is state


def test_context_with_an_ellipsis_is_that_of_the_ends() -> None:
    page = "<p>a one b. c one d two e. f two g"
    assert judge("one [...] two", page, before="c", after="g") is FOUND
    assert judge("one [...] two", page, before="x", after="g") is MOVED


def test_of_several_readings_the_best_counts() -> None:
    assert find_quote(asked("one two"), [comparable("one 17 two"), comparable("one two")]) is FOUND


def test_of_two_quotes_with_the_same_words_the_worse_is_recorded() -> None:
    both = [asked("will consult"), asked("will consult", before="nowhere")]
    assert find_quotes(both, [comparable("they will consult")]) == {quote_key("will consult"): MOVED}


def test_what_is_similar_is_a_hint_and_never_a_match() -> None:
    text = comparable("Each Party declares that an attack would be dangerous to its own peace and safety.")
    quote = "would not be dangerous to its own peace"
    assert find_quote(asked(quote), [text]) is MISSING
    assert "would be dangerous to its own peace" in near_miss(quote, [text])
    assert near_miss("something else altogether, about ships", [text]) == ""


def test_a_mark_of_ours_in_a_page_means_nothing() -> None:
    assert find_quote(asked("one-two"), [comparable("one\ufdd0two")]) is MISSING


def test_words_that_stand_everywhere_are_looked_through_once() -> None:
    text = comparable("the parties will consult " * 20_000)
    begun = time.process_time()
    assert find_quote(asked("the parties", before="nowhere", after="else"), [text]) is MOVED
    assert find_quote(asked("the parties [...] nowhere"), [text]) is MISSING
    assert time.process_time() - begun < 5
