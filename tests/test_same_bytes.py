"""The same input gives the same bytes, whoever renders it, wherever and whenever.

Each environment is proved to be another one by a probe, and one more render, of a program that does
look at the clock, proves that a difference would be seen.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from briefings.resources import shipped
from briefings.writers import WRITERS
from tests.examples import EXAMPLES, TESTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow
BRIEFINGS = (EXAMPLES[0], TESTS[-1])  # much in it, and next to nothing
HELD = tuple(form for form in WRITERS if form not in ("docx", "odt"))  # those of a group of its own
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{}</fontconfig>
"""
# How many fonts a program sees that asks fontconfig as usual, and one of their families.
COUNT_FONTS = """
import ctypes
fontconfig = ctypes.CDLL("libfontconfig.so.1")
fontconfig.FcInitLoadConfigAndFonts.restype = ctypes.c_void_p
fontconfig.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int)
fontconfig.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
fonts = fontconfig.FcConfigGetFonts(fontconfig.FcInitLoadConfigAndFonts(), 0)
print(fonts[0] if fonts else 0)
"""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another environment: what is set there, and a program that gives something else there."""

    probe: str
    variables: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Path], dict[str, str]] | None = None
    before: tuple[str, ...] = ()  # the command that ours is given to
    folder: str = ""


def no_fonts(folder: Path) -> dict[str, str]:
    """Return what hides every font of the machine."""
    (folder / "fonts.conf").write_text(FONTS.format(""), "utf-8")
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


def false_fonts(folder: Path) -> dict[str, str]:
    """Return what installs other fonts under our fonts' names, for this user and for all."""
    from fontTools.ttLib import TTFont

    share = folder / ".local/share/fonts"
    for where in (share, folder / ".fonts"):
        where.mkdir(parents=True)
    for family in ("Source Sans 3", "Source Serif 4", "Source Code Pro"):
        font: Any = TTFont(shipped("data") / "fonts" / "DejaVuSans.ttf")
        for record in font["name"].names:
            if record.nameID in (1, 4, 6, 16):
                record.string = family
        font.save(share / f"{family}.ttf")
        shutil.copy(share / f"{family}.ttf", folder / ".fonts")
    places = f"<dir>{share}</dir><dir>{folder / '.fonts'}</dir>"
    (folder / "fonts.conf").write_text(FONTS.format(places), "utf-8")
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


