"""Commands that run in the engine's environment: their arguments pass through unchanged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import typer
from rich.progress import Progress, TaskID

from console.cli.outcome import CommandEnds
from console.cli.progress import rich_step, training_bar
from console.settings import PROJECT, Settings, load_settings
from console.setup.command import clean_environment
from console.setup.environments import ENGINE
from console.setup.places import python_in
from console.setup.steps import prepare_engine

PASSES_THROUGH = {
    "allow_extra_args": True,
    "ignore_unknown_options": True,
    "help_option_names": [],  # --help is answered by the engine's own parser
}


def train(context: typer.Context) -> None:
    """Train the engine from `data/` and `domain/`; --if-needed keeps an up-to-date model."""
    settings = load_settings()
    prepare_engine(rich_step)
    typer.echo(run_training(settings, context.args), nl=False)


def parse(context: typer.Context) -> None:
    """Understand one utterance per line; prints one JSON object per line."""
    _become("parse", context.args)


def evaluate(context: typer.Context) -> None:
    """Figures for a table of labelled utterances."""
    _become("evaluate", context.args)


def lint(context: typer.Context) -> None:
    """Check configuration, domain and training data without training."""
    _become("validate", context.args)


def run_training(settings: Settings, words: list[str]) -> str:
    """An up-to-date model is current; returns the engine's result line.

    Raises `CommandEnds` with the engine's reason, after its own output.
    """
    process = subprocess.Popen(
        engine_command("train", *words),
        env=engine_environment(settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    try:
        other_lines, reason = _show_training(process)
        result, _ = process.communicate()
    finally:
        process.kill()  # after Ctrl-C; no effect on one that has ended
    if process.returncode != 0:
        print("".join(other_lines), file=sys.stderr, end="")
        sentence = reason or "Training failed; the lines above say why."
        raise CommandEnds(sentence, process.returncode)
    return result


def _show_training(process: subprocess.Popen[str]) -> tuple[list[str], str]:
    """What is not a progress line, and the reason of a failure; both only matter then."""
    other_lines, reason = [], ""
    with training_bar() as bar:
        task = bar.add_task("training the engine", total=None)
        for line in process.stderr or ():
            report = _progress_in(line)
            if report is None:
                other_lines.append(line)
                continue
            reason = str(report.get("message", reason))
            _advance(bar, task, report)
    return other_lines, reason


def _progress_in(line: str) -> dict[str, Any] | None:
    try:
        report = json.loads(line)
    except ValueError:
        return None
    return report if isinstance(report, dict) and "event" in report else None


def _advance(bar: Progress, task: TaskID, report: dict[str, Any]) -> None:
    match report["event"]:
        case "waiting":
            bar.console.print("baton: another training is running; waiting for it …")
        case "started":
            bar.update(task, total=report.get("components"))
            if not bar.console.is_terminal:  # a bar would not be seen
                bar.console.print("baton: training the engine, which takes some minutes …")
        case "component":
            bar.advance(task)
        case "finished":
            bar.console.print(f"baton: engine trained in {report.get('seconds')} s")


def engine_command(*words: str) -> list[str]:
    return [str(python_in(ENGINE.folder)), "-m", "bot", *words]


def engine_environment(settings: Settings) -> dict[str, str]:
    """Everything the engine reads, so that `baton.toml` counts for it too."""
    return clean_environment(
        PYTHONPATH=str(PROJECT),
        PYTHONUNBUFFERED="1",
        BATON_HOME=str(settings.home),
        BATON_TRAINING_DIR=str(settings.training_dir),
        BATON_ENGINE_TOKEN=settings.engine_token,
        BATON_ACTIONS_URL=settings.actions_url,
    )


def _become(name: str, words: list[str]) -> None:
    settings = load_settings()
    prepare_engine(rich_step)
    command = engine_command(name, *words)
    sys.stdout.flush()
    os.execve(command[0], command, engine_environment(settings))  # noqa: S606
