"""Who may speak to the desk: one browser of this machine, and no page of anybody else's.

Each rule answers a way in that other local servers have had (the table in the manual's page "The desk" names it).
The guard stands before every route, so that no page can forget it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
SECRET_BYTES = 32  #: 256 bits
PATH_BYTES = 16
MISSES = 10  #: wrong links after which the entry is closed
ENTRY = "/enter"  #: address of the one-time link, with `?key=`
ASSETS = "assets"  #: folder of the desk's addresses under which browsers may keep what they loaded
ONLY_OURS = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": ONLY_OURS,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # no-referrer would make Chromium send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class EntryKeys:
    """One-time keys of the desk's links, as digests in a folder of the user's own.

    A second `factpress review` on the same book makes a key there for the desk that is already open.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made with the first key."""
        self.folder = folder

    def make(self) -> str:
        """Return a new key.

        Raises:
            OSError: the folder cannot be written.
        """
        key = secrets.token_urlsafe(SECRET_BYTES)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file(key).touch(mode=0o600)
        return key

    def take(self, key: str) -> bool:
        """Return whether a key was made here and not used; it is used now."""
        asked = hashlib.sha256(key.encode()).hexdigest()
        known = [file.name for file in self.folder.glob("*")] if self.folder.is_dir() else []
        # every digest is compared, each in constant time
        if not [name for name in known if hmac.compare_digest(name, asked)]:
            return False
        try:
            (self.folder / asked).unlink()
        except FileNotFoundError:  # somebody else was faster: it opens once
            return False
        return True

    def clear(self) -> None:
        """Forget every key."""
        for file in self.folder.glob("*") if self.folder.is_dir() else ():
            file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.folder / hashlib.sha256(key.encode()).hexdigest()


@dataclass(slots=True)
class Access:
    """The secrets of one desk, while it is open."""

    port: int
    keys: EntryKeys
    path: str = field(default_factory=lambda: secrets.token_urlsafe(PATH_BYTES))  #: first part of every address
    session: str = field(default_factory=lambda: secrets.token_urlsafe(SECRET_BYTES))
    misses: int = 0

    @property
    def host(self) -> str:
        """Return the only Host that is answered."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def origin(self) -> str:
        """Return the only origin whose forms are taken."""
        return f"http://{self.host}"

    @property
    def home(self) -> str:
        """Return the path of the first page; cookies ignore ports, so it is random."""
        return f"/{self.path}/"

    @property
    def cookie(self) -> str:
        """Return the name of the session's cookie."""
        return f"desk-{self.port}"

    @property
    def is_shut(self) -> bool:
        """Return whether so many wrong links were tried that none opens any more."""
        return self.misses >= MISSES

    def link(self) -> str:
        """Return a new link that opens the desk once.

        Raises:
            OSError: the folder of the keys cannot be written.
        """
        return f"{self.origin}{ENTRY}?key={self.keys.make()}"


class DeskGuard:
    """Answers what may not come in, and puts the headers on all that goes out."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        """Stand before an application."""
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, by the desk where it may come in."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        answer = self.refusal(scope["method"], scope["path"], headers)
        if answer is None and scope["path"] == ENTRY:
            answer = self._enter(scope, headers)
        keeps = scope["path"].startswith(f"{self.access.home}{ASSETS}/")

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                kept = out.get("Cache-Control") if keeps else None
                for name, value in HEADERS.items():
                    out[name] = value
                if kept:  # a face or a style sheet holds nothing of the book, and is named by its digest
                    out["Cache-Control"] = kept
            await send(message)

        await (answer or self.app)(scope, receive, send_guarded)

    def refusal(self, method: str, path: str, headers: Headers) -> Response | None:
        """Return the answer to a request that may not come in, None for one that may."""
        access = self.access
        if headers.getlist("host") != [access.host]:
            return _refuse("This desk answers to its own address only.")
        if method not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("The desk reads pages and takes forms.\n", 405, {"Allow": "GET, HEAD, POST"})
        site = headers.get("sec-fetch-site")
        if method == "POST" and (site != "same-origin" or headers.getlist("origin") != [access.origin]):
            return _refuse("Only the desk's own pages write to it.")
        if path == ENTRY:
            return None
        if site not in (None, "none", "same-origin"):
            return _refuse("Another page asked for this.")
        if path == "/favicon.ico":
            return Response(status_code=204)
        if not path.startswith(access.home) or not self._has_session(headers):
            return HTMLResponse(_page("This desk does not know your browser.", _AGAIN), 403)
        return None

    def _has_session(self, headers: Headers) -> bool:
        given = cookie_parser(headers.get("cookie", "")).get(self.access.cookie, "")
        return hmac.compare_digest(given.encode(), self.access.session.encode())

    def _enter(self, scope: Scope, headers: Headers) -> Response:
        """Return the answer to a link: the cookie for a right one, once."""
        access, site = self.access, headers.get("sec-fetch-site")
        if scope["method"] != "GET":
            return PlainTextResponse("Open the link.\n", 405, {"Allow": "GET"})
        if access.is_shut:
            return HTMLResponse(_page("The entry is closed.", _CLOSED), 403)
        name, _, key = scope["query_string"].decode("latin-1").partition("=")
        if name != "key" or not access.keys.take(key):
            # a page of somebody else's can close nothing: only what this browser typed, or no browser, counts
            access.misses += site in (None, "none", "same-origin")
            return HTMLResponse(_page("This link has been used, or is not of this desk.", _AGAIN), 403)
        answer: Response = RedirectResponse(access.home, 303)
        if site not in (None, "none", "same-origin"):
            # opened from a file: a browser sends no strict cookie with a redirect that another page began
            answer = HTMLResponse(_page("The desk", "", access.home))
        answer.set_cookie(
            access.cookie, access.session, path=access.home.rstrip("/"), httponly=True, samesite="strict", secure=False
        )
        return answer


_AGAIN = "Each start prints a new link. In the terminal: factpress review"
_CLOSED = f"{MISSES} wrong links were tried. Stop the desk in its terminal with Ctrl C and start it again."


def _refuse(why: str) -> Response:
    return PlainTextResponse(f"{why}\n", 403)


def _page(title: str, text: str, to: str = "") -> str:
    """Return a page without style: what is shown to a stranger names nothing of the book."""
    turn = f'<meta http-equiv="refresh" content="0; url={to}">' if to else ""
    link = f'<p><a href="{to}">Go to the desk</a></p>' if to else f"<p>{text}</p>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{turn}<meta name="viewport" '
        f'content="width=device-width"><title>{title}</title></head><body><main><h1>{title}</h1>{link}</main></body>'
        "</html>"
    )
