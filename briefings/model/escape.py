"""Escaping: each special character in the one way that every renderer of Markdown reads."""

from __future__ import annotations

import re

_ALWAYS = re.compile(r"[\\`\[\]{}|]|(?<! )\*|\*(?! )")  # but not the sign in "5 * 3"
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it means nothing
_REFERENCE = re.compile(r"&(?=#[\dxX]|[A-Za-z]\w*;)")
_TILDE = re.compile(r"(?<=\S)~|~(?!\w)")  # "~5" cannot end what is struck out
_DOLLAR = re.compile(r"(?<! )\$")  # after a space it cannot end a formula
_RARE = re.compile(  # a highlight, a box, what is put in, what stands higher, a face
    r"=(?==)|:(?=::|[A-Za-z+-][\w+-]*:)|\+(?=\+)|\^"
)
# An address that GitHub's Markdown makes a link of by itself shows what was escaped in it.
_ADDRESS = re.compile(
    r":(?=//\S*(?:\\|&(?:#\d+|lt|amp);|$))|(?<=www)\.(?=\S*(?:\\|&(?:#\d+|lt|amp);|$))",
    re.IGNORECASE,
)
_HASH_AT_END = re.compile(r"#(?=#*$)")
_AT_START = re.compile(
    r"(?P<sign>[#>%]"
    r"|[-+](?=\s|$)|-(?=[-\s]*$)|\+(?=\+\+)"  # lists, rules, ends of blocks
    r"|\((?=.*\)=$)|=(?===|=*$)|:(?=[\s:-]|$)|!(?=!!)|\?(?=\?\?))"  # underlines, definitions, boxes
    r"|(?P<number>\d+)(?P<point>[.)])(?=\s|$)"
)
_NO_BACKSLASH = "=:~%?$"  # Python-Markdown would show the backslash before these


def escape(text: str) -> str:
    """Return *text* so that every renderer shows just its characters, anywhere in a line."""
    return _HASH_AT_END.sub(r"\\#", escape_after(text, ""))


def escape_after(text: str, before: str) -> str:
    """Escape a text that stands in a line after the character *before*."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = escape_references(text).replace("<", "&lt;")
    text = _DOLLAR.sub("&#36;", _TILDE.sub("&#126;", text))
    text = _RARE.sub(lambda found: _reference(found.group()), text)
    text = _ADDRESS.sub(lambda match: _reference(match.group()), text)
    return _reference(text[0]) + text[1:] if before.strip() and text[:1] == "~" else text


def escape_start(markdown: str) -> str:
    """Escape what would begin a list, a heading, a quotation or a rule at the start of a line."""
    match = _AT_START.match(markdown)
    if not match:
        return markdown
    if match["number"]:
        return f"{match['number']}\\{match['point']}{markdown[match.end() :]}"
    sign = match["sign"]
    return (_reference(sign) if sign in _NO_BACKSLASH else f"\\{sign}") + markdown[1:]


def escape_line(markdown: str) -> str:
    """Escape what has a meaning at the start or at the end of a line."""
    return escape_start(_HASH_AT_END.sub(r"\\#", markdown))


def escape_references(text: str) -> str:
    """Keep what looks like a character reference from being read as one."""
    return _REFERENCE.sub("&amp;", text)


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
