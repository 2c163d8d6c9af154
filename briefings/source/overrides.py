"""Values put in for one run, before the data is looked at: ``events.strike.title=A fire``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput, Problem, nearest
from briefings.source.data import WrittenInt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefings.source.data import KeyPath, Source


def apply(source: Source, changes: Iterable[str], parse: Callable[[bytes, str], Source]) -> None:
    """Put values into what was read.

    Args:
        source: what was read; it is changed.
        changes: texts such as ``PATH=VALUE``. The path's parts are keys, list indexes from 0, or
            the ids of a list's entries, joined by full stops. The value is YAML.
        parse: the reader of YAML.

    Raises:
        InvalidInput: with every change that has no place to go, or whose value is not YAML.
    """
    problems: list[Problem] = []
    for change in changes:
        try:
            _put(source, change, parse)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)


def _put(source: Source, change: str, parse: Callable[[bytes, str], Source]) -> None:
    stated = f"--set {change}"
    name, equals, text = change.partition("=")
    if not equals or not name:
        raise InvalidInput.of("PATH=VALUE is expected, such as title=Floods", stated)
    try:
        value = parse(f"value: {text}\n".encode(), stated).data["value"]
    except InvalidInput as error:
        message = error.problems[0].message
        raise InvalidInput.of(f"the value is not YAML: {message}", stated) from None
    *above, last = name.split(".")
    path: KeyPath = ()
    holder: Any = source.data
    for part in above:
        key = _key(holder, part, path, stated)
        # A copy on the way down: an alias elsewhere may share what is changed here.
        holder[key] = holder[key].copy() if isinstance(holder[key], (dict, list)) else holder[key]
        holder, path = holder[key], (*path, key)
    # A key that is not there yet may still be one that the model knows; it will tell.
    key = last if isinstance(holder, dict) else _key(holder, last, path, stated)
    holder[key] = value
    source.overridden[*path, key] = stated


def _key(holder: Any, part: str, path: KeyPath, stated: str) -> str | int:  # noqa: ANN401
    """Return the key or index that *part* means in *holder*."""
    known: list[str] = []
    if isinstance(holder, dict):
        known = list(holder)
        if part in holder:
            return part
    elif isinstance(holder, list):
        ids = [_id(entry) for entry in holder]
        if part in ids:
            return ids.index(part)
        if part.isascii() and part.isdigit() and int(part) < len(holder):
            return int(part)
        known = [name for name in ids if name] or [f"0 to {len(holder) - 1}"]
    where = f"in {'.'.join(map(str, path))}" if path else "at the top of the file"
    hint = nearest(part, known) or (f"; known: {', '.join(known[:8])}" if known else "")
    raise InvalidInput.of(f'there is no "{part}" {where}{hint}', stated)


def _id(entry: object) -> str:
    name = entry.get("id", "") if isinstance(entry, dict) else ""
    return name.written if isinstance(name, WrittenInt) else str(name)
