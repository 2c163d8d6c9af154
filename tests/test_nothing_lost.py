"""However long a text is, all of it is on the pages of the PDF."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests import made
from tests.made import actor, claim, event

if TYPE_CHECKING:
    from pathlib import Path


def words(number: int) -> str:
    return " ".join(f"w{n:04d}" for n in range(number))


def two_sided(**more: object) -> dict[str, Any]:
    """Return two events of one day, each of another side, one with something long."""
    return {
        "sides": [{"id": "n", "name": "North"}, {"id": "s", "name": "South"}],
        "actors": [actor("somebody"), actor("na", side="n"), actor("sa", side="s")],
        "events": [
            event("one", claim("c1"), actors=["na"], **more),
            event("two", claim("c2"), actors=["sa"]),
        ],
    }


WARNING = {"id": "w", "title": "W", "speaker": "somebody"}
INFERRED = {"what": "It", "basis": words(1500)}
PARTS = [
    event("p1", claim("p1c"), part_of="one", inferred=INFERRED),
    event("p2", claim("p2c"), part_of="one"),
]
CASES: dict[str, dict[str, Any]] = {
    "gaps": {"gaps": [{"id": "a", "text": words(800)}, {"id": "b", "text": "?"}]},
    "indicators": {
        "indicators": [
            {"id": "a", "text": words(800), "suggests": "Y.", "basis": ["e"]},
            {"id": "b", "text": "X", "suggests": "Y.", "basis": ["e"]},
        ]
    },
    "discrepancies": {
        "discrepancies": [
            {"id": "a", "title": "A", "text": words(800), "between": ["c1", "c2"]},
            {"id": "b", "title": "B", "text": "B", "between": ["c1", "c2"]},
        ],
        "events": [event("one", claim("c1"), claim("c2"))],
    },
    "warnings": {"warnings": [WARNING | {"text": words(1500)}]},
    "context": {
        "context": [
            {
                "id": "x",
                "title": "X",
                "claims": [claim(f"k{n}", text=f"w{n:04d}") for n in range(110)],
            },
            {"id": "y", "title": "Y", "claims": [claim("y1")]},
        ]
    },
    "beside": two_sided(inferred=INFERRED),
    "systems": two_sided(systems=[{"name": f"w{n:04d} {'long ' * 8}"} for n in range(60)]),
    "parts": two_sided() | {"events": [event("one", claim("c1")), *PARTS]},
    "needs": {
        "needs": [
            {
                "id": "n",
                "sector": "S",
                "text": words(600),
                "met": 3,
                "unit": "beds",
                "speaker": "somebody",
            }
        ]
    },
}


@pytest.mark.parametrize("case", CASES)
def test_every_word_is_on_a_page(case: str, tmp_path: Path) -> None:
    data = {"actors": [actor("somebody")], "events": [event("e", claim("c"))]} | CASES[case]
    document = made.document(made.briefing(data), made.reader())
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(made.written(document, "pdf"))
    asked = ["pdftotext", "-bbox", str(pdf), "-"]
    boxes = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    seen: set[str] = set()
    for height, page in re.findall(r'<page [^>]*height="([\d.]+)"(.*?)</page>', boxes, re.DOTALL):
        for bottom, word in re.findall(r'yMax="([\d.]+)">(w\d{4})', page):
            if float(bottom) < float(height):
                seen.add(word)
    assert seen == set(re.findall(r"w\d{4}", str(data)))
