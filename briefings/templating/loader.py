"""Where templates are found: in the user's folder, then in ours, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BaseLoader, TemplateNotFound

from briefings.errors import InvalidInput
from briefings.resources import inside, read_bounded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefings.resources import Shelf

MAX_BYTES = 200_000  # see also parser.MOST: what tags hold takes the longest to compile


class Loader(BaseLoader):
    """Finds templates in the user's folder and in ours, and nowhere else."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.folders = shelf.folders("templates")
        self.last = ""  # the file that was read last
        self.sizes: dict[str, int] = {}  # of those that were read, in characters

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text and its file."""
        del environment
        path = self.path(template)
        self.last = str(path)
        try:
            text = read_bounded(path, MAX_BYTES).decode("utf-8")
        except UnicodeDecodeError:
            raise InvalidInput.of("the template is not UTF-8", str(path)) from None
        self.sizes[template] = len(text)
        return text, str(path), lambda: True

    def path(self, template: str) -> Path:
        """Return the file of a template.

        Raises:
            TemplateNotFound: there is none.
        """
        found = (inside(folder, template) for folder in self.folders)
        path = next((path for path in found if path), None)
        if path is None:
            raise TemplateNotFound(template)
        return path

    def has(self, template: str) -> bool:
        """Whether there is such a template."""
        return any(inside(folder, template) for folder in self.folders)

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        found = (p.relative_to(d).as_posix() for d in self.folders for p in d.rglob("*.j2"))
        return sorted({name for name in found if any(inside(d, name) for d in self.folders)})
