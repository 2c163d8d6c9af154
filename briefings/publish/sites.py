"""The targets of a workspace: looked up by name, held against what their kinds need."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefings import settings
from briefings.errors import InvalidInput, unknown
from briefings.model.fields import is_slug
from briefings.publish.layouts import LAYOUTS
from briefings.publish.store import Site, folder
from briefings.publish.stores import STORES, kind
from briefings.resources import WORKSPACE, Shelf, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from briefings.errors import Problem
    from briefings.publish.stores import Kind
    from briefings.targets import Target

OWN = ("data", "audiences", "templates", "languages", "themes")  # folders of a workspace
PLACES = ("path", "url", "namespace")  # keys that some kinds of targets do not know


def named(name: str, root: Path) -> Site:
    """Return the target of a workspace that has this name.

    Raises:
        InvalidInput: there is none, or what it says does not fit.
    """
    found = list(problems(root))
    targets = settings.load(Shelf.at(root)).targets
    if name not in targets:
        hint = "" if targets else f"; add [targets.{name}] to it"
        said = f"{unknown('target', name, targets)}{hint}"
        raise InvalidInput.of(said, shown(root / WORKSPACE))
    if wrong := [problem for problem in found if problem[0] == name]:
        raise InvalidInput(problem for _, problem in wrong)
    target = targets[name]
    form = kind(target.kind).FORM or target.format or ""
    figures = target.figures or settings.load(Shelf.at(root)).figures
    return Site(name, target, root, form, LAYOUTS[form].called(target), figures)


def every(root: Path) -> list[Site]:
    """Return all targets of a workspace.

    Raises:
        InvalidInput: with everything that does not fit in any of them.
    """
    if wrong := list(problems(root)):
        raise InvalidInput(problem for _, problem in wrong)
    return [named(name, root) for name in settings.load(Shelf.at(root)).targets]


def problems(root: Path) -> Iterator[tuple[str, Problem]]:
    """Yield what does not fit in the targets of a workspace, with the name of the target.

    Raises:
        InvalidInput: the ``briefings.toml`` itself is wrong; what does not fit is told with that.
    """
    shelf = Shelf.at(root)
    try:
        targets = settings.load(shelf).targets
    except InvalidInput as error:
        more = (problem for _, problem in _misnamed(shelf))
        found = dict.fromkeys([*error.problems, *more])
        raise InvalidInput(sorted(found, key=lambda one: (one.line, one.column))) from None
    wrong = [
        (name, settings.placed(shelf, ("targets", name, *path), said))
        for name, target in targets.items()
        for path, said in (*_unfit(target, shelf), *_own(target, root), *_same(name, targets, root))
    ]
    yield from sorted(wrong, key=lambda one: (one[1].line, one[1].column))


def _misnamed(shelf: Shelf) -> Iterator[tuple[str, Problem]]:
    """Yield what no target can say, of those that cannot be read: by their names in the file."""
    known: Mapping[str, tuple[str, Iterable[str]]] = {
        "kind": ("kind of target", STORES),
        "format": ("format of pages", LAYOUTS),
        "audiences": ("audience", shelf.stems("audiences")),
    }
    targets = settings.stated(shelf).get("targets")
    for name, target in targets.items() if isinstance(targets, dict) else ():
        for key, (what, names) in known.items():
            said = target.get(key) if isinstance(target, dict) else None
            for path, one in _words(key, said):
                if is_slug(one) and one not in names:
                    place = ("targets", name, *path)
                    yield name, settings.placed(shelf, place, unknown(what, one, names))


def _words(key: str, said: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the words of a value, which is one or a list of them, with the keys that lead there."""
    if isinstance(said, str):
        yield (key,), said
    elif isinstance(said, list):
        yield from (((key, n), one) for n, one in enumerate(said) if isinstance(one, str))


def _own(target: Target, root: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield that a target is in what the workspace itself is made of."""
    if target.path is None:
        return
    place, base = folder(target, root).resolve(), root.resolve()
    if target.path.startswith("~") and place.is_relative_to(base):
        yield ("path",), f'nobody has a home "{target.path.split("/")[0]}"'
    elif place == base:
        yield ("path",), "this is the workspace itself; name a folder for the pages alone"
    elif within := next((one for one in OWN if place.is_relative_to(base / one)), ""):
        yield ("path",), f'"{within}" is the workspace\'s own; name a folder for the pages alone'


def _same(
    name: str, targets: Mapping[str, Target], root: Path
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield that another target is at the same place, and would remove the pages of this one."""
    place = _place(targets[name], root)
    for other, target in targets.items():
        if place and other != name and _place(target, root) == place:
            said = f'the target "{other}" is there, too; each would remove the pages of the other'
            yield ("path" if targets[name].path else "url",), said
            return


def _place(target: Target, root: Path) -> object:
    """Return what two targets have in common that are at the same place; nothing for none."""
    if target.path:
        return folder(target, root).resolve()
    if target.url:
        parts = urlsplit(target.url)
        return (parts.netloc.casefold(), parts.path.rstrip("/"), target.namespace)
    return None


def _unfit(target: Target, shelf: Shelf) -> Iterator[tuple[tuple[str | int, ...], str]]:
    readers = shelf.stems("audiences")
    for index, audience in enumerate(target.audiences):
        if audience not in readers:
            yield ("audiences", index), unknown("audience", audience, readers)
        elif audience in target.audiences[:index]:
            yield ("audiences", index), f'the audience "{audience}" stands twice'
    if target.kind in STORES:
        yield from _places(target, kind(target.kind))
        yield from _formats(target, kind(target.kind).FORM)
    else:
        yield ("kind",), unknown("kind of target", target.kind, STORES)
        yield from _formats(target, target.format or "md")  # which of them, its kind would say


def _places(target: Target, kind: Kind) -> Iterator[tuple[tuple[str, ...], str]]:
    for key in PLACES:
        stated = getattr(target, key) is not None
        if key in kind.KEYS and not stated:
            yield (), f'"{key}" is missing; a target of kind "{target.kind}" has one'
        elif stated and key not in (*kind.KEYS, *kind.OPTIONAL):
            yield (key,), f'a target of kind "{target.kind}" has no "{key}"'


def _formats(target: Target, own: str) -> Iterator[tuple[tuple[str, ...], str]]:
    if target.format is None:
        if not own:
            yield (), f'"format" is missing; known: {", ".join(LAYOUTS)}'
    elif own and target.format != own:
        yield ("format",), f'the format of a target of kind "{target.kind}" is "{own}"'
    elif target.format not in LAYOUTS:
        yield ("format",), unknown("format of pages", target.format, LAYOUTS)
