"""What a shell offers on the tabulator key."""

from __future__ import annotations

from pathlib import Path

from briefings.writers import WRITERS


def audience_names(incomplete: str) -> list[str]:
    """Complete the name of an audience."""
    from briefings.resources import Shelf  # noqa: PLC0415

    return [name for name in Shelf.at(Path()).stems("audiences") if name.startswith(incomplete)]


def forms(incomplete: str) -> list[str]:
    """Complete the name of a format."""
    return [form for form in WRITERS if form.startswith(incomplete)]


def papers(incomplete: str) -> list[str]:
    """Complete the name of a sheet."""
    offered = ("A4", "letter", "90mm x 160mm")
    return [paper for paper in offered if paper.lower().startswith(incomplete.lower())]


def pictures(incomplete: str) -> list[str]:
    """Complete as what figures are drawn."""
    from briefings.model.vocabulary import Pictures  # noqa: PLC0415

    return [kind.value for kind in Pictures if kind.value.startswith(incomplete)]


def targets(incomplete: str) -> list[str]:
    """Complete the name of a target."""
    from briefings import settings  # noqa: PLC0415
    from briefings.errors import InvalidInput  # noqa: PLC0415
    from briefings.resources import Shelf  # noqa: PLC0415

    try:
        known = settings.load(Shelf.at(Path())).targets
    except InvalidInput:
        return []
    return [name for name in known if name.startswith(incomplete)]


def names(incomplete: str) -> list[str]:
    """Complete what ``briefings templates`` lists."""
    from briefings import catalogue  # noqa: PLC0415
    from briefings.resources import Shelf  # noqa: PLC0415

    known = catalogue.names(Shelf.at(Path()))
    return [name for name in known if name.startswith(incomplete)]


def template_names(incomplete: str) -> list[str]:
    """Complete the name of a template, seen from ``templates/``."""
    known = [name.removeprefix("templates/") for name in names("") if name.endswith(".j2")]
    return [name for name in known if name.startswith(incomplete)]


def editors(incomplete: str) -> list[str]:
    """Complete the name of an editor."""
    from briefings.preview.places import EDITORS  # noqa: PLC0415

    return [name for name in EDITORS if name.startswith(incomplete)]


def kinds(incomplete: str) -> list[str]:
    """Complete the name of a kind of file that has a schema."""
    from briefings.schema import KINDS, WRITTEN  # noqa: PLC0415

    return [kind for kind in (*KINDS, *WRITTEN, "all") if kind.startswith(incomplete)]
