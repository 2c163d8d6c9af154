"""Write ``data/schemas``."""

from __future__ import annotations

from scripts.schemas import FOLDER, KINDS, text

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for kind in KINDS:
        path = FOLDER / f"{kind}.json"
        path.write_text(text(kind), "utf-8")
        print(path)
