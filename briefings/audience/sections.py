"""Which sections a reader gets: ours, and those that are a template of somebody's own.

A section of one's own is a file ``templates/sections/<name>.md.j2``. The audience says what it is
called (``headings``) and which parts of the briefing it may show (``uses``), so what a document
holds never depends on what stands in a template.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefings import source as yaml
from briefings.errors import nearest
from briefings.model.sections import SECTIONS
from briefings.resources import inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefings.errors import Problem
    from briefings.resources import Shelf
    from briefings.source import Source

SUFFIX = ".md.j2"
# What a section may use: every key of a briefing that a section of ours shows.
KEYS = tuple(dict.fromkeys(section.key for section in SECTIONS.values()))
# Of these keys an audience that extends another changes single entries.
BY_SECTION = ("headings", "uses")
PATTERN = "^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"  # of a name
_NAME = re.compile(PATTERN.removesuffix("$"))
_WRITTEN = (str, yaml.WrittenInt, yaml.WrittenFloat)


def own(shelf: Shelf) -> list[str]:
    """Return the sections whose template is not ours, those that replace one of ours too."""
    found = {
        path.name.removesuffix(SUFFIX)
        for folder in shelf.folders("templates")[:-1]
        for path in (folder / "sections").glob(f"*{SUFFIX}")
        if inside(folder, f"sections/{path.name}")
    }
    return sorted(name for name in found if is_name(name))


def is_name(name: str) -> bool:
    """Whether a section of one's own can be called so."""
    return bool(_NAME.fullmatch(name))


def known(shelf: Shelf) -> list[str]:
    """Return every section that an audience can name, ours first."""
    return list(dict.fromkeys([*SECTIONS, *own(shelf)]))


def merged(sources: Iterable[Source], data: dict[str, Any]) -> dict[str, Any]:
    """Return what audiences say together, laid over *data*; the last says most."""
    for source in sources:
        further = dict(source.data)
        for key in BY_SECTION:
            if isinstance(further.get(key), dict) and isinstance(data.get(key), dict):
                further[key] = data[key] | further[key]
        data = data | further
    return data


def problems(chain: Sequence[Source], shelf: Shelf) -> Iterator[Problem]:
    """Yield what is wrong with the sections that audiences name, the nearest file first."""
    mine, every = own(shelf), known(shelf)
    for place, source in enumerate(chain):
        yield from _of_names(source, every)
        # What a file says of a section, it says of those that are named there or further down.
        data = merged(reversed(chain[place:]), {})
        if isinstance(data.get("sections"), list):
            for key in BY_SECTION:
                yield from _of_others(source, key, data["sections"])
        yield from _of_uses(source, mine)
    data = merged(reversed(chain), {})
    yield from _without_heading(chain, data, every)
    sections = data.get("sections")
    sound = isinstance(sections, list) and all(str(name) in every for name in sections)
    if data.get("sourcing") == "annex" and sound and "sources" not in data["sections"]:
        keys = ("sourcing", "sections")
        source, key = next((s, key) for s in chain for key in keys if key in s.data)
        yield source.problem((key,), 'sourcing "annex" needs the section "sources"')


def _of_names(source: Source, every: Sequence[str]) -> Iterator[Problem]:
    for index, name, before in _entries(source.data.get("sections")):
        if name not in every:
            hint = nearest(name, every) or _listed(name, every)
            yield source.problem(("sections", index), f'unknown section "{name}"{hint}')
        elif name in before:
            yield source.problem(("sections", index), f'the section "{name}" stands twice')


def _listed(name: str, every: Sequence[str]) -> str:
    may = f"; one of your own is templates/sections/{name}{SUFFIX}" if is_name(name) else ""
    return f"; known: {', '.join(every)}{may}"


def _of_others(source: Source, key: str, sections: Sequence[Any]) -> Iterator[Problem]:
    """Yield what is said of sections that this reader does not get."""
    names = [str(name) for name in sections]
    for name in _mapping(source, key):
        if str(name) not in names:
            hint = nearest(str(name), names) or f"; they are: {', '.join(names)}"
            said = f'"{name}" is none of the sections of this reader{hint}'
            yield source.problem((key, name), said, at_key=True)


def _of_uses(source: Source, mine: Sequence[str]) -> Iterator[Problem]:
    for section, used in _mapping(source, "uses").items():
        if section in SECTIONS and section not in mine:
            said = (
                f'the section "{section}" has our template, which shows '
                f'"{SECTIONS[section].key}" alone; a template of your own may use more'
            )
            yield source.problem(("uses", section), said, at_key=True)
        for index, name, before in _entries(used):
            if name not in KEYS:
                hint = nearest(name, KEYS) or f"; known: {', '.join(KEYS)}"
                said = f'a briefing has no part "{name}"{hint}'
                yield source.problem(("uses", section, index), said)
            elif name in before:
                yield source.problem(("uses", section, index), f'"{name}" stands twice')


def _without_heading(
    chain: Sequence[Source], data: dict[str, Any], every: Sequence[str]
) -> Iterator[Problem]:
    """Yield the sections of one's own for which nobody says what they are called."""
    headings = data.get("headings", {})
    source = next((one for one in chain if "sections" in one.data), None)
    if source is None or not isinstance(headings, dict):
        return
    for index, name, before in _entries(source.data["sections"]):
        if name in every and name not in SECTIONS and name not in (*headings, *before):
            said = f'the section "{name}" is your own and has no heading; add headings: {{{name}: '
            yield source.problem(("sections", index), f"{said}What it is called}}")


def _mapping(source: Source, key: str) -> dict[Any, Any]:
    value = source.data.get(key)
    return value if isinstance(value, dict) else {}


def _entries(value: Any) -> Iterator[tuple[int, str, list[str]]]:  # noqa: ANN401
    """Yield the names of a list, each with those before it; of anything else, the model tells."""
    before: list[str] = []
    for index, name in enumerate(value if isinstance(value, list) else []):
        if isinstance(name, _WRITTEN):
            yield index, str(name), list(before)
            before.append(str(name))
