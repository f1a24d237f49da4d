"""`up` as a process: it serves, says where, and ends in time; without the engine."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.setup.pages import pages_are_ready
from tests.plugins.missing import cannot_run

PROJECT = Path(__file__).resolve().parents[2]


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Desk:
    """One `./baton up --demo --no-engine`; its ports are its own."""

    def __init__(self, home: Path) -> None:
        if not pages_are_ready():
            cannot_run("the bundle of the pages", "run `./baton --dev`")
        self.port = _free_port()
        self._environment = {
            **os.environ,
            "BATON_HOME": str(home),
            "BATON_PORT": self.port,
            "BATON_ACTIONS_PORT": _free_port(),
            "PYTHONPATH": str(PROJECT),
        }
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "console.cli", "up", "--demo", "--no-engine"]
        return subprocess.Popen(
            command,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def announcement(self) -> str:
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        return "".join(lines)

    def status_of(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, float]:
        """Exit status, and the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status, time.monotonic() - started


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[list[Desk]]:
    started: list[Desk] = []
    yield started
    for desk in started:
        if desk.process.poll() is None:
            desk.process.kill()
            desk.process.communicate()


def test_serves_says_where_and_shows_passwords_on_the_first_start_only(
    desks: list[Desk], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    desks.append(first := Desk(home))

    said = first.announcement()
    pages = [first.status_of(path) for path in ("/", "/console", "/widget.js", "/healthz")]
    status, seconds = first.end()

    assert f"demo shop  http://127.0.0.1:{first.port}/\n" in said
    assert len(re.findall(r"^    \w+ +[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$", said, re.M)) == 5
    assert pages == [200, 200, 200, 200]
    assert (status, seconds < 10) == (0, True)

    desks.append(second := Desk(home))
    said_again = second.announcement()
    assert second.end(signal.SIGTERM)[0] == 0
    assert "baton is up." in said_again
    assert "passwords" not in said_again


def test_a_second_desk_on_the_same_folder_ends_with_a_sentence(
    desks: list[Desk], tmp_path: Path
) -> None:
    desks.append(first := Desk(tmp_path / "home"))
    first.announcement()

    desks.append(second := Desk(tmp_path / "home"))
    out, _ = second.process.communicate(timeout=30)

    assert (second.process.returncode, out) == (1, "")
    assert first.status_of("/healthz") == 200
    first.end()
