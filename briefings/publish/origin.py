"""Which brief a file was made of, as the file itself says.

A file is known by the page that it lies beside. Where that is gone, the file has to say for itself
whose it is: a PDF does in its metadata. A picture gets a line for that when it is published, with a
hash of what it was, in a comment of the SVG or a text of the PNG.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from zlib import crc32

from briefings import enclosed
from briefings.errors import InvalidInput
from briefings.model.written import SLUG_PATTERN
from briefings.publish.marker import DIGITS, SIGN, digits

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE = re.compile(
    rf"{SIGN} (?P<id>{SLUG_PATTERN}) (?P<audience>{SLUG_PATTERN}) (?P<hash>[0-9a-f]{{{DIGITS}}})"
)
_COMMENT = re.compile(rb"<!-- ([^<>]{1,400}) -->\n\Z")
_PNG = b"\x89PNG\r\n\x1a\n"
_LENGTH, _KIND, _CHECK = 4, 4, 4  # bytes of a chunk besides what it holds
_KEY = b"tEXtbriefings\0"  # kind of a chunk, and what it tells of
_END = b"\0\0\0\0IEND"
_REVISION = b"startxref"  # stands in a PDF once for each time that it was saved


@dataclass(frozen=True, slots=True)
class Origin:
    """Of which brief a file is.

    Attributes:
        id: of the briefing.
        audience: the reader.
        edited: whether it is not as it was made.
    """

    id: str
    audience: str
    edited: bool


def stamped(data: bytes, kind: str, id: str, audience: str) -> bytes:  # noqa: A002  # it is called so
    """Return a picture that says of which brief it is.

    Args:
        data: the picture.
        kind: ``svg`` or ``png``.
        id: of the briefing.
        audience: the reader.
    """
    line = f"{SIGN} {id} {audience} {digits(data)}".encode()
    if kind == "svg":
        return data + b"<!-- %s -->\n" % line
    start = data.rfind(_END)
    told = _KEY + line
    length, check = len(told) - _KIND, crc32(told)
    chunk = length.to_bytes(_LENGTH) + told + check.to_bytes(_CHECK)
    return data[:start] + chunk + data[start:]


def read(name: str, load: Callable[[], bytes]) -> Origin | None:
    """Return of which brief a file is; ``None`` where it does not say, or is none of ours.

    Args:
        name: of the file; its ending says what it is.
        load: returns its bytes.
    """
    kind = name.rpartition(".")[2].lower()
    return _READ[kind](load()) if kind in _READ else None


def _of_pdf(data: bytes) -> Origin | None:
    found = None
    with suppress(InvalidInput):
        found = enclosed.parsed(data, "")
    if found is None or not {"id", "audience", "content"} <= found.facts.keys():
        return None
    source = sha256(found.source).hexdigest() if found.source is not None else ""
    edited = source != found.facts["content"] or data.count(_REVISION) > 1
    return Origin(found.facts["id"], found.facts["audience"], edited)


def _of_svg(data: bytes) -> Origin | None:
    found = _COMMENT.search(data[-500:])
    return _said(found[1], data[: -len(found[0])]) if found else None


def _of_png(data: bytes) -> Origin | None:
    at = data.rfind(_KEY)
    if not data.startswith(_PNG) or at < len(_PNG) + _LENGTH:
        return None
    start = at - _LENGTH
    end = at + _KIND + int.from_bytes(data[start:at])
    return _said(data[at + len(_KEY) : end], data[:start] + data[end + _CHECK :])


def _said(line: bytes, rest: bytes) -> Origin | None:
    found = _LINE.fullmatch(line.decode("ascii", "replace"))
    return found and Origin(found["id"], found["audience"], found["hash"] != digits(rest))


_READ = {"pdf": _of_pdf, "svg": _of_svg, "png": _of_png}
