"""A warm process that makes one thing after the other, and leaves off what is overtaken.

A page takes a twentieth of a second and a PDF one or more, so each kind has a process of its own:
a page never waits for a PDF, and the server answers always.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING

from briefings.errors import Problem
from briefings.preview.work import Done, Pages, Papers, Read

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from types import FrameType

    from briefings.preview.work import Answer, Job, Task

_LEAVE_OFF = getattr(signal, "SIGUSR1", None)  # where there is none, what was begun is ended first
_PDF = "pdf"
ENDED = "the process that makes it ended by itself; it starts again with the next change"


class _Overtaken(BaseException):
    """A later change has come; no ``except Exception`` on the way may hold it up."""


class Worker:
    """The server's end: hand in jobs, and be told the answers in a thread of this object's own.

    Args:
        kind: ``"pages"`` or ``"pdf"``.
        tell: is called with each answer.
    """

    def __init__(self, kind: str, tell: Callable[[Answer], None]) -> None:
        self._kind, self._tell = kind, tell
        self._lock = threading.Lock()
        self._last = 0
        self._begun = self._gone = self._closed = False
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")  # a fork would share the threads' locks and the sockets
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(theirs, self._kind), daemon=True)
        self._process.start()
        self._begun = self._gone = False
        theirs.close()
        listener = threading.Thread(target=self._listen, args=(self._connection,), daemon=True)
        listener.start()

    def ask(self, job: Job) -> None:
        """Hand in a job; one that is being done is left off."""
        with self._lock:
            if self._gone:
                self._process.join()
                self._start()
            self._last = job.number
            if self._begun and _LEAVE_OFF and self._process.pid:
                with suppress(ProcessLookupError):
                    os.kill(self._process.pid, _LEAVE_OFF)
            with suppress(BrokenPipeError):  # it has just ended, which its listener tells
                self._connection.send(job)

    def _listen(self, connection: Connection) -> None:
        while True:
            try:
                answer: Answer | None = connection.recv()
            except (EOFError, OSError):
                break
            self._begun = True  # it has said that it is there, so it knows the signal
            if answer is not None:
                self._tell(answer)
        self._gone = True
        if not self._closed:
            self._tell(Read(self._last, problems=(Problem(ENDED),)))
            self._tell(Done(self._last))

    def close(self) -> None:
        """End the process at once."""
        self._closed = True
        self._process.kill()
        self._process.join()
        self._connection.close()


class _Interrupts:
    """Whether the main thread is at something that may be left off."""

    def __init__(self) -> None:
        self.may = False
        self.wanted = False
        if _LEAVE_OFF:
            signal.signal(_LEAVE_OFF, self._come)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one at the terminal is the server's

    def _come(self, _number: int, _frame: FrameType | None) -> None:
        self.wanted = True
        if self.may:
            self.may = False
            raise _Overtaken


def _run(connection: Connection, kind: str) -> None:
    """Be the process: do the newest job, until the server is gone."""
    interrupts = _Interrupts()
    task = _warm(kind)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send(None)
        while True:
            job: Job = connection.recv()
            while connection.poll():
                job = connection.recv()
            _do(job, task, connection, interrupts)
            gc.collect()


def _warm(kind: str) -> Task:
    """Import what the task takes; what is there then is never looked through for garbage again."""
    task: Task = Pages()
    if kind == _PDF:
        from briefings.resources import Shelf  # noqa: PLC0415
        from briefings.writers.fonts import only_ours  # noqa: PLC0415

        task = Papers()
        # What is missing is told where it is a finding: when a PDF is made.
        with suppress(Exception), only_ours(Shelf()):
            from briefings.writers import layout, pdf  # noqa: F401, PLC0415

            layout.load().HTML(string="<p>Warm").write_pdf()
    gc.collect()
    gc.freeze()
    gc.disable()  # between two jobs there is time enough
    return task


def _do(job: Job, task: Task, connection: Connection, interrupts: _Interrupts) -> None:
    """Send each answer as it comes; half of one is never sent."""
    interrupts.wanted = False
    answers = task(job)
    while not interrupts.wanted:
        try:
            interrupts.may = True
            answer = next(answers, None)
            interrupts.may = False
        except _Overtaken:
            break
        except Exception as error:  # noqa: BLE001  # a defect of ours must not end the preview
            interrupts.may = False
            what = f"this is a defect of briefings: {type(error).__name__}: {error}"
            answer, answers = Read(job.number, problems=(Problem(what),)), iter(())
        if answer is None:
            break
        connection.send(answer)
    connection.send(Done(job.number))
