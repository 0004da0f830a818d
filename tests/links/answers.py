"""A stage on loopback that plays every case a link checker meets, and says how each has to be judged.

Three verdicts: the cited page is there (`alive`), it is certainly not (`dead`), or no machine can tell (`unsure`).
A checker is right about a page it cannot read only when it says so: neither "fine" nor "broken".
"""

# the table has a case a line

from __future__ import annotations

import socket
import struct
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import formatdate

from loopback import Handler, Play

from factpress.model.links.state import State

ALIVE, DEAD, UNSURE = "alive", "dead", "unsure"
QUOTE = "the Parties will consult together"
TEXT = f"In the event of an armed attack {QUOTE} and act in accordance with their constitutional processes."
FILLER = " ".join(f"Paragraph {n} tells of the treaty and of those who signed it." for n in range(1, 21))


def html(body: str, title: str = "Mutual Defense Treaty") -> str:
    return f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{body}</body></html>"


GOOD = html(f"<h1>Mutual Defense Treaty</h1><p>{TEXT}</p><p>{FILLER}</p>")
OTHER = html(f"<h1>Mutual Defense Treaty</h1><p>{FILLER}</p>")
ANUBIS = html("<p>Loading...</p><script>anubis_challenge()</script>", "Making sure you're not a bot!")


@dataclass(frozen=True)
class Case:
    """One address, how its server behaves, and what may be said of it after one look."""

    name: str
    truth: str
    state: State  #: as we record it
    play: Play
    quote: str = QUOTE
    before: str | None = None
    after: str | None = None
    only_ours: str = ""  #: why other checkers are not asked
    path: str = ""  #: where the name does not do

    @property
    def address(self) -> str:
        return self.path or "/" + self.name.replace(" ", "-").replace(",", "")


def page(body: str = GOOD, status: int = 200, **headers: str) -> Play:
    return lambda handler: handler.say(status, body, **headers)


def body(text: str, title: str = "Mutual Defense Treaty") -> Play:
    return page(html(f"{text}<p>{FILLER}</p>", title))


def leads(status: int, where: str) -> Play:
    return lambda handler: handler.say(status, Location=where)


def first(then: Play, play: Play) -> Play:
    """Answer the first visitor of an address with `play`, all others with `then`."""

    def turn(handler: Handler) -> None:
        visits = sum(path == handler.path for path, _ in handler.server.visits)
        (play if visits == 1 else then)(handler)

    return turn


def busy(after: Callable[[], str] | None) -> Play:
    """Say 429 to the first visitor, with the word `Retry-After` that is given."""
    return lambda h: h.say(429, "slow down", **({"Retry_After": after()} if after else {}))


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def cut_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<p>only this")


def bomb(handler: Handler) -> None:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join(packer.compress(b"<p>" * 2**19) for _ in range(12)) + packer.flush()
    handler.say(200, data, Content_Encoding="gzip")


def endless(handler: Handler) -> None:
    handler.say(302, Location=f"{handler.path.partition('?')[0]}?{len(handler.server.visits)}")


