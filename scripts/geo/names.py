"""The countries' names as a map has room for them, by ISO 3166-1 code and language.

They are the short names of npm `i18n-iso-countries`; the tables hold what a reader of a map expects
instead of a list's inverted order, a formal style, or a capital where French has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources import NAMES, member

if TYPE_CHECKING:
    from pathlib import Path

OWN: dict[str, dict[str, str]] = {
    "en": {
        "AE": "United Arab Emirates",
        "BN": "Brunei",
        "CD": "DR Congo",
        "CG": "Congo",
        "CI": "Côte d\u2019Ivoire",
        "CN": "China",
        "CV": "Cabo Verde",
        "CZ": "Czechia",
        "CYN": "Northern Cyprus",
        "FM": "Micronesia",
        "GB": "United Kingdom",
        "GM": "Gambia",
        "IR": "Iran",
        "KAS": "",  # the Siachen glacier, which belongs to none of the views
        "KR": "South Korea",
        "LA": "Laos",
        "MD": "Moldova",
        "MF": "Saint Martin",
        "MK": "North Macedonia",
        "NL": "Netherlands",
        "PGA": "",  # the Spratly Islands
        "PN": "Pitcairn",
        "PS": "Palestine",
        "RU": "Russia",
        "SOL": "Somaliland",
        "SX": "Sint Maarten",
        "SY": "Syria",
        "TR": "Türkiye",
        "TZ": "Tanzania",
        "US": "United States",
        "VA": "Holy See",
        "VG": "British Virgin Islands",
        "VI": "US Virgin Islands",
        "VN": "Viet Nam",
    },
    "fr": {
        "AE": "Émirats arabes unis",
        "BN": "Brunéi",
        "CD": "RD Congo",
        "CF": "République centrafricaine",
        "CG": "Congo",
        "CZ": "Tchéquie",
        "CYN": "Chypre du Nord",
        "DO": "République dominicaine",
        "IO": "Territoire britannique de l\u2019océan Indien",
        "KAS": "",
        "MF": "Saint-Martin",
        "PGA": "",
        "SA": "Arabie saoudite",
        "SOL": "Somaliland",
        "SX": "Sint Maarten",
        "SZ": "Eswatini",
        "TZ": "Tanzanie",
        "US": "États-Unis",
        "VA": "Saint-Siège",
        "VG": "Îles Vierges britanniques",
        "VI": "Îles Vierges américaines",
    },
}


def names(folder: Path, language: str, codes: list[str]) -> dict[str, str]:
    """Return the name of each country in one language, nothing for what has none."""
    said = member(folder, NAMES, f"langs/{language}.json")["countries"]
    first = {code: name if isinstance(name, str) else name[0] for code, name in said.items()}
    return {code: (first | OWN[language])[code] for code in codes}
