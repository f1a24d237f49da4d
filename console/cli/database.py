"""`migrate` and `seed`, and what `up` needs of them."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from console.cli.demo_agents import add_demo_agents
from console.services.seed_shop import seed_demo_shop
from console.settings import Settings, load_settings
from console.storage.agent import all_agents
from console.storage.database import Database
from console.storage.migration import draft as draft_migration
from console.storage.migration import has_migrations, newest_revision
from console.storage.migration import migrate as migrate_schema
from console.storage.policy import install_policies
from console.storage.setup_lock import take_setup


def migrate(
    draft: Annotated[
        str, typer.Option(metavar="SENTENCE", help="Write a migration for changed tables.")
    ] = "",
) -> None:
    """Bring the database to the newest schema; prints its number."""
    settings = load_settings()
    if draft:
        typer.echo(str(_draft(draft)))
        return
    migrated_database(settings).dispose()
    typer.echo(newest_revision())


def _draft(sentence: str) -> Path:
    """Against a fresh database, so that the state of somebody's own does not matter."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Database(f"sqlite:///{folder}/draft.sqlite3").engine
        try:
            if has_migrations():
                migrate_schema(engine)
            return draft_migration(engine, sentence)
        finally:
            engine.dispose()


def seed() -> None:
    """Fill an empty database with the demo shop and demo agents; prints their passwords."""
    settings = load_settings()
    migrated_database(settings).dispose()
    for login, password in demo_passwords(settings).items():
        typer.echo(f"{login}\t{password}")


def migrated_database(settings: Settings) -> Engine:
    """The writing engine of a database with the newest schema and all policies.

    What a merchant has changed stays. The caller disposes of the engine.
    """
    engine = database_engine(settings)
    migrate_schema(engine)
    with engine.begin() as tx:
        take_setup(tx)
        install_policies(tx)
    return engine


def database_engine(settings: Settings) -> Engine:
    """Safe beside a running desk: its writer and this one take turns on the database's own lock."""
    return Database(settings.database_url).engine


def demo_passwords(settings: Settings) -> dict[str, str]:
    """The demo shop is filled; login → password of the agents made now, none if there were some."""
    engine = database_engine(settings)
    now = datetime.now(UTC)
    try:
        with engine.begin() as tx:
            take_setup(tx)
            seed_demo_shop(tx, now)
            return {} if all_agents(tx) else add_demo_agents(tx, now)
    finally:
        engine.dispose()
