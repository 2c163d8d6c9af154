"""Briefings made at random, with secrets all through them that can be left out again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from briefings.model.dates import Edtf
from briefings.model.fields import POINTS
from briefings.model.vocabulary import Stance
from tests.made import MARKINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from briefings.model.marking import Marking

Data = dict[str, Any]
DATES = ["2023", "2024-01-05", "2024-01-05", "2024-01", "../2024-02", "2024-01-04/..", "2024-03~"]
WORDS = ["Smoke", "It *burned*", "5 * 3", "| a", "[a](https://example.org/)", "1. one", "`code`"]
STANCES = [stance.value for stance in Stance]


@dataclass(frozen=True)
class Secret:
    """A value that the reader may not see; without it, it is as if it had never been there."""

    value: Any


def told(data: Any, *, secrets: bool) -> Any:  # noqa: ANN401
    """Return the data with the secrets, or as it would be had they never been written."""
    if isinstance(data, Secret):
        return told(data.value, secrets=secrets)
    if isinstance(data, dict):
        kept = {k: v for k, v in data.items() if secrets or not isinstance(v, Secret)}
        return {key: told(value, secrets=secrets) for key, value in kept.items()}
    if isinstance(data, list):
        return [told(v, secrets=secrets) for v in data if secrets or not isinstance(v, Secret)]
    return data


class Story:
    """The data of a briefing: what one with this ceiling may see, and secrets between.

    A portion is secret by its marking, or because it stands on a secret, whatever its marking.
    """

    def __init__(self, random: Random, ceiling: Marking) -> None:
        self.random = random
        self.low = [m.value for m in MARKINGS if m <= ceiling]
        self.high = [m.value for m in MARKINGS if m > ceiling]
        self.seen: dict[str, list[str]] = defaultdict(list)  # the ids of each kind
        self.hidden: dict[str, list[str]] = defaultdict(list)
        self.dates: dict[str, Edtf] = {}
        self.numbers = count(1)
        self.secret = False  # whether the portion that is being made is one
        self.on_secret = False  # whether it stands on one
        self.data: Data = {name: {self.low[0]: self.word()} for name in ("title", "bluf")}
        self.data["notice"] = {self.low[-1]: self.word()}
        for name in ("title", "bluf", "notice", "series"):
            secrets = {label: Secret("Secret") for label in self.high if self.chance()}
            self.data.setdefault(name, {}).update(secrets)
        if all(isinstance(text, Secret) for text in self.data["series"].values()):
            self.data["series"] = Secret(self.data["series"] or {self.high[0]: "Secret"})
        self.add("authors", "", lambda: {"name": self.word()}, least=1)
        self.add("sides", "side", lambda: {"name": self.word()})
        self.add("actors", "actor", self.actor, least=1)
        self.add("places", "place", self.place)
        self.add("sources", "source", self.origin)
        self.add("events", "event", self.event, least=1)
        self.add("context", "context", lambda: {"title": self.word(), "claims": self.claims()})
        self.add("warnings", "warning", self.warning)
        self.add("needs", "need", lambda: {"sector": self.word(), **self.statement()})
        self.add("figures", "figure", self.figure)
        self.add("discrepancies", "discrepancy", self.discrepancy)
        self.add("gaps", "gap", lambda: {"text": self.word(), "about": self.some(*POINTS)})
        self.add("key_judgements", "judgement", self.judgement)
        self.add("indicators", "indicator", self.indicator)
        self.add("corrections", "", self.correction)

    def chance(self) -> bool:
        return self.random.random() < 0.4

    def word(self) -> str:
        return f"{self.random.choice(WORDS)} {next(self.numbers)}"

    def add(self, key: str, kind: str, make: Callable[[], Data], least: int = 0) -> None:
        """Put a list of portions under a key, some of them secret."""
        numbers = range(least + self.random.randint(0, 3))
        self.data[key] = [self.portion(kind, make, n >= least and self.chance()) for n in numbers]
        self.random.shuffle(self.data[key])

    def portion(self, kind: str, make: Callable[[], Data], secret: object) -> Any:  # noqa: ANN401
        before = self.secret, self.on_secret
        self.secret, self.on_secret = bool(secret), False
        data = make()
        labels = self.high if self.secret else self.low
        data["marking"] = self.random.choice(self.low + self.high if self.on_secret else labels)
        if kind:
            data["id"] = f"{kind}-{next(self.numbers)}"
            (self.hidden if secret else self.seen)[kind].append(data["id"])
        if kind == "event":
            self.dates[data["id"]] = Edtf.parse(data["date"])
        self.secret, self.on_secret = before
        return Secret(data) if secret else data

    def some(self, *kinds: str) -> list[Any]:
        """Return ids of what may be seen, with secret ones between."""
        seen = [name for kind in kinds for name in self.seen[kind]]
        hidden = [name for kind in kinds for name in self.hidden[kind]]
        names: list[Any] = self.random.sample(seen, min(len(seen), self.random.randint(0, 2)))
        names += [Secret(name) for name in hidden[:2] if self.chance()]
        self.random.shuffle(names)
        return names

    def perhaps(self, key: str, *kinds: str) -> Data:
        names = self.some(*kinds)
        return {key: names[0]} if names else {}

    def stood_on(self, *kinds: str, most: int = 1) -> list[str]:
        """Return ids that the portion being made stands on, if any."""
        found = [self.one(*kinds) for _ in range(most) if self.chance() and self.any(*kinds)]
        return list(dict.fromkeys(found))

    def any(self, *kinds: str) -> bool:
        return any(self.seen[kind] for kind in kinds)

    def one(self, *kinds: str) -> str:
        """Return an id that the portion being made stands on; that of a secret makes it one."""
        hidden = [name for kind in kinds for name in self.hidden[kind]]
        if self.secret and hidden and self.chance():
            self.on_secret = True
            return self.random.choice(hidden)
        return self.random.choice([name for kind in kinds for name in self.seen[kind]])

    def actor(self) -> Data:
        named = {"name": self.word(), "identified": not self.chance()}
        return {**named, **dict(zip(["side"], self.stood_on("side"), strict=False))}

    def place(self) -> Data:
        return {"name": self.word(), "lat": 1.5, "lon": 1.5, "precision": "city"}

    def origin(self) -> Data:
        grade = {"type": "news", "reliability": self.random.choice("ABCDEF")}
        origin = dict(zip(["origin"], self.stood_on("actor", "source"), strict=False))
        return {"title": self.word(), **grade, **origin}

    def statement(self) -> Data:
        grade = {"credibility": self.random.randint(1, 6)} if self.chance() else {}
        said = {
            "text": self.word(),
            "speaker": self.one("actor"),
            "via": self.stood_on("source", most=2),
        }
        return {**said, **grade}

    def claim(self) -> Data:
        stance = {"stance": self.random.choice(STANCES)}
        return {**self.statement(), **stance, **self.perhaps("answers", "claim")}

    def claims(self) -> list[Any]:
        """Return claims, of which one at least may be seen where the whole may be."""
        before = self.seen["claim"][:]
        numbers = range(self.random.randint(1, 4))
        found = [self.portion("claim", self.claim, n and self.chance()) for n in numbers]
        if self.secret:  # then all that stands in it is
            self.hidden["claim"] += [n for n in self.seen["claim"] if n not in before]
            self.seen["claim"] = before
        self.random.shuffle(found)
        return found

    def event(self) -> Data:
        date = self.random.choice(DATES)
        links: Data = {
            name: [
                other
                for other in self.some("event")
                if self.dates[getattr(other, "value", other)].earliest <= Edtf.parse(date).latest
            ]
            for name in ("responds_to", "enabled_by", "follows")
        }
        places: list[Any] = [{"place": n, "role": "target"} for n in self.seen["place"]]
        places += [Secret({"place": n, "role": "site"}) for n in self.hidden["place"]]
        systems = [
            self.portion("", lambda: self.system(self.stood_on("claim")), self.chance())
            for _ in range(self.random.randint(0, 2))
        ]
        if self.chance():
            basis = {"what": self.word(), "basis": self.word()}
            links["inferred"] = self.portion("", lambda: basis, self.chance())
        links |= {"places": places, "systems": systems, "actors": self.some("actor")}
        links |= self.perhaps("part_of", "event")
        return {"date": date, "title": self.word(), "claims": self.claims(), **links}

    def system(self, claims: list[str]) -> Data:
        return {"name": self.word(), "launched": 3} | ({"claim": claims[0]} if claims else {})

    def warning(self) -> Data:
        answer = {"answer": self.portion("", self.statement, self.chance())}
        return {"title": self.word(), **self.statement(), **(answer if self.chance() else {})}

    def figure(self) -> Data:
        return {"value": "12", "label": self.word(), "claim": self.one("claim")}

    def discrepancy(self) -> Data:
        between = [self.one("claim"), self.one("event", "claim")]
        return {"title": self.word(), "text": self.word(), "between": between}

    def basis(self) -> Data:
        hidden = [name for kind in POINTS for name in self.hidden[kind]]
        if self.secret and hidden and self.chance():  # on secrets alone
            self.on_secret = True
            return {"basis": hidden[:3]}
        return {"basis": [self.random.choice(self.seen["claim"]), *self.some(*POINTS)]}

    def judgement(self) -> Data:
        said = {"text": self.word(), "likelihood": "likely", "confidence": "low", "reason": "So"}
        return {**said, **self.basis()}

    def indicator(self) -> Data:
        return {"text": self.word(), "suggests": self.word(), **self.basis()}

    def correction(self) -> Data:
        said = {"date": "2024-01-01", "version": "1", "text": self.word()}
        return {**said, "corrects": self.chance()}
