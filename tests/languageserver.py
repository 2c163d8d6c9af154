"""yaml-language-server, which editors use for YAML, over plain JSON-RPC on its standard streams."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).parent / "editor"
SERVER = FOLDER / "node_modules/yaml-language-server/bin/yaml-language-server"
GUARD = FOLDER / "no-network.cjs"
PATIENCE = 60  # seconds that an answer may take
CURSOR = "|"
SETTINGS: dict[str, Any] = {
    "yaml": {
        **dict.fromkeys(("validate", "hover", "completion"), True),
        "schemaStore": {"enable": False},  # it would fetch a catalogue of schemas
        "kubernetesCRDStore": {"enable": False},
    }
}
Json = dict[str, Any]


class Server:
    """A running server; ``asked`` is what it asked of the editor, in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[Json] = []
        self._log = folder / "connections.log"
        self._number = 0
        self._inbox: queue.Queue[Json] = queue.Queue()
        self._diagnostics: dict[str, list[Json]] = {}

    def __enter__(self) -> Self:
        node = shutil.which("node")
        assert node, "Node is not installed"
        self._process = subprocess.Popen(
            [node, "--require", str(GUARD), str(SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "CONNECTIONS": str(self._log),
            },
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask("initialize", _abilities(self.folder))
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        return self

    def __exit__(self, *_: object) -> None:
        self.ask("shutdown", None)
        self._tell("exit", None)
        self._process.communicate(timeout=PATIENCE)

    def open(self, name: str, text: str) -> Place:
        """Open a new file as an editor does, with the cursor where the text holds one."""
        before, _, after = text.partition(CURSOR)
        self._number += 1
        path = self.folder / f"{name}-{self._number}.yaml"
        uri = path.as_uri()
        path.write_text(before + after, "utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
        self._tell("textDocument/didOpen", {"textDocument": document})
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        return Place(self, uri, {"line": line, "character": column})

    def connections(self) -> list[str]:
        """Return where it tried to connect to; the guard lets nothing through."""
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []

    def ask(self, method: str, parameters: object) -> Any:  # noqa: ANN401  # any JSON
        """Return the answer to a request."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def diagnostics(self, uri: str) -> list[Json]:
        """Return what is wrong with a file, once the server has said it."""
        while uri not in self._diagnostics:
            self._next()
        return self._diagnostics.pop(uri)

    def _next(self) -> Json:
        """Take the server's next message, and answer it where it is a question."""
        message = self._inbox.get(timeout=PATIENCE)
        method = message.get("method", "")
        if method == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method and "id" in message:
            self.asked.append(message)
            self._send({"id": message["id"], "result": _answer(message)})
        return message

    def _tell(self, method: str, parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Json) -> None:
        assert self._process.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                while stream.readline().strip():
                    pass
                self._inbox.put(json.loads(stream.read(int(header.split(b":")[1]))))


class Place:
    """A place in an open file."""

    def __init__(self, server: Server, uri: str, position: Json) -> None:
        self.server = server
        self.uri = uri
        self._where = {"textDocument": {"uri": uri}, "position": position}

    def offered(self) -> dict[str, Json]:
        """Return what is offered to be put in here, by its label."""
        found = self.server.ask("textDocument/completion", self._where)
        return {one["label"]: one for one in found["items"]}

    def shown(self) -> str:
        """Return what is shown of what stands here, in Markdown."""
        found = self.server.ask("textDocument/hover", self._where)
        return str(found["contents"]["value"]) if found else ""

    def wrong(self) -> list[tuple[str, str]]:
        """Return what is wrong with the whole file, each as its place and what is said of it."""
        return [(_range(one["range"]), one["message"]) for one in self.server.diagnostics(self.uri)]


def _range(found: Json) -> str:
    """Return a range as line:column-line:column; both count from 1."""
    start, end = (
        f"{at['line'] + 1}:{at['character'] + 1}" for at in (found["start"], found["end"])
    )
    return f"{start}-{end}"


def _answer(message: Json) -> object:
    if message["method"] == "workspace/configuration":
        return [SETTINGS.get(item.get("section", "")) for item in message["params"]["items"]]
    return None


def _abilities(folder: Path) -> Json:
    text = {
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    }
    workspace = {"configuration": True, "workspaceFolders": True}
    folders = [{"uri": folder.as_uri(), "name": folder.name}]
    return {
        "processId": os.getpid(),
        "rootUri": folder.as_uri(),
        "workspaceFolders": folders,
        "capabilities": {"textDocument": text, "workspace": workspace},
    }
