"""The browser libraries: `npm ci` and the bundle, only when the lock or a source has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from console.setup.command import clean_environment, run
from console.setup.node import find_node
from console.setup.places import PAGES
from console.setup.progress import Step

_STAMP = ".baton-sources"
_MADE = ("dist", "node_modules")


def pages_are_ready(folder: Path = PAGES) -> bool:
    try:
        stamp = (folder / "dist" / _STAMP).read_text(encoding="utf-8")
    except OSError:
        return False
    return stamp == digest_of_sources(folder)


def bundle_pages(step: Step, folder: Path = PAGES) -> None:
    """`dist` holds the bundle of the present sources. Raises `SetupProblem`."""
    node, npm = find_node()
    environment = clean_environment(PATH=f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}")
    digest = digest_of_sources(folder)
    with step("getting the browser libraries and bundling the pages"):
        try:
            _npm(npm, ["ci", "--no-audit", "--no-fund"], folder, environment)
            _npm(npm, ["run", "build"], folder, environment)
        except BaseException:  # Ctrl-C too: a half-made bundle must not be served
            _remove_made(folder)
            raise
        (folder / "dist" / _STAMP).write_text(digest, encoding="utf-8")


def digest_of_sources(folder: Path) -> str:
    """Changes with the content or name of any file that is not made by the bundler."""
    digest = hashlib.sha256()
    for path in sorted(_sources(folder)):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _MADE]
        yield from (Path(parent) / name for name in files)


def _npm(npm: Path, words: list[str], folder: Path, environment: dict[str, str]) -> None:
    run([npm, *words], failing="Bundling the pages failed.", folder=folder, environment=environment)


def _remove_made(folder: Path) -> None:
    for name in _MADE:
        shutil.rmtree(folder / name, ignore_errors=True)
