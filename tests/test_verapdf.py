"""veraPDF, the reference validator: every example keeps to what it claims, and broken pages do not.

``make test-verapdf`` installs it and runs these. All files go through one Java machine.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests import verapdf
from tests.broken import BROKEN, SOUND, VARIANTS, Broken, made
from tests.examples import ALL, rendered
from tests.profiles import PROFILES
from tests.workspaces import MADE
from tests.workspaces import rendered as in_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.verapdf
ASKED = {f"{case} {profile}": (case, profile) for case in ALL for profile in PROFILES}
WORKSPACES = {f"{one} {profile}": (one, profile) for one in MADE for profile in PROFILES}


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """What is wrong with each file, by the name of the test's case."""
    if why := verapdf.lacking():
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    files = {name: (profile, rendered(case, "pdf")) for name, (case, profile) in ASKED.items()}
    files |= {
        name: (profile, in_workspace(one, "pdf")) for name, (one, profile) in WORKSPACES.items()
    }
    files |= {broken.name: (broken.profile, broken.data()) for broken in BROKEN}
    files |= {profile: (profile, made(profile, SOUND)) for profile in VARIANTS}
    folder = tmp_path_factory.mktemp("verapdf")
    wanted = []
    for number, (profile, data) in enumerate(files.values()):
        path = folder / f"{number}.pdf"
        path.write_bytes(data)
        wanted.append((profile, path))
    return dict(zip(files, verapdf.validate(wanted), strict=True))


@pytest.mark.parametrize("name", [*ASKED, *WORKSPACES])
def test_each_example_keeps_to_its_profile(name: str, verdicts: Mapping[str, list[str]]) -> None:
    assert verdicts[name] == []


@pytest.mark.parametrize("profile", VARIANTS)
def test_the_sound_page_is_sound(profile: str, verdicts: Mapping[str, list[str]]) -> None:
    assert verdicts[profile] == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_page_is_found(broken: Broken, verdicts: Mapping[str, list[str]]) -> None:
    """Or is known not to be; if one is found now, say so in the table."""
    rules = {found.partition(":")[0] for found in verdicts[broken.name]}
    assert broken.vera in rules if broken.vera else rules == set()


@pytest.mark.usefixtures("verdicts")
def test_what_is_no_pdf_is_wrong_too(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"not a PDF")
    assert verapdf.validate([("ua1", tmp_path / "a.pdf")])[0][0].startswith("unreadable: ")
