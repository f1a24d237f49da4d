"""`up`: everything that must be true before the desk serves, then serving.

Checks come first, so that a refusal leaves nothing behind. A first start trains before it serves; a
later start serves at once with the model it has and trains beside that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
import uvloop

from console.cli import checks
from console.cli.database import demo_passwords, migrated_database
from console.cli.desk_lock import desk_lock
from console.cli.doctor import has_model
from console.cli.engine import run_training
from console.cli.logs import configure_logs
from console.cli.outcome import missing
from console.cli.progress import rich_step
from console.settings import Settings, load_settings
from console.setup.steps import prepare_engine, prepare_pages

if TYPE_CHECKING:
    from console.cli.serving import Serving


def up(
    demo: Annotated[bool, typer.Option(help="With a demo shop, its customers and agents.")] = False,
    engine: Annotated[bool, typer.Option(help="Start the engine too.")] = True,
) -> None:
    """Start the desk and the engine; set up, migrate and train what is missing."""
    settings = load_settings(**({"demo": True} if demo else {}))
    starts_engine = engine and settings.starts_engine
    # Imported here: it is the whole desk, and the other commands start without it.
    from console.cli.serving import Serving

    taken = f"A desk is already running in {settings.home}; end it first."
    with desk_lock(settings.home, taken):
        _refuse_if_it_would_hurt(settings, engine=starts_engine)
        configure_logs(settings.log_level)
        prepare_pages(rich_step)
        if starts_engine:
            _prepare_model(settings)
        migrated_database(settings).dispose()
        passwords = demo_passwords(settings) if settings.demo else {}
        serving = Serving(settings, starts_engine=starts_engine)
        uvloop.run(_serve(serving, settings, passwords))


async def _serve(serving: Serving, settings: Settings, passwords: dict[str, str]) -> None:
    try:
        await serving.start()
    except BaseException:
        typer.echo("\n".join(_password_lines(passwords)))  # nowhere else are they kept in clear
        raise
    typer.echo("\n".join(_announcement(settings, passwords)))
    await serving.until_stopped()


def _refuse_if_it_would_hurt(settings: Settings, *, engine: bool) -> None:
    findings = [
        checks.check_home(settings.home),
        checks.check_disk(settings.home),
        *checks.free_ports(settings, engine=engine),
    ]
    for finding in findings:
        if not finding.is_ok:
            raise missing(finding.sentence)


def _prepare_model(settings: Settings) -> None:
    prepare_engine(rich_step)
    if not has_model(settings):
        run_training(settings, ["--if-needed"])


def _announcement(settings: Settings, passwords: dict[str, str]) -> list[str]:
    address = f"http://{settings.host}:{settings.port}"
    shop = [f"  demo shop  {address}/"] if settings.demo else []
    return [
        "",
        "baton is up.",
        *shop,
        f"  console    {address}/console",
        *_password_lines(passwords),
        "  Ctrl-C ends everything.",
    ]


def _password_lines(passwords: dict[str, str]) -> list[str]:
    if not passwords:
        return []
    shown = [f"    {login:<12} {password}" for login, password in passwords.items()]
    return ["  demo agents, whose passwords are shown only this once:", *shown]
