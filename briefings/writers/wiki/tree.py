"""The marked Markdown as a tree: what templates wrote, and what their signs say it is.

The same parser reads it that reads a text field, so a dialect is written from what stands there and
never from how it was spelled. A sign has no width: emphasis beside one is what it is without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

from briefings.templating import signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from markdown_it.rules_inline.state_inline import Scanned
    from markdown_it.token import Token

    # What the parser hands on from rule to rule; its own name for it changes with its version.
    Env: TypeAlias = Any

# What the page does not read either: HTML, images, and addresses that nobody wrote as a link.
_UNREAD = ("html_block", "html_inline", "code", "reference", "image", "autolink")
_OPENING = re.compile(f"{signs.OPEN}([^{signs.OPEN}{signs.CLOSE}]*){signs.CLOSE}")
_MARK = re.compile(
    f"{signs.MARK}([^{signs.MARK}{signs.ARGUMENT}{signs.TEXT}]*)"
    f"(?:{signs.ARGUMENT}([^{signs.MARK}{signs.TEXT}]*))?{signs.TEXT}"
)
_ITEM = re.compile(f"{signs.ITEM}([^{signs.ITEM}]*){signs.ITEM}")
_SIGNS = re.compile(f"(?:{_MARK.pattern}|{signs.UNMARK}|{_ITEM.pattern})+")
_BEGINS = (signs.MARK, signs.UNMARK, signs.ITEM)
_ENDS = (signs.TEXT, signs.UNMARK, signs.ITEM)
_KINDS = {  # where the parser has another name
    "bullet_list": "list",
    "ordered_list": "list",
    "list_item": "item",
    "blockquote": "quote",
    "hr": "rule",
    "th": "cell",
    "td": "cell",
    "tr": "row",
}
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]")


@dataclass(slots=True)
class Node:
    """A piece of the brief.

    ``kind`` is ``heading``, ``paragraph``, ``list``, ``item``, ``quote``, ``rule``, ``fence``,
    ``table``, ``row``, ``cell`` or ``block``, and in a line ``text``, ``code``, ``em``, ``strong``,
    ``link``, ``mark`` or ``break``.

    ``text`` is the text of a leaf, the address of a link, and the name of a block, a mark or an
    item; ``argument`` is where a mark leads, or which language it is in, and of a cell its side.
    ``number`` is the level of a heading, and where an ordered list begins (0 for one without
    numbers). ``loose`` says that blank lines stand between the items of a list.
    """

    kind: str
    text: str = ""
    argument: str = ""
    number: int = 0
    loose: bool = False
    children: list[Node] = field(default_factory=list)

    def every(self, kind: str) -> Iterator[Node]:
        """Yield all of a kind in this, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.kind == kind:
                yield node
            waiting += reversed(node.children)

    @property
    def said(self) -> list[Node]:
        """What stands in a block, where a template may have made a quotation of it for Markdown."""
        return [n for q in self.children for n in (q.children if q.kind == "quote" else [q])]

    @property
    def plain(self) -> str:
        """The text alone, without what no dialect shows."""
        if self.kind in ("text", "code", "fence"):
            return self.text
        if self.kind == "break":
            return " "
        return "".join(child.plain for child in self.children)


def read(marked: str) -> Node:
    """Return the tree of marked Markdown; its kind is ``document``."""
    root = Node("document")
    stack = [root]
    for token in _parser().parse(marked):
        if token.type == "inline":
            stack[-1].children += _inline(token.children or [])
        elif token.nesting == -1:
            stack.pop()
        else:
            stack[-1].children.append(_block(token, stack))
            if token.nesting == 1:
                stack.append(stack[-1].children[-1])
    _wrap(root)
    return root


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline = _Inline()
    parser.configure("commonmark").enable("table").disable([*_UNREAD])
    parser.inline.ruler.before("escape", "signs", _sign)
    for character in _BEGINS:
        parser.inline.add_terminator_char(character)
    # Every address is read, so that one that may not stand is refused and not silently text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


