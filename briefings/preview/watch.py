"""Which files a briefing is made of, and when one of them changes."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import awatch

from briefings.model.register import FOLDER as REGISTER
from briefings.resources import WORKSPACE, shipped, workspace
from briefings.watch import KINDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_TOGETHER, _STEP = 60, 10  # milliseconds: an editor writes a file in several steps
_BEGUN = 0.02  # seconds in which the watching has begun
_AGAIN = 0.5  # seconds; nothing tells that a folder was moved away, or has come back


def roots(file: Path) -> tuple[Path, ...]:
    """Return the briefing's folder, and its workspace's where it is in one."""
    folder = file.parent.resolve()
    root = workspace(folder)
    return (folder, root) if root and root != folder else (folder,)


def deep(file: Path) -> frozenset[Path]:
    """Return the folders of which everything matters; those that are there."""
    found = [root / kind for root in roots(file) for kind in (*KINDS, REGISTER)]
    found += [shipped("templates"), *(shipped("data") / kind for kind in KINDS[:1] + KINDS[2:])]
    return frozenset(folder.resolve() for folder in found if folder.is_dir())


def flat(file: Path) -> frozenset[Path]:
    """Return the folders in which a file or a folder that matters may come and go."""
    found = [folder for root in roots(file) for folder in (root, (root / REGISTER).parent)]
    return frozenset(folder for folder in found if folder.is_dir())


def matters(file: Path, path: Path) -> bool:
    """Whether a change at a path can change a brief: what lies beside the briefing does not."""
    if path == file.parent.resolve() / file.name or path.name == WORKSPACE:
        return True
    kinds = (*KINDS, REGISTER.parent, REGISTER)
    tops = [root / kind for root in roots(file) for kind in kinds]
    return path in tops or any(path.is_relative_to(folder) for folder in deep(file))


async def changes(file: Path) -> AsyncIterator[None]:
    """Yield once when all is looked at, then each time that a change can change a brief."""
    while True:
        before = flat(file), deep(file)
        came: asyncio.Event = asyncio.Event()
        stop = asyncio.Event()
        tasks = [
            asyncio.create_task(_look(file, folders, came, stop, recursive=recursive))
            for folders, recursive in zip(before, (False, True), strict=True)
            if folders
        ]
        try:
            await asyncio.sleep(_BEGUN)
            yield  # at first; later a folder has come or gone, and something with it
            async for _ in _until(file, before, came):
                yield
        finally:
            stop.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _until(
    file: Path, before: tuple[frozenset[Path], frozenset[Path]], came: asyncio.Event
) -> AsyncIterator[None]:
    """Yield at each change, until the folders to look at are others."""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(came.wait(), _AGAIN)
        changed = came.is_set()
        came.clear()
        if (flat(file), deep(file)) != before:
            return
        if changed:
            yield


async def _look(
    file: Path,
    folders: frozenset[Path],
    came: asyncio.Event,
    stop: asyncio.Event,
    *,
    recursive: bool,
) -> None:
    """Set *came* when something that matters changes in one of the folders."""
    watched = awatch(
        *folders,
        watch_filter=lambda _, path: matters(file, Path(path)),
        debounce=_TOGETHER,
        step=_STEP,
        stop_event=stop,
        recursive=recursive,
    )
    async for _ in watched:
        came.set()
