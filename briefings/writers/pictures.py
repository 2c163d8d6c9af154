"""Pictures that a theme shows, such as a logo: files beside it, put into it as data: addresses.

What a picture is, its content says and not its name. An SVG is written anew from what was found in
it to be harmless, so nothing else of it reaches a page.
"""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from briefings.errors import InvalidInput, nearest
from briefings.resources import inside, read_bounded
from briefings.writers import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_PICTURE, MAX_TOGETHER = 1_000_000, 2_000_000  # bytes of one, and of all that a theme shows
MAX_PIXELS = 8_000_000  # an A4 page at 250 dots an inch
EXPECTED = "an SVG, PNG, JPEG or WebP picture"
_NAME = re.compile(r"(?!\.)[\w .-]+(/(?!\.)[\w .-]+)*\.(svg|png|jpe?g|webp)", re.IGNORECASE)
_FORMATS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF....WEBP"}
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")  # what paper and screen both show as it is
_DECLARING = re.compile(r"<!(?!--|\[CDATA\[)")
_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_UNSEEN = (f"{_SVG}metadata",)


def put_in(tokens: Iterable[Any], folder: Path) -> list[tuple[int, str]]:
    """Put each picture that a style sheet names into its tokens; return what is wrong, with lines.

    Args:
        tokens: of the style sheet, as ``tinycss2`` reads them; they are changed.
        folder: in which the style sheet lies; a picture of no other is taken.
    """
    wrong: list[tuple[int, str]] = []
    taken = 0
    for token in _tokens(tokens):
        data, why = "data:,", ""
        try:
            data = _address(_read(token.value, folder))
        except ValueError as error:
            why = str(error)
        taken += len(data)
        if taken > MAX_TOGETHER:
            why = f"makes over {MAX_TOGETHER // 1_000_000} MB of the pictures of this theme"
        if why:
            wrong.append((token.source_line, f'the picture "{token.value}" {why}'))
        token.representation = f'url("{data}")' if token.type == "url" else f'"{data}"'
        token.value = data
    return wrong


def named(tokens: Iterable[Any], folder: Path) -> list[Path]:
    """Return the files of the pictures that a style sheet names, in its order, each once."""
    found = (inside(folder, token.value) for token in _tokens(tokens))
    return list(dict.fromkeys(path for path in found if path))


def _tokens(tokens: Iterable[Any]) -> Iterator[Any]:
    """Yield the token of each address that is the name of a picture."""
    for token in tokens:
        if token.type == "url" and _NAME.fullmatch(token.value):
            yield token
        elif token.type == "function" and token.lower_name == "url":
            strings = (part for part in token.arguments if part.type == "string")
            yield from (part for part in strings if _NAME.fullmatch(part.value))
        elif token.type == "function":
            yield from _tokens(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _tokens(token.content)


def _read(name: str, folder: Path) -> bytes:
    path = inside(folder, name)
    if path is None:
        there = sorted(one.name for one in folder.iterdir() if _NAME.fullmatch(one.name))
        raise ValueError(f"does not lie beside the theme{nearest(name, there)}")
    try:
        return read_bounded(path, MAX_PICTURE, "picture")
    except InvalidInput as error:
        raise ValueError(f"cannot be taken: {error.problems[0].message}") from None


@lru_cache(16)
def _address(data: bytes) -> str:
    """Return a picture as a data: address.

    Raises:
        ValueError: it is none, or one that a page cannot hold; in words that follow its name.
    """
    for name, begin in _FORMATS.items():
        if re.match(begin, data, re.DOTALL):
            _check(data, name)
            return _data(f"image/{name.lower()}", data)
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise ValueError(f"is not {EXPECTED}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    return _data("image/svg+xml", ET.tostring(drawn(text), "utf-8"))


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _check(data: bytes, name: str) -> None:
    """Refuse a picture of dots that cannot be drawn, or only with far too much memory."""
    from PIL import Image, ImageFile  # noqa: PLC0415  # for themes with such a picture alone

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # as WeasyPrint sets it for all
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=(name,)) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise ValueError(f"has {width} by {height} dots; {MAX_PIXELS:,} are the most")
            if getattr(image, "is_animated", False):
                raise ValueError("moves; save a single picture")
            if image.mode not in _MODES:
                raise ValueError(f"is in {image.mode}; save it in RGB")
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError(f"has too many dots; {MAX_PIXELS:,} are the most") from None
    except (OSError, SyntaxError):
        raise ValueError(f"is damaged: no {name} that can be read") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def drawn(text: str) -> ET.Element:
    """Return what of an SVG draws something, once all of that is known to be harmless.

    Raises:
        ValueError: it is no SVG, or one that does more; in words that follow its name.
    """
    if _DECLARING.search(text):
        raise ValueError("has a DOCTYPE or entities; save it as plain SVG")
    try:
        root = ET.fromstring(text)  # noqa: S314  # without a DOCTYPE nothing grows
    except ET.ParseError as error:
        raise ValueError(f"is no XML: {error}") from None
    if root.tag != f"{_SVG}svg":
        raise ValueError(f'is not {EXPECTED}: an SVG is an <svg xmlns="{_SVG[1:-1]}">')
    _without_others(root)
    if said := next(_reasons(root), ""):
        raise ValueError(said)
    return root


def _without_others(root: ET.Element) -> None:
    """Take out what is not SVG, such as what a drawing program keeps for itself."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for key in list(element.attrib):
            if key.startswith("{") and not key.startswith((_XLINK, _XML)):
                del element.attrib[key]
        for child in list(element):
            if not child.tag.startswith(_SVG) or child.tag in _UNSEEN:
                element.remove(child)
            else:
                waiting.append(child)


def _reasons(root: ET.Element) -> Iterator[str]:
    for style in root.iter(f"{_SVG}style"):
        if len(style):
            yield "has a style with elements in it"
    if root.find(f".//{_SVG}image") is not None:
        yield "cannot hold <image>"
    yield from harmless.reasons(root, drawing=("style",))
