"""Values put in for one run, before the data is looked at: ``events.strike.title=A fire``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput, Problem, nearest
from briefings.source.data import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefings.source.data import KeyPath, Source

_MAX_STATED = 100


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
    stated = f"--set {change if len(change) <= _MAX_STATED else change[:_MAX_STATED] + '…'}"
    name, equals, text = change.partition("=")
    parts = name.split(".")
    if not equals or not all(parts):
        raise InvalidInput.of("PATH=VALUE is expected, such as title=Floods", stated)
    value = _value(text, stated, parse)
    path: KeyPath = ()
    holder: Any = source.data
    while True:
        # A key that is not there yet may still be one that the model knows; it will tell.
        new = len(parts) == 1 and isinstance(holder, dict)
        key, used = (parts[0], 1) if new else _key(holder, parts, path, stated)
        path, parts = (*path, key), parts[used:]
        if not parts:
            break
        # A copy on the way down: an alias elsewhere may share what is changed here.
        holder[key] = holder[key].copy() if isinstance(holder[key], (dict, list)) else holder[key]
        holder = holder[key]
    holder[key] = value
    source.overridden[path] = stated
    source.values.setdefault(path, Mark(1, 1))  # there is such a value now; it stands in no line


def _value(text: str, stated: str, parse: Callable[[bytes, str], Source]) -> Any:  # noqa: ANN401
    try:
        data = parse(f"value: {text}\n".encode(), stated).data
    except UnicodeEncodeError:
        raise InvalidInput.of("the value is not UTF-8", stated) from None
    except InvalidInput as error:
        message = error.problems[0].message
        raise InvalidInput.of(f"the value is not YAML: {message}", stated) from None
    if len(data) > 1:
        raise InvalidInput.of("the value is not YAML: it goes on with a key of its own", stated)
    return data["value"]


def _key(
    holder: Any,  # noqa: ANN401
    parts: list[str],
    path: KeyPath,
    stated: str,
) -> tuple[str | int, int]:
    """Return the key or index that is meant in *holder*, and how many parts say it."""
    part = parts[0]
    known: list[str] = []
    if isinstance(holder, dict):
        known = list(holder)
        if part in holder:
            return part, 1
    elif isinstance(holder, list):
        ids = [_id(entry) for entry in holder]
        for used in range(len(parts), 0, -1):  # an id may have full stops of its own
            if (name := ".".join(parts[:used])) in ids:
                return ids.index(name), used
        if part.isascii() and part.isdigit() and int(part) < len(holder):
            return int(part), 1
        known = [name for name in ids if name]
        if holder and not known:
            known = [f"0 to {len(holder) - 1}"]
    where = f"in {'.'.join(map(str, path))}" if path else "at the top of the file"
    hint = nearest(part, known) or (f"; known: {', '.join(known[:8])}" if known else "")
    raise InvalidInput.of(f'there is no "{part}" {where}{hint}', stated)


def _id(entry: object) -> str:
    return str(entry.get("id", "")) if isinstance(entry, dict) else ""
