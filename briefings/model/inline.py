"""Inline text: CommonMark emphasis, code and links, as a small tree.

A text of the YAML is parsed once into this tree and written back in one portable subset, each
special character escaped in the one way that CommonMark, GitHub's and Python's Markdown all read.
Raw HTML and character references have no meaning here: they come out as they were typed. An image
comes out as a link to it.

Renderers disagree about emphasis in emphasis and about emphasis that touches a letter, so the tree
holds only what all of them read alike:

- a piece of text is plain, emphasised or strong; what is both is strong;
- emphasis stands inside a link, never around it, and neither begins nor ends with a space;
- emphasis that touches strong text is left out, and so is any that begins or ends with a sign
  while a letter, or a sign that not all count as one, touches it from outside;
- code that holds a pipe, a backtick, a backslash, ``<`` or a character reference is plain text;
- and so is, in a link, code that holds a bracket.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from html import escape as html_escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from briefings.model.addresses import BadText, checked_url, encoded, link_target
from briefings.model.escape import escape_after, escape_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKED = re.compile(r"[*_`\[\]<\\]")  # without one of these a text is plain
_SPACE = re.compile(r"[ \t\r\n]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_UNPORTABLE_CODE = re.compile(r"[|`\\<]|&#?\w")


@dataclass(frozen=True, slots=True)
class Node:
    """One piece: ``text`` and ``code`` hold text; ``em``, ``strong`` and ``link`` hold pieces.

    The ``text`` of a link is its address.
    """

    kind: str
    text: str = ""
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Inline:
    """A text field. As a string it is portable Markdown; ``plain`` is the text alone.

    ``source`` is what was written in the YAML.
    """

    source: str
    nodes: tuple[Node, ...]

    @classmethod
    def literal(cls, text: str) -> Inline:
        """Return a text in which no character has a meaning."""
        return cls(text, (Node("text", _SPACE.sub(" ", text).strip()),))

    @classmethod
    def parse(cls, text: str) -> Inline:
        """Parse one paragraph of inline CommonMark.

        Raises:
            BadText: a blank line, no text, or a link that is not http, https or mailto.
        """
        stripped = text.strip()
        if _BLANK_LINE.search(stripped):
            raise BadText("a text is one paragraph; a blank line stands in it")
        line = _SPACE.sub(" ", stripped)
        if not _MARKED.search(line):
            nodes = _merged([Node("text", line)] if line else [])
        else:
            nodes = _tree(_parser().parseInline(line)[0].children or [])
        if not nodes:
            raise BadText("the text is empty")
        return cls(text, nodes)

    @property
    def plain(self) -> str:
        """The text without its marks, for metadata and attributes."""
        return "".join(_plain(node) for node in self.nodes)

    def __str__(self) -> str:
        return escape_line(_markdown(self.nodes))

    def __html__(self) -> str:
        return html_escape(self.plain)

    def __len__(self) -> int:
        return len(self.plain)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # 70 ms that a plain text does not need

    parser = MarkdownIt("commonmark")
    parser.disable(["html_inline", "entity", "image", "newline"])
    # Every scheme is parsed, so that a forbidden one is reported and not silently left as text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters of one kind and style; ``link`` counts the links, 0 is outside of any."""

    kind: str
    text: str
    style: str = ""
    link: int = 0


def _tree(tokens: list[Token]) -> tuple[Node, ...]:
    """Make the tree of what the parser found, as far as all renderers agree on it."""
    urls = [""]
    pieces = _spaced(_pieces(tokens, urls))
    nodes: list[Node] = []
    shown = {0}
    for link, group in groupby(pieces, key=lambda piece: piece.link):
        inner = _styled(list(group))
        nodes += [Node("link", urls[link], inner)] if link else inner
        shown.add(link)
    for number, url in enumerate(urls):
        if number not in shown:
            raise BadText(f'the link "{url}" has no text; write [text]({url})')
    return tuple(nodes)


def _pieces(tokens: list[Token], urls: list[str]) -> Iterator[_Piece]:
    """Flatten the tokens; the address of each link is added to *urls*."""
    depth = {"em": 0, "strong": 0}
    link = 0
    for token in tokens:
        style = "strong" if depth["strong"] else "em" if depth["em"] else ""
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in depth:
            depth[kind] += token.nesting
        elif token.type == "link_open":
            urls.append(_address(token))
            link = len(urls) - 1
        elif token.type == "link_close":
            link = 0
        elif token.type == "code_inline" and _portable(token.content, link):
            yield _Piece("code", token.content.strip(), style, link)
        elif token.content:
            yield _Piece("text", token.content, style, link)


