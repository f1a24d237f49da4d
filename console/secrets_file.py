"""The generated secrets: `secrets.toml` in the data folder, readable by its owner only.

Written once, never overwritten; delete the file and every session, link and token becomes invalid.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tomllib
from pathlib import Path
from typing import Any

SECRETS_FILE = "secrets.toml"
_NAMES = ("session_key", "visitor_key", "upload_key", "engine_token")


def read_or_create_secrets(home: Path) -> dict[str, Any]:
    """The secrets of this data folder; two processes that start at once agree on one set."""
    path = home / SECRETS_FILE
    if not path.exists():
        _publish(path, {}, replace=False)
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(_NAMES) <= set(found) and found.get("widget_keys"):
        return found
    _publish(path, found, replace=True)  # a newer desk needs a secret that this file lacks
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _publish(path: Path, found: dict[str, Any], *, replace: bool) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(_as_toml(found), encoding="utf-8")
    if replace:
        draft.replace(path)
        return
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)  # unlike a rename, this never replaces another process's file
    draft.unlink()


def _as_toml(found: dict[str, Any]) -> str:
    keys = found.get("widget_keys") or {"k1": _fresh()}
    lines = ["# Generated once. Keep it private; `backup` leaves it out unless asked."]
    lines += [f'{name} = "{found.get(name) or _fresh()}"' for name in _NAMES]
    lines += ["", "[widget_keys]", *(f'{kid} = "{key}"' for kid, key in keys.items()), ""]
    return "\n".join(lines)


def _fresh() -> str:
    return secrets.token_urlsafe(32)