class _Beside(StateInline):
    """Looks past signs for what stands beside an asterisk."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001
        before, end = start, start
        while before and self.src[before - 1] in _ENDS:
            before = _back(self.src, before)
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        passed = _SIGNS.match(self.src, end)
        after = passed.end() if passed else end
        bare = _Bare(self.src[before - 1 : before] + self.src[start:end] + self.src[after:][:1])
        found = StateInline.scanDelims(bare, 1 if before else 0, canSplitWord)  # type: ignore[arg-type]
        return found._replace(length=end - start)


class _Bare:
    """A delimiter and its two neighbours, as much of a state as is asked for."""

    def __init__(self, src: str) -> None:
        self.src, self.posMax = src, len(src)


def _back(src: str, end: int) -> int:
    """Return where the sign begins that ends before *end*."""
    begins = {signs.TEXT: signs.MARK, signs.ITEM: signs.ITEM}.get(src[end - 1])
    return max(src.rfind(begins, 0, end - 1), 0) if begins else end - 1


class _Inline(ParserInline):
    """The parser of a line, with that state."""

    def parse(self, src: str, md: MarkdownIt, env: Env, tokens: list[Token]) -> list[Token]:
        state = _Beside(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _sign(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # called by the parser
    sign = state.src[state.pos]
    if sign not in _BEGINS:
        return False
    found = _MARK.match(state.src, state.pos) or _ITEM.match(state.src, state.pos)
    if not found and sign != signs.UNMARK:
        return False
    if not silent:
        kind = {signs.MARK: "mark_open", signs.UNMARK: "mark_close"}.get(sign, "name")
        # A mark may reach over the end of an emphasis, so it is no nesting for the parser.
        token = state.push(kind, "", 0)
        token.meta = {"found": found.groups() if found else ()}
    state.pos = found.end() if found else state.pos + 1
    return True


def _block(token: Token, stack: Sequence[Node]) -> Node:
    """Return the node of a token that opens or is a block."""
    kind = token.type.removesuffix("_open")
    if kind == "paragraph" and not token.hidden:
        next((node for node in reversed(stack) if node.kind == "list"), stack[0]).loose = True
    number = 0
    if kind == "heading":
        number = int(token.tag[1:])
    elif kind == "ordered_list":
        number = int(token.attrs.get("start", 1))
    side = str(token.attrs.get("style", "")).partition(":")[2]
    return Node(_KINDS.get(kind, kind), token.content, side, number)


def _inline(tokens: Sequence[Token]) -> list[Node]:
    """Return the nodes of a line."""
    root = Node("line")
    stack = [root]
    for token in tokens:
        here = stack[-1].children
        kind = token.type.removesuffix("_open")
        if token.type in ("mark_open", "name") or token.nesting == 1:
            here.append(_opened(token, kind))
            if token.type != "name":
                stack.append(here[-1])
        elif token.type == "mark_close" or token.nesting == -1:
            # What closes is what was opened last; a mark that is not closed ends with the line.
            if len(stack) > 1:
                stack.pop()
        elif token.type == "softbreak":
            here.append(Node("text", " "))
        elif token.type == "hardbreak":
            here.append(Node("break"))
        elif token.type == "code_inline":
            here.append(Node("code", _NONCHARACTER.sub("", token.content)))
        elif token.content:
            here.append(Node("text", token.content))
    return root.children


def _opened(token: Token, kind: str) -> Node:
    if token.type == "mark_open":
        name, argument = token.meta["found"]
        return Node("mark", name, argument or "")
    if token.type == "name":
        return Node("name", token.meta["found"][0])
    return Node(kind, str(token.attrs.get("href", "")))


def _wrap(parent: Node) -> None:
    """Put what stands between the two signs of a block into it, as the page does."""
    holders = [parent]
    children, parent.children = parent.children, []
    for child in children:
        said = child.plain.strip() if child.kind == "paragraph" else ""
        if child.kind == "paragraph" and parent.kind == "item":
            _name(parent, child)
        if opening := _OPENING.fullmatch(said):
            holders[-1].children.append(Node("block", opening[1]))
            holders.append(holders[-1].children[-1])
        elif said == signs.END:
            holders[1:] = holders[1:-1]
        elif child.kind != "paragraph" or child.children:
            holders[-1].children.append(child)
            if child.kind not in ("paragraph", "heading"):
                _wrap(child)


def _name(item: Node, first: Node) -> None:
    """Give a list item the name that stands at its beginning."""
    if first.children and first.children[0].kind == "name":
        item.text = first.children.pop(0).text
