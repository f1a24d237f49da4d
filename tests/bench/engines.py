"""Engines to measure: ours behind a desk, and bare Rasa that calls the actions of another desk."""

from __future__ import annotations

import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.model_files import find_model
from tests.bench.desks import DATABASE, desk_in
from tests.bench.machine import cpu_s, free_port
from tests.bench.processes import PROJECT, Server, running, wait_until_answers
from tests.bench.seed import Person, seed_agent, seed_buyers

ENGINE_PYTHON = PROJECT / ".venv-engine" / "bin" / "python"
AGENT = "xiaolin"


class NoEngine(Exception):
    """The engine's environment or its model is not there; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A way of talking to a bot. `buyers`: one for each conversation, each used once."""

    url: str
    pids: tuple[int, ...]
    buyers: list[Person]
    engine_log: Path
    agent_session: str

    def cpu_s(self) -> float:
        """Of everything that a turn keeps busy: engine and desk."""
        return cpu_s(*self.pids)

    def next_buyer(self) -> Person:
        return self.buyers.pop()


def trained_model(folder: Path) -> Path:
    """Of our data; trains it when the one that is here is out of date."""
    if not ENGINE_PYTHON.exists():
        raise NoEngine("the engine's environment is missing; `./baton bench` makes it")
    words = [ENGINE_PYTHON, "-m", "bot", "train", "--if-needed", "--out", folder]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, check=False)
    model = find_model(folder)
    if done.returncode != 0 or model is None:
        raise NoEngine(f"training failed: {done.stderr.decode(errors='replace')[-400:]}")
    return model


@contextmanager
def our_bot(model: Path, folder: Path, buyers: int) -> Iterator[Bot]:
    """A desk and its engine, as `up` starts them."""
    token, port, actions = secrets.token_hex(16), free_port(), free_port()
    home, people = _home(folder, buyers)
    session = seed_agent(home / DATABASE, AGENT)
    log = home / "engine-times.jsonl"
    command = [str(ENGINE_PYTHON), "-m", "bot", "serve", "--model", str(model), "--port", str(port)]
    environment = {**_secrets(token, actions), "BATON_HOME": str(home)}
    with running(command, environment, home / "engine.log") as engine:
        url = f"http://127.0.0.1:{port}"
        wait_until_answers(f"{url}/webhooks/desk/health", engine, token)
        with _desk(home, token, actions, "--bot", "engine", "--engine-log", log, url=url) as desk:
            yield Bot(desk.url, (engine.pid, desk.pid), people, log, session)


@contextmanager
def bare_rasa(
    model: Path, folder: Path, buyers: int, *, python: Path = ENGINE_PYTHON, tracker: str = ""
) -> Iterator[Bot]:
    """`rasa run` with a model; a desk beside it answers the calls of its actions.

    `tracker`: the `tracker_store` section of endpoints.yml; empty for Rasa's own, in memory.
    """
    token, port, actions = secrets.token_hex(16), free_port(), free_port()
    home, people = _home(folder, buyers)
    endpoints = home / "endpoints.yml"
    endpoints.write_text((PROJECT / "endpoints.yml").read_text("utf-8") + tracker, "utf-8")
    command = [python, "-m", "tests.bench.servers.bare_rasa", port, model, endpoints]
    environment = {**_secrets(token, actions), "PYTHONPATH": str(PROJECT)}
    with (
        _desk(home, token, actions, "--bot", "off") as desk,
        running(list(map(str, command)), environment, home / "rasa.log") as rasa,
    ):
        url = f"http://127.0.0.1:{port}"
        wait_until_answers(f"{url}/status", rasa)
        yield Bot(url, (rasa.pid, desk.pid), people, home / "none", "")


def _secrets(token: str, actions_port: int) -> dict[str, str]:
    return {
        "BATON_ENGINE_TOKEN": token,
        "BATON_ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def _desk(
    home: Path, token: str, actions_port: int, *words: object, url: str = "http://127.0.0.1:9"
) -> Iterator[Server]:
    more = {"ENGINE_TOKEN": token, "ACTIONS_PORT": str(actions_port), "ENGINE_URL": url}
    with desk_in(home, *words, **more) as desk:
        yield desk


def _home(folder: Path, buyers: int) -> tuple[Path, list[Person]]:
    home = Path(tempfile.mkdtemp(prefix="bot-", dir=folder))
    return home, seed_buyers(home / DATABASE, buyers)
