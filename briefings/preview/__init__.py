"""A page in the browser that shows a briefing's briefs as they are being written."""

from __future__ import annotations

import socket
import threading
import webbrowser
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput, Unequipped
from briefings.preview.places import Places, check_editor, roots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

LOOPBACK = "127.0.0.1"
INSTALL = 'pip install "briefings[preview]"'
STDIN = "-"
PORTS = range(65_536)
_START = 10.0  # seconds within which a server that can start has started


def run(  # noqa: PLR0913  # one parameter an option
    file: Path,
    names: Sequence[str],
    *,
    port: int = 0,
    editor: str | None = None,
    browser: bool = True,
    tell: Callable[[str], None],
) -> None:
    """Show a briefing until somebody presses Ctrl-C.

    Args:
        file: the briefing.
        names: the audiences; without any, those that the briefing names, or our three.
        port: where to listen; 0 is a free one.
        editor: for which editor places are links.
        browser: whether to open it.
        tell: is called with the address.

    Raises:
        InvalidInput: the file is not there, an audience or the editor is unknown, the port is
            taken.
        Unequipped: a package that the preview stands on is missing.
    """
    with running(file, names, port=port, editor=editor) as (address, first, thread):
        tell(address)
        try:
            if browser:
                webbrowser.open(first)
            while thread.is_alive():
                thread.join(1.0)  # Windows lets no Ctrl-C into a wait without an end
        except KeyboardInterrupt:
            return


@contextmanager
def running(
    file: Path, names: Sequence[str] = (), *, port: int = 0, editor: str | None = None
) -> Iterator[tuple[str, str, threading.Thread]]:
    """Give the address of a server, another that leads in once, and the thread it runs in.

    Raises:
        InvalidInput: as ``run`` does.
        Unequipped: as ``run`` does.
    """
    _check(file, names, editor)
    try:
        # An extra: who renders alone needs nothing of it.
        import uvicorn  # noqa: PLC0415
        import watchfiles  # noqa: F401, PLC0415  # said here, where somebody hears it

        from briefings.preview import guard, server  # noqa: PLC0415
    except ModuleNotFoundError as error:
        name = str(error.name).partition(".")[0]
        raise Unequipped(f"the preview needs {name}; install it: {INSTALL}") from error
    with _listening(port) as listening:
        taken = listening.getsockname()[1]
        preview = server.Preview(Places(file, roots(file), editor), tuple(names))
        guarded = guard.Guard(preview.app, taken)
        config = uvicorn.Config(
            guarded,
            log_config=None,
            access_log=False,
            ws="none",
            server_header=False,
            lifespan="on",
        )
        serving = uvicorn.Server(config)
        # Outside of the main thread uvicorn leaves Ctrl-C alone, which must end it at once.
        thread = threading.Thread(target=serving.run, args=([listening],), daemon=True)
        thread.start()
        try:
            base = f"http://{LOOPBACK}:{taken}"
            yield f"{base}/{guarded.secret}/", base + guarded.once(), thread
        finally:
            preview.end()
            serving.should_exit = True
            thread.join(_START)


def _check(file: Path, names: Sequence[str], editor: str | None) -> None:
    """Raise what is wrong with the command itself; what is wrong in files, the page tells."""
    from briefings import audience as audiences  # noqa: PLC0415
    from briefings.resources import Shelf, read_bounded  # noqa: PLC0415
    from briefings.source import MAX_BYTES  # noqa: PLC0415

    if str(file) == STDIN:
        raise InvalidInput.of("a preview looks at a file for changes; standard input has none")
    check_editor(editor)
    read_bounded(file, MAX_BYTES)
    for name in names:
        audiences.load(name, Shelf.at(file.absolute().parent))


def _listening(port: int) -> socket.socket:
    """Return a socket that only this machine can reach.

    Raises:
        InvalidInput: somebody else listens there, or may not.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A port that was ours a moment ago may be so again; on Windows this would share it.
        if hasattr(socket, "SO_REUSEPORT"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        listening.listen()  # who asks before the server is ready waits
    except OSError as error:
        listening.close()
        reason = error.strerror or "it cannot be had"
        said = f"port {port} cannot be used: {reason}; name another with --port, or none"
        raise InvalidInput.of(said) from None
    return listening
