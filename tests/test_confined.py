"""Rendering opens no connection, starts nothing, and reads only what it may."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import briefings
from briefings.resources import shipped
from tests.rendering import YAML as GREEN
from tests.rendering import put

# Imports first, then the hook; what is imported late belongs to the Python installation.
RENDER = """
import sys
from briefings import pipeline
from briefings.writers import layout

layout.load()  # ctypes looks for Pango with ldconfig
seen = []
EVENTS = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn",
          "urllib.Request", "http.client.connect", "ftplib.connect", "webbrowser.open")

def hook(event, arguments):
    if event.startswith(EVENTS):
        seen.append((event, str(arguments[0]) if arguments else ""))

sys.addaudithook(hook)
briefing = pipeline.load(sys.argv[1])
for audience in ("executive", "analyst", "press"):
    made = pipeline.view(briefing, audience)
    for form in ("md", "html", "pdf"):
        pipeline.render(made, form)
for event, what in seen:
    print(event, what)
"""
YAML = GREEN.replace("TLP:GREEN", "TLP:CLEAR")
HARD = """notice: >-
  See [here](https://example.org/a), http://example.org/b, ![c](https://example.org/c.png),
  <link rel=stylesheet href=https://example.org/d.css> and {% include "/etc/passwd" %}.
sources:
  - id: wire
    title: '<img src="https://example.org/e.png">'
    url: https://example.org/f
    type: news
    reliability: B
"""


def events(folder: Path, yaml: str) -> list[tuple[str, str]]:
    """Return what the system was asked for while a briefing was rendered."""
    (folder / "home").mkdir()
    (folder / "temporary").mkdir()
    put(folder, {"briefing/brief.yaml": yaml})
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "temporary"),
        "http_proxy": "http://127.0.0.1:9",
    }
    done = subprocess.run(
        [sys.executable, "-c", RENDER, folder / "briefing" / "brief.yaml"],
        env=environment,
        cwd=folder / "home",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    found = [line.partition(" ") for line in done.stdout.splitlines()]
    return [(event, what) for event, _, what in found]


def test_nothing_outside_is_touched(tmp_path: Path) -> None:
    yaml = YAML.replace("burned.}", "burned., via: [wire]}") + HARD
    found = events(tmp_path, yaml)
    assert {event for event, _ in found} == {"open"}
    allowed = [
        *(tmp_path / name for name in ("briefing", "home/.cache/briefings", "temporary")),
        *(shipped("templates"), shipped("data"), Path(briefings.__file__).parent),
        *(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib")),
        Path(sys.base_prefix, "lib"),
    ]
    opened = [Path(what) for _, what in found if not what.isdecimal()]
    assert tmp_path / "briefing" / "brief.yaml" in opened
    places = [place.resolve() for place in allowed]
    outside = [p for p in opened if not any(p.resolve().is_relative_to(q) for q in places)]
    assert outside == []


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    events(tmp_path, YAML)
    assert list((tmp_path / "temporary").iterdir()) == []
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {".cache"}
    assert {path.name for path in (tmp_path / "briefing").iterdir()} == {"brief.yaml"}
