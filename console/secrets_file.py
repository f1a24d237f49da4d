"""The generated secrets: `secrets.toml` in the data folder, readable by its owner only.

Written once, never overwritten; delete the file and every session, link and token becomes invalid.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECRETS_FILE = "secrets.toml"
_NAMES = ("session_key", "visitor_key", "upload_key", "engine_token")


def read_or_create_secrets(home: Path) -> dict[str, Any]:
    """The secrets of this data folder; processes that start at once agree on one set."""
    path = home / SECRETS_FILE
    found = _found(path)
    if _is_complete(found):
        return found
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone_in(home):
        found = _found(path)  # somebody may have been faster
        if not _is_complete(found):  # the first start, or a newer desk needs one that it lacks
            _publish(path, found)
            found = _found(path)
    return found


def _found(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def _is_complete(found: dict[str, Any]) -> bool:
    return set(_NAMES) <= set(found) and bool(found.get("widget_keys"))


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    """The lock is on the folder itself: it leaves no file behind, and ends with the process."""
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _publish(path: Path, found: dict[str, Any]) -> None:
    """Appears as a whole; the draft's name is nobody else's, also where all desks have one pid."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # with mode 0600
    try:
        with os.fdopen(number, "w", encoding="utf-8") as draft:
            draft.write(_as_toml(found))
            draft.flush()
            os.fsync(draft.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _as_toml(found: dict[str, Any]) -> str:
    keys = found.get("widget_keys") or {"k1": _fresh()}
    lines = ["# Generated once. Keep it private; `backup` leaves it out unless asked."]
    lines += [f'{name} = "{found.get(name) or _fresh()}"' for name in _NAMES]
    lines += ["", "[widget_keys]", *(f'{kid} = "{key}"' for kid, key in keys.items()), ""]
    return "\n".join(lines)


def _fresh() -> str:
    return secrets.token_urlsafe(32)
