"""What a PDF of ours carries, read back from a file that may come from anywhere.

Nothing in it is believed: its size is bounded, what is packed in it too, and whatever else is wrong
with it is one sentence.
"""

from __future__ import annotations

import io
import logging
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings import source
from briefings.errors import InvalidInput
from briefings.resources import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PDF = 100_000_000  # bytes
_MAX_FILES = 100
_FACT = re.compile(r"<brief:(\w{1,20})>([^<]{0,4000})</brief:\1>")
_PRODUCER = re.compile(r'pdf:Producer="([^"<]{1,200})"')
_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A PDF with what is in it.

    Attributes:
        file: its name, for messages.
        data: its bytes.
        facts: what its XMP tells of the brief, by the names of ``xmp.PROPERTIES``; and the
            ``producer``. Empty where it is none of ours.
        source: the attached YAML; ``None`` where there is none.
        damaged: whether there is one that cannot be unpacked.
    """

    file: str
    data: bytes
    facts: dict[str, str]
    source: bytes | None
    damaged: bool = False


def read(path: Path | str) -> Enclosed:
    """Read a PDF; ``"-"`` is standard input.

    Raises:
        InvalidInput: it is missing, no PDF, damaged, encrypted or too large.
    """
    file = "<stdin>" if str(path) == _STDIN else str(path)
    if str(path) == _STDIN:
        data = sys.stdin.buffer.read(MAX_PDF + 1)
        if len(data) > MAX_PDF:
            raise InvalidInput.of(f"the input is over {MAX_PDF // 1_000_000} MB", file)
    else:
        data = read_bounded(Path(path), MAX_PDF, "PDF")
    return parsed(data, file)


def parsed(data: bytes, file: str) -> Enclosed:
    """Read the bytes of a PDF, which messages call *file*.

    Raises:
        InvalidInput: it is no PDF, damaged or encrypted.
    """
    if not data.startswith(b"%PDF-"):
        raise InvalidInput.of("this is no PDF", file)
    import pypdf  # noqa: PLC0415  # 70 ms that no other command needs

    with _quietly(), pypdf.apply_configuration(zlib_maximum_output_length=source.MAX_BYTES):
        # A library that reads what anybody may have written fails in many ways.
        try:
            reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
            encrypted = reader.is_encrypted
            root: Any = {} if encrypted else reader.trailer["/Root"].get_object()
            told, embedded = _facts(root), _embedded(root)
        except Exception as error:
            raise InvalidInput.of(f"the PDF is damaged: {_first(error)}", file) from error
        if encrypted:
            raise InvalidInput.of("the PDF is encrypted; what is in it cannot be read", file)
        if embedded is None:
            return Enclosed(file, data, told, None)
        try:
            if _packed_otherwise(embedded):
                return Enclosed(file, data, told, None, damaged=True)
            return Enclosed(file, data, told, embedded.get_data())
        except Exception:  # noqa: BLE001  # as above
            return Enclosed(file, data, told, None, damaged=True)


def extract(path: Path | str) -> bytes:
    """Return the YAML that a PDF carries.

    Raises:
        InvalidInput: it carries none, or what it carries cannot be read back.
    """
    enclosed = read(path)
    if enclosed.damaged:
        raise InvalidInput.of("the source in this PDF is damaged", enclosed.file)
    if enclosed.source is None or not enclosed.facts:
        raise InvalidInput.of(f"this is no brief of ours: {lacking(enclosed)}", enclosed.file)
    if sha256(enclosed.source).hexdigest() != enclosed.facts.get("content"):
        said = "the source in this PDF was changed: it is not the one that the brief was made of"
        raise InvalidInput.of(said, enclosed.file)
    source.parse(enclosed.source, f"{enclosed.file}: its source")
    return enclosed.source


def lacking(enclosed: Enclosed) -> str:
    """Say what a PDF has not that each of ours has."""
    return "there is no source in it" if enclosed.source is None else "it does not say what it is"


def _facts(root: Any) -> dict[str, str]:  # noqa: ANN401
    """Return what the XMP tells; a pattern reads it, for no parser of XML is made for strangers."""
    if "/Metadata" not in root or _packed_otherwise(root["/Metadata"]):
        return {}
    xmp = root["/Metadata"].get_data().decode("utf-8", "replace")
    told = {name: unescape(value) for name, value in _FACT.findall(xmp)}
    producer = _PRODUCER.search(xmp)
    return told | {"producer": unescape(producer[1])} if told and producer else told


def _embedded(root: Any) -> Any:  # noqa: ANN401
    """Return the stream of the first file that is attached as the source, or ``None``."""
    for entry in list(root.get("/AF", []))[:_MAX_FILES]:
        file = entry.get_object()
        if file.get("/AFRelationship") == "/Source":
            return file["/EF"]["/F"].get_object()
    return None


def _packed_otherwise(stream: Any) -> bool:  # noqa: ANN401
    """Whether a stream is packed as none of ours is; some unpack to gigabytes without a bound."""
    filters = stream.get("/Filter", [])
    names = [filters] if isinstance(filters, str) else list(filters)
    return names not in ([], ["/FlateDecode"])


def _first(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".split("\n")[0][:100].rstrip(": ")


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep what the library would print of a damaged file from the terminal."""
    logger = logging.getLogger("pypdf")
    silence = logging.NullHandler()
    before = logger.propagate
    logger.addHandler(silence)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(silence)
