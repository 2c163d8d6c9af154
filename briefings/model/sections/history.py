"""The version history: what was corrected or added, and when."""

from __future__ import annotations

from briefings.model.base import Portion
from briefings.model.fields import Day, Text, Version


class Correction(Portion):
    """One entry of the version history; ``corrects`` says that an earlier text was wrong."""

    date: Day
    version: Version
    text: Text
    corrects: bool = False
