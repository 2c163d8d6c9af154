"""docs/fields.md is made from the model; ``pytest --rewrite tests/test_fields.py`` makes it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

from briefings.audience import Audience
from briefings.audience.sections import BY_SECTION
from briefings.model import Briefing
from briefings.model.base import Model, shape
from briefings.model.briefing import Author, Extract, Head
from briefings.model.extracts import OF_EXTRACTS
from briefings.model.sections import keys
from briefings.model.sections.sources import Source
from scripts.schemas import docs

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

DOC = Path(__file__).parent.parent / "docs" / "fields.md"
OF_AUTHORS = [(Source, "reliability")]  # an extract alone may lack it
INTRO = """# Fields

What a briefing may hold. A star marks what is required; brackets stand around what is a list.
Every entry of a list, and everything nested in it, may carry a `marking` (`TLP:CLEAR`,
`TLP:GREEN`, `TLP:AMBER`, `TLP:AMBER+STRICT`, `TLP:RED`); without one it has that of what is
around it. Emphasis is `*so*`, strong is `**so**`, code stands between backticks, and a link is
`[so](https://example.org)`. The same stands in the JSON Schema that `briefings schema` prints, with
examples, and an editor shows it ([editor.md](editor.md)).
"""


EXTRACT = """What `briefings extract` gives back is a briefing with a key `extract`, a mapping: the
`audience` that it was made for, how much of the `sourcing` is in it, and whether `grades` are.
Where they are not, each event states its `status` and its `speakers`, which follow from the claims
otherwise, and a source has no `reliability`. The program alone writes these.
"""


def parts(annotation: Any) -> list[Any]:  # noqa: ANN401  # a type, or anything in one
    return [annotation, *(inner for part in get_args(annotation) for inner in parts(part))]


def what(  # noqa: PLR0911  # one return a kind of field
    model: type[Model], name: str, field: FieldInfo
) -> str:
    """Say in words what a field holds."""
    around = "[{}]" if any(get_origin(part) is list for part in parts(field.annotation)) else "{}"
    links = shape(model).links
    if name in links:
        return around.format(f"id of {', '.join(links[name].kinds)}")
    if name in shape(model).nested:
        return around.format(f"see {shape(model).nested[name].model.__name__}")
    if name in BY_SECTION:
        held = {"headings": "headings", "uses": "lists of keys of a briefing"}[name]
        return f"a mapping of sections to {held}"
    if any(get_origin(part) is dict for part in parts(field.annotation)):
        return "a text, or a mapping of markings to texts"
    for part in [*field.metadata, *parts(field.annotation)]:
        if isinstance(part, type) and issubclass(part, Enum):
            return " \\| ".join(f"`{member.value}`" for member in part)
        if text := getattr(part, "json", {}).get("description") if hasattr(part, "json") else "":
            return around.format(text.rstrip("."))
        if part in (int, float, bool):
            return {int: "a whole number", float: "a number", bool: "`true` or `false`"}[part]
    return around.format("a name")


def table(model: type[Model], names: list[str] | None = None) -> str:
    rows = ["| field | what it is | holds |", "| :--- | :--- | :--- |"]
    for name, field in model.model_fields.items():
        if name not in ("marking", *OF_EXTRACTS) and (names is None or name in names):
            star = "*" if field.is_required() or (model, name) in OF_AUTHORS else ""
            said = docs.of_field(model, name)
            assert said, f"{model.__name__}.{name} has no description"
            meant = said.markdown.replace("|", "\\|")
            rows.append(f"| `{name}`{star} | {meant} | {what(model, name, field)} |")
    return "\n".join(rows)


def nested(models: list[type[Model]]) -> list[type[Model]]:
    found = list(models)
    for model in found:
        found += [n.model for n in shape(model).nested.values() if n.model not in found]
    return [model for model in found if model not in models]


def made() -> str:
    told = [INTRO, "## The head", "", table(Briefing, list(Head.model_fields)), ""]
    told += ["An author is a name, or `{name: ..., role: ..., marking: ...}`.", ""]
    portions = keys()
    for key, model in portions.items():
        summary = (model.__doc__ or "").split("\n")[0]
        told += [f"## `{key}`", "", summary, "", table(model), ""]
    for inner in nested(list(portions.values())):
        if inner not in (Author, Extract):
            summary = (inner.__doc__ or "").split("\n")[0]
            told += [f"## {inner.__name__}", "", summary, "", table(inner), ""]
    told += ["## An extract", "", EXTRACT]
    told += ["## An audience", "", "A file `audiences/<name>.yaml`.", "", table(Audience), ""]
    return "\n".join(told)


def test_the_fields_are_those_of_the_model(*, rewrite: bool) -> None:
    if rewrite:
        DOC.write_text(made(), "utf-8")
    assert DOC.read_text("utf-8") == made()
