"""The parts of the model as views: words in the reader's language, references as the things."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

from briefings.audience import Sourcing
from briefings.document.time import in_time, newest_first
from briefings.document.view import View, term
from briefings.model.base import Model, Pointed, shape
from briefings.model.dates import Edtf, Moment
from briefings.model.extracts import STATED
from briefings.model.inline import Inline
from briefings.model.sections import keys
from briefings.model.sections.actors import Actor
from briefings.model.sections.claims import Statement
from briefings.model.sections.events import Event, speakers, status
from briefings.model.sections.history import Correction
from briefings.model.sections.key_judgements import KeyJudgement
from briefings.model.sections.sources import Source
from briefings.model.vocabulary import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefings.audience import Audience
    from briefings.language import Language
    from briefings.model import Briefing
    from briefings.model.base import Portion
    from briefings.model.lexicon import Lexicon


class Convert:
    """Makes views of what is asked for, each once, and of what that refers to."""

    def __init__(
        self,
        briefing: Briefing,
        language: Language,
        lexicon: Lexicon | None,
        audience: Audience,
    ) -> None:
        self.briefing = briefing
        self.language = language
        self.lexicon = lexicon
        self.sourcing, self.graded = audience.sourcing, audience.graded
        self.actors = {actor.id: actor for actor in briefing.all_of("actors", Actor)}
        self.origins = {source.id: source for source in briefing.all_of("sources", Source)}
        self.found = dict(_found(briefing))
        self.inner: dict[str, list[Event]] = defaultdict(list)  # the parts of an event, by its id
        for event in briefing.all_of("events", Event):
            if event.part_of:
                self.inner[event.part_of].append(event)
        self.made: dict[int, View] = {}
        self.empty: dict[int, dict[str, Any]] = {}  # the fields of those that are yet to be filled
        self.waiting: list[Model] = []
        self.views: dict[str, list[View]] = defaultdict(list)

    def all_under(self, key: str) -> tuple[View, ...]:
        """Return the views of everything under a key of the YAML: events by time, versions back."""
        if key == "corrections":
            return tuple(map(self.part, newest_first(self.briefing.all_of(key, Correction))))
        if key != "events":
            return tuple(self.part(portion) for portion in self.briefing.portions(key))
        events = in_time(self.briefing.all_of(key, Event))
        ids = {event.id for event in events}
        views = {event.id: self.part(event) for event in events}
        wholes = [event for event in events if event.part_of not in ids]
        return tuple(views[event.id] for event in wholes)

    def referred(self, kind: str) -> tuple[View, ...]:
        """Return the views of one kind that were made because something refers to them."""
        return tuple(self.views[kind])

    def held(self) -> dict[str, tuple[View, ...]]:
        """Return all that was made, in the order of the briefing; events in that of time."""
        found = {}
        for key in keys():
            events = in_time(self.briefing.all_of(key, Event))
            portions: Sequence[Portion] = events or self.briefing.portions(key)
            views = tuple(self.made[id(p)] for p in portions if id(p) in self.made)
            if views:
                found[key] = views
        return found

    def everything(self) -> Iterator[View]:
        """Yield every view that was made."""
        yield from self.made.values()

    def lexicon_view(self) -> View | None:
        """Return the terms of likelihood with their ranges."""
        if self.lexicon is None:
            return None
        return View({"kind": "lexicon", "ref": "", **self._terms(self.lexicon)})

    def part(self, part: Model, kind: str = "") -> View:
        """Return the view of a part, with all that it refers to."""
        view = self._view(part, kind)
        # Not by recursion: of a thousand events each may follow the one before it.
        while self.waiting:
            further = self.waiting.pop()
            known = len(self.waiting)
            self._fill(further)
            self.waiting[known:] = reversed(self.waiting[known:])
        return view

    def _view(self, part: Model, kind: str = "", around: View | None = None) -> View:
        """Return the view of a part, yet to be filled; *around* is the part that it stands in."""
        if id(part) not in self.made:
            fields: dict[str, Any] = {
                "kind": kind or getattr(part, "kind", type(part).__name__.lower()),
                "ref": "",
                "marking": None,
                "around": around,
            }
            self.made[id(part)] = View(fields)
            self.empty[id(part)] = fields
        if id(part) in self.empty:
            self.waiting.append(part)
        return self.made[id(part)]

    def _fill(self, part: Model) -> None:
        fields = self.empty.pop(id(part), None)
        if fields is None:
            return
        view = self.made[id(part)]
        self.views[fields["kind"]].append(view)
        parts = shape(type(part))
        for name in type(part).model_fields:
            value = getattr(part, name)
            if name in ("id", "part_of", *STATED):
                continue
            if name in parts.links:
                fields[name] = self._linked(value, parts.links[name].kinds)
            elif name in parts.nested:
                fields[name] = self._nested(value, parts.nested[name].model, view)
            else:
                fields[name] = self._value(value)
        self._derive(part, fields)

    def _linked(self, value: Any, kinds: tuple[str, ...]) -> Any:  # noqa: ANN401
        if "source" in kinds and self.sourcing is Sourcing.NONE:
            return () if isinstance(value, list) else None
        if isinstance(value, list):
            return tuple(self._linked(name, kinds) for name in value)
        return None if value is None else self._named(value, kinds)

    def _named(self, name: str, kinds: tuple[str, ...]) -> View:
        part, holder = next(self.found[kind, name] for kind in kinds if (kind, name) in self.found)
        return self._view(part, around=self._view(holder) if holder else None)

    def _nested(self, value: Any, model: type[Model], around: View) -> Any:  # noqa: ANN401
        kind = getattr(model, "kind", model.__name__.lower())
        if isinstance(value, list):
            return tuple(self._view(item, kind, around) for item in value)
        return None if value is None else self._view(value, kind, around)

    def _value(self, value: Any) -> Any:  # noqa: ANN401, PLR0911  # one return a type
        match value:
            case Edtf():
                return term(value.text, self.language.date(value))
            case Moment():
                return term(value.iso, self.language.moment(value))
            case SourceKind():
                return term(value.value, self.language.word("source_kind", value))
            case StrEnum():
                return term(value.value, self.language.word(type(value).__name__.lower(), value))
            case list():
                return tuple(self._value(item) for item in value)
            case str():
                return Inline.literal(value)
            case None | bool() | int() | float() | Inline() | Enum():
                return value
        raise TypeError(f"no view of a {type(value).__name__}")

    def _derive(self, part: Model, fields: dict[str, Any]) -> None:
        """Add what is not in the YAML but follows from it."""
        if isinstance(part, Event):
            token = part.status or status(part.claims, self.actors, self.origins)
            fields["status"] = term(token.value, self.language.word("status", token))
            names = part.speakers or speakers(part.claims, self.actors, self.origins)
            fields["speakers"] = tuple(self._named(name, ("actor",)) for name in names)
            inner = in_time(self.inner.get(part.id, ()))
            fields["parts"] = tuple(self._view(event) for event in inner)
            if part.part_of:
                fields["around"] = self._named(part.part_of, ("event",))
        if isinstance(part, Statement):
            self._grade(part, fields)
        if isinstance(part, KeyJudgement) and self.lexicon:
            found = self.lexicon.find(part.likelihood.plain)
            assert found  # noqa: S101  # the model has looked it up
            fields["likelihood"] = found.term
            fields["range"] = View(
                {"kind": "range", "ref": "", "low": found.low, "high": found.high}
            )
        if isinstance(part, Source):
            fields["number"] = None
            if not self.graded:
                fields["reliability"] = None

    def _grade(self, part: Statement, fields: dict[str, Any]) -> None:
        """Add the grade as it is written: the letter of the source at hand, then the figure.

        A reader who is shown no grades has none in the document either.
        """
        fields["credibility"] = None
        fields["grade"] = None
        if not self.graded:
            fields["reliability"] = None
        if not self.graded or not part.credibility:
            return
        credibility = str(part.credibility)
        fields["credibility"] = term(credibility, self.language.word("credibility", credibility))
        letter = part.reliability or (part.via and self.origins[part.via[-1]].reliability)
        if letter:
            fields["grade"] = Inline.literal(letter.value + credibility)

    def _terms(self, lexicon: Lexicon) -> dict[str, Any]:
        terms = tuple(
            View({"kind": "term", "ref": "", "term": t.term, "low": t.low, "high": t.high})
            for t in lexicon.terms
        )
        key = self.briefing.lexicon
        return {"key": key, "name": lexicon.name, "source": lexicon.source, "terms": terms}


def _found(briefing: Briefing) -> Iterator[tuple[tuple[str, str], tuple[Pointed, Pointed | None]]]:
    """Yield what can be pointed at: kind and id, the part, and the part that it stands in."""
    for key in keys():
        for portion in briefing.portions(key):
            if not isinstance(portion, Pointed):
                continue
            yield (portion.kind, portion.id), (portion, None)
            for name in shape(type(portion)).nested:
                value = getattr(portion, name)
                for inner in value if isinstance(value, list) else [value]:
                    if isinstance(inner, Pointed):
                        yield (inner.kind, inner.id), (inner, portion)
