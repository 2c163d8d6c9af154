"""Who reads, and what of a briefing they may see.

An audience is a YAML file; ``cut`` applies its ceiling to a briefing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema

from briefings import settings
from briefings import source as yaml
from briefings.audience import sections
from briefings.audience.ceiling import cut
from briefings.audience.raised import raised
from briefings.errors import InvalidInput, Refused, unknown
from briefings.model.base import Model
from briefings.model.fields import Label, LanguageCode, Line, Positive, Sheet, Slug, as_text
from briefings.model.paper import Paper
from briefings.model.problems import placed
from briefings.model.sections import SECTIONS
from briefings.model.vocabulary import Sourcing, Worldview

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from briefings.errors import Problem
    from briefings.model import Briefing
    from briefings.resources import Shelf
    from briefings.source import Source

__all__ = [
    "Audience",
    "Paper",
    "Sourcing",
    "Worldview",
    "check_extract",
    "cut",
    "load",
    "raised",
    "stated",
]

BASE_THEME = "default"


def _list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Themes = Annotated[
    list[Slug],
    BeforeValidator(_list, json_schema_input_type=Slug | list[Slug]),
    Field(min_length=1),
]


# Ours are offered; one of one's own is a file that no schema knows of.
_OWN = {"type": "string", "pattern": sections.PATTERN}
SectionName = Annotated[str, WithJsonSchema({"anyOf": [{"enum": [*SECTIONS]}, _OWN]})]
PartName = Annotated[str, WithJsonSchema({"enum": [*sections.KEYS]})]


class Audience(Model):
    """A reader: the highest marking they may see, the sections they get, the form they get it in.

    ``pages`` fails a longer PDF. ``language`` is that of the words around the briefing's own text;
    without it, it is the briefing's. ``worldview`` says whose borders maps show: those that the
    United Nations recognise (``un``), or those on the ground as Natural Earth sees them (``ne``).
    ``headings`` says what sections are called, and ``uses`` what those may show whose template is
    one's own.
    """

    name: Line
    """What the reader is called in the head of the brief. Example: ``Partners``."""
    reader: Line
    """Who that is, for the one who makes the brief. Example: ``partner organisations in the
    field``.
    """
    ceiling: Label
    """The highest marking that this reader may see. Example: ``TLP:GREEN``."""
    sections: Annotated[
        list[SectionName], Field(min_length=1, json_schema_extra={"uniqueItems": True})
    ]
    """The sections of the brief, in their order. Example: ``[figures, chain, needs, gaps,
    sources]``.
    """
    sourcing: Sourcing
    """How much of the sourcing is shown; ``annex`` needs the section ``sources``. Example:
    ``annex``.
    """
    pages: Positive | None = None
    """The most pages of the PDF; a longer one is refused. Example: ``2``."""
    theme: Themes = [BASE_THEME]  # noqa: RUF012  # pydantic copies it
    """The look: a theme, or several, each laid over those before it. Examples: ``plain``,
    ``[default, ours]``.
    """
    paper: Sheet = Paper.A4
    """The sheet that the PDF is laid out for. Examples: ``letter``, ``90mm x 160mm``."""
    worldview: Worldview = Worldview.UN
    """Whose borders the maps show. Example: ``ne``."""
    language: LanguageCode | None = None
    """The language of the words around the briefing's own texts; without one it is the briefing's.
    Example: ``fr``.
    """
    headings: dict[str, Line] = {}  # noqa: RUF012  # pydantic copies it
    """What sections are called, where it is not as the language has it; a section of one's own
    needs it. Example: ``{actions: What to do}``.
    """
    uses: dict[str, Annotated[list[PartName], Field(min_length=1)]] = {}  # noqa: RUF012
    """What a section may show whose template is one's own: parts of the briefing, by their keys.
    Example: ``{actions: [needs, gaps]}``.
    """
    extends: Slug | None = None
    """An audience of which this one changes only what it names. Example: ``press``."""

    @property
    def graded(self) -> bool:
        """Whether anything shows the grades of sources and statements to this reader."""
        shown = {*self.sections, *(key for name in self.sections for key in self.shown_by(name))}
        return self.sourcing is Sourcing.ANNEX or (
            self.sourcing is Sourcing.INLINE and bool({"claims", "sources"} & shown)
        )

    def shown_by(self, section: str) -> tuple[str, ...]:
        """Return the keys of the briefing that a section may show."""
        ours = (SECTIONS[section].key,) if section in SECTIONS else ()
        return tuple(dict.fromkeys((*ours, *self.uses.get(section, ()))))


def load(name: str, shelf: Shelf) -> Audience:
    """Read ``audiences/<name>.yaml``, and those that it extends.

    What none of them says is as the workspace's ``briefings.toml`` has it, or else as we have it.

    Raises:
        InvalidInput: there is none, it is wrong, or it extends itself in a circle.
    """
    try:
        chain = _chain(name, shelf)
    except InvalidInput as error:
        found = {*error.problems, *_besides(name, shelf)}
        raise InvalidInput(sorted(found, key=_place)) from None
    data = sections.merged(reversed(chain), settings.load(shelf).of_audiences())
    problems = list(sections.problems(chain, shelf))
    try:
        audience = Audience.model_validate(data)
    except ValidationError as error:
        problems += _placed(error, chain)
    if problems:
        raise InvalidInput(sorted(set(problems), key=_place))
    return audience


def stated(name: str, shelf: Shelf, key: str, message: str) -> Problem:
    """Return what is wrong with one key of an audience, at the place where that is said."""
    chain = _chain(name, shelf)
    source = next((source for source in chain if key in source.data), chain[0])
    return source.problem((key,), message)


def check_extract(briefing: Briefing, name: str, reader: Audience) -> None:
    """Refuse an extract to a reader who is shown more of the sourcing than there is in it.

    A claim would seem to come straight from its speaker, and a source to have no grade.

    Raises:
        Refused: it is an extract, and holds less than this reader is shown.
    """
    extract, order = briefing.extract, list(Sourcing)
    if extract is None:
        return
    less = order.index(extract.sourcing) < order.index(reader.sourcing)
    if less or (reader.graded and not extract.grades):
        raise Refused(
            f'this is an extract for "{extract.audience}", with less of the sourcing '
            f'than "{name}" is shown'
        )


def _place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line, problem.column, problem.message


def _chain(name: str, shelf: Shelf) -> list[Source]:
    """Return the audience's file and those that it extends, the nearest first."""
    chain: list[Source] = []
    seen: list[Path] = []
    while True:
        paths = _files(name, shelf)
        path = next((p for p in paths if p not in seen), None)
        if path is None and paths:  # one that extends its own name means the next of that name
            message = f'"{name}" extends itself in a circle'
            raise InvalidInput([chain[-1].problem(("extends",), message)])
        if path is None:
            said = unknown("audience", name, shelf.stems("audiences"))
            raise InvalidInput(
                [chain[-1].problem(("extends",), said)] if chain else InvalidInput.of(said).problems
            )
        seen.append(path)
        chain.append(yaml.read(path))
        further = chain[-1].data.get("extends")
        if further is None:
            return chain
        try:
            name = as_text(further)
        except ValueError as error:
            raise InvalidInput([chain[-1].problem(("extends",), str(error))]) from None


