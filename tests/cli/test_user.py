"""Accounts of agents from the command line."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest

from console.cli.database import database_engine
from console.services.password import is_password
from console.settings import Settings
from console.storage import agent as accounts
from console.storage.audit import audit_entries
from tests.cli.conftest import Baton


def _account(settings: Settings, login: str) -> tuple[str, str]:
    engine = database_engine(settings)
    with engine.begin() as tx:
        found = accounts.agent_by_login(tx, login)
    engine.dispose()
    assert found is not None
    return found[0].id, found[1]


def test_prints_the_generated_password_once_and_keeps_only_its_hash(
    baton: Baton, settings: Settings
) -> None:
    ended = baton("user", "add", "lin", "--name", "小林", "--role", "lead")

    _, password_hash = _account(settings, "lin")
    assert ended.status == 0
    assert is_password(ended.out.strip(), password_hash)
    assert not is_password("another", password_hash)
    assert password_hash.startswith("$argon2id$")
    assert baton("user", "list").out == "lin\t小林\tlead\tactive\n"


def test_refuses_a_second_agent_of_the_same_login(baton: Baton, settings: Settings) -> None:
    baton("user", "add", "lin", "--name", "小林")
    before = _account(settings, "lin")

    ended = baton("user", "add", "lin", "--name", "小王")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "baton: There is an agent lin already.\n"
    assert _account(settings, "lin") == before


def test_a_short_password_changes_nothing(
    baton: Baton, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    baton("user", "add", "lin", "--name", "小林")
    before = _account(settings, "lin")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    ended = baton("user", "password", "lin", "--stdin")

    assert ended.status == 2
    assert _account(settings, "lin") == before


@pytest.mark.parametrize("command", ["password", "disable"])
def test_a_new_password_and_a_lock_out_end_the_sessions(
    baton: Baton, settings: Settings, command: str
) -> None:
    baton("user", "add", "lin", "--name", "小林")
    agent_id, _ = _account(settings, "lin")
    now = datetime.now(UTC)
    engine = database_engine(settings)
    with engine.begin() as tx:
        accounts.insert_session(tx, "hash", agent_id, "csrf", now, now + timedelta(hours=1))

    assert baton("user", command, "lin").status == 0

    with engine.begin() as tx:
        assert accounts.find_session(tx, "hash", now) is None
        assert len(audit_entries(tx, agent_id)) == 2
    engine.dispose()


def test_an_unknown_agent_is_said(baton: Baton) -> None:
    ended = baton("user", "disable", "nobody")

    assert ended.status == 1
    assert "There is no agent nobody" in ended.err


def test_demo_agents_get_fresh_passwords_once(baton: Baton, settings: Settings) -> None:
    first = baton("seed")
    second = baton("seed")

    logins = dict(line.split("\t") for line in first.out.splitlines())
    assert set(logins) == {"lin", "wang", "zhao", "chen", "admin"}
    assert is_password(logins["lin"], _account(settings, "lin")[1])
    assert len(set(logins.values())) == 5
    assert (second.status, second.out) == (0, "")
