"""The profiles that our PDFs claim to keep to, and page-validation, which runs everywhere."""

from __future__ import annotations

import page

# Each PDF is held against each of these, by page-validation and by veraPDF.
PROFILES = ("ua1", "3a")
_NAMES = {"ua1": page.ValidationProfile.PDF_UA_1, "3a": page.ValidationProfile.PDF_A_3A}


def wrong(data: bytes, profile: str) -> list[str]:
    """Return what page-validation finds wrong with a PDF, as ``rule: message``."""
    report = page.validate_pdf_bytes(data, profile=_NAMES[profile])
    found = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    return found or ([] if report.is_compliant else ["unnamed: not compliant, without a rule"])
