"""Where a finding is: as text, as lines of a file to look at, and as a link for an editor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from briefings.errors import InvalidInput, unknown, visible
from briefings.resources import read_bounded, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefings.errors import Problem

# What each editor's own address of a place is.
EDITORS = {
    "cursor": "cursor://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
}
KINDS = (".yaml", ".yml", ".j2", ".css", ".toml")
_LARGEST = 2_000_000
_AROUND = 200  # lines before and after the one in question


def check_editor(name: str | None) -> None:
    """Raise ``InvalidInput`` where there is no such editor."""
    if name is not None and name not in EDITORS:
        raise InvalidInput.of(unknown("editor", name, EDITORS))


def roots(file: Path) -> tuple[Path, ...]:
    """Return the briefing's folder, and its workspace's where it is in one."""
    folder = file.parent.resolve()
    root = workspace(folder)
    return (folder, root) if root and root != folder else (folder,)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders whose files may be looked at, and how their places are told.

    Attributes:
        file: the briefing.
        roots: its folder, and its workspace's where it is in one.
        editor: the editor for which there are links.
    """

    file: Path
    roots: tuple[Path, ...]
    editor: str | None = None

    @property
    def name(self) -> str:
        """The name of the briefing's file."""
        return visible(self.file.name)

    def told(self, problem: Problem) -> dict[str, Any]:
        """Return a problem as JSON, with a key to its file's lines where those may be seen."""
        path = self.within(problem.file)
        shown = self._short(path) if path else visible(problem.file)
        place = ":".join(str(p) for p in (shown, problem.line, problem.column) if p)
        return {
            "message": visible(problem.message),
            "place": place,
            "file": problem.file if path else "",
            "line": problem.line,
            "column": problem.column,
            "excerpt": visible(problem.excerpt),
            "editor": self._link(path, problem) if path else "",
        }

    def within(self, name: str) -> Path | None:
        """Return the file of that name, if it lies in one of the folders and is of our kinds."""
        if not name or "\0" in name:
            return None
        try:
            path = Path(name).resolve()
            if path.suffix in KINDS and any(path.is_relative_to(root) for root in self.roots):
                return path if path.is_file() else None
        except OSError:
            pass
        return None

    def lines(self, name: str, line: int, allowed: Iterable[str]) -> dict[str, Any] | None:
        """Return the lines around a place; ``None`` where the file may not be seen.

        Args:
            name: the file, as a problem or ``allowed`` names it.
            line: the one in question, or 0.
            allowed: the files that may be seen at all.
        """
        path = self.within(name) if name in {*allowed, str(self.file)} else None
        if path is None:
            return None
        try:
            text = read_bounded(path, _LARGEST).decode("utf-8", "replace")
        except InvalidInput:
            return None
        all_of_it = text.splitlines()
        first = max(0, line - 1 - _AROUND)
        shown = [visible(one.expandtabs(4)) for one in all_of_it[first : max(line, 1) + _AROUND]]
        return {"file": self._short(path), "first": first + 1, "lines": shown, "line": line}

    def _short(self, path: Path) -> str:
        base = next((r for r in reversed(self.roots) if path.is_relative_to(r)), path.parent)
        return visible(path.relative_to(base).as_posix())

    def _link(self, path: Path, problem: Problem) -> str:
        if self.editor is None:
            return ""
        where = path.as_posix()
        return EDITORS[self.editor].format(
            path=quote(where if where.startswith("/") else f"/{where}"),
            line=problem.line or 1,
            column=problem.column or 1,
        )
