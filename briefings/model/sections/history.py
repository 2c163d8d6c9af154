"""The version history: what was corrected or added, and when."""

from __future__ import annotations

from briefings.model.base import Portion
from briefings.model.fields import Day, Text, Version


class Correction(Portion):
    """One entry of the version history; ``corrects`` says that an earlier text was wrong."""

    date: Day
    """When that version went out. Example: ``2026-05-04``."""
    version: Version
    """The version that the change made. Example: ``1.1``."""
    text: Text
    """What is different. Example: ``The count of the displaced is that of the municipality.``."""
    corrects: bool = False
    """Whether an earlier text was wrong, and not only shorter. Example: ``true``."""
