"""MediaWiki and DokuWiki behind a web server of their own, on a free port of this machine.

PHP's own web server runs what a visitor's request runs. Everything that a wiki keeps lies in a
folder of the test, and the server ends with the test.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from functools import cache
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

from tests import wikiengines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

PATIENCE = 30  # seconds: the machine of a test may be busy with others
USER, PASSWORD = "publisher-7", "Quite-Secret-7+%&/@é"
EDITOR, EDITORS = "editor", "Not-a-secret-9"
BOT, BOTS = "Publisher-7@publish", "0123456789abcdef0123456789abcdef"
MEDIAWIKI_SETTINGS = """
$wgServer = "http://127.0.0.1:" . getenv( "WIKI_PORT" );
$wgScriptPath = "";
$wgEnableUploads = true;
$wgParserCacheType = CACHE_NONE; // else a page that leads to a new one is drawn anew later
$wgUseImageResize = false; // which takes a program of its own
$wgFileExtensions = array_merge( $wgFileExtensions, [ "pdf", "svg" ] );
$wgUploadDirectory = getenv( "WIKI_FOLDER" ) . "/images";
$wgUploadPath = "/img_auth.php";
$wgGroupPermissions["user"]["delete"] = true;
"""
DOKUWIKI_SETTINGS = """
$conf['useacl'] = 1;
$conf['remote'] = 1;
$conf['remoteuser'] = '@user';
"""
RIGHTS = """# acl.auth.php
*  @ALL   1
*  @user  16
"""
BEGINNING = f"auto_prepend_file={wikiengines.HERE / 'beginning.php'}"
GRANTS = "basic,editpage,createeditmovepage,uploadfile,uploadeditmovefile,delete,highvolume"


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def serving(root: Path, folder: Path, *options: str, **variables: str) -> Iterator[str]:
    """Let PHP serve the files of *root*, and give the address."""
    command = ["php", *options, "-S", "127.0.0.1:{port}", "-t", str(root)]
    with running(command, WIKI_FOLDER=str(folder), WIKI_PORT="{port}", **variables) as address:
        yield address


@contextmanager
def running(command: Sequence[str], **variables: str) -> Iterator[str]:
    """Let a server run on a free port, which stands for ``{port}``, and give its address."""
    for _ in range(5):  # somebody else may take the port before the server does
        port = _free_port()
        process = subprocess.Popen(
            [part.replace("{port}", str(port)) for part in command],
            env=wikiengines.environment(
                **{name: value.replace("{port}", str(port)) for name, value in variables.items()}
            ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            if _answers(port, process):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            process.terminate()
            process.wait(PATIENCE)
    raise RuntimeError(f"{command[0]} does not start")


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return True
    return False


def fetch(url: str) -> bytes:
    """Return what a visitor gets."""
    with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310  # it is ours
        data: bytes = answer.read()
        return data


class MediaWiki:
    """A MediaWiki that runs, as its own command lines see it."""

    def __init__(self, folder: Path, settings: str) -> None:
        self.folder, self.address = folder, ""
        self.variables = {
            "MW_CONFIG_FILE": str(folder / "LocalSettings.php"),
            "MW_INSTALL_PATH": str(wikiengines.MEDIAWIKI),
        }
        with (folder / "LocalSettings.php").open("a", encoding="utf-8") as file:
            file.write(settings)

    def do(self, script: str, *arguments: object, text: str | None = None) -> str:
        """Run a script of the wiki's maintenance."""
        return wikiengines.php(
            wikiengines.MEDIAWIKI / "maintenance" / f"{script}.php",
            *arguments,
            text=text,
            WIKI_FOLDER=str(self.folder),
            WIKI_PORT="0",
            **self.variables,
        )

    def ask(self, action: str, **more: str) -> Any:  # noqa: ANN401  # whatever the wiki answers
        """Return what the API answers to anybody."""
        query = urlencode({"action": action, "format": "json", "formatversion": "2", **more})
        return json.loads(fetch(f"{self.address}/api.php?{query}"))

    def names(self) -> set[str]:
        """Return the names of all pages and files."""
        found = set()
        for space in ("0", "6", "14"):
            pages = self.ask("query", list="allpages", aplimit="500", apnamespace=space)
            found |= {page["title"] for page in pages["query"]["allpages"]}
        return found

    def revisions(self, name: str) -> list[dict[str, Any]]:
        """Return the revisions of a page, the newest first."""
        props = "ids|user|content|comment"
        asked = self.ask(
            "query", prop="revisions", titles=name, rvprop=props, rvslots="main", rvlimit="50"
        )
        found: list[dict[str, Any]] = asked["query"]["pages"][0].get("revisions", [])
        return found

    def text(self, name: str) -> str:
        """Return what a page holds; nothing where there is none."""
        found = self.revisions(name)
        return str(found[0]["slots"]["main"]["content"]) if found else ""

    def stored(self, name: str) -> str:
        """Return what a page of a private wiki holds."""
        return self.do("getText", name)

    def edit(self, name: str, text: str) -> None:
        """Write a page as somebody else."""
        self.do("edit", "--user", EDITOR.capitalize(), name, text=text)

    def html(self, name: str) -> str:
        """Return what a visitor is shown of a page."""
        query = urlencode({"title": name, "action": "render"})
        return fetch(f"{self.address}/index.php?{query}").decode()

    def file(self, name: str) -> bytes:
        """Return an uploaded file; nothing where there is none."""
        found = list((self.folder / "images").glob(f"?/??/{name.replace(' ', '_')}"))
        return found[0].read_bytes() if found else b""


