"""What can be had otherwise, whose each file is, and how one's own differs from ours.

A copy of ours begins with a comment that holds the digest of what was copied. So it can be told
when ours has changed since, and the difference shown without that comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from hashlib import sha256
from typing import TYPE_CHECKING

from briefings.errors import InvalidInput, unknown
from briefings.resources import inside, read_bounded, shipped, shown
from briefings.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from briefings.resources import Shelf

MAX_BYTES = 2_000_000
TEMPLATES = "templates"
# Where each kind of file lies, and what its files are called.
KINDS = {
    "template": (TEMPLATES, "**/*.j2"),
    "theme": (TEMPLATES, "themes/*.css"),
    "audience": ("audiences", "*.yaml"),
    "language": ("languages", "*.yaml"),
    "lexicon": ("lexicons", "*.yaml"),
}
_DIGITS = 12
_HEADER = re.compile(
    r"\{# Copied from \S+ of briefings \S+ \((?P<digest>[0-9a-f]{12})\)\..*?#\}\n", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Item:
    """One file as it is used.

    Attributes:
        name: where it lies, seen from the workspace.
        kind: what it is, a key of ``KINDS``.
        whose: ``own`` or ``shipped``.
        file: the file itself.
        shadows: the file that is not used because this one is.
        differs: whether the two are not the same; ``None`` where it shadows nothing.
        outdated: whether ours has changed since it was copied; ``None`` where nobody can tell.
        diff: the difference, where it was asked for.
    """

    name: str
    kind: str
    whose: str
    file: str
    shadows: str | None = None
    differs: bool | None = None
    outdated: bool | None = None
    diff: str | None = None


def items(shelf: Shelf, names: Iterable[str] = (), *, diff: bool = False) -> list[Item]:
    """Return what there is, or the files of some names.

    Args:
        shelf: where it is looked up.
        names: names as they are listed; ``templates/`` in front may be left out.
        diff: whether the differences are wanted.

    Raises:
        InvalidInput: there is no file of some name, or one cannot be read.
    """
    known = dict(_known(shelf))
    wanted = [full(name, known) for name in names] or list(known)
    return [_item(shelf, name, known[name], diff=diff) for name in dict.fromkeys(wanted)]


def names(shelf: Shelf) -> list[str]:
    """Return the names of all there is."""
    return [name for name, _ in _known(shelf)]


def full(name: str, known: Iterable[str]) -> str:
    """Return a name as it is listed.

    Raises:
        InvalidInput: there is none such.
    """
    known = list(known)
    for one in (name, f"{TEMPLATES}/{name}"):
        if one in known:
            return one
    raise InvalidInput.of(unknown("name", name, known))


def original(name: str, shelf: Shelf, but: Path) -> Path | None:
    """Return the file of a name that is used once the file *but* is not there."""
    folder, _, rest = name.partition("/")
    return next((path for path in shelf.every(folder, rest) if path != but.resolve()), None)


def header(path: Path, base: str, name: str) -> str:
    """Return the comment that a copy begins with: what it is of, and what it shadows."""
    said = f"Copied from {base} of briefings {__version__} ({_digest(path)})."
    if base == name:
        said += (
            "\n   It comes before ours of that name. What you have changed, and whether ours has"
            f"\n   changed since: briefings templates --diff {name}"
        )
    return f"{{# {said} #}}\n"


def bare(text: str) -> str:
    """Return the text of a copy without that comment."""
    return _HEADER.sub("", text, count=1) if _HEADER.match(text) else text


def _known(shelf: Shelf) -> Iterator[tuple[str, str]]:
    for kind, (folder, pattern) in KINDS.items():
        found = {
            path.relative_to(place).as_posix()
            for place in shelf.folders(folder)
            for path in place.glob(pattern)
        }
        for name in sorted(found):
            if shelf.find(folder, name):
                yield f"{folder}/{name}", kind


def _item(shelf: Shelf, name: str, kind: str, *, diff: bool) -> Item:
    folder, _, rest = name.partition("/")
    file, *others = shelf.every(folder, rest)
    ours = shipped(TEMPLATES) if folder == TEMPLATES else shipped("data") / folder
    whose = "shipped" if inside(ours, rest) == file else "own"
    if not others:
        return Item(name, kind, whose, shown(file))
    own, theirs = read(file), read(others[0])
    copied = _HEADER.match(own)
    differs = bare(own) != bare(theirs)
    return Item(
        name=name,
        kind=kind,
        whose=whose,
        file=shown(file),
        shadows=shown(others[0]),
        differs=differs,
        outdated=copied["digest"] != _digest(others[0]) if copied else None,
        diff=_diff(name, theirs, own) if diff and differs else None,
    )


def _diff(name: str, theirs: str, own: str) -> str:
    before, after = (bare(text).splitlines(keepends=True) for text in (theirs, own))
    said = unified_diff(before, after, f"ours/{name}", f"yours/{name}")
    # The last line of a file may lack its end.
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in said)


def read(path: Path) -> str:
    """Return the text of a file.

    Raises:
        InvalidInput: it cannot be read, or is no UTF-8.
    """
    try:
        return read_bounded(path, MAX_BYTES, "file").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput.of("the file is not UTF-8", shown(path)) from None


def _digest(path: Path) -> str:
    return sha256(read_bounded(path, MAX_BYTES, "file")).hexdigest()[:_DIGITS]
