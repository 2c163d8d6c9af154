"""What a file beside a page says of itself: of which brief it is, and whether it is as it was."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from briefings import enclosed
from briefings.publish import marker, origin
from tests.publishing import FIRE, FLOOD, desk, pages, planned, toml, wiki
from tests.rendering import put

__all__ = ["desk"]
PDF = f"{FIRE}.pdf"


def test_a_picture_says_of_which_brief_it_is_and_shows_the_same() -> None:
    image = pytest.importorskip("PIL.Image")
    written = io.BytesIO()
    image.new("RGB", (3, 2), "#123456").save(written, "PNG")
    plain = {"png": written.getvalue(), "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>\n"}
    for kind, data in plain.items():
        made, name = origin.stamped(data, kind, "fire", "press"), f"fire.press.map.{kind}"
        assert _said(name, made) == origin.Origin("fire", "press", edited=False)
        other = made.replace(b"svg xmlns", b"svg  xmlns") if kind == "svg" else _other(made)
        assert _said(name, other) == origin.Origin("fire", "press", edited=True)
        assert _said(name, data) is None
    opened = image.open(io.BytesIO(origin.stamped(plain["png"], "png", "fire", "press")))
    opened.load()
    assert opened.tobytes() == image.open(io.BytesIO(plain["png"])).tobytes()
    assert opened.info["briefings"].startswith("briefings: fire press ")


def _said(name: str, data: bytes) -> origin.Origin | None:
    return origin.read(name, lambda: data)


def _other(png: bytes) -> bytes:
    """Return a picture with one byte of its header changed."""
    return png[:20] + bytes([png[20] ^ 1]) + png[21:]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_anybody_may_have_written_says_nothing(data: bytes) -> None:
    for kind in ("pdf", "png", "svg", "txt", ""):
        assert origin.read(f"fire.press.{kind}", lambda: data) is None
    assert origin.read("a.png", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\0tEXtbriefings\0") is None


def test_a_pdf_whose_source_was_changed_is_not_as_it_was_made() -> None:
    put(Path(), {"briefings.toml": toml("pdf = true")})
    planned()
    data = (wiki() / PDF).read_bytes()
    found = origin.read(PDF, lambda: data)
    assert found == origin.Origin("2026-05-03-fire", "press", edited=False)
    facts = enclosed.parsed(data, PDF).facts["content"].encode()
    other = data.replace(facts, facts[::-1])
    assert origin.read(PDF, lambda: other) == origin.Origin("2026-05-03-fire", "press", edited=True)


def test_a_marker_tells_of_other_files_and_of_nothing_else() -> None:
    planned()
    text = pages()[FLOOD]
    more = {"pdf": "0" * 12, "map.svg": "1" * 12}
    again = marker.retold(text, more)
    read = marker.read(again)
    assert read
    assert (dict(read.marker.files), read.edited) == (more, False)
    assert marker.retold(again, {}) == text
    assert marker.retold("# Mine\n", more) == "# Mine\n"
    assert marker.telling(text.encode(), more) == again.encode()
