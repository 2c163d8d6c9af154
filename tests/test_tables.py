"""Tables: a word is broken where its language allows it, and only an address breaks anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefings import pipeline
from briefings.writers import layout
from briefings.writers.body import body
from briefings.writers.fonts import only_ours
from tests.rendering import YAML, brief, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GAP = "gaps:\n  - {id: g, text: Something.}\n"
ADDRESS = "https://example.org/a/very/long/address/with/many-parts/and_more/of_them"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LONG = "Telecommunications Uncharacteristic Misrepresentations Acknowledgement Interoperability"
CYRILLIC = "Правительственное распоряжение"


def table(*columns: str) -> str:
    return "\n".join(
        f"| {' | '.join(cells)} |"
        for cells in (["Heading"] * len(columns), [":---"] * len(columns), columns)
    )


def lines(folder: Path, text: str) -> Iterator[list[str]]:
    """Yield the lines of each cell of the last row, as they are printed."""
    put(folder, {"templates/sections/gaps.md.j2": text})
    put(folder, {"audiences/own.yaml": "extends: analyst\nsections: [gaps, sources]\n"})
    made = brief(folder, YAML.replace("events:", f"{GAP}events:"), "own")
    with only_ours(made.shelf):
        pages = layout.lay_out(made.document, made.marked, made.shelf).pages
    box = pages[0]._page_box  # noqa: SLF001  # there is no other way to ask
    cells = [b for b in box.descendants() if type(b).__name__ == "TableCellBox"]
    for cell in cells[len(cells) // 2 :]:  # without the headings
        found = [b for b in cell.descendants() if type(b).__name__ == "LineBox"]
        yield ["".join(getattr(b, "text", "") for b in one.descendants()) for one in found]


def test_no_word_is_broken_without_a_hyphen(tmp_path: Path) -> None:
    seen = 0
    for cell in lines(tmp_path, table(*LONG.split(), *LONG.split()[:4])):
        (word,) = [one for one in LONG.split() if one == "".join(cell).replace("-", "")]
        assert all(line.endswith("-") for line in cell[:-1]), cell
        seen += len(cell) > 1 and len(word)
    assert seen, "none had to be broken"


def test_an_address_makes_room_for_words(tmp_path: Path) -> None:
    cells = list(lines(tmp_path, table(ADDRESS, DIGEST, "Confirmed", "Disputed", CYRILLIC, LONG)))
    assert "".join(cells[0]) == ADDRESS
    assert "".join(cells[1]) == DIGEST
    assert len(cells[0]) > 1
    assert len(cells[1]) > 1
    assert cells[2:4] == [["Confirmed"], ["Disputed"]]
    assert {word for line in cells[4] for word in line.split()} == set(CYRILLIC.split())


@pytest.mark.parametrize("columns", [12, 20])
def test_what_is_too_wide_for_the_sheet_is_squeezed(tmp_path: Path, columns: int) -> None:
    many = table(*(LONG.split() * 4)[:columns])
    assert len(list(lines(tmp_path, many))) == columns
    made = brief(tmp_path, YAML.replace("events:", f"{GAP}events:"), "own")
    assert pipeline.render(made, "pdf").pages


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Telecommunications-interoperability", []),
        ("Правительственное-распоряжение,", []),
        ("Donaudampfschifffahrtsgesellschaft.", []),
        (f"See {ADDRESS} and {DIGEST}.", [ADDRESS, f"{DIGEST}."]),
        (f"**{ADDRESS}** {ADDRESS}", [ADDRESS, ADDRESS]),
        (f"[{ADDRESS}](https://example.org) after", [ADDRESS]),
        (f"`{DIGEST}`", []),
    ],
)
def test_a_run_is_what_is_no_word(text: str, runs: list[str]) -> None:
    made = body(table(text), lambda _: "")
    assert [part.partition("<")[0] for part in made.split('<span class="run">')[1:]] == runs
    assert "run" not in body(text, lambda _: ""), "outside of a table there is room"
