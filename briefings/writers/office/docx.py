"""Office Open XML, as Word and others read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from briefings.model.vocabulary import Pictures
from briefings.writers import Written
from briefings.writers.beside import beside
from briefings.writers.office.facts import Facts, facts
from briefings.writers.office.pandoc import packed, parts
from briefings.writers.office.tree import tree

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.model.paper import Paper
    from briefings.resources import Shelf

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TWIPS = 1440 / 25.4  # of a millimetre
_EDGE = 9.0  # millimetres from the edge of the sheet to its head and its foot
_WHITE = 22.0  # millimetres above and below the text, in which these stand
_SECTION = re.compile(rb"<w:sectPr\b.*?</w:sectPr>|<w:sectPr\s*/>", re.DOTALL)
_ROW = re.compile(rb"<w:tr>(<w:trPr>)?")
# Where pandoc says what file a picture was, it says all of it again.
FILE = re.compile(rb'(<pic:cNvPr\b[^>]*?) descr="data:[^"]*"')
_APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>briefings</Application></Properties>"""
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>\
<dc:subject>{subject}</dc:subject><dc:creator>{authors}</dc:creator>\
<cp:keywords>{label}</cp:keywords><dc:language>{language}</dc:language>\
<dcterms:created xsi:type="dcterms:W3CDTF">{instant}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{instant}</dcterms:modified></cp:coreProperties>"""


def write(document: Document, marked: str, shelf: Shelf) -> Written:
    """Return the document, its map as a picture in it.

    Raises:
        Unequipped: pandoc, or what draws pictures, is not there.
    """
    marked, shown = beside(document, marked, shelf, Pictures.PNG, laid_out=False)
    found = parts(tree(marked, shown, document.written), "docx")
    about = facts(document)
    found["word/header1.xml"] = _edge("hdr", "Header", about, [about.head], document.paper)
    counted = "".join(
        _field(part) if n % 2 else _text(part) for n, part in enumerate(about.counted)
    )
    found["word/footer1.xml"] = _edge("ftr", "Footer", about, [about.foot, counted], document.paper)
    found["docProps/core.xml"] = _core(about)
    found["docProps/app.xml"] = _APP.encode()  # pandoc's tells of another document
    found["word/document.xml"] = _SECTION.sub(
        _section(document.paper).encode(), found["word/document.xml"]
    )
    found["word/document.xml"] = _ROW.sub(_whole_row, found["word/document.xml"])
    found["word/document.xml"] = FILE.sub(rb"\1", found["word/document.xml"])
    _join(found)
    return Written(packed(found, about.day))


def _whole_row(found: re.Match[bytes]) -> bytes:
    """Keep a row of a table on one page."""
    return b"<w:tr><w:trPr><w:cantSplit/>" + (b"" if found[1] else b"</w:trPr>")


def _join(found: dict[str, bytes]) -> None:
    """Tell the file of its head and foot."""
    told = links = ""
    for name in ("header", "footer"):
        told += f'<Override PartName="/word/{name}1.xml" ContentType="{_KIND}.{name}+xml"/>'
        links += f'<Relationship Id="{name}1" Type="{_R}/{name}" Target="{name}1.xml"/>'
    for part, end, more in (
        ("[Content_Types].xml", b"</Types>", told),
        ("word/_rels/document.xml.rels", b"</Relationships>", links),
    ):
        found[part] = found[part].replace(end, more.encode() + end)


def _core(about: Facts) -> bytes:
    said = {name: escape(str(value)) for name, value in about._asdict().items()}
    return _CORE.format(**said, instant=about.instant).encode()


def _section(paper: Paper) -> str:
    width, height = paper.sides
    side = paper.margins["side"]
    turned = ' w:orient="landscape"' if width > height else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="header1" xmlns:r="{_R}"/>'
        f'<w:footerReference w:type="default" r:id="footer1" xmlns:r="{_R}"/>'
        f'<w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{_twips(_WHITE)}" w:bottom="{_twips(_WHITE)}" w:left="{_twips(side)}" '
        f'w:right="{_twips(side)}" w:header="{_twips(_EDGE)}" w:footer="{_twips(_EDGE)}" '
        f'w:gutter="0"/></w:sectPr>'
    )


def _edge(tag: str, style: str, about: Facts, said: list[str], paper: Paper) -> bytes:
    """Return the head or the foot: text, for a foot the number of the page, and the label."""
    room = paper.sides[0] - 2 * paper.margins["side"]
    stops = f'<w:tab w:val="right" w:pos="{_twips(room)}"/>'
    first, *middle = said
    if middle:
        stops = f'<w:tab w:val="center" w:pos="{_twips(room / 2)}"/>{stops}'
    runs = _text(first) + "".join(f"<w:r><w:tab/></w:r>{one}" for one in middle)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{tag} xmlns:w="{_W}">'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:tabs>{stops}</w:tabs></w:pPr>{runs}'
        f"<w:r><w:tab/></w:r>{_label(about)}</w:p></w:{tag}>"
    ).encode()


def _label(about: Facts) -> str:
    colour = f'<w:color w:val="{about.colour[1:].upper()}"/>'
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
    how = f'<w:rPr><w:rStyle w:val="Label"/>{colour}{shade}</w:rPr>'
    return f'<w:r>{how}<w:t xml:space="preserve">\u00a0{escape(about.label)}\u00a0</w:t></w:r>'


def _text(said: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(said)}</w:t></w:r>' if said else ""


def _field(name: str) -> str:
    code = {"page": "PAGE", "pages": "NUMPAGES"}[name]
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)
