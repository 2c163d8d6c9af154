"""Write docs/templates.md: what a template can use.

python -m scripts.reference
"""

from __future__ import annotations

from pathlib import Path

from briefings.survey import reference

DOC = Path(__file__).parents[1] / "docs" / "templates.md"


def main() -> None:
    """Write the page."""
    DOC.write_text(reference.page(), "utf-8")


if __name__ == "__main__":
    main()
