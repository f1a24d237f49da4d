"""A backup holds everything, and a restore takes all of it or changes nothing."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from console.cli.archive import Manifest, new_archive, unpack
from console.cli.backup import copy_sqlite
from console.cli.desk_lock import desk_lock
from console.settings import Settings
from tests.cli.conftest import Baton


@pytest.fixture
def saved(baton: Baton, settings: Settings, tmp_path: Path) -> Path:
    """A backup of a folder with one agent, one picture and one model."""
    baton("user", "add", "lin", "--name", "小林")
    for name in ("uploads/ab/picture.webp", "models/current.json"):
        path = settings.home / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
    (settings.home / "models" / ".training-x").mkdir()
    (settings.home / "models" / ".training-x" / "half").touch()
    target = tmp_path / "baton.tar.gz"
    assert baton("backup", str(target)).status == 0
    return target


def _snapshot(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.name != "desk.lock"
    }


def test_restores_database_pictures_and_models(
    baton: Baton, settings: Settings, saved: Path
) -> None:
    baton("user", "add", "late", "--name", "来晚了")
    (settings.home / "uploads" / "late.webp").touch()
    secrets = (settings.home / "secrets.toml").read_text()

    ended = baton("restore", str(saved))

    assert ended.status == 0
    assert baton("user", "list").out == "lin\t小林\tagent\tactive\n"
    found = {str(path.relative_to(settings.home)) for path in (settings.home).glob("[um]*/**/*")}
    assert found == {"uploads/ab", "uploads/ab/picture.webp", "models/current.json"}
    assert (settings.home / "secrets.toml").read_text() == secrets
    assert (settings.home / "replaced" / "uploads" / "late.webp").exists()


def test_the_file_is_private_and_without_secrets_unless_asked(
    baton: Baton, saved: Path, tmp_path: Path
) -> None:
    with_secrets = tmp_path / "all.tar.gz"
    baton("backup", "--with-secrets", str(with_secrets))

    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with tarfile.open(saved) as tar:
        names = tar.getnames()
    assert "secrets.toml" not in names
    assert not any("half" in name for name in names)
    with tarfile.open(with_secrets) as tar:
        assert "secrets.toml" in tar.getnames()


def test_the_copy_is_whole_while_somebody_writes(settings: Settings, tmp_path: Path) -> None:
    database = settings.sqlite_file
    assert database is not None
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE t (n)")
        writer.execute("INSERT INTO t VALUES (1)")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO t VALUES (2)")

        copy_sqlite(database, tmp_path / "copy")

        writer.execute("COMMIT")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT n FROM t").fetchall() == [(1,)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_failed_backup_leaves_no_file(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "baton.tar.gz"
    target.parent.mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("console.cli.backup.copy_sqlite", full)

    ended = baton("backup", str(target))

    assert ended.status == 3
    assert "The disk is full" in ended.err
    assert list(target.parent.iterdir()) == []


def test_two_backups_to_one_file_at_once_leave_a_whole_one(
    baton: Baton, settings: Settings, tmp_path: Path
) -> None:
    """A timer's and a person's; in containers both have the same pid."""
    target, manifest = tmp_path / "baton.tar.gz", Manifest("2026-11-02", "9999", "sqlite")
    with new_archive(target, manifest) as slow:
        slow.add("database/baton.sqlite3", settings.home / "secrets.toml")
        assert baton("backup", str(target)).status == 0

    found = unpack(target, tmp_path / "unpacked")
    assert found.schema == "9999"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob(".baton*")) == []


def test_refuses_while_a_desk_runs(baton: Baton, settings: Settings, saved: Path) -> None:
    before = _snapshot(settings.home)

    with desk_lock(settings.home, ""):
        ended = baton("restore", str(saved))

    assert ended.status == 1
    assert "A desk is running" in ended.err
    assert _snapshot(settings.home) == before


def test_refuses_a_newer_schema(baton: Baton, settings: Settings, tmp_path: Path) -> None:
    newer = tmp_path / "newer.tar.gz"
    database = settings.sqlite_file
    assert database is not None
    with new_archive(newer, Manifest("2030-01-01", "9999", "sqlite")) as archive:
        archive.add("database/baton.sqlite3", database)
    before = _snapshot(settings.home)

    ended = baton("restore", str(newer))

    assert ended.status == 1
    assert "schema 9999, newer than this version" in ended.err
    assert _snapshot(settings.home) == before
    assert not list(settings.home.parent.glob(".home-restore*"))


def _archive(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def _link(name: str, target: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type = tarfile.SYMTYPE
    member.linkname = target
    return member


@pytest.mark.parametrize(
    "member",
    [
        tarfile.TarInfo("../outside"),
        tarfile.TarInfo("/tmp/baton-outside"),  # noqa: S108
        tarfile.TarInfo("uploads/../../outside"),
        _link("uploads/link", "/etc/passwd"),
    ],
    ids=["parent", "absolute", "hidden parent", "link"],
)
def test_refuses_a_name_that_leads_outside(
    baton: Baton, settings: Settings, tmp_path: Path, member: tarfile.TarInfo
) -> None:
    before = _snapshot(settings.home)
    evil = _archive(tmp_path / "evil.tar.gz", (member, b""))

    ended = baton("restore", str(evil))

    assert ended.status == 1
    assert "which no backup has" in ended.err
    assert _snapshot(settings.home) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evil.tar.gz", "home"]


def test_refuses_a_changed_file(baton: Baton, settings: Settings, tmp_path: Path) -> None:
    manifest = {
        "made_at": "2026-11-02",
        "schema": "0001",
        "database": "sqlite",
        "format": 1,
        "files": {"database/baton.sqlite3": "0" * 64},
    }
    changed = _archive(
        tmp_path / "changed.tar.gz",
        (tarfile.TarInfo("database/baton.sqlite3"), b"other"),
        (tarfile.TarInfo("manifest.json"), json.dumps(manifest).encode()),
    )
    before = _snapshot(settings.home)

    ended = baton("restore", str(changed))

    assert ended.status == 1
    assert "its files differ from its manifest" in ended.err
    assert _snapshot(settings.home) == before


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08\x00"])
def test_refuses_what_is_not_a_backup(
    baton: Baton, settings: Settings, tmp_path: Path, content: bytes
) -> None:
    before = _snapshot(settings.home)
    (tmp_path / "file").write_bytes(content)

    ended = baton("restore", str(tmp_path / "file"))

    assert ended.status == 1
    assert "is not a backup" in ended.err
    assert _snapshot(settings.home) == before


def test_a_truncated_backup_changes_nothing(baton: Baton, settings: Settings, saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:-2000])
    before = _snapshot(settings.home)

    assert baton("restore", str(saved)).status == 1
    assert _snapshot(settings.home) == before


def test_a_missing_pg_dump_is_said(
    baton: Baton, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql://desk@localhost/desk")
    monkeypatch.setattr("console.cli.backup._schema", lambda _settings: "0001")
    monkeypatch.setattr("shutil.which", lambda _name: None)

    ended = baton("backup", str(tmp_path / "baton.tar.gz"))

    assert ended.status == 3
    assert "pg_dump is not on PATH" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
