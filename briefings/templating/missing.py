"""What a template names and nobody has: an error with the nearest name that there is."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.runtime import Macro
from jinja2.utils import missing

from briefings.document import Document, Term, View
from briefings.errors import nearest
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.model.sections import keys
from briefings.templating.places import running
from briefings.templating.plain import signature
from briefings.templating.words import Words, called

if TYPE_CHECKING:
    from briefings.templating.places import Place

# What every template can name.
CONTEXT = ("document", "words", "say")  # what only the context of a template has
WITHOUT_CONTEXT = (
    "what is imported here needs the document; import it with context: "
    "{% from ... import ... with context %}"
)
NAMES = (*CONTEXT, "block", "item", "mark", "anchor", "to", "lang", "figure")
# What Jinja says of a value for a macro, and of a name to import.
_NOT_GIVEN = re.compile(r"parameter '(\w+)' was not provided")
_NOT_EXPORTED = re.compile(r"the template '(.+)' \(.*\) does not export the requested name '(\w+)'")


class Lacking(UndefinedError):
    """Something is missing, and it is known who should have given it."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place


class Missing(StrictUndefined):
    """What is not there, with the nearest name that is."""

    __slots__ = ("_undefined_place",)

    def __init__(self, hint: str | None = None, *of: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(hint, *of, **more)
        self._undefined_place: Place | None = None
        if hint and (found := _NOT_GIVEN.fullmatch(hint)):
            self._not_given(found[1])
        elif hint and (found := _NOT_EXPORTED.fullmatch(hint)):
            self._not_exported(found[1], found[2])

    def _not_given(self, name: str) -> None:
        """Lay it on who called the macro, for it is not the macro that is wrong."""
        places, macro = [], None
        for frame, place in running():
            here = frame.f_locals.get("self")
            macro = macro or (here if isinstance(here, Macro) else None)
            places += [place] if place else []
            if macro and len(places) > 1:
                break
        if macro and len(places) > 1:
            called = macro.name or "caller"
            self._laid(places[1], f'"{called}" needs "{name}"; it is {signature(macro)}')

    def _not_exported(self, template: str, name: str) -> None:
        """Say what there is to import, where the import stands."""
        importing = next(((frame, place) for frame, place in running() if place), None)
        if importing and importing[1]:
            module = importing[0].f_locals.get("included_template")
            names = sorted(n for n in getattr(module, "__dict__", ()) if not n.startswith("_"))
            hint = nearest(name, names) or f"; known: {', '.join(names) or 'none'}"
            self._laid(importing[1], f'"{template}" has no "{name}" to import{hint}')

    def _laid(self, place: Place, said: str) -> None:
        self._undefined_place, self._undefined_hint = place, said
        # It is only called; what it makes knows the place.
        self._undefined_exception = partial(Lacking, place)  # type: ignore[assignment]

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, holder = str(self._undefined_name), self._undefined_obj
        if isinstance(holder, (View, Document, Words, dict)):
            known = [str(key) for key in (holder if isinstance(holder, dict) else dir(holder))]
            if isinstance(holder, Document):
                if name in keys():
                    return not_shown(name)
                known += holder.parts
            known = sorted({key for key in known if not key.startswith("_")})
            hint = nearest(name, known) or f"; known: {', '.join(known)}"
            return f'{called(holder)} has no "{name}"{hint}'
        if isinstance(holder, (Inline, Term, Marking, str, int, float)):
            near = nearest(name, ["token"]) if isinstance(holder, Term) else ""
            return f'{called(holder)} has no "{name}"{near or "; print it as it is"}'
        if holder is not missing:
            return f'{called(holder)} has no "{name}"'
        without = name in CONTEXT
        return WITHOUT_CONTEXT if without else f'there is no "{name}"{nearest(name, NAMES)}'


def not_shown(key: str) -> str:
    """Say why the document of a reader lacks what stands under a key of the YAML."""
    return (
        f'document["{key}"] is not there: no section of this reader shows it; '
        'the audience can say so under "uses"'
    )
