"""What recurs from brief to brief: the sides, actors, places and sources of a workspace.

They stand once, in ``data/register/*.yaml``. A briefing names one by its id and has it; an entry of
its own with the same id says what is different this time, field by field. What no briefing names
is in none. Where an entry carries no marking it has that of the briefing which uses it; where it
carries one, a briefing may raise that and never lower it.

All of this is done with the data as it was read, before anything is checked, and every value keeps
the place that it came from: whatever is wrong is told in the file and line that are to be mended.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from briefings import source as yaml
from briefings.errors import InvalidInput, Problem, unknown
from briefings.model.base import Pointed
from briefings.model.briefing import Briefing
from briefings.model.marking import Marking
from briefings.model.problems import placed
from briefings.model.references import Names, name_of
from briefings.model.sections import REFERRED, keys
from briefings.resources import inside, read_bounded, shown
from briefings.source import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefings.resources import Shelf
    from briefings.source import KeyPath, Source

FOLDER = Path("data", "register")
_KINDS = {m.kind: key for key, m in keys().items() if key in REFERRED and issubclass(m, Pointed)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the register: its data, and the place of each part of it."""

    data: dict[str, Any]
    values: dict[KeyPath, Mark]
    keys: dict[KeyPath, Mark]

    @property
    def place(self) -> str:
        """Where it stands."""
        mark = self.values[()]
        return f"{mark.of.name if mark.of else ''}:{mark.line}"


@dataclass(slots=True)
class Register:
    """All entries by key and id, and what is wrong with the files as such.

    ``unread`` holds what is wrong with files that cannot be read at all.
    """

    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(self.entries.values())

    def of(self, kind: str) -> dict[str, Entry]:
        """Return the entries of a kind such as ``actor``, by id."""
        return self.entries.get(_KINDS.get(kind, ""), {})

    def ids(self) -> dict[str, list[str]]:
        """Return the ids of each kind."""
        return {kind: list(self.of(kind)) for kind in _KINDS}


def load(shelf: Shelf) -> Register:
    """Read the register of a shelf's workspace; without one it is empty."""
    if shelf.workspace is None:
        return Register()
    folder = shelf.workspace / FOLDER
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            if inside(folder, path.name) is None:
                said = "no file of the register: it is a folder, or leads elsewhere"
                raise InvalidInput.of(said, shown(path))
            files.append((shown(path), read_bounded(path, yaml.MAX_BYTES)))
        except InvalidInput as error:
            problems += error.problems
    read = _read(tuple(files))
    unread = [*problems, *read.unread]
    return Register(read.entries, read.sources, read.problems, unread)


@lru_cache(4)
def _read(files: tuple[tuple[str, bytes], ...]) -> Register:
    """Return the register of files with these names and bytes; nobody changes it."""
    register = Register()
    for name, data in files:
        try:
            source = yaml.parse(data, name)
        except InvalidInput as error:
            register.unread += error.problems
            continue
        register.sources.append(source)
        for key, value in source.data.items():
            if key not in REFERRED:
                said = unknown("key", key, REFERRED)
                register.problems.append(source.problem((key,), said, at_key=True))
            elif isinstance(value, list):
                _enter(register, source, key, value)
            elif value is not None:
                register.problems.append(source.problem((key,), "a list is expected"))
    return register


def _enter(register: Register, source: Source, key: str, items: list[Any]) -> None:
    known = register.entries.setdefault(key, {})
    tables: tuple[Mapping[KeyPath, Mark], ...] = (source.values, source.keys)
    marks: list[dict[int, dict[KeyPath, Mark]]] = [{}, {}]
    for table, by_index in zip(tables, marks, strict=True):
        for path, mark in table.items():
            if len(path) > 1 and path[0] == key and isinstance(path[1], int):
                kept = Mark(mark.line, mark.column, source)
                by_index.setdefault(path[1], {})[path[2:]] = kept
    for index, item in enumerate(items):
        name = name_of(item.get("id")) if isinstance(item, dict) else None
        if name is None:
            said = 'an entry of the register is a mapping with an "id"'
            register.problems.append(source.problem((key, index), said))
        elif name in known:
            said = f'the id "{name}" stands twice; the first is in {known[name].place}'
            register.problems.append(source.problem((key, index, "id"), said))
        else:
            known[name] = Entry(item, marks[0][index], marks[1].get(index, {}))


def check(register: Register) -> list[Problem]:
    """Return all that is wrong with a register by itself, whether a briefing uses it or not.

    An entry need not be whole: what it lacks, each briefing that uses it may add.
    """
    found = [*register.unread, *register.problems]
    known = register.ids()
    for source in register.sources:
        named = Names.of(source.data, Briefing)
        found += named.nowhere(source, known)
        for key in REFERRED:
            items = source.data.get(key)
            for index, item in enumerate(items if isinstance(items, list) else ()):
                found += _wrong(source, key, index, item)
    return list(dict.fromkeys(found))


