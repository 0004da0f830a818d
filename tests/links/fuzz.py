"""Random damage to what comes from outside: the record of links, pages with quotes, the bibliography.

Nothing may raise, hang or take a damaged record for a sound one; a failure says the seed that brings it back.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from link_checks import asked

from factpress.files.bibtex.parse import read_bibliography
from factpress.files.link_record.lock import links_text, parse_links
from factpress.links.page.html import read_html
from factpress.links.page.quotations import comparable, find_quote, near_miss
from factpress.model.links.quotation import without_typesetting
from factpress.model.links.state import Archive, LinkRecord, QuoteState, State

SLOW = 10.0  #: seconds for one input; none takes a tenth of that
RECORDS = links_text(
    LinkRecord(
        url=f"https://example.org/{n}", state=state, since="2026-11-01", last_checked="2026-11-20", http=200,
        strikes=("2026-11-01",), quotes={"9f2c41d07ab3": QuoteState.FOUND}, archive=Archive("https://a.org/", {}),
    )
    for n, state in enumerate(State)
)  # fmt: skip
PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>조약 · Treaty</title></head><body>
<p hidden>never</p><table><tr><td>Article</td><td>II</td></tr></table><p>the Par&shy;ties “will consult”
to&nbsp;gether<sup><a href="#n">[1]</a></sup> &#x1F600; de-\nfence <script>var a = "<p>"</script>
<pre>ﬁnal […] act</pre>"""
QUOTE = 'the Parties "will consult" [...] final'
ENTRIES = r"""@comment{kept, @book{inner, title = {x}}}
@book{a1950, title = {{A} T{\'\i}tle \& \emph{more}}, author = {{U.S. Department of State}
  and de la Vall{\'e}e, Jr., B.},
  date = {1950-06-25/1953-07-27}, doi = {10.1002/(SICI)1098-2736(199908)36:6<637::AID-TEA4>3.0.CO;2-9},
  isbn = "0-306-40615-2", }
@string{x = "y"} % free text with an @ sign
@online{b1951, title = "Quoted {"} text" # x, year = 1951, url = {https://example.org/a%20b_c?d=e#f}}
"""
SPICE = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"{",
    b"}",
    b'"',
    b"\\",
    b"@",
    b"%",
    b",",
    b"\r",
    b"\n\n",
    b"<",
    b">",
    b"&#",
    b"<!--",
    b"<<<<<<< ours\n",
    b"=======\n",
    b"null",
    b"1e999",
    b"-1",
    b"[[[[[[[[",
    b"{{{{{{{{",
    b"\xed\xa0\x80",
    b"\\u0000",
    b"...",
    b"[...]",
    "\u202e한\u0301ﬃ".encode(),
    b"a" * 3000,
    b"(" * 500,
    b"<div>" * 500,
)


def damaged(text: str, chance: random.Random) -> bytes:
    """Return a text with a few bytes changed, cut, doubled, moved or put in."""
    data = bytearray(text.encode())
    for _ in range(chance.randint(1, 8)):
        at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        to = min(to, at + chance.choice((1, 4, 40, 4000)))
        kind = chance.randrange(6)
        if kind == 0:
            data[at:to] = b""
        elif kind == 1:
            data[at:at] = chance.choice(SPICE)
        elif kind == 2:
            data[at:to] = bytes(chance.randrange(256) for _ in range(min(to - at, 16)))
        elif kind == 3:
            data[at:at] = data[at:to]
        elif kind == 4 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        else:
            place = chance.randrange(len(data) + 1)
            data[place:place] = data[at:to]
    return bytes(data)


def records(chance: random.Random) -> None:
    text = damaged(RECORDS, chance).decode("utf-8", "replace")
    found, problems = parse_links(text, "links.lock.json")
    known, _ = parse_links(RECORDS, "links.lock.json")
    if not problems:
        # what is accepted is what was written: each record carries a checksum
        assert all(known.get(url) == record for url, record in found.items())
        assert parse_links(links_text(found.values()), "x") == (found, [])


def quotes(chance: random.Random) -> None:
    page, quote = damaged(PAGE, chance), damaged(QUOTE, chance).decode("utf-8", "replace")
    text = comparable(
        read_html(page, chance.choice(("", "text/html; charset=utf-8", "text/html; charset=nonsense"))).text
    )
    state = find_quote(asked(quote), [text])
    near_miss(quote, [text])
    if state is QuoteState.FOUND and "..." not in without_typesetting(quote) and "…" not in quote:
        assert any(part in without_typesetting(text) for part in without_typesetting(quote).split()[:1])


def bibliography(chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "references.bib"
        path.write_bytes(damaged(ENTRIES, chance))
        sources, problems = read_bibliography([path], Path(folder))
        assert all(key == source.key for key, source in sources.items())
        assert all(problem.where.line >= 0 and problem.message and problem.rule.hint for problem in problems)


TARGETS: Mapping[str, Callable[[random.Random], None]] = {
    "record of links": records,
    "quotes on pages": quotes,
    "bibliography": bibliography,
}


def fuzz(target: str, seed: str) -> None:
    """Try one input; AssertionError with the seed if it fails."""
    start = time.perf_counter()
    try:
        TARGETS[target](random.Random(seed))
    except Exception as error:
        raise AssertionError(f"{target}, seed {seed!r}: {type(error).__name__}: {error}") from error
    assert time.perf_counter() - start < SLOW, f"{target}, seed {seed!r}: too slow"


def fuzz_for(seconds: float, first: str = "") -> str:
    """Fuzz all targets in turn for so long; return how many inputs each took."""
    counts = dict.fromkeys(TARGETS, 0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for target in TARGETS:
            fuzz(target, f"{first}{counts[target]}")
            counts[target] += 1
    return "inputs that raised nothing: " + ", ".join(f"{name} {count}" for name, count in counts.items())
