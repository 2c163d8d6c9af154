"""A desk that publishes to a wiki which runs: a workspace, an account, the real command."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.commands import LAUNCHERS, Ran, clean_environment
from tests.wikistores import ACCOUNTS, called

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wikiservers import Wiki

FIRE, FLOOD = "harbour-fire", "2026-05-04-flood"
BRIEFING = """\
title: {title}
series: Harbour brief
issue: {issue}
bluf: {bluf}
as_of: 2026-05-0{issue}T18:00Z
published: 2026-05-0{issue}
marking: TLP:CLEAR
authors: [Duty desk]
audiences: [press]
{more}
sources:
  - {{id: notice, title: Notice to shipping 14, type: official, reliability: B}}
actors:
  - {{id: port, name: Port authority}}
places:
  - {{id: quay, name: Long quay, lat: 46.1, lon: 8.6, precision: exact}}
events:
  - id: fire
    date: 2026-05-03
    title: Fire in silo 4
    places: [{{place: quay, role: site}}]
    claims:
      - {{id: fire-port, speaker: port, text: Silo 4 burned for three hours., via: [notice],
         credibility: 2}}
"""
TARGET = """\
[targets.our-wiki]
kind = "{kind}"
url = "{url}"
audiences = ["{reader}"]
"""


@dataclass
class Desk:
    """Publishes from a workspace to a wiki.

    Attributes:
        folder: the workspace.
        wiki: the wiki, behind whichever address the target names.
        kind: of the target.
        variables: the environment's, with the account.
    """

    folder: Path
    wiki: Wiki
    kind: str
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "data").mkdir(parents=True)
        self.enter(*ACCOUNTS[self.kind])
        self.aim(self.wiki.address)
        self.write(FIRE, "Fire in the grain terminal", 1)
        self.write(FLOOD, "Flood on the quay", 2)

    def enter(self, user: str, password: str) -> None:
        """Publish as somebody."""
        self.variables |= {
            "BRIEFINGS_OUR_WIKI_USER": user,
            "BRIEFINGS_OUR_WIKI_PASSWORD": password,
            "XDG_CACHE_HOME": str(self.folder.parent / "cache"),
        }

    def aim(self, url: str, *more: str, reader: str = "press") -> None:
        """Let the target be at an address, with more lines."""
        lines = [TARGET.format(kind=self.kind, url=url, reader=reader), *more, ""]
        self.variables["BRIEFINGS_OUR_WIKI_URL"] = url
        (self.folder / "briefings.toml").write_text("\n".join(lines), "utf-8")

    def write(
        self, name: str, title: str, issue: int, bluf: str = "Loading has stopped.", more: str = ""
    ) -> Path:
        """Write a briefing."""
        text = BRIEFING.format(title=title, issue=issue, bluf=bluf, more=more)
        path = self.folder / "data" / f"{name}.yaml"
        path.write_text(text, "utf-8")
        return path

    def run(self, *arguments: object) -> Ran:
        """Run ``briefings`` in a process of its own; no secret is in what it prints."""
        done = subprocess.run(
            [*LAUNCHERS["briefings"], *map(str, arguments)],
            cwd=self.folder,
            env=clean_environment(**self.variables),
            capture_output=True,
            check=False,
        )
        ran = Ran(done.returncode, done.stdout, done.stderr.decode())
        secrets = [self.variables.get(f"BRIEFINGS_OUR_WIKI_{key}") for key in ("USER", "PASSWORD")]
        for printed in (ran.out, ran.err):
            assert "Traceback" not in printed
            assert not [secret for secret in secrets if secret and secret in printed]
        return ran

    def publish(self, *arguments: object) -> Ran:
        """Publish to the wiki."""
        return self.run("publish", "--to", "our-wiki", *arguments)

    def published(self, *arguments: object) -> list[str]:
        """Publish to the wiki, where nothing is refused; return what is printed."""
        ran = self.publish(*arguments)
        assert ran.code == 0, ran
        assert not ran.err
        return ran.lines

    def called(self, name: str) -> str:
        """Return what the wiki calls a page."""
        return called(self.kind, name)

    def states(self) -> dict[str, str]:
        """Return how each page and file stands, by its name."""
        ran = self.run("status", "--to", "our-wiki", "--json")
        told: list[dict[str, Any]] = json.loads(ran.out)
        assert ran.code == int({one["state"] for one in told} != {"current"}), ran
        return {one["name"]: one["state"] for one in told}
