"""Makes the documents in ``data/office`` whose styles the office formats take: our theme's.

They are pandoc's own, with the styles of ``STYLES`` in the place of its. Run it with
``python -m scripts.office`` after a change here, of the theme's colours, or of pandoc.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pypandoc import get_pandoc_path

from briefings.resources import Shelf
from briefings.writers.office.pandoc import packed
from briefings.writers.theme import paint, theme

FOLDER = Path(__file__).parents[1] / "data" / "office"
DAY = (2026, 1, 1)  # of no meaning, and the same each time
COLOURS = paint(theme((), Shelf()))
SERIF, SANS, MONO = "Source Serif 4", "Source Sans 3", "Source Code Pro"
# What a program takes that has not got ours; and what it does if it has not got this either.
OTHERS = {
    SERIF: ("Georgia", "roman"),
    SANS: ("Arial", "swiss"),
    MONO: ("Consolas", "modern"),
}


@dataclass(frozen=True)
class Style:
    """A style of a paragraph: lengths in points, colours by the names of the theme."""

    font: str = SERIF
    size: float = 10.5
    bold: bool = False
    colour: str = "ink"
    before: float = 4
    after: float = 3
    line: int = 105  # per cent of what the font itself asks for
    together: bool = False  # with what follows
    top: str = ""  # a line above it, of this colour
    left: str = ""  # a bar left of it, with a ground


BODY = Style()
CELL = Style(SANS, 9, before=1.5, after=1.5, line=96)
# By the names of the two formats; "" where one of them has no such style.
STYLES: dict[tuple[str, str], Style] = {
    ("Body Text", "Text_20_body"): BODY,
    ("First Paragraph", "First_20_paragraph"): BODY,
    ("Compact", "Table_20_Contents"): CELL,
    ("", "Table_20_Heading"): Style(SANS, 9, bold=True, before=1.5, after=1.5, line=96),
    ("heading 1", "Heading_20_1"): Style(
        SERIF, 21, bold=True, before=6, after=6, line=92, together=True
    ),
    ("heading 2", "Heading_20_2"): Style(
        SANS, 12, bold=True, before=14, after=5, line=96, together=True, top="ink"
    ),
    ("heading 3", "Heading_20_3"): Style(
        SANS, 9.5, bold=True, before=9, after=3, line=96, together=True
    ),
    ("Block Text", "Quotations"): Style(left="line"),
    ("Notice", "Notice"): Style(SANS, 9.5, after=7, line=100, left="accent"),
    ("Correction", "Correction"): Style(SANS, 9.5, after=7, line=100, left="alarm"),
    ("Source Code", "Preformatted_20_Text"): Style(MONO, 9),
    ("header", "Header"): Style(SANS, 8, colour="quiet", before=0, after=0),
    ("footer", "Footer"): Style(SANS, 8, colour="quiet", before=0, after=0),
}
IDS = {
    "header": "Header",
    "footer": "Footer",
    "Block Text": "BlockText",
    "Source Code": "SourceCode",
}
IDS |= {f"heading {level}": f"Heading{level}" for level in (1, 2, 3)}


def main() -> None:
    """Write both documents."""
    FOLDER.mkdir(exist_ok=True)
    for form, data in made().items():
        path = FOLDER / f"reference.{form}"
        path.write_bytes(data)
        sys.stdout.write(f"{path}\n")


def made() -> dict[str, bytes]:
    """Return both documents, by format."""
    docx, odt = _of_pandoc("docx"), _of_pandoc("odt")
    docx["word/styles.xml"] = _docx_styles().encode()
    docx["word/fontTable.xml"] = _docx_fonts().encode()
    docx["docProps/core.xml"] = re.sub(
        rb"\d{4}-[\d-]+T[\d:]+Z", b"2026-01-01T00:00:00Z", docx["docProps/core.xml"]
    )
    odt["styles.xml"] = _odt_styles(odt["styles.xml"].decode()).encode()
    return {"docx": packed(docx, DAY), "odt": packed(odt, DAY, "mimetype")}


def _of_pandoc(form: str) -> dict[str, bytes]:
    command = [get_pandoc_path(), "--print-default-data-file", f"reference.{form}"]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # pandoc itself
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as file:
        return {name: file.read(name) for name in file.namelist()}


# --- Office Open XML: sizes in half points, spaces in twentieths, borders in eighths -------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TABLE = """<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/>\
<w:tblPr><w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>\
<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>\
<w:bottom w:w="20" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>\
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>\
<w:bottom {ink}/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>"""


def _docx_styles() -> str:
    fonts = _docx_face(SERIF)
    default = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val={_hex('ink')}/>"
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_docx_space(BODY)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
    )
    own = "".join(_docx_style(name, style) for (name, _), style in STYLES.items() if name)
    line = f'w:val="single" w:sz="4" w:space="0" w:color={_hex("line")}'
    ink = f'w:val="single" w:sz="8" w:space="0" w:color={_hex("ink")}'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:styles {_W}>{default}{normal}{own}'
        f"{_TABLE.format(line=line, ink=ink)}{_docx_characters()}</w:styles>"
    )


def _docx_style(name: str, style: Style) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    half = f'"{round(style.size * 2)}"'
    based = "" if style is BODY and name == "Body Text" else '<w:basedOn w:val="Normal"/>'
    level = f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>' if name.startswith("heading") else ""
    after = '<w:next w:val="BodyText"/>' if level else ""
    indent = '<w:ind w:left="170"/>' if style.left else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{IDS.get(name, name.replace(" ", ""))}">'
        f'<w:name w:val="{name}"/>{based}{after}<w:qFormat/><w:pPr>'
        f"{'<w:keepNext/><w:keepLines/>' if style.together else ''}{_docx_border(style)}"
        f"{_docx_space(style)}{indent}{level}</w:pPr>"
        f"<w:rPr>{_docx_face(style.font)}{bold}<w:color w:val={_hex(style.colour)}/>"
        f"<w:sz w:val={half}/><w:szCs w:val={half}/></w:rPr></w:style>"
    )


def _docx_space(style: Style) -> str:
    space = f'w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"'
    return f'<w:spacing {space} w:line="{round(style.line * 2.4)}" w:lineRule="auto"/>'


def _docx_border(style: Style) -> str:
    if style.top:
        line = f'w:val="single" w:sz="10" w:space="4" w:color={_hex(style.top)}'
        return f"<w:pBdr><w:top {line}/></w:pBdr>"
    if style.left:
        line = f'w:val="single" w:sz="24" w:space="6" w:color={_hex(style.left)}'
        ground = f'<w:shd w:val="clear" w:color="auto" w:fill={_hex("tint")}/>'
        return f"<w:pBdr><w:left {line}/></w:pBdr>{ground}"
    return ""


def _docx_characters() -> str:
    kinds = {
        ("Hyperlink", "Hyperlink"): f"<w:color w:val={_hex('accent')}/>",
        ("Verbatim Char", "VerbatimChar"): f'{_docx_face(MONO)}<w:sz w:val="19"/>',
        (
            "Label",
            "Label",
        ): f'{_docx_face(SANS)}<w:b/><w:bCs/><w:sz w:val="24"/><w:szCs w:val="24"/>',
    }
    return "".join(
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:rPr>{how}</w:rPr></w:style>"
        for (name, key), how in kinds.items()
    )


def _docx_face(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:eastAsia="{font}"/>'


def _docx_fonts() -> str:
    fonts = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{other}"/><w:family w:val="{family}"/></w:font>'
        for font, (other, family) in OTHERS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:fonts {_W}>{fonts}</w:fonts>'


def _hex(name: str) -> str:
    return f'"{COLOURS[name][1:].upper()}"'


# --- OpenDocument ---------------------------------------------------------------------------------


def _odt_styles(text: str) -> str:
    """Return pandoc's styles with ours in the place of those of these names, and the page ours."""
    names = [*(name for _, name in STYLES if name), "Internet_20_link"]
    for name in names:
        text = re.sub(
            rf'<style:style\s+style:name="{name}".*?</style:style>|'
            rf'<style:style\s+style:name="{name}"[^>]*/>',
            "",
            text,
            flags=re.DOTALL,
        )
    own = "".join(_odt_style(name, style) for (_, name), style in STYLES.items() if name)
    own += _odt_characters()
    text = text.replace("</office:styles>", f"{own}</office:styles>")
    faces = "".join(
        f'<style:font-face style:name="{font}" svg:font-family="&apos;{font}&apos;, {other}" '
        f'style:font-family-generic="{family}"/>'
        for font, (other, family) in OTHERS.items()
    )
    text = text.replace("</office:font-face-decls>", f"{faces}</office:font-face-decls>")
    text = re.sub(
        r"<office:automatic-styles>.*?</office:automatic-styles>", _ODT_PAGE, text, flags=re.DOTALL
    )
    return re.sub(
        r"<office:master-styles>.*?</office:master-styles>", _ODT_MASTER, text, flags=re.DOTALL
    )


