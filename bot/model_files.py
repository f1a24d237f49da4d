"""Where models lie, which one is current, and what it was trained from.

A models folder holds archives and `current.json`, which names one of them with the fingerprint of
its sources. The file is replaced in one step after training, so a half-made model is never current.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

CURRENT = "current.json"
LOOKUP = "lookup"  # words of the catalogue; read while serving, not learned
SOURCE_SUFFIXES = frozenset({".yml", ".yaml", ".json", ".txt"})
# Code that changes what a trained model contains or how it was made.
TRAINING_CODE = (
    "bot/components",
    "bot/requirements.lock",
    "bot/text.py",
    "bot/tokens.py",
    "bot/ngrams.py",
    "bot/encoder.py",
    "bot/fitting.py",
    "bot/linear_head.py",
)


@dataclass(frozen=True)
class CurrentModel:
    """What `current.json` says. `file` lies beside it."""

    file: str
    fingerprint: str
    trained_at: str  # ISO 8601, UTC
    seconds: float


def read_current(folder: Path) -> CurrentModel | None:
    """None if nothing was trained here, or if the named archive is gone."""
    try:
        current = CurrentModel(**json.loads((folder / CURRENT).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return current if (folder / current.file).is_file() else None


def write_current(folder: Path, current: CurrentModel) -> None:
    unfinished = folder / f"{CURRENT}.new"
    unfinished.write_text(json.dumps(asdict(current), indent=1) + "\n", "utf-8")
    os.replace(unfinished, folder / CURRENT)


def find_model(place: Path) -> Path | None:
    """An archive itself; the current one of a folder; else the folder's newest."""
    if place.is_file():
        return place
    current = read_current(place)
    if current is not None:
        return place / current.file
    archives = sorted(place.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return archives[-1] if archives else None


def fingerprint(project: Path, sources: list[Path]) -> str:
    """Changes when configuration, domain, data, training code or the engine's lock file change."""
    digest = hashlib.sha256()
    code = [project / name for name in TRAINING_CODE]
    for path in sorted({*_files(sources), *_files(code)}):
        digest.update(str(_name(path, project)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(places: list[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_file():
            yield place.resolve()
        for path in place.rglob("*") if place.is_dir() else ():
            if path.parent.name == LOOKUP or not path.is_file():
                continue
            if path.suffix in SOURCE_SUFFIXES or path.suffix == ".py":
                yield path.resolve()


def _name(path: Path, project: Path) -> Path:
    """Relative, so that a moved project keeps its fingerprint."""
    root = project.resolve()
    return path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