def _portable(code: str, link: int) -> bool:
    return not _UNPORTABLE_CODE.search(code) and not (link and "]" in code)


def _spaced(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Take spaces out of the edges of links, emphasis and the whole; two spaces become one."""
    split = [
        part
        for piece in pieces
        for part in (
            [replace(piece, text=text) for text in re.split(r"(\s+)", piece.text) if text]
            if piece.kind == "text"
            else [piece]
        )
        if part.text
    ]
    parts: list[tuple[str, list[_Piece]]] = []
    for blank, group in groupby(split, key=lambda piece: piece.text.isspace()):
        members = list(group)
        text = _SPACE.sub(" ", "".join(piece.text for piece in members)) if blank else ""
        parts.append((text, members))
    if parts and parts[0][0]:
        parts = parts[1:]
    if parts and parts[-1][0]:
        parts = parts[:-1]
    found: list[_Piece] = []
    for number, (blank, members) in enumerate(parts):
        if not blank:
            found += members
            continue
        before, after = parts[number - 1][1][-1], parts[number + 1][1][0]
        same = before.link == after.link
        style = before.style if same and before.style == after.style else ""
        found.append(_Piece("text", blank, style, before.link if same else 0))
    return found


def _styled(pieces: list[_Piece]) -> tuple[Node, ...]:
    """Make the nodes of pieces that stand in one link, or in none."""
    runs = _runs(pieces)
    touching = [
        (one, other)
        for one, other in pairwise(runs)
        if {one[0].style, other[0].style} == {"em", "strong"}
    ]
    plain = {id(run) for pair in touching for run in pair if run[0].style == "em"}
    runs = _runs([p for run in runs for p in (_plainly(run) if id(run) in plain else run)])
    sides = [None, *runs, None]
    nodes: list[Node] = []
    for before, run, after in zip(sides, runs, sides[2:], strict=False):
        if run[0].style and not (_opens(before, run) and _closes(run, after)):
            nodes += _leaves(_plainly(run))
        elif run[0].style:
            nodes.append(Node(run[0].style, "", _leaves(run)))
        else:
            nodes += _leaves(run)
    return _merged(nodes)


def _runs(pieces: list[_Piece]) -> list[list[_Piece]]:
    return [list(group) for _, group in groupby(pieces, key=lambda piece: piece.style)]


def _plainly(run: list[_Piece]) -> list[_Piece]:
    return [replace(piece, style="") for piece in run]


def _opens(before: list[_Piece] | None, run: list[_Piece]) -> bool:
    return before is None or _clear(_character(run[0], 0), _character(before[-1], -1))


def _closes(run: list[_Piece], after: list[_Piece] | None) -> bool:
    return after is None or _clear(_character(run[-1], -1), _character(after[0], 0))


def _character(piece: _Piece, index: int) -> str:
    return "`" if piece.kind == "code" else piece.text[index]


def _clear(inner: str, outer: str) -> bool:
    """Whether every renderer sees a mark between these two: the flanking rule, kept strictly."""
    sign = outer.isascii() and not outer.isalnum()
    return inner.isalnum() or outer.isspace() or sign or unicodedata.category(outer)[0] == "P"


def _leaves(run: list[_Piece]) -> tuple[Node, ...]:
    return _merged([Node(piece.kind, piece.text) for piece in run])


def _merged(nodes: list[Node]) -> tuple[Node, ...]:
    """Join neighbours of plain text or code."""
    merged: list[Node] = []
    for (kind, leaf), group in groupby(nodes, key=lambda node: (node.kind, not node.children)):
        members = list(group)
        merged += [Node(kind, "".join(node.text for node in members))] if leaf else members
    return tuple(merged)


def _address(token: Token) -> str:
    url = str(token.attrs.get("href", ""))
    if "title" in token.attrs:
        raise BadText("a link's title is not carried into a brief; leave it out")
    return encoded(checked_url(url))


def _plain(node: Node) -> str:
    if node.kind in ("text", "code"):
        return node.text
    return "".join(_plain(child) for child in node.children)


def _markdown(nodes: tuple[Node, ...]) -> str:
    written = ""
    for node in nodes:
        if node.kind == "text":
            written += escape_after(node.text, written[-1:])
        elif node.kind == "code":
            written += f"`{node.text}`"
        elif node.kind == "link":
            if written.endswith("!"):  # together they would be an image
                written = f"{written[:-1]}\\!"
            written += f"[{_markdown(node.children)}]({link_target(node.text)})"
        else:
            mark = "**" if node.kind == "strong" else "*"
            written += f"{mark}{_markdown(node.children)}{mark}"
    return written
