"""0 done, 1 no, 2 wrong use, 3 missing; always one sentence on stderr, never a traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from console.cli.desk_lock import desk_lock
from console.settings import Settings
from tests.cli.conftest import Baton


def test_help_says_what_every_command_does(baton: Baton) -> None:
    ended = baton("--help")

    commands = "up train parse evaluate talk lint migrate seed user backup restore doctor bench"
    assert ended.status == 0
    assert all(f" {command} " in ended.out for command in commands.split())


def test_wrong_use_is_2(baton: Baton) -> None:
    assert baton("no-such-command").status == 2
    assert baton("backup").status == 2


def test_a_wrong_setting_is_named(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_PORT", "eighty")

    ended = baton("doctor")

    assert ended.status == 2
    assert ended.err.startswith("baton: Wrong settings (docs/settings.md): BATON_PORT: ")
    assert ended.err.count("\n") == 1


def test_a_taken_port_stops_the_start_before_anything_is_made(
    baton: Baton, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(settings.home.iterdir())
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("BATON_PORT", str(other.getsockname()[1]))
        ended = baton("up", "--no-engine")

    assert (ended.status, ended.out) == (3, "")
    assert "cannot be used (Address already in use)" in ended.err
    assert "BATON_PORT" in ended.err
    assert [path for path in settings.home.iterdir() if path.name != "desk.lock"] == before


def test_no_free_disk_stops_the_start(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.cli.checks.DATA_BYTES", 10**18)

    ended = baton("up", "--no-engine")

    assert ended.status == 3
    assert "are needed: free some" in ended.err


def test_a_second_desk_on_the_same_folder_is_refused(baton: Baton, settings: Settings) -> None:
    with desk_lock(settings.home, ""):
        ended = baton("up", "--no-engine")

    assert ended.status == 1
    assert "already running" in ended.err


def test_a_folder_that_cannot_be_written_is_said(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BATON_HOME", str(tmp_path / "file"))

    ended = baton("doctor")

    assert ended.status == 3
    assert ended.err.startswith("baton: ")
