"""Labels and numbers: made from what is left, in the order in which a reader meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefings.document.view import View
    from briefings.language import Language

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def label_all(parts: Mapping[str, tuple[View, ...]], language: Language) -> None:
    """Give every shown part the label by which others point at it."""
    letters = language.data["labels"]
    for key, views in parts.items():
        if key in letters:
            for number, view in enumerate(views, 1):
                _label(view, f"{letters[key]}{number}")


def _label(view: View, label: str) -> None:
    _set(view, "ref", label)
    fields = dir(view)
    if "parts" in fields:
        for number, part in enumerate(view.parts, 1):
            _label(part, f"{label}.{number}")
    if "claims" in fields:
        for number, claim in enumerate(view.claims):
            _set(claim, "ref", label + _letters(number))


def _letters(number: int) -> str:
    """Return a, b, ... z, aa, ab, ... for 0, 1, ..."""
    rest, last = divmod(number, len(_ALPHABET))
    return (_letters(rest - 1) if rest else "") + _ALPHABET[last]


def sources_in_order(
    keys: Iterable[str], parts: Mapping[str, tuple[View, ...]], sources: Iterable[View]
) -> tuple[View, ...]:
    """Return the sources numbered as they are first cited; those only passed on come last."""
    cited: dict[int, View] = {}
    for key in keys:
        for view in parts.get(key, ()):
            for source in _cited(view):
                cited.setdefault(id(source), source)
    for source in sources:
        cited.setdefault(id(source), source)
    for number, source in enumerate(cited.values(), 1):
        _set(source, "number", number)
    return tuple(cited.values())


def _cited(view: View) -> Iterator[View]:
    fields = dir(view)
    if "claim" in fields:
        yield from _cited(view.claim)
    if "via" in fields:
        yield from view.via
    for name in ("claims", "parts"):
        for inner in getattr(view, name, ()):
            yield from _cited(inner)
    if "answer" in fields and view.answer:
        yield from _cited(view.answer)


def _set(view: View, name: str, value: Any) -> None:  # noqa: ANN401
    """Complete a view while the document is being made."""
    fields: dict[str, Any] = object.__getattribute__(view, "_fields")
    fields[name] = value
