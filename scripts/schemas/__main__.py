"""Write ``data/schemas``."""

from __future__ import annotations

from scripts.schemas import FOLDER, SHIPPED, text

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for kind in SHIPPED:
        path = FOLDER / f"{kind}.json"
        path.write_text(text(kind), "utf-8")
        print(path)
