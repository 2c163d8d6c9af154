"""The plan of a run: every step, in the order in which it is done.

Files come before the page that shows them, briefs before the pages that lead to them, and pages
that are removed last. So whatever a run that breaks off leaves, each page that a link leads to is
there. A file that is removed comes before its page, too, which tells of it while it is there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from briefings import workspace
from briefings.errors import InvalidInput
from briefings.publish import listings
from briefings.publish.beside import Beside
from briefings.publish.briefs import BRIEF
from briefings.publish.chosen import apart, chosen, entries
from briefings.publish.compare import Standing, as_text, difference
from briefings.publish.memory import Memory
from briefings.publish.steps import (
    EDITED,
    KEEP,
    ORPHAN,
    REFUSE,
    REMOVE,
    RENAME,
    UPDATE,
    Step,
    file_stays,
)
from briefings.publish.wanted import Pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefings.publish.briefs import Entry
    from briefings.publish.chosen import Tell
    from briefings.publish.marker import Marker, Read
    from briefings.publish.store import Found, Site, Store


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked for.

    Attributes:
        files: the briefings to publish; without any, all of the workspace.
        overwrite: names of pages and files that may be written over.
        remove: whether what nobody wants any more is removed.
    """

    files: Sequence[Path] = ()
    overwrite: Collection[str] = ()
    remove: bool = False


def plan(site: Site, store: Store, asked: Asked, tell: Tell) -> list[Step]:
    """Return what is to be done.

    Args:
        site: the target.
        store: what reads it; nothing is written.
        asked: what the user asked for.
        tell: is called before each briefing with its number, how many there are, and its name.

    Raises:
        InvalidInput: with everything that is wrong with the briefings, or what was asked for.
        Unequipped: something that a PDF stands on is not there.
    """
    return _Planner(site, store, asked).steps(tell)


