"""Situation briefs from one YAML file.

Three lines make a brief::

    briefing = briefings.load("2024-11-21-ukraine-strike.yaml")
    brief = briefings.view(briefing, "press")
    pdf = briefings.render(brief, "pdf").data

Whatever is wrong is a ``BriefingsError``: ``InvalidInput`` holds every problem with its place,
``Refused`` means that this brief must not be handed over, ``Unequipped`` that a library is missing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefings.version import __version__

if TYPE_CHECKING:
    from briefings.errors import (
        BriefingsError,
        InvalidInput,
        NothingToSay,
        Problem,
        Refused,
        TooLong,
        Unequipped,
    )
    from briefings.pipeline import Brief, load, render, view

__all__ = [
    "Brief",
    "BriefingsError",
    "InvalidInput",
    "NothingToSay",
    "Problem",
    "Refused",
    "TooLong",
    "Unequipped",
    "__version__",
    "load",
    "render",
    "view",
]

_PIPELINE = ("Brief", "load", "render", "view")


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import what is asked for when it is: ``briefings --version`` needs nothing of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module("briefings.pipeline" if name in _PIPELINE else "briefings.errors")
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted(__all__)
