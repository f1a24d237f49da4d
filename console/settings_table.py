"""`python -m console.settings_table` prints docs/settings.md, made from the fields themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from console.settings import PROJECT, Limits, Settings, Timers

_OPENING = """# Settings

Every setting is an environment variable, or a line in `baton.toml` in the project's folder
(`BATON_CONFIG` names another file). Variables win. In `baton.toml` the prefix falls away, names are
small, and limits and timers are tables:

```toml
port = 8443
widget_origins = "https://shop.example"

[limits]
text_chars = 2000
```

Lists are written with a comma between. Relative folders count from the project's folder. A wrong or
unknown value stops the start with a sentence that names it.

Secrets have no default value. They are generated once into `secrets.toml` in `BATON_HOME`, mode
0600, and are not part of a backup unless asked for (`./baton backup --with-secrets FILE`).
"""
_HEAD = ("| setting | unit | default | what it is |", "|---|---|---|---|")


def document() -> str:
    groups = (("Desk and engine", Settings), ("Limits", Limits), ("Timers", Timers))
    sections = ["\n".join((f"## {title}", "", *_HEAD, *_rows(kind))) for title, kind in groups]
    return "\n\n".join((_OPENING.strip(), *sections)) + "\n"


def _rows(kind: type[BaseModel]) -> Iterator[str]:
    inside = {Limits: "LIMITS__", Timers: "TIMERS__"}.get(kind, "")
    for name, field in kind.model_fields.items():
        if not _is_group(field):
            cells = (f"`BATON_{inside}{name.upper()}`", _unit(field), _default(name, field))
            yield f"| {' | '.join(cells)} | {field.description} |"


def _is_group(field: FieldInfo) -> bool:
    return field.annotation in (Limits, Timers)


def _unit(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    return str(extra["unit"]) if isinstance(extra, dict) else ""


_WORDED = {
    "database_url": "SQLite in `BATON_HOME`",
    "engine_url": "an engine of its own on `BATON_ENGINE_PORT`",
    "training_dir": "the project's folder",
}


def _default(name: str, field: FieldInfo) -> str:
    if field.is_required():
        return "generated"
    if name in _WORDED:
        return _WORDED[name]
    return _shown(field.default)


def _shown(value: Any) -> str:
    if isinstance(value, Path):
        return f"`./{value.relative_to(PROJECT)}`"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value}`" if value not in (None, ()) else "none"


if __name__ == "__main__":
    print(document(), end="")
