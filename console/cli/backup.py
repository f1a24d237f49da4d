"""`backup FILE`: everything in the data folder, while the desk runs.

The database comes first and the pictures after it: a row never names a picture that is missing.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import make_url

from console.cli.archive import ArchiveWriter, Manifest, new_archive
from console.cli.database import database_engine
from console.cli.outcome import CommandEnds, missing
from console.cli.progress import rich_step
from console.secrets_file import SECRETS_FILE
from console.settings import PROJECT, Settings, load_settings
from console.storage.migration import revision_of

SQLITE_MEMBER = "database/baton.sqlite3"
POSTGRES_MEMBER = "database/baton.dump"


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, for example baton.tar.gz.")],
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="Include keys and tokens; guard the file.")
    ] = False,
) -> None:
    """Save database, pictures, training data and models, also while the desk runs."""
    settings = load_settings()
    target = file.resolve()
    if not target.parent.is_dir():
        raise missing(f"The folder {target.parent} does not exist.")
    with rich_step(f"saving {settings.home}"):
        write_backup(settings, target, with_secrets=with_secrets)
    typer.echo(str(target))


def write_backup(settings: Settings, target: Path, *, with_secrets: bool = False) -> Manifest:
    """`target` is complete. Raises `CommandEnds`; then there is no file."""
    manifest = Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        schema=_schema(settings),
        database="sqlite" if settings.sqlite_file else "postgresql",
    )
    with new_archive(target, manifest) as archive:
        _add_database(archive, settings, target.parent)
        archive.add_folder("uploads", settings.uploads_dir)
        archive.add_folder("models", settings.models_dir)
        _add_training(archive, settings)
        if with_secrets:
            archive.add(SECRETS_FILE, settings.home / SECRETS_FILE)
    return manifest


def _schema(settings: Settings) -> str:
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        raise missing("There is no database yet, so there is nothing to save.")
    engine = database_engine(settings)
    try:
        found = revision_of(engine)
    finally:
        engine.dispose()
    if found is None:
        raise missing("The database has no schema yet; `./baton migrate` makes it.")
    return found


def _add_database(archive: ArchiveWriter, settings: Settings, near: Path) -> None:
    with tempfile.TemporaryDirectory(dir=near, prefix=".baton-backup-") as folder:
        copy = Path(folder) / "copy"
        if settings.sqlite_file is not None:
            copy_sqlite(settings.sqlite_file, copy)
            archive.add(SQLITE_MEMBER, copy)
        else:
            _dump_postgres(settings.database_url, copy)
            archive.add(POSTGRES_MEMBER, copy)


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a database in use, by SQLite's own backup."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)  # in one step: a writer in between would make it start again
        here.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def _dump_postgres(url: str, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise missing("pg_dump is not on PATH: install PostgreSQL's client programs.")
    run_postgres([program, "--format=custom", "--no-owner", f"--file={target}"], url)


def run_postgres(command: list[str], url: str) -> None:
    """Runs a client program; the password goes through the environment, not the process list."""
    parsed = make_url(url).set(drivername="postgresql")
    address = parsed.set(password=None).render_as_string(hide_password=False)
    environment = {"PGPASSWORD": parsed.password} if isinstance(parsed.password, str) else {}
    result = subprocess.run(
        [*command, f"--dbname={address}"],
        env={"PATH": "/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        reason = result.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise CommandEnds(f"{Path(command[0]).name} failed: {reason[0]}")


def _add_training(archive: ArchiveWriter, settings: Settings) -> None:
    archive.add("training/config.yml", PROJECT / "config.yml")
    for name in ("data", "domain"):
        archive.add_folder(f"training/{name}", settings.training_dir / name)
