"""The last line of each published page: where the page comes from, and what the program wrote.

A reader sees which briefing it is, in which version, and the content hash that the brief's own foot
has too. The program knows by the last of it whether somebody has edited the page since. It is one
line in every dialect, which may escape it as it likes: nothing that can stand in it is a sign of an
escape.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from briefings.model.written import SLUG_PATTERN

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN = "briefings:"
MENTION = SIGN[:-1].encode()  # stands in each page of ours; a dialect may escape the colon
BETWEEN = " · "
DIGITS = 12  # hex digits of a SHA-256
_ESCAPES = re.compile(r"\\|%%|</?nowiki>|</?sub>|<!-- -->|^<!-- | -->$|[*`]|''|//")
_HASH = f"[0-9a-f]{{{DIGITS}}}"
_FILE = re.compile(rf"(?P<ending>[a-z0-9.-]+) (?P<hash>{_HASH})")
_PAGE = re.compile(rf"page (?P<hash>{_HASH})")
_BRIEF = re.compile(
    rf"(?P<id>{SLUG_PATTERN}) · (?P<audience>{SLUG_PATTERN}) · version (?P<version>[0-9.]+)"
    rf" · as of (?P<as_of>[0-9TZ:+-]+) · content (?P<content>{_HASH})"
)
_OF_BRIEF = 5  # parts of a marker that say which brief it is
_OTHER = re.compile(r"(?P<kind>index|series|sidebar|moved)(?: (?P<id>\S+))?")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a page says of itself.

    Attributes:
        kind: ``brief``, ``series``, ``index``, ``sidebar`` or ``moved``.
        id: the id of the briefing; of a page that has moved, the name of the page that it leads to;
            of others, their own name, so that a copy of one is known for that.
        audience: the reader, of a brief.
        version: the briefing's.
        as_of: the information cut-off, in ISO 8601.
        content: of the reader's own document, ``DIGITS`` of its SHA-256.
        files: of each file beside the page, how its name goes on after the page's, with ``DIGITS``
            of the SHA-256 of what was written.
    """

    kind: str
    id: str = ""
    audience: str = ""
    version: str = ""
    as_of: str = ""
    content: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def line(self, page: str) -> str:
        """Return the line as plain text; *page* is the ``fingerprint`` of what is above it."""
        if self.kind == "brief":
            said = [self.id, self.audience, f"version {self.version}", f"as of {self.as_of}"]
            said.append(f"content {self.content}")
        else:
            said = [self.kind if self.id == self.kind else f"{self.kind} {self.id}".strip()]
        return f"{SIGN} {BETWEEN.join([*said, *_told(self.files), f'page {page}'])}"


@dataclass(frozen=True, slots=True)
class Read:
    """The marker of a page that stands somewhere, and whether somebody has edited the page."""

    marker: Marker
    edited: bool


def read(text: str) -> Read | None:
    """Return what the marker of a page says, or ``None`` where the page has none."""
    lines = _lines(text)
    for number in range(len(lines) - 1, -1, -1):
        if SIGN[:-1] in lines[number] and (found := _parsed(lines[number])):
            marker, page = found
            above = "\n".join(lines[:number])
            return Read(marker, number + 1 < len(lines) or fingerprint(above) != page)
    return None


def retold(text: str, files: Mapping[str, str]) -> str:
    """Return a page whose marker tells of these files, and of no others; all else stays."""
    lines = text.splitlines(keepends=True)
    for number in range(len(lines) - 1, -1, -1):
        if SIGN[:-1] in lines[number] and (found := _parsed(lines[number])):
            parts = lines[number].split(BETWEEN)
            own = _OF_BRIEF if found[0].kind == "brief" else 1
            lines[number] = BETWEEN.join([*parts[:own], *_told(files), parts[-1]])
            return "".join(lines)
    return text


def telling(page: bytes, more: Mapping[str, str]) -> bytes:
    """Return a page whose marker tells of these files besides those that it tells of."""
    if not more:
        return page
    text = page.decode()
    said = read(text)
    return retold(text, {**more, **said.marker.files}).encode() if said else page


def fingerprint(text: str) -> str:
    """Return what tells whether a page was edited.

    Wikis change line ends and last spaces; MediaWiki joins a letter and its accent, too.
    """
    return digits(unicodedata.normalize("NFC", "\n".join(_lines(text))).encode())


def digits(data: bytes) -> str:
    """Return the first ``DIGITS`` of a SHA-256."""
    return sha256(data).hexdigest()[:DIGITS]


def _told(files: Mapping[str, str]) -> list[str]:
    return [f"{ending} {digits}" for ending, digits in sorted(files.items())]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _parsed(line: str) -> tuple[Marker, str] | None:
    """Return a marker with the hash of its page, where a line is one."""
    plain = _ESCAPES.sub("", html.unescape(line.strip())).strip()
    if not plain.startswith(SIGN):
        return None
    parts = plain.removeprefix(SIGN).strip().split(BETWEEN)
    page = _PAGE.fullmatch(parts.pop())
    files: dict[str, str] = {}
    said, rest = parts[:1], parts[1:]
    brief = _BRIEF.fullmatch(BETWEEN.join(parts[:_OF_BRIEF]))
    if brief:
        said, rest = parts[:_OF_BRIEF], parts[_OF_BRIEF:]
    other = None if brief else _OTHER.fullmatch(said[0] if said else "")
    for part in rest:
        if not (one := _FILE.fullmatch(part)):
            return None
        files[one["ending"]] = one["hash"]
    if not page or not (brief or other):
        return None
    if brief:
        return Marker("brief", **brief.groupdict(), files=files), page["hash"]
    assert other  # noqa: S101  # one of them it is
    return Marker(other["kind"], other["id"] or other["kind"], files=files), page["hash"]
