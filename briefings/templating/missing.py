"""What a template names and nobody has: an error with the nearest name that there is."""

from __future__ import annotations

from jinja2 import StrictUndefined
from jinja2.utils import missing

from briefings.document import Document, Term, View
from briefings.errors import nearest
from briefings.model.inline import Inline
from briefings.model.marking import Marking
from briefings.model.sections import keys
from briefings.templating.words import Words, called

# What every template can name.
CONTEXT = ("document", "words", "say")  # what only the context of a template has
WITHOUT_CONTEXT = (
    "what is imported here needs the document; import it with context: "
    "{% from ... import ... with context %}"
)
NAMES = (*CONTEXT, "block", "item", "mark", "anchor", "to", "lang", "figure")


class Missing(StrictUndefined):
    """What is not there, with the nearest name that is."""

    __slots__ = ()

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
            return f'{called(holder)} has no "{name}"; print it as it is'
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
