"""docs/protocol.md names everything that goes over a wire, and nothing that does not."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

import console
from actions.server import build_action_app
from console.app import build_app
from console.desk.errors import DeskError
from console.desk.event import EventType
from console.desk.handoff import HandoffReason
from console.desk.price_protection import ClaimCode
from console.desk.promise import PromiseKind
from console.gateways.scripted_engine import ScriptedEngine
from console.settings import Limits
from console.web.agent_socket import AgentSocket
from console.web.customer_socket import CustomerSocket
from console.web.error_text import TEXTS
from console.web.keys import DESK
from console.web.transport import answers
from tests.docs.pages import PROJECT, below
from tests.docs.play import HTTP_CHAPTERS, PROTOCOL
from tests.docs.world import settings_in

SOCKETS = {"/customer": CustomerSocket, "/agent": AgentSocket}
LIBRARY_EVENTS = {"connect", "disconnect"}
SIGNAL_CALLS = {
    "tell_customer": ("/customer", 1),
    "tell_watchers": ("/agent", 1),
    "tell_agent": ("/agent", 1),
    "tell_agents": ("/agent", 0),
    "_to_agent": ("/agent", 1),
    "_to_readers": ("/agent", 1),
}


def _documented(chapter: str) -> set[str]:
    return {name for part in below(PROTOCOL, chapter) if part.level == 3 for name in part.names}


async def _desk(tmp_path: Path) -> web.Application:
    return await build_app(settings_in(tmp_path), engine=ScriptedEngine())


def _routes(app: web.Application) -> set[str]:
    return {
        f"{route.method} {route.resource.canonical}"
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }


async def test_every_route_of_the_desk_is_documented_and_no_other(tmp_path: Path) -> None:
    documented = {name for chapter in HTTP_CHAPTERS for name in _documented(chapter)}
    pages = {cell for part in below(PROTOCOL, "Pages and files") for cell in part.first_column}

    real = _routes(await _desk(tmp_path))

    # Socket.IO registers every method at its one address.
    real = {name for name in real if not name.endswith(" /socket.io/")} | {"GET /socket.io/"}
    assert documented | pages == real


async def test_the_listener_for_actions_is_documented(tmp_path: Path) -> None:
    app = await _desk(tmp_path)

    assert _documented("Actions") == _routes(build_action_app(app[DESK], "a secret"))


def test_every_route_of_the_engine_is_documented() -> None:
    source = (PROJECT / "bot/channel.py").read_text("utf-8")
    found = re.findall(r'add_route\(.+, "(/\w+)", methods=\["(\w+)"\]', source)

    real = {f"{method} /webhooks/desk{path}" for path, method in found}

    assert len(real) >= 3
    assert _documented("Engine") == real


@pytest.mark.parametrize("namespace", SOCKETS)
def test_every_command_is_documented_and_no_other(namespace: str) -> None:
    handlers = {name.removeprefix("on_") for name in dir(SOCKETS[namespace]) if name[:3] == "on_"}

    assert _documented(f"Namespace {namespace}: commands") == handlers - LIBRARY_EVENTS


@pytest.mark.parametrize("namespace", SOCKETS)
def test_every_signal_is_documented_and_no_other(namespace: str) -> None:
    assert _documented(f"Namespace {namespace}: signals") == {
        name for where, name in _signals() if where == namespace
    }


def _signals() -> Iterator[tuple[str, str]]:
    """(namespace, name) of everything that the code can say without storing it."""
    for path in (PROJECT / "console").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from _signal_of(node)


def _signal_of(call: ast.Call) -> Iterator[tuple[str, str]]:
    name = (getattr(call.func, "attr", "") or getattr(call.func, "id", "")).removesuffix("_here")
    if name in SIGNAL_CALLS:
        namespace, position = SIGNAL_CALLS[name]
    elif name == "emit_now" and len(call.args) == 5:  # server, namespace, name, data, rooms
        known = {"CUSTOMERS": "/customer", "AGENTS": "/agent"}
        namespace, position = known.get(getattr(call.args[1], "id", ""), ""), 2
    else:
        return
    if len(call.args) > position and isinstance(call.args[position], ast.Constant):
        yield namespace, str(call.args[position].value)


def test_every_stored_event_is_documented_and_no_other() -> None:
    assert _documented("Stored events") == {one.value for one in EventType}


def test_every_error_code_is_documented_and_no_other() -> None:
    documented = [cell for part in below(PROTOCOL, "Errors") for cell in part.first_column]

    assert sorted(documented) == sorted(set(documented))
    assert set(documented) == _error_codes()


def _error_codes() -> set[str]:
    for module in pkgutil.walk_packages(console.__path__, "console."):
        if not module.name.endswith(".__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    refusals = [value for value in vars(answers).values() if isinstance(value, dict)]
    codes = {refusal["error"]["code"] for refusal in refusals if "error" in refusal}
    return codes | set(TEXTS) | {kind.code for kind in _kinds_of(DeskError)}


def _kinds_of(parent: type[DeskError]) -> Iterator[type[DeskError]]:
    yield parent
    for child in parent.__subclasses__():
        if child.__module__.startswith("console."):  # tests make their own
            yield from _kinds_of(child)


def test_the_status_beside_a_code_is_the_one_that_is_sent() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d{3}) \|", below(PROTOCOL, "Errors")[0].text, re.MULTILINE)
    statuses = {kind.code: str(kind.status) for kind in _kinds_of(DeskError)}

    assert [row for row in rows if statuses.get(row[0], row[1]) != row[1]] == []


def test_every_error_of_the_engine_is_documented_and_no_other() -> None:
    source = "".join((PROJECT / f"bot/{name}.py").read_text("utf-8") for name in _ENGINES_FILES)
    real = set(re.findall(r'_error\(\d{3}, "(\w+)"', source))
    real |= set(re.findall(r'\bcode(?:: str)? ?= ?"(\w+)"', source))

    assert {cell for part in below(PROTOCOL, "Engine") for cell in part.first_column} == real


_ENGINES_FILES = ("channel", "turn", "turn_request")


@pytest.mark.parametrize("kinds", [HandoffReason, PromiseKind, ClaimCode], ids=lambda k: k.__name__)
def test_lists_of_words_are_complete(kinds: type[HandoffReason]) -> None:
    text = PROTOCOL.read_text("utf-8")

    assert [one.value for one in kinds if f"`{one.value}`" not in text] == []


def test_the_limits_in_the_text_are_the_defaults() -> None:
    rules, limits = below(PROTOCOL, "Rules for everything")[0].text, Limits()

    assert f"a text {limits.text_chars:,} characters" in rules
    assert f"JSON body {limits.event_bytes // 1024} KB" in rules
    assert f"a picture {limits.picture_bytes // 1024**2} MB" in rules
    assert f"{limits.visitor_messages} messages in {limits.visitor_window_s} s" in rules
    agents = f"{limits.agent_actions} actions and {limits.agent_commands:,} socket commands"
    assert f"{agents} in {limits.agent_window_s} s per agent" in rules
    assert f"{limits.sign_in_tries} sign-ins in {limits.sign_in_window_s // 60} min" in rules
