"""All that a PDF holds, as one text."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pypdf
from pypdf.generic import IndirectObject, StreamObject

if TYPE_CHECKING:
    from collections.abc import Iterator

UNREAD = "\n=== unread\n"  # before it stands what a person can read


def unpacked(pdf: bytes) -> str:
    """Return what a PDF tells: pages, metadata, outline, attachments; then every byte unpacked.

    What stands there in UTF-16 or in hexadecimal digits is read as well.
    """
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    size: Any = reader.trailer["/Size"]
    objects: list[Any] = [
        reader.get_object(IndirectObject(number, 0, reader)) for number in range(1, size)
    ]
    raw = b"\n".join([pdf, *(part for entry in objects for part in _strings(entry))])
    from_hex = [bytes.fromhex(run.decode()) for run in re.findall(rb"(?:[0-9a-fA-F]{2}){8,}", raw)]
    raw = b"\n".join([raw, *from_hex]).replace(b"\0", b"")
    said = [page.extract_text() for page in reader.pages]
    said += [str(value) for value in (reader.metadata or {}).values()]
    for entry in objects:
        read = isinstance(entry, StreamObject) and (entry.get("/Subtype"), entry.get("/Type"))
        if read and ("/XML" in read or "/EmbeddedFile" in read):
            said.append(entry.get_data().decode())
        elif isinstance(entry, dict) and "/Title" in entry:
            said.append(str(entry["/Title"]))
    return "\n".join([*said, UNREAD, raw.decode("latin-1")])


def _strings(thing: object) -> Iterator[bytes]:
    """Yield every name, text and stream of an object, streams unpacked."""
    if isinstance(thing, StreamObject):
        yield thing.get_data()
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _strings(value)
    elif isinstance(thing, str):
        yield thing.encode()
    elif isinstance(thing, bytes):
        yield thing
