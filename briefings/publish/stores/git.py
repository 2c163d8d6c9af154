"""A folder in a git repository: what is published is committed, and nothing else is."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import settings
from briefings.errors import InvalidInput, Unequipped
from briefings.publish.stores import folder
from briefings.publish.stores.folder import Folder
from briefings.resources import Shelf, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from briefings.publish.store import Found, Site

KEYS: tuple[str, ...] = ("path",)
OPTIONAL: tuple[str, ...] = ()
FORM = ""
# Nobody is asked for anything: what needs a password fails, and says so.
_SILENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_EDITOR": "true",
    "LC_ALL": "C",
}
_BEHIND = "! [rejected]"  # how git tells that the other side has commits which are not here
_SSH = "ssh -o BatchMode=yes"
# What a repository can have run, where nobody has said that its workspace is trusted.
_NOTHING_RUN = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
# A hook that runs us has said which repository is meant; ours is the one of the folder.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")
_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
}


class Git(Folder):
    """The pages and files of one folder of a repository."""

    def __init__(self, place: Path, site: Site, repository: Repository, *, push: bool) -> None:
        super().__init__(place, site)
        self.repository, self.push = repository, push
        self.removed: list[Found] = []

    def remove(self, found: Found) -> None:
        """Note what is to be removed: it is when that is committed, or not at all."""
        self.must_be(found.name, found.page, found)
        self.removed.append(found)

    def finish(self, message: str, pages: Collection[str], files: Mapping[str, str]) -> None:
        """Commit what stands as it is wanted, and what was removed; then push, if that is asked.

        Raises:
            InvalidInput: git, or a hook of the repository, does not take it.
        """
        names = [*((name, "") for name in pages), *files.items()]
        paths = [self.place(name, page) for name, page in names]
        for found in self.removed:
            super().remove(found)
            paths.append(self.place(found.name, found.page))
        self.repository.commit(message, paths)
        if self.push:
            self.repository.push()
        if ignored := self.repository.ignored(paths):
            said = f"git ignores {', '.join(ignored)}, so that is not committed; see .gitignore"
            raise InvalidInput.of(said, shown(self.folder))


class Repository:
    """The repository that a folder is in.

    Attributes:
        place: the folder.
        top: the folder that holds all of its files.
        own: the folder in which git keeps what it knows.
    """

    def __init__(self, site: Site, place: Path) -> None:
        self.place = place
        self._guard: tuple[str, ...] = ()
        if self._asked("rev-parse", "--is-bare-repository") == "true":
            said = "this is a bare repository, which has no files; clone it, and name the clone"
            raise InvalidInput.of(said, shown(place))
        top = self._asked("rev-parse", "--show-toplevel")
        if top is None:
            said = 'this is in no git repository; run "git init", or let its kind be "folder"'
            raise InvalidInput.of(said, shown(place))
        self.top = Path(top)
        self.own = Path(self._asked("rev-parse", "--absolute-git-dir") or "")
        inside = self.top.resolve().is_relative_to(site.root.resolve())
        if inside and not settings.load(Shelf.at(site.root)).trusted:
            self._guard = _NOTHING_RUN

    def ready(self, *, push: bool) -> None:
        """Find out before anything is written whether it can be committed, and pushed.

        Raises:
            InvalidInput: it cannot.
        """
        said = ""
        unfinished = [what for name, what in _UNFINISHED.items() if (self.own / name).exists()]
        held = self.own / "index.lock"  # it stays where a git broke off
        branch = self._asked("symbolic-ref", "--quiet", "--short", "HEAD")
        if unfinished:
            said = f"{unfinished[0]} is under way in this repository; end it first"
        elif held.exists():
            said = f"another git is at work here; wait, or if there is none, remove {shown(held)}"
        elif branch is None:
            said = "the repository is on no branch, so a commit would be lost: git switch BRANCH"
        elif not self._has_author():
            said = "git does not know who commits: git config user.name NAME, and user.email"
        elif push and self._asked("rev-parse", "--abbrev-ref", "@{upstream}") is None:
            said = f'the branch "{branch}" has no upstream: git push -u origin {branch}, once'
        if said:
            raise InvalidInput.of(said, shown(self.place))

    def commit(self, message: str, paths: Sequence[Path]) -> None:
        """Commit files that have changed, whatever else is staged.

        Raises:
            InvalidInput: git, or a hook, does not take it.
        """
        changed = self._changed(paths)
        if not changed:
            return
        listed = "\0".join(changed).encode()
        by_list = ("--pathspec-from-file=-", "--pathspec-file-nul")
        self._done("add", "--all", *by_list, given=listed)
        self._done("commit", "--quiet", "--only", "-m", message, *by_list, given=listed)

    def ignored(self, paths: Sequence[Path]) -> list[str]:
        """Return the names of those files that git does not want to know of."""
        listed = "\0".join(map(str, paths)).encode()
        ran = self._run(self.place, ("check-ignore", "-z", "--stdin"), listed)
        return [Path(one).name for one in ran.stdout.decode().split("\0") if one]

    def push(self) -> None:
        """Push the branch to where it comes from.

        Raises:
            InvalidInput: the other side does not take it.
        """
        try:
            self._done("push", "--quiet", ssh=True)
        except InvalidInput as error:
            if _BEHIND not in str(error):
                raise
            said = "others have pushed there since; git pull --rebase, then publish again"
            said = f"git push failed: {said}"
            raise InvalidInput.of(said, shown(self.place)) from None

    def _has_author(self) -> bool:
        who = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
        return all(self._asked("-c", "user.useConfigOnly=true", "var", one) for one in who)

    def _changed(self, paths: Sequence[Path]) -> list[str]:
        """Return which of these git sees as changed, as it calls them: seen from the top."""
        top = self.top.resolve()
        wanted = {os.path.relpath(p.parent.resolve() / p.name, top): p for p in paths}
        said = self._done("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
        found = [entry[3:] for entry in said.split("\0") if entry]
        return sorted(name for name in found if name in wanted)

    def _asked(self, *words: str) -> str | None:
        """Return what git says, or ``None`` where it says no."""
        ran = self._run(self.place, words)
        return ran.stdout.decode(errors="replace").strip() if ran.returncode == 0 else None

    def _done(self, *words: str, given: bytes = b"", ssh: bool = False) -> str:
        options = [*(self._ssh() if ssh else ()), "--literal-pathspecs"]
        ran = self._run(self.top, (*options, *words), given)
        if ran.returncode:
            raise InvalidInput.of(f"git {words[0]} failed: {_told(ran)}", shown(self.place))
        return ran.stdout.decode(errors="surrogateescape")

    def _ssh(self) -> Sequence[str]:
        """Return what lets ssh ask for nothing, where the user has no ssh of their own.

        The environment's ``GIT_SSH_COMMAND`` goes before it in any case.
        """
        own = ("config", *(["--global"] if self._guard else []), "--get", "core.sshCommand")
        return ("-c", f"core.sshCommand={self._asked(*own) or _SSH}")

    def _run(
        self, place: Path, words: Sequence[str], given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {name: said for name, said in os.environ.items() if name not in _ELSEWHERE}
        command = ["git", *self._guard, *words]
        try:
            return subprocess.run(  # noqa: S603
                command,
                cwd=place,
                input=given,
                capture_output=True,
                env=environment | _SILENT,
                check=False,
            )
        except FileNotFoundError:
            raise Unequipped("a target of kind git needs git, which is not installed") from None


def _told(ran: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git said of a failure, in one line."""
    said = (ran.stderr or ran.stdout).decode(errors="replace").split("\n")
    lines = [line.strip() for line in said if line.strip() and not line.startswith("hint:")]
    return "; ".join(lines) or f"it ended with {ran.returncode}"


@contextmanager
def opened(site: Site, *, writing: bool, push: bool) -> Iterator[Git]:
    """Hold the folder, once it is known that what is written there can be committed.

    Raises:
        InvalidInput: the folder is not there or in no repository, or nothing can be committed or
            pushed there.
        Unequipped: git is not installed.
    """
    place = folder.place(site, make=False)
    if not place.is_dir():
        said = 'there is no such folder; clone the wiki there, or run "git init" in it'
        raise InvalidInput.of(said, shown(place))
    repository = Repository(site, place)
    store = Git(place, site, repository, push=push)
    if not writing:
        yield store
        return
    # A run to another folder of the same repository commits there, too, and git does not wait.
    with folder.locked(place), folder.locked(repository.own):
        repository.ready(push=push)
        yield store
