"""What a browser may ask for: the shell, its state as it changes, the briefs, lines of a file."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from briefings import watch
from briefings.preview import guard, wiki
from briefings.preview.state import State
from briefings.preview.work import FORMS, Job
from briefings.preview.worker import Worker
from briefings.resources import shipped

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from briefings.preview.places import Places
    from briefings.preview.work import Answer, Wanted

_TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
}
_SHELL = {
    "": ("shell.html", "text/html; charset=utf-8"),
    "shell.css": ("shell.css", "text/css; charset=utf-8"),
    **{
        name: (name, "text/javascript; charset=utf-8")
        for name in ("shell.js", "panes.js", "findings.js")
    },
}
_ALIVE = 15.0  # seconds after which a silent stream says that it is still there


@dataclass(eq=False, slots=True)
class _Stream:
    """One screen that is told of all changes, and what it shows."""

    shown: tuple[Wanted, ...]
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Preview:
    """The running preview of one briefing.

    Args:
        places: the briefing's file, and whose files may be looked at.
        names: the audiences; without any, those that the briefing names, or our three.
    """

    def __init__(self, places: Places, names: tuple[str, ...]) -> None:
        self.places = places
        self.state = State()
        self._names = names
        self._streams: list[_Stream] = []
        self._workers: dict[str, Worker] = {}
        self._asked: Job | None = None
        self._paged = 0  # the change whose pages were asked for last
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = threading.Event()
        self.app = Starlette(
            routes=[
                *(Route(f"/{path}", self._file) for path in _SHELL),
                Route("/events", self._events),
                Route("/lines", self._lines),
                Route("/brief/{audience}.{form}", self._brief),
                Route("/markdown/{audience}", self._markdown),
            ],
            lifespan=self._life,
        )

    @asynccontextmanager
    async def _life(self, _app: Starlette) -> AsyncIterator[None]:
        self._loop = loop = asyncio.get_running_loop()

        def telling(kind: str, answer: Answer) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._answered, kind, answer)

        for kind in ("pages", "pdf"):
            self._workers[kind] = Worker(kind, partial(telling, kind))
        threading.Thread(target=self._look, args=(loop,), daemon=True).start()
        try:
            yield
        finally:
            self._ended.set()
            self._workers_end()

    def end(self) -> None:
        """End the streams, which would go on for ever; may be called from any thread."""
        self._ended.set()
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _workers_end(self) -> None:
        for worker in self._workers.values():
            worker.close()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tell the loop of each change; in a thread, for looking through files takes its time."""
        file = self.places.file
        # What was begun on half a file is left off as soon as the rest of it is there.
        for _ in watch.changes(lambda: [file], settle=False, ended=self._ended):
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._changed)

    def _changed(self) -> None:
        """Make everything anew."""
        self.state.begin()
        self._ask()
        self._wake()

    def _job(self) -> Job:
        """Return what is to be made: what is on a screen, and PDFs that something is wrong with."""
        wanted = [one for stream in self._streams for one in stream.shown]
        wanted += [one for one, b in self.state.briefs.items() if one[1] == "pdf" and b.problems]
        return Job(self.state.number, self.places.file, self._names, tuple(dict.fromkeys(wanted)))

    def _ask(self) -> None:
        """Ask for all that is not yet asked for."""
        self._ask_pdfs()
        self._ask_pages()

    def _ask_pages(self) -> None:
        """Ask for the pages of a change; where PDFs alone are on a screen, once these are there.

        Two at a time would keep each other waiting.
        """
        job = self._job()
        forms = {form for stream in self._streams for _, form in stream.shown}
        waiting = forms == {"pdf"} and self.state.done.get("pdf", 0) < job.number
        if self._paged < job.number and not waiting:
            self._paged = job.number
            self._workers["pages"].ask(job)

    def _ask_pdfs(self) -> None:
        """Ask for PDFs, unless all of them are being made or there are none."""
        job = self._job()
        pdfs = {one for one in job.shown if one[1] == "pdf"}
        same = self._asked is not None and self._asked.number == job.number
        if job.number and pdfs - set(self._asked.shown if self._asked and same else ()):
            self._asked = job
            self._workers["pdf"].ask(job)

    def _answered(self, kind: str, answer: Answer) -> None:
        if self.state.take(kind, answer):
            self._wake()
        self._ask_pages()

    def _wake(self) -> None:
        for stream in self._streams:
            stream.news.set()

    async def _file(self, request: Request) -> Response:
        name, kind = _SHELL[request.url.path.removeprefix("/")]
        return Response((shipped("data") / "preview" / name).read_bytes(), media_type=kind)

    async def _events(self, request: Request) -> Response:
        """Tell the state whenever it changes, and learn what is on this screen."""
        asked = request.query_params.getlist("show")
        shown = tuple((name, form) for name, _, form in (one.rpartition(".") for one in asked))
        if any(form not in FORMS for _, form in shown):
            return PlainTextResponse("There is no such format.", 404)
        return StreamingResponse(self._told(shown), media_type="text/event-stream")

    async def _told(self, shown: tuple[Wanted, ...]) -> AsyncIterator[str]:
        stream = _Stream(shown)
        self._streams.append(stream)
        self._ask()
        before = ""
        try:
            while not self._ended.is_set():
                stream.news.clear()
                now = json.dumps(self.state.told(self.places))
                if now != before:
                    before = now
                    yield f"data: {now}\n\n"
                try:
                    await asyncio.wait_for(stream.news.wait(), _ALIVE)
                except TimeoutError:
                    yield ": still there\n\n"
        finally:
            self._streams.remove(stream)

    async def _lines(self, request: Request) -> Response:
        """Return the lines of a file of a finding, or of the briefing."""
        query = request.query_params
        line = query.get("line", "0")
        number = int(line) if line.isascii() and line.isdigit() and len(line) < 9 else 0  # noqa: PLR2004
        found = self.places.lines(query.get("file", ""), number, self.state.named())
        if found is None:
            return PlainTextResponse("This file is not for the preview to show.", 404)
        return JSONResponse(found)

    async def _brief(self, request: Request) -> Response:
        """Return a brief as it would be rendered, byte for byte."""
        name, form = request.path_params["audience"], request.path_params["form"]
        data = self._data(name, form)
        if data is None:
            return PlainTextResponse("There is no such brief yet.", 404)
        policy = guard.PDF if form == "pdf" else guard.BRIEF
        headers = {"Content-Security-Policy": policy}
        if "download" in request.query_params:
            file = f"{self.places.file.stem}.{name}.{form}"
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file)}"
        return Response(data, media_type=_TYPES[form], headers=headers)

    def _markdown(self, request: Request) -> Response:
        """Return the Markdown beside its rendering; in a thread, for it may be long."""
        data = self._data(request.path_params["audience"], "md")
        if data is None:
            return PlainTextResponse("There is no such brief yet.", 404)
        headers = {"Content-Security-Policy": guard.BRIEF}
        return Response(wiki.page(data.decode()), media_type=_TYPES["html"], headers=headers)

    def _data(self, name: str, form: str) -> bytes | None:
        """Return the last good brief of an audience that has a tab."""
        known = name in self.state.audiences and form in FORMS
        return self.state.brief((name, form)).data if known else None
