"""The table of bad input in ``tests/bad``: each case gets just the sentences that stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefings import source
from briefings.errors import InvalidInput
from briefings.model import build

FOLDER = Path(__file__).parent / "bad"
BASE = (FOLDER / "base.yaml").read_text("utf-8")
FILES = sorted(FOLDER.glob("*.txt"))
MARKER = "."
FINE = "(nothing is wrong)"


@dataclass(frozen=True)
class Case:
    title: str
    yaml: str
    expected: str

    def __str__(self) -> str:
        expected = f"{self.expected}\n" if self.expected else ""
        return f"{self.title}\n{MARKER}\n{self.yaml}{MARKER}\n{expected}{MARKER}\n"


def read(path: Path) -> list[Case | str]:
    """Return the cases of a file, and the lines between them as they are."""
    found: list[Case | str] = []
    parts: list[list[str]] = []
    title = ""
    for line in path.read_text("utf-8").split("\n"):
        if parts and line == MARKER and len(parts) == 2:
            yaml = "".join(f"{text}\n" for text in parts[0])
            found.append(Case(title, yaml, "\n".join(parts[1])))
            parts = []
        elif line == MARKER:
            assert parts or title, f"{path.name}: a case without a title"
            parts.append([])
        elif parts:
            parts[-1].append(line)
        elif line.startswith("#") or not line:
            found.append(line)
        else:
            title = line
    assert not parts, f'{path.name}: the case "{title}" is not closed by a line with a full stop'
    return found


def blocks(yaml: str) -> dict[str, str]:
    """Return what stands under each top-level key, by key."""
    parts = re.split(r"^(?=[a-z_]+:)", yaml, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if part}


def laid_over_the_base(yaml: str) -> str:
    if yaml.startswith("# whole file\n"):
        return yaml
    own = blocks(yaml)
    return yaml + "".join(text for key, text in blocks(BASE).items() if key not in own)


def said_of(yaml: str) -> str:
    """Return all that is said of a file with this text."""
    try:
        build(source.parse(yaml.encode(), "case.yaml"), name="case", folder=None)
    except InvalidInput as error:
        return str(error)
    return FINE


def rewritten(path: Path) -> str:
    lines = []
    for part in read(path):
        if isinstance(part, str):
            lines.append(part)
        else:
            said = said_of(laid_over_the_base(part.yaml))
            lines.append(str(Case(part.title, part.yaml, said)).removesuffix("\n"))
    return "\n".join(lines)


CASES = [
    pytest.param(path, part, id=f"{path.stem}: {part.title}")
    for path in FILES
    for part in read(path)
    if isinstance(part, Case)
]


@pytest.mark.parametrize(("path", "case"), CASES)
def test_bad_input_gets_its_sentences(path: Path, case: Case, *, rewrite: bool) -> None:
    said = said_of(laid_over_the_base(case.yaml))
    assert said != FINE
    if rewrite:
        path.write_text(rewritten(path), "utf-8")
    else:
        assert said == case.expected


def test_the_base_is_sound() -> None:
    assert said_of(BASE) == FINE


def test_the_table_is_large_and_each_title_stands_once() -> None:
    assert len(CASES) >= 80
    for path in FILES:
        titles = [part.title for part in read(path) if isinstance(part, Case)]
        assert sorted(titles) == sorted(set(titles)), path.name


def test_no_message_is_given_in_the_words_of_the_library() -> None:
    """What pydantic and libyaml say is for programmers."""
    foreign = re.compile(r"[Ii]nput should|[Vv]alue error|did not find|while (parsing|scanning)")
    for path in FILES:
        assert not foreign.search(path.read_text("utf-8")), path.name
