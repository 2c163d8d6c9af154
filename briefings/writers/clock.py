"""A clock of the work that one thread has done, which stops the thread when its time is over."""

from __future__ import annotations

import ctypes
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

AGAIN = 1  # seconds until it is stopped once more, where something took the first for a fault


class Late(BaseException):
    """The time is over; no library takes this for a fault of a picture or a font."""


@contextmanager
def watched(seconds: float) -> Iterator[None]:
    """Stop what this thread does after so many seconds of its own work.

    A signal is heard by the main thread alone; this works in any. It does nothing where the system
    cannot tell how long one thread has worked.

    Raises:
        Late: it was stopped.
    """
    if not hasattr(time, "pthread_getcpuclockid"):
        yield
        return
    watch = _Watch(seconds)
    try:
        watch.start()
        yield
    finally:
        try:
            watch.leave_off()
        except Late:  # it came just now, when all was done
            watch.leave_off()
            raise


class _Watch(threading.Thread):
    def __init__(self, seconds: float) -> None:
        super().__init__(name="briefings-clock", daemon=True)
        self._whose = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._whose)
        self._until = time.clock_gettime(self._clock) + seconds
        self._over = threading.Event()
        self._lock = threading.Lock()

    def run(self) -> None:
        # Nobody works for longer than has passed, so there is no need to ask sooner.
        while not self._over.wait(max(self._until - time.clock_gettime(self._clock), 0)):
            if time.clock_gettime(self._clock) < self._until:
                continue
            with self._lock:
                if not self._over.is_set():
                    _raise_in(self._whose, Late)
            self._until += AGAIN

    def leave_off(self) -> None:
        """Stop nobody any more, not even who was told to stop and has not heard it."""
        self._over.set()
        with self._lock:
            _raise_in(self._whose, None)
        if self.is_alive():
            self.join()


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an error in a thread, between two of its steps; ``None`` takes back one not raised."""
    raised = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
