"""What the preview knows: the last good brief of each audience and format, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefings.preview.work import FORMS, Made, Read, Surveyed

if TYPE_CHECKING:
    from briefings.errors import Problem
    from briefings.preview.places import Places
    from briefings.preview.work import Answer, Wanted


@dataclass(slots=True)
class Brief:
    """One audience's brief in one format: the last that was good, and what is wrong since."""

    data: bytes | None = None
    pages: int | None = None
    version: int = 0
    checked: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class State:
    """All that a page of the preview shows; changed by answers alone."""

    audiences: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    noted: tuple[Problem, ...] = ()
    surveyed: tuple[Problem, ...] = ()
    briefs: dict[Wanted, Brief] = field(default_factory=dict)
    number: int = 0
    read: int = 0
    done: dict[str, int] = field(default_factory=dict)

    def begin(self) -> int:
        """Count a change, and return its number."""
        self.number += 1
        return self.number

    def brief(self, wanted: Wanted) -> Brief:
        """Return what is known of a brief, which may be nothing yet."""
        return self.briefs.setdefault(wanted, Brief())

    def take(self, kind: str, answer: Answer) -> bool:
        """Take an answer of a worker in, and return whether anything is another."""
        if isinstance(answer, Read):
            return self._take_read(answer)
        if isinstance(answer, Made):
            return self._take_made(answer)
        if isinstance(answer, Surveyed):
            before, self.surveyed = self.surveyed, answer.problems
            return before != answer.problems
        self.done[kind] = max(answer.number, self.done.get(kind, 0))
        return True

    def _take_read(self, answer: Read) -> bool:
        """Both workers read the file; what the later change says holds."""
        if answer.number < self.read:
            return False
        before = self.audiences, self.problems, self.noted
        self.read, self.problems, self.noted = answer.number, answer.problems, answer.noted
        if answer.audiences and (not answer.problems or not self.audiences):
            self.audiences = answer.audiences
        return before != (self.audiences, self.problems, self.noted)

    def _take_made(self, answer: Made) -> bool:
        brief = self.brief((answer.audience, answer.form))
        if answer.number < brief.checked:
            return False
        brief.checked, brief.problems = answer.number, answer.problems
        if answer.data is not None and answer.data != brief.data:
            brief.data, brief.pages, brief.version = answer.data, answer.pages, answer.number
        return True

    def waiting(self, wanted: Wanted) -> bool:
        """Whether a brief of the newest change is still to come."""
        if self.problems and self.read >= self.number:
            return False  # there is nothing that it could be made of
        return self.brief(wanted).checked < self.number

    def told(self, places: Places) -> dict[str, Any]:
        """Return all of it but the briefs themselves, as JSON."""
        return {
            "file": places.name,
            "number": self.number,
            "audiences": [
                {"name": name, "forms": {form: self._told(name, form, places) for form in FORMS}}
                for name in self.audiences
            ],
            "findings": self._findings(places),
        }

    def _told(self, name: str, form: str, places: Places) -> dict[str, Any]:
        brief = self.brief((name, form))
        return {
            "version": brief.version,
            "pages": brief.pages,
            "there": brief.data is not None,
            "waiting": self.waiting((name, form)),
            "problems": [places.told(p) for p in self.problems or brief.problems],
        }

    def _findings(self, places: Places) -> list[dict[str, Any]]:
        """Return everything that is wrong now, each thing once, with those whom it concerns."""
        found: dict[Problem, list[Wanted]] = {problem: [] for problem in self.problems}
        for name in self.audiences if not self.problems else ():
            for form in FORMS:
                for problem in self.brief((name, form)).problems:
                    found.setdefault(problem, []).append((name, form))
        for problem in (*self.noted, *self.surveyed):
            found.setdefault(problem, [])
        return [
            {
                **places.told(problem),
                "concerns": [{"audience": name, "form": form} for name, form in concerned],
            }
            for problem, concerned in found.items()
        ]

    def named(self) -> set[str]:
        """Return the files that something is wrong with now."""
        everywhere = [*self.problems, *self.noted, *self.surveyed]
        everywhere += (p for b in self.briefs.values() for p in b.problems)
        return {problem.file for problem in everywhere}
