"""What every part of a briefing has in common, and the shape that walkers read off it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict

from briefings.model.fields import Label, Ref, Slug

if TYPE_CHECKING:
    from collections.abc import Iterator


class Model(BaseModel):
    """A mapping of the YAML: every key is known, and nothing changes once it is read."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, coerce_numbers_to_str=True, arbitrary_types_allowed=True
    )


class Portion(Model):
    """A part that can be withheld on its own.

    What carries no marking of its own has the one of the part around it, and at the top the
    briefing's.
    """

    # The references of which none may be lacking, or the part does not stand.
    stands_on: ClassVar[tuple[str, ...]] = ()

    marking: Label | None = None
    """Who may see this part: those whose ceiling is as high. Without one, it has that of what is
    around it. Example: ``TLP:GREEN``.
    """


class Pointed(Portion):
    """A part that others point at by its id. Ids are unique among the parts of one kind."""

    kind: ClassVar[str]

    id: Slug
    """The name by which other parts point at this one; it stands once among the parts of its kind.
    Examples: ``levee-failure``, ``wire-1``.
    """


@dataclass(frozen=True, slots=True)
class Link:
    """A field that refers: to which kinds, whether it is a list, whether it may be missing."""

    kinds: tuple[str, ...]
    many: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Nested:
    """A field that holds a further part, or a list of them."""

    model: type[Model]
    many: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """The references and the nested parts of one class of the model."""

    links: dict[str, Link]
    nested: dict[str, Nested]


@cache
def shape(model: type[Model]) -> Shape:
    """Read references and nested parts off the annotations of a class."""
    links: dict[str, Link] = {}
    nested: dict[str, Nested] = {}
    for name, field in model.model_fields.items():
        inner = (field.annotation, *_parts(field.annotation))
        many = any(get_origin(part) is list for part in inner)
        required = field.is_required()
        parts = [*_parts(field.annotation), *field.metadata]
        for part in parts:
            if isinstance(part, Ref):
                links[name] = Link(part.kinds, many, required)
            elif isinstance(part, type) and issubclass(part, Model):
                nested[name] = Nested(part, many, required)
    return Shape(links, nested)


def types_of(model: type[Model], name: str) -> list[Any]:
    """Return everything that the type of a field is made of."""
    field = model.model_fields[name]
    return [field.annotation, *_parts(field.annotation), *field.metadata]


def _parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield everything that a type is made of, its metadata too."""
    for part in get_args(annotation):
        yield part
        yield from _parts(part)
    if isinstance(annotation, type):
        yield annotation
