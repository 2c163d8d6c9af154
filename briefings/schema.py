"""What an editor reads beside a file: the JSON Schema of each kind of file, as it is shipped.

They are made from the model (``scripts/schemas``). A file says in its first line which is its own::

    # yaml-language-server: $schema=../.briefings/briefing.json
"""

from __future__ import annotations

import json
from pathlib import Path

from briefings.errors import InvalidInput, unknown
from briefings.resources import read_bounded, shipped

FOLDER = Path(".briefings")  # where a workspace keeps its copies
KINDS = ("briefing", "audience", "workspace", "register", "language", "lexicon")
WRITTEN = ("document",)  # what ``render -t json`` writes, which nobody edits
_LARGEST = 2_000_000


def text(kind: str, *, registered: bool = False) -> str:
    """Return the JSON Schema of a kind of file.

    Args:
        kind: one of ``KINDS`` or ``WRITTEN``.
        registered: whether the file lies in a workspace, whose register may have what an entry of
            a briefing lacks.

    Raises:
        InvalidInput: there is no such kind.
    """
    if kind not in (*KINDS, *WRITTEN):
        raise InvalidInput.of(unknown("kind of file", kind, [*KINDS, *WRITTEN]))
    path = shipped("data") / "schemas" / f"{kind}.json"
    said = read_bounded(path, _LARGEST, "JSON file").decode()
    if kind != "briefing" or not registered:
        return said
    made = json.loads(said)
    for key in json.loads(text("register"))["properties"]:
        shape = made["properties"][key]["items"]["$ref"].rpartition("/")[2]
        made["$defs"][shape]["required"] = ["id"]
        made["else"]["properties"].pop(key, None)
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def copies() -> dict[str, bytes]:
    """Return the files that a workspace keeps for its editor, by their names in it."""
    return {
        (FOLDER / f"{kind}.json").as_posix(): text(kind, registered=True).encode() for kind in KINDS
    }


def line(kind: str, depth: int = 1) -> str:
    """Return the first line of a file that lies so many folders deep in its workspace."""
    where = f"{'../' * depth}{FOLDER.as_posix()}/{kind}.json"
    return (
        f"#:schema {where}" if kind == "workspace" else f"# yaml-language-server: $schema={where}"
    )
