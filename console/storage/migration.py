"""Brings a database to the present schema, and says which schema it has.

Each migration runs in one transaction, on SQLite too: it happens as a whole or not at all.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from console.desk.errors import Conflict
from console.storage.setup_lock import take_setup

_FOLDER = Path(__file__).with_name("migrations")


class NewerSchema(Conflict):
    """The database was written by a newer version of the desk; nothing was changed."""

    code = "newer_schema"


def migrate(engine: Engine) -> str:
    """The database has the newest schema; returns its revision.

    Raises `NewerSchema` when the database knows a revision that this version does not.
    """
    with engine.begin() as connection:
        take_setup(connection)
        found = _revision(connection)
        if found is not None and not is_known(found):
            raise NewerSchema(f"The database has schema {found}, which is newer than this version.")
        command.upgrade(_config(connection=connection), "head")
    return newest_revision()


def draft(engine: Engine, sentence: str) -> Path:
    """A migration file with the difference between the database and the tables in the code."""
    with engine.begin() as connection:
        made = command.revision(
            _config(connection=connection), sentence, autogenerate=True, rev_id=_next_number()
        )
    script = made[0] if isinstance(made, list) else made
    if script is None:
        raise RuntimeError("alembic made no file")
    return Path(script.path)


def revision_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("there are no migrations")
    return head


def has_migrations() -> bool:
    return ScriptDirectory.from_config(_config()).get_current_head() is not None


def is_known(revision: str) -> bool:
    scripts = ScriptDirectory.from_config(_config())
    return any(script.revision == revision for script in scripts.walk_revisions())


def _next_number() -> str:
    return f"{len(list(ScriptDirectory.from_config(_config()).walk_revisions())) + 1:04}"


def _config(**attributes: object) -> Config:
    config = Config(stdout=StringIO())  # a command's stdout is for results
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(attributes)
    return config
