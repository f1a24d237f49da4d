"""Where configuration, domain and data lie, and reading their YAML."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


class UnreadableSource(Exception):
    """A file is missing or is not YAML; the message names file and place."""


def models_folder() -> Path:
    return Path(os.environ.get("BATON_HOME", PROJECT / "var")) / "models"


def training_data() -> Path:
    return Path(os.environ.get("BATON_TRAINING_DIR", PROJECT)) / "data"


def add_source_options(parser: argparse.ArgumentParser) -> None:
    source = Path(os.environ.get("BATON_TRAINING_DIR", PROJECT))
    parser.add_argument("--config", default=PROJECT / "config.yml")
    parser.add_argument("--domain", default=source / "domain", help="file or folder")
    parser.add_argument("--data", default=[training_data()], nargs="+", help="files or folders")


def add_model_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default=models_folder(), help="archive, or folder of archives")


def yaml_files(place: Path) -> Iterator[Path]:
    """The file itself, or all YAML files below a folder, in a stable order."""
    if place.is_file():
        yield place
    else:
        yield from sorted([*place.rglob("*.yml"), *place.rglob("*.yaml")])


def read_yaml(path: Path) -> dict[str, Any]:
    import yaml  # the desk's environment has it too; kept out of the start of `serve`

    try:
        return yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableSource(f"{path} cannot be read: {error}") from error
