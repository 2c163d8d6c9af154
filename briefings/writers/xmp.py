"""The metadata of a PDF as XMP (ISO 16684-1): which standards it keeps, and what it was made of.

A namespace that PDF/A does not know itself is declared in an extension schema (ISO 19005-3,
6.6.2.3), with each of its properties and what that says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "urn:briefings:brief:1#"
PREFIX = "brief"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_END = b"</rdf:RDF>"

# Each property of ours with what it says; a reader of the PDF may show either.
PROPERTIES = {
    "id": "id of the briefing",
    "edition": "version of the briefing",
    "asOf": "information cut-off",
    "marking": "marking, TLP 2.0",
    "audience": "audience that it was made for",
    "paper": "sheet that it was laid out for",
    "program": "version of briefings that made it",
    "content": "SHA-256 of the attached source",
    "recipe": "SHA-256 of everything else that it was made with",
    "parts": "SHA-256 of each part of that",
}


def declare(pdf: Any, facts: Mapping[str, str]) -> None:  # noqa: ANN401  # pydyf has no types
    """Add PDF/UA-1 and what is told of the brief to the XMP of a PDF.

    Everything goes into the one ``rdf:RDF`` that is there: readers ignore a second one. The stream
    stays uncompressed, so that a search of bytes finds it (ISO 19005-3, 6.6.2.1).

    Args:
        pdf: the ``pydyf.PDF`` with the metadata that WeasyPrint has written.
        facts: a value for each of ``PROPERTIES`` that is known.
    """
    metadata = next(e for e in pdf.objects if e.reference == pdf.catalog["Metadata"])
    [packet] = metadata.stream
    metadata.stream = [packet.replace(_END, _added(facts).encode() + _END, 1)]
    metadata.compress = False


def _added(facts: Mapping[str, str]) -> str:
    told = "".join(
        f"<{PREFIX}:{name}>{escape(value)}</{PREFIX}:{name}>" for name, value in facts.items()
    )
    ours = f'<rdf:Description rdf:about="" xmlns:{PREFIX}="{NAMESPACE}">{told}</rdf:Description>'
    schemas = [_schema("PDF/UA identification", _UA, "pdfuaid", {"part": "Part of ISO 14289"})]
    schemas += [_schema("Brief", NAMESPACE, PREFIX, PROPERTIES)] if told else []
    return (
        f'<rdf:Description rdf:about="" xmlns:pdfuaid="{_UA}" pdfuaid:part="1"/>'
        f"{ours if told else ''}"
        '<rdf:Description rdf:about="" '
        'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
        'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
        'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        f"<pdfaExtension:schemas><rdf:Bag>{''.join(schemas)}</rdf:Bag></pdfaExtension:schemas>"
        "</rdf:Description>"
    )


def _schema(name: str, namespace: str, prefix: str, properties: Mapping[str, str]) -> str:
    kind = "Integer" if prefix == "pdfuaid" else "Text"
    told = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{key}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(said)}</pdfaProperty:description>"
        "</rdf:li>"
        for key, said in properties.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{name}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{told}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li>"
    )
