"""`restore FILE`: a backup takes the place of the present data folder, as a whole or not at all.

The present folder is kept inside the new one under `replaced/` until the next restore.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from console.cli.archive import Manifest, unpack
from console.cli.backup import POSTGRES_MEMBER, SQLITE_MEMBER, run_postgres
from console.cli.desk_lock import desk_lock
from console.cli.outcome import CommandEnds, missing
from console.cli.progress import rich_step
from console.secrets_file import SECRETS_FILE
from console.settings import Settings, load_settings
from console.storage.migration import is_known

REPLACED = "replaced"
_FROM_BACKUP = ("database", "uploads", "models", "training", SECRETS_FILE)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
) -> None:
    """Put a backup in place of the present data; the desk must not run."""
    settings = load_settings()
    if not file.is_file():
        raise missing(f"There is no file {file}.")
    with rich_step(f"restoring {file}"):
        restore_backup(settings, file.resolve())
    typer.echo(f"restored to {settings.home}; the data before is in {settings.home / REPLACED}")


def restore_backup(settings: Settings, source: Path) -> Manifest:
    """The folder holds the backup. Raises `CommandEnds`; then nothing has changed."""
    home = settings.home
    with desk_lock(home, f"A desk is running in {home}; end it before restoring."):
        draft = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}-restore-"))
        try:
            manifest = unpack(source, draft)
            _refuse_unfit(manifest, settings)
            _arrange(draft, settings)
            _restore_postgres(draft, settings)
            _swap(draft, home)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _refuse_unfit(manifest: Manifest, settings: Settings) -> None:
    if not is_known(manifest.schema):
        raise CommandEnds(f"The backup has schema {manifest.schema}, newer than this version.")
    wanted = "sqlite" if settings.sqlite_file else "postgresql"
    if manifest.database != wanted:
        raise CommandEnds(f"The backup is of {manifest.database}, this desk runs on {wanted}.")
    database = SQLITE_MEMBER if wanted == "sqlite" else POSTGRES_MEMBER
    strangers = [name for name in manifest.files if name.split("/")[0] not in _FROM_BACKUP]
    if strangers or database not in manifest.files:
        raise CommandEnds("The archive is not a backup of a desk; nothing was changed.")
    if settings.sqlite_file and not settings.sqlite_file.is_relative_to(settings.home):
        raise missing("The database lies outside BATON_HOME; put the backup's file there by hand.")


def _arrange(draft: Path, settings: Settings) -> None:
    """From the archive's folders to those of a data folder; what is not data moves along."""
    if settings.sqlite_file is not None:
        place = draft / settings.sqlite_file.relative_to(settings.home)
        place.parent.mkdir(parents=True, exist_ok=True)
        (draft / SQLITE_MEMBER).rename(place)
        (draft / "database").rmdir()
    if not (draft / SECRETS_FILE).exists():
        shutil.copy2(settings.home / SECRETS_FILE, draft / SECRETS_FILE)


def _restore_postgres(draft: Path, settings: Settings) -> None:
    dump = draft / POSTGRES_MEMBER
    if settings.sqlite_file is not None:
        return
    program = shutil.which("pg_restore")
    if program is None:
        raise missing("pg_restore is not on PATH: install PostgreSQL's client programs.")
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump)]
    run_postgres([program, *options], settings.database_url)
    shutil.rmtree(dump.parent)


def _swap(draft: Path, home: Path) -> None:
    """Two renames; if the second fails the first is undone."""
    aside = draft.with_name(f"{draft.name}.old")
    try:
        home.rename(aside)
    except OSError as error:  # a mount point cannot be renamed
        raise missing(
            f"{home} cannot be replaced ({error.strerror}); use a folder inside."
        ) from error
    try:
        draft.rename(home)
    except OSError:
        aside.rename(home)
        raise
    tools = aside / "tools"  # uv and the log of set-up live here by default, and are not data
    if tools.exists():
        tools.rename(home / "tools")
    shutil.rmtree(aside / REPLACED, ignore_errors=True)
    aside.rename(home / REPLACED)
