"""An environment is built beside the old one, and only when a lock has changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.setup import environments
from console.setup.environments import Environment, build, has_tools, is_ready
from console.setup.problem import SetupProblem


def _quiet(_sentence: str) -> nullcontext[None]:
    return nullcontext()


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1 --hash=sha256:0\n")
    monkeypatch.setattr(
        environments, "find_interpreter", lambda _versions, _uv: Path("/usr/bin/python")
    )
    return Environment("the environment", tmp_path / ".venv", (lock,), ("3.12",))


class FakeUv:
    """Makes what uv would; `fails_at` names the word at which it gives up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails_at: str = "") -> None:
        self.commands: list[list[str]] = []
        self.fails_at = fails_at
        monkeypatch.setattr(environments, "run", self)

    def __call__(self, command: Sequence[str | Path], **_: Any) -> None:
        words = [str(word) for word in command]
        self.commands.append(words)
        if words[1] == "venv":
            python = Path(words[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True)
            python.touch()
        if self.fails_at and self.fails_at in words:
            raise SetupProblem("no network")


def test_is_ready_after_the_build(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    uv = FakeUv(monkeypatch)
    assert not is_ready(environment)

    build(environment, Path("uv"), _quiet)

    assert is_ready(environment)
    assert "--require-hashes" in uv.commands[1]


def test_is_not_ready_when_the_lock_has_changed(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    FakeUv(monkeypatch)
    build(environment, Path("uv"), _quiet)

    environment.locks[0].write_text("a==2 --hash=sha256:1\n")

    assert not is_ready(environment)


def test_a_failed_build_leaves_nothing(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    FakeUv(monkeypatch, fails_at="install")

    with pytest.raises(SetupProblem):
        build(environment, Path("uv"), _quiet)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["requirements.lock"]


def test_a_failed_build_leaves_the_old_environment_as_it_was(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    FakeUv(monkeypatch)
    build(environment, Path("uv"), _quiet)
    (environment.folder / "old").touch()
    environment.locks[0].write_text("a==2 --hash=sha256:1\n")
    FakeUv(monkeypatch, fails_at="install")

    with pytest.raises(SetupProblem):
        build(environment, Path("uv"), _quiet)

    assert (environment.folder / "old").exists()
    assert not environment.folder.with_name(".venv.new").exists()


def test_a_full_disk_is_said_before_anything_is_made(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    uv = FakeUv(monkeypatch)
    monkeypatch.setattr(environments, "_NEEDED_BYTES", 10**18)

    with pytest.raises(SetupProblem, match=r"GB are free here .* free some disk"):
        build(environment, Path("uv"), _quiet)

    assert uv.commands == []
    assert not (tmp_path / ".venv").exists()


def test_a_stamp_that_cannot_be_read_means_not_ready(environment: Environment) -> None:
    (environment.folder / "bin").mkdir(parents=True)
    (environment.folder / "bin" / "python").touch()
    (environment.folder / ".baton-locks.json").write_text("{")

    assert not is_ready(environment)


def test_the_environment_with_tools_serves_as_the_plain_one(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    FakeUv(monkeypatch)
    more = tmp_path / "requirements-dev.lock"
    more.write_text("b==1 --hash=sha256:0\n")
    with_tools = Environment("both", environment.folder, (more, *environment.locks), ("3.12",))

    build(with_tools, Path("uv"), _quiet)

    assert is_ready(environment)
    stamp = json.loads((environment.folder / ".baton-locks.json").read_text())
    assert set(stamp) == {"requirements.lock", "requirements-dev.lock"}


def test_tools_for_tests_are_still_known_when_their_lock_has_changed(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FakeUv(monkeypatch)
    build(environment, Path("uv"), _quiet)
    assert not has_tools(environment)

    tools = tmp_path / "requirements-dev.lock"
    tools.write_text("b==1 --hash=sha256:0\n")
    with_tools = replace(environment, locks=(tools, *environment.locks))
    build(with_tools, Path("uv"), _quiet)
    tools.write_text("b==2 --hash=sha256:1\n")

    assert has_tools(environment)
    assert not is_ready(with_tools)