# What stands between two @ is put in for each brief.
_ODT_PAGE = """<office:automatic-styles><style:page-layout style:name="Mpm1">\
<style:page-layout-properties fo:page-width="@WIDTH@" fo:page-height="@HEIGHT@" \
fo:margin-top="9mm" fo:margin-bottom="9mm" fo:margin-left="@SIDE@" fo:margin-right="@SIDE@" \
style:num-format="1" style:writing-mode="page"/><style:header-style>\
<style:header-footer-properties fo:min-height="13mm" fo:margin-bottom="7mm"/>\
</style:header-style><style:footer-style>\
<style:header-footer-properties fo:min-height="13mm" fo:margin-top="7mm"/></style:footer-style>\
</style:page-layout></office:automatic-styles>"""
_ODT_MASTER = """<office:master-styles><style:master-page style:name="Standard" \
style:page-layout-name="Mpm1"><style:header><text:p text:style-name="Header">@HEADER@</text:p>\
</style:header><style:footer><text:p text:style-name="Footer">@FOOTER@</text:p></style:footer>\
</style:master-page></office:master-styles>"""


def _odt_style(name: str, style: Style) -> str:
    parent = "" if name == "Text_20_body" else ' style:parent-style-name="Text_20_body"'
    level = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading_") else ""
    border = ""
    if style.top:
        border = f'fo:border-top="1.2pt solid {COLOURS[style.top]}" fo:padding-top="4pt" '
    if style.left:
        border = (
            f'fo:border-left="3pt solid {COLOURS[style.left]}" fo:padding="4pt" '
            f'fo:margin-left="3mm" fo:background-color="{COLOURS["tint"]}" '
        )
    stops = ""
    if name in ("Header", "Footer"):
        stops = (
            '<style:tab-stops><style:tab-stop style:position="@MIDDLE@" style:type="center"/>'
            '<style:tab-stop style:position="@RIGHT@" style:type="right"/></style:tab-stops>'
        )
    return (
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" '
        f'style:family="paragraph"{parent}{level}>'
        f'<style:paragraph-properties {border}fo:margin-top="{style.before}pt" '
        f'fo:margin-bottom="{style.after}pt" fo:line-height="{style.line}%" '
        f'fo:keep-with-next="{"always" if style.together else "auto"}" '
        f'fo:text-align="start">{stops}</style:paragraph-properties>'
        f'<style:text-properties style:font-name="{style.font}" fo:font-size="{style.size}pt" '
        f'fo:font-weight="{"bold" if style.bold else "normal"}" fo:font-style="normal" '
        f'fo:color="{COLOURS[style.colour]}"/></style:style>'
    )


def _odt_characters() -> str:
    return (
        '<style:style style:name="Internet_20_link" style:display-name="Internet link" '
        f'style:family="text"><style:text-properties fo:color="{COLOURS["accent"]}"/></style:style>'
        '<style:style style:name="Label" style:family="text"><style:text-properties '
        f'style:font-name="{SANS}" fo:font-size="12pt" fo:font-weight="bold" fo:color="@COLOUR@" '
        'fo:background-color="#000000"/></style:style>'
    )


if __name__ == "__main__":
    main()
