"""Settings: three places, one order; wrong values are named; secrets have no default."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, local
from typing import Any

import pytest
from pydantic import ValidationError

from console.secrets_file import SECRETS_FILE, read_or_create_secrets
from console.settings import PROJECT, Settings, load_settings
from console.settings_table import document


def test_the_document_says_what_the_fields_say() -> None:
    written = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")

    assert written == document(), "run: .venv/bin/python -m console.settings_table"


def test_a_variable_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "baton.toml"
    config.write_text('port = 9001\nlog_level = "debug"\n[limits]\ntext_chars = 7\n')
    monkeypatch.setenv("BATON_CONFIG", str(config))
    monkeypatch.setenv("BATON_PORT", "9002")

    settings = load_settings(home=tmp_path)

    assert (settings.port, settings.log_level, settings.limits.text_chars) == (9002, "debug", 7)
    assert settings.limits.event_bytes == 65_536


def test_everything_follows_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)

    assert settings.sqlite_file == tmp_path / "baton.sqlite3"
    assert settings.models_dir == tmp_path / "models"
    assert settings.engine_url == "http://127.0.0.1:5005"
    assert settings.starts_engine


def test_a_named_engine_is_not_started_by_the_desk(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, engine_url="http://10.0.0.7:5005")

    assert not settings.starts_engine


def test_lists_and_keys_are_written_with_commas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_WIDGET_ORIGINS", "https://a.example, https://b.example")
    monkeypatch.setenv("BATON_WIDGET_KEYS", "k1=one,k2=two=2")

    settings = load_settings(home=tmp_path)

    assert settings.widget_origins == ("https://a.example", "https://b.example")
    assert settings.widget_keys == {"k1": "one", "k2": "two=2"}


def test_an_unknown_line_in_the_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "baton.toml"
    config.write_text("prot = 9001\n")
    monkeypatch.setenv("BATON_CONFIG", str(config))

    with pytest.raises(ValidationError, match="prot"):
        load_settings(home=tmp_path)


def test_no_secret_has_a_default_and_none_is_shown(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)

    names = ("session_key", "visitor_key", "upload_key", "engine_token", "widget_keys")
    assert all(Settings.model_fields[name].is_required() for name in names)
    assert settings.session_key not in repr(settings)
    assert len({settings.session_key, settings.visitor_key, settings.upload_key}) == 3


@pytest.mark.parametrize("content", [None, 'session_key = "of an older desk"\n'])
def test_desks_that_start_at_once_agree_on_one_set_of_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    """All have seen what is missing before one of them writes. Desks in containers have one pid."""
    if content is not None:
        (tmp_path / SECRETS_FILE).write_text(content)
    have_looked, here, read = Barrier(3, timeout=10), local(), Path.read_text

    def read_and_wait(path: Path, **options: Any) -> str:
        try:
            return read(path, **options)
        finally:
            if not hasattr(here, "has_looked"):
                here.has_looked = True
                have_looked.wait()

    monkeypatch.setattr(Path, "read_text", read_and_wait)
    with ThreadPoolExecutor(3) as desks:
        found = list(desks.map(read_or_create_secrets, [tmp_path] * 3))

    assert found[0] == found[1] == found[2]
    monkeypatch.setattr(Path, "read_text", read)
    assert found[0] == read_or_create_secrets(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [SECRETS_FILE]


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    first = read_or_create_secrets(tmp_path / "home")
    second = read_or_create_secrets(tmp_path / "home")

    assert first == second
    assert stat.S_IMODE((tmp_path / "home" / SECRETS_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "home").iterdir()] == [SECRETS_FILE]


def test_a_secret_that_an_older_file_lacks_is_added_and_the_others_stay(tmp_path: Path) -> None:
    before = read_or_create_secrets(tmp_path)
    path = tmp_path / SECRETS_FILE
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("upload_key")))

    after = read_or_create_secrets(tmp_path)

    assert after["upload_key"] != before["upload_key"]
    assert {**after, "upload_key": before["upload_key"]} == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
