"""The page of the commands, docs/commands.md, as the program's own help tells them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from briefings.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

DOC = Path(__file__).parents[1] / "docs" / "commands.md"
_HEAD = """# Commands

Every command with its arguments and options. This page is made from the program by
`python -m scripts.reference`; `briefings COMMAND --help` tells the same.

| Exit code | Means |
| :--- | :--- |
| 0 | done |
| 1 | a brief or a page was refused, a PDF is not what it says, or \
`check` found nothing wrong but something that is surely not meant |
| 2 | the input or the command is wrong, and nothing was written; or a wiki broke off, \
and the next `publish` goes on from there |
| 70 | a defect of ours |

A problem is told as `file:line:column: what is wrong`, all of them at once. `--json` prints the
same for a program. `--set PATH=VALUE` changes one value for one run: `--set issue=8`, or by the id
of a part `--set events.fire.title="Fire in silos 4 and 5"`. `publish` has no `--set`: what stands
in a wiki is what its file says, or the next run would find it behind. A file called `-` is
standard input.
"""


def page() -> str:
    """Return the page."""
    told = [_HEAD]
    for name, command in _commands(typer.main.get_command(app), "briefings"):
        told += [f"## {name}", "", _sentence(command.help), ""]
        told += ["```text", _usage(name, command), "```", ""]
        rows = [row for one in command.params if (row := _row(one))]
        told += ["| Argument or option | Means |", "| :--- | :--- |", *rows, ""] if rows else []
    return "\n".join(told).rstrip() + "\n"


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield each command with all words of its name; a group stands for those in it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for word, one in inner.items():
        yield from _commands(one, f"{name} {word}")


def _usage(name: str, command: Any) -> str:  # noqa: ANN401
    words = [name, "[OPTIONS]"]
    for one in command.params:
        if one.param_type_name == "argument":
            called = str(one.metavar or one.name).strip("[]{}").upper()
            called += "..." if one.nargs == -1 else ""
            words.append(called if one.required else f"[{called}]")
    return " ".join(words)


def _row(one: Any) -> str:  # noqa: ANN401
    if one.name == "help":
        return ""
    said = _sentence(one.help)
    if one.param_type_name == "argument":
        return f"| `{str(one.metavar or one.name).strip('[]{}').upper()}` | {said} |"
    names = ", ".join(f"`{name}`" for name in [*one.opts, *one.secondary_opts])
    values = (one.metavar or one.name.upper()).split("|")  # a bar would end the cell
    value = "" if one.is_flag else f" {' or '.join(f'`{each}`' for each in values)}"
    return f"| {names}{value} | {said} |"


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|").replace("<", "&lt;")
