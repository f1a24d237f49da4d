"""The real product as one process: desk, engine and demo shop, on free ports with its own home.

Training takes most of a minute, so the model is kept between runs in var/test-models; the engine's
own fingerprint says when it is out of date.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from uuid import uuid4

from console.gateways.customer_jwt import sign_customer_jwt
from console.secrets_file import read_or_create_secrets
from tests.trained_model import trained_models

PROJECT = Path(__file__).resolve().parents[2]
_DESK_WITHIN_S, _ENGINE_WITHIN_S = 90, 120  # on a machine that is busy with other things
_PASSWORD = re.compile(r"^    (\w+) +([a-z2-9]{4}(?:-[a-z2-9]{4}){2})$", re.M)


class Product:
    """`./baton up --demo`, which can be killed and started again on the same home and ports."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.log = home.with_suffix(".log")
        self.port, engine_port, actions_port = free_ports(3)
        self.url = f"http://127.0.0.1:{self.port}"
        self.passwords: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "BATON_HOME": str(home),
            "BATON_PORT": str(self.port),
            "BATON_ENGINE_PORT": str(engine_port),
            "BATON_ACTIONS_PORT": str(actions_port),
            "BATON_LIMITS__SIGN_IN_TRIES": "100",  # all agents of all tests share one address
            "BATON_LIMITS__SESSIONS_PER_MINUTE": "600",
            **settings,
        }
        if not (home / "models").exists():
            shutil.copytree(trained_models(), home / "models")

    def start(self) -> None:
        """Returns when the desk answers; the engine may still be starting."""
        said_before = len(self._said())
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "console.cli", "up", "--demo"],
                cwd=PROJECT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self._wait("the desk", _DESK_WITHIN_S, lambda: "Ctrl-C" in self._said()[said_before:])
        self.passwords |= dict(_PASSWORD.findall(self._said()))

    def wait_for_engine(self) -> None:
        self._wait("the engine", _ENGINE_WITHIN_S, lambda: self._health().get("engine") == "ready")

    def new_customer_like(self, customer_no: str) -> str:
        """A sign-in of somebody new with the orders of a demo customer, for one test alone."""
        wanted = urllib.request.Request(  # noqa: S310
            f"{self.url}/demo/customers",
            data=json.dumps({"like": customer_no}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(wanted, timeout=10) as answer:  # noqa: S310
            fresh = json.load(answer)["customer_no"]
        kid, key = next(iter(read_or_create_secrets(self.home)["widget_keys"].items()))
        return sign_customer_jwt(fresh, kid, key, "test", uuid4().hex, datetime.now(UTC))

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill_engine(self) -> None:
        """The desk notices and starts it anew; waits for the one that is killed to be there."""
        self._wait("an engine", _ENGINE_WITHIN_S, lambda: len(self._engines()) == 1)
        os.kill(self._engines()[0], signal.SIGKILL)

    def _engines(self) -> list[int]:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        pids = [int(pid) for file in children for pid in file.read_text().split()]
        return [pid for pid in pids if b"serve" in _command_line(pid)]

    def kill(self) -> None:
        """As a power cut does: no goodbye, and the engine goes with its parent."""
        self._end(signal.SIGKILL)

    def end(self) -> None:
        self._end(signal.SIGTERM)

    def log_tail(self, lines: int = 200) -> str:
        return "\n".join(self._said().splitlines()[-lines:])

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)
            self._process.wait(timeout=15)
        self._process = None

    def _said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310
                return dict(json.load(answer))
        except (URLError, OSError):
            return {}

    def _wait(self, what: str, within_s: float, is_so: Callable[[], bool]) -> None:
        until = time.monotonic() + within_s
        while not is_so():
            has_ended = self._process is None or self._process.poll() is not None
            if has_ended or time.monotonic() > until:
                raise AssertionError(f"{what} did not come up:\n{self.log_tail(40)}")
            time.sleep(0.1)


def _command_line(pid: int) -> bytes:
    """Empty for a process that is just ending."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def free_ports(count: int) -> list[int]:
    """Held together until all are known, so that none comes twice."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
