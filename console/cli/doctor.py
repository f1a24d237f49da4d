"""`doctor`: every check, one line each, and what to do where something is wrong."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
import typer
from rich.console import Console
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from console.cli import checks
from console.cli.checks import Finding
from console.cli.outcome import NO
from console.settings import Settings, load_settings
from console.setup.environments import ENGINE, is_ready
from console.setup.interpreters import DESK_VERSIONS, ENGINE_VERSIONS, local_interpreter
from console.setup.node import find_node
from console.setup.pages import pages_are_ready
from console.setup.problem import SetupProblem
from console.setup.uv import find_uv
from console.storage.database import Database
from console.storage.migration import newest_revision, revision_of


def doctor() -> None:
    """Check interpreters, ports, disk, model, database, clock, holidays, Node and secrets."""
    findings = examine(load_settings())
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        console.print(_mark(finding), f"{finding.name}:", finding.sentence, markup=True)
    if not all(finding.is_ok or finding.can_wait for finding in findings):
        raise typer.Exit(NO)


def _mark(finding: Finding) -> str:
    if finding.is_ok:
        return "[green]ok     [/]"
    return "[yellow]warning[/]" if finding.can_wait else "[red]problem[/]"


def examine(settings: Settings) -> list[Finding]:
    return [
        *_interpreters(),
        _environment(),
        _node(),
        _pages(),
        *checks.check_ports(settings),
        checks.check_home(settings.home),
        checks.check_disk(settings.home),
        checks.check_secrets(settings.home),
        checks.check_training_data(settings),
        _model(settings),
        _database(settings),
        checks.check_clock(),
        checks.check_holidays(),
    ]


def _interpreters() -> list[Finding]:
    uv = find_uv()
    return [
        _interpreter("Python of the desk", DESK_VERSIONS, uv),
        _interpreter("Python of the engine", ENGINE_VERSIONS, uv),
    ]


def _interpreter(name: str, versions: tuple[str, ...], uv: Path | None) -> Finding:
    found = next(filter(None, (local_interpreter(version, uv) for version in versions)), None)
    if found is None:
        advice = f"No Python {versions[0]} here; set-up downloads it where there is a network"
        return Finding(name, False, f"{advice}, or install it (`pyenv install {versions[0]}`).")
    return Finding(name, True, str(found))


def _environment() -> Finding:
    if is_ready(ENGINE):
        return Finding("engine's environment", True, "matches its lock file")
    return Finding("engine's environment", False, "Not made yet, or outdated: `./baton train`.")


def _node() -> Finding:
    try:
        return Finding("Node", True, str(find_node()[0]))
    except SetupProblem as problem:
        return Finding("Node", False, str(problem))


def _pages() -> Finding:
    if pages_are_ready():
        return Finding("pages", True, "bundled from the present sources")
    return Finding("pages", False, "Not bundled yet, or outdated: `./baton up` bundles them.")


def _model(settings: Settings) -> Finding:
    if not settings.starts_engine:
        return Finding("model", True, f"the engine at {settings.engine_url} has its own")
    if has_model(settings):
        return Finding("model", True, f"trained, in {settings.models_dir}")
    return Finding("model", False, "Not trained yet: `./baton train`.")


def has_model(settings: Settings) -> bool:
    return (settings.models_dir / "current.json").is_file()


def _database(settings: Settings) -> Finding:
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        return Finding("database", False, "Not there yet: `./baton migrate` makes it.")
    address = make_url(settings.database_url).render_as_string(hide_password=True)
    try:
        return _revision(Database(settings.database_url).engine, address)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        return Finding("database", False, f"{address} does not answer: {reason}")


def _revision(engine: sa.Engine, address: str) -> Finding:
    found = revision_of(engine)
    engine.dispose()
    if found != newest_revision():
        return Finding("database", False, f"{address} has schema {found}: `./baton migrate`.")
    return Finding("database", True, f"{address}, schema {found}")