def pdf(*pages: str) -> bytes:
    """Return a PDF with a line of text on each page; a page of no text has none."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        stream = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET" if text else ""
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            f"/Resources << /Font << /F1 {font} >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}".encode()


def file(data: bytes, kind: str = "application/pdf") -> Play:
    return lambda handler: handler.say(200, data, Content_Type=kind)


def with_etag(handler: Handler) -> None:
    handler.say(200, GOOD, ETag='"a1"')


S = State
CASES = [
    # what a status says
    Case("a page with the quote", ALIVE, S.OK, page()),
    Case("404", DEAD, S.SUSPECT, page(html("<h1>Not found</h1>"), 404)),
    Case("410", DEAD, S.SUSPECT, page(html("<h1>Gone</h1>"), 410)),
    Case("404 once, then there", ALIVE, S.OK, first(page(), page("", 404))),
    Case("403", UNSURE, S.BLOCKED, page(html("<h1>Forbidden</h1>"), 403)),
    Case("403 of a wall", UNSURE, S.BLOCKED, page("", 403, CF_Mitigated="challenge")),
    Case("404 of a wall", UNSURE, S.BLOCKED, page(ANUBIS, 404)),
    Case("401", UNSURE, S.BLOCKED, page("", 401)),
    Case("402", UNSURE, S.BLOCKED, page("", 402)),
    Case("405", UNSURE, S.BLOCKED, page("", 405)),
    Case("406", UNSURE, S.BLOCKED, page("", 406)),
    Case("418", UNSURE, S.BLOCKED, page("", 418)),
    Case("451", UNSURE, S.BLOCKED, page("", 451)),
    Case("999", UNSURE, S.BLOCKED, page("", 999)),
    Case("429 without more", UNSURE, S.BLOCKED, page("", 429)),
    Case("429 for two seconds", ALIVE, S.OK, first(page(), busy(lambda: "2"))),
    Case("429 until a date", ALIVE, S.OK, first(page(), busy(lambda: formatdate(time.time() + 2, usegmt=True)))),
    Case("429 for a day", UNSURE, S.BLOCKED, busy(lambda: "86400")),
    Case("500", UNSURE, S.UNREACHABLE, page("", 500)),
    Case("503 once, then there", ALIVE, S.OK, first(page(), page("", 503))),
    Case("503", UNSURE, S.UNREACHABLE, page("", 503)),
    Case("HEAD is refused, GET is not", ALIVE, S.OK, lambda h: h.say(405) if h.command == "HEAD" else h.say(200, GOOD)),
    Case("200 without words", UNSURE, S.OK_UNREAD, page("")),
    # connections
    Case("slow drip", UNSURE, S.UNREACHABLE, drip),
    Case("connection reset", UNSURE, S.UNREACHABLE, reset),
    Case("silence", UNSURE, S.UNREACHABLE, lambda h: h.connection.close()),
    Case("body cut off", UNSURE, S.UNREACHABLE, cut_off),
    Case("no HTTP", UNSURE, S.UNREACHABLE, lambda h: h.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")),
    Case("not in the encoding it names", UNSURE, S.UNREACHABLE, page(GOOD, Content_Encoding="gzip")),
    Case("gzip bomb", UNSURE, S.OK_UNREAD, bomb),
    # redirects
    Case("302", ALIVE, S.REDIRECTED, leads(302, "/a-page-with-the-quote")),
    Case("303", ALIVE, S.REDIRECTED, leads(303, "/a-page-with-the-quote")),
    Case("307", ALIVE, S.REDIRECTED, leads(307, "/a-page-with-the-quote")),
    Case("301", ALIVE, S.MOVED, leads(301, "/a-page-with-the-quote")),
    Case("308", ALIVE, S.MOVED, leads(308, "/a-page-with-the-quote")),
    Case("301 to a 302", ALIVE, S.REDIRECTED, leads(301, "/302")),
    Case("301 to a 404", DEAD, S.SUSPECT, leads(301, "/404")),
    Case("redirect to the front page", DEAD, S.SOFT_404, leads(302, "/")),
    Case("circle", UNSURE, S.UNREACHABLE, leads(302, "/circle-back")),
    Case("endless redirects", UNSURE, S.UNREACHABLE, endless),
    Case("redirect to no address", UNSURE, S.UNREACHABLE, leads(302, "http://[bad")),
    Case("redirect to a file", UNSURE, S.UNREACHABLE, leads(302, "file:///etc/hostname")),
    Case("redirect to a script", UNSURE, S.UNREACHABLE, leads(302, "javascript:alert(1)")),
    Case("redirect to a closed port", UNSURE, S.UNREACHABLE, leads(302, "http://127.0.0.1:9/")),
    # what calls itself fine and is not
    Case("200 of a wall", UNSURE, S.BLOCKED, page(ANUBIS)),
    Case(
        "200 of another wall", UNSURE, S.BLOCKED, body("<script src='/cdn-cgi/challenge'></script>", "Just a moment...")
    ),
    Case("200 of a wall by header", UNSURE, S.BLOCKED, page(html(""), CF_Mitigated="challenge")),
    Case("200, title not found", DEAD, S.SOFT_404, body("<p>Try the search.</p>", "Page not found | Archive")),
    Case("200, heading not found", DEAD, S.SOFT_404, body("<h1>404 – Page not found</h1>", "Archive")),
    Case("200, not found in Korean", DEAD, S.SOFT_404, body("<h1>페이지를 찾을 수 없습니다</h1>", "국가기록원")),
    Case("has been removed, in the text", ALIVE, S.OK, body(f"<p>{TEXT} Article IX has been removed.</p>")),
    Case("not found, in a title", ALIVE, S.OK, body(f"<p>{TEXT}</p>", "The peace that was not found in Geneva")),
    Case(
        "words put there by a script", UNSURE, S.OK_UNREAD, page(html("<div id='root'></div><script>load()</script>"))
    ),
    # quotes
    Case("the quote is gone", DEAD, S.SUSPECT, page(OTHER)),
    Case("a word was slipped in", DEAD, S.SUSPECT, body("<p>the Parties will not consult together</p>")),
    Case("a word was changed", DEAD, S.SUSPECT, body("<p>the Parties will consult immediately</p>")),
    Case("only in a script's data", DEAD, S.SUSPECT, body(f"<script>var t = '{QUOTE}'</script>")),
    Case("only in a hidden element", DEAD, S.SUSPECT, body(f"<p hidden>{QUOTE}</p>")),
    Case("other dashes and quotes", ALIVE, S.OK, body("<p>“consult—together”</p>"), '"consult - together"'),
    Case("soft hyphens", ALIVE, S.OK, body("<p>the Par&shy;ties will con&shy;sult together</p>")),
    Case("other spaces", ALIVE, S.OK, body("<p>the&nbsp;Parties will\u202fconsult\ntogether</p>")),
    Case("ligatures", ALIVE, S.OK, body("<p>ﬁnal oﬃces of the Parties</p>"), "final offices"),
    Case("parts in order", ALIVE, S.OK, body(f"<p>{TEXT}</p>"), "armed attack [...] consult together"),
    Case("parts out of order", DEAD, S.SUSPECT, body(f"<p>{TEXT}</p>"), "consult together [...] armed attack"),
    Case("twice, told apart", ALIVE, S.OK, body(f"<p>In I {QUOTE}. In II {QUOTE}.</p>"), before="In II"),
    Case(
        "across two cells", ALIVE, S.OK, body("<table><tr><td>the Parties</td><td>will consult together</td></table>")
    ),
    Case(
        "another character set",
        ALIVE,
        S.OK,
        file("<p>Défense à Séoul</p>".encode("latin-1"), "text/html; charset=iso-8859-1"),
        "Défense à Séoul",
    ),
    Case(
        "the wrong character set",
        ALIVE,
        S.OK,
        file(f"<p>{TEXT} Séoul</p>".encode("latin-1"), "text/html; charset=utf-8"),
    ),
    Case("plain text", ALIVE, S.OK, file(TEXT.encode(), "text/plain; charset=utf-8")),
    Case("PDF", ALIVE, S.OK, file(pdf("Treaty", TEXT))),
    Case("PDF across pages", ALIVE, S.OK, file(pdf("the Parties will", "consult together"))),
    Case("PDF without the quote", DEAD, S.SUSPECT, file(pdf("Treaty", "of another kind altogether"))),
    Case("PDF of scans", UNSURE, S.OK_UNREAD, file(pdf("", ""))),
    Case("PDF that is broken", UNSURE, S.OK_UNREAD, file(b"%PDF-1.7 nothing more")),
    Case("a picture", UNSURE, S.OK_UNREAD, file(b"\x89PNG\r\n", "image/png")),
    Case("a place in the page", ALIVE, S.OK, page(), path="/place#:~:text=will%20consult"),
    # a page that the bibliography cites without a quote
    Case("no quote asked for", ALIVE, S.OK, page(OTHER), ""),
    Case("no quote, and the title not found", DEAD, S.SOFT_404, body("", "404 Not Found"), ""),
]
#: a host that says the same, and 200, whatever it is asked
YES = html("<h1>Welcome</h1><p>We have moved our shop to another street.</p>" + f"<p>{FILLER}</p>", "Shop")
YES_CASES = [
    Case("a host that knows every page", DEAD, S.SOFT_404, page(YES), ""),
    Case("its front page", ALIVE, S.OK, page(YES), "", path="/"),
    Case("quoted from it", ALIVE, S.OK, page(YES), "moved our shop to another street"),
]
#: addresses beside those of the cases
SCENERY: dict[str, Play] = {
    "/": page(html(f"<h1>National Archive</h1><p>{FILLER}</p>", "National Archive")),
    "/circle-back": leads(302, "/circle"),
    "/etag": with_etag,
}


def plays(cases: Sequence[Case]) -> dict[str, Play]:
    """Return what is played at each path."""
    return {**SCENERY, **{case.address.partition("#")[0]: case.play for case in cases}}
