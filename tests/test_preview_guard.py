"""Who may ask a preview, and what is told to whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from briefings.preview import guard, server
from briefings.preview.guard import Guard
from briefings.preview.places import Places
from briefings.preview.work import Made, Read
from tests.previewing import Screen, looking
from tests.rendering import YAML, put

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

PORT = 8765
HOST = f"127.0.0.1:{PORT}"


async def _said(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.url.path)


@pytest.fixture
def guarded() -> Guard:
    return Guard(Starlette(routes=[Route("/{path:path}", _said)]), PORT)


def client(guarded: Guard, host: str = HOST) -> TestClient:
    return TestClient(guarded, base_url=f"http://{host}", follow_redirects=False)


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}", f"LocalHost:{PORT}"])
def test_this_machines_own_names_are_let_in(host: str, guarded: Guard) -> None:
    answer = client(guarded).get(f"/{guarded.secret}/events", headers={"Host": host})
    assert (answer.status_code, answer.text) == (200, "/events")


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", "", f"x.{HOST}"],
)
def test_another_name_is_not(host: str, guarded: Guard) -> None:
    answer = client(guarded).get(f"/{guarded.secret}/", headers={"Host": host})
    assert answer.status_code == 421


def test_two_names_are_not(guarded: Guard) -> None:
    hosts = [("Host", HOST), ("Host", "evil.example")]
    assert client(guarded).get(f"/{guarded.secret}/", headers=hosts).status_code == 421


@pytest.mark.parametrize(
    "path", ["/", "", "/events", "/none/", "/{}x/", "/{}", "//{}/", "/%2e/{}/"]
)
def test_without_the_secret_nothing_is_told(path: str, guarded: Guard) -> None:
    answer = client(guarded).get(path.format(guarded.secret))
    assert answer.status_code == 403
    assert guarded.secret not in answer.text


def test_each_run_has_a_secret_of_its_own(guarded: Guard) -> None:
    assert len(guarded.secret) >= 32
    assert Guard(guarded, PORT).secret != guarded.secret


def test_an_address_that_leads_in_once_does_so_once(guarded: Guard) -> None:
    path = guarded.once()
    assert guarded.secret not in path
    answer = client(guarded).get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{guarded.secret}/")
    assert client(guarded).get(path).status_code == 403
    assert client(guarded).get("/").status_code == 403


def test_a_web_socket_is_closed(guarded: Guard) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client(guarded).websocket_connect(f"/{guarded.secret}/events"),
    ):
        pytest.fail("it is open")


def test_every_answer_is_told_to_be_kept_from_others(guarded: Guard) -> None:
    for path in ("/", f"/{guarded.secret}/", "/none/"):
        headers = client(guarded).get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "unsafe" not in policy


# --- the application behind it ---


@pytest.fixture
def made(tmp_path: Path) -> server.Preview:
    """A preview in which a brief was made, without the workers: the client starts no life."""
    put(tmp_path, {"brief.yaml": YAML, "secret.env": "secret", "audiences/own.yaml": "a: 1"})
    found = server.Preview(Places(tmp_path / "brief.yaml", (tmp_path,)), ())
    number = found.state.begin()
    found.state.take("pages", Read(number, ("press",)))
    for form in ("html", "md", "pdf"):
        found.state.take("pages", Made(number, "press", form, b"<h1>It</h1>"))
    return found


def test_a_brief_runs_nothing_wherever_it_is_opened(made: server.Preview) -> None:
    for path in ("/brief/press.html", "/brief/press.md", "/markdown/press"):
        policy = TestClient(made.app).get(path).headers["content-security-policy"]
        assert policy == guard.BRIEF
        assert policy.startswith("sandbox ")
        assert "allow-scripts" not in policy
        assert "script-src" not in policy, "so that the default holds, which is none"
    assert TestClient(made.app).get("/brief/press.pdf").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/brief/analyst.html",
        "/brief/press.exe",
        "/brief/../brief.yaml",
        "/brief/..%2f..%2fbrief.yaml",
        "/brief/%2e%2e%2fpress.html",
        "/brief.yaml",
        "/shell.js/../secret.env",
        "/markdown/nobody",
        "/lines",
        "/lines?file=secret.env",
        "/lines?file=/etc/passwd",
        "/lines?file=../../etc/passwd&line=1",
        "/events?show=press.exe",
    ],
)
def test_nothing_else_is_given(path: str, made: server.Preview) -> None:
    assert TestClient(made.app).get(path).status_code == 404


def test_nothing_is_changed_by_asking(made: server.Preview) -> None:
    for path in ("/", "/events", "/lines", "/brief/press.html"):
        assert TestClient(made.app).post(path).status_code == 405


def test_lines_are_those_of_the_briefing_itself(made: server.Preview, tmp_path: Path) -> None:
    asked = {"file": str(tmp_path / "brief.yaml"), "line": "3"}
    answer = TestClient(made.app).get("/lines", params=asked).json()
    assert answer["lines"][2] == "bluf: A strike was reported."
    for line in ("x", "-1", "9" * 40, "٣"):
        answer = TestClient(made.app).get("/lines", params={**asked, "line": line})
        assert answer.json()["line"] == 0
    own = {"file": str(tmp_path / "audiences/own.yaml")}
    assert TestClient(made.app).get("/lines", params=own).status_code == 404, "no finding names it"


def test_a_download_has_the_name_that_render_gives(made: server.Preview) -> None:
    answer = TestClient(made.app).get("/brief/press.pdf?download")
    assert answer.headers["content-disposition"] == ("attachment; filename*=UTF-8''brief.press.pdf")


def test_the_shell_asks_for_nothing_from_elsewhere(made: server.Preview) -> None:
    for path in ("/", "/shell.css", "/shell.js", "/panes.js", "/findings.js"):
        answer = TestClient(made.app).get(path)
        assert answer.status_code == 200
        for sign in ("http:", "https:", "//www", "@import", "innerHTML", "eval(", "style="):
            assert sign not in answer.text, (path, sign)


def test_a_running_one_is_only_where_it_says(tmp_path: Path) -> None:
    put(tmp_path, {"brief.yaml": YAML})
    with looking(tmp_path / "brief.yaml") as screen:
        assert screen.address.startswith("http://127.0.0.1:")
        assert screen.get("")[0] == 200
        assert screen.get("", Host="evil.example")[0] == 421
        base = screen.address.split("/", 3)
        assert Screen("/".join(base[:3]) + "/").get("shell.js")[0] == 403
        assert Screen(screen.first).get("")[0] == 200
        assert Screen(screen.first).get("")[0] == 403