@cache
def _installed(home: Path) -> Path:
    """Install a MediaWiki once; each test gets a copy."""
    folder = home / "installed"
    folder.mkdir()
    variables = wikiengines.mediawiki_settings(folder, MEDIAWIKI_SETTINGS)
    settings = Path(variables["MW_CONFIG_FILE"])
    text = settings.read_text("utf-8").replace(f'"{folder}"', 'getenv( "WIKI_FOLDER" )')
    settings.write_text(text, "utf-8")
    (folder / "images").mkdir()
    made = MediaWiki(folder, "")
    made.do("createAndPromote", EDITOR.capitalize(), EDITORS)
    made.do("createAndPromote", USER.capitalize(), PASSWORD)
    made.do("createBotPassword", "--appid", "publish", "--grants", GRANTS, USER.capitalize(), BOTS)
    return folder


@contextmanager
def mediawiki(folder: Path, home: Path, settings: str = "") -> Iterator[MediaWiki]:
    """Let a new MediaWiki run, with more settings in PHP."""
    shutil.copytree(_installed(home), folder)
    made = MediaWiki(folder, settings)
    with serving(wikiengines.MEDIAWIKI, folder, **made.variables) as made.address:
        yield made


class DokuWiki:
    """A DokuWiki that runs, as its own command lines and its files see it."""

    def __init__(self, folder: Path, settings: str) -> None:
        self.folder, self.address = folder, ""
        self.conf = wikiengines.dokuwiki_settings(folder)
        with (self.conf / "local.php").open("a", encoding="utf-8") as file:
            file.write(DOKUWIKI_SETTINGS + settings)
        (self.conf / "acl.auth.php").write_text(RIGHTS, "utf-8")
        hashed = {
            u: self.do("-r", f"echo password_hash('{p}', PASSWORD_BCRYPT, ['cost' => 4]);")
            for u, p in ((USER, PASSWORD), (EDITOR, EDITORS))
        }
        users = (f"{u}:{h}:{u}:{u}@example.org:user" for u, h in hashed.items())
        (self.conf / "users.auth.php").write_text("\n".join(users) + "\n", "utf-8")

    def do(self, *arguments: object) -> str:
        """Run PHP as the web server runs it."""
        return wikiengines.php(*arguments, WIKI_FOLDER=str(self.folder))

    def names(self) -> set[str]:
        """Return the ids of all pages and files."""
        found = set()
        for kind, cut in (("pages", 4), ("media", 0)):
            root = self.folder / "data" / kind
            for path in root.rglob("*.*"):
                name = ":".join(path.relative_to(root).parts)
                found.add(name[:-cut] if cut else name)
        return found

    def revisions(self, name: str) -> list[list[str]]:
        """Return the lines of a page's change log, the newest first."""
        log = self.folder / "data" / "meta" / f"{name.replace(':', '/')}.changes"
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        return [line.split("\t") for line in reversed(lines)]

    def text(self, name: str) -> str:
        """Return what a page holds; nothing where there is none."""
        path = self.folder / "data" / "pages" / f"{name.replace(':', '/')}.txt"
        return path.read_text("utf-8") if path.exists() else ""

    def edit(self, name: str, text: str) -> None:
        """Write a page as somebody else, who heeds no lock."""
        file = self.folder / "edited.txt"
        file.write_text(text, "utf-8")
        script = wikiengines.DOKUWIKI / "bin" / "dwpage.php"
        self.do("-d", BEGINNING, script, "-f", "-u", EDITOR, "commit", "-m", "by hand", file, name)

    def lock(self, name: str) -> Path:
        """Let somebody have a page open in an editor, and return the lock."""
        path = self.folder / "data" / "locks" / f"{md5(name.encode()).hexdigest()}.lock"  # noqa: S324
        path.write_text(EDITOR, "utf-8")
        return path

    def html(self, name: str) -> str:
        """Return what a visitor is shown of a page."""
        query = urlencode({"id": name, "do": "export_xhtmlbody"})
        return fetch(f"{self.address}/doku.php?{query}").decode()

    def file(self, name: str) -> bytes:
        """Return an uploaded file; nothing where there is none."""
        path = self.folder / "data" / "media" / name.replace(":", "/")
        return path.read_bytes() if path.exists() else b""


@contextmanager
def dokuwiki(folder: Path, _home: Path, settings: str = "") -> Iterator[DokuWiki]:
    """Let a new DokuWiki run, with more settings in PHP."""
    folder.mkdir(parents=True, exist_ok=True)
    made = DokuWiki(folder, settings)
    with serving(wikiengines.DOKUWIKI, folder, "-d", BEGINNING) as made.address:
        yield made


Wiki = MediaWiki | DokuWiki
KINDS: dict[str, Callable[..., AbstractContextManager[Wiki]]] = {
    "mediawiki": mediawiki,
    "dokuwiki": dokuwiki,
}


@contextmanager
def otterwiki(folder: Path, pages: Mapping[str, str]) -> Iterator[str]:
    """Let An Otter Wiki run with what a folder holds and these pages, and give its address."""
    folder.mkdir(parents=True, exist_ok=True)
    git = ("git", "-C", str(folder), "-c", "user.name=Desk", "-c", "user.email=desk@example.org")
    subprocess.run([*git, "init", "-q"], check=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Briefs"], check=True)
    command = [str(wikiengines.PACKAGES / "flask"), "--app", "otterwiki.server", "run"]
    with running([*command, "-p", "{port}"], **wikiengines.otter_settings(folder)) as address:
        yield address
