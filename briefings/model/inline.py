"""Inline text: CommonMark emphasis, code and links, as a small tree.

A text of the YAML is parsed once into this tree and written back in one portable subset, each
special character escaped in the one way that CommonMark, GitHub's and Python's Markdown all read.
Raw HTML, images and character references have no meaning here: they come out as they were typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape as html_escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = ("http", "https", "mailto")

_MARKED = re.compile(r"[*_`\[\]<\\]")  # without one of these a text is plain
_SPACE = re.compile(r"[ \t\r\n]+")
_ALWAYS = re.compile(r"[\\`*\[\]{}|]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it means nothing
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_STRUCK = re.compile(r"(?<=\S)~|~(?=~)")
_HASH_AT_END = re.compile(r"#(?=#*$)")
_AT_START = re.compile(r"([-+#>=~:])|(\d+)([.)])(?=\s|$)")


class BadText(ValueError):
    """A text that cannot stand: a link with a forbidden scheme, a blank line."""


def escape(text: str) -> str:
    """Return *text* so that every Markdown renderer shows just its characters, anywhere in a line."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _REFERENCE.sub("&amp;", text).replace("<", "&lt;")
    text = _STRUCK.sub("&#126;", text)
    return _HASH_AT_END.sub(r"\\#", text)


def escape_start(markdown: str) -> str:
    """Escape what would begin a list, a heading, a quotation or a rule at the start of a line."""
    match = _AT_START.match(markdown)
    if not match:
        return markdown
    if match[2]:
        return f"{match[2]}\\{match[3]}{markdown[match.end() :]}"
    first = match[1]
    safe = {"=": "&#61;", "~": "&#126;", ":": "&#58;"}.get(first, f"\\{first}")
    return safe + markdown[1:]


@dataclass(frozen=True, slots=True)
class Node:
    """One piece: ``text`` and ``code`` hold text; ``em``, ``strong`` and ``link`` hold pieces."""

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
            BadText: a blank line, or a link that is not http, https or mailto.
        """
        stripped = text.strip()
        if "\n\n" in stripped:
            raise BadText("a text is one paragraph; a blank line stands in it")
        line = _SPACE.sub(" ", stripped)
        if not line:
            raise BadText("the text is empty")
        if not _MARKED.search(line):
            return cls(text, (Node("text", line),))
        return cls(text, _tree(_parser().parseInline(line)[0].children or []))

    @property
    def plain(self) -> str:
        """The text without its marks, for metadata and attributes."""
        return "".join(_plain(node) for node in self.nodes)

    def __str__(self) -> str:
        return escape_start("".join(_markdown(node) for node in self.nodes))

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


def _tree(tokens: list[Token]) -> tuple[Node, ...]:
    stack: list[tuple[str, str, list[Node]]] = [("root", "", [])]
    for token in tokens:
        if token.type in ("text", "text_special"):
            _add_text(stack[-1][2], token.content)
        elif token.type == "code_inline":
            stack[-1][2].append(Node("code", token.content.strip() or token.content))
        elif token.nesting == 1:
            stack.append((token.type.removesuffix("_open"), _url(token), []))
        elif token.nesting == -1:
            kind, url, children = stack.pop()
            stack[-1][2].append(Node(kind, url, tuple(children)))
    return tuple(stack[0][2])


def _add_text(nodes: list[Node], text: str) -> None:
    if not text:
        return
    if nodes and nodes[-1].kind == "text":
        nodes[-1] = Node("text", nodes[-1].text + text)
    else:
        nodes.append(Node("text", text))


def _url(token: Token) -> str:
    attributes: dict[str, Any] = token.attrs
    url = str(attributes.get("href", ""))
    if token.type != "link_open":
        return ""
    if "title" in attributes:
        raise BadText("a link's title is not carried into a brief; leave it out")
    return checked_url(url)


def checked_url(url: str) -> str:
    """Return *url* if a brief may link to it.

    Raises:
        BadText: it is not an address of http, https or mailto.
    """
    allowed = f"{', '.join(SCHEMES[:-1])} or {SCHEMES[-1]}"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadText(f'"{url}" is not an address') from None
    if parts.scheme.lower() not in SCHEMES:
        raise BadText(f'the link "{url}" is not {allowed}')
    if not (parts.netloc or parts.scheme.lower() == "mailto") or re.search(r"[\s<>]", url):
        raise BadText(f'"{url}" is not an address')
    return url


def _plain(node: Node) -> str:
    if node.kind in ("text", "code"):
        return node.text
    return "".join(_plain(child) for child in node.children)


def _markdown(node: Node) -> str:
    if node.kind == "text":
        return escape(node.text)
    if node.kind == "code":
        return _code(node.text)
    inner = "".join(_markdown(child) for child in node.children)
    if node.kind == "link":
        return f"[{inner}](<{link_target(node.text)}>)" if inner else ""
    mark = "**" if node.kind == "strong" else "*"
    return f"{mark}{inner}{mark}" if inner else ""


def link_target(url: str) -> str:
    """Return *url* with what Markdown would read as its own percent-encoded."""
    encoded = re.sub(r"[\\`*\[\]{}|()<>\"' ^_]", lambda m: f"%{ord(m.group()):02X}", url)
    return _REFERENCE.sub("&amp;", encoded)


def _code(text: str) -> str:
    # A code span with a pipe breaks tables in some renderers, one with a backtick at its edge in
    # others: such a text keeps its characters and gives up the typewriter.
    if "|" in text or "`" in text or not text.strip() or "\\" in text:
        return escape(text)
    return f"`{text}`"
