"""The kinds of targets: one file each, one line each in ``STORES``.

Each module has

``KEYS``
    the keys of the target that it needs besides those that every target has: ``path`` or ``url``.
``OPTIONAL``
    the keys that it knows besides, of ``PLACES``.
``FORM``
    the one format that its pages have, or "" where ``format`` says it.
``opened(site, *, writing, push)``
    gives a ``Store`` for a ``with`` statement. With *writing* nobody else publishes there until its
    end, where the target can hold others off; without it, nothing is written, not even a lock. With
    *push* the user wants what is written to be sent on; where that means nothing, or cannot be
    done, ``InvalidInput`` says so before anything is written.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from briefings.publish.store import Site, Store

# A module is imported when its kind is asked for.
STORES = {
    "folder": "briefings.publish.stores.folder",
    "git": "briefings.publish.stores.git",
    "mediawiki": "briefings.publish.stores.mediawiki",
    "dokuwiki": "briefings.publish.stores.dokuwiki",
}


class Kind(Protocol):
    """A module that knows one kind of target."""

    KEYS: tuple[str, ...]
    OPTIONAL: tuple[str, ...]
    FORM: str

    def opened(self, site: Site, *, writing: bool, push: bool) -> AbstractContextManager[Store]:
        """Reach the target."""


def kind(name: str) -> Kind:
    """Return the module of a kind that there is."""
    return cast("Kind", import_module(STORES[name]))


def opened(site: Site, *, writing: bool, push: bool = False) -> AbstractContextManager[Store]:
    """Reach a target; see above.

    Raises:
        InvalidInput: it cannot be reached, or another run is publishing there.
        Unequipped: something that it needs is not there.
    """
    return kind(site.target.kind).opened(site, writing=writing, push=push)
