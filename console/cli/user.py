"""`user`: the accounts of agents. Works while the desk runs; every change is in the audit log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Connection

from console.cli.database import migrated_database
from console.cli.outcome import WRONG_USE, CommandEnds
from console.desk.agent import Agent, Role
from console.desk.identity import new_id
from console.services.password import SHORTEST, fresh_password, hash_password
from console.settings import load_settings
from console.storage import agent as accounts
from console.storage.audit import audit
from console.storage.setup_lock import take_setup

commands = typer.Typer(help="Accounts of agents.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="The name an agent signs in with.")]
FromStdin = Annotated[bool, typer.Option("--stdin", help="Read the password from standard input.")]


@commands.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The name that customers see.")],
    role: Annotated[Role, typer.Option(help="The post; it decides the permissions.")] = Role.AGENT,
    stdin: FromStdin = False,
) -> None:
    """Add an agent; prints the password when it was generated."""
    settings = load_settings()
    password = _password(stdin=stdin)
    agent = Agent(
        id=new_id("ag"),
        login=login,
        name=name,
        role=role,
        limit=settings.limits.agent_conversations,
    )
    with _transaction() as tx:
        if accounts.agent_by_login(tx, login):
            raise CommandEnds(f"There is an agent {login} already.")
        accounts.insert_agent(tx, agent, hash_password(password), datetime.now(UTC))
        _log(tx, "agent_added", agent.id)
    _show(password, stdin=stdin)


@commands.command()
def password(login: Login, stdin: FromStdin = False) -> None:
    """Give an agent a new password and end the agent's sessions."""
    new = _password(stdin=stdin)
    with _transaction() as tx:
        agent = _find(tx, login)
        accounts.set_password(tx, agent.id, hash_password(new))
        _log(tx, "password_changed", agent.id)
    _show(new, stdin=stdin)


@commands.command()
def disable(login: Login) -> None:
    """Lock an agent out and end the agent's sessions; what was written stays."""
    with _transaction() as tx:
        agent = _find(tx, login)
        accounts.set_disabled(tx, agent.id, True)
        _log(tx, "agent_disabled", agent.id)


@commands.command(name="list")
def list_agents() -> None:
    """One agent per line: login, name, role, state."""
    with _transaction() as tx:
        for agent in accounts.all_agents(tx):
            state = "disabled" if agent.disabled else "active"
            typer.echo(f"{agent.login}\t{agent.name}\t{agent.role}\t{state}")


@contextmanager
def _transaction() -> Iterator[Connection]:
    engine = migrated_database(load_settings())
    try:
        with engine.begin() as tx:
            take_setup(tx)
            yield tx
    finally:
        engine.dispose()


def _find(tx: Connection, login: str) -> Agent:
    found = accounts.agent_by_login(tx, login)
    if found is None:
        raise CommandEnds(f"There is no agent {login}; `./baton user list` shows all.")
    return found[0]


def _log(tx: Connection, action: str, agent_id: str) -> None:
    audit(tx, at=datetime.now(UTC), actor_id="command line", action=action, object_id=agent_id)


def _password(*, stdin: bool) -> str:
    if not stdin:
        return fresh_password()
    given = sys.stdin.readline().rstrip("\n")
    if len(given) < SHORTEST:
        raise CommandEnds(f"A password needs at least {SHORTEST} characters.", WRONG_USE)
    return given


def _show(password: str, *, stdin: bool) -> None:
    if not stdin:
        typer.echo(password)
