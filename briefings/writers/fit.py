"""How closely a brief is set, so that its pages are full and its last one is not nearly empty.

A brief is laid out as its theme has it. Where it has more pages than its audience allows, or a page
ends in white (a page within it in ``1 - FULL`` of its height, the last in ``1 - LAST``), or begins
with a few lines that a section left over, it is laid out again, closer or looser: the leading of
the text, and with it all that stands between paragraphs, rows and sections. What is set closer
reaches a little into the margins at the sides, and its text keeps its size; what is set looser gets
a little larger. By what the first layout measured, the ease is tried next that changes least of
those with which the last page should end well: so much closer that it is not needed, or so much
looser that it is two thirds full; or so much looser that an emptier page within the brief is full.
Where little is lacking, each page leaves a little more white at its foot instead, which nobody sees
and which all of them together hand on to the last. What breaks between pages goes by leaps, so all
this is a guess; it is made up to ``TRIES`` times, fewer for a long brief, and the layout with the
fewest pages too many and the least white is kept, of equal ones the one that is nearest to the
theme's own. A brief of a page and a little can get no better than that by any ease; the only page
of a brief may be as empty as it likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FULL, LAST = 0.82, 2 / 3  # of a page, and of the last; what is emptier looks like an oversight
# Layouts of one brief, and pages in all of them after which no other is begun. With six no example
# has white left for any reader on any sheet.
TRIES, PAGES = 6, 80
CLOSEST, LOOSEST = -1.0, 1.0
# By how much of itself, at the closest and the loosest: the size of the text, its leading, and what
# is left white at the sides. No text gets smaller than its theme has it.
SMALLER, LARGER = (0.0, -0.065, -0.2), (0.05, 0.24, 0.0)
SHRINKS, GROWS = 0.09, 0.25  # by so much of itself does the height of a brief change then
SLACK = 0.04  # of a page, for what does not break where it should
STEPS = (0.3, -0.3, 0.9, 0.6, -0.6)  # tried where nothing better is known
LEAST_STEP = 0.05
REST, TORN = 0.065, 0.05  # so much of a page is little to be left over, and counts as so much white
HIGHEST = 0.05  # so much of a page may be left white at its foot to fill the last
NEAR, NEAR_FOOT = 0.04, 0.004  # two that are no farther apart are taken for the same


class Setting(NamedTuple):
    """How a brief is to be set."""

    ease: float = 0.0
    """How closely, from -1, the closest, to 1, the loosest; 0 as its theme has it."""
    foot: float = 0.0
    """How much of each page is left white at its foot beyond the margin, of its height."""

    @property
    def factors(self) -> tuple[float, float, float]:
        """What the size of the text, its leading and the margins at the sides are multiplied by."""
        size, leading, side = (
            1 + abs(self.ease) * change for change in (LARGER if self.ease > 0 else SMALLER)
        )
        return size, leading, side

    @property
    def change(self) -> float:
        """How far it is from what the theme has."""
        return abs(self.ease) + self.foot


AS_THE_THEME = Setting()


class Layout(NamedTuple):
    """How a brief was laid out, and how much of each page is filled, of its height."""

    setting: Setting
    filled: tuple[float, ...]
    left_over: tuple[float, ...] = ()
    """What a section that began before takes of each page on which it ends, of its height; or 0."""

    @property
    def emptiest(self) -> float:
        """How full the page is that is the least so, but for the last."""
        return min(self.filled[:-1], default=1.0)

    @property
    def rests(self) -> list[float]:
        """What is so little that it looks lost at the top of a page."""
        return [part for part in self.left_over if 0 < part < REST]

    def blemishes(self, limit: int | None) -> tuple[int, float]:
        """Return how many pages are too many, and how much is white beyond what looks right.

        Args:
            limit: how many pages there may be, where that is limited.
        """
        too_many = max(0, len(self.filled) - limit) if limit else 0
        filled = self.filled if len(self.filled) > 1 else ()
        wanted = [FULL] * (len(filled) - 1) + [LAST]
        white = sum(max(0.0, w - part) for w, part in zip(wanted, filled, strict=False))
        return too_many, white + TORN * len(self.rests)


def best(tried: Sequence[Layout], limit: int | None) -> Layout:
    """Return which layout is to be kept."""
    return min(tried, key=lambda one: (*one.blemishes(limit), one.setting.change))


def following(tried: Sequence[Layout], limit: int | None) -> Setting | None:
    """Return how it is to be set next, or nothing where that would not be better."""
    too_many, white = best(tried, limit).blemishes(limit)
    if not (too_many or white) or len(tried) == TRIES:
        return None
    refused = too_many and len(tried) == 1  # without another, however long it is
    if not refused and sum(len(one.filled) for one in tried) > PAGES:
        return None
    for setting in _hopeful(tried, limit):
        near = any(_near(setting, one.setting) for one in tried)
        if CLOSEST <= setting.ease <= LOOSEST and not near:
            return setting
    return None


def _near(one: Setting, other: Setting) -> bool:
    return abs(one.ease - other.ease) < NEAR and abs(one.foot - other.foot) < NEAR_FOOT


def _hopeful(tried: Sequence[Layout], limit: int | None) -> Iterator[Setting]:
    """Yield settings with which a brief might end well, the most hopeful first."""
    too_many, _ = best(tried, limit).blemishes(limit)
    feet = [] if too_many else list(_lifted(tried, limit))
    eases = [Setting(ease) for ease in _eased(tried, limit)]
    if len(tried) > 2 and not any(one.setting.ease < 0 for one in tried):  # noqa: PLR2004
        feet, eases = [], sorted(eases, key=lambda one: one.ease >= 0)  # looser was of no use
    yield from (*feet[:1], *eases[:2], *feet[1:], *eases[2:])


def _lifted(tried: Sequence[Layout], limit: int | None) -> Iterator[Setting]:
    """Yield settings with a higher foot, where so little of each page fills the last."""
    kept = best(tried, limit)
    lacking, others = LAST + SLACK - kept.filled[-1], len(kept.filled) - 1
    if kept.emptiest < FULL:
        return  # it would have more white still
    for foot in (lacking / others, 2 * lacking / others) if others else ():
        if 0 < foot <= HIGHEST - kept.setting.foot:
            yield Setting(kept.setting.ease, kept.setting.foot + foot)


def _eased(tried: Sequence[Layout], limit: int | None) -> Iterator[float]:
    """Yield eases with which a brief might end well, the most hopeful first."""
    first = tried[0]
    too_many, _ = first.blemishes(limit)
    total, last = sum(first.filled), first.filled[-1]
    if too_many and limit:
        yield max(CLOSEST, (limit - SLACK - total) / total / SHRINKS)
        yield CLOSEST
        return  # what is too long looser would be longer
    if first.rests:
        yield max(CLOSEST, -(sum(first.rests) + SLACK) / total / SHRINKS)
    if first.emptiest < FULL:
        yield min(LOOSEST, (FULL + SLACK - first.emptiest) / first.emptiest / GROWS)
    closer = max(CLOSEST, -(last + SLACK) / total / SHRINKS)
    looser = min(LOOSEST, (LAST + SLACK - last) / total / GROWS)
    if enough := _closer(tried):
        yield enough
    if last < LAST:
        yield from sorted((closer, looser), key=abs)
    if better := _farther(tried, limit):
        yield better
    if last < LAST:
        yield from sorted((max(CLOSEST, 1.4 * closer), min(LOOSEST, 2 * looser)), key=abs)
    yield from STEPS


def _closer(tried: Sequence[Layout]) -> float:
    """Return the ease that should do without a page that the closest still has, or 0.

    That is the last one where it is too empty, or where another is: all together have less white.
    """
    closest = min(tried, key=lambda one: one.setting.ease)
    last, total = closest.filled[-1], sum(closest.filled)
    if closest.setting.ease >= 0 or (last >= LAST and closest.emptiest >= FULL):
        return 0.0
    return closest.setting.ease - (last + SLACK) / total / SHRINKS


def _farther(tried: Sequence[Layout], limit: int | None) -> float:
    """Return the ease at which a brief should end well that is better for being looser, or 0.

    It lies on the straight line through the theme's own layout and the loosest that was tried.
    """
    first, loosest = tried[0], max(tried, key=lambda one: one.setting.ease)
    (_, before), (too_many, white) = first.blemishes(limit), loosest.blemishes(limit)
    if too_many or not 0 < white < before or len(loosest.filled) > len(first.filled):
        return 0.0
    more = loosest.setting.ease * white / (before - white)
    return min(LOOSEST, loosest.setting.ease + max(more, LEAST_STEP))
