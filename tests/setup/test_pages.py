"""The bundle is made again exactly when its lock or a source has changed."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from console.setup import pages
from console.setup.pages import bundle_pages, digest_of_sources, pages_are_ready
from console.setup.problem import SetupProblem


def _quiet(_sentence: str) -> nullcontext[None]:
    return nullcontext()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "widget.js").write_text("1")
    monkeypatch.setattr(pages, "find_node", lambda: (Path("/node"), Path("/npm")))
    return tmp_path


def _bundler(monkeypatch: pytest.MonkeyPatch, folder: Path, fails_at: str = "") -> None:
    def run(command: list[object], **_: object) -> None:
        (folder / "node_modules").mkdir(exist_ok=True)
        (folder / "dist").mkdir(exist_ok=True)
        if fails_at and fails_at in command:
            raise SetupProblem("no network")

    monkeypatch.setattr(pages, "run", run)


def test_is_ready_after_bundling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _bundler(monkeypatch, folder)
    assert not pages_are_ready(folder)

    bundle_pages(_quiet, folder)

    assert pages_are_ready(folder)


def test_a_changed_source_makes_it_outdated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _bundler(monkeypatch, folder)
    bundle_pages(_quiet, folder)

    (folder / "src" / "widget.js").write_text("2")

    assert not pages_are_ready(folder)


@pytest.mark.parametrize("step", ["ci", "build"])
def test_a_failed_bundle_leaves_nothing_half_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _bundler(monkeypatch, folder, fails_at=step)

    with pytest.raises(SetupProblem):
        bundle_pages(_quiet, folder)

    assert sorted(path.name for path in folder.iterdir()) == ["src"]


def test_a_renamed_source_counts_as_changed(folder: Path) -> None:
    before = digest_of_sources(folder)

    (folder / "src" / "widget.js").rename(folder / "src" / "frame.js")

    assert digest_of_sources(folder) != before
