"""What WeasyPrint leaves to do before a PDF is PDF/UA-1 and PDF/A-3a at once.

Both are kept in one file: PDF/UA-1 (ISO 14289-1) so that it can be read aloud, PDF/A-3a
(ISO 19005-3) so that it can be kept and carries its source. WeasyPrint writes one of the two at a
time; it is asked for PDF/A-3a, and what PDF/UA-1 wants besides is put in here.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WHOLE = ("html", "body")  # these become no element of their own
_RUN_TOGETHER = b"\r\nendstream"
_NO_LETTER = re.compile(rb"^(<[0-9a-fA-F]+>) <>$", re.MULTILINE)
_NO_BREAK = re.compile(rb"^(<[0-9a-fA-F]+>) <00[aA]0>$", re.MULTILINE)


def mend(pages: Iterable[Any], pdf: Any) -> None:  # noqa: ANN401  # pydyf has no types
    """Mend what the standards ask for and WeasyPrint does not give.

    Args:
        pages: the pages as they were laid out.
        pdf: the ``pydyf.PDF``, complete but for its trailer.
    """
    elements: dict[Any, Any] = {entry.reference: entry for entry in pdf.objects}
    for entry in list(pdf.objects):
        _name_glyphs(entry)
        _keep_pixels(entry)
        if isinstance(entry, dict) and entry.get("S") == "/LI":
            _give_body(entry, elements, pdf)
        if isinstance(entry, dict) and entry.get("S") == "/L":
            _only_items(entry, elements)
    _link_once(elements, pdf)
    _scope_headings(pages)


@contextmanager
def naming_languages() -> Iterator[None]:
    """Let each element of the structure say its language where the page does (ISO 14289-1, 7.2).

    WeasyPrint keeps no link from what it writes to the ``lang`` that it comes from, so this listens
    while it builds the structure.
    """
    import pydyf  # noqa: PLC0415  # for PDFs alone
    from weasyprint.pdf import tags  # noqa: PLC0415

    build = tags._build_box_tree  # noqa: SLF001  # there is no other way to hear of it

    def listening(box: Any, *more: Any) -> Iterator[Any]:  # noqa: ANN401
        element = getattr(box, "_box", box).element  # what is placed absolutely stands in a box
        stated = None if element is None or element.tag in _WHOLE else element.get("lang")
        for made in build(box, *more):
            if stated:
                made["Lang"] = pydyf.String(stated)
            yield made

    tags._build_box_tree = listening  # noqa: SLF001
    try:
        yield
    finally:
        tags._build_box_tree = build  # noqa: SLF001


def _name_glyphs(entry: Any) -> None:  # noqa: ANN401
    """Give glyphs that stand for no letter a zero-width one, and all spaces the plain one.

    In some scripts one letter is drawn by several glyphs; the first carries the text. A space and
    one that does not break are one glyph, which would be the second everywhere if that came first:
    who copies or looks for words wants the first.
    """
    stream = getattr(entry, "stream", None)
    if stream and any(b"begincmap" in _bytes(part) for part in stream):
        named = (_NO_LETTER.sub(rb"\1 <200b>", _bytes(part)) for part in stream)
        entry.stream = [_NO_BREAK.sub(rb"\1 <0020>", part) for part in named]


def _keep_pixels(entry: Any) -> None:  # noqa: ANN401
    """Let no reader smooth an image (ISO 19005-3, 6.2.8: no ``/Interpolate``)."""
    extra = getattr(entry, "extra", {})
    if extra.get("Subtype") == "/Image" and "Interpolate" in extra:
        extra["Interpolate"] = "false"


def _give_body(item: Any, elements: dict[Any, Any], pdf: Any) -> None:  # noqa: ANN401
    """Put paragraphs and lists of a list item into its one body."""
    kids = list(item["K"])
    labels = [kid for kid in kids if elements[kid]["S"] == "/Lbl"]
    others = [kid for kid in kids if kid not in labels]
    if [elements[kid]["S"] for kid in others] in ([], ["/LBody"]):
        return
    element, array = type(item), type(item["K"])
    body = element(item | {"S": "/LBody", "K": array(others), "P": item.reference})
    pdf.add_object(body)
    for kid in others:
        elements[kid]["P"] = body.reference
        if elements[kid]["S"] == "/LBody":
            elements[kid]["S"] = "/P"
    item["K"] = array([*labels, body.reference])


def _link_once(elements: dict[Any, Any], pdf: Any) -> None:  # noqa: ANN401
    """Leave one annotation to a link, that of the link itself.

    WeasyPrint gives one to each piece in it too, such as emphasis, under an element that is no link
    (ISO 14289-1, 7.18.5).
    """
    dropped: set[Any] = set()
    for entry in list(elements.values()):
        if isinstance(entry, dict) and entry.get("S") == "/Link":
            for kid in entry["K"]:
                _drop_annotations(elements.get(kid), elements, dropped)
    for entry in pdf.objects:
        if isinstance(entry, dict) and entry.get("Type") == "/Page" and "Annots" in entry:
            entry["Annots"][:] = [one for one in entry["Annots"] if one not in dropped]
    for annotation in dropped:
        elements[annotation].clear()


def _drop_annotations(element: Any, elements: dict[Any, Any], dropped: set[Any]) -> None:  # noqa: ANN401
    """Take the annotations out of a piece of a link, and note which those were."""
    if element is None or element.get("Type") != "/StructElem" or element["S"] == "/Link":
        return
    for kid in list(element["K"]):
        inner = elements.get(kid)
        if inner is not None and inner.get("Type") == "/OBJR":
            dropped.add(inner["Obj"])
            element["K"].remove(kid)
        else:
            _drop_annotations(inner, elements, dropped)


def _only_items(whole: Any, elements: dict[Any, Any]) -> None:  # noqa: ANN401
    """Take the items of a list out of boxes that stand around several, as around those in a row."""
    kids = []
    waiting = list(whole["K"])
    while waiting:
        kid = waiting.pop(0)
        element = elements.get(kid)
        if element is None or element["S"] in ("/LI", "/L", "/Caption"):
            kids.append(kid)
            if element is not None:
                element["P"] = whole.reference
        else:
            waiting = [*element["K"], *waiting]
    whole["K"] = type(whole["K"])(kids)


def _scope_headings(pages: Iterable[Any]) -> None:
    """Say of each heading cell whether it heads a column or a row (ISO 14289-1, 7.5)."""
    for cell in _cells(pages):
        attributes = cell.mark.get("A")
        if cell.mark["S"] == "/TH" and attributes is not None:
            row = cell.element is not None and cell.element.get("scope") == "row"
            attributes["Scope"] = "/Row" if row else "/Column"


def _cells(pages: Iterable[Any]) -> Iterator[Any]:
    """Yield the boxes of table cells; WeasyPrint leaves on each the element that it became."""
    for sheet in pages:
        for box in sheet._page_box.descendants():  # noqa: SLF001  # there is no other way to ask
            if getattr(box, "mark", None) is not None:
                yield box


def pack(pdf: Any) -> None:  # noqa: ANN401
    """Pack every stream that is to be packed, once, and let none end in a carriage return.

    With the line end that follows it would be one end of line, and a validator counts a byte less
    than ``/Length`` says (ISO 19005-3, 6.1.7.1). One more line end means nothing in a page or a
    font; what is attached is left unpacked instead.
    """
    for entry in pdf.objects:
        if not getattr(entry, "compress", False):
            continue
        data = entry.data
        if data.endswith(_RUN_TOGETHER):
            if entry.extra.get("Type") == "/EmbeddedFile":
                entry.compress = False
                continue
            entry.stream = [*entry.stream, b""]
            data = entry.data
        packed = data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
        entry.stream, entry.compress = [packed], False
        entry.extra["Filter"] = "/FlateDecode"


def ends_apart(data: bytes) -> bool:
    """Whether no stream of a PDF ends in a carriage return, the last two included.

    Those two hold all other objects and the places of all, and are made after everything else.
    """
    return _RUN_TOGETHER not in data


def _bytes(part: object) -> bytes:
    return part if isinstance(part, bytes) else str(part).encode()
