"""A desk for each test; its pages are bundled files of one line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest

from console.web import pages
from tests.web.place import Place, open_place

_BUNDLED = ("console", "patterns", "shop", "widget")


@pytest.fixture(autouse=True)
def _dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Independent of whether somebody has bundled the pages."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    manifest = {}
    for name in _BUNDLED:
        for kind in ("js", "css"):
            (folder / "assets" / f"{name}-1.{kind}").write_text("/* */")
            manifest[f"{name}.{kind}"] = f"assets/{name}-1.{kind}"
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest))
    (folder / "widget-loader.js").write_text("/* */")
    monkeypatch.setattr(pages, "DIST", folder)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with open_place(tmp_path / "home") as found:
        yield found
