"""JSON Schema 2020-12 of every kind of YAML file and of our JSON: ``data/schemas``.

They are made from the model.

``python -m scripts.schemas`` writes it; a test says whether what is there is what would be written.
"""

from __future__ import annotations

from scripts.schemas.files import FOLDER, KINDS, SHIPPED, text

__all__ = ["FOLDER", "KINDS", "SHIPPED", "text"]
