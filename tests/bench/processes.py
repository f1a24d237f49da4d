"""Servers as processes of their own, each on the servers' core, gone when the block ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.machine import GENERATORS_CORE, SERVERS_CORE, cpu_s, free_port, pin

PROJECT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 180.0  # TensorFlow alone may take a minute of a busy core


class DidNotStart(Exception):
    """A server ended, or said nothing for too long; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that answers at `url`."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self.process.pid

    def cpu_s(self) -> float:
        return cpu_s(self.pid)

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nobody is told."""
        self.process.kill()
        self.process.wait()


@contextmanager
def serving(
    module: str, *arguments: object, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """`python -m tests.bench.servers.<module> PORT …`; ready when it has said so."""
    port = free_port()
    command = [sys.executable, "-m", f"tests.bench.servers.{module}", str(port)]
    with running([*command, *map(str, arguments)], environment or {}) as process:
        _wait_for_word(process)
        yield Server(port, process)


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A child on the servers' core; `log` takes what it says, else stderr is ours."""
    output = log.open("wb") if log is not None else subprocess.PIPE
    with _on_servers_core():  # a child inherits where its parent is
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**_own_environment(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output if log is not None else None,
        )
    try:
        yield process
    finally:
        _end(process)
        if process.stdout is not None:
            process.stdout.close()
        if not isinstance(output, int):
            output.close()


def _own_environment() -> dict[str, str]:
    """Nothing of the operator's settings: every run measures the same desk."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BATON_")}


@contextmanager
def _on_servers_core() -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVERS_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _wait_for_word(process: subprocess.Popen[bytes]) -> None:
    line = process.stdout.readline() if process.stdout is not None else b""
    if line.strip() != b"ready":
        raise DidNotStart(f"{process.args!r}: {line.decode(errors='replace')}")


def wait_until_answers(url: str, process: subprocess.Popen[bytes], token: str = "") -> None:
    """For servers that cannot say "ready"."""
    request = urllib.request.Request(url)  # noqa: S310 - always our own http address
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - the same
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise DidNotStart(f"{process.args!r} did not answer at {url}")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stay_on_generators_core() -> None:
    """Where there are two cores, load and server do not take from each other."""
    pin(GENERATORS_CORE)
