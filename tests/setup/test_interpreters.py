"""Interpreters are found where people have them, and a dead shim is not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.setup import interpreters
from console.setup.interpreters import find_interpreter, local_interpreter
from console.setup.problem import SetupProblem


def _program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return tmp_path


def test_finds_one_on_the_path(empty_machine: Path) -> None:
    python = _program(empty_machine / "bin" / "python3.10", "echo 3.10")

    assert local_interpreter("3.10", None) == python


def test_looks_into_pyenv_when_the_shim_is_dead(empty_machine: Path) -> None:
    _program(empty_machine / "bin" / "python3.10", "echo 'command not found' >&2; exit 127")
    python = _program(empty_machine / "pyenv/versions/3.10.13/bin/python", "echo 3.10")

    assert local_interpreter("3.10", None) == python


def test_takes_the_highest_patch_level_of_pyenv(empty_machine: Path) -> None:
    _program(empty_machine / "pyenv/versions/3.10.9/bin/python", "echo 3.10")
    newest = _program(empty_machine / "pyenv/versions/3.10.13/bin/python", "echo 3.10")

    assert local_interpreter("3.10", None) == newest


def test_refuses_a_python_of_another_version(empty_machine: Path) -> None:
    _program(empty_machine / "bin" / "python3", "echo 3.11")

    assert local_interpreter("3.10", None) is None


def test_asks_uv_last(empty_machine: Path) -> None:
    python = _program(empty_machine / "managed" / "python", "echo 3.10")
    uv = _program(empty_machine / "uv", f"echo {python}")

    assert local_interpreter("3.10", uv) == python


def test_says_what_to_do_when_nothing_is_here_and_nothing_can_be_fetched(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.setup.command.LOG", empty_machine / "setup.log")
    uv = _program(empty_machine / "uv", "echo 'error sending request' >&2; exit 1")

    with pytest.raises(SetupProblem, match=r"Python 3\.10 was not found .* registry") as refusal:
        find_interpreter(("3.10",), uv)

    assert str(refusal.value).count("\n") == 0


def test_a_preferred_version_wins_over_an_earlier_place(
    empty_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(empty_machine / "bin" / "python3.13", "echo 3.13")
    preferred = _program(empty_machine / "pyenv/versions/3.12.1/bin/python", "echo 3.12")
    uv = _program(empty_machine / "uv", "exit 1")

    assert find_interpreter(interpreters.DESK_VERSIONS, uv) == preferred
