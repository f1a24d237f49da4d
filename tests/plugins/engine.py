"""A really trained small model, and real engine processes that answer on a free port.

The model is trained once per run from tests/bot/fixtures/tiny. Its actions are answered by a small
server inside the test process, which a test can tell to fail.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.plugins.missing import cannot_run

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = PROJECT / ".venv-engine" / "bin" / "python"
TINY = PROJECT / "tests" / "bot" / "fixtures" / "tiny"
TOKEN = "a secret of the tests"
NOW = "2026-11-18T04:00:00Z"  # a Wednesday, noon in Shanghai
READY_WITHIN_S = 60


class ActionServer:
    """Answers Rasa's action calls. `fail` holds status codes or raw answers by action name."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.fail: dict[str, int | dict[str, Any]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"

    def names(self) -> list[str]:
        return [call["next_action"] for call in self.calls]

    def answer(self, call: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.calls.append(call)
        name = call["next_action"]
        told = self.fail.get(name)
        if isinstance(told, int):
            return told, {"action_name": name, "error": "told to fail"}
        if told is not None:
            return 200, told
        texts = [{"text": f"done {name}"}] if name.startswith("action_submit") else []
        return 200, {"events": [], "responses": texts}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler_of(actions: ActionServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = actions.answer(
                {**json.loads(body), "authorization": self.headers["Authorization"]}
            )
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    return Handler


@dataclass(frozen=True)
class Engine:
    """One engine process, over HTTP."""

    port: int
    process: subprocess.Popen[bytes]

    def call(
        self, path: str, body: Any = None, *, token: str | None = TOKEN
    ) -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(  # noqa: S310 - always our own http address
            urljoin(f"http://127.0.0.1:{self.port}/webhooks/desk/", path),
            data=body if isinstance(body, bytes) or body is None else json.dumps(body).encode(),
            headers={} if token is None else {"Authorization": f"Bearer {token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the same
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                content = error.read()
            is_ours = content.startswith(b"{")
            return error.code, json.loads(content) if is_ours else {}

    def turn(
        self,
        text: str | None = None,
        *,
        history: list[dict[str, Any]] | None = None,
        button: dict[str, Any] | None = None,
        speak: bool = False,
        turn_id: str = "turn-1",
    ) -> tuple[int, dict[str, Any]]:
        message = {"text": text} if text is not None else {"button": button} if button else None
        return self.call(
            "turn",
            {
                "conversation_id": "conversation-1",
                "turn_id": turn_id,
                "history": history or [],
                "speak": speak,
                "message": message and {**message, "lang": "zh"},
                "metadata": {"now": NOW, "lang": "zh"},
            },
        )


@dataclass
class Dialogue:
    """A conversation as the desk keeps it: the history grows by what each turn returns."""

    engine: Engine
    history: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str) -> dict[str, Any]:
        return self._keep(self.engine.turn(text, history=self.history))

    def click(self, intent: str, **entities: Any) -> dict[str, Any]:
        button = {"intent": intent, "entities": entities}
        return self._keep(self.engine.turn(history=self.history, button=button))

    def speak(self) -> dict[str, Any]:
        return self._keep(self.engine.turn(history=self.history, speak=True))

    def _keep(self, answer: tuple[int, dict[str, Any]]) -> dict[str, Any]:
        status, reply = answer
        assert status == 200, reply
        self.history = [*self.history, *reply["events"]]
        return reply


def texts(reply: dict[str, Any]) -> list[str]:
    return [response["text"] for response in reply["responses"]]


def run_bot(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """A command of the engine; never raises for its exit status."""
    if not PYTHON.exists():
        cannot_run("the engine's environment", "run `make setup`")
    return subprocess.run(
        [PYTHON, "-m", "bot", *map(str, arguments)],
        cwd=PROJECT,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )


def train(source: Path, folder: Path) -> Path:
    """The models folder, with a freshly trained current model."""
    result = run_bot("train", "--domain", source / "domain.yml", "--data", source / "data",
                     "--out", folder)  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    return folder


@contextmanager
def started(models: Path, actions_url: str) -> Iterator[Engine]:
    """An engine that is ready, or one without a model; it is gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [PYTHON, "-m", "bot", "serve", "--model", models, "--port", str(port)],
        cwd=PROJECT,
        env={**os.environ, "BATON_ENGINE_TOKEN": TOKEN, "BATON_ACTIONS_URL": actions_url},
        stderr=subprocess.DEVNULL,
    )
    engine = Engine(port, process)
    try:
        _wait_until_up(engine)
        yield engine
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_up(engine: Engine) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        assert engine.process.poll() is None, "the engine ended while starting"
        try:
            if engine.call("health")[1]["state"] in {"ready", "no_model"}:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the engine was not ready within {READY_WITHIN_S} s")


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train(TINY, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def reworded_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second model of the same bot, in which one question is worded differently."""
    source = tmp_path_factory.mktemp("reworded")
    shutil.copytree(TINY, source, dirs_exist_ok=True)
    domain = source / "domain.yml"
    domain.write_text(domain.read_text("utf-8").replace("东西拆了没有?", "包装还在吗?"), "utf-8")
    return train(source, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def _action_server() -> Iterator[ActionServer]:
    server = ActionServer()
    yield server
    server.close()


@pytest.fixture
def actions(_action_server: ActionServer) -> ActionServer:
    """All actions succeed until the test says otherwise; calls are counted from here."""
    _action_server.calls.clear()
    _action_server.fail.clear()
    return _action_server


@pytest.fixture(scope="session")
def engine(tiny_models: Path, _action_server: ActionServer) -> Iterator[Engine]:
    with started(tiny_models, _action_server.url) as running:
        yield running


@pytest.fixture
def dialogue(engine: Engine, actions: ActionServer) -> Dialogue:
    return Dialogue(engine)


@pytest.fixture
def start_engine(_action_server: ActionServer) -> Callable[..., Any]:
    """`with start_engine(models) as engine`; `actions_url` for another action server."""

    def start(models: Path, actions_url: str | None = None) -> Any:
        return started(models, actions_url or _action_server.url)

    return start
