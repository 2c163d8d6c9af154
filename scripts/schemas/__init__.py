"""JSON Schema 2020-12 of every kind of YAML file, made from the model: ``data/schemas``.

``python -m scripts.schemas`` writes it; a test says whether what is there is what would be written.
"""

from __future__ import annotations

from scripts.schemas.files import FOLDER, KINDS, text

__all__ = ["FOLDER", "KINDS", "text"]
