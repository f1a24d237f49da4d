"""Which model is current, and whether it is up to date."""

from __future__ import annotations

import os
from pathlib import Path

from bot.model_files import CurrentModel, find_model, fingerprint, read_current, write_current

CURRENT = CurrentModel("a.tar.gz", "mark", "2026-11-18T04:00:00+00:00", 7.0)


def test_what_is_written_is_read_and_the_archive_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").touch()
    write_current(tmp_path, CURRENT)

    assert read_current(tmp_path) == CURRENT
    assert find_model(tmp_path) == tmp_path / "a.tar.gz"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.gz", "current.json"]


def test_a_current_model_whose_archive_is_gone_is_none(tmp_path: Path) -> None:
    write_current(tmp_path, CURRENT)

    assert read_current(tmp_path) is None
    assert find_model(tmp_path) is None


def test_without_a_current_file_the_newest_archive_counts(tmp_path: Path) -> None:
    for at, name in enumerate(["new.tar.gz", "old.tar.gz"]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1000 - at, 1000 - at))

    assert find_model(tmp_path) == tmp_path / "new.tar.gz"


def test_the_fingerprint_follows_content_and_names_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "nlu.yml").write_text("a", "utf-8")
    before = fingerprint(tmp_path, [data])

    (data / "notes.md").write_text("not a source", "utf-8")
    os.utime(data / "nlu.yml", (1, 1))
    assert fingerprint(tmp_path, [data]) == before

    (data / "nlu.yml").write_text("b", "utf-8")
    changed = fingerprint(tmp_path, [data])
    (data / "nlu.yml").rename(data / "other.yml")
    assert len({before, changed, fingerprint(tmp_path, [data])}) == 3


def test_a_moved_project_keeps_its_fingerprint(tmp_path: Path) -> None:
    marks = set()
    for name in ("here", "there"):
        root = tmp_path / name
        (root / "bot" / "components").mkdir(parents=True)
        (root / "bot" / "components" / "one.py").write_text("x = 1", "utf-8")
        (root / "domain.yml").write_text("intents: []", "utf-8")
        marks.add(fingerprint(root, [root / "domain.yml"]))

    assert len(marks) == 1
