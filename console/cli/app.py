"""The list of commands; each lives in a file of its own noun."""

from __future__ import annotations

import typer

from console.cli import backup, bench, database, doctor, engine, restore, talk, up, user

app = typer.Typer(
    name="baton",
    help="A customer-service desk: bot first, a person when it matters, and nothing said twice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command()(up.up)
app.command(context_settings=engine.PASSES_THROUGH)(engine.train)
app.command(context_settings=engine.PASSES_THROUGH)(engine.parse)
app.command(context_settings=engine.PASSES_THROUGH)(engine.evaluate)
app.command()(talk.talk)
app.command(context_settings=engine.PASSES_THROUGH)(engine.lint)
app.command()(database.migrate)
app.command()(database.seed)
app.add_typer(user.commands, name="user")
app.command()(backup.backup)
app.command()(restore.restore)
app.command()(doctor.doctor)
app.command(context_settings=engine.PASSES_THROUGH)(bench.bench)
