"""What a page wants beyond Markdown, as signs in the text.

A template asks for a panel, a name for CSS or an anchor by ``block``, ``mark``, ``anchor`` and
``to``. These leave noncharacters in the text, which the reader of YAML refuses, so no field can
hold one. ``strip`` takes the signs out for Markdown; the page turns them into elements.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from briefings.model.inline import Inline, Node

if TYPE_CHECKING:
    from jinja2.runtime import Macro

# A block opens and closes on lines of their own, a mark stands inside a line.
OPEN, CLOSE, END = "\ufdd0", "\ufdd1", "\ufdd2"
MARK, ARGUMENT, TEXT, UNMARK = "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6"
ITEM = "\ufdd7"  # before and after the name of a list item, which it begins
DRAWN = "draw"  # the mark that a drawing takes the place of
APART = "apart"  # the mark of a text that is set apart; its argument is where its letters run
_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}  # by the class of a letter in Unicode's UAX 9
PICTURE = "picture"  # the mark of a picture in a file beside the page
# Each of these reads a text once, whatever stands in it: no run of spaces is tried from each of
# them, and no name goes on past the sign that begins another.
_BLOCK_LINE = re.compile(
    f"(?<![ \t])[ \t]*(?:{OPEN}[^{OPEN}{CLOSE}\n]*{CLOSE}|{END})[ \t]*(?:\n|$)"
)
_BLOCK_FIRST = re.compile(  # in a list item
    f"^([ ]*(?:-|[0-9]+\\.)[ ]+)(?:{OPEN}[^{OPEN}{CLOSE}\n]*{CLOSE}\\s*)+", re.MULTILINE
)
_MARKS = re.compile(f"{MARK}[^{MARK}{TEXT}\n]*{TEXT}|{UNMARK}|{ITEM}[^{ITEM}\n]*{ITEM}")
_PICTURE = re.compile(
    f"{MARK}{PICTURE}{ARGUMENT}([^{MARK}{TEXT}\n]*){TEXT}([^{MARK}{UNMARK}\n]*){UNMARK}"
)
_NAME = re.compile(r"[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*")
_BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """Return Markdown with one blank line at most between paragraphs, and no space at an end."""
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"


def strip(marked: str) -> str:
    """Return marked Markdown without the signs for the page."""
    marked = _PICTURE.sub(r"![\2](\1)", marked)
    return tidy(_MARKS.sub("", _BLOCK_LINE.sub("\n", _BLOCK_FIRST.sub(r"\1", marked))))


def block(name: str, caller: Macro | None = None) -> str:
    """Wrap what is called: on the page a named element, in Markdown nothing."""
    content = str(caller() if caller else "").strip("\n")
    named = _named(name)
    if not content.strip():
        return ""  # so a section of which nothing is left can be told
    return f"\n\n{OPEN}{named}{CLOSE}\n\n{content}\n\n{END}\n\n"


def item(marker: str, name: str = "", caller: Macro | None = None) -> str:
    """Make a list item of what is called: after its marker, indented as all renderers read.

    Markers are ``"-"`` or a number. Python's Markdown wants four spaces or more, CommonMark as
    many as the marker and the space after it are wide. The *name* is one for the page's style.
    """
    if marker != "-" and not re.fullmatch("[0-9]{1,9}", str(marker)):
        raise ValueError(f'"{str(marker)[:20]}" is no marker of a list; "-" or a number is')
    content = str(caller() if caller else "").strip("\n")
    lead = "-   " if marker == "-" else f"{marker}. ".ljust(4)
    first, *others = tidy(content).rstrip("\n").split("\n")
    indented = (" " * len(lead) + line if line else "" for line in others)
    sign = f"{ITEM}{_named(name)}{ITEM}" if name else ""
    return lead + sign + "\n".join([first, *indented]) + "\n\n"


def sentence(text: object) -> str:
    """Begin with a capital letter."""
    said = str(text)
    return said[:1].upper() + said[1:]


def mark(name: str, text: object) -> str:
    """Name a piece of a line for the page's style."""
    return f"{MARK}{_named(name)}{TEXT}{text}{UNMARK}"


def drawing(name: str, *arguments: str) -> str:
    """Make a place on the page that a drawing takes; in Markdown it is nothing."""
    said = " ".join([_named(name), *arguments])
    return f"{MARK}{DRAWN}{ARGUMENT}{said}{TEXT}{UNMARK}"


def picture(file: str, text: object) -> str:
    """Show a file that lies beside the page; the text says what it shows, in Markdown."""
    return f"{MARK}{PICTURE}{ARGUMENT}{file}{TEXT}{text}{UNMARK}"


def lang(code: str, text: object) -> str:
    """Name the language of a piece of a line (BCP 47) for who hears the page."""
    return f"{MARK}lang{ARGUMENT}{code}{TEXT}{text}{UNMARK}"


def apart(text: Inline, direction: str) -> str:
    """Set a text apart whose letters run against those around it, so that neither turns the other.

    Without that, a number of ours after a name in Arabic would be shown before it.

    Args:
        text: a text of the document.
        direction: ``ltr`` or ``rtl``, in which the letters around it run.
    """
    said = str(text)
    if direction == "ltr" and said.isascii():
        return said
    ways = [_WAYS[way] for way in map(unicodedata.bidirectional, text.plain) if way in _WAYS]
    if all(way == direction for way in ways):
        return said
    return f"{MARK}{APART}{ARGUMENT}{ways[0]}{TEXT}{said}{UNMARK}"


def anchor(label: object, text: object) -> str:
    """Make a place on the page that ``to`` leads to."""
    return f"{MARK}anchor{ARGUMENT}{target(label)}{TEXT}{text}{UNMARK}"


def to(label: object, text: object) -> str:
    """Make a link to the place of a label on the page; in Markdown it is the text alone."""
    return f"{MARK}to{ARGUMENT}{target(label)}{TEXT}{text}{UNMARK}"


def linked(text: Inline, url: Inline) -> Inline:
    """Make a link of a text and an address of the document."""
    return Inline(text.source, (Node("link", url.plain, text.nodes),))


def target(label: object) -> str:
    """Return the name of a label's place on the page."""
    return re.sub(r"[^a-z0-9]+", "-", str(label).lower()).strip("-")


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f'"{name}" is not a name of lower-case letters, digits and hyphens')
    return name
