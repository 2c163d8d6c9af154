"""What stands at a target: which pages are current, behind, edited by hand or orphaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefings.publish import marker
from briefings.publish.listings import INDEX, SERIES, SIDEBAR
from briefings.publish.planning import Asked, plan
from briefings.publish.steps import (
    CREATE,
    EDITED,
    KEEP,
    ORPHAN,
    REFUSE,
    RENAME,
    UPDATE,
)
from briefings.publish.stores import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefings.publish.steps import Step
    from briefings.publish.store import Site

CURRENT, BEHIND, MISSING = "current", "behind", "missing"
EDITED_BY_HAND, ORPHANED, REFUSED = "edited", "orphaned", "refused"
_STATES = {
    CREATE: MISSING,
    UPDATE: BEHIND,
    RENAME: BEHIND,
    KEEP: CURRENT,
    ORPHAN: ORPHANED,
    REFUSE: REFUSED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A page or a file of a target, and how it is.

    Attributes:
        target: the name of the target.
        name: of the page or the file.
        page: of a file, the page that it belongs to.
        state: ``current``, ``behind``, ``missing``, ``edited``, ``orphaned`` or ``refused``.
        reason: why it is refused, edited or orphaned.
        briefing: which briefing the page there says that it came from.
        audience: for whom.
        version: the version of it that stands there.
        as_of: its information cut-off.
        content: the first digits of its content hash.
        path: of a file that is orphaned, where it lies.
    """

    target: str
    name: str
    page: str
    state: str
    reason: str
    briefing: str = ""
    audience: str = ""
    version: str = ""
    as_of: str = ""
    content: str = ""
    path: str = ""


def status(site: Site, tell: Callable[[int, int, str], None]) -> list[Standing]:
    """Return how each page of a target is; nothing is written.

    Args:
        site: the target.
        tell: is called before each briefing with its number, how many there are, and its name.

    Raises:
        InvalidInput: a briefing is wrong, or the target cannot be read.
        Unequipped: something that a PDF or the target stands on is not there.
    """
    with opened(site, writing=False) as store:
        return [_standing(site.name, step) for step in plan(site, store, Asked(), tell)]


def _standing(target: str, step: Step) -> Standing:
    edited = step.what == REFUSE and step.reason == EDITED
    state = EDITED_BY_HAND if edited else _STATES[step.what]
    found = step.over if not step.page and step.over and not step.over.obstacle else None
    read = marker.read(found.load().decode(errors="replace")) if found else None
    if read is None:
        return Standing(target, step.name, step.page, state, step.reason, path=step.place)
    said = read.marker
    briefing = "" if said.kind in (INDEX, SIDEBAR, SERIES) else said.id
    more = (briefing, said.audience, said.version, said.as_of, said.content)
    return Standing(target, step.name, step.page, state, step.reason, *more)
