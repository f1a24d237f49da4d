"""Running a tool: clean environment, log, and a sentence for what failed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from console.setup import command
from console.setup.problem import SetupProblem, advice_for


@pytest.fixture(autouse=True)
def _own_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "LOG", tmp_path / "setup.log")


def test_an_activated_environment_does_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")

    cleaned = command.clean_environment(BATON_X="1")

    assert "VIRTUAL_ENV" not in cleaned
    assert "PYTHONPATH" not in cleaned
    assert cleaned["BATON_X"] == "1"


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("error: No space left on device (os error 28)", "The disk is full"),
        ("error sending request for url", "No package registry can be reached"),
        ("npm error code ECONNREFUSED", "No package registry can be reached"),
        ("Hash mismatch for x", "differs from its lock file"),
        ("something else", "setup.log"),
    ],
)
def test_a_tools_complaint_becomes_what_to_do(output: str, sentence: str) -> None:
    assert sentence in advice_for(output)


def test_a_failed_tool_says_what_failed_and_why(tmp_path: Path) -> None:
    script = "import sys; print('dns error'); sys.exit(1)"

    with pytest.raises(SetupProblem) as refusal:
        command.run([sys.executable, "-c", script], failing="Getting things failed.")

    assert str(refusal.value).startswith("Getting things failed. No package registry")
    assert "dns error" in (tmp_path / "setup.log").read_text()


def test_a_missing_program_has_no_answer() -> None:
    assert command.answer_of(["/no/such/program"]) is None
    assert command.answer_of([sys.executable, "-c", "print(' yes ')"]) == "yes"
