"""What shops copy from docs/guides/shop-developers.md works as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.desk.errors import NotSignedIn
from console.gateways.customer_jwt import read_customer_jwt
from console.services.parts import SystemClock
from console.setup.node import find_node
from tests.docs.pages import DOCS, sections
from tests.docs.world import SHOPPER, WIDGET_KEY, running

GUIDE = DOCS / "guides" / "shop-developers.md"
KID, KEY = WIDGET_KEY
Sign = Callable[[], str]


def _code(title: str) -> str:
    (section,) = [section for section in sections(GUIDE) if section.title == title]
    return section.codes[0].text


@pytest.fixture(params=["Python", "Node"])
def sign(request: pytest.FixtureRequest, tmp_path: Path) -> Sign:
    """Runs the example as a program of its own."""
    if request.param == "Python":
        words = [
            sys.executable,
            "-I",
            "-c",
            f"{_code('Python')}\nprint(sign_in(*__import__('sys').argv[1:]))",
        ]
        return lambda: _printed([*words, SHOPPER, KID, KEY])
    program = tmp_path / "sign_in.mjs"
    program.write_text(f"{_code('Node')}\nconsole.log(signIn(...process.argv.slice(2)));\n")
    return lambda: _printed([_node(), str(program), SHOPPER, KID, KEY])


def _node() -> str:
    return shutil.which("node") or str(find_node()[0])


def _printed(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    return done.stdout.strip()


async def test_the_desk_signs_the_customer_in(sign: Sign, tmp_path: Path) -> None:
    async with running(tmp_path / "home", clock=SystemClock()) as world:
        body: dict[str, Any] = {"key": KID, "jwt": sign()}
        session = await world.post("/api/widget/session", body)

    assert session["customer"] == {"name": "陈嘉树", "verified": True}


def test_every_token_is_new_and_short_lived(sign: Sign) -> None:
    now, keys = datetime.now(UTC), {KID: KEY}

    first, second = (read_customer_jwt(sign(), keys, now) for _ in range(2))

    assert first.jti != second.jti
    assert 0 < (first.expires_at - now).total_seconds() <= 601


def test_another_key_is_refused(sign: Sign) -> None:
    with pytest.raises(NotSignedIn):
        read_customer_jwt(sign(), {KID: KEY[::-1]}, datetime.now(UTC))


@pytest.mark.parametrize("language", ["PHP", "Java", "Node", "Python"])
def test_all_four_languages_sign_the_same_claims(language: str) -> None:
    code = _code(language)

    words = set(re.findall(r"\b(iss|aud|sub|iat|exp|jti|kid|HS256|baton|600)\b", code))

    assert len(words) == 10
