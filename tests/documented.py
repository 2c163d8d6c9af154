"""The pages of the documentation as what a reader does with them: files to save, commands to run.

A block of a page is one of these, and nothing else:

- ``sh``: commands, run one after another; each has to do its work.
- ``console``: commands after ``$``, and all that they say; ``...`` alone stands for lines left out.
- ``yaml``, ``jinja``, ``css``, ``toml``: a file. The sentence before it says which: "Save this as
  `name`:" begins it, "Add this to `name`:" goes on with it. What "stands in `name`:" is a piece of
  that file of the checkout.
- ``python``: run as a program.
- ``text``, ``markdown``: to be looked at.

A comment ``<!-- not run: why -->`` before a block of commands leaves it out; why is one of
``REASONS``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from tests.commands import BIN, clean_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS, FILES, SHOWN = ("sh", "console"), ("yaml", "jinja", "css", "toml"), ("text", "markdown")
REASONS = ("installs packages", "needs a server", "opens a browser", "runs until Ctrl-C")
_SAVED = re.compile(r"\b([Ss]ave|[Aa]dd) (?:it|this|them|these) (?:as|to) `([\w./-]+)`[^`]*:$")
_QUOTED = re.compile(r"\bstands in `([\w./-]+)`:$")
_LEFT_OUT = re.compile(r"<!-- not run: (.+?) -->\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page.

    Attributes:
        language: what its fence says it is.
        text: what stands in it.
        line: that of its fence.
        file: the file that it is, or is added to.
        added: whether it is added.
        quoted: the file of the checkout that it is a piece of.
        left_out: why it is not run.
    """

    language: str
    text: str
    line: int
    file: str = ""
    added: bool = False
    quoted: str = ""
    left_out: str = ""


def blocks(page: Path) -> Iterator[Block]:
    """Yield the blocks of a page, each with what the sentence before it says of it."""
    before, comment = "", ""
    for token in MarkdownIt().enable("table").parse(page.read_text("utf-8")):
        if token.type == "inline":
            before, comment = " ".join(token.content.split()), ""
        elif token.type == "html_block":
            comment = token.content
        elif token.type in ("fence", "code_block"):
            saved, left_out = _SAVED.search(before), _LEFT_OUT.search(comment)
            quoted = _QUOTED.search(before)
            yield Block(
                token.info if token.type == "fence" else "indented",
                token.content,
                (token.map or [0])[0] + 1,
                saved[2] if saved else "",
                bool(saved and saved[1].lower() == "add"),
                quoted[1] if quoted else "",
                left_out[1] if left_out else "",
            )
            before, comment = "", ""


class Desk:
    """A folder in which somebody does what a page says."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = self.here = root
        self.env = clean_environment(
            PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}", HOME=str(home), NO_COLOR="1"
        )
        self.saved: list[Path] = []
        (root / "docs").symlink_to(ROOT / "docs")  # some begin with what lies in the checkout

    def save(self, block: Block) -> None:
        """Put a block into its file."""
        path = self.here / block.file
        assert block.file, f"line {block.line}: no sentence says which file this is"
        assert path.resolve().is_relative_to(self.root.resolve())
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if block.added else ""
        path.write_text(before + block.text, "utf-8")
        self.saved.append(path)

    def run(self, commands: str) -> tuple[int, str]:
        """Run commands in the shell, and stay in the folder that they end in."""
        script = f"set -eu\n{commands}\npwd >&3\n"
        place = self.root.parent / f"{self.root.name}.pwd"
        shell = ["bash", "-c", f"exec 3>{place}\n{script}"]
        ran = subprocess.run(
            shell,
            cwd=self.here,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        if said := place.read_text("utf-8").strip():
            self.here = Path(said)
        return ran.returncode, ran.stdout.decode()

    def python(self, text: str) -> tuple[int, str]:
        """Run a program."""
        ran = subprocess.run(
            [sys.executable, "-c", text],
            cwd=self.here,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return ran.returncode, ran.stdout.decode()


def commands(console: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a console, each with what it is to say."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, said = part.partition("\n")
        yield command, said


def alike(said: str, wanted: str) -> bool:
    """Whether a command says what is shown, where ``...`` on a line is any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n"
        for line in wanted.rstrip("\n").split("\n")
    )
    said = said.replace("\u00a0", " ")
    lines = "".join(f"{line.rstrip()}\n" for line in said.rstrip("\n").split("\n"))
    return re.fullmatch(pattern if wanted.strip() else r"\n?", lines) is not None
