"""What can go wrong, as one tree.

::

    BriefingsError
    ├── InvalidInput        the input is wrong; carries every Problem found
    ├── Refused             the input is sound, this brief of it is not
    │   ├── NothingToSay    nothing is left below the reader's ceiling
    │   ├── TooLong         more pages than the audience allows
    │   └── Changed         what was to be written over is not any more what was looked at
    └── Unequipped          a system library or a font is not there

The errors hold what is wrong, as data. How they are printed, and which exit code they lead to, is
the command line's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A terminal obeys these; what comes from elsewhere shows their pictures instead: ␛ for escape.
_CONTROLS = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),  # turn the direction
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it is, and the line that it stands in.

    ``line`` and ``column`` count from 1; either is 0 where it is not known. A ``finding`` is what
    can be rendered as it stands, and yet is surely not meant.
    """

    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    finding: bool = False

    @property
    def place(self) -> str:
        """``file:line:column``, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def __str__(self) -> str:
        head = visible(f"{self.place}: {self.message}" if self.place else self.message)
        if not self.excerpt:
            return head
        number = str(self.line)
        said = f"{head}\n  {number} | {visible(self.excerpt)}"
        if not self.column:
            return said
        return f"{said}\n  {' ' * len(number)} | {' ' * (self.column - 1)}^"


class BriefingsError(Exception):
    """The root: whatever `briefings` raises on purpose."""


class InvalidInput(BriefingsError):
    """The YAML, an audience, a template or an option is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(cls, message: str, file: str = "") -> InvalidInput:
        """One problem that has no line: an unknown name, an unreadable file."""
        return cls([Problem(message, file)])


class Refused(BriefingsError):
    """The briefing is sound, but this brief of it must not be handed over."""


class NothingToSay(Refused):
    """Nothing of the briefing may be shown to this reader."""


class TooLong(Refused):
    """The brief has more pages than its audience allows."""


class Changed(Refused):
    """A page is not any more what it was when the program looked at it."""


class Unequipped(BriefingsError):
    """Something that rendering stands on is not installed."""


def visible(text: str) -> str:
    """Return a text on one line, with a picture for each character that a terminal would obey."""
    return text.translate(_CONTROLS)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "x"?`` for the known word nearest to *word*, or nothing."""
    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""


def misspelt(name: str, known: Iterable[str]) -> str:
    """Return the known name that is one letter more, less or other, or two changed over."""
    return next((other for other in sorted(known) if _one_slip(name, other)), "")


def _one_slip(one: str, other: str) -> bool:
    """Whether a letter is one too many, lacking or another, or two have changed places."""
    shorter = min(len(one), len(other))
    at = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    left, wanted = one[at:], other[at:]
    swapped = left[1::-1] + left[2:]
    return one != other and (
        left[1:] in (wanted, wanted[1:]) or wanted in (swapped, f"{wanted[:1]}{left}")
    )


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """Say that *word* is not one of the *known* ones, which is nearest, and which there are."""
    names = list(known)
    hint = nearest(word, names)
    listed = ", ".join(names) if names else "none"
    return f'unknown {what} "{word}"{hint or "; known: " + listed}'
