"""An Otter Wiki: alerts, and no signs of its own in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefings.writers import Written
from briefings.writers.wiki import called
from briefings.writers.wiki.facts import facts, front_matter
from briefings.writers.wiki.gfm import ALERTS
from briefings.writers.wiki.markdown import Markdown

if TYPE_CHECKING:
    from briefings.document import Document
    from briefings.resources import Shelf

_OWN = re.compile(r":(?=:)|(?<=:):|\$")  # boxes, formulas


class Otterwiki(Markdown):
    """What An Otter Wiki makes of Markdown."""

    own = _OWN
    alerts = ALERTS

    def picture(self, file: str, text: str) -> str:
        """Return a picture that is attached to the page, which is called as the picture begins."""
        name = called(file, "otterwiki")
        page, _, _ = name.rsplit(".", 2)
        return super().picture(f"/{page}/a/{name}", text)

    def head(self) -> str:
        """Return front matter, which it shows folded up, as properties."""
        return front_matter(facts(self.document))


def write(document: Document, marked: str, _shelf: Shelf) -> Written:
    """Return the page as UTF-8."""
    return Written(Otterwiki(document, marked).whole().encode())
