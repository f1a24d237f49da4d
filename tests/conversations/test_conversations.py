"""Every script that ships is played against one running desk with the really trained engine.

All of it is the product: `./baton up --demo`, and `talk` as a person would call it. A script that
fails is named with its step and line. For one script: `pytest tests/conversations -k name_of_file`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.cli.talk import play_all
from console.cli.talk_players import Doors
from console.cli.talk_script import read_script
from console.settings import load_settings
from tests.browser.product import Product

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.glob("**/*.yml"))
AT_ONCE = 6
PATIENCE_S = 20.0
LIMITS = {
    "BATON_LIMITS__SESSIONS_PER_MINUTE": "6000",
    "BATON_LIMITS__VISITOR_MESSAGES": "6000",
}
pytestmark = [pytest.mark.engine, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    running = Product(tmp_path_factory.mktemp("conversations") / "home", **LIMITS)
    try:
        running.start()
        running.wait_for_engine()
        yield running
    finally:
        running.end()


@pytest.fixture(scope="module")
def played(product: Product, request: pytest.FixtureRequest) -> dict[Path, str | None]:
    """What was wrong in each script that was selected; all are played before the first is judged."""
    wanted = {item.callspec.params["path"] for item in request.session.items if _plays(item)}
    scripts = {path: read_script(path) for path in sorted(wanted)}
    settings = load_settings(home=product.home, port=product.port)
    doors = Doors(product.url, product.passwords)
    return asyncio.run(play_all(settings, scripts, doors, "chen", PATIENCE_S, AT_ONCE))


def _plays(item: pytest.Item) -> bool:
    return (
        hasattr(item, "callspec") and "path" in item.callspec.params and item.path == Path(__file__)
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.stem for path in SCRIPTS])
def test_a_conversation_goes_as_written(path: Path, played: dict[Path, str | None]) -> None:
    assert played[path] is None