HERE = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
ENVIRONMENTS = {
    "another time zone": Elsewhere(
        "import time; print(time.localtime(0).tm_gmtoff)", {"TZ": "Pacific/Kiritimati"}
    ),
    "another language": Elsewhere(
        "import os; print(os.environ['LC_ALL'])",
        {"LANG": "ja_JP.UTF-8", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONUTF8": "1"},
    ),
    "no language": Elsewhere(
        "import sys; print(sys.flags.utf8_mode, sys.getfilesystemencoding())",
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ),
    "another order of sets": Elsewhere("print(hash('a'))", {"PYTHONHASHSEED": "4711"}),
    "another user": Elsewhere(
        "import getpass, pathlib; print(getpass.getuser(), pathlib.Path.home())",
        {"HOME": "/nonexistent", "USER": "somebody", "LOGNAME": "somebody"},
    ),
    "another folder": Elsewhere("import os; print(os.getcwd())", folder="Bücher & más/новое"),
    "a build's date": Elsewhere(
        "import os; print(os.environ.get('SOURCE_DATE_EPOCH'))", {"SOURCE_DATE_EPOCH": "315532800"}
    ),
    "another day": Elsewhere(
        "import time; print(time.gmtime().tm_year)", before=("faketime", "2001-02-03 04:05:06")
    ),
    "no fonts": Elsewhere(COUNT_FONTS, prepare=no_fonts),
    "false fonts": Elsewhere(COUNT_FONTS, prepare=false_fonts),
    "a terminal of another kind": Elsewhere(
        "import os; print(os.environ.get('COLUMNS'))",
        {"COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1", "PYTHONOPTIMIZE": "1"},
    ),
}


def ran(elsewhere: Elsewhere, folder: Path, *command: object, **more: str) -> str:
    """Return what a command of Python prints in an environment."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    prepared = elsewhere.prepare(home) if elsewhere.prepare else {}
    done = subprocess.run(
        [*elsewhere.before, sys.executable, *map(str, command)],
        env={**HERE, "HOME": str(home), **elsewhere.variables, **prepared, **more},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rendered(
    elsewhere: Elsewhere,
    folder: Path,
    forms: Sequence[str] = HELD,
    figures: str = "none",
    **more: str,
) -> dict[str, str]:
    """Return the digest of each file that is rendered in an environment, of copies made there."""
    place = folder / elsewhere.folder
    place.mkdir(parents=True, exist_ok=True)
    names = [shutil.copy(path, place) for path in BRIEFINGS]
    options = [word for form in forms for word in ("-t", form)]
    options += ["-a", "analyst", "--figures", figures] if figures != "none" else []
    ran(elsewhere, place, "-m", "briefings", "render", *names, *options, "-o", "out", **more)
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((place / "out").iterdir())
    }


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = rendered(Elsewhere(""), tmp_path_factory.mktemp("here"))
    assert len(found) == len(BRIEFINGS) * 3 * len(HELD)
    return found


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("drawn")
    found: dict[str, str] = {}
    for kind in ("svg", "png"):
        found |= rendered(Elsewhere(""), folder / kind, ("md",), kind)
    assert len([name for name in found if name.endswith(".svg")]) >= 1
    assert len([name for name in found if name.endswith(".png")]) >= 2
    return found


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_same_pictures(name: str, drawn: dict[str, str], tmp_path: Path) -> None:
    elsewhere = ENVIRONMENTS[name]
    if elsewhere.before and not shutil.which(elsewhere.before[0]) and not os.environ.get("CI"):
        pytest.skip(f"{elsewhere.before[0]} is not installed")
    found: dict[str, str] = {}
    for kind in ("svg", "png"):
        found |= rendered(elsewhere, tmp_path / kind, ("md",), kind)
    assert found == drawn


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_same_bytes(name: str, here: dict[str, str], tmp_path: Path) -> None:
    elsewhere = ENVIRONMENTS[name]
    if elsewhere.before and not shutil.which(elsewhere.before[0]) and not os.environ.get("CI"):
        pytest.skip(f"{elsewhere.before[0]} is not installed")
    assert rendered(elsewhere, tmp_path) == here


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_it_is_another_environment(name: str, tmp_path: Path) -> None:
    elsewhere = ENVIRONMENTS[name]
    if elsewhere.before and not shutil.which(elsewhere.before[0]) and not os.environ.get("CI"):
        pytest.skip(f"{elsewhere.before[0]} is not installed")
    folder = tmp_path / elsewhere.folder
    folder.mkdir(parents=True, exist_ok=True)
    found = ran(elsewhere, folder, "-c", elsewhere.probe)
    assert found != ran(Elsewhere(""), tmp_path, "-c", elsewhere.probe)


# Python runs this before anything else; it makes of ours a program that does look about.
LEAKS = {
    "clock": "time.time_ns()",
    "time zone": "time.tzname",
    "order of sets": "list({str(n) for n in range(99)})",
    "folder": "os.getcwd()",
}
LOOKS_ABOUT = """
import os, time
import briefings.writers.md as md
from dataclasses import replace
write = md.write
def looking(*arguments):
    made = write(*arguments)
    return replace(made, data=made.data + repr({leak}).encode())
md.write = looking
"""
MOVED = Elsewhere("", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711"})


@pytest.mark.parametrize("leak", LEAKS)
def test_a_program_that_looks_about_is_seen(leak: str, tmp_path: Path) -> None:
    """Run ours with one thing let in, in two environments: its bytes differ, and only there."""
    (tmp_path / "sitecustomize.py").write_text(LOOKS_ABOUT.format(leak=LEAKS[leak]), "utf-8")
    found = [
        rendered(elsewhere, tmp_path / str(number), ["md", "html"], PYTHONPATH=str(tmp_path))
        for number, elsewhere in enumerate((Elsewhere(""), MOVED))
    ]
    differ = {name for name in found[0] if found[0][name] != found[1][name]}
    assert differ == {name for name in found[0] if name.endswith(".md")}