def _wrong(source: Source, key: str, index: int, item: object) -> Iterator[Problem]:
    try:
        keys()[key].model_validate(item)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["type"] != "missing":
                detail["loc"] = (key, index, *detail["loc"])
                yield placed(detail, Briefing, source)


def reach(source: Source, changes: Iterable[str], register: Register) -> None:
    """Put in the entries that values put in for one run (``actors.port.name=...``) are for."""
    for change in changes if "extract" not in source.data else ():
        key, _, rest = change.partition("=")[0].partition(".")
        own = _own(source, key)
        for name, entry in register.entries.get(key, {}).items():
            if name not in own and f"{rest}.".startswith(f"{name}."):
                _add(source, key, entry)


def merge(source: Source, register: Register) -> list[Problem]:
    """Put what a briefing uses of the register into its data.

    An extract takes nothing: it holds all that it is made of, under ids of its own.

    Returns:
        What is wrong with the register, and with how it is used.

    Raises:
        InvalidInput: a file of the register cannot be read, so nobody knows what it has.
    """
    if "extract" in source.data:
        return []
    if register.unread:
        raise InvalidInput(register.unread)
    problems = list(register.problems)
    for key, entries in register.entries.items():
        for name, index in _own(source, key).items():
            if name in entries:
                problems += _lowered(source, key, index, entries[name])
                _complete(source, key, index, entries[name])
    used = _used(source, register, problems)
    for key, entries in register.entries.items():
        for name, entry in entries.items():
            if (key, name) in used:
                _add(source, key, entry)
    return problems


def _used(source: Source, register: Register, problems: list[Problem]) -> set[tuple[str, str]]:
    """Return what is named and not defined here: by the briefing, and by what it so has."""
    own = {kind: _own(source, key) for kind, key in _KINDS.items()}
    used: set[tuple[str, str]] = set()
    waiting = [(name, kinds, False) for name, kinds in _named(source.data) if register]
    while waiting:
        name, kinds, theirs = waiting.pop()
        here = next((kind for kind in kinds if name in own.get(kind, ())), None)
        kind = next((kind for kind in kinds if name in register.of(kind)), None)
        if kind is None or (here and (not theirs or here == kind)) or (kind, name) in used:
            continue
        entry = register.of(kind)[name]
        if here:
            said = f'the register has "{name}" for {kind} ({entry.place}); give this another id'
            problems.append(source.problem((_KINDS[here], own[here][name], "id"), said))
        used.add((kind, name))
        waiting += [(*named, True) for named in _named({_KINDS[kind]: [entry.data]})]
    return {(_KINDS[kind], name) for kind, name in used}


def _named(data: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each name by which data refers to something, with the kinds that it may be of."""
    for _, kinds, name in Names.of(data, Briefing).names:
        yield name, kinds


def _own(source: Source, key: str) -> dict[str, int]:
    """Return the index of each id under a key of the briefing's own."""
    items = source.data.get(key)
    found: dict[str, int] = {}
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and (name := name_of(item.get("id"))) is not None:
            found.setdefault(name, index)
    return found


def _add(source: Source, key: str, entry: Entry) -> None:
    """Put an entry at the end of a list."""
    items = source.data.get(key, [])
    if not isinstance(items, list):
        return  # the model says what is expected
    source.data[key] = [*items, deepcopy(entry.data)]
    source.values.setdefault((key,), entry.values[()])
    for relative, mark in entry.values.items():
        source.values[key, len(items), *relative] = mark
    for relative, mark in entry.keys.items():
        source.keys[key, len(items), *relative] = mark


def _complete(source: Source, key: str, index: int, entry: Entry) -> None:
    """Put in what an entry of the briefing's own does not say."""
    items = list(source.data[key])
    own = items[index]
    items[index] = deepcopy(entry.data) | own
    source.data[key] = items
    for table, marks in ((source.values, entry.values), (source.keys, entry.keys)):
        for relative, mark in marks.items():
            if relative and relative[0] not in own:
                table[key, index, *relative] = mark


def _lowered(source: Source, key: str, index: int, entry: Entry) -> Iterator[Problem]:
    """Yield a problem where an entry of the briefing's own would show what is withheld."""
    own, theirs = source.data[key][index], _marking(entry.data.get("marking"))
    if "marking" not in own or theirs is None:
        return
    stated = _marking(own["marking"])
    if own["marking"] is None or (stated is not None and stated < theirs):
        said = (
            f"the register marks this {theirs.value} ({entry.place}); "
            "a briefing may raise that and never lower it"
        )
        yield source.problem((key, index, "marking"), said)


def _marking(value: object) -> Marking | None:
    try:
        return Marking.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None  # the model says what is expected
