"""Renders each file named: its page goes beside it as FILE.html. It runs in an environment of its
own, for An Otter Wiki asks for other releases of packages than we do.

    .venv/wikis/bin/python tests/wikis/otter.py REPOSITORY FILE...
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    repository, *files = sys.argv[1:]
    subprocess.run(["git", "init", "-q", repository], check=True)  # noqa: S607
    os.environ |= {
        "REPOSITORY": repository,
        "SECRET_KEY": "of no use but to begin",
        "SQLALCHEMY_DATABASE_URI": "sqlite:///:memory:",
    }
    from otterwiki.renderer import OtterwikiRenderer

    for name in files:
        html, *_ = OtterwikiRenderer().markdown(Path(name).read_text("utf-8"))
        Path(f"{name}.html").write_text(html, "utf-8")
