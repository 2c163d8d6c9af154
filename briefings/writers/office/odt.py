"""OpenDocument, as LibreOffice and others read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from briefings.model.vocabulary import Pictures
from briefings.writers import Written
from briefings.writers.beside import beside
from briefings.writers.office.facts import Facts, facts
from briefings.writers.office.pandoc import packed, parts
from briefings.writers.office.tree import shown, tree

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.model.paper import Paper
    from briefings.resources import Shelf

_CELL = re.compile(
    r'(<style:style style:name="Table(Header|)RowCell"[^>]*>\s*)<style:table-cell-properties[^>]*/>'
)
_FRAME = re.compile(
    r'svg:width="([\d.]+)pt"\s+svg:height="([\d.]+)pt"(.*?)</draw:frame>', re.DOTALL
)
_META = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"><office:meta>\
<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>\
<meta:initial-creator>{authors}</meta:initial-creator><dc:creator>{authors}</dc:creator>\
<meta:keyword>{label}</meta:keyword><dc:language>{language}</dc:language>\
<meta:creation-date>{instant}</meta:creation-date><dc:date>{instant}</dc:date>\
<meta:generator>briefings</meta:generator></office:meta></office:document-meta>"""


def write(document: Document, marked: str, shelf: Shelf) -> Written:
    """Return the document, its map as a picture in it.

    Raises:
        Unequipped: pandoc, or what draws pictures, is not there.
    """
    marked, files = beside(document, marked, shelf, Pictures.PNG, laid_out=False)
    found = parts(tree(marked, files, document.written), "odt")
    about = facts(document)
    said = {name: escape(str(value)) for name, value in about._asdict().items()}
    found["meta.xml"] = _META.format(**said, instant=about.instant).encode()
    styles = found["styles.xml"].decode()
    for sign, value in _filled(about, document.paper).items():
        styles = styles.replace(f"@{sign}@", value)
    found["styles.xml"] = styles.encode()
    content = _CELL.sub(_lined, found["content.xml"].decode())
    found["content.xml"] = _framed(content, shown(marked), document.paper).encode()
    return Written(packed(found, about.day, "mimetype"))


def _lined(found: re.Match[str]) -> str:
    """Draw a line below a cell, and leave white beside it: pandoc leaves neither."""
    head = found[2] == "Header"
    below = "0.9pt solid #16181d" if head else "0.5pt solid #c6cad3"
    white = 'fo:padding="0.7mm" fo:padding-left="0mm" fo:padding-right="2.5mm"'
    side = "bottom" if head else "top"
    cell = f'fo:border-bottom="{below}" {white} style:vertical-align="{side}"'
    return f"{found[1]}<style:table-cell-properties {cell}/>"


def _framed(content: str, said: list[str], paper: Paper) -> str:
    """Say what each picture shows, and make it as wide as the text: pandoc does neither."""
    words = iter(said)
    room = paper.sides[0] - 2 * paper.margins["side"]

    def framed(found: re.Match[str]) -> str:
        width, height = float(found[1]), float(found[2])
        sides = f'svg:width="{room:g}mm" svg:height="{room * height / width:.1f}mm"'
        return f"{sides}{found[3]}<svg:desc>{escape(next(words))}</svg:desc></draw:frame>"

    return _FRAME.sub(framed, content)


def _filled(about: Facts, paper: Paper) -> dict[str, str]:
    """Return what stands in the place of each sign of the styles."""
    width, height = paper.sides
    side = paper.margins["side"]
    room = width - 2 * side
    counted = "".join(
        _field(part) if number % 2 else escape(part) for number, part in enumerate(about.counted)
    )
    label = f'<text:span text:style-name="Label">\u00a0{escape(about.label)}\u00a0</text:span>'
    return {
        "WIDTH": f"{width:g}mm",
        "HEIGHT": f"{height:g}mm",
        "SIDE": f"{side:g}mm",
        "MIDDLE": f"{room / 2:g}mm",
        "RIGHT": f"{room:g}mm",
        "COLOUR": about.colour,
        "HEADER": f"{escape(about.head)}<text:tab/><text:tab/>{label}",
        "FOOTER": f"{escape(about.foot)}<text:tab/>{counted}<text:tab/>{label}",
    }


def _field(name: str) -> str:
    if name == "page":
        return '<text:page-number text:select-page="current">1</text:page-number>'
    return "<text:page-count>1</text:page-count>"
