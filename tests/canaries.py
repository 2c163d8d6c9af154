"""A briefing made from the model itself, in which every field of every portion is a canary.

For each class of portion there is one portion for each pair of markings, one of its own and one of
what stands in it or what it may do without. A field of a type that nobody thought of is an error
here, so that no field is left out of the test.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from itertools import count, product
from typing import TYPE_CHECKING, Any, get_args

from briefings.model import Briefing, fields
from briefings.model.base import Pointed, _parts, shape
from briefings.model.extracts import OF_EXTRACTS
from briefings.model.marking import Marking
from briefings.model.sections import keys
from tests.made import HEAD, MARKINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefings.model.base import Link, Model

LETTERS = "bcdghkmnprstvw"  # no vowels to break a word at, no ligatures
WORD = rf"q[{LETTERS}]{{6}}z"
TOP = Marking.AMBER  # the briefing's own marking, which portions inherit
CLOSED = {"credibility": 3, "corrects": True}  # values too short to hold a canary
TEXTS = ("title", "bluf", "series", "notice")
# Of the head; it has no marking, and every reader is told.
TOLD = {"id", "issue", "as_of", "published", "version", "language", "marking"}
TOLD |= {"audiences", "lexicon"}
UNTOLD = {"formerly": ["never-told"]}  # of the head; it is for no reader
LEXICON = "cage"
TEXT = get_args(fields.Text)[1]  # what makes a text of a value: the identity of its type


@dataclass(frozen=True)
class Canary:
    """A word that stands in one field of one part, and the highest marking on the way to it.

    ``word`` is what to look for: of an address the word in it, of a day the year.
    """

    word: str
    owner: str
    field: str
    marking: Marking


@dataclass(frozen=True)
class Slot:
    """Where in the cage a portion stands: its marking, and that of what it may do without."""

    own: Marking
    other: Marking


# The marking itself, the next above it, and the highest of all.
SLOTS = [
    Slot(own, other)
    for own, other in product(MARKINGS, MARKINGS)
    if other.level - own.level in (0, 1) or (own < other and other is Marking.RED)
]


class Cage:
    """The data of the briefing, and the canaries in it."""

    def __init__(self) -> None:
        self.words: list[Canary] = []
        self.ids: dict[tuple[str, Slot], str] = {}
        self.done: dict[str, list[str]] = defaultdict(list)  # the ids of portions that are made
        self.numbers = count(1)
        self.years = count(3001)
        self.terms = {marking: self._word() for marking in MARKINGS}
        self.data: dict[str, Any] = (
            HEAD
            | UNTOLD
            | {
                "marking": TOP.value,
                "lexicon": LEXICON,
                "issue": 7,
            }
        )
        for name in TEXTS:
            self.data[name] = {m.value: self._text("Briefing", name, m) for m in MARKINGS}
        listed = {**keys(), "authors": shape(Briefing).nested["authors"].model}
        for key, model in listed.items():
            self.data[key] = [self._portion(model, slot, slot.own, TOP) for slot in SLOTS[::-1]]
        known = {*TEXTS, *TOLD, *UNTOLD, *listed, "extract"}
        assert known == set(Briefing.model_fields), "a field of the head that no canary is in"

    def lexicon(self) -> str:
        """Return the YAML of a lexicon of which each term is a canary."""
        terms = (f"{{term: {word}, low: 1, high: 2}}" for word in self.terms.values())
        return f"name: Cage\nsource: Cage\nterms: [{', '.join(terms)}]\n"

    def _portion(
        self, model: type[Model], slot: Slot, own: Marking, around: Marking
    ) -> dict[str, Any]:
        """Return a portion with a marking of its own (or none, where it inherits that)."""
        data: dict[str, Any] = {} if own is around else {"marking": own.value}
        parts = shape(model)
        effective = max(own, slot.own)
        for name, field in model.model_fields.items():
            if name == "marking" or name in OF_EXTRACTS:
                continue
            if name in parts.links:
                value = self._links(model, name, parts.links[name], Slot(effective, slot.other))
            elif name in parts.nested:
                value = self._nested(parts.nested[name].model, slot, many=parts.nested[name].many)
            else:
                types = [*field.metadata, field.annotation, *_parts(field.annotation)]
                value = self._value(model, name, types, Slot(effective, slot.other))
            if value is not None:
                data[name] = value
        if issubclass(model, Pointed):
            self.done[model.kind].append(data["id"])
        return data

    def _nested(self, model: type[Model], slot: Slot, *, many: bool) -> Any:  # noqa: ANN401
        if not many:
            return self._portion(model, Slot(slot.other, slot.other), slot.other, slot.own)
        found = [self._portion(model, slot, slot.own, slot.own)]
        if slot.other is not slot.own:
            higher = Slot(slot.other, slot.other)
            found.append(self._portion(model, higher, slot.other, slot.own))
        elif slot.own is not Marking.CLEAR:  # of a lower marking than what is around it
            found.append(self._portion(model, slot, Marking.CLEAR, slot.own))
        return found

    def _links(self, model: type[Model], name: str, link: Link, slot: Slot) -> Any:  # noqa: ANN401
        own = model.kind if issubclass(model, Pointed) else ""
        kinds = [kind for kind in link.kinds if kind != own] or [own]
        if name in getattr(model, "stands_on", ()):
            named = [self._id(kind, Slot(slot.own, slot.own)) for kind in kinds]
            return named if link.many else named[0]
        if kinds == [own] or ("source" in kinds and own == "source"):  # which must not go round
            first = {name for (_, slot), name in self.ids.items() if slot.own is slot.other}
            earlier = [other for other in self.done[own] if other in first]
            return earlier if link.many else next(iter(earlier[::-1]), None)
        if not link.many:
            same = slot if link.required else Slot(slot.other, slot.other)
            return self._id(kinds[0], same)
        every = [self._id(kind, Slot(m, m)) for kind in kinds for m in MARKINGS]
        return list(dict.fromkeys([*every, *(self._id(kind, slot) for kind in kinds)]))

    def _id(self, kind: str, slot: Slot) -> str:
        """Return the id of the portion that stands in a slot, whether it is made yet or not."""
        if (kind, slot) not in self.ids:
            self.ids[kind, slot] = self._word()
        return self.ids[kind, slot]

    def _value(self, model: type[Model], name: str, types: list[Any], slot: Slot) -> Any:  # noqa: ANN401
        owner, marking = model.__name__, slot.own
        if name == "id":
            assert issubclass(model, Pointed)
            name_ = self._id(model.kind, slot)
            if name_ in self.done[model.kind]:
                name_ = self._word()
            return self._kept(name_, owner, name, marking)
        if name == "likelihood":
            return self._kept(self.terms[marking], owner, name, marking)
        if name in CLOSED or bool in types:
            return CLOSED.get(name, False)
        for kind in types:
            if isinstance(kind, type) and issubclass(kind, Enum):
                return next(iter(kind)).value
            if kind is TEXT:
                return self._text(owner, name, marking)
            if make := self._makers().get(id(kind)):
                return self._kept(make(), owner, name, marking)
        raise AssertionError(f"no canary can be made for {owner}.{name}: {types}")

    def _makers(self) -> dict[int, Callable[[], Any]]:
        """Return how a canary is made for each type of the fields, by the identity of that."""
        aliases: list[tuple[Any, Callable[[], Any]]] = [
            (fields.Line, self._word),
            (fields.Slug, self._word),
            (fields.Url, lambda: f"https://{self._word()}.example/"),
            (fields.Date, lambda: str(next(self.years))),
            (fields.Day, lambda: f"{next(self.years)}-01-01"),
            (fields.Sha256, lambda: hashlib.sha256(b"%d" % next(self.numbers)).hexdigest()),
            (fields.Version, lambda: f"9.{1000 + next(self.numbers)}.{next(self.numbers)}"),
            (fields.Region, lambda: f"QX-{next(self.numbers):03X}"),
            (fields.LanguageCode, lambda: f"qq-{self._word()}"),
        ]
        makers = {id(get_args(alias)[1]): make for alias, make in aliases}
        makers[id(int)] = lambda: 700_000_000 + next(self.numbers)
        makers[id(float)] = lambda: 40 + next(self.numbers) / 1_000_000
        return makers

    def _text(self, owner: str, name: str, marking: Marking) -> str:
        """Return a text with a canary in each place that a text has."""
        said = [self._kept(self._word(), owner, name, marking) for _ in range(5)]
        return "{} *{}* **{}** [{}](https://{}.example/)".format(*said)

    def _kept(self, value: Any, owner: str, name: str, marking: Marking) -> Any:  # noqa: ANN401
        word = re.search(WORD, str(value)) or re.match(r"3\d{3}(?=-)", str(value))
        self.words.append(Canary(word[0] if word else str(value).lower(), owner, name, marking))
        return value

    def _word(self) -> str:
        number, word = next(self.numbers) * 7919, ""
        for _ in range(6):
            number, digit = divmod(number, len(LETTERS))
            word += LETTERS[digit]
        return f"q{word}z"


def owners(model: type[Model] = Briefing) -> Iterator[type[Model]]:
    """Yield every class of the model that a briefing is made of."""
    yield model
    for name, nested in shape(model).nested.items():
        if name not in OF_EXTRACTS:
            yield from owners(nested.model)
