"""A briefing of which every text is hard to write: the same signs at start, middle and end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from briefings.model.addresses import BadText
from briefings.model.inline import Inline

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = (
    *("key_judgements", "figures", "timeline", "chain", "claims", "discrepancies", "needs"),
    *("context", "warnings", "gaps", "indicators", "actors", "places", "sources", "history"),
)
AUDIENCE = {
    "name": "Tester",
    "reader": "a test",
    "ceiling": "TLP:RED",
    "sections": list(SECTIONS),
    "sourcing": "annex",
}
# Everything that HTML of a brief may hold.
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "div", "span", "p"),
    *("svg", "rect", "g", "path", "text", "defs", "clippath", "circle", "use"),
    *("h1", "h2", "h3", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "em", "strong", "code", "blockquote", "hr", "br", "bdi"),
}


def squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


@dataclass
class Hard:
    """Makes the texts, and remembers what of each must come out."""

    signs: list[str]
    expected: list[str] = field(default_factory=list)
    used: int = 0

    def line(self) -> str:
        """Return a text in which no character has a meaning."""
        text = self._next()
        self.expected.append(Inline.literal(text).plain)
        return text

    def text(self) -> str:
        """Return a text whose emphasis, code and links have their meaning."""
        text = self._next()
        try:
            self.expected.append(Inline.parse(text).plain)
        except BadText:
            text = f"word{self.used}"
            self.expected.append(text)
        return text

    def _next(self) -> str:
        self.used += 1
        sign = self.signs[self.used % len(self.signs)]
        return f"{sign} b{self.used}b {sign} d{self.used}d{sign}"


def briefing(hard: Hard) -> dict[str, Any]:
    """Return the data of a briefing with a hard text in each field that takes one."""
    line, text = hard.line, hard.text
    said: dict[str, Any] = {"speaker": "ministry", "via": ["wire", "post"], "credibility": 3}
    points = ["strike"]
    return {
        "title": text(),
        "bluf": text(),
        "series": text(),
        "issue": 3,
        "notice": text(),
        "as_of": "2024-11-21",
        "published": "2024-11-21",
        "marking": "TLP:GREEN",
        "authors": [{"name": line(), "role": line()}],
        "sides": [{"id": "north", "name": line()}],
        "actors": [{"id": "ministry", "name": line(), "side": "north", "description": text()}],
        "places": [
            {"id": "town", "name": line(), "lat": 50.5, "lon": -30.25, "precision": "city"},
        ],
        "sources": [
            {
                "id": "wire",
                "title": line(),
                "publisher": line(),
                "author": line(),
                "type": "news",
                "reliability": "B",
                "descriptor": text(),
                "origin": "post",
                "url": "https://example.org/_a_(b)?c=*1*&lt=2|3",
                "archive": "https://example.org/`a`[b]",
                "sha256": "0" * 64,
            },
            {"id": "post", "title": line(), "type": "report", "reliability": "F"},
        ],
        "events": [
            {
                "id": "strike",
                "date": "2024-11-21~",
                "title": line(),
                "text": text(),
                "actors": ["ministry"],
                "places": [{"place": "town", "role": "target"}],
                "systems": [{"name": line(), "launched": 12345}],
                "inferred": {"what": line(), "basis": text()},
                "claims": [{"id": "burned", "text": text(), **said}],
            },
            {
                "id": "inner",
                "date": "2024-11-21",
                "title": line(),
                "part_of": "strike",
                "responds_to": ["strike"],
                "marking": "TLP:AMBER",
                "claims": [{"id": "denied", "text": text(), "answers": "burned", **said}],
            },
        ],
        "figures": [
            {
                "id": "many",
                "value": line(),
                "unit": line(),
                "label": line(),
                "claim": "burned",
            },
        ],
        "context": [
            {"id": "past", "title": line(), "claims": [{"id": "was", "text": text(), **said}]},
        ],
        "warnings": [
            {
                "id": "warning",
                "title": line(),
                "text": text(),
                **said,
                "since": "2024",
                "answer": {"text": text(), **said},
            },
        ],
        "needs": [
            {
                "id": "beds",
                "sector": line(),
                "text": text(),
                **said,
                "required": 1200,
                "met": 3,
                "unit": line(),
            },
        ],
        "discrepancies": [{"id": "two", "title": line(), "text": text(), "between": points}],
        "gaps": [{"id": "gap", "text": text(), "matters": text(), "about": points}],
        "indicators": [{"id": "sign", "text": text(), "suggests": text(), "basis": points}],
        "key_judgements": [
            {
                "id": "kj",
                "text": text(),
                "reason": text(),
                "basis": points,
                "likelihood": "likely",
                "confidence": "low",
            },
        ],
        "corrections": [
            {"date": "2024-11-21", "version": "1", "text": text(), "corrects": True},
            {"date": "2024-11-21", "version": "2", "text": text()},
        ],
    }


def write(folder: Path, data: dict[str, Any], **audience: object) -> Path:
    """Write a briefing, and the audience "tester" beside it."""
    (folder / "audiences").mkdir(exist_ok=True)
    reader = yaml.safe_dump(AUDIENCE | audience, allow_unicode=True)
    (folder / "audiences" / "tester.yaml").write_text(reader, "utf-8")
    path = folder / "hard.yaml"
    path.write_text(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, width=10**6), "utf-8")
    return path


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


_Dumper.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
