"""Write what the code tells of itself: docs/templates.md and docs/commands.md.

python -m scripts.reference
"""

from __future__ import annotations

from pathlib import Path

from briefings.survey import reference
from scripts import commands

DOC = Path(__file__).parents[1] / "docs" / "templates.md"


def main() -> None:
    """Write the pages."""
    DOC.write_text(reference.page(), "utf-8")
    commands.DOC.write_text(commands.page(), "utf-8")


if __name__ == "__main__":
    main()
