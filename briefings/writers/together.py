"""What stays on one line: a day and its month, a number and its unit, a word and its source."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE = "\u00a0"
# Symbols of units, the thousands of a number, a zone behind a time, an initial before a name, a
# word in brackets behind one.
_UNITS = "[kMGT]?(?:W|Wh|V|B|Hz|t)|[kcm]?m[²³]?|[km]?g|[kM]?Pa|ha|l|h|kn|nm|°C|%|per cent"
_ALWAYS = re.compile(
    rf"(?<=\d) (?=(?:{_UNITS})(?![\w/]))|(?<=\d) (?=\d{{3}}(?!\d))"
    r"|(?<=\d\d:\d\d) (?=UTC)|(?<=\b[A-Z]\.) (?=[A-Z])| (?=·)"
    r"| (?=\([a-zà-öø-ÿ]{1,9}\))"
)
# A number and what it counts, outside tables, where each sign counts; one in a name counts nothing.
_NAMED = "".join(rf"(?<![^\W\d_]-\d{{{digits}}})" for digits in range(1, 5))
_COUNTED = re.compile(rf"(?<=\d)(?<!\b[12]\d{{3}}){_NAMED} (?=[a-zà-öø-ÿ]{{1,9}}\b)")
# What follows a statement: its sources, their grade, its marking.
_BEHIND, _ANSWERED = {"note", "grade", "tlp"}, "point"
_SHORT = 16  # signs of a note that is never broken; a longer one may be
_WHOLE = 24  # signs of a name in code that is never broken
_BLOCKS = {"p", "li"}  # not headings, which are bookmarks, too
_INLINE = {"span", "strong", "em"}  # whose last words are those of the block
_RUNT, _LAST_WORDS = 14, 24  # signs of a last word that is tied to the one before it, and of both
_LEAD = 24  # signs of what leads in, such as "If seen:", and is not broken
_TIED = 40  # signs that fit on a line of the narrowest column


class Together(Treeprocessor):
    """Puts spaces that do not break where no line may end; names what is too long for that.

    In a table, where each sign counts, what follows a statement may stand alone, a number too.
    """

    months: tuple[str, ...] = ()

    def run(self, root: Element) -> None:
        """Change a page in its place."""
        self._bind(root, in_table=False)
        _behind(root)
        for element in root.iter():
            if element.tag in _BLOCKS:
                _last_words(element)

    def _bind(self, element: Element, *, in_table: bool) -> None:
        """Put spaces that do not break into the texts of an element."""
        in_table = in_table or element.tag == "table"
        if element.tag == "code":
            _name(element, "whole", len(element.text or "") <= _WHOLE)
        elif element.text:
            element.text = self._bound(element.text, in_table=in_table)
            if element.tag == "em" and element.text.endswith(":") and len(element.text) <= _LEAD:
                element.text = element.text.replace(" ", _SPACE)  # it leads in what follows
        for child in element:
            self._bind(child, in_table=in_table)
            if child.tail:
                child.tail = self._bound(child.tail, in_table=in_table)

    def _bound(self, text: str, *, in_table: bool) -> str:
        day, year = _gaps(self.months)
        bound = unbroken(day.sub(_SPACE, text))
        if in_table:
            return bound
        return _COUNTED.sub(_SPACE, year.sub(f"\\1{_SPACE}", bound))


def unbroken(text: str) -> str:
    """Return a text with a space that does not break before a unit, a zone, and a name."""
    return _ALWAYS.sub(_SPACE, text)


def _last_words(block: Element) -> None:
    """Tie the last word of a block to the one before it: alone, it looks left behind."""
    last = block[-1] if len(block) else None
    text = (block.text if last is None else last.tail) or ""
    if not text.strip() and last is not None and last.tag in _INLINE:
        if not _is_long(last):  # whose own are tied already
            _last_words(last)
        return
    if last is not None and last.tag == "a" and not any(map(str.isalnum, text)):
        before = block[-2] if len(block) > 1 else None
        behind = (block.text if before is None else before.tail) or ""
        if _length(last) <= _RUNT and behind.endswith(" "):
            _tie(block, before, [last])
        return
    start, _, word = text.rstrip().rpartition(" ")
    previous = start.rpartition(" ")[2]
    is_word = any(map(str.isalnum, previous))
    if not is_word or not 0 < len(word) <= _RUNT or len(previous) + len(word) > _LAST_WORDS:
        return
    tied = f"{start}{_SPACE}{word}"
    if last is None:
        block.text = tied
    else:
        last.tail = tied


def _behind(element: Element) -> None:
    """Put what follows a statement, and the statement's last word, into an element of their own.

    A space that does not break would not do: before an element, WeasyPrint then ends a line after
    each word.
    """
    if element.tag in ("td", "th"):
        for child in element.iter():
            if child.get("class") == "note":
                _name_long(child)
        return
    children = list(element)
    for child in children:
        _behind(child)
    at = 0
    while at < len(children):
        several = _several(children[at:])
        if several:
            _name_long(several[0])
            if _is_long(several[0]):
                _last_words(several[0])
            _tie(element, children[at - 1] if at else None, several)
        at += len(several) or 1


def _several(children: Sequence[Element]) -> list[Element]:
    """Return the first elements that follow a statement, with spaces between them alone.

    What the statement answers is the first of its own, or all of it would be too long for a line.
    """
    found: list[Element] = []
    for child in children:
        begins = not found and child.get("class") == _ANSWERED
        if not begins and child.get("class") not in _BEHIND:
            break
        if found and (found[-1].tail or "").strip():
            break
        found.append(child)
    return found


def _tie(parent: Element, before: Element | None, several: Sequence[Element]) -> None:
    """Put elements into one, after the word before them if that is short."""
    tied = Element("span", {"class": "tied"})
    if not _is_long(several[0]):
        _take_word(parent, before, tied, _TIED - sum(map(_length, several)))
    if not tied.text and not len(tied) and len(several) == 1:
        return
    tied.tail, several[-1].tail = several[-1].tail, None
    parent.insert(list(parent).index(several[0]), tied)
    for one in several:
        parent.remove(one)
        tied.append(one)


def _take_word(parent: Element, before: Element | None, tied: Element, most: int) -> None:
    """Move the word that stands before something into an element, if it is not too long."""
    text = (parent.text if before is None else before.tail) or ""
    kept, space, word = text.rstrip(" ").rpartition(" ")
    if word and len(word) <= most:
        tied.text = f"{word} "
        if before is None:
            parent.text = kept + space
        else:
            before.tail = kept + space
    elif text == " " and before is not None and before.tag in ("strong", "em") and not len(before):
        kept, space, word = (before.text or "").rpartition(" ")
        if kept and len(word) <= most:  # the last of several words that are set off
            last = SubElement(tied, before.tag, before.attrib)
            last.text, last.tail = word, " "
            before.text, before.tail = kept, " "


def _name_long(note: Element) -> None:
    """Name what may be broken, as it is too long for one line of a column or a cell."""
    _name(note, "long", _length(note) > _SHORT)


def _is_long(note: Element) -> bool:
    return "long" in (note.get("class") or "").split()


def _length(element: Element) -> int:
    return len("".join(element.itertext()))


def _name(element: Element, name: str, wanted: bool) -> None:  # noqa: FBT001  # said at once
    if wanted:
        element.set("class", " ".join(filter(None, (element.get("class"), name))))


@cache
def _gaps(months: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of what stands between a day and its month, and a month and its year."""
    names = "|".join(map(re.escape, months)) or "(?!)"
    return re.compile(rf"(?<=\d) (?=(?:{names})\b)"), re.compile(rf"\b({names}) (?=\d{{4}}\b)")