def _besides(name: str, shelf: Shelf) -> Iterator[Problem]:
    """Yield what is wrong with an audience's own file, whatever it may extend."""
    try:
        chain = [yaml.read(path) for path in _files(name, shelf)[:1]]
    except InvalidInput:
        return  # which is told already
    if not chain:
        return
    yield from sections.problems(chain, shelf)
    try:
        Audience.model_validate(chain[0].data)
    except ValidationError as error:
        lacking = {(*detail["loc"],) for detail in error.errors() if detail["type"] == "missing"}
        yield from _placed(error, chain, {*lacking, ("extends",)})


def _files(name: str, shelf: Shelf) -> list[Path]:
    # A name is as it is listed: no folder in it, nor a letter that some disks take for another.
    if name not in shelf.stems("audiences"):
        return []
    return shelf.every("audiences", f"{name}.yaml")


def _placed(
    error: ValidationError, chain: list[Source], but: Collection[tuple[int | str, ...]] = ()
) -> Iterator[Problem]:
    """Yield what is wrong at its place in the file that says it."""
    for detail in error.errors(include_url=False):
        if detail["loc"] in but:
            continue
        path = detail["loc"][: 2 if detail["loc"][0] in sections.BY_SECTION else 1]
        said_by = [s for end in (path, path[:1]) for s in chain if end in s.values]
        yield placed(detail, Audience, [*said_by, chain[0]][0])
