"""`python -m bot train`: from configuration, domain and data to the current model of a folder.

Progress goes to stderr as JSON lines (`event`: waiting, started, component, finished, up_to_date,
failed); the result is one JSON line on stdout. Nothing becomes current unless the whole training
succeeded. Of two trainings into one folder the later waits, and looks again whether it is needed.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot import environment
from bot.model_files import CurrentModel, find_model, fingerprint, read_current, write_current
from bot.pipeline import UnusableConfig, check_config
from bot.sources import PROJECT, UnreadableSource, add_source_options, models_folder, read_yaml

KEPT_MODELS = 3


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    try:
        current = train(options)
    except (UnusableConfig, UnreadableSource) as refusal:
        _progress("failed", message=str(refusal))
        return 2
    except TrainingFailed as failure:
        _progress("failed", message=str(failure))
        return 1
    print(json.dumps({"model": str(Path(options.out) / current.file), **vars(current)}))
    return 0


class TrainingFailed(Exception):
    """The data could not be trained; the message is Rasa's reason."""


def train(options: argparse.Namespace) -> CurrentModel:
    """The folder's current model is up to date afterwards."""
    check_config(read_yaml(Path(options.config)))
    folder, mark = Path(options.out), fingerprint(PROJECT, _sources(options))
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        current = read_current(folder)
        if options.if_needed and current is not None and current.fingerprint == mark:
            _progress("up_to_date", file=current.file)
            return current
        return _train_anew(options, folder, mark)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The lock ends with its process, however that ends."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _progress("waiting")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _train_anew(options: argparse.Namespace, folder: Path, mark: str) -> CurrentModel:
    started = time.perf_counter()
    _progress("started", components=_count_components(Path(options.config)))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".training-") as workshop:
        archive = _run_rasa(options, workshop)
        os.replace(archive, folder / archive.name)
    seconds = round(time.perf_counter() - started, 1)
    trained_at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    current = CurrentModel(archive.name, mark, trained_at, seconds)
    write_current(folder, current)
    _forget_old_models(folder)
    _progress("finished", file=current.file, seconds=seconds)
    return current


def _run_rasa(options: argparse.Namespace, workshop: str) -> Path:
    sys.path.insert(0, str(PROJECT))
    environment.quiet()
    _report_components()
    from rasa.model_training import train as rasa_train

    name = f"{datetime.now(timezone.utc):%Y%m%d-%H%M%S}.tar.gz"
    # Rasa prints to stdout, which belongs to the result; it ends the process on broken data.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            result = rasa_train(
                domain=str(options.domain),
                config=str(options.config),
                training_files=[str(path) for path in options.data],
                output=workshop,
                fixed_model_name=name,
                force_training=True,
            )
        except SystemExit as end:
            raise TrainingFailed("the training data is broken; the lines above say where") from end
        except Exception as error:
            raise TrainingFailed(f"{type(error).__name__}: {error}") from error
    archive = find_model(Path(result.model)) if result.model else None
    if archive is None:
        raise TrainingFailed("there is no training data, or it is broken; see the lines above")
    return archive


class _ComponentProgress(logging.Handler):
    """Turns Rasa's log of its training graph into progress lines."""

    def emit(self, record: logging.LogRecord) -> None:
        found = re.fullmatch(r"Finished training component '(.+)'\.", record.getMessage())
        if found:
            _progress("component", name=found[1])


def _report_components() -> None:
    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.setLevel(logging.INFO)
    hooks.propagate = False
    hooks.addHandler(_ComponentProgress())


def _forget_old_models(folder: Path) -> None:
    archives = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for archive in archives[:-KEPT_MODELS]:
        archive.unlink(missing_ok=True)


def _progress(event: str, **fields: Any) -> None:
    print(json.dumps({"event": event, **fields}, ensure_ascii=False), file=sys.stderr, flush=True)


def _count_components(config: Path) -> int:
    content = read_yaml(config)
    return len(content["pipeline"]) + len(content["policies"])


def _sources(options: argparse.Namespace) -> list[Path]:
    return [Path(options.config), Path(options.domain), *(Path(path) for path in options.data)]


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot train", description=__doc__)
    add_source_options(parser)
    parser.add_argument("--out", default=models_folder(), help="folder of models (%(default)s)")
    parser.add_argument("--if-needed", action="store_true", help="keep an up-to-date model")
    return parser.parse_args(arguments)
