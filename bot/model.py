"""A trained model for reading alone: no server, no tracker, no actions."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import environment
from bot.model_files import find_model


class NoModel(Exception):
    """Nothing was trained at this place."""


@dataclass(frozen=True)
class LoadedModel:
    """Stands in for Rasa's processor where only `bot.reading` needs it."""

    model_metadata: Any
    graph_runner: Any


def load(place: Path) -> LoadedModel:
    """`place`: an archive or a models folder. Raises `NoModel`."""
    archive: Path | None = find_model(place) if place.exists() else None
    if archive is None:
        raise NoModel(f"There is no trained model at {place}. Train one: ./baton train")
    environment.quiet()
    from rasa.engine import loader
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    with tempfile.TemporaryDirectory(prefix="baton-model-") as folder:
        metadata, runner = loader.load_predict_graph_runner(
            Path(folder), archive, LocalModelStorage, DaskGraphRunner
        )
    return LoadedModel(metadata, runner)
