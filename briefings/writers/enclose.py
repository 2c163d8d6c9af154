"""The source of a brief, attached to its PDF: the reader's own view as YAML, and nothing else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefings.document import Document

_MEDIA_TYPE = "/application#2fyaml"  # RFC 9512, with the escape of a PDF name
_SAID = "The source of this brief: all that its reader may see, as YAML. No more is in it."


def enclose(document: Document, pdf: Any, spaces: int = 0) -> None:  # noqa: ANN401  # no types
    """Attach the source, as ISO 19005-3, 6.8 wants it: with its relationship to the whole.

    Nothing of it comes from the clock: the dates are those of the briefing.

    Args:
        document: what the reader may see.
        pdf: the ``pydyf.PDF``.
        spaces: how many to put behind the description, to make the file another one.
    """
    import pydyf  # noqa: PLC0415  # for PDFs alone

    name = pydyf.String(f"{document.id}.yaml")
    day = pydyf.String(pdf_date(document.published.token))
    checksum = hashlib.md5(document.source, usedforsecurity=False).hexdigest()
    described = {
        "Type": "/EmbeddedFile",
        "Subtype": _MEDIA_TYPE,
        "Params": pydyf.Dictionary(
            {
                "Size": len(document.source),
                "CheckSum": f"<{checksum}>",
                "CreationDate": day,
                "ModDate": day,
            }
        ),
    }
    stream = pydyf.Stream([document.source], described, compress=True)
    pdf.add_object(stream)
    file = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "Desc": pydyf.String(_SAID + " " * spaces),
            "AFRelationship": "/Source",
        }
    )
    pdf.add_object(file)
    names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
    names["EmbeddedFiles"] = pydyf.Dictionary({"Names": pydyf.Array([name, file.reference])})
    pdf.catalog["AF"] = pydyf.Array([file.reference])


def pdf_date(iso: str) -> str:
    """Return a day or a minute as a PDF writes it (ISO 32000-1, 7.9.4).

    ``2024-11-21T18:00:00+01:00`` becomes ``D:20241121180000+01'00``.
    """
    day, _, time = iso.partition("T")
    clock, zone = time[:8].replace(":", ""), time[8:].replace(":", "'")
    return f"D:{day.replace('-', '')}{clock}{zone}"
