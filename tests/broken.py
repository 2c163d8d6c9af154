"""Small pages with one thing wrong each: the proof that what validates our PDFs can fail at all.

The table ``BROKEN`` says for each which rule page-validation and veraPDF find broken; an empty rule
is one that this validator does not find, so that nobody relies on it there. ``SOUND`` is the page
that each is made from.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdf
from pypdf.constants import UserAccessPermissions

from briefings.resources import Shelf
from briefings.writers import layout
from briefings.writers.fonts import only_ours

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[Any], None]

UA, A = "ua1", "3a"
VARIANTS = {UA: "pdf/ua-1", A: "pdf/a-3a"}
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="
CIRCLE = '<svg viewBox="0 0 9 9" width="9" height="9">{}<circle cx="4" cy="4" r="4"/></svg>'
TITLED = CIRCLE.format("<title>A dot</title>")
IMAGE = f'<img src="{PIXEL}" alt="A dot">'
LINK = '<p><a href="https://example.org/">An address</a></p>'
TABLE = """<table>
<thead><tr><th scope="col">One</th><th scope="col">Two</th></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr></tbody>
</table>"""
SOUND = f"""<!DOCTYPE html>
<html lang="en">
<head><title>A sound page</title>
<meta name="dcterms.created" content="2024-11-21T18:00:00Z">
<meta name="dcterms.modified" content="2024-11-21T18:00:00Z">
<style>* {{ font-family: "Source Sans 3" }} img {{ image-rendering: crisp-edges }}</style>
</head>
<body><h1>A sound page</h1><h2>A part</h2><p>Text.</p>
{IMAGE}
{TITLED}
{LINK}
{TABLE}
<ul><li>One</li></ul>
</body></html>"""


def made(profile: str, html: str = SOUND, change: Change | None = None) -> bytes:
    """Return a page as a PDF that claims to keep to a profile."""

    def finish(_: object, written: Any) -> None:  # noqa: ANN401
        if profile == A:
            _unpressed(written)
        if change:
            change(written)

    with only_ours(Shelf()), warnings.catch_warnings():
        # For PDF/A it opens its colour profile and leaves the closing to Python.
        warnings.simplefilter("ignore", ResourceWarning)
        weasyprint = layout.load()
        data: bytes = weasyprint.HTML(string=html).write_pdf(
            pdf_variant=VARIANTS[profile],
            pdf_tags=True,
            font_config=weasyprint.text.fonts.FontConfiguration(),
            finisher=finish,
        )
    return data


@dataclass(frozen=True, slots=True)
class Broken:
    """A page with one thing wrong.

    Attributes:
        name: what is wrong.
        profile: what the file claims to keep to.
        page: the rule that page-validation finds broken.
        vera: the rule that veraPDF finds broken, as clause and number of its test.
        swap: a piece of the sound page and what stands there instead.
        change: a change to the PDF as it is written.
        after: a change to its bytes.
    """

    name: str
    profile: str
    page: str
    vera: str
    swap: tuple[str, str] = ("", "")
    change: Change | None = None
    after: Callable[[bytes], bytes] | None = None

    def data(self) -> bytes:
        old, new = self.swap
        assert old in SOUND, f"the sound page has no {old}"
        made_of = SOUND.replace(old, new) if old else SOUND
        found = made(self.profile, made_of, self.change)
        return self.after(found) if self.after else found


def _without(where: Callable[[Any], bool], key: str) -> Change:
    """Return a change that takes a key from every dictionary that is meant; there must be one."""

    def change(written: Any) -> None:  # noqa: ANN401  # pydyf has no types
        meant = [e for e in written.objects if isinstance(e, dict) and key in e and where(e)]
        assert meant, f"nothing has {key}"
        for entry in meant:
            del entry[key]

    return change


def _no_intent(written: Any) -> None:  # noqa: ANN401
    del written.catalog["OutputIntents"]


def _no_title_shown(written: Any) -> None:  # noqa: ANN401
    del written.catalog["ViewerPreferences"]


def _another_date(written: Any) -> None:  # noqa: ANN401
    string = type(written.info["ModDate"])
    written.info["ModDate"] = string("D:20200101000000Z")


def _no_fonts(written: Any) -> None:  # noqa: ANN401
    _without(lambda e: e.get("Type") == "/FontDescriptor", "FontFile2")(written)


def _metadata(old: bytes) -> Change:
    """Return a change that takes a piece from the metadata; it must be there."""

    def change(written: Any) -> None:  # noqa: ANN401
        for stream in _xml(written):
            before = b"".join(
                part if isinstance(part, bytes) else str(part).encode() for part in stream.stream
            )
            after = re.sub(old, b"", before)
            assert after != before, before
            stream.stream = [after]

    return change


def _encrypted(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    rights = UserAccessPermissions.all() & ~UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS
    writer.encrypt("", "owner", permissions_flag=rights, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _attached_to_nothing(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.add_attachment("a.txt", b"A text")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _unpressed(written: Any) -> None:  # noqa: ANN401
    """Leave the metadata uncompressed, as PDF/A asks and WeasyPrint does not."""
    for entry in _xml(written):
        entry.compress = False


def _xml(written: Any) -> list[Any]:  # noqa: ANN401
    found = [e for e in written.objects if getattr(e, "extra", {}).get("Subtype") == "/XML"]
    assert found
    return found


BROKEN = (
    Broken("an image without alt", UA, "FIGURE-ALTERNATIVE-TEXT", "7.3-1", (' alt="A dot"', "")),
    Broken(
        "an image with an empty alt",
        UA,
        "FIGURE-ALTERNATIVE-TEXT",
        "7.3-1",
        ('alt="A dot"', 'alt=""'),
    ),
    Broken(
        "an SVG without title", UA, "FIGURE-ALTERNATIVE-TEXT", "7.3-1", ("<title>A dot</title>", "")
    ),
    Broken("a skipped heading level", UA, "HEADING-NESTING", "7.4.2-1", ("h2>", "h3>")),
    Broken("no language", UA, "LANGUAGE-TAG", "7.2-29", (' lang="en"', "")),
    Broken("no title", UA, "METADATA-TITLE", "7.1-9", ("<title>A sound page</title>", "")),
    Broken("a row with a cell too few", UA, "TABLE-ROW-COLUMNSPAN", "7.2-43", ("<td>2</td>", "")),
    Broken(
        "a row with a cell too many",
        UA,
        "TABLE-ROW-COLUMNSPAN",
        "7.2-42",
        ("<td>2</td>", "<td>2</td><td>3</td>"),
    ),
    # Both take a head for the head of its column where the table is plain; test_profiles asks.
    Broken("a head of a column without scope", UA, "", "", (' scope="col"', "")),
    Broken("opacity", UA, "", "7.1-3", ("<p>Text", '<p style="opacity: .5">Text')),
    Broken("an image inside a link", UA, "LINK-LINK-TAG", "7.18.5-1", ("An address", IMAGE)),
    Broken("an SVG inside a link", UA, "LINK-LINK-TAG", "7.18.5-1", ("An address", TITLED)),
    Broken("a character that no font has", UA, "NOTDEF-GLYPH", "7.21.8-1", ("Text.", "\U0001d6fc")),
    Broken("the title is not shown", UA, "VIEWER-PREFERENCES", "7.1-10", change=_no_title_shown),
    Broken(
        "a link without a description",
        UA,
        "LINK-CONTENTS",
        "7.18.5-2",
        change=_without(lambda e: e.get("Subtype") == "/Link", "Contents"),
    ),
    Broken(
        "no order of tabs",
        UA,
        "PAGE-TABS",
        "7.18.3-1",
        change=_without(lambda e: e.get("Type") == "/Page", "Tabs"),
    ),
    Broken("a font that is not embedded", UA, "FONT-EMBEDDING", "7.21.4.1-1", change=_no_fonts),
    Broken(
        "metadata that do not claim PDF/UA",
        UA,
        "ID-PART",
        "5-1",
        change=_metadata(rb'pdfuaid:part="1"|<pdfuaid:part>1</pdfuaid:part>'),
    ),
    Broken("encrypted against screen readers", UA, "ENCRYPTION-P", "7.16-1", after=_encrypted),
    Broken("no output intent", A, "DEVICE-RGB", "6.2.4.3-2", change=_no_intent),
    Broken(
        "metadata that do not claim PDF/A",
        A,
        "ID-PART",
        "6.6.4-2",
        change=_metadata(rb'pdfaid:part="3"|<pdfaid:part>3</pdfaid:part>'),
    ),
    Broken(
        "an image that is smoothed",
        A,
        "IMAGE-INTERPOLATE",
        "6.2.8-3",
        ("image-rendering: crisp-edges", ""),
    ),
    Broken("encrypted", A, "ENCRYPTION", "6.1.3-2", after=_encrypted),
    Broken(
        "a font that is not embedded, in PDF/A",
        A,
        "FONT-EMBEDDING",
        "6.2.11.4.1-1",
        change=_no_fonts,
    ),
    Broken(
        "an attachment without a relationship",
        A,
        "FILE-SPEC-AF-RELATIONSHIP",
        "6.8-3",
        after=_attached_to_nothing,
    ),
    # PDF/A-1 asked for this, PDF/A-3 does not; test_profiles asks.
    Broken("dates that differ between Info and XMP", A, "", "", change=_another_date),
)
