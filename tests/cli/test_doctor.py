"""`doctor` finds what would hurt, and says what to do."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import pytest

from console.cli import checks, doctor
from console.cli.checks import Finding
from console.settings import Settings
from tests.cli.conftest import Baton


def test_one_line_each_and_1_when_something_is_wrong(
    baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding("disk", True, "5 GB free"), Finding("clock", False, "Set it.")]
    monkeypatch.setattr(doctor, "examine", lambda _settings: found)

    ended = baton("doctor")

    assert ended.status == 1
    assert ended.out == "ok      disk: 5 GB free\nproblem clock: Set it.\n"


def test_0_when_all_is_well(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "examine", lambda _settings: [Finding("disk", True, "fine")])

    assert baton("doctor").status == 0


def test_what_can_wait_is_a_warning_and_no_failure(
    baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding("holidays", False, "Add them.", can_wait=True)]
    monkeypatch.setattr(doctor, "examine", lambda _settings: found)

    ended = baton("doctor")

    assert ended.status == 0
    assert ended.out == "warning holidays: Add them.\n"


@pytest.mark.parametrize(
    ("today", "is_ok"), [(date(2026, 11, 1), True), (date(2026, 11, 2), False)]
)
def test_holidays_of_the_coming_year_are_missed_sixty_days_ahead(today: date, is_ok: bool) -> None:
    found = checks.check_holidays(today)

    assert (found.is_ok, found.is_ok or found.can_wait) == (is_ok, True)
    assert ("2027" in found.sentence) is not is_ok


def test_a_taken_port_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        taken = checks.check_port("actions_port", "127.0.0.1", port)

    assert not taken.is_ok
    assert f"Port {port}" in taken.sentence
    assert "set BATON_ACTIONS_PORT" in taken.sentence
    assert checks.check_port("port", "127.0.0.1", port).is_ok


def test_secrets_that_others_can_read_are_a_problem(settings: Settings) -> None:
    assert checks.check_secrets(settings.home).is_ok

    (settings.home / "secrets.toml").chmod(0o644)

    assert "chmod 600" in checks.check_secrets(settings.home).sentence


def test_a_clock_of_years_ago_is_a_problem() -> None:
    assert checks.check_clock().is_ok
    assert not checks.check_clock(now=1_000_000_000).is_ok


def test_a_database_without_schema_is_a_problem(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor._database(settings).is_ok

    empty = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'empty'}"})
    assert "./baton migrate" in doctor._database(empty).sentence


def test_a_database_that_does_not_answer_is_a_problem(settings: Settings) -> None:
    nobody = settings.model_copy(update={"database_url": "postgresql://x:secret@127.0.0.1:1/x"})

    found = doctor._database(nobody)

    assert not found.is_ok
    assert "does not answer" in found.sentence
    assert "secret" not in found.sentence


def test_missing_training_data_is_named(settings: Settings, tmp_path: Path) -> None:
    elsewhere = settings.model_copy(update={"training_dir": tmp_path})

    found = checks.check_training_data(elsewhere)

    assert not found.is_ok
    assert str(tmp_path / "domain") in found.sentence
