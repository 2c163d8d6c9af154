"""What holds in a workspace: its ``briefings.toml``.

What the command line says comes first; then what the briefing or the audience says; then what
stands here; then what we have. Without a ``briefings.toml`` nothing here says anything.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Strict, ValidationError, WithJsonSchema

from briefings.errors import InvalidInput, unknown
from briefings.model.base import Model
from briefings.model.fields import LanguageCode, Sheet, Slug, as_text
from briefings.model.problems import collect
from briefings.model.vocabulary import Pictures, Worldview
from briefings.model.written import WRITTEN
from briefings.resources import WORKSPACE, read_bounded, shown
from briefings.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefings.errors import Problem
    from briefings.resources import Shelf
    from briefings.source import KeyPath, Source

OUT = "out"
MAX_BYTES = 64_000


_FOLDER = {
    "type": WRITTEN,
    # No way out: no "..", no "\\", nothing that begins at the root.
    "pattern": r"^(?!/|(?:.*/)?\.\.(?:/|$))(?=.*\S)[^\\\n\r]+$",
    "description": "The name of a folder in the workspace.",
    "errorMessage": "Expected: the name of a folder in the workspace.",
}


def _folder(value: object) -> str:
    """Take the name of a folder in the workspace, and of none outside of it."""
    text = as_text(value)
    if not text.strip() or not text.isprintable():
        raise ValueError("the name of a folder is expected")
    if Path(text).is_absolute() or ".." in Path(text).parts or "\\" in text:
        raise ValueError(
            f'"{text}" is not in the workspace; name a folder in it, or use -o for another'
        )
    return text


class Settings(Model):
    """The keys of a ``briefings.toml``; none is required.

    ``audiences`` are those of a briefing that names none, ``language`` is that of one which states
    none, ``paper`` and ``worldview`` those of an audience which states none. Into ``out``, seen
    from the workspace, ``render`` writes the ``formats``, with the ``figures`` beside them. With
    ``trusted``, code that lies in the workspace may be run. To ``targets`` pages are published.
    """

    audiences: list[Slug] = []  # noqa: RUF012  # pydantic copies it
    """For whom briefs are made where a briefing names no audiences. Example:
    ``[executive, press]``.
    """
    formats: list[Slug] = []  # noqa: RUF012
    """In which formats briefs are rendered where the command line does not say. Example:
    ``[md, html, pdf]``.
    """
    out: Annotated[str, BeforeValidator(_folder), WithJsonSchema(_FOLDER)] = OUT
    """The folder of the workspace into which briefs are rendered. Example: ``out``."""
    paper: Sheet | None = None
    """The sheet of an audience that names none. Example: ``A4``."""
    language: LanguageCode | None = None
    """The language of a briefing that states none. Example: ``fr``."""
    worldview: Worldview | None = None
    """Whose borders maps show where the audience does not say. Example: ``un``."""
    figures: Pictures = Pictures.NONE
    """As what figures stand beside the page of a wiki. Example: ``svg``."""
    trusted: Annotated[bool, Strict()] = False
    """Whether code that lies in the workspace may be run. Example: ``false``."""
    targets: dict[Slug, Target] = {}  # noqa: RUF012
    """Where ``briefings publish`` publishes to, by names of one's own. Example:
    ``{wiki: {kind: folder, path: ../wiki, format: gfm, audiences: [press]}}``.
    """

    def of_audiences(self) -> dict[str, Any]:
        """Return what an audience has that does not say otherwise."""
        said = {"paper": self.paper, "worldview": self.worldview}
        return {name: value.value for name, value in said.items() if value}


NONE = Settings()


def load(shelf: Shelf) -> Settings:
    """Read the ``briefings.toml`` of a shelf's workspace.

    Raises:
        InvalidInput: with every problem, each at its line.
    """
    return NONE if shelf.workspace is None else _read(shelf.workspace)[0]


def misnamed(shelf: Shelf, formats: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each audience, format or language that there is not.

    Args:
        shelf: where the first and the last are looked up.
        formats: all formats.

    Raises:
        InvalidInput: the file itself is wrong.
    """
    if shelf.workspace is None:
        return
    settings, source = _read(shelf.workspace)
    audiences, languages = shelf.stems("audiences"), shelf.stems("languages")
    for index, name in enumerate(settings.audiences):
        if name not in audiences:
            yield source.problem(("audiences", index), unknown("audience", name, audiences))
    for index, name in enumerate(settings.formats):
        if name not in formats:
            yield source.problem(("formats", index), unknown("format", name, formats))
    if settings.language and settings.language not in languages:
        yield source.problem(("language",), unknown("language", settings.language, languages))


def stated(shelf: Shelf) -> Mapping[str, Any]:
    """Return what a ``briefings.toml`` states, whether it is right or not.

    Raises:
        InvalidInput: it is no TOML.
    """
    return _stated(shelf).data if shelf.workspace else {}


def placed(shelf: Shelf, path: KeyPath, said: str) -> Problem:
    """Return what is wrong with a value of the ``briefings.toml``, at its place.

    Args:
        shelf: whose workspace it is.
        path: the keys that lead to the value, or to what lacks one.
        said: what is wrong.

    Raises:
        InvalidInput: it is no TOML.
    """
    return _stated(shelf).problem(path, said)


def _stated(shelf: Shelf) -> Source:
    assert shelf.workspace  # noqa: S101  # there is a value
    return _parsed(*_bytes(shelf.workspace))


def _read(root: Path) -> tuple[Settings, Source]:
    return _checked(*_bytes(root))


def _bytes(root: Path) -> tuple[bytes, str]:
    path = root / WORKSPACE
    return read_bounded(path, MAX_BYTES, "TOML file"), shown(path)


@lru_cache(8)
def _parsed(data: bytes, name: str) -> Source:
    from briefings.source import toml  # noqa: PLC0415  # 3 ms that a briefing alone needs not

    return toml.parse(data, name)


@lru_cache(8)
def _checked(data: bytes, name: str) -> tuple[Settings, Source]:
    source = _parsed(data, name)
    try:
        return Settings.model_validate(source.data), source
    except ValidationError as error:
        raise InvalidInput(collect(error, Settings, source)) from None
