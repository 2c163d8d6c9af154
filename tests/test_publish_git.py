"""``briefings publish`` to a git repository: what is committed, and what is never touched."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import does
from tests.publishing import desk, fire, killed, pages, started, toml, wiki
from tests.rendering import put

__all__ = ["desk"]
FIRE, TO = "2026-05-03-fire.press", "publish --to wiki"
# Git does not wait for another git, and fails: so does this, for as long as it takes to see it.
HELD = """
import pathlib, time
from briefings.publish.stores.git import Repository
done = Repository._done
def held(self, *words, **more):
    mark = pathlib.Path(self.own, "held")
    mark.touch(exist_ok=False)
    time.sleep(0.5)
    said = done(self, *words, **more)
    mark.unlink()
    return said
Repository._done = held
"""
KILL = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def git(*words: str, at: Path | None = None) -> str:
    ran = subprocess.run(
        ["git", *words],  # noqa: S607
        cwd=at or wiki(),
        capture_output=True,
        check=False,
        env=os.environ | {"LC_ALL": "C"},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.decode().rstrip("\n")


@pytest.fixture(autouse=True)
def repository(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with one commit, that nobody's own configuration reaches."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    put(desk, {"briefings.toml": toml(kind="git")})
    git("init", "--quiet", "--initial-branch=main")
    git("config", "user.name", "Duty desk")
    git("config", "user.email", "desk@example.org")
    put(wiki(), {"Mine.md": "# Mine\n", "notes.txt": "one\n"})
    git("add", ".")
    git("commit", "--quiet", "--message=First")
    return wiki().resolve()


def commits() -> list[str]:
    return git("log", "--format=%s").split("\n")


def test_what_is_published_is_one_commit_that_names_its_pages() -> None:
    assert does(TO).code == 0
    assert commits() == ["Publish 2026-04-01-flood.press and 5 more", "First"]
    assert f"create {FIRE}" in git("log", "-1", "--format=%b").split("\n")
    assert git("status", "--porcelain") == ""
    assert does(TO).out == "keep   6 as they are\n"
    assert len(commits()) == 2


def test_all_else_stays_as_it_is() -> None:
    put(wiki(), {"staged.txt": "a\n", "Mine.md": "# Staged\n", "notes.txt": "dirty\n"})
    git("add", "staged.txt", "Mine.md")
    put(wiki(), {"Mine.md": "# Staged, then changed\n", "new.md": "# New\n"})
    before = git("status", "--porcelain"), git("diff"), git("diff", "--cached")
    assert does(TO).code == 0
    assert (git("status", "--porcelain"), git("diff"), git("diff", "--cached")) == before
    assert sorted(git("show", "--format=", "--name-only").split("\n")) == sorted(
        f"{name}.md" for name in pages() if name not in ("Mine", "new")
    )


def test_a_page_that_somebody_has_edited_is_not_committed() -> None:
    does(TO)
    path = wiki() / f"{FIRE}.md"
    path.write_text(path.read_text("utf-8") + "\nA remark.\n", "utf-8")
    put(Path(), {"data/2026-04-01-flood.yaml": fire(title="High water")})
    assert does(TO).code == 1
    assert commits()[0].startswith("Update 2026-04-01-flood.press and ")
    assert git("status", "--porcelain") == f" M {FIRE}.md"


def test_what_is_removed_is_committed_too() -> None:
    does(TO)
    Path("data/2026-05-03-fire.yaml").unlink()
    assert does(f"{TO} --remove").code == 0
    assert f"{FIRE}.md" not in git("ls-files")
    assert f"remove {FIRE}" in git("log", "-1", "--format=%b")
    assert git("status", "--porcelain") == ""


def test_a_rename_is_committed_with_what_leads_there() -> None:
    does(TO)
    Path("data/2026-05-03-fire.yaml").unlink()
    put(Path(), {"data/blaze.yaml": fire(formerly="[2026-05-03-fire]")})
    assert does(TO).code == 0
    assert f"rename {FIRE} -> blaze.press" in git("log", "-1", "--format=%b")
    assert git("status", "--porcelain") == ""


def test_a_folder_of_a_repository_is_published_to() -> None:
    put(Path(), {"briefings.toml": toml(kind="git").replace("../wiki", "../wiki/docs/press")})
    assert "one outside of the workspace has to be there already" in does(TO).err
    put(wiki(), {"docs/press/.keep": ""})
    assert does(TO).code == 0
    assert git("status", "--porcelain") == "?? docs/press/.keep"
    assert f"docs/press/{FIRE}.md" in git("ls-files").split("\n")


def test_two_at_once_to_two_folders_of_one_repository_wait_for_each_other() -> None:
    one = toml(kind="git").replace("targets.wiki", "targets.{0}").replace("../wiki", "../wiki/{0}")
    put(Path(), {"briefings.toml": one.format("a") + one.format("b")})
    for name in ("a", "b"):
        (wiki() / name).mkdir()
    with (
        started("publish", "--to", "a", before=HELD) as first,
        started("publish", "--to", "b", before=HELD) as second,
    ):
        said = [ran.communicate(timeout=60) for ran in (first, second)]
    assert [ran.returncode for ran in (first, second)] == [0, 0], said
    assert len(commits()) == 3
    assert git("status", "--porcelain") == ""


def test_what_git_ignores_is_told() -> None:
    put(wiki(), {".gitignore": "*.pdf\n"})
    put(Path(), {"briefings.toml": toml("pdf = true", kind="git")})
    Path("data/2026-04-01-flood.yaml").unlink()
    ran = does(TO)
    assert ran.code == 2
    assert f"git ignores {FIRE}.pdf, so that is not committed; see .gitignore" in ran.err
    assert commits()[0] == f"Publish {FIRE} and 4 more"


# --- what cannot be committed ------------------------------------------------------------------


def detached() -> None:
    git("checkout", "--quiet", "--detach")


def nameless() -> None:
    git("config", "--unset", "user.email")


def merging() -> None:
    git("checkout", "--quiet", "-b", "other")
    put(wiki(), {"notes.txt": "other\n"})
    git("commit", "--quiet", "--all", "--message=Other")
    git("checkout", "--quiet", "main")
    put(wiki(), {"notes.txt": "main\n"})
    git("commit", "--quiet", "--all", "--message=Main")
    subprocess.run(["git", "merge", "other"], cwd=wiki(), capture_output=True, check=False)  # noqa: S607


def held() -> None:
    (wiki() / ".git/index.lock").touch()


def bare() -> None:
    shutil.rmtree(wiki())
    git("init", "--quiet", "--bare", "wiki", at=Path(".."))


def no_repository() -> None:
    shutil.rmtree(wiki() / ".git")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (detached, "the repository is on no branch, so a commit would be lost: git switch BRANCH"),
        (nameless, "git does not know who commits: git config user.name NAME, and user.email"),
        (held, "another git is at work here; wait, or if there is none, remove "),
        (merging, "a merge is under way in this repository; end it first"),
        (bare, "this is a bare repository, which has no files; clone it, and name the clone"),
        (
            no_repository,
            'this is in no git repository; run "git init", or let its kind be "folder"',
        ),
    ],
)
def test_it_is_told_before_anything_is_written(broken: object, said: str) -> None:
    assert callable(broken)
    broken()
    before = sorted(wiki().rglob("*.md"))
    ran = does(TO)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert sorted(wiki().rglob("*.md")) == before


def test_without_git_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    ran = does(TO)
    assert (ran.code, ran.out) == (2, "")
    assert "a target of kind git needs git, which is not installed" in ran.err


def hook(name: str, text: str) -> None:
    path = wiki() / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_a_hook_may_refuse_and_the_next_run_commits_what_was_written() -> None:
    hook("pre-commit", "echo no commits on Sundays >&2; exit 1")
    ran = does(TO)
    assert ran.code == 2
    assert "git commit failed: no commits on Sundays" in ran.err
    assert (commits(), FIRE in pages()) == (["First"], True)
    hook("pre-commit", "git diff --cached --name-only > .git/seen")
    assert does(TO).out == "keep   6 as they are\n"
    assert commits() == ["Publish what an earlier run wrote", "First"]
    assert f"{FIRE}.md" in (wiki() / ".git/seen").read_text()
    assert git("status", "--porcelain") == ""


def test_the_repository_of_a_hook_that_runs_us_is_not_the_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git("init", "--quiet", "elsewhere", at=tmp_path)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere/.git/index"))
    assert does(TO).code == 0
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert len(commits()) == 2


def test_killed_before_the_commit_the_next_run_commits() -> None:
    before = "from briefings.publish.stores.git import Repository\n"
    before += f"def commit(*_):\n    {KILL}\nRepository.commit = commit"
    killed(*TO.split(), before=before)
    assert commits() == ["First"]
    assert FIRE in pages()
    assert does(TO).code == 0
    assert commits() == ["Publish what an earlier run wrote", "First"]
    assert git("status", "--porcelain") == ""


def test_killed_before_what_is_removed_the_next_run_removes() -> None:
    does(TO)
    Path("data/2026-05-03-fire.yaml").unlink()
    before = "from briefings.publish.stores.git import Git\n"
    before += f"def finish(*_):\n    {KILL}\nGit.finish = finish"
    killed(*f"{TO} --remove".split(), before=before)
    assert does(f"{TO} --remove").code == 0
    assert f"{FIRE}.md" not in git("ls-files")
    assert git("status", "--porcelain") == ""


# --- the other side -----------------------------------------------------------------------------


def origin() -> Path:
    git("init", "--quiet", "--bare", "--initial-branch=main", "origin.git", at=Path(".."))
    git("remote", "add", "origin", str(Path("../origin.git").resolve()))
    return Path("../origin.git")


def test_nothing_is_pushed_unless_that_is_said() -> None:
    there = origin()
    ran = does(f"{TO} --push")
    assert (ran.code, ran.out) == (2, "")
    assert 'the branch "main" has no upstream: git push -u origin main, once' in ran.err
    git("push", "--quiet", "-u", "origin", "main")
    assert does(TO).code == 0
    assert git("log", "--format=%s", at=there) == "First"
    assert does(f"{TO} --push").code == 0
    assert git("log", "--format=%s", at=there).split("\n") == commits()


def test_a_push_that_is_not_taken_is_told_in_a_line() -> None:
    there = origin()
    git("push", "--quiet", "-u", "origin", "main")
    git("clone", "--quiet", str(there.resolve()), "other", at=Path(".."))
    git(
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@b.c",
        "commit",
        "--quiet",
        "--allow-empty",
        "--message=Theirs",
        at=Path("../other"),
    )
    git("push", "--quiet", at=Path("../other"))
    ran = does(f"{TO} --push")
    assert ran.code == 2
    said = "git push failed: others have pushed there since; git pull --rebase, then publish again"
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert len(commits()) == 2
    git("pull", "--quiet", "--rebase")
    assert does(f"{TO} --push").code == 0
    assert git("log", "--format=%s", at=there).split("\n") == commits()


def test_nobody_is_asked_for_a_password() -> None:
    origin()
    git("push", "--quiet", "-u", "origin", "main")
    git("remote", "set-url", "origin", "https://user@127.0.0.1:9/wiki.git")
    ran = does(f"{TO} --push")
    assert ran.code == 2
    assert "git push failed: " in ran.err


def ssh(said: str) -> str:
    """Return a program that is run in place of ssh, and leaves a file of that name."""
    path = Path(f"../{said}.sh").resolve()
    path.write_text(f"#!/bin/sh\ntouch {path.parent}/{said}-was-run\nexit 1\n")
    path.chmod(0o755)
    return str(path)


def was_run() -> list[str]:
    return sorted(path.name.removesuffix("-was-run") for path in Path("..").glob("*-was-run"))


def test_an_ssh_of_ones_own_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    origin()
    git("push", "--quiet", "-u", "origin", "main")
    git("remote", "set-url", "origin", "ssh://wiki.example/wiki.git")
    git("config", "core.sshCommand", ssh("configured"))
    assert "git push failed: " in does(f"{TO} --push").err
    assert was_run() == ["configured"]
    monkeypatch.setenv("GIT_SSH_COMMAND", ssh("named"))
    assert "git push failed: " in does(f"{TO} --push").err
    assert was_run() == ["configured", "named"]


@pytest.mark.parametrize("trusted", ["false", "true"])
def test_a_repository_in_the_workspace_runs_nothing_unless_that_is_trusted(trusted: str) -> None:
    shutil.copytree(wiki(), "wiki")
    inside = toml(kind="git").replace("../wiki", "wiki")
    put(Path(), {"briefings.toml": f"trusted = {trusted}\n{inside}"})
    hooks = Path("wiki/.git/hooks")
    hooks.mkdir(exist_ok=True)
    shutil.copy(ssh("hook"), hooks / "post-commit")
    git("config", "core.fsmonitor", ssh("monitor"), at=Path("wiki"))
    assert does(TO).code == 0
    assert git("log", "-1", "--format=%s", at=Path("wiki")).startswith("Publish ")
    assert was_run() == (["hook", "monitor"] if trusted == "true" else [])
