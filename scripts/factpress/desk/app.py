"""Addresses of the desk: pages that are asked for, forms that are sent, and an address in answer to each form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from factpress.desk import actions
from factpress.desk.access import ASSETS, Access
from factpress.desk.actions import CHOICES, Turn
from factpress.desk.editing import saving
from factpress.desk.editing.fields import NOTE_LIMIT
from factpress.desk.render import Assets, Pages
from factpress.desk.workbench import Workbench, query_of
from factpress.files.git_history import committed_file
from factpress.model.claim import Claim
from factpress.problems import FactpressError
from factpress.settings import Settings

BODY_LIMIT = 256 * 1024  #: bytes of a form
MOST_FIELDS = 2000
KEYS = (
    ("At a claim", (
        (("o",), "open the source at the quoted words"), (("f",), "found: the words stand there"),
        (("m",), "not there"),
        (("j", "k"), "next, previous piece of evidence"), (("a",), "approve"), (("r",), "return with a note"),
        (("2",), "ask for a second reader"), (("s",), "skip, it comes back at the end"),
        (("e",), "edit finding and evidence"), (("b",), "show the bibliography entry of this piece"),
    )),
    ("Everywhere", (
        (("u",), "undo your last decision"), (("→", "←"), "next, previous claim, nothing decided"), (("q",), "queue"),
        (("/",), "find a claim, in the queue"), (("?",), "these keys"), (("Ctrl ⏎",), "sign, or save"),
        (("Esc",), "leave the field; what you wrote stays"),
    )),
    ("Without single keys", ((("Tab",), "every button can be reached"),)),
)  # fmt: skip


class Form(NamedTuple):
    """What a form sent."""

    values: Mapping[str, str]
    pieces: tuple[str, ...] = ()


Handler = Callable[[Request, Form], Response]


def make_app(settings: Settings, access: Access, **given: object) -> tuple[Starlette, Workbench]:
    """Return the application of a desk and its workbench; `given` are fields of the workbench."""
    bench = Workbench(settings, access, Pages(settings, access), **given)  # type: ignore[arg-type]
    return Starlette(routes=Desk(bench).routes(), max_body_size=BODY_LIMIT), bench


class Desk:
    """The pages and forms of one desk."""

    def __init__(self, bench: Workbench) -> None:
        """Take the workbench, and begin to make the faces."""
        self.bench = bench
        self.assets = Assets(bench.settings)

    def routes(self) -> list[Route]:
        """Return every address."""
        home = self.bench.home
        table: dict[str, tuple[Handler | None, Handler | None]] = {
            "": (self.queue, None),
            "keys": (self.keys, self.switch_keys),
            "finish": (self.finish, self.close),
            "undo": (None, lambda _r, _f: _to(actions.take_back(self.bench))),
            "claims/{claim}": (self.claim, None),
            "claims/{claim}/opened/{letter}": (None, self.opened),
            "claims/{claim}/reasoning": (None, self.reasoning),
            "claims/{claim}/note": (None, self.note),
            "claims/{claim}/pieces/{letter}": (None, self.piece),
            "claims/{claim}/skip": (None, lambda r, f: _to(actions.skip(self.bench, self.asked(r), f.values))),
            "claims/{claim}/edit": (self.edit, lambda r, f: _to(saving.save(self.bench, self.asked(r), *f))),
            "claims/{claim}/draft": (None, lambda r, f: _to(saving.keep(self.bench, self.asked(r), *f))),
            "claims/{claim}/choose": (
                None, lambda r, f: _to(saving.decide_difference(self.bench, self.asked(r), f.values)),
            ),
            "claims/{claim}/discard": (None, lambda r, _f: _to(saving.discard(self.bench, self.asked(r)))),
            **{f"claims/{{claim}}/{choice}": (None, self._decide(choice)) for choice in CHOICES},
        }  # fmt: skip
        routes = [Route(f"{home}{ASSETS}/{{name}}", self.asset, methods=["GET"])]
        for path, (get, post) in table.items():
            for handler, method in ((get, "GET"), (post, "POST")):
                if handler:
                    routes.append(Route(home + path, self._endpoint(handler), methods=[method]))
        return routes

    def _endpoint(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            form = await _form(request) if request.method == "POST" else Form({})
            return await run_in_threadpool(self._answer, handler, request, form)

        return endpoint

    def _answer(self, handler: Handler, request: Request, form: Form) -> Response:
        with self.bench.lock:
            self.bench.look_again()
            try:
                return handler(request, form)
            except FactpressError as error:
                values = self.bench.values() | {"heading": str(error), "text": f"Nothing was written. {error.hint}"}
                answer = self.bench.pages.answer("line.html", **values)
                answer.status_code = 409
                return answer

    def asked(self, request: Request) -> Claim:
        """Return the claim of an address.

        Raises:
            HTTPException: there is none.
        """
        claim = self.bench.book.book.ledger.by_id.get(request.path_params["claim"])
        if claim is None:
            raise HTTPException(404)
        return claim

    async def asset(self, request: Request) -> Response:
        """Answer with a style sheet, a script or a face."""
        return await run_in_threadpool(self.assets.answer, request.path_params["name"])

    def queue(self, request: Request, _form: Form) -> Response:
        """Answer with the queue."""
        view = self.bench.queue(request.query_params)
        page = view.queue(self.bench.reading.pace, self.bench.signing_foot())
        return self.bench.pages.answer(
            "queue.html", queue=page, **self.bench.values(request.query_params.get("said", ""))
        )

    def claim(self, request: Request, _form: Form) -> Response:
        """Answer with a claim."""
        bench, claim, query = self.bench, self.asked(request), request.query_params
        within = query_of(str(query))
        queue = bench.queue(within)
        here = f"{bench.home}claims/{claim.id}"
        screen = bench.screen(claim)
        view = screen.view(whole=query.get("whole") == "yes" or screen.standing.mine is None, here=here)
        if since := query.get("since"):
            view = bench.since(since, claim, view)
        form = screen.form(query.get("ask", ""), actions.note_of(bench, claim)) if view.may_sign else None
        before, after, position = bench.neighbours(claim.id, within)
        bench.shows(claim)
        now = next((piece.letter for piece in view.pieces if piece.now), "")
        view = replace(view, form=form, previous=before, next=after, position=position or "not in this queue")
        and_ = f"{queue.within}&" if queue.within else "?"
        return bench.pages.answer(
            "claim.html", view=view, here=here, within=queue.within.lstrip("?"), within_query=queue.within,
            ask=lambda choice: f"{and_}ask={choice}", note_limit=NOTE_LIMIT,
            **bench.values(query.get("said", ""), "" if form else f"e-{now}" if screen.read.answers else ""),
        )  # fmt: skip

    def opened(self, request: Request, _form: Form) -> Response:
        """Note that a source was opened."""
        actions.opened(self.bench, self.asked(request), request.path_params["letter"])
        return Response(status_code=204)

    def reasoning(self, request: Request, _form: Form) -> Response:
        """Note that the reasoning was read to its end."""
        actions.read_to_the_end(self.bench, self.asked(request))
        return Response(status_code=204)

    def note(self, request: Request, form: Form) -> Response:
        """Keep a note."""
        actions.keep_note(self.bench, self.asked(request), form.values.get("note", "")[:NOTE_LIMIT])
        return Response(status_code=204)

    def piece(self, request: Request, form: Form) -> Response:
        """Take an answer on a piece of evidence."""
        return _to(actions.answer(self.bench, self.asked(request), request.path_params["letter"], form.values))

    def _decide(self, choice: str) -> Handler:
        def handler(request: Request, form: Form) -> Response:
            values = {**form.values, "note": form.values.get("note", "")[:NOTE_LIMIT]}
            return _to(actions.decide(self.bench, self.asked(request), choice, values))

        return handler

    def edit(self, request: Request, _form: Form) -> Response:
        """Answer with the page on which a claim is edited."""
        bench, claim, query = self.bench, self.asked(request), request.query_params
        within = bench.queue(query_of(str(query))).within
        screen = saving.screen_of(bench, claim, query.get("focus", ""))
        focus = "changed-line" if screen.differences else "new-source" if screen.new else ""
        return bench.pages.answer(
            "edit.html", view=screen.view(), here=f"{bench.home}claims/{claim.id}", within=within.lstrip("?"),
            within_query=within, **bench.values(query.get("said", ""), focus),
        )  # fmt: skip

    def keys(self, _request: Request, _form: Form) -> Response:
        """Answer with the sheet of keys."""
        return self.bench.pages.answer("keys.html", sheet=KEYS, back=self.bench.home, **self.bench.values())

    def switch_keys(self, _request: Request, form: Form) -> Response:
        """Switch single keys on or off."""
        self.bench.switch_keys(form.values.get("keys") == "on")
        return _to(Turn(f"{self.bench.home}keys"))

    def finish(self, _request: Request, _form: Form) -> Response:
        """Answer with what was done, before the desk is closed."""
        bench = self.bench
        waiting = len(bench.queue({}).waiting())
        file = bench.settings.docs / "claims" / "signoffs.yaml"
        is_committed = file.exists() and committed_file(bench.settings.root, file) == file.read_bytes()
        state = "all of it committed" if is_committed else "not yet committed"
        heading = f"{waiting} left for you" if waiting else "Nothing is left for you to sign"
        return bench.pages.answer(
            "finish.html", heading=heading, decided=bench.reading.decided,
            committed=f"What was signed is in docs/claims/signoffs.yaml, {state}.",
            drafts=", ".join(dict.fromkeys((*bench.drafts.claims("edit"), *bench.drafts.claims("note")))),
            **bench.values(),
        )  # fmt: skip

    def close(self, _request: Request, _form: Form) -> Response:
        """Close the desk."""
        values = {**self.bench.values(), "last_entry": ""}
        answer = self.bench.pages.answer(
            "line.html",
            heading="The desk is closed",
            text="You can close this tab. To go on: factpress review",
            **values,
        )
        answer.background = BackgroundTask(self.bench.close)
        return answer


async def _form(request: Request) -> Form:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        body = await request.body()
        if body:
            raise HTTPException(415)
        return Form({})
    data = await request.form(max_files=0, max_fields=MOST_FIELDS)
    values = {name: str(text) for name, text in data.multi_items() if isinstance(text, str)}
    return Form(values, tuple(str(text) for text in data.getlist("pieces")))


def _to(turn: Turn) -> Response:
    return RedirectResponse(turn.address, 303)