class _Planner:
    def __init__(self, site: Site, store: Store, asked: Asked) -> None:
        self.site, self.store, self.asked = site, store, asked
        self.memory = Memory(site)
        self.pages = Pages(site, self.memory)
        self.wanted: set[str] = set()  # names of pages that are no orphans

    def steps(self, tell: Tell) -> list[Step]:
        """Return the plan."""
        whole = not self.asked.files
        paths = chosen(self.site.root, self.asked.files)
        found = entries(self.pages, paths, tell)
        ids = {path.stem for path in (*paths, *workspace.briefings(self.site.root))}
        page_of = self.site.layout.page_of
        self.taken = {page_of(one, who) for one in ids for who in self.site.target.audiences}
        self.there = Standing(self._standing(found), self.asked.overwrite)
        briefs = [self._brief(entry, why) for entry, why in apart(found)]
        shown = [entry for entry, steps in zip(found, briefs, strict=True) if _is_shown(steps[-1])]
        left = 0
        if not whole:
            others, left = self._others(paths)
            shown += others
        listed = [self._listing(page, left) for page in listings.pages(self.site, shown)]
        pages = [step for steps in briefs for step in steps] + listed
        beside = Beside(self.site, self.store, self.there, remove=self.asked.remove)
        files = list(beside.steps(pages, list(self._orphans()) if whole else ()))
        gone = list(self._left_over(pages)) if whole else []
        files += beside.strays(pages) if whole else ()
        pages = [beside.telling(step, files) for step in pages]
        self.memory.save(whole=whole)
        stay = {step.name for step in gone if step.what == REFUSE}
        going = [_staying(f) if f.page in stay else f for f in files if not f.want]
        held = {f.page: f.name for f in going if f.what == REFUSE}
        gone = [_held(step, held) for step in gone]
        moved = {step.old for step in pages if step.old}  # these go on telling of their files
        first = [f for f in going if f.what == REMOVE and f.page not in moved]
        last = [f for f in going if f not in first]
        last += self._copies() if whole else ()
        made = [*(f for f in files if f.want), *first, *pages, *gone, *last]
        _check(self.asked.overwrite, made)
        return made

    # --- what is read

    def _standing(self, entries: Iterable[Entry]) -> dict[str, Found]:
        layout = self.site.layout
        names = {entry.page for entry in entries}
        names |= {
            layout.page_of(old, entry.audience) for entry in entries for old in entry.formerly
        }
        shown = [entry for entry in entries if not entry.refused]
        names |= {page.name for page in listings.pages(self.site, shown)}
        names |= {name for name in (layout.index, layout.sidebar) if name}
        return dict(self.store.pages(names))

    def _others(self, paths: Sequence[Path]) -> tuple[list[Entry], int]:
        """Return the briefs that stand there and were not asked for, and how many are behind.

        What an index says of one is what its page says: of one that is behind, that is not known.
        """
        found: list[Entry] = []
        behind = 0
        known = {path.resolve() for path in paths}
        for path in workspace.briefings(self.site.root):
            names = {self.site.layout.page_of(path.stem, one) for one in self.site.target.audiences}
            standing = [name for name in names if self._is_brief(name)]
            if path.resolve() in known or not standing:
                continue
            try:
                entries = {entry.page: entry for entry in self.pages.of(path)}
            except InvalidInput:
                entries = {}
            for name in standing:
                self.wanted.add(name)
                entry, read = entries.get(name), self.there.read(name)
                if entry and read and not entry.refused and read.marker.content == entry.content:
                    found.append(entry)
                else:
                    behind += 1
        return found, behind

    def _is_brief(self, name: str) -> bool:
        read = self.there.read(name)
        return bool(read and read.marker.kind == BRIEF)

    # --- what is to be done

    def _brief(self, entry: Entry, why: str) -> list[Step]:
        """Return the steps of a brief's page, its own last: before it, those of its old names."""
        if why:
            return [Step(REFUSE, entry.page, reason=why)]
        self.wanted.add(entry.page)
        step = self.there.page(self.pages.want(entry))
        held = step.what == REFUSE and step.reason != EDITED  # no page of ours to lead to
        before: list[Step] = []
        for old, read in self._old(entry):
            self.wanted.add(old)
            if held:
                stays = f"left as it is while {entry.page} is refused"
                before.append(Step(KEEP, old, reason=stays, over=self.there.pages[old]))
                continue
            was_brief = read.marker.kind == BRIEF
            left = self.pages.moved(old, entry, read.marker.files)
            moved = self.there.page(left)
            moves = moved.what == UPDATE and was_brief
            if moves and step.what not in (RENAME, REFUSE):
                source = self.there.pages[old]
                step = replace(step, what=RENAME, old=old, source=source, left=left)
            else:
                before.append(self._edited(moved, step) if was_brief else moved)
        return [*before, step]

    def _old(self, entry: Entry) -> Iterator[tuple[str, Read]]:
        """Yield the pages of ours that stand under old names of a brief."""
        for old in (self.site.layout.page_of(one, entry.audience) for one in entry.formerly):
            # Another briefing may have that id now.
            if old not in self.taken | self.wanted and (read := self.there.read(old)):
                yield old, read

    def _edited(self, old: Step, new: Step) -> Step:
        """Return the step of an edited page of a brief, with what the brief says now beside it.

        That it would lead elsewhere is no difference in which an edit could be found.
        """
        if old.reason != EDITED or old.over is None or new.want is None:
            return old
        return replace(old, diff=difference(as_text(old.over), new.want))

    def _listing(self, page: listings.Page, behind: int) -> Step:
        self.wanted.add(page.name)
        if not behind or page.name not in self.there.pages:
            return self.there.page(self.pages.listing(page))
        others = "another brief there is" if behind == 1 else f"{behind} other briefs there are"
        return Step(KEEP, page.name, reason=f"left as it is: {others} behind; publish all")

    def _orphans(self) -> Iterator[str]:
        yield from (name for name, read in self._unwanted() if self._belongs(name, read.marker))

    def _copies(self) -> Iterator[Step]:
        """Yield the pages that somebody has made of ours, under names of their own."""
        for name, read in self._unwanted():
            if not self._belongs(name, read.marker):
                yield Step(KEEP, name, reason=COPY, over=self.there.pages[name])

    def _unwanted(self) -> Iterator[tuple[str, Read]]:
        for name in self.there.pages:
            if name not in self.wanted and (read := self.there.read(name)):
                yield name, read

    def _belongs(self, name: str, said: Marker) -> bool:
        """Whether a page stands under the name that it was written under, as its marker says."""
        layout, own = self.site.layout, said.id
        if said.kind == BRIEF:
            own = layout.page_of(said.id, said.audience)
        elif said.kind == listings.MOVED:  # the marker tells where it leads: for the same reader
            own, name = (one.rpartition(layout.between)[2] for one in (own, name))
        return own.casefold() == name.casefold()

    def _left_over(self, pages: Sequence[Step]) -> Iterator[Step]:
        refused = {step.name for step in pages if step.what == REFUSE}
        for name in self._orphans():
            step = self.there.left_over(name, remove=self.asked.remove)
            if name in refused:
                step = replace(step, reason="; ".join(filter(None, [step.reason, OF_BEFORE])))
            yield step


PAGE_STAYS = "its page stays"
OF_BEFORE = "it stands there from before"
COPY = "it is a copy of a page of ours, and left as it is"


def _staying(file: Step) -> Step:
    """Return what is done with a file whose page stays: that page leads to it."""
    return replace(file, what=ORPHAN, reason=PAGE_STAYS) if file.what == REMOVE else file


def _held(page: Step, files: Mapping[str, str]) -> Step:
    """Return what is done with a page: where a file of it cannot be removed, nothing."""
    if page.what != REMOVE or page.name not in files:
        return page
    return replace(page, what=REFUSE, reason=file_stays(files[page.name]))


def _is_shown(step: Step) -> bool:
    """Whether an index lists a brief: its page is there, or will be."""
    return step.want is not None and (step.what != REFUSE or step.reason == EDITED)


def _check(overwrite: Iterable[str], steps: Sequence[Step]) -> None:
    """Refuse to be told to write over what there is not."""
    names = [name for step in steps for name in (step.name, step.old) if name]
    for name in overwrite:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise InvalidInput.of(f'--overwrite: there is no page or file "{name}"{hint}')
